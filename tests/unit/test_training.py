"""train: what is computed, drawn and said; extremes of every control; refusals."""

from functools import partial

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances as living

import gdlib
from gdlib import BOWL, METHODS, adam, descend, gradient_descent, momentum, network
from gdlib.live import lessons, pictures, planes, train
from tests.unit.page import Page


def samples(N=60, inputs=16, classes=3, seed=0):
    """Pictures of classes that lie apart, in an order of chance."""
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.arange(N) % classes)
    middles = np.random.default_rng(1).uniform(0, 1, (classes, inputs))
    return middles[y] + 0.3 * rng.standard_normal((N, inputs)), y


NET, TEST = network(*samples(), 5), samples(40, seed=5)
FEW = [gradient_descent, adam]


@pytest.fixture
def page(show):
    """A dashboard of the small network, with samples to validate on."""
    return show(train(NET, FEW, test=TEST, steps=40))


def blow_up(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta + lr * 1e10**t * (theta + g), dict(g=g)


def climb(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta + lr * g, dict(g=g)


def gradient_twice(theta, grad, t, *, lr=0.1):
    g = (grad(theta) + grad(theta)) / 2
    return theta - lr * g, dict(g=g)


# What is computed.


@pytest.mark.parametrize("changes", [{}, dict(batch=60), dict(method="Adam", seed=3)])
def test_the_run_is_that_of_its_code(changes, page):
    page.board.set(**changes)
    page.tell(["rest", 0, 0])
    *first, last = page.board.code.replace("objective.", "NET.").splitlines()
    known = vars(gdlib) | dict(np=np, NET=NET)
    exec("\n".join(first), known)
    path = eval(last, known)
    assert path.loss[-1] < path.loss[0]
    assert np.array_equal(path.theta[-1], page.board.path.theta[-1])
    assert page.board.path.loss[-1] == pytest.approx(path.loss[-1])
    assert page.board.path.evaluations == page.board.path.steps == 40


def test_curves_are_the_errors_on_both_sets(page):
    rng = np.random.default_rng(0)
    start = NET.draw(rng, 1.0)
    job = network(NET.X, NET.y, 5, batch=32, rng=rng)
    path = descend(gradient_descent, job, start, 40)
    at = np.unique(np.linspace(0, 40, 31).round().astype(int))
    thetas = path.theta[at].T
    assert page.shows(1, np.column_stack([at, NET(thetas)]), 0)
    assert page.shows(1, np.column_stack([at, NET.error(thetas, *TEST)]), 1)
    assert page.rows[0][2] == f"{path.loss[-1]:.3g}"
    right = NET.accuracy(path.theta[-1]), NET.accuracy(path.theta[-1], *TEST)
    for share in right:
        assert f"{share:.1%} of the" in page.board.says


def test_every_method_learns_with_its_default(show):
    board = show(train(NET, test=TEST, steps=60)).board
    for method in board.choices["method"].options:
        board.set(method=method)
        assert board.path.method in METHODS.values()
        assert np.isfinite(board.path.theta).all()
        assert method in board.says


def test_evaluations_count_every_gradient(show):
    board = show(train(NET, gradient_twice, steps=20)).board
    assert board.path.evaluations == 2 * board.path.steps == 40


def test_the_same_values_give_the_same_picture(page):
    page.tell(["rest", 0, 0])
    before = page.whole()
    page.board.set(lr=0.5, width=3.0, seed=4, batch=8, method="Adam", plane="random")
    page.tell(["rest", 0, 0])
    other = page.whole()
    page.board.reset.click()
    page.tell(["rest", 0, 0])
    assert page.whole() == before != other


# The plane.


@pytest.fixture
def thetas():
    rng = np.random.default_rng(2)
    return NET.draw(rng) + np.cumsum(0.1 * rng.standard_normal((12, NET.dim)), 0)


@pytest.mark.parametrize("kind", planes.KINDS)
def test_plane_goes_through_the_end_and_shows_the_error_there(kind, thetas):
    plane = planes.plane(kind, NET, thetas, 0)
    places = plane.project(thetas)
    assert np.abs(places).max() <= 1
    assert plane.lift(places[-1:])[:, 0] == pytest.approx(thetas[-1])
    heights = plane.heights(NET, NET.X, NET.y, 5)
    ticks = np.linspace(-1, 1, 5)
    for row, column in ((0, 0), (4, 1), (2, 3)):
        theta = plane.lift(np.array([[ticks[column], ticks[row]]]))[:, 0]
        assert heights[row, column] == pytest.approx(NET(theta))
    away = thetas - plane.origin - (plane.lift(places).T - plane.origin)
    assert plane.axes @ away.T == pytest.approx(0, abs=1e-9)  # the nearest points


def test_principal_directions_are_those_of_most_variance(thetas):
    plane = planes.plane(planes.PRINCIPAL, NET, thetas, 0)
    _, spread, rows = np.linalg.svd(thetas - thetas.mean(0))
    assert np.abs(plane.axes @ rows[:2].T) == pytest.approx(np.eye(2), abs=1e-6)
    assert plane.shares(thetas) == pytest.approx(spread[:2] ** 2 / sum(spread**2))
    for path in (thetas, 2 * thetas[-1] - thetas):
        plane = planes.plane(planes.PRINCIPAL, NET, path, 0)
        start, end = plane.project(path)[[0, -1]]
        assert (start < end).all()  # from the left below to the right above


@pytest.mark.parametrize("moves", [0, 1])
def test_a_path_on_a_line_gets_random_directions_beside_it(moves, thetas):
    line = thetas[0] + moves * np.outer(np.arange(4), thetas[1])
    plane = planes.plane(planes.PRINCIPAL, NET, line, 0)
    assert plane.kinds.count(planes.RANDOM) == 2 - moves
    assert plane.axes @ plane.axes.T == pytest.approx(np.eye(2), abs=1e-9)
    assert sum(plane.shares(line)) == pytest.approx(moves)


def test_random_directions_are_as_long_as_the_weights_of_each_unit(thetas):
    theta = thetas[0].copy()
    theta[:5] = 0
    weights = NET.split(theta)
    weights["W1"] = weights["W1"] * [0, 1, 1, 1, 1]
    drawn = planes.filter_normalised(NET, NET.join(weights), np.random.default_rng(0))
    for name, part in NET.split(drawn).items():
        if part.ndim == 1:
            assert not part.any()
        else:
            length = np.linalg.norm(weights[name], axis=0)
            length[length == 0] = 1
            assert np.linalg.norm(part, axis=0) == pytest.approx(length)


def test_blocks_of_samples_give_the_same_error(thetas, monkeypatch):
    monkeypatch.setattr(planes, "SMALL", 16 * 5 * 7)  # 7 samples at once
    assert planes.errors(NET, thetas.T, NET.X, NET.y) == pytest.approx(NET(thetas.T))


def test_heights_that_overflow_and_flat_ground_are_drawn():
    steep = np.array([[1.0, 2.0, np.nan], [3.0, np.inf, 9.0], [1.0, 1.0, 4.0]])
    heat = planes.ground(steep, 31)
    assert heat.index.shape == (31, 31)
    assert len(np.unique(heat.index)) > 3
    for flat in (np.full((3, 3), 2.0), np.full((3, 3), np.nan)):
        assert np.ptp(planes.ground(flat, 31).index) == 0


def test_low_ground_is_pale_and_lies_where_it_is():
    x, y = np.meshgrid(*[np.linspace(-1, 1, 25)] * 2)
    heat = planes.ground(0.01 + (x - 0.5) ** 2 + (y + 0.5) ** 2, 101)
    shade = heat.palette[heat.index].sum(-1)
    assert shade[25, 75] > shade[75, 25]


# Under the finger and at rest.


def test_all_is_coarse_under_the_finger_and_fine_at_rest(page):
    assert page.answers[-1][0]["refines"]
    assert "60 of 60 samples at 25 × 25 points" in page.readout
    page.slide("lr", 200)
    assert "60 of 60 samples at 13 × 13 points" in page.readout
    page.tell(["rest", 0, 0])
    assert "25 × 25" in page.readout
    page.board.pin.value = True  # no slider moved
    assert "25 × 25" in page.readout


def test_a_run_that_takes_long_is_cut_while_a_slider_moves(page, monkeypatch):
    monkeypatch.setattr(lessons, "ROOM", 25)
    page.slide("lr", 200)
    assert page.rows[0][1] == "24"
    assert "the first 24 of 40 updates" in page.readout
    assert "after 24 updates" in page.board.says
    page.tell(["rest", 0, 0])
    assert page.rows[0][1] == "40"
    assert "the first" not in page.readout.replace("the first are", "")


def test_larger_batches_get_fewer_updates_and_never_too_few():
    wide = network(np.random.default_rng(0).uniform(size=(1200, 64)), NET_Y, 32)
    teacher = lessons.Teacher(wide)
    found = [teacher.reach(batch, 300) for batch in (8, 32, 256, 1200)]
    assert found[:2] == [300, 300]
    assert 300 > found[2] > found[3] >= 50
    assert teacher.reach(10**9, 300) == 20
    assert teacher.reach(32, 7) == 7


NET_Y = np.arange(1200) % 10


def test_what_did_not_change_is_not_computed_again(page, monkeypatch):
    taught, asked = [], lessons.Teacher.teach
    monkeypatch.setattr(
        lessons.Teacher, "teach", lambda *a, **k: taught.append(k) or asked(*a, **k)
    )
    page.board.set(plane="random")
    page.tell(["rest", 0, 0])
    page.board.set(plane="principal")
    assert taught == []
    page.board.set(lr=0.2)
    assert len(taught) == 1


def test_only_a_few_of_very_many_samples_are_looked_at():
    X, y = lessons.some(np.arange(100)[:, None], np.arange(100), 10)
    assert len(y) == 10
    assert len(np.unique(y // 20)) > 2  # from all over
    assert np.array_equal(X[:, 0], y)


# What may go wrong.


def test_a_run_that_overflows_is_drawn_up_to_there_and_told(show):
    page = show(train(NET, [blow_up, adam], test=TEST, steps=60))
    page.tell(["rest", 0, 0])
    at = int(page.rows[0][1])
    assert page.error == ""
    assert at < 60
    assert page.rows[0][-1] == f"diverges by update {at + 2}"
    assert f"The run diverges by update {at + 2}." in page.board.says
    assert page.board.path.diverged
    for plane in planes.KINDS:
        page.board.set(plane=plane)
        assert page.error == ""
    page.board.set(method="Adam")
    assert page.rows[0][-1] == "–"


def test_a_run_that_ends_higher_than_it_began_says_so(show):
    page = show(train(NET, climb, steps=30))
    assert page.rows[0][-1] == "ends above its start"
    assert "The run ends above its start." in page.board.says


@pytest.mark.parametrize("test", [TEST, None], ids=["test", "no test"])
@pytest.mark.parametrize("plane", planes.KINDS)
def test_no_end_of_any_slider_fails(test, plane, show):
    page = show(train(NET, FEW, test=test, steps=(1, 50, 20)))
    board = page.board
    board.set(plane=plane)
    for name, control in board.controls.items():
        ends = getattr(control, "range", None)
        for value in (ends.low, ends.high) if ends else control.widget.options:
            board.set(**{name: value})
            page.tell(["rest", 0, 0])
            assert page.error == ""
            assert "nan" not in page.readout + board.says
        board.set(**{name: control.default})


def test_without_test_training_samples_are_shown(show):
    page = show(train(NET, FEW, steps=3))
    assert len(page.lines(1)) == 1
    assert "validation sample" not in page.readout + page.board.says
    assert "of 60 training samples" in page.readout
    assert page.rows[0][3] == "–"


def test_start_of_width_0_stays_on_its_point_of_symmetry(page):
    page.board.set(width=0.0)
    theta = NET.split(page.board.path.theta[-1])
    assert not theta["W1"].any()
    assert "blue −0, white 0, red 0" in page.readout
    page.board.set(plane="random")
    assert page.error == ""


@pytest.mark.parametrize("N", [1, 2, 8, 9])
def test_few_samples_are_enough(N, show):
    y = np.arange(N) % 2
    page = show(train(network(samples(N)[0], y, 3), FEW, steps=5))
    assert page.error == ""
    assert ("batch" in page.board.sliders) == (N > 1)
    if N > 1:
        assert page.board.controls["batch"].range.high == N


@pytest.mark.parametrize("inputs", [1, 2, 10])
def test_inputs_that_are_no_square_have_no_pictures(inputs, show):
    X, y = samples(30, inputs)
    page = show(train(network(X, y, 4), FEW, steps=10))
    assert len(page.board.canvas.plots) == 3
    shown = [p.heat for p in page.board._good[1].pieces if p.heat and p.panel == 2]
    assert shown[0].index.shape == (4, inputs)


# Pictures.


def test_weights_are_pictures_side_by_side_the_first_at_the_top():
    W1 = np.zeros((16, 5))
    W1[0, 0], W1[15, 4] = 2.0, -2.0  # a corner of the first unit, of the last
    (piece,), top = pictures.weights(W1, 2)
    index = piece.heat.index[::-1]  # as the reader sees it
    assert top == 2
    assert index.shape == (2 * 5, 3 * 5)
    middle = pictures.SHADES // 2
    assert index[0, 0] == pictures.SHADES - 1
    assert index[5 + 3, 5 + 3] == 0
    assert (index[:4, 5:9] == middle).all()
    assert (index[5:, 10:] == pictures.EMPTY).all()  # no sixth unit
    assert piece.heat.palette[middle].min() > 240


def test_misread_samples_stand_above_what_is_read():
    X = np.zeros((3, 16))
    X[1, 0] = 1.0  # ink in a corner of the second
    heat, *texts = pictures.samples(X, [3, 1, 2], [8, 7, 0], 3)
    assert [t.text for t in texts] == ["read 3, is 8", "read 1, is 7", "read 2, is 0"]
    rows, columns = heat.heat.index.shape
    (row,), (column,) = np.nonzero(heat.heat.index[::-1] == pictures.SHADES - 1)
    x, y = 2 * (column + 0.5) / columns - 1, 1 - 2 * (row + 0.5) / rows
    at = texts[1].xy[0]
    assert abs(x - at[0]) < 2 / 3  # in its own third
    assert at[1] < y
    assert at[1] > 0.4  # of the first row


def test_samples_misread_are_counted_and_named(page):
    page.board.set(lr=1e-4)
    theta = page.board.path.theta[-1]
    read = NET.scores(theta, TEST[0]).argmax(1)
    wrong = np.flatnonzero(read != TEST[1])
    assert len(wrong) > 12
    assert f"{len(wrong)} of 40 validation samples" in page.readout
    first = ", ".join(f"read {read[i]}, is {TEST[1][i]}" for i in wrong[:12])
    assert f": {first}." in page.readout
    assert page.board._good[1].titles[3] == f"misread: {len(wrong)} of 40"


def test_none_misread_is_said(show):
    X = np.repeat(np.eye(4), 10, 0)
    board = show(train(network(X, X.argmax(1), 8), adam, lr=0.1, steps=100)).board
    assert "Misread: none of 40 training samples." in board.readout.value


# The controls.


def test_lr_that_nobody_moved_goes_with_the_method(page):
    board = page.board
    assert board.values["lr"] == 0.1
    board.set(method="Adam")
    assert board.values["lr"] == 0.01
    board.set(lr=0.05)
    board.set(method="gradient descent")
    assert board.values["lr"] == 0.05
    board.reset.click()
    board.set(method="Adam")
    assert board.values["lr"] == 0.01


def test_lr_comes_back_from_a_method_without_one(show):
    page = show(train(NET, test=TEST, steps=10))
    page.board.set(method="Adadelta")
    assert "Adadelta does without it" in page.marks("lr")
    assert "lr" not in page.rows[0][0]
    page.board.set(method="Adam")
    assert page.board.values["lr"] == 0.01
    assert "default" in page.marks("lr")


def test_lr_as_a_dict_stands_where_it_says(show):
    board = show(train(NET, FEW, lr={"Adam": 0.03}, steps=10)).board
    board.set(method="Adam")
    assert board.path.hyper["lr"] == board.values["lr"] == 0.03


def test_numbers_fix_and_ranges_move(show):
    given = dict(lr=0.2, batch=10, width=(0.5, 2.0, 1.0), seed=4, beta1=(0, 0.9, 0.5))
    board = show(train(NET, [adam, momentum], steps=10, **given)).board
    assert list(board.sliders) == ["beta1", "width", "steps"]
    assert board.path.hyper["lr"] == 0.2
    assert board.path.hyper["beta1"] == 0.5
    assert "batches of 10, start of width 1, seed 4" in board.says


def test_a_network_that_deals_batches_keeps_its_size(show):
    X, y = samples()
    dealt = network(X, y, 5, batch=20, rng=np.random.default_rng(0))
    assert show(train(dealt, adam, steps=5)).board.values["batch"] == 20


def test_a_method_with_its_setting_held(show):
    methods = {"slow": partial(adam, lr=0.001), "own": gradient_descent}
    board = show(train(NET, methods, steps=10)).board
    assert board.path.hyper["lr"] == 0.001
    board.set(method="own", lr=0.3)
    assert board.path.hyper["lr"] == 0.3


def test_a_pinned_run_stays_to_compare_with(page):
    page.tell(["rest", 0, 0])
    first = page.lines(1)
    page.board.pin.value = True
    page.board.set(method="Adam", lr=0.3)
    assert [row[0] for row in page.rows] == [
        "Adam, lr 0.3",
        "pinned: gradient descent, lr 0.1",
    ]
    assert len(page.lines(1)) == 4
    assert np.array_equal(page.lines(1)[0], first[0])


def test_buttons_hide_a_curve(page):
    assert list(page.board.names) == ["training", "validation"]
    page.put(page.board.names["validation"], value=False)
    assert len(page.lines(1)) == 1


def test_closing_lets_go():
    before = set(living)
    page = Page(train(NET, FEW, test=TEST, steps=10))
    assert len(living) > len(before) + 10
    page.board.close()
    assert set(living) == before
    with pytest.raises(ValueError, match="This dashboard is closed"):
        page.board.set(lr=0.2)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: train(BOWL), TypeError, "allowed: a Network, as network"),
        (lambda: train(NET, []), ValueError, "methods holds none; allowed:"),
        (lambda: train(NET, "adam"), TypeError, "methods holds 'a'; allowed:"),
        (lambda: train(NET, adam, rate=1), TypeError, "rate is no hyper-parameter"),
        (lambda: train(NET, adam, batch=61), ValueError, "batch is 61; allowed:"),
        (lambda: train(NET, adam, width=-1), ValueError, "width is -1; allowed:"),
        (lambda: train(NET, adam, lr={"A": 1}), ValueError, "allowed: a dict with any"),
        (lambda: train(NET, adam, test=samples(9, 4)), ValueError, "test has 4 inputs"),
        (
            lambda: train(NET, adam, test=samples(9, 16, 4)),
            ValueError,
            "classes up to 2, as trained on",
        ),
        (lambda: train(NET, adam, test=([], [])), ValueError, "allowed: a row and a"),
        (lambda: train(NET, adam, steps=0), ValueError, "steps"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_method_of_the_readers_that_fails_is_told_and_taken_back(show):
    def fails(theta, grad, t, *, lr=0.1):
        raise ZeroDivisionError("of my own")

    page = show(train(NET, {"good": adam, "bad": fails}, steps=5))
    before = page.board.says
    page.put(page.board.choices["method"], index=1)
    assert "ZeroDivisionError: of my own" in page.error
    assert page.board.says == before
    assert page.board.values["method"] == "good"
