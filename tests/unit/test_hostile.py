"""Hundreds of random moves: after each, all that a page shows is what is computed."""

from functools import partial

import ipywidgets as widgets
import numpy as np
import pytest

import gdlib
from gdlib import adam, descend, momentum, nadam, ravine
from gdlib.live import explore, race, rate_map
from gdlib.plots import describe


def moody(theta, grad, t, v=0.0, *, lr=0.1, mix=0.5):
    if lr > 0.3:
        raise RuntimeError("too fast for me")
    v = mix * v + grad(theta)
    return theta - lr * v, dict(v=v)


METHODS = {"momentum": momentum, "β₂ = 0.9": partial(adam, beta2=0.9), "n": nadam}
METHODS |= {"moody": moody}
PRESETS = {
    "far": dict(lr=0.05, start=(1.0, -1.5)),
    "bad": dict(steps=5, lr=0.45),
    "refused": dict(gamma=0.5, lr=99),
}
TYPED = dict(lr=0.5, gamma=0.99, mix=1, kappa=100, angle=90, beta2=0.9999, beta1=0.99)
STARTS = "start x", "start y"


def hostile():
    given = dict(lr=(0.001, 0.5, 0.06), steps=(1, 40, 20), kappa=(1, 100, 25), eps=1e-8)
    return explore(ravine, METHODS, presets=PRESETS, angle=(0, 90, 0), **given)


class Reader:
    """One who does anything; each move says what it may do to the film's step.

    "run"   any other value shows the whole run, except under Play
    "look"  leaves it alone
    a number is where it goes
    """

    def __init__(self, page, seed):
        self.page, self.board = page, page.board
        self.any = np.random.default_rng(seed)
        self.moves = [self.slide] * 4 + [self.type] * 3 + [self.drag] * 3
        self.moves += [self.scrub] * 2 + [self.press] * 2
        self.moves += [self.refuse, self.play, self.step, self.pin, self.hide]
        self.moves += [self.look, self.set, self.nudge]

    def move(self):
        step = self.any.choice(self.moves)()
        self.page.settle()
        return step

    def slide(self):
        name = self.any.choice([n for n in self.board.sliders if n != "step"])
        slider = self.board.sliders[name]
        if isinstance(slider, widgets.SelectionSlider):
            last = len(slider.options) - 1
        else:
            last = round((slider.max - slider.min) / slider.step)
        self.page.slide(name, int(self.any.integers(last + 1)))
        return "run"

    def type(self):
        name = self.any.choice([*TYPED, "steps", *STARTS])
        if name == "steps":
            number = float(self.any.integers(1, 41))
        elif name in STARTS:
            number = float(self.any.choice([*self.any.normal(0, 1.5, 9), 1e200]))
        else:
            low = self.board.controls[name].range.low
            number = float(self.any.uniform(low, TYPED[name]))
        self.page.type(name, number)
        return "run"

    def refuse(self):
        name = self.any.choice([*TYPED, "steps"])
        self.page.type(name, float(self.any.choice([99.5, -3.0, 1e300])))
        return "run"

    def drag(self):
        shares = self.any.uniform(-0.1, 1.1, 2).tolist()
        other = ["drag", 1, shares], ["leave", 0, 0], ["rest", 0, 0]
        self.page.tell(*other, ["drag", 0, shares])
        return "run"

    def nudge(self):
        arrow = str(self.any.choice(["ArrowUp", "ArrowDown", "ArrowLeft"]))
        self.page.tell(["key", 0, [arrow, bool(self.any.integers(2))]])
        return "run"

    def press(self):
        buttons = [self.board.reset, *self.board.presets.values()]
        button = self.any.choice(buttons)
        button.click()
        if button is self.board.reset:
            assert self.board.values["pinned"] is None
            assert self.board.values["hidden"] == ()
            return 20
        return "run"

    def set(self):
        try:
            self.board.set(lr=float(self.any.uniform(0, 0.6)), kappa=25)
        except (ValueError, RuntimeError) as error:
            told = str(error)
        else:
            told = ""
        assert self.page.error.endswith(told)
        assert bool(told) == bool(self.page.error)
        return "run"

    def scrub(self):
        step = int(self.any.integers(self.board.values["steps"] + 1))
        self.page.put(self.board.sliders["step"], value=step)
        return step

    def play(self):
        play, on = self.board.play, bool(self.any.integers(2))
        self.page.put(play, playing=on)
        if not on:
            return "look"
        at = min(self.page.seen(play) + play.step, self.page.seen(play, "max"))
        self.page.put(play, value=at)
        return at

    def step(self):
        way = int(self.any.choice([-1, 1]))
        at = self.board.values["step"] + way
        (self.board.next if way > 0 else self.board.back).click()
        return int(np.clip(at, 0, self.board.values["steps"]))

    def pin(self):
        self.page.put(self.board.pin, value=not self.board.pin.value)
        return "look"

    def hide(self):
        button = self.board.names[self.any.choice([*METHODS])]
        self.page.put(button, value=not button.value)
        return "look"

    def look(self):
        button = self.any.choice([self.board.big, self.board.copy, self.board.pace])
        if button is self.board.pace:
            self.page.put(button, index=int(self.any.integers(3)))
        else:
            self.page.put(button, value=not button.value)
        return "look"


