"""Play, single steps, and comparing: pin, hide, copy as code, big."""

import numpy as np
import pytest

from gdlib import BOWL, descend, gradient_descent, live, momentum, ravine
from gdlib.live import explore, rate_map

# Play and the single step.


def test_scrubbing_shows_the_path_bit_by_bit_and_speaks_of_that_step(show):
    page = show(explore(BOWL, gradient_descent, steps=100))
    assert len(page.lines(0)[0]) == 101
    page.put(page.board.play, value=40)  # Play, which the slider goes with
    assert page.board.values["step"] == 40
    fresh = descend(gradient_descent, BOWL, steps=40)
    assert page.shows(0, fresh.theta)
    assert "in 40 steps" in page.board.says
    assert page.rows[0][1] == f"{fresh.loss[-1]:.4g}"
    assert page.board.path.steps == 100  # the run itself is whole
    page.board.back.click()
    assert page.board.values["step"] == page.seen(page.board.play) == 39
    page.board.next.click()
    page.board.next.click()
    assert page.board.values["step"] == 41


def test_play_goes_with_the_step_before_a_page_links_them():
    board = explore(BOWL, gradient_descent, steps=10)
    board.set(step=3)
    assert board.play.value == 3
    board.set(lr=0.2)
    assert board.play.value == board.values["step"] == 10
    board.close()


def test_single_steps_stop_at_both_ends(show):
    page = show(explore(BOWL, gradient_descent, steps=5))
    page.board.next.click()
    assert page.board.values["step"] == 5
    for _ in range(9):
        page.board.back.click()
    assert page.board.values["step"] == 0
    assert len(page.lines(0)[0]) == 1


def test_a_change_of_the_run_shows_all_of_it_but_not_under_play(show):
    page = show(explore(BOWL, gradient_descent, steps=100))
    step, play = page.board.sliders["step"], page.board.play
    page.put(step, value=40)
    page.slide("lr", 200)
    assert page.board.values["step"] == page.seen(step) == page.seen(play) == 100
    page.put(play, value=30, playing=True)
    page.slide("lr", 190)
    assert page.board.values["step"] == 30
    page.type("steps", 20.0)
    assert (step.max, step.value, play.max) == (20, 20, 20)
    page.put(play, playing=False)
    page.type("steps", 60.0)
    assert (step.max, step.value, play.max) == (60, 60, 60)


def test_reset_shows_the_whole_run_again_whatever_the_length_was(show):
    for steps in (20.0, 200.0):
        page = show(explore(BOWL, gradient_descent, steps=100))
        start = page.whole()
        page.type("steps", steps)
        page.put(page.board.sliders["step"], value=10)
        page.board.reset.click()
        assert page.whole() == start


def test_play_takes_as_long_as_its_pace_says(show):
    page = show(explore(BOWL, gradient_descent, steps=40))
    play = page.board.play
    assert (play.max, play.step) == (40, 1)
    assert play.interval * 40 == 4000
    page.put(page.board.pace, index=2)  # fast
    assert 60 <= play.interval <= 100
    assert play.interval * 40 / play.step == pytest.approx(1600, rel=0.1)
    page.put(page.board.pace, index=0)  # slow
    assert play.interval * 40 / play.step == pytest.approx(12_000, rel=0.1)
    page.type("steps", 80.0)
    assert play.interval * 80 / play.step == pytest.approx(12_000, rel=0.1)


def test_play_without_motion_goes_on_by_tenths(show):
    page = show(explore(BOWL, gradient_descent, steps=50), calm=True)
    assert page.board.play.step == 5
    assert page.board.play.interval >= 1000


# Comparing: pin, hide, code, big.


def test_pinned_run_stays_as_a_ghost_while_sliders_move(show):
    page = show(explore(BOWL, [gradient_descent, momentum], steps=20))
    kept, rows = page.lines(0), page.rows
    page.put(page.board.pin, value=True)
    page.slide("lr", 100)
    assert [row[0] for row in page.rows] == [
        "gradient descent",
        "momentum",
        "pinned: gradient descent",
        "pinned: momentum",
    ]
    assert [row[1:] for row in page.rows[2:]] == [row[1:] for row in rows]
    ghosts, runs = page.lines(0)[:2], page.lines(0)[2:]
    assert all(map(np.array_equal, ghosts, kept))
    assert not any(map(np.array_equal, runs, kept))
    page.put(page.board.sliders["step"], value=3)
    assert len(page.lines(0)[0]) == 21  # a ghost is whole
    page.put(page.board.pin, value=False)
    assert [row[0] for row in page.rows] == ["gradient descent", "momentum"]
    assert len(page.lines(0)) == 2


