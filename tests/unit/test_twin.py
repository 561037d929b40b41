"""The static twin: the picture that stands where no dashboard can."""

import base64
import io
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from gdlib import (
    BOWL,
    HIMMELBLAU,
    PARABOLA,
    ROSENBROCK,
    adam,
    cells,
    gradient_descent,
    line_data,
    momentum,
    mse,
    nesterov,
    ravine,
)
from gdlib.live import explore, race, rate_map, step_player


def moved(player):
    """A player past its start: until then its twin shows the first step, taken."""
    player.set(term=3)
    return player


BOARDS = {
    "explore": lambda: explore(ravine, [gradient_descent, momentum], lr=(0.01, 1, 0.1)),
    "step_player": lambda: moved(step_player(adam, ROSENBROCK)),
    "rate_map": lambda: rate_map(momentum, ravine(10), steps=50),
    "race": lambda: race(HIMMELBLAU, [gradient_descent, adam], steps=100),
    "regression": lambda: explore(
        mse(*line_data(np.random.default_rng(0), 60)), gradient_descent
    ),
}


@pytest.fixture
def displayed(monkeypatch):
    """The bundles that come before a dashboard's own, as (data, metadata)."""
    found = []

    def display(data, metadata=None, raw=False):
        assert raw
        found.append((data, metadata))

    monkeypatch.setattr(cells, "display", display)
    return found


def picture_of(board, displayed):
    """The twin's picture and its metadata, as the notebook's file keeps them."""
    board._repr_mimebundle_()
    data, metadata = displayed[-1]
    png = base64.b64decode(data["image/png"])
    return Image.open(io.BytesIO(png)), len(png), metadata["image/png"]


@pytest.mark.parametrize("make", BOARDS.values(), ids=BOARDS)
def test_twin_is_one_small_picture_before_the_dashboard(make, displayed):
    board = make()
    data, _ = board._repr_mimebundle_()
    (style, _), (still, metadata) = displayed
    assert 'class="gd-twin"' in style["text/html"]
    assert board.model_id in str(data["application/vnd.jupyter.widget-view+json"])
    assert board.model_id not in data["text/plain"]
    assert data["text/plain"].endswith(board.says)
    png = base64.b64decode(still["image/png"])
    assert len(png) < 60_000
    picture = Image.open(io.BytesIO(png))
    assert picture.width == pytest.approx(1.25 * metadata["image/png"]["width"], abs=1)
    board.close()


def test_twin_and_its_text_are_the_same_in_every_run(displayed):
    texts = []
    for _ in range(2):
        board = BOARDS["explore"]()
        texts.append(board._repr_mimebundle_()[0]["text/plain"])
        board.close()
    assert texts[0] == texts[1]
    assert displayed[:2] == displayed[2:]


def test_sentence_of_a_dashboard_is_that_of_its_picture(displayed):
    board = step_player(nesterov, BOWL, steps=4)
    board.set(term=11)
    assert displayed == []  # only a display displays
    data, _ = board._repr_mimebundle_()
    assert board.says.startswith("Step 3 of Nesterov: ")  # four rows a step
    assert board.says in data["text/plain"]
    board.close()


@pytest.mark.parametrize("steps", [15, 400, 1000])
def test_numbers_on_the_axes_neither_touch_nor_leave_the_picture(steps):
    board = explore(PARABOLA, gradient_descent, steps=(1, 1000, steps))
    for plot_ in board._plots:
        figure, ax = plot_.laid_out(board.values, (420, 330))
        figure.canvas.draw()
        numbers = [n.get_window_extent() for n in ax.get_xticklabels()]
        assert len(numbers) >= 4
        assert all(a.x1 + 6 < b.x0 for a, b in pairwise(numbers))
        assert max(number.x1 for number in numbers) < 420
    (tolerance,) = ax.texts
    assert ax.bbox.x1 < tolerance.get_window_extent().x0
    assert tolerance.get_window_extent().x1 < 420
    board.close()


def test_twin_paints_the_path_where_the_browser_would(displayed):
    look = dict(start=(-0.8, 0.6), steps=1, lr=(0.1, 1, 0.5))
    board = explore(BOWL, gradient_descent, **look)
    picture, _, _ = picture_of(board, displayed)
    png = picture.convert("L")
    still = board._plots[0].still(board.values, (420, 330))
    start, end, aside = still.project(np.array([[-0.8, 0.6], [0, 0], [0.5, 0.5]]))

    def darkness(spot):
        x, y = 1.25 * spot[0], 1.25 * (spot[1] + 24)
        return png.getpixel((round(x), round(y)))

    assert darkness((start + end) / 2) < 60  # on the line
    assert darkness(aside) > 120
    board.close()


def test_twin_shows_the_picture_of_the_moment(displayed):
    board = explore(BOWL, gradient_descent, steps=5)
    first, _, _ = picture_of(board, displayed)
    board.set(lr=0.7)
    second, _, _ = picture_of(board, displayed)
    assert first.tobytes() != second.tobytes()
    board.set(lr=0.1)
    assert picture_of(board, displayed)[0].tobytes() == first.tobytes()
    board.close()


def test_twin_says_what_the_lines_of_several_methods_are(displayed):
    pictures = []
    for methods in (gradient_descent, [gradient_descent, momentum, adam, nesterov]):
        board = explore(BOWL, methods, lr=0.1, steps=5)
        pictures.append(picture_of(board, displayed)[0].convert("L"))
        board.close()
    alone, four = pictures
    assert four.height >= alone.height + 20  # a second line of the legend
    below = round(1.25 * (330 + 24))  # a title and the plot lie above the legend
    legend = np.array(four)[below : below + round(1.25 * 40)]
    assert (legend < 100).mean() > 0.01  # ink
