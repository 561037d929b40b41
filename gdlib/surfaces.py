"""The surfaces of the course: each value with its gradient written beside it.

Coordinates come first. A point has shape (dim,), a batch (dim, *runs), so
`x, y = theta` reads as mathematics whatever is batched behind it.
"""

import numpy as np

from .objectives import Objective
from .pointwise import Held


def _squares(theta):
    return (theta**2).sum(0)


def _squares_grad(theta):
    return 2 * theta


PARABOLA = Objective(
    _squares,
    _squares_grad,
    dim=1,
    name="parabola",
    formula=r"f(x) = x^2",
    window=((-1.0, 1.0),),
    minima=((0.0,),),
    start=(0.7,),
    batches=True,
)


def _double_well(theta):
    return (theta**4 - 2 * theta**2 + 0.5 * theta).sum(0)


def _double_well_grad(theta):
    return 4 * theta**3 - 4 * theta + 0.5


DOUBLE_WELL = Objective(
    _double_well,
    _double_well_grad,
    dim=1,
    name="double well",
    formula=r"f(x) = x^4 - 2x^2 + \frac{1}{2}x",
    window=((-1.6, 1.6),),
    minima=((-1.0574537707383778,), (0.9304029265558517,)),  # roots of the gradient
    start=(1.5,),
    batches=True,
)

BOWL = Objective(
    _squares,
    _squares_grad,
    dim=2,
    name="bowl",
    formula=r"f(x, y) = x^2 + y^2",
    window=((-1.0, 1.0), (-1.0, 1.0)),
    minima=((0.0, 0.0),),
    start=(-0.8, 0.6),
    batches=True,
)


def _ravine(kappa, c, s, theta):
    x, y = theta
    u, w = c * x + s * y, c * y - s * x
    return (u**2 + kappa * w**2) / 2


def _ravine_grad(kappa, c, s, theta):
    x, y = theta
    u, w = c * x + s * y, c * y - s * x
    return np.array([c * u - s * kappa * w, s * u + c * kappa * w])


def ravine(kappa=10.0, angle=0.0):
    """A quadratic valley, kappa times steeper across than along.

    f = (u² + kappa w²) / 2 with (u, w) the coordinates turned by `angle`.

    kappa  condition number, >= 1: curvature 1 along the valley, kappa across
    angle  of the valley's floor against the x axis, degrees
    Raises ValueError for kappa < 1 or a value that is not finite.
    The start turns with the valley, so runs at two angles compare. Notebook 01.
    """
    if not (np.isfinite(kappa) and kappa >= 1):
        raise ValueError(f"kappa is {kappa!r}; allowed: a finite number from 1 up.")
    if not np.isfinite(angle):
        raise ValueError(f"angle is {angle!r}; allowed: a finite number of degrees.")
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turned = "" if angle == 0 else f", {angle:g}°"
    return Objective(
        Held(_ravine, kappa, c, s),
        Held(_ravine_grad, kappa, c, s),
        dim=2,
        name=f"ravine (κ = {kappa:g}{turned})",
        formula=r"f(u, w) = \frac{1}{2}(u^2 + \kappa w^2)",
        window=((-2.5, 2.5), (-2.5, 2.5)),
        minima=((0.0, 0.0),),
        start=(-2 * c - s, -2 * s + c),
        batches=True,
    )


def _rosenbrock(theta):
    x, y = theta
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def _rosenbrock_grad(theta):
    x, y = theta
    lift = y - x**2
    return np.array([-2 * (1 - x) - 400 * x * lift, 200 * lift])


ROSENBROCK = Objective(
    _rosenbrock,
    _rosenbrock_grad,
    dim=2,
    name="Rosenbrock",
    formula=r"f(x, y) = (1 - x)^2 + 100\,(y - x^2)^2",
    window=((-2.0, 2.0), (-1.0, 3.0)),
    minima=((1.0, 1.0),),
    start=(-1.5, 2.0),
    batches=True,
)


def _beale(theta):
    x, y = theta
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3
    return a**2 + b**2 + c**2


