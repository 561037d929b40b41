"""The step player: terms, formulas, and arrows that add up and leave room."""

import re
from functools import cache
from itertools import combinations, product
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from gdlib import (
    BOWL,
    METHODS,
    PARABOLA,
    ROSENBROCK,
    Objective,
    adadelta,
    adam,
    amsgrad,
    descend,
    gradient_descent,
    momentum,
    nadam,
    nesterov,
    ravine,
)
from gdlib.live import arrows, step_player, terms
from gdlib.live.arrows import Item
from gdlib.live.drawing import POINT
from tests.unit.page import opening, text

GROUNDS = {
    "bowl": BOWL,
    "ravine 10": ravine(10),
    "ravine 25": ravine(25),
    "rosenbrock": ROSENBROCK,
    "parabola": PARABOLA,
}
SLOW = dict(rosenbrock=0.001, parabola=0.1)  # lr of the methods that g itself moves
PLOTS = dict(wide=(900, 400), small=(600, 204))  # pixels of a view, across and down


def scenes(board):
    """The Scene of every place of the term's slider."""
    last = len(board.sliders["term"].options)
    return [board._scene(board.values | dict(term=term)) for term in range(last)]


def on_ground(scene):
    """What is drawn on the ground: arrows, and names."""
    pieces = [piece for piece in scene.pieces if piece.panel == 0]
    return [p for p in pieces if p.head], [p for p in pieces if p.text]


# Terms and formulas.


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_every_term_of_every_method_has_its_row_and_its_sentence(method, show):
    page = show(step_player(method, BOWL))
    path = descend(method, BOWL, steps=3)
    rows = terms.rows(method, path.terms)
    assert [row.name for row in rows] == [*path.terms, "theta"]
    for row in rows:
        assert row.code
        assert "of your own" not in terms.look_up(row.name, path.terms).sentence
    for place in range(3 * len(rows)):
        page.slide("term", place + 1)
        step, stop = divmod(place, len(rows))
        name = rows[stop].name
        value = path.theta[step + 1] if name == "theta" else path.terms[name][step]
        shown = terms.show(np.broadcast_to(value, 2))
        says = page.board.says
        assert says.startswith(f"Step {step + 1} of ")
        assert f": {terms.symbol(name)} = {shown}. " in says
        assert says.endswith(terms.look_up(name, path.terms).sentence)
        current = re.search(
            r'<tr class="gd-on" aria-current="step">(.*?)</tr>', page.readout
        )
        assert text(current[1]).startswith(terms.symbol(name))
        assert shown.replace("-", "−") in current[1]


def test_it_opens_before_the_first_term(show):
    page = show(step_player(adam, ravine(25), lr=0.2))
    assert page.board.values["term"] == 0
    assert page.board.sliders["term"].label == "start"
    assert page.board.says == (
        "Adam stands at θ = (-2, 1): no step is taken yet. The first term is g."
    )
    arrows_, names = on_ground(page.board._good[1])
    assert [name.text for name in names] == ["minimum"]
    assert len(arrows_) == 1
    assert page.readout.count('class="gd-later"') == 7
    assert "aria-current" not in page.readout
    assert page.board.path.steps == 3


def test_terms_are_chosen_by_name(show):
    page = show(step_player(nesterov, BOWL, steps=2))
    names = [name for name, _ in page.board.sliders["term"].options]
    each = ["θ₊", "g", "v", "θ"]
    assert names == ["start", *(f"step {t}: {name}" for t in (1, 2) for name in each)]


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_rows_with_numbers_compute_what_they_show(method):
    path = descend(method, BOWL, steps=2)
    known = path.hyper | dict(theta=path.theta[1], t=2, grad=BOWL.grad)
    known |= {name: path.terms[name][0] for name in path.state}
    for row in terms.rows(method, path.terms):
        value = terms.compute(row.code, known, dict(np=np))
        wanted = path.theta[2] if row.name == "theta" else path.terms[row.name][1]
        assert value == pytest.approx(wanted)
        addends = terms.addends(row.code)
        parts = [s * terms.compute(code, known, dict(np=np)) for s, code in addends]
        assert sum(parts) == pytest.approx(wanted)
        known[row.name] = value


