"""Students' answers to notebook 18."""

WRONG, RIGHT = [], []


def w(number, label, code):
    WRONG.append((f"18.{number}", label, code.strip("\n") + "\n"))


def r(number, label, code):
    RIGHT.append((f"18.{number}", label, code.strip("\n") + "\n"))


def function(head, body):
    lines = body.strip("\n").split("\n")
    return f"def {head}:\n" + "\n".join("    " + line for line in lines)


def combine(body):
    return function("combine(n, g)", body)


def rest(body):
    return function("rest_point(a, c, lr, H)", body)


# 18.1
w(1, "the plain mean of the means", combine("return g.mean(axis=0)"))
w(1, "divided by the chunks, not by the points", combine("return n @ g / len(n)"))
w(1, "mean of the weighted rows", combine("return np.mean(n[:, None] * g, axis=0)"))
w(1, "not divided at all", combine("return n @ g"))
w(1, "means added as if they were sums", combine("return g.sum(axis=0)"))
w(1, "means taken for sums, by N", combine("return g.sum(axis=0) / n.sum()"))
w(
    1,
    "wrong axis: a number a chunk",
    combine("return (n[:, None] * g).sum(1) / n.sum()"),
)
w(1, "weighted, then all in one", combine("return (n[:, None] * g).sum() / n.sum()"))
w(1, "the axis forgotten: one number", combine("return np.mean(g)"))
w(1, "not added up", combine("return n[:, None] * g / n.sum()"))
w(1, "average without an axis", combine("return np.average(g, weights=n)"))
w(1, "rows and columns do not fit", combine("return (n * g).sum(axis=0) / n.sum()"))
w(1, "the wrong way round", combine("return g @ n / n.sum()"))
w(1, "large chunks count less", combine("v = 1 / n\nreturn v @ g / v.sum()"))
w(1, "divided by n where times", combine("return (1 / n) @ g * n.sum()"))
w(1, "root of n as weights", combine("v = np.sqrt(n)\nreturn v @ g / v.sum()"))
w(1, "n squared: weighted twice", combine("return n**2 @ g / n.sum()"))
w(1, "n squared above and below", combine("return n**2 @ g / (n**2).sum()"))
w(1, "divided twice", combine("v = n / n.sum()\nreturn v @ g / n.sum()"))
w(1, "weights by the largest chunk", combine("return n @ g / n.max()"))
w(1, "a step instead of a gradient", combine("return -(n @ g) / n.sum()"))
w(1, "the largest chunk only", combine("return g[np.argmax(n)]"))
w(1, "the median", combine("return np.median(g, axis=0)"))
w(
    1,
    "return within the loop",
    combine("""
total = 0
for size, row in zip(n, g):
    total = total + size * row
    return total / n.sum()
"""),
)
w(
    1,
    "the last chunk left out",
    combine("""
total = 0
for k in range(len(n) - 1):
    total = total + n[k] * g[k]
return total / n.sum()
"""),
)
w(
    1,
    "the first chunk left out",
    combine("""
total = np.zeros(g.shape[1])
for k in range(1, len(n)):
    total = total + n[k] * g[k]
return total / n.sum()
"""),
)
w(
    1,
    "overwritten, not added",
    combine("""
for size, row in zip(n, g):
    total = size * row
return total / sum(n)
"""),
)
w(
    1,
    "halved in each turn",
    combine("""
mean = g[0]
for row in g[1:]:
    mean = (mean + row) / 2
return mean
"""),
)
w(1, "whole-number division", combine("v = n // n.sum()\nreturn v @ g"))
w(1, "printed, not returned", combine("print(n @ g / n.sum())"))

