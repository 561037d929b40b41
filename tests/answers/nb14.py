"""Students' answers to notebook 14."""

WRONG, RIGHT = [], []


def w(number, label, code):
    WRONG.append((f"14.{number}", label, code.strip("\n") + "\n"))


def r(number, label, code):
    RIGHT.append((f"14.{number}", label, code.strip("\n") + "\n"))


# 14.1: a=2,b=3: p=6, s=8, J=24. dJ/ds=b=3; dJ/dp=3; dJ/da = dJ/dp*b + dJ/ds*1 = 9+3=12; dJ/db = s + dJ/dp*a = 8+6=14
w(1, "each use of a and b once only, the later one", "slopes = 3, 3, 3, 8\n")
w(1, "each use once only, through p", "slopes = 3, 3, 9, 6\n")
w(1, "a's edge into s forgotten", "slopes = (3, 3, 9, 14)\n")
w(1, "b's edge into J forgotten", "slopes = (3, 3, 12, 6)\n")
w(1, "the values, not the slopes", "slopes = (8, 6, 2, 3)\n")
w(1, "local slopes alone", "slopes = (3, 1, 4, 10)\n")
w(1, "order of the letters", "slopes = (12, 14, 3, 3)\n")
w(1, "a and b swapped", "slopes = [3, 3, 14, 12]\n")
w(1, "p and s get b twice", "slopes = (3, 9, 12, 14)\n")
w(1, "J for the slope of J", "slopes = (72, 72, 288, 336)\n")
w(1, "products in place of sums", "slopes = (3, 3, 27, 48)\n")
w(1, "with the slope of J in front", "slopes = (1, 3, 3, 12, 14)\n")
w(1, "s for ds", "slopes = (8, 3, 12, 14)\n")
w(1, "s times a, too", "slopes = (3, 3, 12, 22)\n")
w(1, "ds is s", "slopes = (8, 8, 32, 24)\n")
r(1, "a tuple", "slopes = (3, 3, 12, 14)\n")
r(1, "an array of floats", "slopes = np.array([3.0, 3, 12, 14])\n")
r(
    1,
    "computed by formula",
    "a, b = 2, 3\nds = b\ndp = ds\nslopes = [ds, dp, ds + b * dp, a * b + a + a * dp]\n",
)
r(
    1,
    "by differences",
    "def J(a, b):\n    return (a * b + a) * b\n\n\nh = 1e-6\nslopes = 3, 3, (J(2 + h, 3) - J(2 - h, 3)) / (2 * h), (J(2, 3 + h) - J(2, 3 - h)) / (2 * h)\n",
)
H2 = "def score_slopes(S, y):\n"
EX = "    S = S - S.max(axis=1, keepdims=True)\n    P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)\n"
Y = "    Y = np.eye(S.shape[1])[y]\n"
w(2, "no N", H2 + EX + Y + "    return P - Y\n")
w(2, "Y - P", H2 + EX + Y + "    return (Y - P) / len(y)\n")
w(2, "over the classes", H2 + EX + Y + "    return (P - Y) / S.shape[1]\n")
w(2, "over all entries", H2 + EX + Y + "    return (P - Y) / S.size\n")
w(
    2,
    "largest score not taken off",
    H2
    + "    P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)\n"
    + Y
    + "    return (P - Y) / len(y)\n",
)
w(
    2,
    "softmax down the samples",
    H2
    + "    S = S - S.max(axis=0)\n    P = np.exp(S) / np.exp(S).sum(axis=0)\n"
    + Y
    + "    return (P - Y) / len(y)\n",
)
w(
    2,
    "sum over everything",
    H2
    + "    S = S - S.max(axis=1, keepdims=True)\n    P = np.exp(S) / np.exp(S).sum()\n"
    + Y
    + "    return (P - Y) / len(y)\n",
)
w(2, "one off every entry", H2 + EX + "    return (P - 1) / len(y)\n")
w(2, "P alone", H2 + EX + "    return P / len(y)\n")
w(
    2,
    "the column y off every row",
    H2 + EX + "    P[:, y] -= 1\n    return P / len(y)\n",
)
w(2, "the class's number off", H2 + EX + "    return (P - y[:, None]) / len(y)\n")
w(2, "scores, no softmax", H2 + Y + "    return (S - Y) / len(y)\n")
w(
    2,
    "no keepdims",
    H2
    + "    S = S - S.max(axis=1)\n    P = np.exp(S) / np.exp(S).sum(axis=1)\n"
    + Y
    + "    return (P - Y) / len(y)\n",
)
w(
    2,
    "the slope of the right class alone",
    H2 + EX + "    return (P[np.arange(len(y)), y] - 1) / len(y)\n",
)
w(2, "the loss", H2 + EX + "    return -np.log(P[np.arange(len(y)), y]).mean()\n")
w(2, "the slopes at P", H2 + EX + Y + "    return -Y / P / len(y)\n")
w(
    2,
    "the largest score of all taken off, and mended with a small number",
    H2
    + "    S = S - S.max()\n    P = np.exp(S) / (np.exp(S).sum(axis=1, keepdims=True) + 1e-12)\n"
    + Y
    + "    return (P - Y) / len(y)\n",
)
w(2, "squared error", H2 + EX + Y + "    return 2 * (P - Y) * P * (1 - P) / len(y)\n")
r(2, "with a matrix Y", H2 + EX + Y + "    return (P - Y) / len(y)\n")
r(
    2,
    "one off in place",
    H2
    + "    E = np.exp(S - S.max(1)[:, None])\n    P = E / E.sum(1)[:, None]\n    P[np.arange(len(S)), y] -= 1.0\n    return P / len(S)\n",
)
r(
    2,
    "a loop over samples",
    H2
    + "    rows = []\n    for scores, c in zip(S, y):\n        e = np.exp(scores - max(scores))\n        row = e / e.sum()\n        row[c] = row[c] - 1\n        rows.append(row / len(S))\n    return rows\n",
)
r(
    2,
    "through logarithms",
    H2
    + "    top = S.max(axis=1, keepdims=True)\n    log_P = S - top - np.log(np.exp(S - top).sum(axis=1, keepdims=True))\n    hit = y[:, None] == np.arange(S.shape[1])\n    return (np.exp(log_P) - hit) / y.size\n",
)
H3 = "def first_layer(X, H, W2, dS):\n"
w(3, "no tanh", H3 + "    return X.T @ (dS @ W2.T)\n")
w(3, "1 - H", H3 + "    return X.T @ (dS @ W2.T * (1 - H))\n")
w(
    3,
    "tanh of H once more",
    H3 + "    return X.T @ (dS @ W2.T * (1 - np.tanh(H) ** 2))\n",
)
w(3, "H times 1 - H, a sigmoid's", H3 + "    return X.T @ (dS @ W2.T * H * (1 - H))\n")
w(3, "the slope of W2", H3 + "    return H.T @ dS\n")
w(3, "W2 not turned", H3 + "    return X.T @ (dS @ W2 * (1 - H**2))\n")
w(3, "turned result", H3 + "    dZ = dS @ W2.T * (1 - H**2)\n    return dZ.T @ X\n")
w(
    3,
    "over N again",
    H3 + "    dZ = dS @ W2.T * (1 - H**2)\n    return X.T @ dZ / len(X)\n",
)
w(3, "minus", H3 + "    dZ = dS @ W2.T * (1 - H**2)\n    return -X.T @ dZ\n")
w(3, "H squared", H3 + "    return X.T @ (dS @ W2.T * H**2)\n")
w(3, "X not turned", H3 + "    return X @ (dS @ W2.T * (1 - H**2))\n")
w(3, "b1's slope", H3 + "    return (dS @ W2.T * (1 - H**2)).sum(axis=0)\n")
w(3, "1 + H squared", H3 + "    return X.T @ (dS @ W2.T * (1 + H**2))\n")
w(3, "divided by the tanh's slope", H3 + "    return X.T @ (dS @ W2.T / (1 - H**2))\n")
w(3, "tanh before W2", H3 + "    return X.T @ ((1 - H**2) @ W2 * dS) @ W2.T\n")
r(
    3,
    "in three lines",
    H3 + "    dH = dS @ W2.T\n    dZ = dH * (1 - H**2)\n    return X.T @ dZ\n",
)
r(
    3,
    "the turned one turned",
    H3 + "    dZ = (W2 @ dS.T).T * (1 - H * H)\n    return (dZ.T @ X).T\n",
)
r(
    3,
    "sample by sample",
    H3
    + "    total = np.zeros((X.shape[1], H.shape[1]))\n    for x, h, d in zip(X, H, dS):\n        total += np.outer(x, (1 - h**2) * (W2 @ d))\n    return total\n",
)
r(
    3,
    "einsum",
    H3 + "    return np.einsum('ni,nc,hc,nh->ih', X, dS, W2, (1 + H) * (1 - H))\n",
)

# Of another hand.
w(
    2,
    "no mean, the largest score of all taken off",
    H2
    + "    E = np.exp(S - S.max())\n    P = E / E.sum(axis=1)[:, None]\n    P[range(len(y)), y] -= 1\n    return P\n",
)
w(3, "stops at Z", H3 + "    return (dS @ W2.T) * (1 - H**2)\n")
