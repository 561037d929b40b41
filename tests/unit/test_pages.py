"""Pages: several dashboards, several views of one, threads."""

import io
import threading
import time

import ipywidgets as widgets
import numpy as np
import pytest
from PIL import Image

from gdlib import BOWL, gradient_descent, momentum, ravine
from gdlib.live import Board, Plot, Scene, explore, rate_map
from tests.unit.page import Page


def test_two_dashboards_do_not_disturb_one_another(show):
    first, second = (show(explore(BOWL, gradient_descent)) for _ in range(2))
    before = second.whole()
    first.slide("lr", 280)
    assert len(second.answers) == 1
    assert second.whole() == before


def test_two_views_of_one_dashboard_keep_their_own_sizes(show):
    wide = show(explore(BOWL, gradient_descent), size=(1100, 500), ratio=2.0)
    phone = Page(wide.board, size=(390, 700), view="w")
    assert len(wide.answers) == 1
    wide.slide("lr", 100)
    for page, size in ((wide, wide.still(0).size), (phone, phone.still(0).size)):
        news = page.answers[-1][0]
        assert news["to"] == page.view
        assert news["ratio"] == (2.0 if page is wide else 1.0)
        style = page.answers[0][0]["panels"][0]["style"]
        assert style == f"width:{size[0]}px;height:{size[1]}px"
        assert page.shows(0, page.board.path.theta)
    assert wide.still(0).size != phone.still(0).size
    phone.tell(["drag", 0, phone.spot(0, 0.25, 0.5)])
    assert wide.board.path.theta[0] == pytest.approx([0.25, 0.5], abs=0.01)
    assert wide.shows(0, wide.board.path.theta)


def test_a_page_that_was_reloaded_is_forgotten(show):
    gone = show(explore(BOWL, gradient_descent))
    board = gone.board
    told = len(gone.answers)
    again = Page(board, view="w")
    assert list(board.canvas.views) == ["w"]
    board.set(lr=0.2)
    assert len(gone.answers) == told
    assert again.shows(0, board.path.theta)


def test_a_view_that_has_gone_is_told_nothing_more(show):
    stays = show(explore(BOWL, gradient_descent))
    goes = Page(stays.board, view="w")
    goes.board.canvas._receive(view="w", events=[["bye", 0, 0]])
    told = len(goes.answers)
    stays.slide("lr", 100)
    assert len(goes.answers) == told
    assert len(stays.answers) == 2
    assert list(stays.board.canvas.views) == ["v"]


def test_every_message_is_answered_to_the_view_that_sent_it(show):
    page = show(explore(BOWL, gradient_descent))
    quiet = ["hover", 0, [0.5, 0.5]], ["leave", 0, 0], ["rest", 0, 0]
    for event in (*quiet, ["key", 1, ["ArrowUp", False]], ["drag", 1, [0.5, 0.5]]):
        told = len(page.answers)
        page.tell(event)
        assert len(page.answers) > told


def test_drag_that_comes_with_a_new_size_is_heard_too(show):
    page = show(explore(BOWL, gradient_descent))
    page.tell(["hello", 0, [700, 400, 1.0, False]], ["drag", 0, [0.5, 0.5]])
    assert page.board.path.theta[0].tolist() != list(BOWL.start)
    assert page.shows(0, page.board.path.theta)


def test_a_page_that_comes_later_gets_everything(show):
    page = show(explore(ravine, momentum, kappa=(1, 100, 10)))
    (first, files), *_ = page.answers
    page.slide("lr", 10)
    assert not {"panels", "takes"} & set(page.answers[-1][0])
    later = Page(page.board, view="w", ratio=2.0)
    ((again, again_files),) = later.answers
    for part in ("panels", "takes", "files", "stamps"):
        assert again[part] == first[part]
    assert len(again_files) == len(files)
    assert (first["ratio"], again["ratio"]) == (1.0, 2.0)
    assert later.shows(0, page.board.path.theta)


def test_a_page_on_a_finer_screen_gets_finer_stills(show):
    page = show(explore(BOWL, momentum))
    assert page.tell(["hello", 0, [900, 400, 1.0, True]])["files"] == []
    assert page.tell(["hello", 0, [900, 400, 2.0, False]])["files"] == ["s0", "s1"]
    width, height = page.still(0).size
    finer = Image.open(io.BytesIO(page.answers[-1][1][1]))
    assert finer.size == (2 * width, 2 * height)


def test_a_page_that_changes_its_size_gets_new_stills(show):
    page = show(explore(ravine, momentum, kappa=(1, 100, 10)))
    before = page.still(0).size
    news = page.tell(["hello", 0, [700, 300, 1.0, False]])
    assert news["files"][:2] == ["s0", "s1"]
    size = page.still(0).size
    assert size != before
    assert news["panels"][0]["style"] == f"width:{size[0]}px;height:{size[1]}px"
    assert page.shows(0, page.board.path.theta)


@pytest.mark.parametrize("size", [(1, 1), (40, 300), (168, 700), (5000, 1)])
def test_no_place_is_too_narrow_or_too_low_for_a_picture(show, size):
    page = Page(rate_map(momentum, ravine(10), steps=20), size=size)
    assert page.answers[-1][0]["files"][:2] == ["s0", "s1"]
    assert min(page.still(0).size) > 150


def test_changes_from_several_threads_leave_one_truth(show):
    page = show(explore(BOWL, [gradient_descent, momentum], steps=10))
    board, faults = page.board, []

    def work(seed):
        rng = np.random.default_rng(seed)
        try:
            for _ in range(25):
                if seed % 2:
                    board.sliders["lr"].value = float(rng.uniform(0.01, 0.9))
                else:
                    board.set(gamma=float(rng.uniform(0, 0.9)))
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert faults == []
    assert page.error == ""
    assert board.values == board._good[0]
    for name in ("lr", "gamma"):
        assert board.boxes[name].value == board.sliders[name].value
        assert board.paths["momentum"].hyper[name] == board.sliders[name].value
    assert page.shows(0, board.path.theta)


def test_one_draws_at_a_time(show):
    inside, most = [], []

    def scene(values):
        inside.append(values)
        most.append(len(inside))
        time.sleep(0.002)
        inside.pop()
        return Scene([], "")

    sliders = [("a", widgets.IntSlider()), ("b", widgets.IntSlider())]
    plot = Plot(lambda ax, values: None)
    board = show(Board(scene, [plot], sliders, title="two")).board

    def work(name):
        for number in range(20):
            board.sliders[name].value = number

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert max(most) == 1
    assert board._good[0] == board.values


def test_a_message_that_a_newer_one_overtook_changes_nothing_but_keys():
    board = explore(BOWL, momentum)
    page = Page(board)
    view = board.canvas.views["v"]

    def tell(number, *event):
        board.canvas._receive(view="v", events=[list(event)], number=number)

    tell(2, "hello", 0, [800, 280, 1.0, False])
    tell(1, "hello", 0, [800, 352, 1.0, False])
    assert view.room == 280
    tell(4, "drag", 0, page.spot(0, 0.5, -0.4))
    tell(3, "drag", 0, page.spot(0, -0.5, 0.7))
    assert board.values["start x"] == pytest.approx(0.5, abs=0.03)
    before = board.values["start x"]
    tell(6, "key", 0, ["ArrowRight", False])
    once = board.values["start x"] - before
    tell(5, "key", 0, ["ArrowRight", False])
    assert board.values["start x"] - before == pytest.approx(2 * once)
    assert once > 0
    tell(7, "hello", 0, [800, 352, 1.0, False])
    assert view.room == 352
