"""Print the table: python -m benchmarks [name of a work …]."""

import sys
import tracemalloc

from benchmarks import rivals
from benchmarks.timing import measure, rows
from benchmarks.works import WORKS, bare_map, gdlib_map


def peak_megabytes(run):
    """The most memory that a run held beyond what was there before."""
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main(names):
    """Time the works of these names, all if none is given."""
    print(f"{'':46} {'median':>14} {'ratio':>8}  aim")
    for name in names or WORKS:
        work = WORKS[name]()
        work.contenders.update(rivals.of(name))
        print(work.name)
        print(*rows(work, measure(work)), sep="\n", flush=True)
    print("Peak memory of the momentum map (aim: under 100 MB):")
    print(f"  bare formulas, whole arrays {peak_megabytes(bare_map):.0f} MB")
    print(f"  descend, keep='last' {peak_megabytes(gdlib_map):.0f} MB")
    print(rivals.sentence())


if __name__ == "__main__":
    main(sys.argv[1:])
