"""How each library calls the settings of our ten methods, and what it has instead.

Our words, in formulas: lr η, gamma γ, beta1 β₁, beta2 β₂, eps ε, and

    dampening  τ: from step 2 on g counts (1 − τ) times
    start      G₀, what Adagrad's sum begins at
    lr_decay   d: η / (1 + d (t − 1))
    inside     whether ε stands inside the root (Adamax: inside the maximum)
    eps_root   a second ε, inside the root
    hat        whether ε stands beside the uncorrected √v
    order      what AMSGrad does first with v: "maximum" or "correction"
    psi        ψ of Nadam's β₁ (1 − ½ · 0.96^(ψt)); infinite where β₁ is constant
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..methods import METHODS
from ..references import recorded
from ..refusals import ALLOWED, as_numbers, signature

LIBRARIES = ("gdlib", "PyTorch", "optax", "Keras")

# our word -> the library's argument
COMMON = {
    "gdlib": {},
    "PyTorch": dict(
        beta1="betas[0]",
        beta2="betas[1]",
        start="initial_accumulator_value",
        psi="momentum_decay",
    ),
    "optax": dict(
        lr="learning_rate",
        beta1="b1",
        beta2="b2",
        start="initial_accumulator_value",
        inside="eps_in_sqrt",
    ),
    "Keras": dict(
        lr="learning_rate",
        beta1="beta_1",
        beta2="beta_2",
        eps="epsilon",
        start="initial_accumulator_value",
    ),
}
GAMMA = {  # γ has another name in nearly every method
    "PyTorch": dict(
        momentum="momentum", nesterov="momentum", adadelta="rho", rmsprop="alpha"
    ),
    "optax": dict(
        momentum="momentum", nesterov="momentum", adadelta="rho", rmsprop="decay"
    ),
    "Keras": dict(
        momentum="momentum", nesterov="momentum", adadelta="rho", rmsprop="rho"
    ),
}
SETTINGS = {  # of a method, in our words, wherever it is
    "gradient_descent": "lr",
    "momentum": "lr gamma",
    "nesterov": "lr gamma",
    "adagrad": "lr eps",
    "adadelta": "lr gamma eps",
    "rmsprop": "lr gamma eps",
    "adam": "lr beta1 beta2 eps",
    "adamax": "lr beta1 beta2 eps",
    "amsgrad": "lr beta1 beta2 eps",
    "nadam": "lr beta1 beta2 eps",
}
MORE = {  # what a library can set beside that
    ("momentum", "PyTorch"): "dampening",
    ("adagrad", "PyTorch"): "lr_decay start",
    ("adagrad", "optax"): "start",
    ("adagrad", "Keras"): "start",
    ("rmsprop", "optax"): "inside",
    ("adam", "optax"): "eps_root",
    ("nadam", "PyTorch"): "psi",
}
FIXED = {  # what a formula has where there is nothing to set, and who has it otherwise
    "momentum": (dict(dampening=0.0), {}),
    "adagrad": (
        dict(inside=True, start=0.0, lr_decay=0.0),
        {"PyTorch": dict(inside=False)},
    ),
    "adadelta": (dict(lr=1.0), {}),
    "rmsprop": (dict(inside=True), {"PyTorch": dict(inside=False)}),
    "adam": (dict(hat=False, eps_root=0.0), {"Keras": dict(hat=True)}),
    "adamax": (
        dict(inside=False),
        {"PyTorch": dict(inside=True), "optax": dict(inside=True)},
    ),
    "amsgrad": (
        dict(hat=False, order="maximum"),
        {"Keras": dict(hat=True), "optax": dict(order="correction")},
    ),
    "nadam": (dict(psi=math.inf), {"Keras": dict(psi=1.0)}),
}
LEAST = "0 or more", lambda value: value >= 0
RULES = ALLOWED | {
    "dampening": ("at least 0 and below 1", lambda value: (value >= 0) & (value < 1)),
    "start": LEAST,
    "lr_decay": LEAST,
    "eps_root": LEAST,
    "psi": LEAST,
}


@dataclass(frozen=True)
class Dialect:
    """What one library calls one of our methods.

    library    its name
    optimizer  how it is called, "torch.optim.SGD"; "descend" in gdlib
    arguments  our word -> its argument, in the order in which they are typed
    defaults   its argument -> default; None: it has to be said
    fixed      our word -> what the formula has and nobody can set
    flags      its argument -> what makes it this method, as nesterov=True
    """

    library: str
    optimizer: str
    arguments: dict
    defaults: dict
    fixed: dict
    flags: dict

    def form(self, settings):
        """All that enters the formula, in our words; `settings` in the library's.

        Raises ValueError for an unknown or missing setting, or a value that is not
        allowed.
        """
        given = _flat(settings)
        given = {n: v for n, v in given.items() if self.flags.get(n) != v}
        for name in given:
            if name not in self.arguments.values():
                allowed = ", ".join(self.arguments.values())
                raise ValueError(
                    f"{name} is no setting of {self.optimizer} here; allowed: "
                    f"{allowed}."
                )
        found = {
            ours: self._value(ours, theirs, given)
            for ours, theirs in self.arguments.items()
        }
        return self.fixed | found

    def _value(self, ours, theirs, given):
        value = given.get(theirs, self.defaults[theirs])
        if value is None:
            raise ValueError(
                f"{theirs} is missing, and {self.optimizer} has no default; allowed: "
                "a number."
            )
        if ours == "inside":
            if not isinstance(value, bool | np.bool_):
                raise ValueError(f"{theirs} is {value!r}; allowed: True or False.")
            return bool(value)
        rule, holds = RULES[ours]
        number = as_numbers(value)
        if number.ndim or not (np.isfinite(number) and holds(number)):
            raise ValueError(f"{theirs} is {value!r}; allowed: {rule}.")
        return float(number)


def _flat(settings):
    """Settings with a pair of betas as two."""
    given = dict(settings)
    if "betas" in given:
        betas = given.pop("betas")
        if not (isinstance(betas, tuple | list) and len(betas) == 2):
            raise ValueError(f"betas is {betas!r}; allowed: two numbers, (β₁, β₂).")
        given |= {"betas[0]": betas[0], "betas[1]": betas[1]}
    return given


@cache
def dialect(method, library):
    """The Dialect of a method (its name in METHODS) in a library.

    Raises ValueError for a method or a library that there is not.
    """
    for kind, name, known in (
        ("method", method, METHODS),
        ("library", library, LIBRARIES),
    ):
        if name not in known:
            raise ValueError(f"{kind} is {name!r}; allowed: {', '.join(known)}.")
    words = f"{SETTINGS[method]} {MORE.get((method, library), '')}".split()
    if (method, library) == ("adadelta", "gdlib"):
        words.remove("lr")
    names = COMMON[library] | {"gamma": GAMMA.get(library, {}).get(method, "gamma")}
    everywhere, here = FIXED.get(method, ({}, {}))
    fixed = everywhere | here.get(library, {})
    arguments = {word: names.get(word, word) for word in words}
    optimizer, defaults, flags = _known(method, library, arguments.values())
    return Dialect(
        library,
        optimizer,
        arguments,
        defaults,
        {word: value for word, value in fixed.items() if word not in words},
        flags,
    )


def _known(method, library, names):
    """The optimizer, its defaults and its flags, as recorded."""
    if library == "gdlib":
        return "descend", dict(signature(METHODS[method])[1]), {}
    theirs = recorded(method)[library]
    defaults = _flat(theirs.defaults | theirs.native)
    flags = {name: value for name, value in theirs.native.items() if value is True}
    required = (None, "required")
    return (
        theirs.optimizer,
        {n: None if defaults[n] in required else defaults[n] for n in names},
        flags,
    )
