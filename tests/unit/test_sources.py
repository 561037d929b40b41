"""The numbers that the chapter and the tutorial print, and what is true of them."""

import numpy as np
import pytest

from gdlib import (
    BOWL,
    PARABOLA,
    chapter_data,
    descend,
    gradient_descent,
    mse,
    nesterov,
)

# The tutorial's run on the bowl: 30 steps of 0.1, momentum 0.3, as it prints them.
PRINTED = """
>0 f([-0.13276479 0.35251919]) = 0.14190
>1 f([-0.09824595 0.2608642 ]) = 0.07770
>2 f([-0.07031223 0.18669416]) = 0.03980
>3 f([-0.0495457 0.13155452]) = 0.01976
>4 f([-0.03465259 0.0920101 ]) = 0.00967
>5 f([-0.02414772 0.06411742]) = 0.00469
>6 f([-0.01679701 0.04459969]) = 0.00227
>7 f([-0.01167344 0.0309955 ]) = 0.00110
>8 f([-0.00810909 0.02153139]) = 0.00053
>9 f([-0.00563183 0.01495373]) = 0.00026
>10 f([-0.00391092 0.01038434]) = 0.00012
>11 f([-0.00271572 0.00721082]) = 0.00006
>12 f([-0.00188573 0.00500701]) = 0.00003
>13 f([-0.00130938 0.0034767 ]) = 0.00001
>14 f([-0.00090918 0.00241408]) = 0.00001
>15 f([-0.0006313 0.00167624]) = 0.00000
>16 f([-0.00043835 0.00116391]) = 0.00000
>17 f([-0.00030437 0.00080817]) = 0.00000
>18 f([-0.00021134 0.00056116]) = 0.00000
>19 f([-0.00014675 0.00038964]) = 0.00000
>20 f([-0.00010189 0.00027055]) = 0.00000
>21 f([-7.07505806e-05 1.87858067e-04]) = 0.00000
>22 f([-4.91260884e-05 1.30440372e-04]) = 0.00000
>23 f([-3.41109926e-05 9.05720503e-05]) = 0.00000
>24 f([-2.36851711e-05 6.28892431e-05]) = 0.00000
>25 f([-1.64459397e-05 4.36675208e-05]) = 0.00000
>26 f([-1.14193362e-05 3.03208033e-05]) = 0.00000
>27 f([-7.92908415e-06 2.10534304e-05]) = 0.00000
>28 f([-5.50560682e-06 1.46185748e-05]) = 0.00000
>29 f([-3.82285090e-06 1.01504945e-05]) = 0.00000
"""


def tutorial_start():
    return -1 + 2 * np.random.RandomState(1).rand(2)


def test_tutorials_run_to_every_printed_digit():
    path = descend(nesterov, BOWL, tutorial_start(), 30, lr=0.1, gamma=0.3)
    lines = [
        f">{t} f({theta!s}) = {loss:.5f}"
        for t, (theta, loss) in enumerate(
            zip(path.theta[1:], path.loss[1:], strict=True)
        )
    ]
    # NumPy lines its numbers up with a second space, which the page has lost.
    assert [" ".join(line.split()) for line in lines] == PRINTED.split("\n")[1:-1]


def test_tutorials_second_run_starts_as_the_first_and_comes_close():
    assert str(tutorial_start()) == "[-0.16595599  0.44064899]"
    path = descend(nesterov, BOWL, tutorial_start(), 50, lr=0.01, gamma=0.8)
    assert np.linalg.norm(path.theta[0]) == pytest.approx(0.4709, abs=1e-4)
    assert np.linalg.norm(path.theta[-1]) < 0.01
    direction = path.theta / path.theta[0]
    np.testing.assert_allclose(direction[:, 0], direction[:, 1], rtol=1e-9, atol=1e-15)
    assert -0.02 < direction[-1, 0] < 0  # it glides past the minimum and comes back
    # By hand: v₁ = 0.02 θ₀, θ₁ = 0.98 θ₀; ahead 0.964 θ₀, v₂ = 0.03528 θ₀
    np.testing.assert_allclose(direction[:3, 0], [1, 0.98, 0.94472], rtol=1e-14)


# The chapter's parabola.


def test_step_of_the_raw_slope_leaps_to_the_other_side():
    assert PARABOLA.grad(np.array([0.7])) == pytest.approx(1.4)
    path = descend(gradient_descent, PARABOLA, (0.7,), 1, lr=1.0)
    assert path.theta[1, 0] == pytest.approx(-0.7)


def test_chapters_steps_on_the_parabola():
    path = descend(gradient_descent, PARABOLA, (0.7,), 3, lr=0.15)
    np.testing.assert_allclose(path.theta[:, 0], [0.7, 0.49, 0.343, 0.2401], rtol=1e-14)


@pytest.mark.parametrize("alpha", [0.001, 0.15, 0.5, 0.9, 1.0, 1.1])
def test_closed_form_on_the_parabola(alpha):
    path = descend(gradient_descent, PARABOLA, (0.7,), 40, lr=alpha)
    expected = 0.7 * (1 - 2 * alpha) ** np.arange(41)
    np.testing.assert_allclose(path.theta[:, 0], expected, rtol=1e-12, atol=1e-15)


# The chapter's regression on its own data.


def chapters_gradient(x, y, theta):
    """What the chapter's function computes: 2/N inside the sum, and N once more."""
    N = float(len(x))
    sums = [0.0, 0.0]
    for xi, yi in zip(x, y, strict=True):
        error = yi - theta[0] * xi - theta[1]
        sums[0] -= 2 / N * xi * error
        sums[1] -= 2 / N * error
    return np.array(sums) / (N + 1e-6)


def test_chapters_gradient_is_too_small_by_the_number_of_points():
    x, y = chapter_data()
    for theta in ([0.0, 0.0], [1.0, -2.0], [-0.3, 5.0]):
        ratio = mse(x, y).grad(np.array(theta)) / chapters_gradient(x, y, theta)
        np.testing.assert_allclose(ratio, 500.000001, rtol=1e-12)


def way_left(path):
    """The distance to the minimum, as a share of the first, row by row."""
    apart = np.linalg.norm(path.theta - path.objective.minima[0], axis=1)
    return apart / apart[0]


@pytest.mark.parametrize(("lr", "steps"), [(0.01, 747), (0.4, 11)])
def test_correct_gradient_needs_few_steps(lr, steps):
    path = descend(gradient_descent, mse(*chapter_data()), steps=steps + 1, lr=lr)
    assert int(np.argmax(way_left(path) <= 1e-6)) == steps


def test_chapters_50_000_steps_leave_the_fit_unfinished():
    job = mse(*chapter_data())
    lr = 0.01 / 500.000001  # its gradient with its rate, by the ratio above
    path = descend(gradient_descent, job, steps=50_000, lr=lr, keep="last")
    apart = path.theta[0] - job.minima[0]
    left = np.linalg.norm(apart) / np.linalg.norm(job.minima[0])  # it starts at 0
    assert left == pytest.approx(0.15, abs=0.005)


def test_chapters_data_holds_nothing_to_learn():
    job = mse(*chapter_data())
    m, b = job.minima[0]
    assert max(abs(m), abs(b)) < 0.1
    start = job(np.zeros(2))
    assert (start - job.lowest) / start == pytest.approx(7.4e-4, rel=0.01)
