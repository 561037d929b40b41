"""Students' answers to notebook 17."""

WRONG = [
    # 17.1
    (
        "17.1",
        "decay forgotten",
        """
three_steps = (0.9, 0.8, 0.9)
""",
    ),
    (
        "17.1",
        "decay with the wrong sign",
        """
theta, m, three_steps = 1, 0, []
for g in (3, -1, -1):
    c = 0.8 * m + 0.2 * g
    m = 0.9 * m + 0.1 * g
    theta = theta - 0.1 * (np.sign(c) - 0.5 * theta)
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "uphill: plus the bracket",
        """
theta, m, three_steps = 1, 0, []
for g in (3, -1, -1):
    c = 0.8 * m + 0.2 * g
    m = 0.9 * m + 0.1 * g
    theta = theta + 0.1 * (np.sign(c) + 0.5 * theta)
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "sign of the slope itself, no average",
        """
theta, three_steps = 1, []
for g in (3, -1, -1):
    theta = theta - 0.1 * (np.sign(g) + 0.5 * theta)
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "sign of the memory m, not of c",
        """
theta, m, three_steps = 1, 0, []
for g in (3, -1, -1):
    m = 0.9 * m + 0.1 * g
    theta = theta - 0.1 * (np.sign(m) + 0.5 * theta)
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "betas swapped",
        """
theta, m, three_steps = 1, 0, []
for g in (3, -1, -1):
    c = 0.9 * m + 0.1 * g
    m = 0.8 * m + 0.2 * g
    theta = theta - 0.1 * (np.sign(c) + 0.5 * theta)
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "beta1 in the memory, too",
        """
theta, m, three_steps = 1, 0, []
for g in (3, -1, -1):
    m = 0.8 * m + 0.2 * g
    theta = theta - 0.1 * (np.sign(m) + 0.5 * theta)
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "m brought up to date first, and c made of the new one",
        """
theta, m, three_steps = 1, 0, []
for g in (3, -1, -1):
    m = 0.9 * m + 0.1 * g
    c = 0.8 * m + 0.2 * g
    theta = theta - 0.1 * (np.sign(c) + 0.5 * theta)
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "no sign taken: c itself",
        """
theta, m, three_steps = 1, 0, []
for g in (3, -1, -1):
    c = 0.8 * m + 0.2 * g
    m = 0.9 * m + 0.1 * g
    theta = theta - 0.1 * (c + 0.5 * theta)
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "decay not times eta: the share lambda off the weight",
        """
theta, m, three_steps = 1, 0, []
for g in (3, -1, -1):
    c = 0.8 * m + 0.2 * g
    m = 0.9 * m + 0.1 * g
    theta = theta - 0.1 * np.sign(c) - 0.5 * theta
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "decay of the weight at the start, 1, each time",
        """
three_steps = (0.85, 0.7, 0.75)
""",
    ),
    (
        "17.1",
        "decay at the weight that has stepped already",
        """
theta, three_steps = 1, []
for sign in (1, 1, -1):
    theta = theta - 0.1 * sign
    theta = theta - 0.1 * 0.5 * theta
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "decay into the slope, as L2 does",
        """
theta, m, three_steps = 1, 0, []
for g in (3, -1, -1):
    g = g + 0.5 * theta
    c = 0.8 * m + 0.2 * g
    m = 0.9 * m + 0.1 * g
    theta = theta - 0.1 * np.sign(c)
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "memory starts at the first slope",
        """
theta, m, three_steps = 1, 3, []
for g in (3, -1, -1):
    c = 0.8 * m + 0.2 * g
    m = 0.9 * m + 0.1 * g
    theta = theta - 0.1 * (np.sign(c) + 0.5 * theta)
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "slip in the third step on paper: 0.7075 - 0.064625",
        """
three_steps = (0.85, 0.7075, 0.642875)
""",
    ),
    (
        "17.1",
        "the steps, not the places",
        """
three_steps = (0.15, 0.1425, -0.064625)
""",
    ),
    (
        "17.1",
        "starts with the place before the first step",
        """
three_steps = (1, 0.85, 0.7075, 0.772)
""",
    ),
    (
        "17.1",
        "the last place only",
        """
three_steps = 0.772
""",
    ),
    (
        "17.1",
        "gdlib's lion with its own decay, which is 0",
        """
from gdlib.newer import lion
slopes = iter((3.0, -1.0, -1.0))
theta, state, three_steps = 1.0, (0.0,), []
for t in (1, 2, 3):
    theta, terms = lion(theta, lambda p: next(slopes), t, *state, lr=0.1, beta1=0.8, beta2=0.9)
    state = (terms["m"],)
    three_steps.append(float(theta))
""",
    ),
    (
        "17.1",
        "the notebook's betas, 0.9 and 0.99",
        """
theta, m, three_steps = 1, 0, []
for g in (3, -1, -1):
    c = 0.9 * m + 0.1 * g
    m = 0.99 * m + 0.01 * g
    theta = theta - 0.1 * (np.sign(c) + 0.5 * theta)
    three_steps.append(theta)
""",
    ),
    # 17.2
    (
        "17.2",
        "k + 1 with t for k: rises a step too early",
        """
def share(t, T, w, d):
    return min(1, (t + 1) / w, (T + 1 - t) / d)
""",
    ),
    (
        "17.2",
        "rises from 0: t - 1",
        """
def share(t, T, w, d):
    return min(1, (t - 1) / w, (T + 1 - t) / d)
""",
    ),
    (
        "17.2",
        "share 0 at the last step T",
        """
def share(t, T, w, d):
    return min(1, t / w, (T - t) / d)
""",
    ),
    (
        "17.2",
        "0 at T, over d - 1 steps: the end at the last step, not after it",
        """
def share(t, T, w, d):
    if t <= w:
        return t / w
    if t <= T - d:
        return 1.0
    return (T - t) / (d - 1)
""",
    ),
    (
        "17.2",
        "the fall begins with its first step already below 1",
        """
def share(t, T, w, d):
    if t <= w:
        return t / w
    if t <= T - d:
        return 1.0
    return 1 - (t - (T - d)) / (d + 1)
""",
    ),
    (
        "17.2",
        "over d + 1",
        """
def share(t, T, w, d):
    return min(1, t / w, (T + 1 - t) / (d + 1))
""",
    ),
    (
        "17.2",
        "no warm-up",
        """
def share(t, T, w, d):
    return min(1, (T + 1 - t) / d)
""",
    ),
    (
        "17.2",
        "no fall",
        """
def share(t, T, w, d):
    return min(1, t / w)
""",
    ),
    (
        "17.2",
        "1 forgotten in the middle",
        """
def share(t, T, w, d):
    return min(t / w, (T + 1 - t) / d)
""",
    ),
    (
        "17.2",
        "max for min",
        """
def share(t, T, w, d):
    return max(1, t / w, (T + 1 - t) / d)
""",
    ),
    (
        "17.2",
        "falls from the end of the warm-up on, over all steps left",
        """
def share(t, T, w, d):
    return min(1, t / w, (T + 1 - t) / (T - w))
""",
    ),
    (
        "17.2",
        "d taken for the step at which the fall begins",
        """
def share(t, T, w, d):
    if t < w:
        return t / w
    if t < d:
        return 1.0
    return (T + 1 - t) / (T + 1 - d)
""",
    ),
    (
        "17.2",
        "rises during the fall: its line upside down",
        """
def share(t, T, w, d):
    if t <= w:
        return t / w
    if t <= T - d:
        return 1.0
    return (t - (T - d)) / d
""",
    ),
    (
        "17.2",
        "w and d swapped",
        """
def share(t, T, w, d):
    return min(1, t / d, (T + 1 - t) / w)
""",
    ),
    (
        "17.2",
        "a cosine for the fall",
        """
def share(t, T, w, d):
    if t <= w:
        return t / w
    if t <= T - d:
        return 1.0
    return (1 + np.cos(np.pi * (t - (T - d + 1)) / d)) / 2
""",
    ),
    (
        "17.2",
        "whole division",
        """
def share(t, T, w, d):
    return min(1, t // w, (T + 1 - t) // d)
""",
    ),
    (
        "17.2",
        "counts as k: 0, ..., T - 1, everywhere",
        """
def share(t, T, w, d):
    return min(1, (t + 1) / w, (T - t) / d)
""",
    ),
    (
        "17.2",
        "product with a fall over the whole run",
        """
def share(t, T, w, d):
    return min(1, t / w) * (T + 1 - t) / T
""",
    ),
    (
        "17.2",
        "prints, returns nothing",
        """
def share(t, T, w, d):
    print(min(1, t / w, (T + 1 - t) / d), end="")
""",
    ),
    (
        "17.2",
        "if without the plateau's return",
        """
def share(t, T, w, d):
    if t < w:
        return t / w
    elif t > T - d:
        return (T + 1 - t) / d
""",
    ),
    (
        "17.2",
        "a list of shares from 0 up and down to 0",
        """
def share(t, T, w, d):
    shares = np.ones(T)
    shares[:w] = np.linspace(0, 1, w)
    shares[T - d :] = np.linspace(1, 0, d)
    return shares[t - 1]
""",
    ),
    (
        "17.2",
        "the fall begins a step late",
        """
def share(t, T, w, d):
    return min(1, t / w, (T + 2 - t) / d)
""",
    ),
    (
        "17.2",
        "the shares of all steps at once",
        """
def share(t, T, w, d):
    return [min(1, k / w, (T + 1 - k) / d) for k in range(1, T + 1)]
""",
    ),
    (
        "17.2",
        "what is taken off begins a step early",
        """
def share(t, T, w, d):
    return min(1, t / w) - max(0, t - (T - d)) / d
""",
    ),
    (
        "17.2",
        "fractions upside down",
        """
def share(t, T, w, d):
    return min(1, w / t, d / (T + 1 - t))
""",
    ),
    # 17.3
    (
        "17.3",
        "a factor above 1 for small gradients",
        """
def clip_factor(grads, L):
    return L / np.sqrt(sum((g**2).sum() for g in grads.values()))
""",
    ),
    (
        "17.3",
        "root forgotten",
        """
def clip_factor(grads, L):
    return min(1, L / sum((g**2).sum() for g in grads.values()))
""",
    ),
    (
        "17.3",
        "norms added up",
        """
def clip_factor(grads, L):
    return min(1, L / sum(np.linalg.norm(g) for g in grads.values()))
""",
    ),
    (
        "17.3",
        "the largest of the arrays' norms",
        """
def clip_factor(grads, L):
    return min(1, L / max(np.linalg.norm(g) for g in grads.values()))
""",
    ),
    (
        "17.3",
        "a factor for each array",
        """
def clip_factor(grads, L):
    return {name: min(1, L / np.linalg.norm(g)) for name, g in grads.items()}
""",
    ),
    (
        "17.3",
        "the smallest factor of the arrays' own",
        """
def clip_factor(grads, L):
    factor = 1.0
    for g in grads.values():
        factor = min(factor, L / np.sqrt(np.sum(g**2)))
    return factor
""",
    ),
    (
        "17.3",
        "norm of the last array: overwritten in the loop",
        """
def clip_factor(grads, L):
    for g in grads.values():
        norm = np.linalg.norm(g)
    return min(1, L / norm)
""",
    ),
    (
        "17.3",
        "returns in the loop: norm of the first array",
        """
def clip_factor(grads, L):
    total = 0
    for g in grads.values():
        total += np.sum(g**2)
        return min(1, L / np.sqrt(total))
""",
    ),
    (
        "17.3",
        "the clipped dict, not the factor",
        """
def clip_factor(grads, L):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return {name: g * min(1, L / norm) for name, g in grads.items()}
""",
    ),
    (
        "17.3",
        "clipped by value",
        """
def clip_factor(grads, L):
    return {name: np.clip(g, -L, L) for name, g in grads.items()}
""",
    ),
    (
        "17.3",
        "largest entry for the norm",
        """
def clip_factor(grads, L):
    return min(1, L / max(np.abs(g).max() for g in grads.values()))
""",
    ),
    (
        "17.3",
        "sum of sizes for the norm",
        """
def clip_factor(grads, L):
    return min(1, L / sum(np.abs(g).sum() for g in grads.values()))
""",
    ),
    (
        "17.3",
        "spectral norm of the matrices: ord=2",
        """
def clip_factor(grads, L):
    return min(1, L / np.sqrt(sum(np.linalg.norm(g, 2) ** 2 for g in grads.values())))
""",
    ),
    (
        "17.3",
        "means for sums of the squares",
        """
def clip_factor(grads, L):
    return min(1, L / np.sqrt(sum(np.mean(g**2) for g in grads.values())))
""",
    ),
    (
        "17.3",
        "root of the mean over all entries",
        """
def clip_factor(grads, L):
    flat = np.concatenate([g.ravel() for g in grads.values()])
    return min(1, L / np.sqrt(np.mean(flat**2)))
""",
    ),
    (
        "17.3",
        "squares forgotten: root of the sum",
        """
def clip_factor(grads, L):
    return min(1, L / np.sqrt(abs(sum(g.sum() for g in grads.values()))))
""",
    ),
    (
        "17.3",
        "upside down",
        """
def clip_factor(grads, L):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return min(1, norm / L)
""",
    ),
    (
        "17.3",
        "max for min",
        """
def clip_factor(grads, L):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return max(1, L / norm)
""",
    ),
    (
        "17.3",
        "the divisor: max(1, norm / L)",
        """
def clip_factor(grads, L):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return max(1, norm / L)
""",
    ),
    (
        "17.3",
        "the limit forgotten: 1 / norm",
        """
def clip_factor(grads, L):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return min(1, 1 / norm)
""",
    ),
    (
        "17.3",
        "the norm of all, not the factor",
        """
def clip_factor(grads, L):
    return np.sqrt(sum((g**2).sum() for g in grads.values()))
""",
    ),
    (
        "17.3",
        "L squared against the sum, the root forgotten in the quotient",
        """
def clip_factor(grads, L):
    total = sum((g**2).sum() for g in grads.values())
    return L**2 / total if total > L**2 else 1.0
""",
    ),
    (
        "17.3",
        "limit shared out over the arrays",
        """
def clip_factor(grads, L):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return min(1, L / len(grads) / norm)
""",
    ),
    (
        "17.3",
        "norm of the dict itself",
        """
def clip_factor(grads, L):
    return min(1, L / np.linalg.norm(grads))
""",
    ),
    (
        "17.3",
        "norm of a ragged list of arrays",
        """
def clip_factor(grads, L):
    return min(1, L / np.linalg.norm(list(grads.values())))
""",
    ),
    (
        "17.3",
        "goes through the names",
        """
def clip_factor(grads, L):
    return min(1, L / np.sqrt(sum((g**2).sum() for g in grads)))
""",
    ),
    (
        "17.3",
        "the keys of the network written in",
        """
def clip_factor(grads, L):
    total = sum((grads[k] ** 2).sum() for k in ("W1", "b1", "W2", "b2"))
    return min(1, L / np.sqrt(total))
""",
    ),
    (
        "17.3",
        "Python's sum over a matrix: only its columns are added",
        """
def clip_factor(grads, L):
    total = 0
    for g in grads.values():
        total = total + sum(g**2)
    return min(1, L / np.sqrt(total))
""",
    ),
    (
        "17.3",
        "a factor above 1, zeros guarded",
        """
def clip_factor(grads, L):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return L / norm if norm else 1.0
""",
    ),
    (
        "17.3",
        "max for min, zeros guarded",
        """
def clip_factor(grads, L):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return max(1, L / norm) if norm else 1.0
""",
    ),
    (
        "17.3",
        "L itself below the limit",
        """
def clip_factor(grads, L):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return L if norm < L else L / norm
""",
    ),
    (
        "17.3",
        "an array of factors",
        """
def clip_factor(grads, L):
    return np.array([min(1, L / np.linalg.norm(g)) for g in grads.values()])
""",
    ),
    (
        "17.3",
        "arrays joined without being laid flat",
        """
def clip_factor(grads, L):
    norm = np.linalg.norm(np.concatenate(list(grads.values())))
    return min(1, L / norm)
""",
    ),
]

