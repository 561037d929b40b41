"""A bar for the cells that take seconds. It leaves nothing in what a cell shows.

nbval compares what cells show, and a bar shows times. So the bar is sent as a widget
alone, without the text that a page keeps in its place, and is emptied at the end. In
plain Python, as in a script made from a notebook, it is a line of text in a terminal,
and nothing where the output goes elsewhere.
"""

import functools
import itertools

import tqdm
import tqdm.notebook
from IPython import get_ipython
from IPython.display import display

from . import cells


def progress(items):
    """Go through the items behind a bar.

    items  anything with a length
    Returns an iterator over them.
    """
    update, close = _shown(len(items))
    for item in items:
        yield item
        update()
    close()


def with_progress(method, steps):
    """Make a method, for one run of `descend`, that moves a bar at every step.

    method  one of gdlib's ten, or a function of yours with their signature
    steps   of that run, >= 1
    """
    update, close = _shown(steps)
    count = itertools.count(1)

    @functools.wraps(method)
    def step(*args, **hyper):
        found = method(*args, **hyper)
        update()
        if next(count) == steps:
            close()
        return found

    return step


def _shown(total):
    """Show a bar; return what moves it by one and what takes it away."""
    if get_ipython() is None:
        bar = tqdm.tqdm(total=total, leave=False, disable=None)  # None: a terminal only
        return bar.update, bar.close
    bar = tqdm.notebook.tqdm(total=total, leave=False, display=False)
    place = display(cells.view(bar.container), raw=True, display_id=True)

    def close():
        bar.close()
        place.update({}, raw=True)

    return bar.update, close
