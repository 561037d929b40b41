"""A claim: a sentence of the course that compares or generalises, and its referee.

    @claim(
        "a quarter of the steps",
        says="in the ravine with κ = 25 at η = 0.06, γ = 0.6 settles before γ = 0",
        at=dict(kappa=25, angle=0),
        vary=dict(kappa=(15, 25, 32), angle=(0, 20, 45)),
    )
    def test_some_memory_helps(kappa, angle):
        'Settling time under a gap of 1e-6, plain gradient descent beside momentum.'
        runs = descend(momentum, ravine(kappa, angle), steps=2000, lr=0.06, ...)
        plain, kept = runs.settling_time(1e-6)
        return kept < plain

Each is a test: at the notebook's own settings the claim must hold, and over the
variations in the share that the entry names. `python -m tests.claims` runs all of
them, those too that need minutes, and writes the page that lists them.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np


@dataclass(frozen=True, eq=False)
class Claim:
    """One entry.

    notebook  its two digits, from the name of the module
    quote     words that stand in the notebook, or in its questions, as they are
    says      the claim in one line that is understood by itself
    measured  how, in a sentence
    at        the settings of the notebook, by name
    vary      name -> values: every combination is tried, the rest as in `at`
    share     the least share of the variations in which it must hold
    holds     settings -> a truth value, or an array of them for variations made inside
    """

    notebook: str
    quote: str
    says: str
    measured: str
    at: dict
    vary: dict
    share: float
    holds: object

    def at_home(self):
        """Whether it holds at every point of the notebook's own settings."""
        return bool(np.all(self.holds(**self.at)))

    def verdicts(self):
        """One truth value for each variation."""
        found = []
        for values in product(*self.vary.values()):
            settings = self.at | dict(zip(self.vary, values, strict=True))
            found.append(np.ravel(np.asarray(self.holds(**settings), bool)))
        return np.concatenate(found)


def claim(quote, *, says, at=None, vary=None, share=1.0, slow=False):
    """Turn a function from settings to truth values into a claim's test.

    slow  it needs more than about a second: left to `make claims`
    """

    def entry(holds):
        held = Claim(
            notebook=holds.__module__[-2:],
            quote=quote,
            says=says,
            measured=" ".join(holds.__doc__.split()),
            at=dict(at or {}),
            vary=dict(vary or {}),
            share=share,
            holds=holds,
        )

        def test():
            assert held.at_home(), f"not at the notebook's own settings: {says}"
            verdicts = held.verdicts()
            assert verdicts.mean() >= share, (
                f"{says}: holds in {verdicts.sum()} of {len(verdicts)} variations, "
                f"claimed {share:.0%}"
            )

        test.__name__, test.__doc__, test.__module__ = (
            holds.__name__,
            holds.__doc__,
            holds.__module__,
        )
        test.claim, test.__test__ = held, not slow
        return test

    return entry
