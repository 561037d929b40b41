"""race: who settles first, with which step size, and where runs end."""

import re

import numpy as np
import pytest

import gdlib
from gdlib import (
    BEALE,
    BOWL,
    HIMMELBLAU,
    METHODS,
    PARABOLA,
    ROSENBROCK,
    adam,
    descend,
    gradient_descent,
    label,
    line_data,
    momentum,
    mse,
    nadam,
)
from gdlib.live import race
from gdlib.live.basins import ELSEWHERE, GONE, ends


def test_best_step_size_is_the_one_a_plain_search_finds(show):
    grid = np.geomspace(1e-3, 1, 13)
    page = show(race(ROSENBROCK, [momentum, adam], steps=200))
    for method in (momentum, adam):
        gaps = [descend(method, ROSENBROCK, steps=200, lr=lr).gap[-1] for lr in grid]
        best = grid[np.nanargmin(gaps)]
        assert f"(lr = {best:.3g})" in page.board.says
    assert {row[1] for row in page.rows} <= {f"{lr:.3g}" for lr in grid}


# Runs written down by hand: where x stands after steps 0 to 6, and so the gap x².
DIPS = [1, 0, 1, 1, 1, 0, 0]  # first under at 1, settles at 5
CREEPS = [1, 1, 1, 0, 0, 0, 0]  # first under at 3, settles at 3
LEAVES = [1, 1, 0, 0, 0, 0, 3]  # first under at 2, over again at the end
NEVER = [1, 1, 1, 1, 1, 1, 2]


def walking(*stations):
    """A method that goes through the stations; its lr says which of them, from 1."""

    def method(theta, grad, t, *, lr=1):
        grad(theta)
        rows = np.asarray(stations, float)[:, t]
        return np.broadcast_to(
            rows[np.asarray(lr).astype(int) - 1], theta.shape
        ) + 0.0, {}

    return method


WALKS = dict(dips=DIPS, leaves=LEAVES, never=NEVER, creeps=CREEPS)


def walks():
    methods = {name: walking(stations) for name, stations in WALKS.items()}
    return race(PARABOLA, methods, start=(1.0,), steps=6, lr="default")


def board(page):
    """The names on the scoreboard from the top, and what it says of settling."""
    names = [re.fullmatch(r"\d+\. +(\w+)", row[0])[1] for row in page.rows]
    return names, [row[3] for row in page.rows]


def test_race_ranks_by_settling(show):
    page = show(walks())
    names, settles = board(page)
    assert names == ["creeps", "dips", "never", "leaves"]
    assert settles == ["3", "5", "–", "2, left again"]
    assert [row[0][0] for row in page.rows] == ["1", "2", "3", "4"]
    assert "settles under 1e-06<" in page.readout
    assert page.board.says.endswith(
        "under 1e-06: creeps (lr = 1) settles at 3; dips (lr = 1) settles at 5; never "
        "(lr = 1) gap 4; leaves (lr = 1) first at 2, left again, gap 9."
    )


@pytest.mark.parametrize(
    ("shown", "names", "settles"),
    [
        (0, ["dips", "leaves", "never", "creeps"], ["–"] * 4),
        (1, ["dips", "leaves", "never", "creeps"], ["1", "–", "–", "–"]),
        (2, ["leaves", "dips", "never", "creeps"], ["2", "1, left again", "–", "–"]),
        (5, ["leaves", "creeps", "dips", "never"], ["2", "3", "5", "–"]),
    ],
)
def test_board_of_a_film_knows_no_later_step(show, shown, names, settles):
    page = show(walks())
    page.put(page.board.sliders["step"], value=shown)
    assert board(page) == (names, settles)
    assert f"{shown} gradient evaluation" in page.board.says


def test_best_step_size_is_the_first_to_settle(show):
    grid = [1, 2, 3, 4]
    any_of = walking(DIPS, LEAVES, CREEPS, NEVER)
    page = show(race(PARABOLA, {"it": any_of}, start=(1.0,), steps=6, grid=grid))
    assert "it (lr = 3) settles at 3" in page.board.says
    # up to step 4 nobody settles but those that stand at 0 there: LEAVES is first
    page.type("steps", 4.0)
    assert "it (lr = 2) settles at 2" in page.board.says


def test_best_step_size_of_none_that_settles_ends_lowest(show):
    none_settles = walking(LEAVES, NEVER)
    board = race(PARABOLA, {"it": none_settles}, start=(1.0,), steps=6, grid=[1, 2])
    assert "it (lr = 2) gap 4" in show(board).board.says


def test_overflow_does_not_settle(show):
    gone = [1, 0, 0, 0, 0, 0, np.inf]
    methods = dict(gone=walking(gone), never=walking(NEVER))
    page = show(race(PARABOLA, methods, start=(1.0,), steps=6, lr="default"))
    assert board(page) == (["never", "gone"], ["–", "1, left again"])
    assert "gone (lr = 1) first at 1, left again, diverges" in page.board.says
    assert page.rows[1][-1] == "overflow at step 6"


def test_a_lucky_swing_does_not_win(show):
    given = {"Nadam": 1, "momentum": 0.00316}
    page = show(race(BEALE, [nadam, momentum], steps=200, lr=given))
    last_over = {}
    for method in (nadam, momentum):
        lr = given[label(method)]
        loss = descend(method, BEALE, steps=200, lr=lr).loss  # Beale's lowest is 0
        last_over[label(method)] = max(t for t in range(201) if loss[t] >= 1e-6)
        assert min(loss) < 1e-6
    assert last_over["Nadam"] == 200 > last_over["momentum"]
    names, settles = board(page)
    assert names == ["momentum", "Nadam"]
    assert settles[0] == f"{last_over['momentum'] + 1}"
    assert settles[1].endswith(", left again")


