"""Notebook 03, stochastic and mini-batch: questions and checks."""

from math import ceil

import numpy as np

from ..exercises import Check, Question, Untouched, number, values_at


def _epochs(deal):
    """Trial of a dealer: what two epochs of 10 rows in hands of 4 have in common.

    Returns the sizes of the hands (0 where there is none), then 1 or 0 for: every row
    once, rows kept whole, rows shuffled, another order in the second epoch, the data
    untouched.
    """
    data = np.arange(20.0).reshape(10, 2)
    given, rng, epochs = data.copy(), np.random.default_rng(0), []
    for _ in range(2):
        dealt = deal(given, 4, rng)
        if dealt is None or dealt is ...:
            raise Untouched
        epochs.append([np.array(hand) for hand in dealt])
    sizes = [len(hand) for hand in epochs[0]]
    first, second = (np.concatenate(epoch).reshape(-1, 2) for epoch in epochs)
    facts = (
        all(np.array_equal(np.sort(e[:, 0]), data[:, 0]) for e in (first, second)),
        np.array_equal(first[:, 0] + 1, first[:, 1]),
        not np.array_equal(first, data[: len(first)]),
        not np.array_equal(first, second),
        np.array_equal(given, data),
    )
    return np.array([*(sizes + [0] * 5)[:5], *facts], float)


def _hands(rows, batch):
    return [rows[i : i + batch] for i in range(0, len(rows), batch)]


def _deal(data, batch, rng):
    return _hands(data[rng.permutation(len(data))], batch)


def _with_replacement(data, batch, rng):
    return _hands(data[rng.integers(len(data), size=len(data))], batch)


