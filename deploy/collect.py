"""Count a class's outcomes: `python deploy/collect.py answers.txt folder/ …`.

Each student prints `gdlib.outcomes()`, one line of JSON, and hands it in as they like:
in a file of lines, or as the saved notebook. Reads files, folders of files, and
standard input where nothing is named. A line that cannot be read is named and left out.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

SCHEMA = 1  # the newest that is known here: gdlib.outcomes
BEGINS = '{"outcomes"'
STATES = ("correct", "not yet", "not attempted")
CHOICES = ("right", "wrong", "unanswered")


class Unreadable(ValueError):
    """Why a line is left out."""


def read(line):
    """Make a record of a line, as printed or as Python shows a string.

    Returns the dictionary. Raises Unreadable, with the reason, for anything else.
    """
    try:
        record = json.loads(line.strip().strip("'"))
    except ValueError as error:
        raise Unreadable("not JSON, or a part of a line") from error
    schema = record.get("outcomes") if isinstance(record, dict) else None
    if not isinstance(schema, int) or schema < 1:
        raise Unreadable("JSON, but not a line of gdlib.outcomes()")
    if schema > SCHEMA:
        raise Unreadable(f"of a newer gdlib: form {schema}, known up to {SCHEMA}")
    if not _sound(record):
        raise Unreadable("a state, a number of tries or a choice that gdlib never says")
    return record


def _sound(record):
    try:
        exercises, predictions = record["exercises"], record["predictions"]
        return (
            isinstance(record["notebook"], str)
            and all(e["state"] in STATES for e in exercises.values())
            and all(isinstance(e["tries"], int) for e in exercises.values())
            and all(choice in CHOICES for choice in predictions.values())
        )
    except (AttributeError, KeyError, TypeError):
        return False


def lines(path):
    """Yield (where, line) of a file: of a notebook, what its cells printed."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if path.suffix != ".ipynb":
        yield from _numbered(path, text)
        return
    try:
        cells = json.loads(text)["cells"]
        for number, cell in enumerate(cells, 1):
            for output in cell.get("outputs", []):
                yield from _said(f"{path}, cell {number}", output)
    except (AttributeError, KeyError, TypeError, ValueError):
        yield f"{path}, line 1", "not a notebook"


def _numbered(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield f"{name}, line {number}", line


def _said(where, output):
    """The outcomes among what a cell printed; the rest is the notebook's own."""
    text = output.get("text") or output.get("data", {}).get("text/plain", "")
    for line in "".join(text).splitlines():
        if line.strip("' ").startswith(BEGINS):
            yield where, line


def files(paths):
    """Yield each file that is named, and the .ipynb, .txt and .json* of each folder."""
    for path in map(Path, paths):
        if path.is_dir():
            found = (p for p in sorted(path.rglob("*")) if ".ipynb_ch" not in str(p))
            kinds = {".ipynb", ".txt", ".json", ".jsonl"}
            yield from (p for p in found if p.suffix in kinds)
        else:
            yield path


def gather(found):
    """Split (where, line) pairs into records and complaints.

    A name's later line for a notebook takes the place of the earlier one, and so does
    the later one of the same notebook file; lines without a name all count.
    """
    records, complaints = {}, []
    for number, (where, line) in enumerate(found):
        try:
            record = read(line)
        except Unreadable as error:
            complaints.append(f"{where}: {error}")
            continue
        file, in_cell, _ = where.rpartition(", cell ")
        whose = record.get("who") or (file if in_cell else number)
        records[whose, record["notebook"]] = record
    return list(records.values()), complaints


def table(records):
    """The table, a line for each exercise and each question that any record has."""
    states, choices, tries = Counter(), Counter(), Counter()
    for record in records:
        for name, found in record["exercises"].items():
            states[name, found["state"]] += 1
            tries[name] += found["tries"]
        choices.update(record["predictions"].items())
    rows = [("exercise", *STATES, "tries, mean")]
    for name in sorted({name for name, _ in states}):
        counts = [states[name, state] for state in STATES]
        tried = sum(counts[:2])
        mean = f"{tries[name] / tried:.1f}" if tried else "–"
        rows.append((name, *counts, mean))
    rows += [("prediction", *CHOICES, "")]
    for name in sorted({name for name, _ in choices}):
        rows.append((name, *(choices[name, choice] for choice in CHOICES), ""))
    form = "{:<11}{:>9}{:>10}{:>15}{:>13}"
    return "\n".join(form.format(*row).rstrip() for row in rows)


def main(arguments=None):
    """Print the table and what was left out; 1 where nothing could be read."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("path", nargs="*", help="a file, a notebook or a folder")
    paths = parser.parse_args(arguments).path
    found, complaints = [], []
    for path in files(paths):
        try:
            found += lines(path)
        except OSError as error:
            complaints.append(f"{path}: {error.strerror}")
    if not paths:
        found += _numbered("standard input", sys.stdin.read())
    records, more = gather(found)
    for complaint in complaints + more:
        print(f"Left out: {complaint}.", file=sys.stderr)
    if records:
        print(table(records))
    notebooks = ", ".join(sorted({record["notebook"] for record in records}))
    print(f"{len(records)} read, notebooks: {notebooks or 'none'}.", file=sys.stderr)
    return 0 if records else 1


if __name__ == "__main__":
    sys.exit(main())
