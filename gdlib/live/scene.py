"""Scene: all that a dashboard shows for one set of values."""

from dataclasses import dataclass, field

CLOSED = "This dashboard is closed; allowed: a new one, which the same call makes."


@dataclass
class Scene:
    """All that a dashboard shows for one set of values.

    pieces   what moves, in the order it is painted
    says     the picture in one sentence
    titles   one line above each plot
    readout  HTML below the controls
    marks    name of a slider -> ([(value, text), …], "you are here …")
    paths    name -> Trajectory: the runs that are shown, whole
    """

    pieces: list
    says: str
    titles: tuple = ()
    readout: str = ""
    marks: dict = field(default_factory=dict)
    paths: dict = field(default_factory=dict)


def closed(values):
    """Give no scene: raise ValueError, for a dashboard that is closed."""
    raise ValueError(CLOSED)