def test_formula_and_numbers_are_spelt_as_in_the_text():
    assert terms.formula("beta1 * m + (1 - beta1) * g ** 2") == "β₁·m + (1 − β₁)·g²"
    assert terms.formula("m / (1 - beta1 ** (t + 1))") == "m/(1 − β₁ᵗ⁺¹)"
    assert terms.formula("lr * m_hat / (np.sqrt(v_hat) + eps)") == "η·m̂/(√(v̂) + ε)"
    known = dict(gamma=0.9, v=np.zeros(2), lr=0.1, g=np.array([2.0, -4.0]), t=3)
    assert terms.numbers("gamma * v + lr * g", known) == "0.9·(0, 0) + 0.1·(2, −4)"
    assert terms.numbers("1 - gamma ** (t + 1)", known) == "1 − 0.9⁴"


def test_addends_keep_their_signs():
    assert terms.addends("gamma * v + lr * g") == [(1, "gamma * v"), (1, "lr * g")]
    assert terms.addends("a - (b - -c)") == [(1, "a"), (-1, "b"), (-1, "c")]
    assert terms.addends("-(a + b) * c") == [(1, "-(a + b) * c")]
    assert terms.addends("") == []


def test_names_of_addends_are_short():
    known = dict(m=np.zeros(2), beta1=0.9, g=np.zeros(2), lr=0.1)
    assert terms.brief("lr * g", known) == "ηg"
    assert terms.brief("(1 - beta1) * g", known) == "(1−β₁)g"
    assert terms.brief("mix * z", known) == "mix·z"
    assert terms.brief("beta1 * m / (1 - beta1 ** (t + 1))", known) == "(…)m"


def test_v_is_a_velocity_or_an_average_of_squares():
    assert "velocity" in terms.look_up("v", ["g", "v"]).sentence
    assert "g²" in terms.look_up("v", ["g", "m", "v"]).sentence


def own(theta, grad, t, z=0.0, *, lr=0.1, mix=0.5):
    g = grad(theta)
    z = mix * z + g
    return theta - lr * z, dict(g=g, z=z)


def test_readers_own_terms_are_taken_apart_too(show):
    page = show(step_player(own, BOWL, lr=0.1))
    page.board.set(term=2)
    assert "mix·z + g" in page.readout
    assert "0.5·(0, 0) + (−1.6, 1.2)" in page.readout
    page.board.set(term=3)
    _, names = on_ground(page.board._good[1])
    assert {name.text for name in names} == {"g", "θ", "ηz"}


def paired(theta, grad, t, m=0.0, v=0.0, *, lr=0.1):
    g = grad(theta)
    m, v = 0.9 * m + g, 0.99 * v + g**2
    return theta - lr * m, dict(m=m, v=v)


def test_lines_that_assign_twice_and_helpers_are_read_too():
    found = terms.rows(paired, ["m", "v"])
    assert [row.code for row in found] == [
        "0.9 * m + grad(theta)",
        "0.99 * v + grad(theta) ** 2",
        "theta - lr * m",
    ]


def test_a_method_without_source_keeps_its_terms(show):
    made = {}
    lines = ["g = grad(theta)", "return theta - 0.1 * g, dict(g=g)"]
    exec("\n    ".join(["def made(theta, grad, t):", *lines]), made)
    assert [row.name for row in terms.rows(made["made"], ["g"])] == ["g", "theta"]
    board = show(step_player(made["made"], BOWL)).board
    board.set(term=1)
    assert board.says.startswith("Step 1 of made: g = (-1.6, 1.2).")


def keras(theta, grad, t, v=0.0, *, lr=0.1, gamma=0.5):
    g = grad(theta)
    v = gamma * v - lr * g
    return theta + v, dict(g=g, v=v)


def test_a_move_goes_where_theta_goes_whatever_its_sign(show):
    board = show(step_player(keras, ravine(10), lr=0.05)).board
    path = descend(keras, ravine(10), steps=2, lr=0.05)
    drawn, _ = on_ground(scenes(board)[5])
    assert np.allclose([drawn[0].xy], [path.theta[1:3]])


def test_a_schedule_stands_in_the_formula_as_the_steps_own_number(show):
    board = show(step_player(gradient_descent, BOWL, lr=lambda t: 0.1 / t)).board
    board.set(term=5)
    assert "= 0.05·(" in board.readout.value


