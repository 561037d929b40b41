"""step_player: one step of a method taken apart, term by term."""

from dataclasses import replace
from html import escape

import numpy as np

from ..plots import plot_contours, plot_curve
from ..style import look
from . import runs, terms
from .controls import Slider
from .drawing import Piece, line
from .ground import Ground
from .stage import Film, Scene, Stage
from .start import Start
from .stills import Plot

STAR = 0.08  # half the width of a minimum's star, in half widths of the plot
LETTER, LINE = 0.035, 0.06  # size of a name's letters, as shares of the plot's width
ARROW = 0.3  # share of the plot's width that the longest slope's arrow takes
LIFT = 0.12  # of the plot's height: on a curve both lie along x
PACE = 1500  # milliseconds a term stays, under Play
PAST = "#666666"


def step_player(method, objective, *, start=None, steps=3, big=False, **hyper):
    """Take a method's steps apart: each term's arrow or bar, formula and sentence.

    method     one of gdlib's ten, or a function of yours with their signature: what
               it returns is what is shown, its own lines are the formula
    objective  an Objective of dim 1 or 2, or a function such as `ravine` making one
    start      (dim,), default the objective's own
    steps      how many steps can be played, >= 1
    big        letters and lines for the back row
    hyper      name -> a number that is held, or (low, high, default) for a slider

    Returns the dashboard, as `explore` does. Raises ValueError or TypeError for what
    the method or the surface do not know. Notebook 00 shows how to use it.
    """
    given, methods = dict(hyper), runs.named(method)
    if len(methods) != 1:
        raise ValueError(f"method is {method!r}; allowed: one function.")
    ground = Ground(objective, given)
    ((name, method),) = methods.items()
    known = runs.hyper(method)
    sliders, fixed = runs.split(methods, known | given)
    runs.refuse([n for n in given if n not in known], known)
    sliders += ground.sliders
    player = Player(name, method, ground, Start(ground, start), fixed, steps)
    last = steps * player.stops - 1
    term = Slider("term", 0, last, player.stops - 1, whole=True, meaning="one by one")
    return Stage(
        player.scene,
        player.plots([item.name for item in sliders]),
        [term, *sliders, *player.start.boxes],
        title=f"step_player: {name} on {ground.first.name}",
        react=player.react,
        follow=player.start.follow,
        film=Film(lambda values: last, "term", PACE),
        big=big,
    )