r(1, "matrix product", combine("return n @ g / n.sum()"))
r(1, "transposed", combine("return g.T @ n / np.sum(n)"))
r(1, "a column of weights", combine("return (n[:, None] * g).sum(axis=0) / n.sum()"))
r(1, "weights first", combine("share = n / n.sum()\nreturn share @ g"))
r(1, "average", combine("return np.average(g, axis=0, weights=n)"))
r(1, "einsum", combine("return np.einsum('k,kd->d', n, g) / sum(n)"))
r(1, "a row of one", combine("return n[None, :] @ g / n.sum()"))
r(1, "a lambda", "combine = lambda n, g: np.dot(n, g) / np.sum(n)\n")
r(
    1,
    "loop over the chunks",
    combine("""
total, points = np.zeros(g.shape[1]), 0
for size, row in zip(n, g):
    total += size * row
    points += size
return total / points
"""),
)
r(
    1,
    "a list of Python floats",
    combine("""
N = float(sum(n))
columns = range(len(g[0]))
return [sum(float(n[k] * g[k][d]) for k in range(len(n))) / N for d in columns]
"""),
)
r(
    1,
    "a tuple",
    combine("return tuple(sum(n * column) / sum(n) for column in g.T)"),
)
r(
    1,
    "a running mean",
    combine("""
mean, seen = g[0], n[0]
for size, row in zip(n[1:], g[1:]):
    seen = seen + size
    mean = mean + size / seen * (row - mean)
return mean
"""),
)
r(1, "rows repeated", combine("return np.repeat(g, n.astype(int), axis=0).mean(0)"))
r(1, "means of means", combine("return (n * g.T).mean(axis=1) / n.mean()"))

# 18.2
CONSTANTS = "N, c, l = 400e6, 20e-9, 5e-3\n"
w(2, "root forgotten", "answer = (1600, 8.005, 1.7)\n")
w(2, "root forgotten in P only", "answer = (1600, 0.4, 1.7)\n")
w(2, "the optimum of the slow network", "answer = (40, 0.4, 0.8)\n")
w(2, "workers of the slow network, too", "answer = (20, 0.8, 1.7)\n")
w(2, "2 forgotten in (4)", "answer = (40, 0.2, 1.7)\n")
w(2, "2 and its root forgotten", "answer = (40, 0.04, 1.7)\n")
w(2, "root of the second term forgotten", "answer = (40, 0.08, 1.7)\n")
w(2, "milliseconds", "answer = (40, 400, 1700)\n")
w(2, "messages forgotten", "answer = (40, 0.2, 0.1)\n")
w(2, "messages only", "answer = (40, 0.2, 1.6)\n")
w(2, "messages are not taken P times", "answer = (40, 0.205, 0.12)\n")
w(2, "twice as slow a step", "answer = (40, 0.4, 0.8)\n")
w(
    2,
    "root forgotten in P, and P used",
    "answer = (1600, 8 / 1600 + 0.005 * 1600, 1.7)\n",
)
w(2, "latency added, not put in place", "answer = (40, 0.4, 2.1)\n")
w(2, "work not shared", "answer = (40, 8.2, 9.6)\n")
w(2, "l and c swapped", "answer = (0.025, 0.4, 1.7)\n")
w(2, "P upside down", "answer = (np.sqrt(5e-3 / 8), 2 * np.sqrt(8 * 5e-3), 1.7)\n")
w(2, "product under the root of P", "answer = (0.2, 0.4, 1.7)\n")
w(2, "seconds first", "answer = (0.4, 40, 1.7)\n")
w(2, "only two of three", "answer = (40, 0.4)\n")
w(2, "only the workers", "answer = 40\n")
w(2, "the same time again", "answer = (40, 0.4, 0.4)\n")
w(
    2,
    "nanoseconds taken for microseconds",
    """
N, c, l = 400e6, 20e-6, 5e-3
P = np.sqrt(c * N / l)
answer = P, 2 * np.sqrt(c * N * l), c * N / 80 + 20e-3 * 80
""",
)
w(
    2,
    "milliseconds taken for seconds",
    """
N, c, l = 400e6, 20e-9, 5
P = np.sqrt(c * N / l)
answer = P, 2 * np.sqrt(c * N * l), c * N / 80 + 20 * 80
""",
)
w(
    2,
    "400 million with a nought too few",
    """
N, c, l = 40e6, 20e-9, 5e-3
P = np.sqrt(c * N / l)
answer = P, 2 * np.sqrt(c * N * l), c * N / 80 + 20e-3 * 80
""",
)
w(
    2,
    "the constants of the notebook: c = 3.2 ns, l = 1.6 ms",
    """
N, c, l = 400e6, 3.2e-9, 1.6e-3
P = np.sqrt(c * N / l)
answer = P, 2 * np.sqrt(c * N * l), c * N / 80 + 20e-3 * 80
""",
)
w(
    2,
    "N / P forgotten in the slow step: c N P",
    "answer = (40, 0.4, 8 * 80 + 0.02 * 80)\n",
)
w(2, "in pairs", "answer = (40, 0.4, 8 / 80 + 0.02 * np.log2(80))\n")
w(2, "with the 40", "answer = (40, 0.4, 8 / 40 + 0.02 * 40)\n")
w(2, "the work is slowed", "answer = (40, 0.4, 4 * 8 / 80 + 0.005 * 80)\n")
w(2, "words", 'answer = ("40 workers", "0.4 s", "1.7 s")\n')