def _last_dropped(data, batch, rng):
    return _deal(data, batch, rng)[: len(data) // batch]


def _in_place(data, batch, rng):
    rng.shuffle(data)
    return _hands(data, batch)


def _not_shuffled(data, batch, rng):
    return _hands(data, batch)


def _one_order(data, batch, rng):
    return _deal(data, batch, np.random.default_rng(1))


def _random_size(data, batch, rng):
    return [_deal(data, batch, rng)[0][: rng.integers(1, batch)]]


def _columns_apart(data, batch, rng):
    return _hands(rng.permuted(data, axis=0), batch)


def _batch_for(sigma, N, target):
    return ceil(N * sigma**2 / (target**2 * (N - 1) + sigma**2))


CHECKS = {
    "03.1": Check(
        trial=number,
        right=(8, 1256),
        why="⌈500 / 64⌉ = 8 updates an epoch; 2 epochs of 500 and 4 hands of 64 are "
        "1,256 samples, not 20 · 64, because each epoch's last hand holds 52.",
        slips=(
            ((8, 1280), "20 · 64 = 1,280 forgets that every eighth hand is smaller."),
            ((7, 1256), "The 52 samples left over make a hand, and an update, too."),
            (
                (7, 1280),
                "500 = 7 · 64 + 52: the 52 left over make a hand of their own, in "
                "both numbers.",
            ),
            ((8, 20), "An update reads a whole hand, not one sample."),
            ((8, 10000), "An update reads one hand, not all 500 samples."),
            ((7.8125, 1280), "No update is made with a part of a hand: round up."),
            ((1256, 8), "Right numbers, other order: first the updates."),
        ),
        hint="Deal it out: how many full hands of 64 fit into 500, and what is left? "
        "The answer is a pair: updates in an epoch, samples in 20 updates.",
    ),
    "03.2": Check(
        trial=_epochs,
        right=_deal,
        why="Every row once an epoch, a new order each time, and the caller's array "
        "as it was.",
        slips=(
            (
                _with_replacement,
                "Some rows come twice and others never: that is drawing with "
                "replacement. A permutation of the row numbers has each once.",
            ),
            (
                _last_dropped,
                "10 rows in hands of 4 leave 2: they are missing. Keep the smaller "
                "last hand.",
            ),
            (
                _in_place,
                "`data` came back in another order: rng.shuffle works in place. "
                "Index with rng.permutation(len(data)) instead.",
            ),
            (_not_shuffled, "The rows come in the order of `data`: shuffle them."),
            (
                _one_order,
                "Both epochs come in the same order: use the `rng` you are given, "
                "do not make a new one with a fixed seed.",
            ),
            (_random_size, "One hand of a random size: slice all rows, `batch` each."),
            (
                _columns_apart,
                "The columns were shuffled apart, so x lost its y. Shuffle row "
                "numbers and take whole rows.",
            ),
        ),
        hint="Take a permutation of the row numbers, then slices of `batch` of it.",
    ),
    "03.3": Check(
        trial=values_at((3, 20, 0.7), (3, 500, 0.7), (3, 10**6, 0.7), (9, 500, 0.1)),
        right=_batch_for,
        why="B = Nσ² / (target²(N − 1) + σ²), rounded up. For large N it is "
        "(σ/target)²: half the noise costs four times the samples.",
        slips=(
            (
                lambda sigma, N, target: ceil((sigma / target) ** 2),
                "That is right for N far above B. Keep the second factor of (5): for "
                "9, 500 and 0.1 your batch is larger than the data.",
            ),
            (
                lambda sigma, N, target: min(N, ceil((sigma / target) ** 2)),
                "That is right for N far above B. Cutting it off at N is not enough: "
                "keep the second factor of (5).",
            ),
            (
                lambda sigma, N, target: ceil(sigma / target),
                "The noise falls as √B, so B grows with the *square* of σ/target.",
            ),
            (
                lambda sigma, N, target: _batch_for(sigma, N, target) - 1,
                "One too few: rounding down leaves the noise above the target.",
            ),
            (
                lambda sigma, N, target: (
                    N * sigma**2 / (target**2 * (N - 1) + sigma**2)
                ),
                "The formula is right; a batch is a whole number, so round it up.",
            ),
            (
                lambda sigma, N, target: ceil(N * sigma / (target * (N - 1) + sigma)),
                "Square (5) before you solve it: σ² and target², not σ and target.",
            ),
        ),
        hint="Square (5): target² · B · (N − 1) = σ² (N − B). Collect the terms in B.",
    ),
}

QUESTIONS = {
    "03.a": Question(
        text="A batch of 50 ends in a small cloud about the minimum. You go down to a "
        "batch of 5 at the same η. How wide is the cloud then?",
        options={
            "As wide as before": "The step is the same, the noise in it is not: see "
            "(5).",
            "3 to 5 times as wide": "The noise of the gradient is √10 ≈ 3.2 times as "
            "large, and the cloud with it. Here it is more, because the ten hands of "
            "50 in an epoch cancel one another's errors.",
            "10 times as wide": "Ten times fewer samples, but noise goes with the "
            "square root: √10 ≈ 3.2.",
        },
        right="3 to 5 times as wide",
    ),
    "03.b": Question(
        text="An update from one sample, with a small step: does the error of the "
        "whole data set go down?",
        options={
            "Yes, every time": "It goes down for that sample. The others were not "
            "asked, and may lose more than it gains.",
            "On average, not every time": "The estimate is right on average (4); a "
            "single one may point uphill for the rest.",
            "No, one sample says nothing": "It says little, but on average the right "
            "thing (4).",
        },
        right="On average, not every time",
    ),
    "03.c": Question(
        text="A million points, batches of 1, 50, 1,000 and all, each at its best step "
        "from one grid. Who reaches the goal first?",
        options={
            "Batch 1, in samples and in updates": "In samples, yes. But its step must "
            "be small to tame the noise, so it needs many updates.",
            "The full gradient, in samples and in updates": "Each of its updates is "
            "the best there is, and costs a million samples.",
            "Batch 1 in samples, the full gradient in updates": "The two budgets have "
            "two winners, and the sizes between are close to both.",
        },
        right="Batch 1 in samples, the full gradient in updates",
    ),
}
