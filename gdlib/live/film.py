"""Film: Play, single steps and scrubbing, all on one control."""

import ipywidgets as widgets
from traitlets import Bool

from .layout import button

PACES = {"slow": 3.0, "medium": 1.0, "fast": 0.4}
TICK = 60  # least milliseconds between two pictures of Play


class Clock(widgets.Play):
    """A Play that ticks in one page only, however many show it.

    Each page of ipywidgets ticks by itself once it hears that Play is playing. So none
    hears of another's start; a second start, or a stop, stops them all.
    """

    playing = Bool(False).tag(sync=True, echo_update=False)

    def set_state(self, sync_data):
        """Take what a page says, and tell all pages of a stop."""
        if sync_data.get("playing") and self.playing:
            sync_data = sync_data | dict(playing=False)
        super().set_state(sync_data)
        if sync_data.get("playing") is False:
            self.send_state("playing")


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
        self.play = Clock(show_repeat=False)
        self.pace = widgets.Dropdown(options=PACES, value=1.0, description="pace")
        self.back, self.next = map(button, ("‹ back", "next ›"))

    @property
    def parts(self):
        """Play, the pace, and the buttons back and next."""
        return self.play, self.pace, self.back, self.next

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

    def place(self, name, values, made, moved, aside):
        """Where the control called `name` is to stand: after most changes at its end.

        made   the changes, name -> value; `aside` if no run can depend on them
        moved  the control that was moved already, or None
        """
        if name in made:
            return self.check(made[name], values, name)
        quiet = moved in (None, name) or self.play.playing or aside
        length = self.length(values)
        return length if self.whole and not quiet else min(values[name], length)

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
