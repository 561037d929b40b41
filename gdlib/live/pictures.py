"""Pictures of a network: what its units look for, the samples that it misreads."""

import numpy as np
from matplotlib import colormaps

from .drawing import Heat, Piece

UNITS = 36  # hidden units that are shown at most
MISREAD = 12  # samples
COLUMNS = 3  # of misread samples
SHADES = 253  # the middle one is 0
FRAME, EMPTY = SHADES, SHADES + 1  # the palette's places around and beside pictures
SIGNED = 255 * colormaps["RdBu_r"](np.linspace(0, 1, SHADES))[:, :3]
GREYS = 255 * colormaps["Greys"](np.linspace(0, 1, SHADES))[:, :3]
AROUND = np.array([[216] * 3, [255] * 3])
INK = dict(size=8, align="center", colour="#222222")


def side(inputs):
    """The side of the square picture that so many inputs make, or None."""
    root = round(np.sqrt(inputs))
    return root if root > 1 and root**2 == inputs else None


def weights(W1, panel):
    """The weights into hidden units, each unit a picture; or all in one, a row a unit.

    W1  (inputs, hidden), finite
    Returns the pieces and the weight that has the darkest shade, either sign.
    """
    top = float(np.abs(W1).max())
    shades = np.rint((W1.T / (top or 1.0) + 1) * (SHADES - 1) / 2)
    shown, root = shades[:UNITS], side(len(W1))
    if root:
        rows = int(np.ceil(np.sqrt(len(shown))))
        gap = max(1, root // 8)
        index = _mosaic(shown.reshape(-1, root, root), rows, (gap, gap), edge=FRAME)
    else:
        index = shades
    palette = np.vstack([SIGNED, AROUND])
    return [_picture(index, palette, panel)], top


def samples(X, read, real, panel):
    """Samples as pictures, with what the network reads and what they are below each.

    X           (n, inputs) of which the first few are shown
    read, real  (n,) classes
    """
    X, root = X[:MISREAD], side(X.shape[1])
    if not len(X):
        return [Piece(np.zeros((1, 2)), panel, text="none is misread", **INK)]
    low, high = X.min(), X.max()
    shades = np.rint((X - low) / ((high - low) or 1.0) * (SHADES - 1))
    below, beside = -(-3 * root // 8), -(-5 * root // 8)
    rows = MISREAD // COLUMNS
    index = _mosaic(shades.reshape(-1, root, root), COLUMNS, (below, beside), rows)
    tall, wide = index.shape
    texts = []
    for number, pair in enumerate(zip(read[: len(X)], real[: len(X)], strict=True)):
        row, column = divmod(number, COLUMNS)
        across = (column + 0.5) * (root + beside)
        down = row * (root + below) + root + 0.5 * below
        at = np.array([[2 * across / wide - 1, 1 - 2 * down / tall]])
        texts.append(Piece(at, panel, text=text(*pair), **INK))
    return [_picture(index, np.vstack([GREYS, AROUND]), panel), *texts]


def text(read, real):
    """What a network reads in a sample, and what it is."""
    return f"read {read}, is {real}"


def draw(ax):
    """Draw the axes that pictures lie on: from −1 to 1, without any mark."""
    ax.set(xlim=(-1, 1), ylim=(-1, 1), xticks=[], yticks=[], box_aspect=1)
    ax.grid(False)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _mosaic(images, columns, gaps, rows=None, edge=EMPTY):
    """Images (n, s, s) of shades beside one another, the first at the top left.

    gaps  places left free below and beside each, half of these on either side of it
    edge  what these places hold
    """
    (below, beside), size = gaps, images.shape[1]
    rows = rows or -(-len(images) // columns)
    found = np.full((rows * (size + below), columns * (size + beside)), EMPTY)
    for number, image in enumerate(images):
        row, column = divmod(number, columns)
        top, left = row * (size + below), column * (size + beside) + beside // 2
        found[top : top + size + below, left : left + size + beside] = edge
        found[top : top + size, left : left + size] = image
    return found


def _picture(index, palette, panel):
    corners = np.array([[-1.0, -1.0], [1.0, 1.0]])
    heat = Heat(index[::-1].astype(np.uint8), palette.astype(np.uint8))
    return Piece(corners, panel, heat=heat)
