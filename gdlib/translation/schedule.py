"""Settings that change from step to step, and numbers as they are typed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """A setting that changes from step to step.

    text     the expression, with {t} for the step, 1, 2, …, and {before} for t − 1
    numbers  name -> value, for the other names in braces
    keras    the same as a schedule of Keras, where it has one
    """

    text: str
    numbers: dict
    keras: str = ""

    def at(self, t="t", before="(t - 1)"):
        """The expression with these words for t and t − 1."""
        return self.text.format(t=t, before=before, **self._typed())

    def in_keras(self):
        """The expression as Keras has it."""
        return f"keras.optimizers.schedules.{self.keras.format(**self._typed())}"

    def _typed(self):
        return {name: number(value) for name, value in self.numbers.items()}

    def __call__(self, t):
        """The value at a step t, from 1 on."""
        return eval(self.at(), {"t": t})

    def __repr__(self):
        return f"lambda t: {self.at()}"


def number(value):
    """A number as it is typed, to twelve digits."""
    if isinstance(value, bool):
        return str(value)
    text = f"{value:.12g}"
    return f"{text}.0" if text.lstrip("-").isdigit() else text
