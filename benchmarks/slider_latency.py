"""From a key press on a slider to the painted frame, in real JupyterLab.

    python -m benchmarks.slider_latency [--moves 60] [--scale 1]

The same picture three ways in one run, taking turns: what people write (`interact`
and a new figure), `gdlib.live.explore`, and a bare label, the round trip itself.
Every number is measured in the page: the key event's own time stamp, the last frame
that the move caused. Ratios count; absolute times depend on the machine.
"""

import argparse
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from tests.browser import lab

COMMON = """
import numpy as np
from gdlib import ROSENBROCK, descend, gradient_descent, momentum, nesterov
methods = [gradient_descent, momentum, nesterov]
"""
EXPLORE = """
from gdlib.live import explore
explore(ROSENBROCK, methods, lr=(1e-5, 2e-3, 1e-3), gamma=0.9)
"""
INTERACT = """
import matplotlib.pyplot as plt
from ipywidgets import FloatLogSlider, interact
from gdlib import plot_contours, plot_gap, plot_path

def draw(lr=1e-3):
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4))
    plot_contours(left, ROSENBROCK)
    for method in methods:
        path = descend(method, ROSENBROCK, steps=100, lr=lr)
        plot_path(left, path)
        plot_gap(right, path)
    left.set(xlim=(-2, 2), ylim=(-1, 3))
    plt.show()

interact(draw, lr=FloatLogSlider(value=1e-3, min=-5, max=-2.7, step=0.01));
"""
LABEL = """
from ipywidgets import FloatLogSlider, Label, VBox
slider = FloatLogSlider(value=1e-3, min=-5, max=-2.7, step=0.01)
label = Label("0")
slider.observe(lambda change: setattr(label, "value", f"{change.new:.6g}"), "value")
label.add_class("moves")
VBox([slider, label])
"""
WAYS = {
    "interact, new figure": (INTERACT, ".noUi-handle"),
    "explore": (EXPLORE, ".gd-control .noUi-handle"),
    "bare label": (LABEL, ".noUi-handle"),
}
PROBE = """
(() => {
  const probe = (window.probe = { frames: [], keys: [] });
  let waiting = false;
  probe.changed = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      const channel = new MessageChannel(); // answers when the frame is painted
      channel.port1.onmessage = () => {
        waiting = false;
        probe.frames.push(performance.now());
      };
      channel.port2.postMessage(0);
    });
  };
  addEventListener("keydown", (e) => probe.keys.push(e.timeStamp), true);
  const shown = (e) => e.target.tagName === "IMG" && probe.changed();
  document.addEventListener("load", shown, true);
  const pen = CanvasRenderingContext2D.prototype, draw = pen.drawImage;
  pen.drawImage = function (...args) {
    probe.changed();
    return draw.apply(this, args);
  };
  new MutationObserver((found) => {
    if (found.some((f) => f.target.closest?.(".moves"))) probe.changed();
  }).observe(document, { subtree: true, childList: true, characterData: true });
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  probe.rest = async () => {
    for (let tries = 0; !probe.frames.length && tries < 50; tries++) await pause(100);
    for (let seen = 0; seen !== probe.frames.length; await pause(250)) {
      seen = probe.frames.length;
    }
    return [probe.keys[0], probe.frames];
  };
  probe.clear = () => { probe.frames = []; probe.keys = []; };
  probe.flood = async (handle, moves, milliseconds) => {
    const began = performance.now();
    for (let sent = 0; sent < moves; ) {
      await pause(4);
      for (; sent < (performance.now() - began) / milliseconds * moves; sent++) {
        const key = { key: "ArrowRight", keyCode: 39, bubbles: true };
        handle.dispatchEvent(new KeyboardEvent("keydown", key));
      }
    }
    return [began, performance.now()];
  };
})();
"""


@dataclass
class Tally:
    """What was measured of one way."""

    latency: list = field(default_factory=list)
    received: list = field(default_factory=list)
    during: list = field(default_factory=list)
    after: list = field(default_factory=list)


