"""Planes through a network's parameters: two directions, and the error on them."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from ..style import SURFACE
from .drawing import Heat
from .ground import relief

RANDOM, PRINCIPAL = "random", "principal"
KINDS = (PRINCIPAL, RANDOM)
WINDOW = ((-1.0, 1.0), (-1.0, 1.0))  # a plane's own coordinates
ROOM = 1.25  # sides of the square, in lengths of the path on it
LINE = 1e-9  # share of the variance below which a path has no second direction
SMALL = 2**18  # multiplications of a product that OpenBLAS makes in one thread
CACHE = 2**17  # numbers of a hidden layer that are worked on at once


@dataclass(frozen=True, eq=False)
class Plane:
    """A square on a plane through a network's parameters; its sides go from −1 to 1.

    origin  (dim,) parameters that the plane goes through
    axes    (2, dim) its directions
    kinds   what each of them is: RANDOM or PRINCIPAL
    middle  (2,) the square's centre, in lengths of the axes from the origin
    half    half of its side, likewise
    """

    origin: np.ndarray
    axes: np.ndarray
    kinds: tuple
    middle: np.ndarray
    half: float

    def project(self, thetas):
        """The places (n, 2) in the square nearest to parameters (n, dim)."""
        found = _coordinates(self.axes, thetas - self.origin)
        return (found - self.middle) / self.half

    def lift(self, places):
        """The parameters (dim, n) at places (n, 2) in the square."""
        return (self.origin + (self.middle + self.half * places) @ self.axes).T

    def shares(self, thetas):
        """How much of the variance of parameters (n, dim) each direction holds."""
        away = thetas - thetas.mean(0)
        along = away @ (self.axes / np.linalg.norm(self.axes, axis=1)[:, None]).T
        whole = (away**2).sum()
        return (along**2).sum(0) / whole if whole else np.zeros(2)

    def heights(self, network, X, y, points):
        """The network's error on samples, points × points; row 0 lies lowest."""
        ticks = np.linspace(-1, 1, points)
        places = np.stack(np.meshgrid(ticks, ticks), -1).reshape(-1, 2)
        row = CACHE // (min(len(y), _block(network)) * network.shapes["b1"][0])
        parts = np.array_split(places, -(-len(places) // max(1, row)))
        found = [errors(network, self.lift(part), X, y) for part in parts]
        return np.concatenate(found).reshape(points, points)


def errors(network, theta, X, y):
    """A network's errors (n,) on samples, at parameters (dim, n); NaN for overflow.

    The samples are taken in blocks: NumPy multiplies small matrices in one thread, and
    threads that wait for each other on a busy machine cost many times what they save.
    """
    blocks = -(-len(y) // _block(network))
    pairs = zip(np.array_split(X, blocks), np.array_split(y, blocks), strict=True)
    with np.errstate(all="ignore"):
        sums = [len(part[1]) * network.error(theta, *part) for part in pairs]
        return sum(sums) / len(y)


def _block(network):
    """Samples whose first layer is one small product."""
    return max(1, SMALL // network.shapes["W1"][0] // network.shapes["b1"][0])


def plane(kind, network, thetas, seed):
    """The plane of a kind through a run's end, with a square that holds its path.

    kind    "principal": the two directions along which the path varies most; or
            "random": two directions drawn as `filter_normalised` does
    thetas  (n, dim) the run's parameters, its end last, all finite
    Where a path lies on a line, a random direction takes the second one's place.
    Source: H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein (2018), Visualizing the
    Loss Landscape of Neural Nets.
    """
    origin, rng = thetas[-1], np.random.default_rng([seed, 1])
    axes, kinds = np.empty((0, network.dim)), (kind,) * 2
    if kind == PRINCIPAL:
        axes = principal(thetas)
        kinds = (PRINCIPAL,) * len(axes) + (RANDOM,) * (2 - len(axes))
    while len(axes) < 2:
        drawn = filter_normalised(network, origin, rng)
        if kind == PRINCIPAL:  # lengths of principal directions are 1
            drawn -= axes.T @ (axes @ drawn)
            drawn /= np.linalg.norm(drawn)
        axes = np.vstack([axes, drawn])
    along = _coordinates(axes, thetas - origin)
    middle, half = np.zeros(2), max(1.0, ROOM * np.abs(along).max())
    if kind == PRINCIPAL:
        low, high = along.min(0), along.max(0)
        middle, half = (low + high) / 2, ROOM * (high - low).max() / 2 or 1.0
    return Plane(origin, axes, kinds, middle, half)


def principal(thetas):
    """Up to two directions (k, dim), of length 1, in which parameters vary most.

    Each points away from the first of them: a path begins on the left, and low.
    """
    away = thetas - thetas.mean(0)
    spread, mixes = np.linalg.eigh(away @ away.T)
    spread, mixes = spread[:-3:-1], mixes[:, :-3:-1]
    kept = spread > LINE * max(spread[0], np.finfo(float).tiny)
    found = mixes.T[kept] @ away
    found /= np.linalg.norm(found, axis=1)[:, None]
    turned = found @ (thetas[0] - thetas[-1]) > 0
    return np.where(turned[:, None], -found, found)


def filter_normalised(network, theta, rng):
    """A random direction (dim,), unit by unit as long as the weights are.

    d ← d / ‖d‖ · ‖w‖ for the weights w into each unit; biases stay. Weights that are
    all zero count as 1 long, as `network.draw` makes them on the average.
    Source: Li and others (2018), equation (1).
    """
    found = {}
    for name, weights in network.split(theta).items():
        found[name] = np.zeros_like(weights)
        if weights.ndim == 2:
            drawn = rng.standard_normal(weights.shape)
            length = np.linalg.norm(weights, axis=0)
            length = np.where(length > 0, length, 1.0)
            found[name] = drawn / np.linalg.norm(drawn, axis=0) * length
    return network.join(found)


def ground(errors, points):
    """Errors of a square as bands with lines between, stretched to points × points.

    It is stretched in logarithms, as heights of many sizes lie side by side.
    """
    finite = errors[np.isfinite(errors)]
    if not finite.size or not np.ptp(finite) > LINE * np.abs(finite).max(initial=0):
        return Heat(np.zeros((2, 2), np.uint8), 255 * np.array([SURFACE(0.0)[:3]]))
    tiny = np.finfo(np.float32).tiny
    heights = np.nan_to_num(errors, nan=np.inf).clip(tiny, finite.max())
    picture = Image.fromarray(np.log(heights).astype(np.float32))
    inside = 0.5, 0.5, len(errors) - 0.5, len(errors) - 0.5
    size = (points, points)
    smooth = np.asarray(picture.resize(size, Image.Resampling.BICUBIC, inside), float)
    return relief(lambda _: smooth, WINDOW, points)


def _coordinates(axes, away):
    """What is left of ways (n, dim) on a plane, in lengths of its axes (2, dim)."""
    return np.linalg.solve(axes @ axes.T, axes @ away.T).T
