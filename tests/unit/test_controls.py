"""Controls: real ipywidgets whose page says raw numbers, boxes beside them, marks."""

import re

import ipywidgets as widgets
import numpy as np
import pytest

from gdlib.live.controls import Control, Sliding, slider
from gdlib.live.ranges import Range, ranged


@pytest.mark.parametrize(
    ("name", "given", "kind"),
    [
        ("lr", 0.1, widgets.FloatLogSlider),
        ("gamma", 0.9, widgets.FloatSlider),
        ("steps", 100, widgets.IntSlider),
        ("batch", 50, widgets.SelectionSlider),
        ("beta2", 0.999, widgets.SelectionSlider),
        ("loss", (0.001, 1000, 1), widgets.FloatLogSlider),
        ("seed", 0, widgets.IntSlider),
    ],
)
def test_sliders_are_those_of_ipywidgets(name, given, kind):
    range_ = ranged(name, given)
    found = slider(range_)
    assert isinstance(found, kind)
    assert found._model_module == "@jupyter-widgets/controls"
    assert found._model_name == f"{kind.__name__}Model"
    assert found.value == range_.default


def test_slider_says_what_it_is():
    one = Sliding(ranged("lr", 0.1))
    assert one.widget.description == "η lr"
    assert one.box.description == "η lr, learning rate"
    assert isinstance(one.box, widgets.FloatText)
    assert Sliding(ranged("mix", 0.5)).box.description == "mix"


def raw(range_, stop):
    """What a page reports where the thumb stands on a stop."""
    made = slider(range_)
    along = made.min + stop * made.step
    return 10**along if range_.scale == "log" else along


def test_raw_number_beside_the_default_leaves_it():
    kappa = ranged("kappa", (1, 100, 25))
    one, sent = slider(kappa), []
    near = raw(kappa, kappa.stop(25))
    assert near != 25
    one._send = lambda message, **_: sent.append(message)
    one.set_state({"value": near})
    assert one.value == 25
    # a page that is told 25 would answer with its own number again
    assert [message["state"] for message in sent] == [{"value": near}]


@pytest.mark.parametrize("away", [-1, 1, 40])
def test_default_is_there_again_after_the_thumb_was_away(away):
    kappa = ranged("kappa", (1, 100, 25))
    one, stop = slider(kappa), kappa.stop(25)
    one.set_state({"value": raw(kappa, stop + away)})
    assert one.value == kappa.value(stop + away) != 25
    one.set_state({"value": raw(kappa, stop)})
    assert one.value == 25


@pytest.mark.parametrize(
    ("range_", "value"),
    [
        (ranged("lr", (0.001, 0.2, 0.06)), 0.0615),
        (ranged("gamma", 0.9), 0.61803),
        (ranged("angle", 45), 30.25),
    ],
)
def test_exact_value_stays_when_the_page_reports_the_thumb(range_, value):
    one = slider(range_)
    one.value = value
    one.set_state({"value": raw(range_, range_.stop(value))})
    assert one.value == value


@pytest.mark.parametrize("name", ["lr", "gamma", "eps", "kappa", "angle"])
def test_every_stop_of_a_page_is_a_round_value(name):
    default = dict(lr=0.1, gamma=0.5, eps=1e-8, kappa=10, angle=30)[name]
    range_ = ranged(name, default)
    one = slider(range_)
    for stop in range(len(range_.stops)):
        one.set_state({"value": raw(range_, stop)})
        assert one.value == range_.value(stop)
        assert float(f"{one.value:.3g}") == one.value


def test_ends_of_a_page_are_the_ends_of_the_range():
    lr = ranged("lr", (0.003, 0.7, 0.1))
    one = slider(lr)
    one.set_state({"value": raw(lr, 300) * (1 + 1e-12)})
    assert one.value == 0.7
    one.set_state({"value": raw(lr, 0) * (1 - 1e-12)})
    assert one.value == 0.003


