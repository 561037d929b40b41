"""A bar for the cells that take seconds. It leaves nothing in what a cell shows.

nbval compares what cells show, and a bar shows times. So the bar is sent as a widget
alone, without the text that a page keeps in its place, and is emptied at the end.
"""

import functools

from IPython.display import display
from tqdm.notebook import tqdm

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def progress(items):
    """Go through the items behind a bar.

    items  anything with a length
    Returns an iterator over them.
    """
    bar, empty = _shown(len(items))
    for item in items:
        yield item
        bar.update()
    empty()


def with_progress(method, steps):
    """Make a method, for one run of `descend`, that moves a bar at every step.

    method  one of gdlib's ten, or a function of yours with their signature
    steps   of that run, >= 1
    """
    bar, empty = _shown(steps)

    @functools.wraps(method)
    def step(*args, **hyper):
        found = method(*args, **hyper)
        bar.update()
        if bar.n == steps:
            empty()
        return found

    return step


def _shown(total):
    bar = tqdm(total=total, leave=False, display=False)
    view = bar.container._repr_mimebundle_()[WIDGET_VIEW]
    place = display({WIDGET_VIEW: view}, raw=True, display_id=True)

    def empty():
        bar.close()
        place.update({}, raw=True)

    return bar, empty
