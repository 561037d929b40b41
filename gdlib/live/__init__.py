"""Live dashboards: the figure answers under the finger.

    from gdlib.live import explore
    explore(ravine, gradient_descent)

Matplotlib draws what stands still, once; a canvas in the browser draws what moves.
"""

from .explore import explore
from .maps import rate_map
from .player import step_player
from .races import race

__all__ = ["explore", "race", "rate_map", "step_player"]
