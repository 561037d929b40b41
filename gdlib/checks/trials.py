"""How an answer is tried: named cases that turn it into numbers, on the safe side.

A case gets its own copies of everything, so that an answer may change what it is
given; it runs in a thread of its own, so that one without an end can be stopped; and
whatever goes wrong in it comes back as one sentence.
"""

import copy
from dataclasses import dataclass
from inspect import signature
from numbers import Number

import numpy as np

from ..descent import descend, first_state
from ..objectives import Objective
from ..refusals import signature as states
from .running import Refused

FLAT = Objective(  # flat at the bottom, steep outside: no quadratic
    lambda theta: (theta**4).sum(0), lambda theta: 4 * theta**3, 2, start=(0.0, 1.2)
)


class Untouched(Exception):
    """The answer is still the stub that the notebook gives."""


@dataclass(frozen=True)
class Trial:
    """What is done with an answer.

    cases    name -> function from the answer to what it gives there
    numeric  the answer is a number or several, not a function
    names    of the numbers asked, in order; or of a result's entries
    whole    whole numbers are asked
    """

    cases: dict
    numeric: bool = False
    names: tuple = ()
    whole: bool = False

    def __call__(self, answer):
        """Case -> array of floats. Raises Untouched or Refused."""
        if _is_stub(answer):
            raise Untouched
        if self.numeric:
            return {"": self._numbers(answer)}
        if not callable(answer):
            raise Refused(
                f"Asked is a function, and this is {_article(answer)}. Hand over the "
                "function itself, by its name without brackets."
            )
        return {name: array_of(case(answer), name) for name, case in self.cases.items()}

    def _numbers(self, answer):
        if callable(answer):
            raise Refused("Asked is a number, and this is a function: call it.")
        found = array_of(answer, "")
        count = len(self.names) or 1
        if found.size != count:
            asked = "is one number" if count == 1 else f"are {count} numbers"
            held = "one" if found.size == 1 else f"{found.size}"
            names = f" ({', '.join(self.names)})" if self.names else ""
            raise Refused(f"Asked {asked}{names}, and yours holds {held}.")
        if self.whole and not np.allclose(found, np.round(found), rtol=0, atol=1e-9):
            raise Refused("Asked is a whole number: what does a fraction of it mean?")
        return found.ravel()


def numbers(*names, whole=False):
    """Trial of an answer that is a number, or one for each of these names, in order."""
    return Trial({}, numeric=True, names=names, whole=whole)


def values(cases, names=()):
    """Trial of a function: its values.

    cases  name -> tuple of arguments; name what sets a case apart, as "seven points"
    names  of the entries of a result, if it is always that many numbers
    """

    def calling(given):
        return lambda function: called(function, *copy.deepcopy(given))

    return Trial({n: calling(given) for n, given in cases.items()}, names=names)


def paths(cases):
    """Trial of a method: the paths it walks.

    cases  name -> the arguments of `descend` after the method: objective, and if
           wanted start, steps and hyper-parameters; a function in place of the
           objective makes a new one for each answer, as a stochastic one needs
    """

    def walking(objective, steps=6, **rest):
        def walk(method):
            asked = objective if hasattr(objective, "grad") else objective()
            theta = np.array(rest.get("start", asked.start), float)
            hyper = {n: v for n, v in rest.items() if n not in ("start", "project")}
            first = {n: v(1) if callable(v) else v for n, v in hyper.items()}
            state = first_state(states(method)[0], theta)
            found = called(method, theta, asked.grad, 1, *state.values(), **first)
            _check_step(found, method)  # its own faults come first
            asked = objective if hasattr(objective, "grad") else objective()
            return descend(method, asked, steps=steps, **copy.deepcopy(rest)).theta

        return walk

    return Trial({name: walking(**given) for name, given in cases.items()})


def _check_step(found, method):
    """Refuse what is no next θ with a dict that holds the method's state."""
    if not (isinstance(found, tuple) and len(found) == 2):
        raise Refused(
            "Return two things, with a comma between them: the next θ, and a dict of "
            f"terms. Your function returns {_article(found)} alone."
        )
    if not isinstance(found[1], dict):
        raise Refused(
            f"The second thing you return is {_article(found[1])}; asked is a dict of "
            "terms, such as dict(g=g)."
        )
    for name in states(method)[0]:
        if name not in found[1]:
            raise Refused(
                f"`{name}` is carried from step to step, and the dict that you return "
                "does not hold it."
            )


def called(function, *args, **kwargs):
    """What the function returns; a wrong signature or no result is told."""
    try:
        signature(function).bind(*args, **kwargs)
    except TypeError:
        count = len(args) + len(kwargs)
        raise Refused(
            f"Your function cannot be called with the {count} arguments of the "
            "exercise: keep its first line as it stands there."
        ) from None
    except ValueError:  # a builtin that tells nothing of its arguments
        pass
    found = function(*args, **kwargs)
    if found is None:
        raise Refused("Your function returns nothing: end it with `return`.")
    return found


def array_of(given, case):
    """What was given as an array of floats, whatever it came as."""
    where = f" for {case}" if case else ""
    if _is_stub(given):
        raise Untouched
    if given is None:
        raise Refused(f"Your function returns nothing{where}: end it with `return`.")
    if isinstance(given, dict | set):
        raise Refused(f"{_found(where)} {_article(given)}; asked are numbers alone.")
    try:
        raw = np.asarray(given)
        if raw.dtype.kind in "US" or any(isinstance(x, str) for x in raw.flat):
            raise Refused(f"{_found(where)} text: write numbers without quotes.")
        if raw.dtype.kind == "c":
            raise Refused(f"{_found(where)} complex: is a root taken of a number < 0?")
        found = np.asarray(given, float)
    except (TypeError, ValueError, OverflowError):
        raise Refused(
            f"{_found(where)} {_article(given)} that is no array of numbers: do all "
            "its rows have one length?"
        ) from None
    if raw.dtype == np.float32:
        found = found.astype(np.float32)
    return found


def _found(where):
    return f"Your answer{where} is"


def _article(thing):
    """What an answer is, in words: a number, an array, nothing."""
    if thing is None:
        return "nothing"
    if isinstance(thing, Number):
        return "a number"
    name = type(thing).__name__
    kind = {"ndarray": "array", "str": "text"}.get(name, name)
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _is_stub(given):
    if given is ...:
        return True
    return isinstance(given, tuple | list) and any(_is_stub(x) for x in given)
