"""Colours, line styles and markers: apart for every eye, on white paper."""

import matplotlib as mpl
import pytest
from matplotlib.colors import to_rgb

from gdlib import METHODS, adam, label, look, use_style
from gdlib.style import FIGURE, LABELS, LOOKS, OTHERS, SURFACE


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in to_rgb(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_on_white(colour):
    return 1.05 / (luminance(colour) + 0.05)


def test_contrast_by_hand():
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#ffffff") == pytest.approx(1)
    assert contrast_on_white("#767676") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("name", LOOKS)
def test_every_colour_stands_out_on_white(name):
    assert contrast_on_white(LOOKS[name].color) >= 3


def test_every_method_has_its_own_look_and_label():
    assert set(LOOKS) == set(METHODS)
    assert set(LABELS) == {*METHODS, "adamw", "lion"}
    looks = [*LOOKS.values(), *OTHERS]
    assert len({to_rgb(found.color) for found in LOOKS.values()}) == 10
    assert len({found.marker for found in looks}) == len(looks)
    assert len({found.linestyle for found in looks}) >= len(LOOKS)
    assert len({(found.linestyle, found.marker) for found in looks}) == len(looks)
    assert len(set(LABELS.values())) == 12
    assert all(contrast_on_white(found.color) >= 3 for found in OTHERS)


def test_first_five_colours_are_okabe_and_itos():
    colours = [LOOKS[name].color for name in list(METHODS)[:5]]
    assert colours == ["#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7"]


def test_look_and_label_go_by_function_or_name():
    assert look(adam) == look("adam") == LOOKS["adam"]
    assert label(adam) == label("adam") == "Adam"


def test_own_methods_have_looks_that_differ():
    def my_own_rule(theta, grad, t):
        return theta, {}

    assert label(my_own_rule) == "my own rule"
    assert look(my_own_rule) == OTHERS[0]
    assert len({look(my_own_rule, index) for index in range(3)}) == 3
    assert look(my_own_rule, 3) == OTHERS[0]


def test_surface_grows_darker_with_height():
    heights = [luminance(SURFACE(i / 20)) for i in range(21)]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > 0.8


def test_use_style_sets_every_entry():
    with mpl.rc_context():
        use_style()
        for name, value in FIGURE.items():
            expected = list(value) if isinstance(value, tuple) else value
            assert mpl.rcParams[name] == expected