def _beale_grad(theta):
    x, y = theta
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3
    return np.array(
        [
            2 * a * (y - 1) + 2 * b * (y**2 - 1) + 2 * c * (y**3 - 1),
            2 * a * x + 4 * b * x * y + 6 * c * x * y**2,
        ]
    )


BEALE = Objective(
    _beale,
    _beale_grad,
    dim=2,
    name="Beale",
    formula=r"f(x, y) = (1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2",
    window=((-1.0, 4.0), (-2.0, 2.0)),
    minima=((3.0, 0.5),),
    start=(0.5, -1.5),
    batches=True,
)


def _himmelblau(theta):
    x, y = theta
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def _himmelblau_grad(theta):
    x, y = theta
    a, b = x**2 + y - 11, x + y**2 - 7
    return np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])


HIMMELBLAU = Objective(
    _himmelblau,
    _himmelblau_grad,
    dim=2,
    name="Himmelblau",
    formula=r"f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    window=((-5.0, 5.0), (-5.0, 5.0)),
    minima=(
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.2831859912861696),
        (3.5844283403304917, -1.8481265269644036),
    ),
    start=(-0.5, -1.0),
    batches=True,
)


def _saddle(theta):
    x, y = theta
    return x**2 / 2 + y**4 / 4 - y**2 / 2


def _saddle_grad(theta):
    x, y = theta
    return np.array([x, y**3 - y])


SADDLE = Objective(
    _saddle,
    _saddle_grad,
    dim=2,
    name="saddle",
    formula=r"f(x, y) = \frac{1}{2}x^2 + \frac{1}{4}y^4 - \frac{1}{2}y^2",
    window=((-2.0, 2.0), (-2.0, 2.0)),
    minima=((0.0, 1.0), (0.0, -1.0)),
    start=(-1.5, 0.01),
    batches=True,
)


def _rastrigin(theta):
    return (10 + theta**2 - 10 * np.cos(2 * np.pi * theta)).sum(0)


def _rastrigin_grad(theta):
    return 2 * theta + 20 * np.pi * np.sin(2 * np.pi * theta)


RASTRIGIN = Objective(
    _rastrigin,
    _rastrigin_grad,
    dim=2,
    name="Rastrigin",
    formula=r"f(x, y) = 20 + x^2 + y^2 - 10\,(\cos 2\pi x + \cos 2\pi y)",
    window=((-5.12, 5.12), (-5.12, 5.12)),
    minima=((0.0, 0.0),),
    start=(3.3, -2.4),
    batches=True,
)


def _plateau(theta):
    x, y = theta
    return 1 - np.exp(-(x**2 + y**2) / 2)


def _plateau_grad(theta):
    x, y = theta
    slope = np.exp(-(x**2 + y**2) / 2)
    return np.array([x * slope, y * slope])


PLATEAU = Objective(
    _plateau,
    _plateau_grad,
    dim=2,
    name="plateau",
    formula=r"f(x, y) = 1 - e^{-(x^2 + y^2)/2}",
    window=((-4.0, 4.0), (-4.0, 4.0)),
    minima=((0.0, 0.0),),
    start=(-2.5, 1.5),
    batches=True,
)


class _Stream:
    """A gradient that gives the next of its slopes, whatever it is asked about."""

    takes_many = True

    def __init__(self, slopes):
        self.slopes, self.given = iter(slopes), 0

    def __call__(self, theta):
        for slope in self.slopes:
            self.given += 1
            return slope + 0 * theta
        raise ValueError(f"slopes end after {self.given}; allowed: one for each step.")


def stream(slopes, dim=1):
    """Make a ground whose slopes come one after another, wherever theta stands.

    slopes  numbers, or arrays that broadcast to theta's shape, (dim, *runs): a list or
            anything else that can be gone through, once
    dim     number of coordinates

    What a method makes of slopes is seen in its steps; the value is 0 everywhere, and
    the start 0. Raises ValueError when the slopes have come to their end. Notebooks 08
    to 11 use it.
    """
    return Objective(
        lambda theta: 0 * theta[0],
        _Stream(slopes),
        dim,
        name="stream of slopes",
        start=(0.0,) * dim,
        batches=True,
    )
