"""The translator: boxes under each library's own names, and what they are told."""

from types import SimpleNamespace

import pytest
from ipywidgets.widgets.widget import _instances as living

from gdlib import METHODS, cells
from gdlib.live import translator
from gdlib.translation import LIBRARIES, dialect


@pytest.fixture
def displayed(monkeypatch):
    """The bundles that come before the translator's own."""
    shown = []
    monkeypatch.setattr(cells, "display", lambda data, **_: shown.append(data))
    return shown


def told(board):
    """What stands in the page below the boxes."""
    return board.children[2].value


def test_boxes_bear_the_library_s_names_and_hold_its_defaults():
    board = translator()
    assert board.values == dict(lr=0.01, alpha=0.99, eps=1e-8)
    board.choices["source"].value = "Keras"
    assert board.values == dict(learning_rate=0.001, rho=0.9, epsilon=1e-7)
    board.choices["method"].value = "momentum"
    assert board.values == dict(learning_rate=0.01, momentum=0.9)
    board.choices["source"].value = "optax"  # which has no default lr
    assert board.values == dict(learning_rate=0.01, momentum=0.9)
    board.choices["method"].value = "adadelta"
    assert board.values["learning_rate"] == 1.0


@pytest.mark.parametrize("method", METHODS)
def test_every_choice_has_an_answer_and_a_label_on_every_box(method):
    board = translator(method, "gdlib", "PyTorch")
    for source in LIBRARIES:
        board.choices["source"].value = source
        names = [box.description for box in board.boxes.values()]
        assert names == list(dialect(method, source).arguments.values())
        for target in LIBRARIES:
            board.choices["target"].value = target
            assert board.translation.target == target
            assert board.translation.why in board.says


def test_answer_follows_the_boxes():
    board = translator("rmsprop", "PyTorch", "Keras")
    board.boxes["eps"].value = 0.01
    board.boxes["alpha"].value = 0.5
    assert board.translation.code == (
        "keras.optimizers.RMSprop(learning_rate=0.01, rho=0.5, epsilon=0.0001)"
    )
    assert "<b>In Keras this is the nearest:</b>" in told(board)
    assert board.translation.code in told(board)
    board.choices["target"].value = "optax"
    assert "eps_in_sqrt=False" in told(board)
    assert "this is the same" in told(board)


def test_check_box_is_a_setting_too():
    board = translator("rmsprop", "optax", "PyTorch")
    assert board.translation.verdict == "the nearest"
    board.boxes["eps_in_sqrt"].value = False
    assert board.translation.verdict == "the same"


def test_bad_number_is_told_in_a_sentence_and_forgotten():
    board = translator("adam", "PyTorch", "Keras")
    board.boxes["eps"].value = -1
    assert board.says == "eps is -1.0; allowed: 0 or more."
    assert told(board) == f'<p role="alert">{board.says}</p>'
    assert board.translation is None
    board.boxes["betas[0]"].value = 1
    assert "betas[0] is 1.0; allowed: at least 0 and below 1." in told(board)
    board.choices["method"].value = "nadam"
    assert board.translation is not None
    assert "alert" not in told(board)


def test_no_translation_shows_no_code():
    board = translator("amsgrad", "optax", "gdlib")
    assert "<b>In gdlib: no translation</b>." in told(board)
    assert told(board).count("<pre") == 1


def test_what_there_is_not_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="method is 'adamw'; allowed: gradient"):
        translator("adamw")
    with pytest.raises(ValueError, match="library is 'torch'; allowed: gdlib"):
        translator("adam", "torch")


def test_page_without_a_kernel_has_the_answer(displayed):
    board = translator("adagrad", "optax", "PyTorch")
    bundle, _ = board._repr_mimebundle_()
    style, twin = displayed
    assert "gd-twin" in style["text/html"]
    assert twin["text/plain"] == repr(board.translation)
    assert "```python\ntorch.optim.Adagrad(params" in twin["text/markdown"]
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"].startswith("Run this cell in JupyterLab")


def test_boxes_that_are_gone_are_closed():
    board = translator()
    for name in METHODS:
        board.choices["method"].value = name
    before = len(living)
    for _ in range(5):
        for name in METHODS:
            board.choices["method"].value = name
    assert len(living) == before


def test_running_a_cell_again_closes_what_it_made(displayed, monkeypatch):
    made, counts = {}, []
    monkeypatch.setattr(cells, "_made", made)
    for run in range(4):
        parent = dict(header=dict(msg_id=run), metadata=dict(cellId="c"))
        shell = SimpleNamespace(get_parent=lambda parent=parent: parent)
        monkeypatch.setattr(cells, "get_ipython", lambda shell=shell: shell)
        translator()._repr_mimebundle_()
        counts.append(len(living))
    assert len(set(counts)) == 1
    ((_, [last]),) = made.values()
    cells.close(last)
