"""Board, every dashboard: ipywidgets around a canvas, both made from values."""

import threading
import time
import weakref
from dataclasses import replace
from html import escape

import ipywidgets as widgets
import numpy as np

from .. import cells, patience
from .canvas import PEN, Canvas
from .controls import Sliding
from .layout import button, lay_out, main_buttons, sentence
from .panel import Panel
from .scene import CLOSED, Scene, closed
from .stills import twin

BIG = 1.45  # factor of the big mode, for the back row
SLOWER = 10  # times the first picture's time that another one may take
PICTURE = "A picture of the dashboard."
_open, _size = weakref.WeakSet(), dict(big=False)


def big(on=True):
    """Show all dashboards in the size for the back row, those to come too."""
    _size["big"] = bool(on)
    for board in list(_open):
        board.big.value = bool(on)


class Board(Panel):
    """A dashboard: sliders and buttons of ipywidgets around plots that follow them.

    scene     function (values) -> Scene; raises ValueError for bad values
    plots     `stills.Plot`s
    controls  Ranges, which get a slider and a box, and (name, ipywidget) of any kind
              that has a value; their names are the keys of `values`
    title     what the dashboard is, in a few words
    react     function (kind, plot, payload, values) -> changes, or None for none; the
              kinds are those of `Canvas`
    follow    function (values shown, values) -> changes that others bring with them
    film      what Play does; without it there is no Play
    refines   whether `react` wants to hear "rest", when a change is over
    presets   name -> function (values) -> changes, one button each
    state     name -> value of what has no control
    names     name -> Look: a button each that hides what bears the name
    pins      whether the present values can be kept, as values["pinned"]
    code      function (values) -> the picture as a line of Python
    still     name -> value for the picture of pages without a kernel, at the start
    big       whether letters and lines start in the size for the back row

    `sliders`, `boxes`, `choices`: the ipywidgets by name; `values`: what they stand
    at; `paths`, `path`, `code`: the runs that are shown, the first, and their calls.
    """

    def __init__(
        self,
        scene,
        plots,
        controls,
        *,
        title,
        react=None,
        follow=None,
        film=None,
        refines=False,
        presets=None,
        state=None,
        names=None,
        pins=False,
        code=None,
        still=None,
        big=False,
    ):
        self._busy, self._title, self._refines = None, title, refines
        self._film, self._still, given = film, still, (scene, react, follow, code)
        self._scene, self._react, self._follow, self._code = map(self._in_time, given)
        self._plots = [replace(plot, draw=self._in_time(plot.draw)) for plot in plots]
        names, several = names or {}, names if len(names or ()) > 1 else {}
        super().__init__(controls, dict(pinned=None) | (state or {}), several)
        made = self.controls.items()
        played = [n for n, c in made if film and c.widget is film.control]
        self._played = played[0] if played else None
        self._fresh = dict(self._state)
        began, self._first = time.monotonic(), self.values
        self._good = self._first, scene(self._first)
        took = time.monotonic() - began
        self._patience = max(patience.PATIENCE, SLOWER * took)
        self.canvas = Canvas(self._plots, self._hear)
        self.error, self.readout, self.listing = (widgets.HTML() for _ in range(3))
        buttons = self._buttons(presets or {}, pins, big or _size["big"])
        film = self._transport() if film else []
        self.children = lay_out(self, buttons, film, names)
        self.add_class("gd-board")
        self._listen()
        cells.remember(self)
        cells.heed(patience.interrupt)
        _open.add(self)
        self._show()

    @property
    def says(self):
        """The picture in one sentence."""
        return self._good[1].says

    @property
    def paths(self):
        """The runs that are shown, name -> Trajectory, as `descend` returns them."""
        return self._good[1].paths

    @property
    def path(self):
        """The first of the runs that are shown, or None."""
        return next(iter(self.paths.values()), None)

    @property
    def code(self):
        """The present picture's runs as calls of `descend`."""
        return self._code(self._good[0]) if self._code else ""

    def set(self, **changes):
        """Change values and draw once; raise what fails: ValueError for bad values."""
        for name in changes:
            if name not in self.controls:
                allowed = ", ".join(self.controls)
                raise ValueError(f"{name} is no control; allowed: {allowed}.")
        problem = self._change(lambda: changes)
        if problem:
            raise problem

    def close(self):
        """Close the dashboard with all that it is made of."""
        _open.discard(self)
        own = [part for part in vars(self).values() if isinstance(part, widgets.Widget)]
        for part in (*self.children, *own, self.layout):
            cells.close(part)
        super().close()
        self._let_go()

    def _let_go(self):
        """Keep no run and no picture: the notebook remembers what its cells gave."""
        self.children, self.presets, self.canvas.plots, self._plots = (), {}, (), ()
        self._react = self._follow = self._film = self._code = None
        self._scene = closed
        self._good = self._good[0], Scene([], CLOSED)

    def _buttons(self, presets, pins, big):
        self.reset, self.pin, self.copy, self.big = main_buttons(big)
        self.presets = {name: button(name) for name in presets}
        for name, preset in presets.items():
            press = self._in_time(preset)
            self.presets[name].on_click(lambda _, press=press: self._press(press))
        kept = [*[self.pin] * pins, *[self.copy] * bool(self._code), self.big]
        return [self.reset, *self.presets.values(), *kept]

    def _transport(self):
        film = self._film
        self.play, self.pace, self.back, self.next = film.parts
        self.back.on_click(lambda _: self._go(self.values[self._played] - 1))
        self.next.on_click(lambda _: self._go(self.values[self._played] + 1))
        self._film.fit(self.values, self.canvas.calm)
        return [self.play, self.back, self.next, film.control, self.pace]

    def _listen(self):
        for n, control in self.controls.items():
            control.widget.observe(lambda _, n=n: self._moved(n), "value")
            if isinstance(control, Sliding):
                control.box.observe(lambda c, n=n: self._moved(n, {n: c.new}), "value")
        for toggle in (*self.names.values(), self.big, self.copy):
            toggle.observe(lambda _: self._moved(None), "value")
        self.copy.observe(lambda c: c.new and self.canvas.copy(self.code), "value")
        self.pin.observe(lambda c: self._pin(c.new), "value")
        self.reset.on_click(lambda _: self._press(self._defaults))
        if self._film:
            self.pace.observe(lambda _: self._hear("hello", 0, None), "value")
            self.play.observe(lambda change: self._go(change.new), "value")

    def _moved(self, name, made=()):
        if threading.get_ident() != self._busy:
            self._change(lambda: dict(made), moved=name)

    def _press(self, preset):
        self._change(lambda: preset(self.values))

    def _pin(self, on):
        kept = dict(self._good[0]) if on else None
        self._moved(None, dict(pinned=kept))

    def _defaults(self, values):
        self.pin.value = False
        for toggle in self.names.values():
            toggle.value = True
        return self._fresh | {n: c.default for n, c in self.controls.items()}

    def _go(self, at):
        at = int(np.clip(at, 0, self.play.max))
        self._moved(None, {self._played: at})

    def _hear(self, kind, plot, payload):
        if kind in ("hello", "here") and self._film:
            self._film.fit(self.values, self.canvas.calm)
        elif self._react and kind not in ("hello", "here"):
            self._change(lambda: self._react(kind, plot, payload, self.values))

    def _change(self, changes, moved=""):
        """Make changes and show what they give; what fails is told and taken back.

        changes  function () -> name -> value, or None for no change at all
        moved    the control that was moved already; None for one that changes no run
        Returns the exception, or None.
        """
        with PEN:
            before, good, shown, problem = self._busy, self._good, self._good[0], None
            self._busy = threading.get_ident()
            try:
                made = changes()
                if made is None:
                    return None
                self._put(made)
                if self._follow:
                    self._put(self._follow(shown, self.values))
                values = self.values
                if self._film:
                    aside = made and set(made) <= set(self._state)
                    at = self._film.place(self._played, values, made, moved, aside)
                    values |= {self._played: at}
                self._good = values, self._scene(values)
                self._tell()
            except BaseException as error:  # whatever a reader's own function raises
                problem, self._good = error, good
                self._put({n: v for n, v in shown.items() if n != "hidden"})
                self._tell(problem)
                if isinstance(error, KeyboardInterrupt):
                    raise
            finally:
                self._busy = before
            return problem

    def _in_time(self, function):
        """Let a reader's function take no longer than a reader waits for a change.

        At other times, as in the cell that makes the dashboard, it takes what it takes.
        """

        def call(*args):
            if self._busy is None:
                return function(*args)
            return patience.within(lambda: function(*args), self._patience)

        return function and call

    def _tell(self, problem=None):
        if self._film:
            self._film.stand(self._good[0][self._played])
            self._film.fit(self._good[0], self.canvas.calm)
        self._show(problem)

    def _put(self, changes):
        for name, value in changes.items():
            if name in self.controls and name != self._played:
                self.controls[name].put(value)
            elif name != self._played:
                self._state[name] = value

    def _show(self, problem=None):
        values, scene = self._good
        unit = BIG if self.big.value else 1.0
        self.canvas.show(scene, values, unit, self._refines)
        for name, control in self.controls.items():
            if isinstance(control, Sliding):
                control.show(scene.marks.get(name, ((), "")))
        says = f'<p class="gd-says" aria-hidden="true">{escape(scene.says)}</p>'
        listing = f"<pre>{escape(self.code)}</pre>" if self.copy.value else ""
        error = f'<p role="alert">{escape(sentence(problem))}</p>' if problem else ""
        pairs = (self.readout, scene.readout + says), (self.listing, listing)
        for part, html in (*pairs, (self.error, error)):
            if part.value != html:
                part.value = html
        (self.add_class if self.big.value else self.remove_class)("gd-big")

    def _repr_mimebundle_(self, **kwargs):
        """Show the dashboard, and beside it its picture for pages without a kernel."""
        values = self._good[0]
        if self._still and values == self._first:
            values = values | self._still
        scene = self._scene(values)
        picture, size = twin(self._plots, values, scene)
        cells.beside({"image/png": picture, "text/plain": PICTURE}, {"image/png": size})
        data = cells.view(self) | {"text/plain": f"{self._title}. {scene.says}"}
        _, metadata = self.canvas._repr_mimebundle_()  # what Colab needs for anywidgets
        return data, metadata

    _ipython_display_ = None  # ipywidgets 7 has one, which goes before the bundle