class Way:
    """One notebook, open in a page of its own, and its slider."""

    def __init__(self, context, address, folder, number, code, handle):
        name = lab.write(folder, f"way{number}.ipynb", COMMON + code)
        self.tally, self._bytes = Tally(), 0
        self._page = context.new_page()
        self._page.add_init_script(PROBE)
        self._page.on("websocket", self._listen)
        self._page.goto(address.format(name))
        self._page.wait_for_function(lab.IDLE, timeout=90_000)
        self._page.evaluate(lab.RUN_ALL)
        self._handle = self._page.locator(handle).first
        self._handle.wait_for(timeout=60_000)
        self._page.evaluate("probe.rest()")

    def _listen(self, socket):
        def count(payload):
            self._bytes += len(payload)

        socket.on("framereceived", count)

    def step(self, key):
        """Press a key on the slider, once; note the time to the last frame."""
        self._page.evaluate("probe.clear()")
        before = self._bytes
        self._handle.focus()
        self._page.keyboard.press(key)
        pressed, frames = self._page.evaluate("probe.rest()")
        if frames:
            self.tally.latency.append(frames[-1] - pressed)
            self.tally.received.append(self._bytes - before)

    def front(self):
        """Bring the page to the front: a page behind another may not paint."""
        self._page.bring_to_front()

    def flood(self, moves=100, milliseconds=1000):
        """Move the slider 100 times in a second; count the frames."""
        self._handle.focus()
        self._page.keyboard.press("Home")
        self._page.evaluate("probe.rest()")
        self._page.evaluate("probe.clear()")
        handle = self._handle.element_handle()
        move = "([handle, moves, time]) => probe.flood(handle, moves, time)"
        _, ended = self._page.evaluate(move, [handle, moves, milliseconds])
        _, frames = self._page.evaluate("probe.rest()")
        self.tally.during.append(sum(frame <= ended for frame in frames))
        self.tally.after.append(frames[-1] - ended)


def measure(moves, scale, rounds=3):
    """Measure every way in turns; give name -> Tally."""
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory() as folder,
        lab.server(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = lab.launch(playwright)
        context = browser.new_context(
            viewport=dict(width=1280, height=1000), device_scale_factor=scale
        )
        ways = {
            name: Way(context, address, Path(folder), number, code, handle)
            for number, (name, (code, handle)) in enumerate(WAYS.items())
        }
        for _ in range(rounds):
            for way in ways.values():
                way.front()
                for move in range(moves // rounds):
                    way.step("ArrowRight" if move % 20 < 10 else "ArrowLeft")
                    time.sleep(np.random.default_rng().uniform(0, 0.03))
                way.flood()
        browser.close()
        return {name: way.tally for name, way in ways.items()}


def report(tallies):
    """Print the table: latency with its ratios, frames of the flood, bytes."""
    bare, stock = (
        tallies[name].latency for name in ("bare label", "interact, new figure")
    )
    print(f"{'':22}{'p50 / p95 ms':>14}{'× label':>14}{'faster than':>12}", end="")
    print(f"{'frames':>8}{'last ms':>9}{'kB':>7}")
    for name, tally in tallies.items():
        middle, high = np.percentile(tally.latency, [50, 95])
        of_bare = middle / np.median(bare), high / np.percentile(bare, 95)
        print(
            f"{name:22}{middle:7.0f} /{high:5.0f}{of_bare[0]:7.2f} /{of_bare[1]:5.2f}"
            f"{np.median(stock) / middle:11.1f}×{np.median(tally.during):8.0f}"
            f"{np.median(tally.after):9.0f}{np.median(tally.received) / 1000:7.1f}"
        )
    print("faster than: than interact; frames: shown while 100 moves come in a second;")
    print("last: from the last of them to the last frame; kB: received a move.")


def race_move(moves=30):
    """Milliseconds of a kernel to answer a move of the ten-method race, the median."""
    from gdlib import METHODS, ROSENBROCK
    from gdlib.live import race

    board = race(ROSENBROCK, list(METHODS.values()))
    board.canvas.send = lambda *news: None
    hear = partial(board.canvas._receive, "view")
    hear([["hello", 0, [900, 400, 1.0, False]]])
    times = []
    for move in range(moves):
        began = time.perf_counter()
        hear([["key", 0, ["ArrowLeft" if move % 2 else "ArrowUp", False]]])
        times.append(1000 * (time.perf_counter() - began))
    return float(np.median(times))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moves", type=int, default=60)
    parser.add_argument("--scale", type=float, default=1)
    options = parser.parse_args()
    if lab.chromium() is None:
        raise SystemExit("No Chromium found: the latency needs a real browser.")
    report(measure(options.moves, options.scale))
    print(f"a move of the ten-method race: {race_move():.0f} ms of the kernel")
