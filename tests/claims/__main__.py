"""Run every claim, the slow ones too, and write the page that lists them.

    python -m tests.claims

The exit code tells whether all of them held.
"""

import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when NumPy is imported: see conftest.py

from concurrent.futures import ProcessPoolExecutor

from tests.claims.listing import PAGE, claims, page


def referee(place):
    """The verdicts on the claim at this place, whether it holds at home, seconds."""
    entry, began = claims()[place], time.perf_counter()
    verdicts, at_home = entry.verdicts(), entry.at_home()
    return verdicts, at_home, time.perf_counter() - began


def main():
    """Referee all; write the page; say what failed and what took long."""
    entries, failed = claims(), 0
    with ProcessPoolExecutor() as pool:
        results = list(pool.map(referee, range(len(entries))))
    for entry, (verdicts, at_home, took) in zip(entries, results, strict=True):
        holds = at_home and verdicts.mean() >= entry.share
        failed += not holds
        if not holds or took > 2:
            print(
                f"{entry.notebook} {'holds' if holds else 'FAILS'} "
                f"{verdicts.sum()}/{len(verdicts)} in {took:.1f} s: {entry.says}"
            )
    counts = {e: r[0] for e, r in zip(entries, results, strict=True)}
    PAGE.write_text(page(counts), encoding="utf-8")
    print(f"{len(entries)} claims, {failed} of them not held; see {PAGE.name}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