@pytest.mark.parametrize("method", [momentum, paired])
def test_a_surface_is_not_asked_again_for_the_arrows(method, show):
    asked = []

    def grad(theta):
        asked.append(theta)
        return 2 * theta

    board = show(step_player(method, Objective(BOWL.value, grad, 2), lr=0.1)).board
    asked.clear()
    scenes(board)
    assert asked == []


def mended(theta, grad, t, v=0.0, *, lr=0.1):
    g = grad(theta)
    v = 0.5 * v + lr * g
    v = v + lr * g
    return theta - v, dict(g=g, v=v)


def test_addends_that_do_not_add_up_are_not_drawn(show):
    every = scenes(show(step_player(mended, ravine(10), lr=0.01)).board)
    for place in (2, 5, 8):  # v is written twice, and its first line is lost
        assert {name.text for name in on_ground(every[place])[1]} <= {
            "g",
            "v",
            "minimum",
        }


# Moving through it.


def test_arrow_keys_go_through_the_terms(show):
    page = show(step_player(gradient_descent, BOWL))
    page.tell(["key", 1, ["ArrowRight", False]])
    assert page.board.says.startswith("Step 1 of gradient descent: g = ")
    page.tell(["key", 0, ["ArrowUp", False]])
    assert page.board.values["term"] == 1
    page.tell(*[["key", 0, ["ArrowRight", False]]] * 20)
    assert page.board.values["term"] == 9
    page.tell(*[["key", 0, ["ArrowLeft", False]]] * 20)
    assert page.board.values["term"] == 0


def test_lr_and_the_first_decay_have_sliders_that_begin_at_their_numbers(show):
    board = show(step_player(adam, ravine(25), lr=0.2, beta2=0.5)).board
    assert set(board.sliders) == {"term", "lr", "beta1"}
    assert (board.sliders["lr"].value, board.sliders["beta1"].value) == (0.2, 0.9)
    assert board.path.hyper["beta2"] == 0.5
    wide = show(step_player(momentum, BOWL, gamma=(0, 0.8, 0.3))).board
    assert (wide.sliders["gamma"].max, wide.sliders["gamma"].value) == (0.8, 0.3)
    assert set(show(step_player(adadelta, BOWL)).board.sliders) == {"term", "gamma"}


@pytest.mark.parametrize("change", [dict(lr=0.03), dict(gamma=0.7)])
def test_sliders_change_the_arrows_and_not_the_term(change, show):
    page = show(step_player(momentum, ravine(10), lr=0.06, gamma=0.5))
    page.board.set(term=5)
    before, _ = on_ground(page.board._good[1])
    page.type(*next(iter(change.items())))
    after, _ = on_ground(page.board._good[1])
    assert page.board.values["term"] == 5
    path = descend(momentum, ravine(10), steps=3, **dict(lr=0.06, gamma=0.5) | change)
    assert np.allclose(after[0].xy, path.theta[1:3])
    assert not np.allclose(after[0].xy, before[0].xy)


def test_the_ground_rests_while_arrows_grow_and_shrink(show):
    page = show(step_player(momentum, ravine(10), lr=0.06, gamma=0.5))
    corners = [page.still(0).point(0, 0)]
    for lr in (0.01, 0.03, 0.07):
        page.board.set(lr=lr)
        corners.append(page.still(0).point(0, 0))
    assert corners == corners[:1] * 4
    page.board.set(lr=0.5)  # now it would leave the plot
    assert page.still(0).point(0, 0) != corners[0]


def test_copied_code_makes_the_run_again(show):
    board = show(step_player(nadam, ravine, kappa=(1, 100, 10), lr=0.3)).board
    board.set(lr=0.2, kappa=20, term=4)
    names = {name: globals()[name] for name in ("descend", "nadam", "ravine")}
    path = eval(board.code, names)
    assert np.array_equal(path.theta, board.path.theta)
    assert np.array_equal(path.theta, descend(nadam, ravine(20), steps=3, lr=0.2).theta)


