"""Live dashboards: the figure answers under the finger.

    from gdlib.live import explore
    explore(ravine, gradient_descent)

Matplotlib draws what stands still, once; a canvas in the browser draws what moves, and
ipywidgets around it move it. A dashboard of your own is a `Board`.
"""

from .board import Board, big
from .drawing import Piece, line
from .explore import explore
from .maps import rate_map
from .player import step_player
from .races import race
from .ranges import Range
from .scene import Scene
from .stills import Plot
from .training import train
from .translator import translator

__all__ = [
    "Board",
    "Piece",
    "Plot",
    "Range",
    "Scene",
    "big",
    "explore",
    "line",
    "race",
    "rate_map",
    "step_player",
    "train",
    "translator",
]
