"""Notebook 03, stochastic and mini-batch: questions and checks."""

from math import ceil

import numpy as np

from ..exercises import Check, Question
from .running import Refused
from .trials import Trial, called, numbers, values

DEALS = ((10, 4), (12, 4), (7, 3), (5, 8))  # rows, and how many a hand
NEEDS = {  # sigma, N, target
    "a million samples": (3, 10**6, 0.7),
    "800 samples": (25, 800, 1.0),
    "900 samples": (36, 900, 1.0),
    "a strict target": (9, 500, 0.1),
    "a loose target": (1, 30, 3.0),
}


def _rows(n):
    """Data of n rows that differ, and whose numbers are no row numbers."""
    return np.arange(2.0 * n).reshape(n, 2) + 100


def _hands(dealt):
    """The hands as arrays of rows, whatever they came as."""
    try:
        hands = [np.asarray(hand, float) for hand in dealt]
    except (TypeError, ValueError):
        raise Refused("Asked is a list, and in it the hands: arrays of rows.") from None
    for hand in hands:
        if hand.ndim == 1 and hand.size and hand.max() < 100:
            raise Refused(
                "Your hands hold row numbers. Asked are the rows of `data` themselves."
            )
        if hand.size and (hand.ndim != 2 or hand.shape[1] != 2):
            raise Refused(
                "A hand should be an array of rows, each as long as a row of `data`; "
                f"one of yours has the shape {hand.shape}."
            )
    return hands


def _together(hands):
    return np.concatenate([*hands, np.empty(0)], axis=None).reshape(-1, 2)


def _dealt(deal):
    """One epoch of each of the four deals."""
    for n, batch in DEALS:
        yield n, _hands(called(deal, _rows(n), batch, np.random.default_rng(n)))


def _two_epochs(deal, seed=0):
    rng = np.random.default_rng(seed)
    return [_together(_hands(called(deal, _rows(10), 4, rng))) for _ in range(2)]


def sizes(deal):
    """How many rows each hand has; -1 where there is no hand."""
    lengths = [[len(hand) for hand in hands] for _, hands in _dealt(deal)]
    return [(found + [-1] * 6)[:6] for found in lengths]


def once(deal):
    """Whether each row is dealt, and none twice."""
    dealt = [(n, np.sort(_together(hands), axis=None)) for n, hands in _dealt(deal)]
    return [np.array_equal(rows, _rows(n).ravel()) for n, rows in dealt]


def whole(deal):
    """Whether the numbers of a row stay together."""
    return [np.all(rows[:, 0] + 1 == rows[:, 1]) for rows in _two_epochs(deal)]


def order(deal):
    """Whether the rows are shuffled, anew each time, and by the rng that is given."""
    first, second = _two_epochs(deal)
    again, other = _two_epochs(deal)[0], _two_epochs(deal, seed=5)[0]
    return [np.array_equal(first, x) for x in (_rows(10), second, again, other)]


def untouched(deal):
    """Whether the data come back as they were."""
    data = _rows(10)
    _hands(called(deal, data, 4, np.random.default_rng(0)))
    return np.array_equal(data, _rows(10))


def deal(data, batch, rng):
    """Give the right answer to exercise 03.2."""
    rows = rng.permutation(len(data))
    shuffled = data[rows]
    return [shuffled[i : i + batch] for i in range(0, len(data), batch)]


def _in_place(data, batch, rng):
    rng.shuffle(data)
    return [data[i : i + batch].copy() for i in range(0, len(data), batch)]


def _not_shuffled(data, batch, rng):
    return [data[i : i + batch] for i in range(0, len(data), batch)]


def _hands_shuffled(data, batch, rng):
    hands = _not_shuffled(data, batch, rng)
    return [hands[i] for i in rng.permutation(len(hands))]


def counts():
    """Give the right answer to exercise 03.1."""
    samples, batch, updates = 500, 64, 20
    epoch = ceil(samples / batch)
    epochs = updates // epoch
    rest = updates % epoch
    return epoch, epochs * samples + rest * batch


def batch_for(sigma, N, target):
    """Give the right answer to exercise 03.3: (5) solved for B."""
    return ceil(N * sigma**2 / (target**2 * (N - 1) + sigma**2))