@pytest.mark.parametrize("lr", [1e-4, 10])
@pytest.mark.parametrize("method", [momentum, nesterov, amsgrad])
def test_a_run_that_leaves_is_told_and_not_drawn(method, lr, show):
    page = show(step_player(method, ROSENBROCK, steps=20))
    page.board.set(lr=lr, term=len(page.board.sliders["term"].options) - 1)
    assert page.error == ""
    assert page.board.says.startswith("Step 20 of ")


# The table.


def columns(html):
    return [int(width) for width in re.findall(r'<col style="width:(\d+)ch">', html)]


def cells(html):
    rows = re.findall(r"<tr.*?>(.*?)</tr>", html)
    return [[text(cell) for cell in re.split("</t[hd]>", row)[:-1]] for row in rows]


@pytest.mark.parametrize("ground", [ravine(25), PARABOLA], ids=["two", "one"])
@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_columns_of_the_formula_hold_all_numbers_and_keep_their_widths(
    method, ground, monkeypatch
):
    monkeypatch.setattr(arrows, "lay", lambda *_: [])  # the table asks for no arrow
    board = step_player(method, ground, steps=6)
    stops, widths = (len(board.sliders["term"].options) - 1) // 6, []
    changes = dict(lr=0.0123, gamma=0.123, beta1=0.123)
    for change in ({}, {n: v for n, v in changes.items() if n in board.sliders}):
        board.set(**change)
        for t in range(7):  # at a step's last term all its numbers are there
            readout = board._scene(board.values | dict(term=t * stops)).readout
            widths.append(columns(readout))
            for row in cells(readout):
                for cell, width in zip(row, widths[0], strict=True):
                    assert len(cell) + 2 <= width  # letters of padding
    assert widths == widths[:1] * 14
    assert "></th>" not in board.readout.value
    board.close()


# Arrows.


def test_addends_and_their_sum_are_drawn_to_one_scale(show):
    board = show(step_player(momentum, ravine(10), steps=4, lr=0.06, gamma=0.5)).board
    path = descend(momentum, ravine(10), steps=4, lr=0.06, gamma=0.5)
    every = scenes(board)
    for t in (1, 2, 3):
        drawn, names = on_ground(every[2 + 3 * t])
        assert {"γv", "ηg", "v"} <= {name.text for name in names}
        whole, first, second = drawn[0], drawn[2], drawn[3]
        assert np.allclose(whole.xy, path.theta[t : t + 2])
        assert whole.width > first.width
        assert np.allclose(np.ptp(first.xy, 0), np.abs(0.5 * path.terms["v"][t - 1]))
        assert np.allclose(np.ptp(second.xy, 0), np.abs(0.06 * path.terms["g"][t]))
        both = sum(part.xy[1] - part.xy[0] for part in (first, second))
        assert np.allclose(both, whole.xy[1] - whole.xy[0])
        later, names = on_ground(every[3 + 3 * t])
        assert len(later) == 2
        assert "γv" not in {name.text for name in names}


def test_nesterovs_lookahead_is_reached_by_the_old_velocity(show):
    board = show(step_player(nesterov, ravine(25), lr=0.05, gamma=0.9)).board
    path = descend(nesterov, ravine(25), steps=2, lr=0.05, gamma=0.9)
    (old,), names = on_ground(scenes(board)[5])
    assert np.allclose(old.xy, [path.theta[1], path.probes[1]])
    assert {name.text for name in names} == {"γv", "θ₊"}


def test_addends_of_nothing_are_left_out(show):
    every = scenes(show(step_player(momentum, ravine(10), lr=0.06, gamma=0.5)).board)
    drawn, names = on_ground(every[2])  # v = 0.5·0 + ηg
    assert {name.text for name in names} == {"g", "v"}
    assert len(drawn) == 2


def play(method, ground):
    lr = {}
    if method.__name__ in ("gradient_descent", "momentum", "nesterov"):
        lr = dict(lr=SLOW.get(ground, 0.04))
    elif method is not adadelta:
        lr = dict(lr=0.2)
    return step_player(method, GROUNDS[ground], **lr)


