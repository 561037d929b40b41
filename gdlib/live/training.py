"""train: a network learns, on a plane through its parameters and in what it reads."""

import ipywidgets as widgets
import numpy as np

from ..network import Network
from ..style import OTHERS
from . import calls, lessons, pictures, planes, reports, runs
from .board import Board
from .drawing import Piece
from .ranges import ranged
from .scene import Scene
from .signs import ghost
from .stills import Plot

ASIDE = ("pinned", "hidden", "fine", "stands")  # values that nothing is computed from
MOVING = dict(
    points=13, samples=200, stretched=151
)  # the surface, while a slider moves
REST = dict(points=25, samples=400, stretched=301)
NUMBERS = 1_000_000  # samples × parameters of the surface at rest; half while moving
HEIGHTS = (1e-3, 100)  # of the curves' plot
LOOKS = dict(training=OTHERS[0], validation=OTHERS[1])
CORNERS = np.array([[-1.0, -1.0], [1.0, 1.0]])


def train(objective, methods=None, *, test=None, steps=300, big=False, **sliders):
    """Train a network live, with a slider for all that training depends on.

    objective  a Network, as `gdlib.network.network` makes; the dashboard deals its
               samples in mini-batches itself
    methods    one method, a list of them, or a dict of name -> method; default all ten
    test       (X, y), samples that training never sees, for validation
    steps      updates, or (low, high, default) for their slider
    big        letters and lines for the back row
    sliders    lr, batch, width (of the start, as `Network.draw` has it), seed, or any
               hyper-parameter of the methods: (low, high, default), or a value that
               fixes it. lr may be a dict of name -> where it stands with the method;
               without one it goes with the method's default until it is moved

    Shows the error on a plane through the run's end, spanned by the path's principal
    directions or by random ones, and the path projected on it; errors against updates;
    the weights into the hidden units; samples that are misread. While a slider moves,
    all this is coarse, and a run that takes long is cut; the text tells what it is.

    Returns the dashboard, a Board: `path` is the run, `path.theta[-1]` what it came to.
    Raises ValueError or TypeError for what the methods or the network do not know.
    Notebook 14 uses it.
    """
    if not isinstance(objective, Network):
        raise TypeError(
            f"objective is {objective!r}; allowed: a Network, as network(X, y) makes."
        )
    methods = lessons.DEFAULTS if methods is None else methods
    given, methods = dict(sliders), runs.named(methods)
    if not methods:
        raise ValueError("methods holds none; allowed: at least one method.")
    rates = lessons.rates(methods, given)
    ranges, held = lessons.ranges(objective, methods, given, rates)
    ranges.append(ranged("steps", runs.count(steps)))
    choices = _choice("method", methods), _choice("plane", planes.KINDS)
    first = [r.default for r in ranges] + [widget.value for _, widget in choices]
    show = Trainer(lessons.Teacher(objective, test), methods, held, rates)
    return Board(
        show.scene,
        show.plots(),
        [*ranges, *choices],
        title=f"train: {', '.join(methods)} on {objective.dim:,} parameters",
        react=show.react,
        follow=show.follow,
        refines=True,
        state=dict(fine=tuple(first), stands=next(iter(methods))),
        names=show.looks,
        pins=True,
        code=show.code,
        big=big,
    )


def _choice(name, options):
    return name, widgets.Dropdown(options=tuple(options), description=name)