class Player:
    """What `step_player` draws for given values, a function of them alone."""

    def __init__(self, name, method, ground, start, fixed, steps):
        self.name, self.method, self.ground, self.start = name, method, ground, start
        self.fixed, self.steps, self.look = fixed, steps, look(method)
        found = runs.walk(method, ground.first, start.first, steps, fixed).terms
        self.rows = terms.rows(method, found)
        self.kinds = [terms.look_up(row.name, found) for row in self.rows]
        self.stops = len(self.rows)

    def plots(self, hypers):
        """The ground around the steps, and the bars of every term."""
        on = (*hypers, *self.start.names)
        ground = "The step on the ground; left and right arrow go through the terms"
        bars = "Every term's size, coordinate by coordinate; arrows as beside"
        return [
            Plot(self._draw_ground, on=on, label=ground, takes=("keys",)),
            Plot(self._draw_bars, label=bars, takes=("keys",)),
        ]

    def react(self, kind, plot, payload, values):
        """Left and right go through the terms."""
        way = (
            dict(ArrowLeft=-1, ArrowRight=1).get(payload[0]) if kind == "key" else None
        )
        last = self.steps * self.stops - 1
        return (
            {}
            if way is None
            else dict(term=int(np.clip(values["term"] + way, 0, last)))
        )

    def scene(self, values):
        """The arrows and bars up to the chosen term, its row and its sentence."""
        path, (t, stop) = self._path(values), divmod(values["term"], self.stops)
        pieces, tags = self._past(path, t) + self._bars(path, t, stop), []
        for index in range(stop + 1):
            pieces += self._on_ground(path, t, index, index == stop, tags)
        pieces += _apart(tags, np.ptp(self._window(path)[0]))
        found = [self._value(path, t, row.name) for row in self.rows[: stop + 1]]
        pairs = zip(self.rows, found, strict=False)
        texts = [f"{terms.symbol(row.name)} = {terms.show(v)}" for row, v in pairs]
        said = self.kinds[stop].sentence
        says = f"Step {t + 1} of {self.name}: {', '.join(texts)}. {said}"
        titles = (
            f"step {t + 1} on {path.objective.name}",
            "each term on its own scale",
        )
        slots = {"readout": self._formula(path, t, stop)}
        return Scene(pieces, says, titles, slots)

    def _path(self, values):
        objective, start = self.ground.at(values), self.start.point(values)
        hyper = self.fixed | values
        return runs.walk(self.method, objective, start, self.steps, hyper)

    def _value(self, path, t, name):
        """A term after step t + 1; state before the first step is 0."""
        if t < 0:
            return np.zeros(path.objective.dim)
        source = path.theta[1:] if name == "theta" else path.terms[name]
        return np.broadcast_to(source[t], path.objective.dim)

    def _window(self, path):
        """A square around the steps, with room for the arrows: (low, high) an axis."""
        points = np.concatenate([path.theta, path.probes])
        points = points[np.isfinite(points).all(1)]
        span = np.ptp(np.array(path.objective.window), axis=1).max()
        middle, half = _square(points, span)
        minima = np.array(path.objective.minima).reshape(-1, len(middle))
        away = np.abs(minima - middle).max(1) / half
        cut = np.abs(away - 1) < STAR  # a star must not be cut by the edge
        middle, half = _square(np.concatenate([points, minima[cut]]), span)
        return tuple(zip(middle - half, middle + half, strict=True))

    def _draw_ground(self, ax, values):
        path = self._path(values)
        window = self._window(path)
        if self.ground.dim == 2:
            plot_contours(ax, path.objective, window, points=101)
        else:
            plot_curve(ax, path.objective, window)
        ax.set(xlabel=self.ground.axes[0], xlim=window[0])
        ax.set(ylabel=(*self.ground.axes, "f(x)")[1])
        ax.locator_params(axis="x", nbins=6)

    def _past(self, path, t):
        here = self.ground.on(path.theta[: t + 1], path.loss[: t + 1])
        walked = line(here, colour=self.look.color, width=1.2, marker="o", size=4)
        return [walked, Piece(here[-1:], width=0, marker="o", size=9)]

    def _on_ground(self, path, t, index, current, tags):
        """What one term is on the first plot: a point, an arrow, or nothing."""
        name, drawn = self.rows[index].name, self.kinds[index].drawn
        value = self._value(path, t, name)
        colour = self.look.color if current else PAST
        if drawn == "size":
            return []
        if drawn == "point":
            at = self._place(path, value, value)
            tags.append(_tag(at, name, colour))
            return [Piece(at, colour=colour, width=0, marker="D", size=8)]
        tail = path.probes[t] if name == "g" else path.theta[t]
        tip = tail - self._length(path, drawn) * value
        tips = np.concatenate([self._place(path, p, tail) for p in (tail, tip)])
        if self.ground.dim == 1 and drawn == "slope":
            tips[:, 1] += self._lift(path)
        at = tips[1:] if drawn == "slope" else tips.mean(0, keepdims=True)
        tags.append(_tag(at, name, colour))
        return [Piece(tips, colour=colour, width=2.6 if current else 1.4, head=True)]

    def _lift(self, path):
        """How far above a curve its slopes are drawn, clear of the moves."""
        (window,) = self._window(path)
        return LIFT * np.ptp(path.objective(np.linspace(*window, 101)[None]))

    def _place(self, path, point, foot):
        """A point (1, 2) of the plot; on a curve at the height of its foot."""
        loss = np.atleast_1d(path.objective.value(np.array(foot)))
        return self.ground.on(np.atleast_2d(point), loss)

    def _length(self, path, drawn):
        """The factor on a term: its own length for moves, one scale for all slopes."""
        if drawn == "slope":
            longest = np.hypot.reduce(path.terms.get("g", np.ones((1, 1))), axis=-1)
            return ARROW * np.ptp(self._window(path)[0]) / max(longest.max(), 1e-300)
        return -1 if drawn == "shift" else 1

    def _draw_bars(self, ax, values):
        count = self.stops
        lowest = max(count, 6) - 0.4  # so that few terms do not get fat bars
        ax.set(xlim=(-1.1, 2.6), ylim=(lowest, -0.6), xticks=[], xlabel="")
        ax.set_yticks(range(count), [terms.symbol(row.name) for row in self.rows])
        ax.tick_params(axis="y", length=0, labelsize=12)
        ax.spines[["left", "bottom"]].set_visible(False)
        ax.axvline(0, color="#444444", lw=0.8)
        ax.grid(False)
        for axis, shade in zip(self.ground.axes, ("#444444", "#9ecae1"), strict=False):
            ax.bar(0, 0, color=shade, label=axis)
        ax.legend(
            loc="lower right", fontsize="small", ncols=2, bbox_to_anchor=(1, -0.16)
        )

    def _bars(self, path, t, stop):
        """Two bars a term, upper and lower for the coordinates, with the numbers."""
        pieces = []
        for index, row in enumerate(self.rows[: stop + 1]):
            values = [self._value(path, step, row.name) for step in range(self.steps)]
            most = np.max(np.abs(values), initial=1e-300, where=np.isfinite(values))
            value = values[t]
            for axis, part in enumerate(np.clip(value / most, -1, 1)):
                low = index - 0.3 + 0.6 * axis / len(value)
                high = low + 0.56 / len(value)
                corners = [(0, low), (part, low), (part, high), (0, high), (0, low)]
                shade = ("#444444", "#9ecae1")[axis]
                shape = dict(panel=1, fill=shade, colour=shade, width=0)
                pieces.append(Piece(np.array(corners), **shape))
            text = dict(text=terms.show(value).replace("-", "−"), size=9, panel=1)
            ink = self.look.color if index == stop else "#555555"
            pieces.append(Piece(np.array([[1.1, index]]), **text, colour=ink))
        return pieces

    def _formula(self, path, t, stop):
        """The method's lines; the chosen one stands out, those to come are faint."""
        known = path.hyper | dict(theta=path.theta[t], t=t + 1)
        known |= {name: self._value(path, t - 1, name) for name in path.state}
        html = ""
        for index, row in enumerate(self.rows):
            value = self._value(path, t, row.name)
            cells = [row.number, terms.symbol(row.name), "", "", ""]
            cells[2] = f"= {terms.formula(row.code)}" if row.code else ""
            if index <= stop:
                spelt = terms.numbers(row.code, known)
                cells[3:] = [f"= {spelt}" if row.code else "", f"= {terms.show(value)}"]
            state = "gd-on" if index == stop else "gd-later" if index > stop else ""
            current = ' aria-current="step"' if index == stop else ""
            texts = (escape(cell.replace("-", "−")) for cell in cells)
            row_html = "".join(f"<td>{text}</td>" for text in texts)
            html += f'<tr class="{state}"{current}>{row_html}</tr>'
            known[row.name] = value
        said = f"Step {t + 1}: {self.kinds[stop].sentence}"
        table = f'<table class="gd-formula">{html}</table>'
        return f'<p class="gd-term">{escape(said)}</p>{table}'