CHECKS = {
    "03.1": Check(
        numbers("updates in an epoch", "samples in 20 updates", whole=True),
        counts,
        rtol=1e-4,
        why="⌈500 / 64⌉ = 8 updates an epoch; 2 epochs of 500 and 4 hands of 64 are "
        "1,256 samples, not 20 · 64, because each epoch's last hand holds 52.",
        slips=(
            ((8, 1280), "20 · 64 = 1,280 forgets that every eighth hand is smaller."),
            ((7, 1256), "The 52 samples left over make a hand, and an update, too."),
            (
                (7, 1280),
                "500 = 7 · 64 + 52: the 52 left over make a hand of their own.",
            ),
            ((7, 1384), "500 = 7 · 64 + 52: the 52 left over make an update, too."),
            ((8, 1250), "2.5 epochs of 500? The smaller hand is the last of an epoch."),
            ((8, 1000), "Two epochs, and then? 20 updates are not yet over."),
            ((8, 1244), "Hand 20 is not the last of its epoch: it is a full one."),
            ((8, 20), "An update reads a whole hand, not one sample."),
            ((1256, 8), "Right numbers, other order: first the updates."),
        ),
        hint="Deal it out: how many full hands of 64 fit into 500, what is left, and "
        "which updates read what is left?",
    ),
    "03.2": Check(
        Trial(
            {
                "the sizes of the hands": sizes,
                "every row dealt once": once,
                "rows that stay whole": whole,
                "the order of the rows": order,
                "the data left as they were": untouched,
            }
        ),
        deal,
        why="Every row once an epoch, a new order each time, and the caller's array "
        "as it was.",
        slips=(
            (
                lambda data, batch, rng: deal(
                    data[rng.integers(len(data), size=len(data))], batch, rng
                ),
                "Some rows come twice and others never: that is drawing with "
                "replacement. Each row is dealt once.",
            ),
            (
                lambda data, batch, rng: deal(data, batch, rng)[: len(data) // batch],
                "10 rows in hands of 4 leave 2, and they are missing. The last hand "
                "may be smaller.",
            ),
            (
                _in_place,
                "`data` came back in another order: rng.shuffle works in place. What "
                "does `mini_batch` shuffle instead?",
            ),
            (_not_shuffled, "The rows come in the order of `data`: shuffle them."),
            (
                lambda data, batch, rng: deal(data, batch, np.random.default_rng(1)),
                "Every epoch comes in the same order: use the `rng` you are given, "
                "do not make a new one with a fixed seed.",
            ),
            (
                _hands_shuffled,
                "You shuffle the hands; inside each the rows keep their order.",
            ),
            (
                lambda data, batch, rng: deal(rng.permuted(data, axis=0), batch, rng),
                "The columns were shuffled apart, so x lost its y. Move whole rows.",
            ),
            (
                lambda data, batch, rng: (
                    deal(data, batch, rng) + [data[:0]] * (len(data) % batch == 0)
                ),
                "Where the rows come out even, you deal an empty hand at the end.",
            ),
        ),
        hint="Compare with the lines of `mini_batch` that deal.",
    ),
    "03.3": Check(
        values(NEEDS),
        batch_for,
        why="B = Nσ² / (target²(N − 1) + σ²), rounded up. For N far above B it is "
        "(σ/target)²: half the noise costs four times the samples.",
        slips=(
            (
                lambda sigma, N, target: ceil((sigma / target) ** 2),
                "That is right for N far above B. Keep the second factor of (5).",
            ),
            (
                lambda sigma, N, target: ceil(sigma / target),
                "The noise falls as √B, so B grows with the *square* of σ/target.",
            ),
            (
                lambda sigma, N, target: batch_for(sigma, N, target) - 1,
                "One too few: rounded down, the noise is above the target.",
            ),
            (
                lambda sigma, N, target: round(
                    N * sigma**2 / (target**2 * (N - 1) + sigma**2)
                ),
                "Rounded to the nearest, the noise is sometimes above the target.",
            ),
            (
                lambda sigma, N, target: (
                    N * sigma**2 / (target**2 * (N - 1) + sigma**2)
                ),
                "The formula is right; a batch is a whole number. Up or down?",
            ),
            (
                lambda sigma, N, target: ceil(
                    N * sigma**2 / (target**2 * N + sigma**2)
                ),
                "Nearly: N − 1 stands below the root in (5), not N.",
            ),
            (
                lambda sigma, N, target: ceil(
                    (N - 1) * sigma**2 / (target**2 * (N - 1) + sigma**2)
                ),
                "Nearly: N − B stands above in (5) and N − 1 below. Collect B again.",
            ),
            (
                lambda sigma, N, target: ceil(N * sigma / (target * (N - 1) + sigma)),
                "Square (5) before you solve it: σ² and target², not σ and target.",
            ),
        ),
        hint="Put `target` on the left of (5) and square both sides. Where does B "
        "stand, and what does it become when you bring it to one side?",
    ),
}

QUESTIONS = {
    "03.a": Question(
        text="At η = 0.1 a batch of 50 ends in a small cloud about the minimum. You go "
        "down to a batch of 5 at the same η. How wide is the cloud then?",
        options={
            "As wide as before": "The step is the same, the noise in it is not: see "
            "(5).",
            "3 to 5 times as wide": "The noise of the gradient is √10 ≈ 3.2 times as "
            "large, and the cloud with it. Here it is more, because the ten hands of "
            "50 in an epoch cancel part of one another's errors. At smaller η they "
            "cancel more, and the answer moves towards 10.",
            "10 times as wide": "Ten times fewer samples, but noise goes with the "
            "square root: √10 ≈ 3.2. (Ten would be right for a very small η, at which "
            "the errors of an epoch cancel.)",
        },
        right="3 to 5 times as wide",
    ),
    "03.b": Question(
        text="Far from the minimum, an update from one sample, with a small step: does "
        "the error of the whole data set go down?",
        options={
            "Yes, every time": "It goes down for that sample. The others were not "
            "asked, and may lose more than it gains.",
            "On average, not every time": "The estimate is right on average (4); a "
            "single one may point uphill for the rest. (At the minimum itself there is "
            "nothing to gain, and the average goes up: the noise ball.)",
            "No, one sample says nothing": "It says little, but on average the right "
            "thing (4).",
        },
        right="On average, not every time",
    ),
    "03.c": Question(
        text="A million points, batches of 1, 50, 1,000 and all, each at its best step "
        "from one grid. Who is first to bring the gap under 0.01 and keep it there?",
        options={
            "Batch 1, in samples and in updates": "In samples it is among the first. "
            "But its step must be small to tame the noise: it needs many updates.",
            "The full gradient, in samples and in updates": "Each of its updates is "
            "the best there is, and costs a million samples.",
            "Small batches in samples, the full gradient in updates": "The two budgets "
            "have two winners, and the sizes between are close to both.",
        },
        right="Small batches in samples, the full gradient in updates",
    ),
}
