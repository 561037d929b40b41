"""What a message to the page holds: only what the page does not know yet."""

from html import escape

import numpy as np

from . import controls
from .drawing import pack, stamp

PAGE = (
    '<div role="group" aria-label="{title}"{refines}>'
    '<div class="gd-plots">{plots}</div>'
    '<p class="gd-error" role="alert" data-slot="error"></p>'
    '<p class="gd-wait">No answer yet: the kernel is busy or has stopped. '
    "If it stays so, run this cell again.</p>"
    '<div class="gd-buttons">{buttons}{boxes}{big}</div>'
    '<div class="gd-sliders">{sliders}</div>'
    '<div data-slot="legend"></div><div data-slot="readout"></div>'
    '<p class="gd-says" aria-hidden="true" data-slot="says"></p>'
    '<p class="gd-heard" aria-live="polite" data-slot="heard"></p></div>'
)


def page(title, plots, inputs, presets, *, plays=False, refines=False):
    """Write the HTML of a dashboard, empty: its plots, buttons, boxes and sliders."""
    sliders = [item for item in inputs if isinstance(item, controls.Slider)]
    play = [controls.button("play", "▶ Play", toggles=True)] if plays else []
    named = [controls.button(name, name) for name in presets]
    return PAGE.format(
        title=escape(title),
        refines=" data-rest" if refines else "",
        plots="".join(plot.html(index) for index, plot in enumerate(plots)),
        buttons="".join([*play, controls.button("reset", "Reset"), *named]),
        boxes="".join(item.html() for item in inputs if item not in sliders),
        big=controls.button("big", "Big", toggles=True),
        sliders="".join(item.html() for item in sliders),
    )


class Mail:
    """What the page has been sent, so that nothing is sent twice."""

    def __init__(self):
        self._known = {}

    @property
    def empty(self):
        """Whether the page has been sent nothing."""
        return not self._known

    def unknown(self, sort, things):
        """The part of a dict that is new to the page, from now on known."""
        known = self._known.setdefault(sort, {})
        fresh = {n: t for n, t in things.items() if n not in known or known[n] != t}
        known |= fresh
        return fresh

    def slots(self, slots):
        """The new parts of the page; a new frame of the readout has empty cells."""
        known = self._known.setdefault("slot", {})
        if slots.get("readout") != known.get("readout"):
            self._known["slot"] = {n: t for n, t in known.items() if "cell" not in n}
        return self.unknown("slot", slots)

    def letter(self, scene, stills, unit):
        """The scene as a message: a dict, and a list of bytes with the points first."""
        packed = [
            part
            for piece in scene.pieces
            for still in [stills[piece.panel]]
            for part in pack(piece, still.project, still.box, unit)
        ]
        files = {f"s{index}": still for index, still in enumerate(stills)}
        files |= {f"m{i}": p.heat for i, p in enumerate(packed) if p.heat is not None}
        files = self.unknown("file", files)
        items, points = flat(packed)
        stamps = {item["s"]: stamp(item["s"])[1:] for item in items if "s" in item}
        news = dict(
            items=items,
            panels=[still.news(f"s{index}") for index, still in enumerate(stills)],
            files=list(files),
            stamps=self.unknown("stamp", stamps),
            says=scene.says,
        )
        return news, [points, *(file.png() for file in files.values())]


def flat(packed):
    """The styles of packed pieces, each with its part of the points, and the points."""
    items, start = [], 0
    for index, (look, pixels, heat) in enumerate(packed):
        end = start + pixels.size
        picture = {} if heat is None else dict(i=f"m{index}")
        items.append(look | dict(n=[start, end]) | picture)
        start = end
    points = [pixels.ravel() for _, pixels, _ in packed]
    return items, np.concatenate([[], *points]).astype("<f4").tobytes()
