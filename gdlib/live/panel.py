"""Panel: the named controls of a dashboard, and the values they stand at."""

import ipywidgets as widgets

from .controls import Control, Sliding
from .layout import button
from .ranges import Range


class Panel(widgets.VBox):
    """Controls by name, and what else a dashboard's values hold.

    controls  Ranges, and (name, ipywidget) of any kind that has a value
    state     name -> value of what has no control
    names     what has a button each that hides it
    """

    def __init__(self, controls, state, names):
        made = [Sliding(c) if isinstance(c, Range) else Control(*c) for c in controls]
        self.controls = {control.name: control for control in made}
        self._state = state
        self.names = {n: button(n, widgets.ToggleButton, value=True) for n in names}
        super().__init__()

    @property
    def values(self):
        """What the controls stand at, by name."""
        values = {name: control.value for name, control in self.controls.items()}
        hidden = tuple(name for name, on in self.names.items() if not on.value)
        return values | dict(self._state, hidden=hidden)

    @property
    def sliders(self):
        """The ipywidgets sliders by name."""
        kinds = widgets.IntSlider, widgets.FloatSlider, widgets.FloatLogSlider
        return self._of(*kinds, widgets.SelectionSlider)

    @property
    def boxes(self):
        """The ipywidgets boxes for exact values by name, the sliders' own too."""
        own = {n: c.box for n, c in self.controls.items() if isinstance(c, Sliding)}
        return own | self._of(widgets.FloatText)

    @property
    def choices(self):
        """The ipywidgets Dropdowns by name."""
        return self._of(widgets.Dropdown)

    def _of(self, *kinds):
        found = {n: control.widget for n, control in self.controls.items()}
        return {n: widget for n, widget in found.items() if isinstance(widget, kinds)}