@pytest.fixture(scope="module", params=list(product(METHODS, GROUNDS)), ids=" on ".join)
def played(request):
    """A method on a ground: its stills by name, and the Scene of every term.

    Four tests look at them; to make them takes longer than to look.
    """
    method, ground = request.param
    board = play(METHODS[method], ground)
    with opening() as show:
        pages = {name: show(board, size=s, view=name) for name, s in PLOTS.items()}
        pages["wide"].settle()  # it says that it is there still
        stills = {name: page.still(0) for name, page in pages.items()}
        yield SimpleNamespace(board=board, stills=stills, scenes=scenes(board))


@cache
def broad(text):
    """The width of a text of size 1, in a face wider than what most pages have."""
    font = FontProperties(family="DejaVu Sans")
    return TextPath((0, 0), text, size=100, prop=font).get_extents().width / 100


def extent(piece, still, unit=1.0):
    """The box of a name in pixels (2, 2): left, top and right, bottom."""
    size = piece.size * POINT
    width = size * broad(piece.text)
    left = dict(left=0, center=0.5, right=1)[piece.align]
    low = still.project(piece.xy)[0] - (left * width, 0.45 * size)
    return np.array([low, low + np.array([width, 0.9 * size])])


def apart(one, other):
    return (one[1] <= other[0]).any() or (other[1] <= one[0]).any()


def crosses(ends, area):
    points = ends[0] + np.linspace(0, 1, 400)[:, None] * (ends[1] - ends[0])
    return ((points > area[0]) & (points < area[1])).all(1).any()


def test_names_of_arrows_cover_no_name_and_no_arrow(played):
    for scene in played.scenes:
        drawn, names = on_ground(scene)
        for still in played.stills.values():
            areas = [extent(name, still) for name in names]
            left, top, right, bottom = still.box
            for area in areas:
                assert (area[0] >= (left, top)).all()
                assert (area[1] <= (right, bottom)).all()
            assert all(apart(*pair) for pair in combinations(areas, 2))
            lines = [still.project(arrow.xy) for arrow in drawn]
            assert not any(crosses(ends, area) for ends in lines for area in areas)


def test_no_arrow_lies_upon_another(played):
    still = played.stills["wide"]
    for scene in played.scenes:
        drawn, _ = on_ground(scene)
        for one, other in combinations([still.project(arrow.xy) for arrow in drawn], 2):
            for ends, (tail, tip) in ((one, other), (other, one)):
                length = np.hypot(*(ends[1] - ends[0]))
                if length > 15:  # pixels: of a shorter one little but the head is seen
                    points = ends[0] + np.linspace(0, 1, 50)[:, None] * (
                        ends[1] - ends[0]
                    )
                    way = tip - tail
                    share = np.clip((points - tail) @ way / (way @ way), 0, 1)
                    away = np.hypot(*(points - tail - share[:, None] * way).T)
                    assert np.mean(away < 3) < 0.5


def test_the_minimum_or_its_direction_is_in_the_plot(played):
    still = played.stills["wide"]
    left, top, right, bottom = still.box
    minimum = np.append(played.board.path.objective.minima[0], 0)[:2]
    x, y = still.project(minimum[None])[0]
    room = min(x - left, right - x, y - top, bottom - y)
    assert abs(room) > 9  # pixels: no star is cut
    for scene in played.scenes:
        drawn, names = on_ground(scene)
        pointing = [name for name in names if name.text == "minimum"]
        assert len(pointing) == (room < 0)
        if pointing:
            ends = still.project(drawn[0].xy)
            middle = np.array([left + right, top + bottom]) / 2
            ways = [ends[1] - ends[0], (x, y) - middle]
            one, other = (np.arctan2(*way) for way in ways)
            assert one == pytest.approx(other)
            near = np.min([ends[1] - (left, top), (right, bottom) - ends[1]])
            assert 0 < near < 0.05 * (right - left)


def test_the_frame_grows_for_a_minimum_that_is_near_and_for_no_other():
    steps = np.array([[0, 0], [1, 1]])
    bare = arrows.frame(steps, np.zeros((0, 2)))
    near = arrows.frame(steps, np.array([[2, 0.5], [9, 9]]))
    far = arrows.frame(steps, np.array([[9, 9]]))
    assert np.abs(np.array([2, 0.5]) - near[0]).max() < near[1] < 2.4 * bare[1]
    assert far[1] == bare[1]
    for middle, half in (bare, near, far):
        assert np.abs(steps - middle).max() < half