RIGHT = [
    # 17.1
    (
        "17.1",
        "a loop, a list",
        """
theta, m, three_steps = 1.0, 0.0, []
for g in (3, -1, -1):
    c = 0.8 * m + 0.2 * g
    m = 0.9 * m + 0.1 * g
    theta = theta - 0.1 * (np.sign(c) + 0.5 * theta)
    three_steps.append(theta)
""",
    ),
    (
        "17.1",
        "three digits, a tuple",
        """
three_steps = (0.850, 0.708, 0.772)
""",
    ),
    (
        "17.1",
        "cut, not rounded, to three digits",
        """
three_steps = [0.85, 0.707, 0.772]
""",
    ),
    (
        "17.1",
        "signs by head, the decay first: (1 - eta lambda) theta - eta sign",
        """
a = 0.95 * 1 - 0.1
b = 0.95 * a - 0.1
three_steps = a, b, 0.95 * b + 0.1
""",
    ),
    (
        "17.1",
        "an array, shape (3, 1)",
        """
theta, m = np.ones(1), np.zeros(1)
three_steps = np.empty((3, 1))
for k, g in enumerate([3.0, -1.0, -1.0]):
    direction = np.sign(4 * m + g)
    m += 0.1 * (g - m)
    theta = theta * (1 - 0.1 * 0.5) - 0.1 * direction
    three_steps[k] = theta
""",
    ),
    (
        "17.1",
        "gdlib's lion",
        """
from gdlib.newer import lion
slopes, theta, m, three_steps = [3.0, -1.0, -1.0], 1.0, 0.0, []
for t, g in enumerate(slopes, 1):
    theta, terms = lion(theta, lambda p: g, t, m, lr=0.1, beta1=0.8, beta2=0.9, weight_decay=0.5)
    m = terms["m"]
    three_steps.append(theta)
three_steps = tuple(three_steps)
""",
    ),
    # 17.2
    (
        "17.2",
        "the least of three lines",
        """
def share(t, T, w, d):
    return min(1, t / w, (T + 1 - t) / d)
""",
    ),
    (
        "17.2",
        "if and else, the fall counted from its first step",
        """
def share(t, T, w, d):
    if t <= w:
        return t / w
    first = T - d + 1
    if t < first:
        return 1
    return 1 - (t - first) / d
""",
    ),
    (
        "17.2",
        "k counts steps made so far",
        """
def share(t, T, w, d):
    k = t - 1
    up = min(1, (k + 1) / w)
    down = min(1, (T - k) / d)
    return up * down
""",
    ),
    (
        "17.2",
        "np.interp between the corners",
        """
def share(t, T, w, d):
    return np.interp(t, [0, w, T - d + 1, T + 1], [0, 1, 1, 0])
""",
    ),
    (
        "17.2",
        "np.clip, takes arrays of t",
        """
def share(t, T, w, d):
    t = np.asarray(t)
    return np.clip(t / w, 0, 1) * np.clip((T + 1 - t) / d, 0, 1)
""",
    ),
    (
        "17.2",
        "np.where, takes arrays of t",
        """
def share(t, T, w, d):
    return np.where(t <= w, t / w, np.where(t > T - d, (T - t + 1) / d, 1.0))
""",
    ),
    (
        "17.2",
        "the whole schedule as a list, then its place",
        """
def share(t, T, w, d):
    up = [(k + 1) / w for k in range(w)]
    down = [(d - k) / d for k in range(d)]
    return (up + [1.0] * (T - w - d) + down)[t - 1]
""",
    ),
    (
        "17.2",
        "adding up: a sum of two ramps",
        """
def share(t, T, w, d):
    missing_before = max(0, w - t) / w
    missing_after = max(0, t - (T - d + 1)) / d
    return 1 - missing_before - missing_after
""",
    ),
    (
        "17.2",
        "zeros guarded",
        """
def share(t, T, w, d):
    if w and t < w:
        return t / w
    if d and t > T - d:
        return (T + 1 - t) / d
    return 1.0
""",
    ),
    (
        "17.2",
        "a lambda",
        """
share = lambda t, T, w, d: min(t / w if t < w else 1, (T + 1 - t) / d if T + 1 - t < d else 1)
""",
    ),
    (
        "17.2",
        "np.linspace into an array",
        """
def share(t, T, w, d):
    shares = np.ones(T)
    shares[:w] = np.linspace(1 / w, 1, w)
    shares[T - d :] = np.linspace(1, 1 / d, d)
    return shares[t - 1]
""",
    ),
    # 17.3
    (
        "17.3",
        "sum of squares by a generator",
        """
def clip_factor(grads, L):
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
    return min(1, L / norm)
""",
    ),
    (
        "17.3",
        "a loop, an if",
        """
def clip_factor(grads, L):
    total = 0.0
    for name in grads:
        total += np.sum(grads[name] * grads[name])
    norm = total**0.5
    if norm > L:
        return L / norm
    return 1
""",
    ),
    (
        "17.3",
        "one vector of all",
        """
def clip_factor(grads, L):
    flat = np.concatenate([np.ravel(g) for g in grads.values()])
    return 1 / max(1, np.linalg.norm(flat) / L)
""",
    ),
    (
        "17.3",
        "norm of the norms",
        """
def clip_factor(grads, L):
    return np.minimum(1.0, L / np.linalg.norm([np.linalg.norm(g) for g in grads.values()]))
""",
    ),
    (
        "17.3",
        "L over the larger of L and the norm",
        """
def clip_factor(grads, L):
    return L / max(L, np.sqrt(sum(np.vdot(g, g) for g in grads.values())))
""",
    ),
    (
        "17.3",
        "math.hypot of everything",
        """
import math
def clip_factor(grads, L):
    norm = math.hypot(*(x for g in grads.values() for x in np.asarray(g).flat))
    return min(1.0, L / norm) if norm else 1.0
""",
    ),
    (
        "17.3",
        "np.clip of the quotient",
        """
def clip_factor(grads, L):
    squares = [np.square(g).sum() for g in grads.values()]
    return np.clip(L * np.sum(squares) ** -0.5, 0, 1)
""",
    ),
    (
        "17.3",
        "squares compared",
        """
def clip_factor(grads, L):
    total = sum(float(np.einsum("i,i", g.ravel(), g.ravel())) for g in grads.values())
    return 1.0 if total <= L**2 else np.sqrt(L**2 / total)
""",
    ),
]
