"""Run every claim, the slow ones too, and write the page that lists them.

    python -m tests.claims

The exit code tells whether all of them held.
"""

import sys
import time

from tests.claims.listing import PAGE, claims, page


def main():
    """Referee all; write the page; say what failed and what took long."""
    results, failed = {}, 0
    for entry in claims():
        began = time.perf_counter()
        verdicts = entry.verdicts()
        results[entry] = verdicts
        fine = entry.at_home() and verdicts.mean() >= entry.share
        took = time.perf_counter() - began
        if not fine or took > 1:
            verdict = "holds" if fine else "FAILS"
            print(
                f"{entry.notebook} {verdict} {verdicts.sum()}/{len(verdicts)} "
                f"in {took:.1f} s: {entry.says}"
            )
        failed += not fine
    PAGE.write_text(page(results), encoding="utf-8")
    print(f"{len(results)} claims, {failed} of them not held; see {PAGE.name}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