def test_no_star_is_cut_by_the_frame():
    middle, half = arrows.frame(np.array([[-1, -1], [1, 1]]), np.array([[0, 0]]))
    for share in (0.92, 0.99, 1.02, 1.08):
        star = middle + np.array([share * half, 0])
        ground = np.array([[-1, -1], [1, 1]]), np.array([[0, 0], star])
        centre, reach = arrows.frame(*ground)
        assert abs(np.abs(star - centre).max() / reach - 1) > 0.09


def item(*ends, row=0, part=False):
    return Item("a", np.array(ends, float), row, part)


def test_arrows_that_would_lie_upon_one_another_stand_side_by_side():
    first, short = item((0.5, 0.5), (0.9, 0.5)), item((0.5, 0.5), (0.7, 0.5))
    across = item((0.5, 0.5), (0.5, 0.9))
    found = arrows.spread([first, short, across], lane=0.1)
    assert np.allclose(found[0].ends, first.ends)
    assert np.allclose(found[1].ends, [(0.5, 0.6), (0.7, 0.6)])
    assert np.allclose(found[2].ends, across.ends)


def test_addends_beside_their_sum_still_meet_head_to_tail():
    whole = item((0.2, 0.5), (0.8, 0.5))
    parts = [
        item((0.2, 0.5), (0.5, 0.5), part=True),
        item((0.5, 0.5), (0.8, 0.5), part=True),
    ]
    _, one, other = arrows.spread([whole, *parts], lane=0.1)
    assert np.allclose(one.ends[1], other.ends[0])
    assert np.allclose(one.ends[:, 1], 0.6)
    back = [
        item((0.2, 0.5), (0.9, 0.5), part=True),
        item((0.9, 0.5), (0.8, 0.5), part=True),
    ]
    _, one, other = arrows.spread([whole, *back], lane=0.1)
    assert np.allclose([one.ends[:, 1], other.ends[:, 1]], [[0.6] * 2, [0.7] * 2])
    assert np.allclose(other.ends[:, 0], (0.9, 0.8))


def test_a_name_stands_nearer_to_its_own_arrow_than_to_another():
    pair = [item((0.2, y), (0.8, y)) for y in (0.5, 0.66)]
    along = np.linspace(0, 1, 200)[:, None]
    points = [one.ends[0] + along * (one.ends[1] - one.ends[0]) for one in pair]
    for own, named in enumerate(arrows.names(pair)):
        middle = arrows.box(named).mean(0)
        away = [np.hypot(*(line - middle).T).min() for line in points]
        assert away[own] < away[1 - own]


@pytest.mark.parametrize(
    ("ends", "shown"),
    [
        ([(0.2, 0.2), (0.6, 0.4)], [(0.2, 0.2), (0.6, 0.4)]),
        ([(-1, 0.5), (3, 0.5)], [(0, 0.5), (1, 0.5)]),
        ([(0.5, 0.5), (1.5, 1.5)], [(0.5, 0.5), (1, 1)]),
        ([(0.5, 0.5)], [(0.5, 0.5)]),
    ],
)
def test_what_is_seen_of_an_arrow_ends_at_the_edge(ends, shown):
    assert np.allclose(arrows.seen(np.array(ends, float)), shown)


@pytest.mark.parametrize(
    "ends",
    [[(1.1, 0), (1.1, 1)], [(-1, 0.5), (0.5, 3)], [(2, 2)], [(0, 0), (np.nan, 0)]],
)
def test_what_is_outside_is_not_seen(ends):
    assert arrows.seen(np.array(ends, float)) is None


# Bars.


def test_numbers_beside_the_bars_fit_the_smallest_plot_and_can_be_read(played):
    board = played.board
    still = board._plots[1].still(board.values, (240, 190))
    for scene in played.scenes:
        names = [piece for piece in scene.pieces if piece.panel == 1 and piece.text]
        areas = [extent(name, still) for name in names]
        for name, area in zip(names, areas, strict=True):
            assert name.size * POINT > 8.5  # pixels
            assert area[1, 0] <= still.box[2]
            assert area[0, 0] > still.project(np.array([[1, 0]]))[0, 0]
        assert all(apart(*pair) for pair in combinations(areas, 2))
