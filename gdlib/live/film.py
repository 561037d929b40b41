"""Film: Play, single steps and scrubbing, all on one control."""

import ipywidgets as widgets

from .layout import button

PACES = {"slow": 3.0, "medium": 1.0, "fast": 0.4}
TICK = 60  # least milliseconds between two pictures of Play


class Film:
    """What Play does: it moves a control through whole numbers, from 0 to a length.

    control  an IntSlider, or a SelectionSlider whose options are as many
    length   function (values) -> the last number
    all      milliseconds that it takes, or None for one every `each`
    each     milliseconds a number stays
    whole    whether any other change shows all again
    """

    def __init__(self, control, length, all=4000, each=1500, whole=True):
        self.control, self.length, self.whole = control, length, whole
        self._all, self._each = all, each
        self.play = widgets.Play(show_repeat=False)
        self.pace = widgets.Dropdown(options=PACES, value=1.0, description="pace")
        self.back, self.next = map(button, ("‹ back", "next ›"))
        at = "index" if isinstance(control, widgets.SelectionSlider) else "value"
        self.link = widgets.jslink((control, at), (self.play, "value"))

    @property
    def parts(self):
        """Play, the pace, the buttons back and next, and the link to the control."""
        return self.play, self.pace, self.back, self.next, self.link

    def fit(self, values, calm):
        """Give Play its range and its pace, one picture each TICK at most.

        calm  whether a reader wants no motion: then it goes on by tenths
        """
        length, given = self.length(values), self._all
        each = self.pace.value * (given / max(length, 1) if given else self._each)
        step = max(1, round(TICK / each))
        if calm:
            step, each = max(step, length // 10), 1000
        self.play.max, self.play.step = length, step
        self.play.interval = max(TICK, round(each * step))
        if hasattr(self.control, "max"):
            self.control.max = length

    def check(self, at, values, name):
        """Return a number that the control may stand at; raise ValueError else."""
        length = self.length(values)
        if at not in range(length + 1):
            allowed = f"a whole number from 0 to {length}"
            raise ValueError(f"{name} is {at!r}; allowed: {allowed}.")
        return at

    def stand(self, at):
        """Move the control and Play with it, their ends first if need be."""
        for part in (self.play, self.control):
            if hasattr(part, "max"):
                part.max = max(part.max, at)
        self.control.value = self.play.value = at
