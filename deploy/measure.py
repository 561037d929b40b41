"""Let a class log in to a running hub, and say what it takes.

    CLASS_PASSWORD=… python deploy/measure.py http://127.0.0.1:8000 --students 20

Each student logs in, gets a server, opens notebook 04 and runs its cells as far as the
first dashboard, over the same addresses as a browser. Printed: seconds from login to
there, and the memory of each student's processes (PSS: shared pages are counted once,
split among those who share them). Memory is read from /proc, so run this on the hub's
machine as the user of the hub, or as root. With --browser one more student does the
same in a real Chromium, in the middle of the others (needs Playwright).
"""

import argparse
import json
import os
import statistics
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import websocket

NOTEBOOK = "notebooks/04_momentum.ipynb"
FIRST_BOARD = "explore("
DRAWN = """() => [...document.querySelectorAll('.gd-board')].some((board) => {
  const plots = [...board.querySelectorAll('canvas')];
  return plots.length && plots.every((plot) => plot.style.width);
})"""


class Student:
    """One student's browser, as far as the hub can tell."""

    def __init__(self, hub, name):
        self.hub, self.name = hub, name
        self.client = httpx.Client(base_url=hub, follow_redirects=True, timeout=300)

    def log_in(self, password, patience=300):
        """Log in and wait for the server; raise RuntimeError if it does not come."""
        self.client.get("/hub/login")
        said = dict(username=self.name, password=password, _xsrf=self._xsrf("/hub/"))
        self.client.post("/hub/login", data=said).raise_for_status()
        self.client.get(f"/hub/spawn/{self.name}")
        until = time.monotonic() + patience
        while time.monotonic() < until:
            page = self.client.get(f"/user/{self.name}/api/status")
            if page.is_success and "kernels" in page.text:
                return
            self.client.get(f"/hub/spawn-pending/{self.name}")  # and its log-in
            time.sleep(0.5)
        raise RuntimeError(f"{self.name} got no server within {patience} s")

    def run(self, path=NOTEBOOK, last=FIRST_BOARD):
        """Run the student's copy of a notebook up to the cell that has `last` in it."""
        content = self._get(f"api/contents/{path}")["content"]
        session = dict(
            path=path, name=path, type="notebook", kernel={"name": "python3"}
        )
        kernel = self._post("api/sessions", session)["kernel"]["id"]
        cells = [c["source"] for c in content["cells"] if c["cell_type"] == "code"]
        stop = next(i for i, cell in enumerate(cells) if last in cell)
        with self._channels(kernel) as socket:
            for cell in cells[: stop + 1]:
                self._execute(socket, cell)

    def _get(self, path):
        return self.client.get(f"/user/{self.name}/{path}").raise_for_status().json()

    def _post(self, path, body):
        headers = {"X-XSRFToken": self._xsrf(f"/user/{self.name}/")}
        address = f"/user/{self.name}/{path}"
        answer = self.client.post(address, json=body, headers=headers)
        return answer.raise_for_status().json()

    def _xsrf(self, path):
        jar = self.client.cookies.jar
        return next(c.value for c in jar if c.name == "_xsrf" and c.path == path)

    def _channels(self, kernel):
        base = f"ws{self.hub.removeprefix('http')}/user/{self.name}"
        jar = self.client.cookies.jar
        cookies = "; ".join(f"{c.name}={c.value}" for c in jar if self.name in c.path)
        return _Closing(f"{base}/api/kernels/{kernel}/channels", cookies)

    def _execute(self, socket, code):
        number = uuid.uuid4().hex
        header = dict(msg_id=number, msg_type="execute_request", username=self.name)
        header |= dict(session=number, version="5.3")
        content = dict(code=code, silent=False, allow_stdin=False)
        message = dict(header=header, parent_header={}, metadata={}, content=content)
        socket.send(json.dumps(message | dict(channel="shell")))
        while True:
            answer = json.loads(socket.recv())
            if answer["parent_header"].get("msg_id") != number:
                continue
            if answer["header"]["msg_type"] == "execute_reply":
                if answer["content"]["status"] != "ok":
                    raise RuntimeError(f"{self.name}: {answer['content']['evalue']}")
                return


