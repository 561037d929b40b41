"""Settings of one library as settings of another: `translate`.

`dialects` says what each library calls a setting and what it has fixed, `rules` what
becomes of a formula elsewhere. The versions are those of `gdlib.recorded`.
"""

from dataclasses import dataclass

from .dialects import LIBRARIES, dialect
from .rules import NEAR, NONE, RULES, SAME
from .schedule import Schedule, number

__all__ = ["LIBRARIES", "NEAR", "NONE", "SAME", "Translation", "dialect", "translate"]


@dataclass(frozen=True)
class Translation:
    """What to type in another library.

    method     its name in METHODS
    source     the library that the settings are of
    target     the library to type in
    said       what is typed in the source library
    code       what to type in the target library; "" if there is no translation
    arguments  argument there -> number, or a function of t = 1, 2, … where it changes
               from step to step; None if there is no translation. For gdlib they are
               hyper-parameters of `descend`. optax's scale_by_schedule stands before
               its optimiser, in a chain
    verdict    "the same", to rounding; "the nearest"; or "no translation"
    why        the reason, and how far off the nearest is
    """

    method: str
    source: str
    target: str
    said: str
    code: str
    arguments: dict | None
    verdict: str
    why: str

    def __repr__(self):
        lines = [f"{self.method}, {self.source}: {self.said}"]
        typed = f"\n{self.code}".replace("\n", "\n    ") if self.code else ""
        return "\n".join(
            [*lines, f"In {self.target}, {self.verdict}:{typed}", self.why]
        )


def translate(method, settings, source, target):
    """Say what to type in another library, and how well it fits.

    method    one of gdlib's ten, its name: "rmsprop"
    settings  argument -> number, as the source library calls them: dict(alpha=0.97,
              eps=1e-3); what is not said has that library's default
    source    "gdlib", "PyTorch", "optax" or "Keras"
    target    the same

    Returns a Translation. Raises ValueError in one sentence for a method, a library
    or a setting that there is not, or a value that is not allowed.

    Sources: torch.optim, optax and keras.optimizers, at the versions that `recorded`
    names. Notebook 15 teaches it.
    """
    here, there = dialect(method, source), dialect(method, target)
    form = here.form(settings)
    said = _call(here, method, {n: form[n] for n in here.arguments}, here.flags)
    same = source == target
    fit = RULES[method](form, there)
    if fit.verdict == NONE:
        return Translation(method, source, target, said, "", None, NONE, fit.why)
    settings = {n: fit.settings[n] for n in there.arguments}
    code = _call(there, method, settings, there.flags | fit.flags)
    arguments = {there.arguments[n]: value for n, value in settings.items()}
    why = "The same library." if same else fit.why
    found = arguments | fit.flags
    return Translation(method, source, target, said, code, found, fit.verdict, why)


def _call(there, method, settings, flags):
    """The line, or lines, to type."""
    typed = {there.arguments[n]: _typed(there, n, v) for n, v in settings.items()}
    later = {n: v for n, v in typed.items() if v is None}
    typed = {n: v for n, v in typed.items() if v is not None} | flags
    ahead = typed.pop("scale_by_schedule", None)
    if "betas[0]" in typed:
        betas = f"({typed.pop('betas[0]')}, {typed.pop('betas[1]')})"
        typed = {"lr": typed.pop("lr"), "betas": betas} | typed
    first = {"gdlib": [method, "objective"], "PyTorch": ["params"]}
    inside = first.get(there.library, []) + [f"{n}={v}" for n, v in typed.items()]
    optimizer = there.optimizer
    if there.library == "optax" and isinstance(settings.get("eps"), Schedule):
        optimizer = f"optax.inject_hyperparams({optimizer})"
    line = f"{optimizer}({', '.join(inside)})"
    if ahead:
        scaled = f"optax.scale_by_schedule({_typed(there, '', ahead)})"
        return f"optax.chain({scaled}, {line})"
    if not later:
        return line
    ((name, text),) = [(there.arguments[n], settings[n].at()) for n in ("eps",)]
    return (
        f"optimizer = {line}\n# before each step t = 1, 2, …:\n"
        f'for group in optimizer.param_groups:\n    group["{name}"] = {text}'
    )


def _typed(there, word, value):
    """A setting as it is typed; None for what PyTorch is told before every step."""
    if not isinstance(value, Schedule):
        return number(value)
    if there.library == "gdlib":
        return repr(value)
    if there.library == "optax":
        return f"lambda count: {value.at('(count + 1)', 'count')}"
    return value.in_keras() if there.library == "Keras" else None
