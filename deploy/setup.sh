#!/bin/sh
# Install the course and what a class needs into deploy/.venv, at the exact versions:
# for a hub on this machine, and inside the container image.
set -eu
cd "$(dirname "$0")/.."
venv=$PWD/deploy/.venv

"${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install -q --no-cache-dir --disable-pip-version-check \
  -c requirements.txt -r deploy/requirements.txt -e '.[course,beyond]'

# JupyterLab's question about news would cover the first notebook. The list of fonts is
# made here once: start.sh hands it to each student, whose first plot would make it.
"$venv/bin/jupyter" labextension disable --level=sys_prefix \
  @jupyterlab/apputils-extension:announcements
MPLCONFIGDIR=$venv/fonts "$venv/bin/python" -c 'import matplotlib.font_manager'
touch "$venv/ready"
