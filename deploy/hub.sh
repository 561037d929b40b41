#!/bin/sh
# Start a JupyterHub for a class on this machine; the first call installs it.
# Its settings are environment variables: see deploy/jupyterhub_config.py.
set -eu
cd "$(dirname "$0")"
venv=$PWD/.venv

command -v npm >/dev/null || {
  echo "The hub's proxy needs Node 20 or newer with npm: install it, then repeat." >&2
  exit 1
}
[ -e "$venv/ready" ] || ./setup.sh
[ -x "$venv/node_modules/.bin/configurable-http-proxy" ] ||
  npm install --prefix "$venv" --no-fund --no-audit --silent \
    configurable-http-proxy@5.3.0

# Students' servers run under accounts of their own, and read all of this.
if [ "$(id -u)" = 0 ] && ! runuser -u nobody -- "$venv/bin/python" -c 'import jupyterlab'; then
  echo "Other accounts cannot run $venv/bin/python. Put the course where all may" \
    "read it, as in /opt, with PYTHON=… a Python that all may run, and repeat" \
    "without deploy/.venv." >&2
  exit 1
fi

PATH=$venv/bin:$venv/node_modules/.bin:$PATH exec "$venv/bin/python" -m jupyterhub \
  --config jupyterhub_config.py "$@"
