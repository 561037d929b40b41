"""AdamW, Lion, Muon, schedule-free methods, schedules and clipping, written out.

gdlib.references says how the paths were recorded. Theirs and ours agree when, over all
steps and coordinates, max |ours - theirs| <= 1e-12 max |theirs|; Muon's, 1e-9.
"""

import numpy as np
import pytest

from gdlib import METHODS
from gdlib.references import after, clipped, muon_problem, muons, schedules, timings

SURFACES = "valley", "rosenbrock"


def slope(surface, theta):
    x, y = theta
    if surface == "valley":
        return np.array([x - 2, 10 * (y + 1)])
    return np.array([2 * (x - 1) + 400 * (x**3 - x * y), 200 * (y - x**2)])


def adamw(theta, g, t, m=0.0, v=0.0, *, lr, decay, eps=1e-8, hat=False, inside=False):
    g = g + decay * theta if inside else g
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + (1 - 0.999) * g**2
    eps = eps / np.sqrt(1 - 0.999**t) if hat else eps
    step = m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + eps)
    return theta - lr * (step + (0.0 if inside else decay * theta)), (m, v)


def lion(theta, g, t, m=0.0, *, lr, decay):
    c = 0.9 * m + 0.1 * g
    return theta - lr * (np.sign(c) + decay * theta), (0.99 * m + 0.01 * g,)


FORMS = {
    "PyTorch adamw": (adamw, {}),
    "optax adamw": (adamw, {}),
    "Keras adamw": (adamw, {"eps": 1e-7, "hat": True}),
    "PyTorch adam_l2": (adamw, {"inside": True}),
    "optax lion": (lion, {}),
    "Keras lion": (lion, {}),
}
PLAIN = [name for name, held in after().items() if held.averages is None]
FREE = [name for name, held in after().items() if held.averages is not None]


def ours(name, surface):
    """Our path (201, 2) at the settings of a recording."""
    theirs, (form, hyper) = after()[name], FORMS[name.rpartition(" ")[0]]
    decay = theirs.arguments["weight_decay"]
    theta, state, path = theirs.paths[surface][0], (), [theirs.paths[surface][0]]
    for t in range(1, 201):
        g = slope(surface, theta)
        hyper = hyper | {"lr": theirs.lr[surface], "decay": decay}
        theta, state = form(theta, g, t, *state, **hyper)
        path.append(theta)
    return np.array(path)


def warmed(lr, t, warm, single):
    """The lr of step t of a warm-up. optax's step t takes t - 1, but its weight t."""
    if not warm:
        return lr
    if single:  # optax computes it so
        left = 1 - np.float32(min(t, warm)) / np.float32(warm)
        return float(np.float32(-lr) * left + np.float32(lr))
    return lr * min(1, t / warm)


def schedule_free(name, surface, beta=0.9):
    """Our paths of y and x, (201, 2) each, at the settings of a recording.

    y = (1 - β) z + β x; z ← z - η_t d(y); x ← (1 - c_t) x + c_t z with weights η²:
    c_t = w_t² / Σ w², w the largest of the lrs so far.
    """
    theirs = after()[name]
    adaptive, optax = "adamw" in name, theirs.library == "optax"
    warm = theirs.arguments.get("warmup_steps", 0)
    decay = theirs.arguments.get("weight_decay", 0.0)
    x = y = z = theirs.paths[surface][0]
    ys, xs, v, total, lr = [y], [x], 0.0, 0.0, theirs.lr[surface]
    for t in range(1, 201):
        weight, rate = warmed(lr, t, warm, optax), warmed(lr, t - optax, warm, optax)
        d = g = slope(surface, y)
        if adaptive:
            v = 0.999 * v + (1 - 0.999) * g**2
            d = g / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        z = z - rate * (d + decay * y)
        total += weight**2
        x = (1 - weight**2 / total) * x + weight**2 / total * z
        y = (1 - beta) * z + beta * x
        ys.append(y)
        xs.append(x)
    return np.array(ys), np.array(xs)


def newton_schulz(M, norm):
    """M with its singular values brought near 1, in five steps."""
    X = (M.T if M.shape[0] > M.shape[1] else M) / norm
    for _ in range(5):
        G = X @ X.T
        X = 3.4445 * X + (-4.7750 * G + 2.0315 * G @ G) @ X
    return X.T if M.shape[0] > M.shape[1] else X


def muon_momentum(library, B, g, t, nesterov, mu=0.95):
    """The momentum buffer of step t, what is orthogonalised, and its norm."""
    if library == "Keras":
        B = mu * B + g
        M = g + mu * B if nesterov else B
        return B, M, np.linalg.norm(M) + 1e-7
    B = mu * B + (1 - mu) * g
    if library == "PyTorch":
        M = (1 - mu) * g + mu * B if nesterov else B
        return B, M, max(np.linalg.norm(M), 1e-7)
    ahead = mu * B / (1 - mu ** (t + 1)) + (1 - mu) * g / (1 - mu**t)
    M = ahead if nesterov else B / (1 - mu**t)
    return B, M, np.linalg.norm(M) + 1e-8


def our_muon(name, start=None):
    """Our path (201, 6, 4), momentum and update at the settings of a recording."""
    theirs, problem = muons()[name], muon_problem()
    A, B, C, W = (problem[n] for n in "ABCW")
    decay = theirs.arguments.get("weight_decay") or 0.0
    nesterov = theirs.arguments.get("nesterov", True)
    W = W if start is None else start
    buffer, path, firsts = 0.0, [W], None
    for t in range(1, 201):
        g = A.T @ (A @ W @ B - C) @ B.T
        buffer, M, norm = muon_momentum(theirs.library, buffer, g, t, nesterov)
        update = newton_schulz(M, norm)
        firsts = (buffer, update) if t == 1 else firsts
        W = (1 - theirs.lr * decay) * W - theirs.lr * theirs.scale * update
        path.append(W)
    return np.array(path), *firsts


