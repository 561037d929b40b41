"""The surfaces on which record.py walked, as gdlib writes them."""

from gdlib import HIMMELBLAU, ROSENBROCK, ravine

SURFACES = {
    "ravine": ravine(10, 30),
    "rosenbrock": ROSENBROCK,
    "himmelblau": HIMMELBLAU,
}
