"""The site on this machine, as a browser meets it: a server, and a Chromium."""

import atexit
import shutil
import threading
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import sync_playwright

NAMES = ["chromium", "chromium-browser", "google-chrome"]
TYPES = {".js": "text/javascript", ".wasm": "application/wasm"}


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES

    def log_message(self, *args):
        """Keep the terminal for what matters."""


@contextmanager
def served(folder):
    """The address at which a folder is served meanwhile."""
    handler = partial(Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@cache
def chromium():
    """The Chromium that is installed here, without a window; one for a process."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    options = ["--no-sandbox", "--disable-gpu"]
    return playwright.chromium.launch(executable_path=path, args=options)
