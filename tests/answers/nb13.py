"""Students' answers to notebook 13."""

WRONG = [
    # 13.1
    (
        "13.1",
        "counts from step 1",
        """
stopwatches = (3, 6, 5, 5)
""",
    ),
    (
        "13.1",
        "takes first under for settled",
        """
stopwatches = (2, 2, 4, 4)
""",
    ),
    (
        "13.1",
        "step of the last gap above, not the one after",
        """
stopwatches = (2, 4, 4, 3)
""",
    ),
    (
        "13.1",
        "takes B's small rise at the end for coming out",
        """
stopwatches = (2, 5, 4, 6)
""",
    ),
    (
        "13.1",
        "gaps in place of steps",
        """
stopwatches = (0.08, 0.09, 0.09, 0.09)
""",
    ),
    (
        "13.1",
        "both first-unders, then both settlings",
        """
stopwatches = (2, 4, 5, 4)
""",
    ),
    (
        "13.1",
        "B before A, and counted from 1; two slips",
        """
stopwatches = (5, 5, 3, 6)
""",
    ),
    (
        "13.1",
        "only the settling times",
        """
stopwatches = (5, 4)
""",
    ),
    (
        "13.1",
        "tolerance read as 0.05",
        """
a = np.array([3, 0.5, 0.08, 0.06, 0.2, 0.09, 0.02])
b = np.array([3, 1, 0.4, 0.2, 0.09, 0.04, 0.05])
tol = 0.05
stopwatches = (np.argmax(a <= tol), np.flatnonzero(a > tol)[-1] + 1,
               np.argmax(b <= tol), np.flatnonzero(b > tol)[-1] + 1)
""",
    ),
    (
        "13.1",
        "counts the steps under the tolerance",
        """
a = [3, 0.5, 0.08, 0.06, 0.2, 0.09, 0.02]
b = [3, 1, 0.4, 0.2, 0.09, 0.04, 0.05]
under = lambda run: sum(gap <= 0.1 for gap in run)
stopwatches = (under(a), under(a), under(b), under(b))
""",
    ),
    (
        "13.1",
        "a list of strings",
        """
stopwatches = ["2", "5", "4", "4"]
""",
    ),
    (
        "13.1",
        "counts from 1 and settled at the last step; two slips",
        """
stopwatches = (3, 7, 5, 7)
""",
    ),
    (
        "13.1",
        "lists have no argmax (AttributeError)",
        """
a = [3, 0.5, 0.08, 0.06, 0.2, 0.09, 0.02]
b = [3, 1, 0.4, 0.2, 0.09, 0.04, 0.05]
stopwatches = (a.argmax(), 5, b.argmax(), 4)
""",
    ),
    # 13.2
    (
        "13.2",
        "best of each method instead of each surface",
        """
def share_within(times, factor):
    best = times.min(axis=1, keepdims=True)
    return (times <= factor * best).mean(axis=1)
""",
    ),
    (
        "13.2",
        "mean over the methods: a number for each surface",
        """
def share_within(times, factor):
    return (times <= factor * times.min(axis=0)).mean(axis=0)
""",
    ),
    (
        "13.2",
        "one best for everything",
        """
def share_within(times, factor):
    return (times <= factor * np.min(times)).mean(axis=1)
""",
    ),
    (
        "13.2",
        "counts instead of shares",
        """
def share_within(times, factor):
    return (times <= factor * times.min(axis=0)).sum(axis=1)
""",
    ),
    (
        "13.2",
        "strictly below: the winner is not within factor 1",
        """
def share_within(times, factor):
    return (times < factor * times.min(axis=0)).mean(axis=1)
""",
    ),
    (
        "13.2",
        "adds the factor to the best",
        """
def share_within(times, factor):
    return (times <= factor + times.min(axis=0)).mean(axis=1)
""",
    ),
    (
        "13.2",
        "those that are not within",
        """
def share_within(times, factor):
    ratio = times / times.min(axis=0)
    return np.mean(ratio > factor, axis=1)
""",
    ),
    (
        "13.2",
        "in per cent, and a number for each surface; two slips",
        """
def share_within(times, factor):
    near = times <= factor * times.min(axis=0)
    return 100 * near.mean(axis=0)
""",
    ),
    (
        "13.2",
        "counts the wins only, factor unused",
        """
def share_within(times, factor):
    winners = times.argmin(axis=0)
    return np.bincount(winners, minlength=len(times)) / times.shape[1]
""",
    ),
    (
        "13.2",
        "mean over everything: one number",
        """
def share_within(times, factor):
    return np.mean(times <= factor * times.min(axis=0))
""",
    ),
    (
        "13.2",
        "divides by the number of methods",
        """
def share_within(times, factor):
    near = (times <= factor * times.min(0)).sum(1)
    return near / len(times)
""",
    ),
    (
        "13.2",
        "right numbers, but changes times itself",
        """
def share_within(times, factor):
    times /= times.min(axis=0)
    return (times <= factor).mean(axis=1)
""",
    ),
    (
        "13.2",
        "mean time of a method first, factor written in as 2; two slips",
        """
def share_within(times, factor):
    mean = times.mean(axis=1)
    return mean <= 2 * mean.min()
""",
    ),
    (
        "13.2",
        "wrong name of the argument (TypeError)",
        """
def share_within(times, factor):
    best = np.min(times, axes=0)
    return (times <= factor * best).mean(axis=1)
""",
    ),
    # 13.3
    (
        "13.3",
        "a v for each coordinate: plain Adam",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "13.3",
        "square of the mean instead of mean of the squares",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g.mean(0) ** 2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "13.3",
        "sum over the coordinates",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * (g**2).sum(0)
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "13.3",
        "largest square over the coordinates",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * (g**2).max(0)
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "13.3",
        "one m for all coordinates, too",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g.mean(0)
    v = 0.999 * v + 0.001 * (g**2).mean(0)
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "13.3",
        "mean over everything: mixes runs that walk side by side",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * np.mean(g**2)
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "13.3",
        "v not corrected",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * (g**2).mean(0)
    m_hat = m / (1 - 0.9**t)
    return theta - lr * m_hat / (np.sqrt(v) + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "13.3",
        "no root",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * (g**2).mean(0)
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return theta - lr * m_hat / (v_hat + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "13.3",
        "v not returned",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * (g**2).mean(0)
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(g=g, m=m)
""",
    ),
    (
        "13.3",
        "corrected averages fed back",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = (0.9 * m + 0.1 * g) / (1 - 0.9**t)
    v = (0.999 * v + 0.001 * (g**2).mean(0)) / (1 - 0.999**t)
    return theta - lr * m / (np.sqrt(v) + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "13.3",
        "mean of |g|, and 0.9 for both memories; two slips",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.9 * v + 0.1 * np.abs(g).mean(0)
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.9**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "13.3",
        "betas swapped and no correction; two slips",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.999 * m + 0.001 * g
    v = 0.9 * v + 0.1 * (g**2).mean(0)
    return theta - lr * m / (np.sqrt(v) + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "13.3",
        "mean along an axis that is not there (AxisError)",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * (g**2).mean(1)
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v)
""",
    ),
]

RIGHT = [
    (
        "13.1",
        "a list from the notebook's own two rules",
        """
a = np.array([3, 0.5, 0.08, 0.06, 0.2, 0.09, 0.02])
b = np.array([3, 1, 0.4, 0.2, 0.09, 0.04, 0.05])
stopwatches = []
for run in (a, b):
    stopwatches += [np.argmax(run <= 0.1), np.flatnonzero(run > 0.1)[-1] + 1]
""",
    ),
    (
        "13.1",
        "integer array",
        """
stopwatches = np.array([2, 5, 4, 4], dtype=np.int32)
""",
    ),
    (
        "13.1",
        "floats, searched in plain Python",
        """
def watch(run, tol=0.1):
    first = next(t for t, gap in enumerate(run) if gap < tol)
    settled = next(t for t in range(len(run)) if all(gap < tol for gap in run[t:]))
    return float(first), float(settled)

stopwatches = (
    *watch([3, 0.5, 0.08, 0.06, 0.2, 0.09, 0.02]),
    *watch([3, 1, 0.4, 0.2, 0.09, 0.04, 0.05]),
)
""",
    ),
    (
        "13.2",
        "performance ratios first",
        """
def share_within(times, factor):
    ratio = times / np.min(times, axis=0, keepdims=True)
    return np.mean(ratio <= factor * (1 + 1e-12), axis=1)
""",
    ),
    (
        "13.2",
        "plain loops, a list",
        """
def share_within(times, factor):
    shares = []
    for row in times:
        near = 0
        for j, T in enumerate(row):
            best = min(other[j] for other in times)
            if T <= factor * best:
                near += 1
        shares.append(near / len(row))
    return shares
""",
    ),
    (
        "13.2",
        "count_nonzero over the number of surfaces",
        """
def share_within(times, factor):
    times = np.asarray(times, dtype=float)
    best = np.nanmin(times, 0)
    return np.count_nonzero(times <= factor * best[None, :], axis=1) / times.shape[1]
""",
    ),
    (
        "13.3",
        "length of g squared over the number of coordinates",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * np.sum(g * g, axis=0) / len(g)
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    step = lr * m_hat / (v_hat**0.5 + 1e-8)
    return theta - step, dict(g=g, m=m, v=v, m_hat=m_hat, v_hat=v_hat, step=step)
""",
    ),
    (
        "13.3",
        "settings named inside, averages by differences",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    beta1, beta2, eps = 0.9, 0.999, 1e-8
    g = grad(theta)
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (np.mean(np.square(g), axis=0) - v)
    rate = lr / (np.sqrt(v / (1 - beta2**t)) + eps)
    return theta - rate * m / (1 - beta1**t), {"m": m, "v": v, "rate": rate}
""",
    ),
    (
        "13.3",
        "v kept with the coordinates' axis, shape (1, ...)",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * (g**2).mean(axis=0, keepdims=True)
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "13.3",
        "in place, on arrays of its own, a loop over the coordinates for the mean",
        """
def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    a = np.zeros_like(g, dtype=float)
    a += m
    a *= 0.9
    a += 0.1 * g
    mean = 0.0
    for part in g:
        mean = mean + part**2 / len(g)
    v = 0.999 * v + 0.001 * mean
    new = np.array(theta, dtype=float)
    new -= lr * (a / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return new, dict(m=a, v=v)
""",
    ),
]