def check_controls(page):
    """Every box, thumb and button says what is computed."""
    board, values = page.board, page.board.values
    assert values == board._good[0]
    for name, control in board.controls.items():
        slider, seen = control.widget, page.seen
        assert control.value == values[name]
        if isinstance(slider, widgets.SelectionSlider):
            assert slider.options[seen(slider, "index")][1] == values[name]
            assert len(seen(slider, "_options_labels")) == len(slider.options)
        elif isinstance(slider, widgets.Dropdown):
            assert slider.options[seen(slider, "index")] == values[name]
        elif isinstance(slider, widgets.FloatSlider | widgets.FloatLogSlider):
            stop = control.range.stop
            assert stop(seen(slider)) == stop(values[name])
        else:
            assert seen(slider) == values[name]
        if name in board.boxes:
            assert seen(board.boxes[name]) == values[name]
    if hasattr(board, "play"):
        assert page.seen(board.controls["step"].widget, "max") == values["steps"]
        assert page.seen(board.play) == values["step"]
        assert page.seen(board.play, "max") == values["steps"]
    assert board.pin.value == (values["pinned"] is not None)
    for name, button in board.names.items():
        assert page.seen(button) == button.value == (name not in values["hidden"])


def fresh(values, steps):
    """The runs of some values, made anew."""
    start = [values[name] for name in STARTS]
    own = dict(momentum="lr gamma", n="lr beta1 beta2", moody="lr mix")
    surface, found = ravine(values["kappa"], values["angle"]), {}
    for name, method in METHODS.items():
        hyper = {n: values[n] for n in own.get(name, "lr beta1").split()}
        hyper |= {} if name in ("momentum", "moody") else dict(eps=1e-8)
        hyper |= dict(beta2=0.9) if name == "β₂ = 0.9" else {}
        function = getattr(method, "func", method)
        found[name] = descend(function, surface, start, steps, **hyper)
    return found


def same(one, other):
    return all(
        np.array_equal(getattr(one, part), getattr(other, part), equal_nan=True)
        for part in ("theta", "loss")
    )


def coded(board):
    """The runs that the lines of a dashboard's code make."""
    lines = board.code.splitlines()
    assert len(lines) == len(board.paths)
    return [eval(text, vars(gdlib) | dict(moody=moody)) for text in lines]


def check_picture(page):
    """The run, the sentence, the table, the lines and the code are a fresh run's."""
    board, values = page.board, page.board.values
    runs, told = fresh(values, values["steps"]), []
    assert list(board.paths) == list(runs)
    assert all(same(board.paths[name], run) for name, run in runs.items())
    assert all(map(same, coded(board), runs.values()))
    for name, run in runs.items():
        told.append([name, f"{run.loss[values['step']]:.4g}"])
    if values["pinned"]:
        for name, run in fresh(values["pinned"], values["pinned"]["steps"]).items():
            told.append([f"pinned: {name}", f"{run.loss[-1]:.4g}"])
    assert [row[:2] for row in page.rows] == told
    if values["step"]:
        shown = fresh(values, values["step"])
        says = " ".join(describe(run, 1e-6) for run in shown.values())
        assert board.says == page.answers[-1][0]["says"] == says
    lines = len(METHODS) - len(values["hidden"]) + 4 * (values["pinned"] is not None)
    assert len(page.lines(0)) == len(page.lines(1)) == lines


@pytest.mark.parametrize("seed", range(4))
def test_after_every_move_all_that_is_shown_is_what_is_computed(show, seed):
    page = show(hostile())
    reader, failed = Reader(page, seed), 0
    for _ in range(75):
        before = page.board.values
        step = reader.move()
        after, playing = page.board.values, page.board.play.playing
        check_controls(page)
        check_picture(page)
        moved = {name for name in after if after[name] != before[name]} - {"step"}
        if page.error:
            failed += 1
            assert after == before
        elif step == "look" or (step == "run" and playing):
            assert after["step"] == min(before["step"], after["steps"])
        elif step == "run" and moved:
            assert after["step"] == after["steps"]
        elif step != "run":
            assert after["step"] == step
    assert 5 < failed < 70


OTHERS = {
    "race": lambda: race(gdlib.BEALE, [momentum, nadam], steps=(1, 60, 30)),
    "rate_map": lambda: rate_map(momentum, ravine, kappa=(1, 100, 25), steps=30),
}


@pytest.mark.parametrize("make", OTHERS.values(), ids=OTHERS)
def test_other_dashboards_show_what_they_compute_too(show, make):
    page = show(make())
    board, any_ = page.board, np.random.default_rng(5)
    for _ in range(60):
        kinds = ["drag", "hover", "leave", "rest", "key", "slide", "refuse", "choose"]
        kind = any_.choice([*kinds, "slide", "drag", "reset"])
        name = any_.choice([n for n in board.sliders if n != "step"])
        if kind in ("drag", "hover"):
            page.tell([kind, 0, any_.uniform(-0.1, 1.1, 2).tolist()])
        elif kind == "key":
            page.tell([kind, 0, ["ArrowUp", True]])
        elif kind in ("leave", "rest"):
            page.tell([kind, 0, 0])
        elif kind == "slide":
            page.slide(name, int(any_.integers(60)))
        elif kind == "refuse":
            page.type(name, -1.0)
            assert page.error.startswith(f"{name} is -1.0; allowed: ")
        elif kind == "reset":
            board.reset.click()
        for choice in board.choices.values() if kind == "choose" else ():
            page.put(choice, index=int(any_.integers(len(choice.options))))
        page.settle()
        check_controls(page)
        assert all(map(same, coded(board), board.paths.values()))
        assert page.answers[-1][0]["says"] == board.says
        losses = {f"{path.gap[-1]:.3g}" for path in board.paths.values()}
        assert losses <= {row[2] for row in page.rows}
