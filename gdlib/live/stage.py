"""Stage, the widget under every dashboard: it keeps the values, answers the page."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import NamedTuple

import anywidget
import numpy as np

from .news import Mail, page
from .stills import sizes, twin

HERE = Path(__file__).parent
BIG = 1.45  # factor of the big mode, for the back row
PEN = threading.RLock()  # callbacks run in a thread of their own: one draws at a time


@dataclass
class Scene:
    """All that a dashboard shows for one set of values.

    pieces  what moves, in the order it is painted
    says    the picture in one sentence
    titles  one line above each plot
    slots   name -> HTML of a part of the page: "readout", "marks lr", …
    """

    pieces: list
    says: str
    titles: tuple = ()
    slots: dict = field(default_factory=dict)


class Film(NamedTuple):
    """What Play does: it runs a value through whole numbers up to a length.

    length  function (values) -> the last number
    name    the value; "shown" is None when all is to be seen
    pace    milliseconds a number stays; without it the whole takes 2 to 6 s
    """

    length: Callable
    name: str = "shown"
    pace: float | None = None


class Stage(anywidget.AnyWidget):
    """A dashboard: Matplotlib draws what stands still, once; a canvas what moves.

    scene    function (values) -> Scene; raises ValueError for bad values
    plots    `stills.Plot`s
    inputs   Slider, Box and Choice objects; their names are the keys of `values`
    title    what the dashboard is, in a few words
    react    function (kind, plot, payload, values) -> changes; kind is "drag" or
             "hover" with data coordinates, "key" with (arrow, shift), or "rest"
    follow   function (values shown, values) -> changes that others bring with them
    film     what Play does; without it there is no Play
    refines  whether `react` wants to hear "rest", when a change is over
    presets  name -> function (values) -> changes, one button each
    hidden   name -> default of values that have no control
    big      whether letters and lines start in the size for the back row

    Every message is answered by one, and one at a time is under way: the browser
    sends its newest state when the last answer is there, so nothing queues up.
    """

    _esm = HERE / "stage.js"
    _css = HERE / "stage.css"

    def __init__(
        self,
        scene,
        plots,
        inputs,
        *,
        title,
        react=None,
        follow=None,
        film=None,
        refines=False,
        presets=None,
        hidden=None,
        big=False,
    ):
        self._scene, self._plots, self._title = scene, plots, title
        self._inputs = {item.name: item for item in inputs}
        self._react, self._film, self._presets = react, film, presets or {}
        self._follow, self._refines = follow, refines
        self._defaults = dict(shown=None) | (hidden or {})
        self._defaults |= {item.name: item.default for item in inputs}
        self.values, self._big, self._clock = dict(self._defaults), big, None
        self._screen, self._mail = (900, 1.0, False), Mail()
        self._stills = [(None, None)] * len(plots)
        with PEN:
            self._good = dict(self.values), scene(dict(self.values))
        super().__init__()
        self.on_msg(lambda widget, content, buffers: self._receive(content["events"]))

    @property
    def says(self):
        """The picture in one sentence."""
        return self._good[1].says

    def set(self, **changes):
        """Change values from Python, as moving the controls does.

        Raises ValueError for a name that is no control, or a value it does not allow.
        """
        for name, value in changes.items():
            if name not in self._inputs:
                allowed = ", ".join(self._inputs)
                raise ValueError(f"{name} is no control; allowed: {allowed}.")
            self._inputs[name].read(str(value))
        self._answer(lambda: self.values.update(changes))

    def close(self):
        """Close the widget and let go of what it holds."""
        super().close()
        self._stills, self._mail = [(None, None)] * len(self._plots), Mail()

    def _receive(self, events):
        self._answer(lambda: [self._happen(*event) for event in events])

    def _answer(self, change):
        """Make a change and send what it shows; a failure is told, the scene stays."""
        with PEN:
            good = self._good
            try:
                change()
                if self._follow:
                    self.values |= self._follow(good[0], self.values)
                values = dict(self.values)
                self._good = values, self._scene(dict(values))
                news = self._news("")
            except Exception as problem:  # whatever a reader's own function raises
                self._good = good
                news = self._news(kind(problem))
            self.send(*news)

    def _happen(self, kind, name, value):
        if kind in ("slide", "type", "drag", "key") and not self._clock:
            self.values["shown"] = None  # a change shows the whole again
        if kind == "hello":
            self._screen, self._mail = value, Mail()
        elif kind == "slide":
            self.values[name] = self._inputs[name].value(int(value))
        elif kind == "type":
            self.values[name] = self._inputs[name].read(value)
        elif kind == "press":
            self._press(name)
        elif kind == "tick":
            self._tick(value)
        elif self._react:
            if kind in ("drag", "hover"):
                value = self._still(name).point(*value)
            self.values |= self._react(kind, name, value, dict(self.values)) or {}

    def _press(self, name):
        if name == "reset":
            self.values, self._clock = dict(self._defaults), None
        elif name == "big":
            self._big = not self._big
        elif name == "play":
            self._play()
        else:
            self.values |= self._presets[name](dict(self.values))

    def _play(self):
        """Start or pause; where the reader wants no motion, go on by a tenth."""
        length, at = self._film.length(self.values), self.values[self._film.name]
        at = 0 if at is None or at >= length else at
        if self._clock:
            self._clock = None
        elif self._screen[2]:
            self._show(at + max(1, length // 10), length)
        else:
            self._clock = [None, at]
            self._show(at, length)

    def _tick(self, now):
        """Show as much as the time since Play allows."""
        if not self._clock:
            return
        began, at = self._clock = [self._clock[0] or now, self._clock[1]]
        length = self._film.length(self.values)
        pace = self._film.pace or np.clip(60 * length, 2000, 6000) / length
        self._show(at + int((now - began) / pace), length)

    def _show(self, at, length):
        name = self._film.name
        if at >= length:
            self._clock, at = None, None if name == "shown" else length
        self.values[name] = at

    @property
    def _unit(self):
        return BIG if self._big else 1.0

    def _still(self, index):
        """The still of a plot, drawn anew only where something it shows has changed."""
        width, ratio, _ = self._screen
        size = sizes(width, len(self._plots), self._unit)[index]
        plot, values = self._plots[index], self._good[0]
        key = (size, ratio, self._unit, *(values.get(name) for name in plot.on))
        if self._stills[index][0] != key:
            still = plot.still(values, size, ratio, self._unit)
            self._stills[index] = key, still
        return self._stills[index][1]

    def _news(self, error):
        """The last good scene as a message: a dict and a list of bytes."""
        scene = self._good[1]
        stills = [self._still(index) for index in range(len(self._plots))]
        page = {} if not self._mail.empty else dict(page=self._page())
        news, files = self._mail.letter(scene, stills, self._unit)
        slots = dict(scene.slots, error=escape(error))
        slots |= {f"title {i}": escape(title) for i, title in enumerate(scene.titles)}
        states = {n: i.state(self.values[n]) for n, i in self._inputs.items()}
        plays = bool(self._clock)
        news |= page | dict(
            ratio=self._screen[1],
            slots=self._mail.slots(slots),
            set=self._mail.unknown("set", states),
            playing=plays,
            pressed=["big"] * self._big + ["play"] * plays,
        )
        return news, files

    def _page(self):
        extras = dict(plays=self._film is not None, refines=self._refines)
        inputs = list(self._inputs.values())
        return page(self._title, self._plots, inputs, self._presets, **extras)

    def _repr_mimebundle_(self, **kwargs):
        """Show the widget where there is a front end, else the same scene as a PNG.

        The sentence is printed beside it, now and not before: `set` may have moved it.
        """
        print(self.says)
        data, meta = super()._repr_mimebundle_(**kwargs)
        with PEN:
            picture, size = twin(self._plots, *self._good, self._unit)
        data |= {"image/png": picture, "text/plain": f"{self._title}. {self.says}"}
        return data, meta | {"image/png": size}


def kind(problem):
    """Say in one sentence what went wrong; gdlib's refusals speak for themselves."""
    if isinstance(problem, ValueError | TypeError) and "allowed:" in str(problem):
        return str(problem)
    return f"This could not be computed: {type(problem).__name__}: {problem}"