def test_race_takes_given_and_default_step_sizes(show):
    page = show(race(BOWL, [gradient_descent, adam], lr={"Adam": 0.3}))
    assert "Adam (lr = 0.3)" in page.board.says
    assert "gradient descent (lr = 0.1)" in page.board.says
    choice = page.board.choices["step sizes"]
    page.put(choice, index=choice.options.index("default"))
    assert "Adam (lr = 0.01)" in page.board.says


def test_race_follows_the_start(show):
    given = {"gradient descent": 0.01}
    page = show(race(HIMMELBLAU, [gradient_descent], lr=given, steps=5))
    x, y = page.board.path.theta[0]
    page.tell(["key", 0, ["ArrowRight", True]])  # 10 % of a window 10 wide
    path = descend(gradient_descent, HIMMELBLAU, (x + 1, y), steps=5, lr=0.01)
    assert np.array_equal(page.board.path.theta, path.theta)
    assert page.shows(0, path.theta)


def sizes(board):
    return {name: path.hyper["lr"] for name, path in board.paths.items()}


def as_new(page, show, steps):
    """What a race that begins at a page's start shows."""
    start = [page.board.values[name] for name in ("start x", "start y")]
    methods = [gradient_descent, adam]
    return show(race(BEALE, methods, start=start, steps=steps)).board


FAR_RIGHT = ["key", 0, ["ArrowRight", True]]  # a tenth of the window


def test_start_that_moves_keeps_the_step_sizes_and_rest_chooses_anew(show):
    page = show(race(BEALE, [gradient_descent, adam], steps=60))
    first = sizes(page.board)
    for _ in range(4):
        page.tell(FAR_RIGHT)
    assert sizes(page.board) == first
    assert "60 gradient evaluations each, kept step sizes" in page.board.says
    page.tell(["rest", 0, 0])
    fresh = as_new(page, show, 60)
    assert sizes(page.board) == sizes(fresh) != first
    assert page.board.says == fresh.says
    assert "each, best step sizes" in page.board.says


def test_other_moves_choose_at_once(show):
    page = show(race(BEALE, [gradient_descent, adam], steps=60))
    for _ in range(4):
        page.tell(FAR_RIGHT)
    page.board.set(steps=80)
    assert page.board.says == as_new(page, show, 80).says


def test_race_deals_every_method_the_same_batches(show):
    x, y = line_data(np.random.default_rng(0), 40)

    def dealt(batch=5):
        return mse(x, y, batch=batch, rng=np.random.default_rng(3))

    twice = dict(one=gradient_descent, other=gradient_descent)
    page = show(race(dealt, twice, batch=(1, 40, 5), lr="default", steps=20))
    one, other = page.board.paths.values()
    assert np.array_equal(one.theta, other.theta)
    fresh = descend(gradient_descent, dealt(), steps=20)
    assert np.array_equal(one.theta, fresh.theta)


STARTS = [(-1.5, 2.0), (2.5, -1.0), (-3.9, 3.7), (0.5, 0.5)]


@pytest.mark.parametrize("objective", [BEALE, ROSENBROCK], ids=lambda o: o.name)
def test_shown_runs_are_bit_for_bit_those_of_the_code(objective, show):
    page = show(race(objective, list(METHODS.values()), steps=150))
    for start in STARTS:
        for name, value in zip(("start x", "start y"), start, strict=True):
            page.type(name, value)
        assert page.error == ""
        lines = page.board.code.splitlines()
        runs = zip(page.board.paths.items(), lines, strict=True)
        for (name, path), line in runs:
            fresh = eval(line, vars(gdlib).copy())
            assert fresh.theta[0].tolist() == list(start)
            assert np.array_equal(fresh.theta, path.theta, equal_nan=True)
            assert np.array_equal(fresh.loss, path.loss, equal_nan=True)
            (row,) = (r for r in page.rows if re.sub(r"^\d+\. +", "", r[0]) == name)
            assert row[2] == f"{fresh.gap[-1]:.3g}"


def test_ends_are_told_apart():
    minima = ((0, 0), (3, 0))
    theta = np.array([[0.1, 2.9, 1.5, np.inf], [0, 0.1, 0, 0]])
    assert ends(theta, minima, 0.2).tolist() == [0, 1, ELSEWHERE, GONE]


def test_grid_of_starts_shows_where_runs_end(show):
    page = show(race(HIMMELBLAU, [gradient_descent], steps=200))
    page.put(page.board.choices["ground"], index=1)
    assert page.board.choices["ground"].value == "where it ends: gradient descent"
    assert "minimum 4" in page.readout
    heat = page.heat
    lr = page.board.path.hyper["lr"]
    for row, column in [(10, 50), (50, 50), (5, 5)]:
        start = [-5 + 10 * (column + 0.5) / 60, -5 + 10 * (row + 0.5) / 60]
        end = descend(gradient_descent, HIMMELBLAU, start, steps=200, lr=lr).theta[-1]
        away = np.hypot(*(np.array(HIMMELBLAU.minima) - end).T)
        expected = int(away.argmin()) if away.min() < 0.5 else ELSEWHERE
        assert heat.index[row, column] == expected


def test_ten_methods_race_each_with_a_look_and_a_button_of_its_own(show):
    page = show(race(ROSENBROCK, list(METHODS.values()), steps=50))
    names = [label(method) for method in METHODS.values()]
    assert all(name in page.board.says for name in names)
    assert list(page.board.names) == names
    items = [i for i in page.answers[-1][0]["items"] if i["p"] == 1 and i.get("h")]
    assert len({(i["c"], str(i.get("d")), i["s"]) for i in items}) == 10