def assert_agree(ours, theirs, within=1e-12):
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() <= within * np.abs(theirs).max()


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", PLAIN)
def test_their_form_written_out_gives_their_path(name, surface):
    assert_agree(ours(name, surface), after()[name].paths[surface])


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", FREE)
def test_schedule_free_written_out_gives_both_their_sequences(name, surface):
    y, x = schedule_free(name, surface)
    assert_agree(y, after()[name].paths[surface])
    assert_agree(x, after()[name].averages[surface])


def test_after_names_what_was_recorded():
    held = after()["PyTorch adam_l2 0.5"]
    assert (held.method, held.optimizer) == ("adam_l2", "torch.optim.Adam")
    assert held.arguments == {"weight_decay": 0.5}
    versions = {r.library: r.version for r in after().values()}
    assert versions == {
        "PyTorch": "2.15.0",
        "optax": "0.2.8",
        "Keras": "3.15.1",
        "schedulefree": "1.4.1",
    }
    for held in after().values():
        starts = [tuple(held.paths[s][0]) for s in SURFACES]
        assert starts == [(-4, 2.5), (-1.2, 1)]


@pytest.mark.parametrize("name", muons())
def test_muon_written_out_gives_their_path(name):
    held = muons()[name]
    path, momentum, update = our_muon(name)
    # measured 5e-3 and 3e-9: bfloat16 has 8 bits, float32 is used for one norm alone
    within = {"float64": 1e-9, "float32": 1e-8, "bfloat16": 0.02}[held.precision]
    assert_agree(path[held.steps], held.path, within)
    assert_agree(momentum, held.momentum)
    assert_agree(update, held.update, within * 100)


def test_muon_brings_singular_values_near_one_and_not_to_it():
    for held in muons().values():
        values = np.linalg.svd(held.update)[1]
        assert (values > 0.7).all()
        assert (values < 1.2).all()


def test_the_libraries_scale_muons_step_by_rules_of_their_own():
    scales = {name: held.scale for name, held in muons().items()}
    assert scales["PyTorch original"] == np.sqrt(6 / 4)  # rows over columns
    assert scales["optax"] == 1.0  # columns over rows, at least 1
    moonlight = 0.2 * np.sqrt(6)
    for name in ("PyTorch match_rms_adamw", "optax consistent_rms", "Keras"):
        assert scales[name] == pytest.approx(moonlight, rel=1e-15)


def cosine(t, steps, high=0.1, low=0.001):
    return low + (high - low) * (1 + np.cos(np.pi * t / steps)) / 2


@pytest.mark.parametrize("name", schedules())
def test_schedules_written_out(name):
    held, t = schedules()[name], np.arange(200)  # steps made so far
    ours = cosine(t, 200)
    if name.endswith("warm-up"):
        # PyTorch's needs a first factor above 0, the others begin with a step of 0
        first = 0.1 / 20 if held.library == "PyTorch" else 0.0
        ours = np.where(t < 20, first + (0.1 - first) * t / 20, cosine(t - 20, 180))
    # float32 in optax's linear_schedule, whose count is int32, and in Keras's cosine
    exact = held.library == "PyTorch" or name == "optax cosine"
    assert_agree(ours, held.lr, 1e-12 if exact else 2e-7)
    assert (np.abs(ours - held.lr).max() < 1e-12) == exact


def clip_norm(library, g):
    norm = np.linalg.norm(g)
    if library == "PyTorch":  # so the norm of what it clips is a little below 1
        return g * min(1, 1 / (norm + 1e-6))
    return g if norm < 1 else g / norm


@pytest.mark.parametrize("name", clipped())
def test_clipping_written_out(name):
    held = clipped()[name]
    assert held.inputs.shape == held.outputs.shape == (7, 2)
    for g, theirs in zip(held.inputs, held.outputs, strict=True):
        by_value = np.clip(g, -1, 1)
        ours = by_value if name.endswith("value") else clip_norm(held.library, g)
        assert ours == pytest.approx(theirs, rel=1e-14, abs=0)


def test_timings_name_their_machine_and_hold_every_method():
    held = timings()
    assert held["machine"]["threads"] == 1
    for kinds in (held["network"], held["million"]):
        assert set(kinds) == {"float64", "float32"}
        for methods in kinds.values():
            assert set(methods) == set(METHODS)
            for times in (t for found in methods.values() for t in found.values()):
                low, q1, median, q3 = (times[n] for n in ("min", "q1", "median", "q3"))
                assert 0 < low <= q1 <= median <= q3


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (after(), "recording is 'sgd'; allowed: PyTorch adamw 0.1, "),
        (muons(), "recording is 'sgd'; allowed: PyTorch original, "),
        (schedules(), "schedule is 'sgd'; allowed: PyTorch cosine, "),
        (clipped(), "rule is 'sgd'; allowed: PyTorch norm, "),
    ],
)
def test_what_was_not_recorded_is_refused_in_a_sentence(held, says):
    with pytest.raises(KeyError, match=says):
        held["sgd"]


@pytest.mark.parametrize(
    "array",
    [
        after()["optax lion 0.5"].paths["valley"],
        after()["optax schedule_free_sgd"].averages["valley"],
        muons()["optax"].path,
        muons()["optax"].steps,
        muon_problem()["A"],
        schedules()["Keras cosine"].lr,
        clipped()["optax norm"].inputs,
        clipped()["optax norm"].outputs,
    ],
)
def test_what_was_recorded_stays_as_it_is(array):
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 0