class _Closing:
    """A web socket for a `with`."""

    def __init__(self, address, cookies):
        self.socket = websocket.create_connection(address, cookie=cookies, timeout=300)

    def __enter__(self):
        return self.socket

    def __exit__(self, *_):
        self.socket.close()


def memory(name):
    """MiB of all processes of a student, and how many these are."""
    sizes = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes().split(b"\0")
            if f"JUPYTERHUB_USER={name}".encode() in environment:
                rollup = (process / "smaps_rollup").read_text()
                sizes.append(int(rollup.partition("\nPss:")[2].split()[0]) / 1024)
        except (OSError, IndexError):  # not ours to read, or gone
            continue
    return sum(sizes), len(sizes)


def available():
    """MiB that the machine has left."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(x.split()[1]) for x in lines if x.startswith("MemAv")) / 1024


def attend(hub, password, name, delay):
    """One student from login to the first dashboard; its seconds to both ends."""
    time.sleep(delay)
    began, student = time.monotonic(), Student(hub, name)
    student.log_in(password)
    served = time.monotonic() - began
    student.run()
    return served, time.monotonic() - began


def browse(hub, password, name, delay):
    """The same in a Chromium: seconds from *Sign in* to a dashboard that is drawn."""
    from playwright.sync_api import sync_playwright

    time.sleep(delay)
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM")  # else Playwright's own
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        page = browser.new_page(viewport=dict(width=1280, height=900))
        page.set_default_timeout(300_000)
        page.goto(f"{hub}/hub/login?next=/hub/user-redirect/lab/tree/{NOTEBOOK}")
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", password)
        began = time.monotonic()
        page.click("#login_submit")
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
        shown = time.monotonic() - began
        page.locator(".jp-StatusBar-Widget >> text=/\\| Idle$/").wait_for()
        page.click("text=Run >> nth=0")
        page.click("text=Run All Cells >> nth=0")
        page.locator(".gd-board").first.scroll_into_view_if_needed()
        page.wait_for_function(DRAWN)
        took = time.monotonic() - began
        browser.close()
    return shown, took


def spread(values, form=".1f"):
    """Least, middle and most of some numbers, as text."""
    middle = statistics.median(values)
    return " / ".join(f"{v:{form}}" for v in (min(values), middle, max(values)))


def main(arguments=None):
    """Run the class and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("hub", type=lambda text: text.rstrip("/"))
    parser.add_argument("--students", type=int, default=20)
    parser.add_argument("--within", type=float, default=60, help="seconds, all log in")
    parser.add_argument("--browser", action="store_true", help="and one in Chromium")
    asked = parser.parse_args(arguments)
    assert urlsplit(asked.hub).scheme in ("http", "https"), "the hub's address, whole"
    password, before = os.environ["CLASS_PASSWORD"], available()
    names = [f"student-{number:02}" for number in range(asked.students)]
    gap = asked.within / max(asked.students, 1)
    with ThreadPoolExecutor(asked.students + 1) as pool:
        waiting = [
            pool.submit(attend, asked.hub, password, name, gap * i)
            for i, name in enumerate(names)
        ]
        seen = asked.browser and pool.submit(
            browse, asked.hub, password, "in-a-browser", asked.within / 2
        )
        seconds = [one.result() for one in waiting]
        shown = seen and seen.result()
    report(names, seconds, shown, before)


def report(names, seconds, shown, before):
    """Print the numbers: least / median / most where there is one for each student."""
    if seconds:
        served, ready = zip(*seconds, strict=True)
        sizes, processes = zip(*map(memory, names), strict=True)
        print(f"students                     {len(names)}")
        print(f"login to own server, s       {spread(served)}")
        print(f"login to first dashboard, s  {spread(ready)}")
        print(f"memory of a student, MiB     {spread(sizes, '.0f')}")
        print(f"processes of a student       {spread(processes, '.0f')}")
    print(f"less memory available, MiB   {before - available():.0f}")
    if shown:
        print("Chromium: notebook in sight {:.1f} s, dashboard {:.1f} s".format(*shown))


if __name__ == "__main__":
    sys.exit(main())