def test_ghosts_are_paler_and_reset_takes_them_away(show):
    page = show(explore(BOWL, gradient_descent, steps=20))
    page.put(page.board.pin, value=True)
    page.tell(["drag", 0, page.spot(0, 0.2, 0.9)])
    ghost, run = (i for i in page.answers[-1][0]["items"] if i["p"] == 0 and i.get("h"))
    brightness = [sum(bytes.fromhex(item["c"][1:])) for item in (ghost, run)]
    assert brightness[0] > brightness[1] + 150
    page.board.reset.click()
    assert page.board.pin.value is page.seen(page.board.pin) is False
    assert len(page.lines(0)) == len(page.rows) == 1


def test_pinned_values_are_those_of_the_moment(show):
    page = show(explore(ravine, gradient_descent, kappa=(1, 100, 10), steps=20))
    page.put(page.board.pin, value=True)
    kept = page.lines(0)[0]
    page.slide("kappa", 10)
    page.type("steps", 5.0)
    page.board.sliders["lr"].value = 0.01
    assert np.array_equal(page.lines(0)[0], kept)
    page.put(page.board.pin, value=False)
    page.put(page.board.pin, value=True)
    assert page.rows[1][1:] == page.rows[0][1:]


def test_hidden_method_keeps_its_row_and_loses_its_lines(show):
    page = show(explore(BOWL, [gradient_descent, momentum], steps=20))
    before, rows = page.lines(0), page.rows
    page.put(page.board.names["gradient descent"], value=False)
    assert page.board.values["hidden"] == ("gradient descent",)
    (left,) = page.lines(0)
    assert np.array_equal(left, before[1])
    assert len(page.lines(1)) == 1
    assert page.rows == rows
    page.slide("lr", 100)
    assert len(page.lines(0)) == 1
    page.put(page.board.names["gradient descent"], value=True)
    assert len(page.lines(0)) == 2
    page.put(page.board.names["momentum"], value=False)
    page.board.reset.click()
    assert page.seen(page.board.names["momentum"]) is True
    assert all(map(np.array_equal, page.lines(0), before))


def test_one_method_needs_no_button_to_hide_it(show):
    assert show(explore(BOWL, momentum)).board.names == {}


def test_copy_as_code_gives_the_calls_and_keeps_them_up_to_date(show):
    page = show(explore(ravine, [gradient_descent, momentum], kappa=(1, 100, 10)))
    listing = page.board.listing
    assert page.seen(listing) == ""
    page.put(page.board.copy, value=True)
    assert page.copied == [page.board.code]
    page.slide("kappa", 200)
    assert f"kappa={page.board.values['kappa']}" in page.board.code
    assert page.seen(listing) == f"<pre>{page.board.code}</pre>"
    page.put(page.board.copy, value=False)
    assert page.seen(listing) == ""
    assert len(page.copied) == 1


def test_big_makes_the_open_and_the_coming_dashboards_big(show):
    first = show(explore(BOWL, gradient_descent), size=(1300, 700))
    plain = first.still(1).box[0]
    live.big()
    second = show(rate_map(momentum, BOWL, steps=9), size=(1300, 700))
    for page in (first, second):
        assert page.seen(page.board.big) is True
        assert "gd-big" in page.board._dom_classes
        assert page.still(1).box[0] == pytest.approx(1.45 * plain)
    live.big(False)
    third = show(explore(BOWL, gradient_descent), size=(1300, 700))
    for page in (first, third):
        assert "gd-big" not in page.board._dom_classes
        assert page.still(1).box[0] == plain
    page.put(third.board.big, value=True)
    assert third.still(1).box[0] == pytest.approx(1.45 * plain)
    assert first.still(1).box[0] == plain