r(2, "by hand", "answer = (40, 0.4, 1.7)\n")
r(2, "a list", "answer = [40, 0.4, 1.7]\n")
r(2, "an array", "answer = np.array([40.0, 0.4, 1.7])\n")
r(
    2,
    "by the formulas",
    CONSTANTS
    + """
P = np.sqrt(c * N / l)
answer = P, 2 * np.sqrt(c * N * l), c * N / 80 + 20e-3 * 80
""",
)
r(
    2,
    "one function for (3), in Python floats",
    CONSTANTS
    + """
def t(P, l):
    return c * N / P + l * P


P = round((c * N / l) ** 0.5)
answer = (P, t(P, l), t(80, 0.02))
""",
)
r(
    2,
    "searched on a grid",
    CONSTANTS
    + """
P = np.arange(1, 2000)
t = c * N / P + l * P
best = t.argmin()
answer = (P[best], t[best], c * N / 80 + 4 * l * 80)
""",
)
r(2, "messages as long as work", "answer = (40, 8 / 40 * 2, 8 / 40 / 2 + 8 * 8 / 40)\n")

# 18.3
w(
    3,
    "a modulus",
    """
def rest_point(a, c, lr, H):
    r = abs(1 - lr * a) ** H
    return (1 - r) @ c / (1 - r).sum()
""",
)
R = "r = (1 - lr * a) ** H\n"
w(3, "r for 1 - r", rest(R + "return (r * c).sum() / r.sum()"))
w(3, "r above, 1 - r below", rest(R + "return (r * c).sum() / (1 - r).sum()"))
w(3, "1 - r above, r below", rest(R + "return ((1 - r) * c).sum() / r.sum()"))
w(3, "the minimum of the sum", rest("return (a * c).sum() / a.sum()"))
w(
    3,
    "exponent forgotten",
    rest("r = 1 - lr * a\nreturn ((1 - r) * c).sum() / (1 - r).sum()"),
)
w(
    3,
    "exponent forgotten and r for 1 - r",
    rest("r = 1 - lr * a\nreturn (r * c).sum() / r.sum()"),
)
w(
    3,
    "times H, not to the power",
    rest("r = (1 - lr * a) * H\nreturn (1 - r) @ c / (1 - r).sum()"),
)
w(
    3,
    "H at the a only",
    rest("r = 1 - lr * a**H\nreturn (1 - r) @ c / (1 - r).sum()"),
)
w(
    3,
    "H at the whole step",
    rest("r = 1 - (lr * a) ** H\nreturn (1 - r) @ c / (1 - r).sum()"),
)
w(3, "the plain mean of the minima", rest("return c.mean()"))
w(3, "divided by P", rest(R + "return np.mean((1 - r) * c)"))
w(3, "not divided", rest(R + "return ((1 - r) * c).sum()"))
w(3, "mean above, sum below", rest(R + "return np.mean((1 - r) * c) / (1 - r).sum()"))
w(3, "sums apart", rest(R + "return (1 - r).sum() * c.sum() / (1 - r).sum()"))
w(3, "not summed: a place a worker", rest(R + "return (1 - r) * c / (1 - r).sum()"))
w(3, "c forgotten", rest(R + "return (1 - r) / (1 - r).sum()"))
w(
    3,
    "a forgotten",
    rest("r = (1 - lr) ** H * np.ones(len(c))\nreturn (1 - r) @ c / (1 - r).sum()"),
)
w(3, "eta forgotten", rest("r = (1 - a) ** H\nreturn (1 - r) @ c / (1 - r).sum()"))
w(
    3,
    "plus for minus",
    rest("r = (1 + lr * a) ** H\nreturn (1 - r) @ c / (1 - r).sum()"),
)
w(
    3,
    "a slope twice as steep",
    rest("r = (1 - 2 * lr * a) ** H\nreturn (1 - r) @ c / (1 - r).sum()"),
)
w(
    3,
    "half the slope",
    rest("r = (1 - lr * a / 2) ** H\nreturn (1 - r) @ c / (1 - r).sum()"),
)
w(
    3,
    "one step too many",
    rest("r = (1 - lr * a) ** (H + 1)\nreturn (1 - r) @ c / (1 - r).sum()"),
)
w(
    3,
    "one step too few",
    rest("r = (1 - lr * a) ** (H - 1)\nreturn (1 - r) @ c / (1 - r).sum()"),
)
w(
    3,
    "a flow instead of steps",
    rest("r = np.exp(-lr * a * H)\nreturn (1 - r) @ c / (1 - r).sum()"),
)
w(
    3,
    "weights a (1 - r)",
    rest(R + "v = a * (1 - r)\nreturn v @ c / v.sum()"),
)
w(3, "weights 1 / (1 - r)", rest(R + "v = 1 / (1 - r)\nreturn v @ c / v.sum()"))
w(
    3,
    "a and c exchanged",
    rest("r = (1 - lr * c) ** H\nreturn (1 - r) @ a / sum(1 - r)"),
)
w(3, "a single round", rest(R + "return np.mean(c + r * (0 - c))"))
w(3, "a round with the sign turned", rest(R + "return np.mean(c - r * (0 - c))"))
w(3, "after H steps of one worker", rest(R + "return c + r * (0 - c)"))
w(
    3,
    "H rounds, not rounds until it rests",
    rest(R + "x = 0.0\nfor _ in range(H):\n    x = np.mean(c + r * (x - c))\nreturn x"),
)
w(
    3,
    "meets after every step",
    rest("""
x = 0.0
for _ in range(5000 * H):
    x = np.mean(x - lr * a * (x - c))
return x
"""),
)
w(3, "^ for a power", rest("r = (1 - lr * a) ^ H\nreturn (1 - r) @ c / sum(1 - r)"))
w(3, "brackets below forgotten", rest(R + "return (1 - r) @ c / 1 - r.sum()"))