@pytest.mark.parametrize("name", ["lr", "gamma"])
def test_page_is_not_told_what_it_has_just_said(name):
    range_, sent = ranged(name, 0.1), []
    one = slider(range_)
    one._send = lambda message, **_: sent.append(message)
    one.set_state({"value": raw(range_, 7)})
    assert one.value == range_.value(7)
    echo, *others = sent  # other pages hear of it, in its own number
    assert (echo["method"], echo["state"]) == ("echo_update", {"value": raw(range_, 7)})
    told = [m["state"]["value"] for m in others if "value" in m["state"]]
    assert set(told) <= {range_.value(7)}
    assert "echo_update" not in [message["method"] for message in others]


def test_other_state_of_a_slider_goes_through():
    one = slider(ranged("lr", 0.1))
    one.set_state({"value": one.value, "description": "mine"})
    assert one.description == "mine"


def test_exact_value_becomes_a_stop_of_a_selection():
    one = Sliding(ranged("beta2", 0.999))
    before = len(one.widget.options)
    one.put(0.98765)
    assert one.value == 0.98765
    values = [value for _, value in one.widget.options]
    assert values == sorted(values)
    one.put(0.98765)
    assert len(one.widget.options) == before + 1
    one.widget.set_state({"index": values.index(0.999)})
    assert one.value == 0.999


@pytest.mark.parametrize("name", ["lr", "gamma", "beta2", "batch", "steps"])
def test_control_refuses_in_a_sentence_and_stays(name):
    one = Sliding(ranged(name, dict(lr=0.1, batch=50, steps=100).get(name, 0.5)))
    before = one.value
    with pytest.raises(ValueError, match=rf"^{name} is 1000000.0; allowed: a .*number"):
        one.put(1e6)
    with pytest.raises(ValueError, match=rf"^{name} is 'fast'; allowed: a .*number"):
        one.put("fast")
    assert one.value == before


def test_control_of_any_kind_refuses_by_what_it_allows():
    ground = widgets.Dropdown(options=("best", "default"), value="best")
    with pytest.raises(ValueError, match=r"^way is 'x'; allowed: best, default\.$"):
        Control("way", ground).put("x")
    with pytest.raises(ValueError, match=r"^x is 'up'; allowed: a number\.$"):
        Control("x", widgets.FloatText(0.5)).put("up")
    assert ground.value == "best"


def test_box_says_what_is_in_use():
    one = Sliding(ranged("lr", 0.1))
    one.widget.value = 0.0631
    one.show(((), ""))
    assert one.box.value == 0.0631


def marks(range_, places, here=""):
    """The marks as HTML."""
    one = Sliding(range_)
    one.show((places, here))
    return one.marks.value


def test_marks_stand_at_their_values():
    lr = Range("lr", 1e-2, 1, 0.1, "log")
    html = marks(lr, [(0.1, "best"), (1, "edge"), (7, "off it")], "you are <here>")
    assert "left:50.00%" in html
    assert "left:100.00%" in html
    assert "off it" not in html
    assert "you are &lt;here&gt;" in html
    assert marks(lr, []) == ""


def test_marks_take_their_room_though_one_is_off_the_slider():
    lr = Range("lr", 1e-2, 1, 0.1, "log")
    heights = {marks(lr, [(0.1, "best"), (at, "edge")])[:40] for at in (0.5, 7)}
    assert len(heights) == 1
    assert "height:2.90em" in heights.pop()


@pytest.mark.parametrize(
    "places", [(0.18, 0.2), (0.01, 0.012), (2.3, 2.4), (0.01, 2.4)]
)
def test_no_mark_runs_through_the_text_of_another(places):
    lr = Range("lr", 0.005, 2.5, 0.1, "log")
    html = marks(lr, list(zip(places, ("best", "edge"), strict=True)))
    found = re.findall(
        r'left:(.*?)%.*?height:(.*?)em.*?gd-(\w+)" style="top:(.*?)em', html
    )
    assert len(found) == 2
    for left, _, side, top in found:
        assert side in ("left", "right")
        for other, foot, _, other_top in found:
            if other_top != top and float(foot) - 0.4 > float(top):  # a line, 0.4 up
                assert (float(other) < float(left)) == (side == "right")
    tops = sorted(float(top) for *_, top in found)
    assert np.diff(tops) >= 1.25  # the height of a text, board.css