def _tag(at, name, colour):
    return Piece(at, text=f"  {terms.symbol(name)}", colour=colour, size=12)


def _square(points, span):
    """Middle and half width of a square around points, its width up to twice `span`."""
    low, high = points.min(0), points.max(0)
    return (low + high) / 2, np.clip(0.9 * (high - low).max(), 1e-3 * span, span)


def _apart(tags, width):
    """The names of arrows, none over another: right of its place, left, or together.

    width  of the plot, in data
    """
    found = []
    for tag in tags:
        sides = [tag, replace(tag, text=f"{tag.text.strip()}  ", align="right")]
        met = [
            [i for i, t in enumerate(found) if _meet(side, t, width)] for side in sides
        ]
        if not all(met):
            found.append(sides[1 if met[0] else 0])
            continue
        at = met[0][0]
        text = f"{found[at].text.rstrip()}, {tag.text.strip()}"
        found[at] = replace(found[at], text=text, colour=tag.colour)
    return found


def _meet(one, other, width):
    """Whether two names would touch."""
    reach = [LETTER * width * (1 + len(tag.text.strip())) for tag in (one, other)]
    lefts = [
        tag.xy[0, 0] - (size if tag.align == "right" else 0)
        for tag, size in zip((one, other), reach, strict=True)
    ]
    beside = lefts[0] > lefts[1] + reach[1] or lefts[1] > lefts[0] + reach[0]
    return not beside and abs(one.xy[0, 1] - other.xy[0, 1]) < LINE * width