r(3, "by (6)", rest(R + "return ((1 - r) * c).sum() / (1 - r).sum()"))
r(3, "an inner product", rest(R + "return (1 - r) @ c / np.sum(1 - r)"))
r(
    3,
    "average",
    rest("return np.average(c, weights=1 - (1 - lr * a) ** H)"),
)
r(3, "np.power", rest("v = 1 - np.power(1 - lr * a, H)\nreturn np.vdot(v, c) / sum(v)"))
r(3, "means in place of sums", rest(R + "return np.mean((1 - r) * c) / (1 - r.mean())"))
r(
    3,
    "shares first",
    rest("v = 1 - np.power(1 - lr * a, H)\nv = v / v.sum()\nreturn sum(v * c)"),
)
r(3, "turned round", rest(R + "return (c.sum() - r @ c) / (len(c) - r.sum())"))
r(
    3,
    "loop in Python floats",
    rest("""
above = below = 0.0
for ai, ci in zip(a.tolist(), c.tolist()):
    weight = 1 - (1 - lr * ai) ** H
    above += weight * ci
    below += weight
return above / below
"""),
)
r(
    3,
    "r by H factors",
    rest("""
r = np.ones(len(a))
for _ in range(H):
    r = r * (1 - lr * a)
return [sum((1 - r) * c) / sum(1 - r)]
"""),
)
r(
    3,
    "geometric sum",
    rest("""
weights = a * sum((1 - lr * a) ** j for j in range(H))
return float(weights @ c / weights.sum())
"""),
)
r(
    3,
    "rounds until nothing moves",
    rest("""
r, x = (1 - lr * a) ** H, 0.0
for _ in range(2000):
    x = np.mean(c + r * (x - c))
return x
"""),
)
r(
    3,
    "from two rounds: a round is a line in theta",
    rest("""
def after(x):
    x = np.full(len(a), float(x))
    for _ in range(H):
        x = x - lr * a * (x - c)
    return x.mean()


return after(0) / (1 - (after(1) - after(0)))
"""),
)
r(
    3,
    "keyword order in the head changed",
    function("rest_point(a, c, H, lr)", R + "return (1 - r) @ c / sum(1 - r)")
    + """


swapped = rest_point


def rest_point(a, c, lr, H):
    return swapped(a, c, lr=lr, H=H)
""",
)
r(
    3,
    "a lambda",
    """
weight = lambda a, lr, H: 1 - (1 - a * lr) ** H
rest_point = lambda a, c, lr, H: weight(a, lr, H) @ c / weight(a, lr, H).sum()
""",
)
