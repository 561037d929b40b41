"""Ranges: where a slider can stand, and what it refuses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdlib.live.ranges import USUAL, Range, ranged


def test_log_range_has_equal_steps_of_factor():
    lr = Range("lr", 1e-4, 1, 0.1, "log")
    assert [lr.value(stop) for stop in (0, 75, 150, 300)] == [1e-4, 1e-3, 1e-2, 1]
    assert lr.stop(0.1) == 225
    assert lr.fraction(0.01) == pytest.approx(0.5)
    assert lr.at(0.25) == pytest.approx(1e-3)


def test_range_near_1_gives_room_to_small_differences():
    beta2 = ranged("beta2", 0.999)
    assert (beta2.low, beta2.high) == (0, 0.9999)
    assert [beta2.value(stop) for stop in (0, 75, 150, 225)] == [0, 0.9, 0.99, 0.999]


def test_whole_linear_range_has_every_whole_number():
    assert ranged("steps", (1, 40, 20)).stops.tolist() == list(range(1, 41))


def test_whole_log_range_has_whole_stops_alone_and_its_default():
    stops = ranged("batch", (1, 500, 137)).stops
    assert stops.dtype.kind == "i"
    assert 137 in stops
    assert stops[:5].tolist() == [1, 2, 3, 4, 5]
    assert stops[-1] == 500
    assert (np.diff(stops) > 0).all()


@pytest.mark.parametrize("name", USUAL)
def test_range_keeps_its_stops(name):
    usual = USUAL[name]
    default = max(usual.low, 1) if usual.whole else (usual.low + usual.high) / 2
    one = ranged(name, default)
    stops = range(len(one.stops))
    assert [one.stop(one.value(stop)) for stop in stops] == list(stops)
    assert (np.diff(one.stops) > 0).all()


def test_value_beyond_the_ends_is_that_of_the_end():
    lr = Range("lr", 0.003, 0.2, 0.1, "log")
    assert (lr.value(-3), lr.value(1000)) == (0.003, 0.2)
    assert (lr.stop(0.2000000001), lr.stop(0.00299999)) == (300, 0)


@given(
    low=st.floats(1e-6, 1e3),
    decades=st.floats(0.1, 6),
    share=st.floats(0, 1),
    name=st.sampled_from(["lr", "loss", "kappa", "gamma"]),
)
def test_ends_and_default_are_stops_to_the_last_digit(low, decades, share, name):
    high = low * 10**decades
    default = min(low * (high / low) ** share, high)
    one = ranged(name, (low, high, default))
    assert (one.value(0), one.value(len(one.stops) - 1)) == (low, high)
    at_an_end = one.stop(default) in (0, len(one.stops) - 1)
    assert at_an_end or one.value(one.stop(default)) == default
    assert (np.diff(one.stops) > 0).all()


def test_default_beside_an_end_leaves_the_end_within_reach():
    one = ranged("loss", (0.0, 1000.0, 1.0))
    assert (one.default, one.value(0)) == (1.0, 0.0)


@pytest.mark.parametrize("default", [25, 24.9, 97.77, 1.013])
def test_a_default_of_kappa_stays_what_it_is(default):
    kappa = ranged("kappa", (1, 100, default))
    assert kappa.value(kappa.stop(default)) == default


@pytest.mark.parametrize(
    ("given", "scale"),
    [
        ((0.001, 1000, 1), "log"),
        ((1.0, 100.0, 2.0), "log"),
        ((1.0, 99.0, 2.0), "linear"),
        ((0.0, 1000.0, 1.0), "linear"),
        ((-1.0, 1000.0, 1.0), "linear"),
    ],
)
def test_a_range_that_spans_two_decades_is_read_in_decades_by_itself(given, scale):
    loss = ranged("loss", given)
    assert loss.scale == scale
    assert (loss.stops[0], loss.stops[-1]) == given[:2]


def test_a_usual_name_falls_back_to_a_plain_scale_where_its_own_does_not_fit():
    assert ranged("lr", (0, 1, 0.1)).scale == "linear"
    assert ranged("beta2", (0.0, 1.0, 0.9)).scale == "linear"
    assert ranged("gamma", (0.001, 0.9, 0.5)).scale == "linear"


def test_default_outside_the_usual_range_widens_it():
    assert ranged("lr", 50.0).high == 50


def test_unknown_names_have_a_plain_scale_and_whole_numbers_if_given_so():
    assert ranged("p", (1, 20, 2)).value(7) == 8
    assert ranged("mix", (0.0, 1.0, 0.5)).scale == "linear"
    assert ranged("mix", (0.0, 1.0, 0.5)).value(37) == 0.37


def test_ticks_are_round_and_inside():
    assert ranged("lr", (0.01, 0.3, 0.1)).ticks() == pytest.approx([0.01, 0.1])
    assert ranged("beta2", 0.999).ticks().tolist() == [0, 0.9, 0.99, 0.999]
    assert ranged("gamma", 0.9).ticks() == pytest.approx([0, 0.2, 0.4, 0.6, 0.8])


ORDER = "allowed: two finite numbers, the lower one first."


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((1, 2), "lr is (1, 2); allowed: a number, or (low, high, default)."),
        ((2, 1, 1), f"lr has the range 2 to 1; {ORDER}"),
        ((1, np.inf, 1), f"lr has the range 1 to inf; {ORDER}"),
        ((0.1, 1, 5), "lr is 5; allowed: a number from 0.1 to 1."),
    ],
)
def test_range_refuses_in_a_sentence(given, message):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 its words are compared
        ranged("lr", given)
    assert str(refusal.value) == message


@pytest.mark.parametrize("value", ["fast", "0.1", None, np.nan, np.inf, 20, 1e-5])
def test_a_value_that_is_no_number_of_the_range_is_refused(value):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 its words are compared
        ranged("lr", 0.1).check(value)
    allowed = "allowed: a number from 0.0001 to 10."
    assert str(refusal.value) == f"lr is {value!r}; {allowed}"


def test_a_share_of_a_step_is_refused_and_a_whole_float_becomes_whole():
    steps = ranged("steps", 100)
    with pytest.raises(ValueError, match=r"^steps is 3.5; allowed: a whole number fr"):
        steps.check(3.5)
    assert isinstance(steps.check(70.0), int)