class Trainer:
    """What `train` draws for given values, a function of them alone.

    teacher  a `lessons.Teacher`
    held     name -> value of what has no slider
    rates    name of a method -> where lr stands with it
    """

    def __init__(self, teacher, methods, held, rates):
        self.teacher, self.methods, self.held = teacher, methods, held
        self.rates, self.styles = rates, runs.looks(methods)
        seen = list(LOOKS)[: 2 if teacher.validation else 1]
        self.looks = {name: LOOKS[name] for name in seen}
        self.root = pictures.side(teacher.network.X.shape[1])
        self._lessons, self._surfaces = {}, {}

    def plots(self):
        """The plane, the curves, the weights and, if they are pictures, the misread."""
        small = (8, 8, 6, 8)
        weights = Plot(
            lambda ax, values: pictures.draw(ax),
            label="Weights into the hidden units, as pictures",
            edges=small,
        )
        plane = "The error on a plane through the run's end, with the path on it"
        curves = "Errors against the updates, on a log scale"
        misread = Plot(
            lambda ax, values: pictures.draw(ax),
            label="Samples that are misread",
            edges=small,
        )
        return [
            Plot(_draw_plane, on=("plane",), label=plane, edges=(30, 8, 6, 32)),
            Plot(self._draw_curves, on=("steps",), label=curves, edges=(42, 18, 8, 46)),
            weights,
            *[misread] * bool(self.root),
        ]

    def react(self, kind, plot, payload, values):
        """Compute all in full at rest."""
        return dict(fine=self._chosen(values)) if kind == "rest" else None

    def follow(self, shown, values):
        """Let an lr that nobody chose go with the method."""
        lr, method = values.get("lr"), values["method"]
        turned = method != shown["method"] and method in self.rates
        if not turned or lr != self.rates.get(values["stands"]):
            return {}
        return dict(lr=self.rates[method], stands=method)

    def scene(self, values):
        """All that moves, with the readout and the sentence."""
        lesson = self.recall(values)
        surface = self._surface(values, lesson)
        told = {self._name(values): (lesson, self.held | values)}
        pieces, seen = self._pictures(lesson)
        pieces = [*surface.pieces, *pieces]
        if values["pinned"]:
            kept = self.recall(values["pinned"])
            told[f"pinned: {self._name(values['pinned'])}"] = kept, {}
            pieces += self._curves(kept, values, ghost)
        pieces += self._curves(lesson, values, lambda style: style)
        pieces += self._path(surface.plane, lesson, values)
        facts = reports.Facts(self.teacher, told, surface, seen)
        return Scene(
            pieces,
            facts.says(),
            facts.titles(),
            facts.readout(),
            self._marks(values),
            {values["method"]: lesson.path},
        )

    def recall(self, values):
        """The lesson of some values, those of the last two kept."""
        full = self.held | values
        fine, steps = self._fine(values), full["steps"]
        updates = steps if fine else self.teacher.reach(full["batch"], steps)
        own = [pair for pair in full.items() if pair[0] not in (*ASIDE, "plane")]
        asked = (updates, *(pair for pair in own if pair[0] != "steps"))
        found = self._lessons.pop(asked, None)
        if found is None:
            method = self.methods[values["method"]]
            hyper = runs.mine(method, full)
            about = {name: full[name] for name in ("batch", "width", "seed")}
            bare = runs.bare(method)[0]
            found = self.teacher.teach(bare, hyper, steps=updates, **about)
        self._lessons = dict(list(self._lessons.items())[-1:]) | {asked: found}
        return found

    def code(self, values):
        """The run as it is written in Python."""
        full, path = self.held | values, self.recall(values).path
        known = calls.name_of(self.teacher.network)
        rng, seed = "rng", full["seed"]
        made = f"network({known}.X, {known}.y, {self.teacher.hidden}"
        if full["batch"] < len(self.teacher.network.y):
            made += f", batch={full['batch']}, rng={rng}"
        given = calls.settings(dict(steps=path.t) | path.hyper)
        run = [calls.name_of(path.method), "trained", "start", *given]
        return (
            f"{rng} = np.random.default_rng({seed})\n"
            f"start = {known}.draw({rng}, {full['width']:.6g})\n"
            f"trained = {made})\n"
            f"descend({', '.join(run)})"
        )

    def _chosen(self, values):
        return tuple(value for name, value in values.items() if name not in ASIDE)

    def _fine(self, values):
        return values["fine"] == self._chosen(values)

    def _name(self, values):
        """A run in a few words."""
        lr = (self.held | values).get("lr")
        uses = "lr" in runs.hyper(self.methods[values["method"]])
        rate = f", lr {lr:.3g}" if uses and isinstance(lr, int | float) else ""
        return f"{values['method']}{rate}"

    def _surface(self, values, lesson):
        """The error on the plane through the lesson's end, the last one kept."""
        kind, fine, network = values["plane"], self._fine(values), self.teacher.network
        asked = lesson, kind, fine
        if asked not in self._surfaces:
            how = REST if fine else MOVING
            most = max(20, NUMBERS // (1 if fine else 2) // network.dim)
            X, y = lessons.some(network.X, network.y, min(how["samples"], most))
            seed = (self.held | values)["seed"]
            plane = planes.plane(kind, network, lesson.thetas, seed)
            errors = plane.heights(network, X, y, how["points"])
            heat = planes.ground(errors, how["stretched"])
            pieces = [Piece(CORNERS, heat=heat), *_shares(plane, lesson)]
            made = reports.Surface(plane, errors, len(y), pieces)
            self._surfaces = {asked: made}
        return self._surfaces[asked]

    def _pictures(self, lesson):
        """The weights and the misread samples, and what the text says of them."""
        network, theta = self.teacher.network, lesson.thetas[-1]
        pieces, top = pictures.weights(network.split(theta)["W1"], 2)
        X, read, real, among = self.teacher.misread(theta)
        if self.root:
            pieces += pictures.samples(X, read, real, 3)
        return pieces, reports.Seen(top, read, real, among, self.teacher.right(theta))

    def _curves(self, lesson, values, paler):
        pieces = []
        for name, style in self.looks.items():
            errors = getattr(lesson, name)
            if name not in values["hidden"]:
                points = np.column_stack([lesson.at, errors])
                pieces += runs.trail(points, paler(style), panel=1, size=4.5, every=3)
        return pieces

    def _path(self, plane, lesson, values):
        """The run on the plane, its start ringed."""
        places = plane.project(lesson.thetas)
        style, ring = self.styles[values["method"]], dict(width=0, marker="o")
        path = runs.trail(places, style, size=3.5, apart=runs.APART)
        start = [Piece(places[:1], **ring, size=12)]
        return [*path, *start, Piece(places[:1], **ring, size=7, colour="white")]

    def _marks(self, values):
        """Where lr stands with the method."""
        method = values["method"]
        if "lr" not in runs.hyper(self.methods[method]):
            return dict(lr=((), f"{method} does without it"))
        if method not in self.rates:
            return {}
        return dict(lr=([(self.rates[method], "default")], ""))

    def _draw_curves(self, ax, values):
        ax.set(yscale="log", xlim=(0, values["steps"]), ylim=HEIGHTS)
        ax.set(xlabel="update")
        ax.locator_params(axis="x", nbins=5, integer=True)
        guess = np.log(self.teacher.network.shapes["b2"][0])
        ax.axhline(guess, color="#666666", lw=1, ls=":")


def _shares(plane, lesson):
    """How much of the path's variance each direction holds, written at its end."""
    across, up = map(reports.percent, plane.shares(lesson.thetas))
    look = dict(size=8, colour="#222222")
    right, left = np.array([[0.96, -0.92]]), np.array([[-0.96, 0.92]])
    return [
        Piece(right, text=f"{across} of the path →", align="right", **look),
        Piece(left, text=f"↑ {up} of the path", **look),
    ]


def _draw_plane(ax, values):
    kind = values["plane"]
    ax.set(xlim=(-1, 1), ylim=(-1, 1), xticks=[], yticks=[], box_aspect=1)
    ax.set(xlabel=f"1st {kind} direction", ylabel=f"2nd {kind} direction")
    ax.grid(False)
