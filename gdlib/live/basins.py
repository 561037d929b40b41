"""Where runs end, for a whole grid of starts at once."""

from html import escape

import numpy as np

from ..descent import descend
from .drawing import Heat, Piece

SIDE = 60  # starts a side
NEAR = 0.05  # share of the window's diagonal within which a run ends at a minimum
MINIMA = ("#9ecae1", "#fdcd9a", "#a8ddb5", "#dabeda")  # pale: paths lie on top
ELSEWHERE, GONE = len(MINIMA), len(MINIMA) + 1
SHADES = (*MINIMA, "#ececec", "#787878")


def basins(method, objective, window, steps, hyper, units=1):
    """Run the method from every cell of the window; return which end each one has.

    units  (dim,) lengths along the axes that are as long as one another
    Ends are an array (SIDE, SIDE): the number of a minimum, ELSEWHERE or GONE.
    """
    shares = (np.arange(SIDE) + 0.5) / SIDE
    x, y = (low + (high - low) * shares for low, high in window)
    starts = np.array(np.meshgrid(x, y))
    run = descend(method, objective, starts, steps, keep="last", **hyper)
    reach = NEAR * np.hypot(*np.ptp(window, axis=1) / units)
    ends_ = run.theta[-1] / np.reshape(units, (-1, 1, 1))
    minima = [np.divide(point, units) for point in objective.minima[: len(MINIMA)]]
    return ends(ends_, minima, reach)


def ends(theta, minima, reach):
    """Which minimum each end (dim, *runs) lies within `reach` of, or neither."""
    index = np.full(theta.shape[1:], ELSEWHERE, np.uint8)
    for number, point in enumerate(minima):
        away = theta - np.reshape(point, (-1, *(1,) * (theta.ndim - 1)))
        index[np.hypot.reduce(away, axis=0) < reach] = number
    index[~np.isfinite(theta).all(0)] = GONE
    return index


def pieces(index, objective, window):
    """The coloured window, and the minima's numbers on it."""
    palette = [[int(shade[i : i + 2], 16) for i in (1, 3, 5)] for shade in SHADES]
    numbers = [
        Piece(np.array([point], float), text=str(number), size=12, align="center")
        for number, point in enumerate(objective.minima[: len(MINIMA)], 1)
    ]
    return [Piece(np.transpose(window), heat=Heat(index, np.array(palette))), *numbers]


def legend(index, name, objective):
    """What the colours mean, with the share of the starts that each has."""
    known = range(len(objective.minima[: len(MINIMA)]))
    texts = {number: f"minimum {number + 1}" for number in known}
    texts |= {ELSEWHERE: "elsewhere", GONE: "overflow"}
    keys = "".join(
        f'<span class="gd-key"><b style="background:{SHADES[number]}"></b>'
        f"{text} {np.mean(index == number):.0%}</span>"
        for number, text in texts.items()
    )
    return f"<p>Where {escape(name)} ends, from {SIDE} × {SIDE} starts: {keys}</p>"
