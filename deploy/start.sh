#!/usr/bin/env bash
# Give this person a copy of each notebook that they do not have yet, then run "$@" in
# the course's environment. Runs as that person; what they changed stays as it is.
set -euo pipefail
course=$(cd "$(dirname "$0")/.." && pwd)
venv=$course/deploy/.venv

mkdir -p "$HOME/notebooks"
for notebook in "$course"/notebooks/*.ipynb; do
  copy=$HOME/notebooks/${notebook##*/}
  [ -e "$copy" ] || cp "$notebook" "$copy"
done

fonts=$HOME/.cache/matplotlib
[ -e "$fonts" ] || { mkdir -p "$fonts" && cp "$venv"/fonts/*.json "$fonts"; }

# A hub says here how many bytes each process may take; a container's engine holds it
# by itself, a bare machine through this.
[ -z "${MEM_LIMIT:-}" ] || ulimit -d "$((MEM_LIMIT / 1024))"

cd "$HOME"
PATH=$venv/bin:$PATH exec "$@"
