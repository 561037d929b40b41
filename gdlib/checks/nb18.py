"""Notebook 18, scaling out: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from .trials import numbers, values

CHUNKS = {
    "two chunks of two numbers": (
        np.array([2, 3]),
        np.array([[-4.0, 1.0], [-12.0, 0.5]]),
    ),
    "four chunks, one of a single point": (
        np.array([10, 1, 4, 25]),
        np.array([[0.3, -1.0, 2.0], [50.0, 4.0, -9.0], [1.5, 2.5, 0.0], [-0.4, 1, 3]]),
    ),
    "as many chunks as parameters": (
        np.array([7, 1, 2]),
        np.array([[1.0, 2.0, -3.0], [4.0, -1.0, 0.5], [-2.0, 6.0, 1.5]]),
    ),
    "one chunk": (np.array([6]), np.array([[0.2, -0.7]])),
}


def combine(n, g):
    """Give the right answer to exercise 18.1."""
    total = (n[:, None] * g).sum(axis=0)  # (1)
    return total / n.sum()  # (2)


def costs():
    """Give the right answer to exercise 18.2."""
    c, points, latency, slow = 20e-9, 400e6, 5e-3, 20e-3
    work = c * points
    workers = np.sqrt(work / latency)  # (4)
    seconds = work / workers + latency * workers  # (3)
    later = work / 80 + slow * 80  # (3)
    return workers, seconds, later


MEETINGS = {
    "two workers, five steps": (np.array([1.0, 9.0]), np.array([0.0, 1.0]), 0.1, 5),
    "one step": (np.array([2.0, 0.5, 4.0]), np.array([1.0, -2.0, 0.3]), 0.2, 1),
    "five workers": (
        np.array([0.3, 1.0, 2.5, 3.0, 6.0]),
        np.array([-1.0, 4.0, 0.5, 2.0, -3.0]),
        0.15,
        3,
    ),
    "steps that overshoot": (np.array([1.0, 14.0]), np.array([2.0, -1.0]), 0.1, 3),
}


def rest_point(a, c, lr, H):
    """Give the right answer to exercise 18.3."""
    r = (1 - lr * a) ** H  # (5)
    weight = 1 - r
    return (weight * c).sum() / weight.sum()  # (6)


CHECKS = {
    "18.1": Check(
        values(CHUNKS),
        combine,
        why="Each mean times its number of points is a sum again, and sums add up. "
        "Chunks of any size, on any number of workers, give the gradient of J.",
        slips=(
            (
                lambda n, g: g.mean(axis=0),
                "That is the mean of the means: every chunk counts alike, however many "
                "points it holds.",
            ),
            (
                lambda n, g: g.sum(axis=0),
                "You add the means up. How many points does each speak for?",
            ),
            (
                lambda n, g: (n[:, None] * g).mean(axis=0),
                "The weights are right. You divide by the number of chunks; J is a "
                "mean over all points.",
            ),
            (
                lambda n, g: n @ g,
                "That is the sum over all points; J is their mean.",
            ),
            (
                lambda n, g: g.sum(axis=0) / n.sum(),
                "The rows of g are means already: before you divide by all points, "
                "make each a sum over its chunk again.",
            ),
            (
                lambda n, g: (g / n[:, None]).sum(axis=0),
                "You divide each mean by its number of points once more; a sum over "
                "the chunk is the mean times that number.",
            ),
        ),
        hint="n_k times the k-th row is the chunk's sum. Add these up along the "
        "chunks, then divide once.",
    ),
    "18.2": Check(
        numbers("workers", "seconds", "seconds of the 80 in the slow network"),
        costs,
        why="With the best number the two terms of (3) are alike, 0.2 s each. In the "
        "slow network 20 workers would be best, with 0.8 s: four times as many take "
        "more than twice as long.",
        slips=(
            (
                (40, 0.2, 0.1),
                "You took the work alone: (3) has another term, the turns of the "
                "workers.",
            ),
            (
                (40, 0.2, 1.6),
                "You took one term of (3) each time; a step takes the sum of both.",
            ),
            (
                (40, 0.2, 1.7),
                "The step is the sum of two equal terms: (4) has a 2.",
            ),
            (
                (40, 0.4, 1.6),
                "The third number is the messages alone. The 80 have work, too.",
            ),
            (
                (40, 0.4, 0.8),
                "The third number is that of the best number for the slow network. "
                "Asked is the time with 80.",
            ),
            (
                (40, 0.4, 1.0),
                "The third number is that of 40 workers. There are 80 now.",
            ),
            ((40, 0.4, 0.5), "The third number is without the slow network."),
            ((40, 400, 1700), "Those are milliseconds; asked are seconds."),
            *(((1600, seconds, 1.7), "(4) has a root.") for seconds in (0.4, 8.005)),
            *(
                (
                    (0.025, seconds, 1.7),
                    "Less than one worker? In (4) ℓ stands below.",
                )
                for seconds in (0.4, 8 / 0.025 + 0.005 * 0.025)
            ),
        ),
        hint="First cN, in seconds (n means 1e-9, m means 1e-3). Then (4), then (3) "
        "twice.",
    ),
    "18.3": Check(
        values(MEETINGS),
        rest_point,
        why="A worker that has nearly arrived at its own minimum before the meeting "
        "pulls with weight 1, however steep its loss is. For H = 1 the weights are in "
        "proportion to the curvatures.",
        slips=(
            (
                lambda a, c, lr, H: (a * c).sum() / a.sum(),
                "That is the minimum of the sum, where H = 1 ends. H steps multiply "
                "the distance H times; they are not one step of H times the length.",
            ),
            (
                lambda a, c, lr, H: c.mean(),
                "That is the limit of many steps between two meetings. For few steps "
                "the weights differ.",
            ),
            (
                lambda a, c, lr, H: (
                    ((1 - lr * a) ** H * c).sum() / ((1 - lr * a) ** H).sum()
                ),
                "You weigh by what is left of the distance, r; a worker pulls by what "
                "it goes, 1 − r.",
            ),
            (
                lambda a, c, lr, H: ((1 - (1 - lr * a) ** H) * c).mean(),
                "That is one round from θ = 0, not where the rounds end: which θ does "
                "(5) leave as it is?",
            ),
            *(
                (slip, "H belongs to the whole factor: (1 − ηa) to the power H.")
                for slip in (
                    lambda a, c, lr, H: (a**H * c).sum() / (a**H).sum(),
                    lambda a, c, lr, H: (
                        ((1 - (lr * a) ** H) * c).sum() / (1 - (lr * a) ** H).sum()
                    ),
                )
            ),
        ),
        hint="Take (5), set the new θ equal to the old one, and solve for it. Then "
        "compare your r: H steps, each times 1 − ηa.",
    ),
}

QUESTIONS = {
    "18.a": Question(
        text="With P workers a step takes cN/P + ℓP. You have the best number of "
        "workers, and the data grow to a hundred times as much. How many are best now?",
        options={
            "A hundred times as many.": "Then each would compute as long as before, "
            "and the turns of the workers would take a hundred times as long.",
            "Ten times as many.": "By (4) the best number grows with the root of N. "
            "The step takes ten times as long, too.",
            "As many as before.": "That leaves each with a hundred times the work, "
            "while the turns of the workers take no longer than before. More help.",
        },
        right="Ten times as many.",
    ),
    "18.b": Question(
        text="A worker is killed in the middle of a step, with about half of the data "
        "in its memory. What becomes of the step?",
        options={
            "It ends with an error.": "The scheduler sees that the worker is gone and "
            "knows which tasks made what it held.",
            "It ends with the gradient of the other half.": "A task whose chunk is "
            "missing waits for it; nothing is left out of the sum.",
            "It ends with the right gradient, later.": "The lost chunks are made once "
            "more, by the same tasks from the same seeds, elsewhere.",
        },
        right="It ends with the right gradient, later.",
    ),
    "18.c": Question(
        text="From batches of 8 at η = 0.125 to batches of 128. The linear rule asks "
        "for η = 2. How does the training loss after eight epochs compare?",
        options={
            "About the same: that is what the rule is for.": "It is, up to batches of "
            "64 at η = 1. Here the rule asks for more than the start of a run bears.",
            "Several times as large, but it falls.": "That is what the old η does, "
            "with a fifteenth of the steps. η = 2 does worse.",
            "It is worse than guessing.": "The steps are too long for the start of a "
            "run: its loss shoots up, and in eight epochs most do not come back.",
        },
        right="It is worse than guessing.",
    ),
    "18.d": Question(
        text="Both take a hundred steps of their own between two meetings. Where does "
        "their mean come to rest?",
        options={
            "Near 0.5.": "Each has arrived at its own minimum before they meet, and "
            "the plain mean of 0 and 1 is 0.5.",
            "Near 0.9, after fewer meetings.": "Fewer meetings, yes. But before each "
            "one both arrive at their own minimum, and a mean of those knows nothing "
            "of how steep they are.",
            "Near 1, the minimum of the steeper one.": "The steeper one arrives "
            "sooner. But in a hundred steps the other arrives, too.",
        },
        right="Near 0.5.",
    ),
}
