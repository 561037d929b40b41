"""Students' answers to notebook 03."""

WRONG = [
    # 03.1
    (
        "03.1",
        "forgets the smaller last hand",
        """
counts = (500 // 64, 2 * 500 + 4 * 64)
""",
    ),
    (
        "03.1",
        "takes all hands as full",
        """
counts = (8, 20 * 64)
""",
    ),
    (
        "03.1",
        "drops the last hand in both",
        """
counts = (7, 20 * 64)
""",
    ),
    (
        "03.1",
        "leaves the count of updates unrounded",
        """
counts = (500 / 64, 1256)
""",
    ),
    (
        "03.1",
        "average hand of 62.5",
        """
counts = (8, 20 * 500 / 8)
""",
    ),
    (
        "03.1",
        "counts whole epochs only, three of them",
        """
counts = (8, 3 * 500)
""",
    ),
    (
        "03.1",
        "counts the two whole epochs only",
        """
counts = (8, 2 * 500)
""",
    ),
    (
        "03.1",
        "pair reversed",
        """
counts = (1256, 8)
""",
    ),
    (
        "03.1",
        "seven hands, and four more of 52; two slips",
        """
counts = (7, 2 * 500 + 4 * 52)
""",
    ),
    (
        "03.1",
        "thousands comma makes three numbers",
        """
counts = (8, 1,256)
""",
    ),
    (
        "03.1",
        "a list of strings",
        """
counts = ["8", "1256"]
""",
    ),
    (
        "03.1",
        "off by one in both: counts the start, and 21 updates",
        """
counts = (9, 2 * 500 + 5 * 64)
""",
    ),
    (
        "03.1",
        "ceil without its import (NameError)",
        """
epoch = ceil(500 / 64)
counts = (epoch, 1256)
""",
    ),
    # 03.2
    (
        "03.2",
        "shuffles the argument itself",
        """
def deal(data, batch, rng):
    rng.shuffle(data)
    return [data[i : i + batch] for i in range(0, len(data), batch)]
""",
    ),
    (
        "03.2",
        "no shuffling",
        """
def deal(data, batch, rng):
    return [data[i:i + batch] for i in range(0, len(data), batch)]
""",
    ),
    (
        "03.2",
        "loses the smaller last hand",
        """
def deal(data, batch, rng):
    order = rng.permutation(len(data))
    hands = []
    for k in range(len(data) // batch):
        hands.append(data[order[k * batch : (k + 1) * batch]])
    return hands
""",
    ),
    (
        "03.2",
        "draws with replacement",
        """
def deal(data, batch, rng):
    n = len(data)
    rows = rng.integers(0, n, size=n)
    return [data[rows[i : i + batch]] for i in range(0, n, batch)]
""",
    ),
    (
        "03.2",
        "deals row numbers, not rows",
        """
def deal(data, batch, rng):
    order = rng.permutation(len(data))
    return [order[i : i + batch] for i in range(0, len(data), batch)]
""",
    ),
    (
        "03.2",
        "a seed of its own: the same order at each call",
        """
def deal(data, batch, rng):
    rng = np.random.default_rng(0)
    shuffled = data[rng.permutation(len(data))]
    return [shuffled[i : i + batch] for i in range(0, len(data), batch)]
""",
    ),
    (
        "03.2",
        "shuffles whole hands, neighbours stay together",
        """
def deal(data, batch, rng):
    hands = [data[i : i + batch] for i in range(0, len(data), batch)]
    return [hands[k] for k in rng.permutation(len(hands))]
""",
    ),
    (
        "03.2",
        "array_split: hands of nearly equal size",
        """
def deal(data, batch, rng):
    shuffled = data[rng.permutation(len(data))]
    n_hands = int(np.ceil(len(data) / batch))
    return np.array_split(shuffled, n_hands)
""",
    ),
    (
        "03.2",
        "takes batch for the number of hands, and shuffles the argument; two slips",
        """
def deal(data, batch, rng):
    rng.shuffle(data)
    return np.array_split(data, batch)
""",
    ),
    (
        "03.2",
        "return inside the loop: only the first hand",
        """
def deal(data, batch, rng):
    order = rng.permutation(len(data))
    hands = []
    for i in range(0, len(data), batch):
        hands.append(data[order[i : i + batch]])
        return hands
""",
    ),
    (
        "03.2",
        "shuffles each column by itself: rows fall apart",
        """
def deal(data, batch, rng):
    mixed = rng.permuted(data, axis=0)
    return [mixed[i : i + batch] for i in range(0, len(mixed), batch)]
""",
    ),
    (
        "03.2",
        "a new draw for each hand: rows come twice or never",
        """
def deal(data, batch, rng):
    hands = []
    left = len(data)
    while left > 0:
        size = min(batch, left)
        hands.append(data[rng.choice(len(data), size, replace=False)])
        left -= size
    return hands
""",
    ),
    (
        "03.2",
        "slice one short, and the last hand lost; two slips",
        """
def deal(data, batch, rng):
    order = rng.permutation(len(data))
    out = []
    for i in range(0, len(data) - batch, batch):
        out.append(data[order[i : i + batch - 1]])
    return out
""",
    ),
    (
        "03.2",
        "arrays have no shuffle (AttributeError)",
        """
def deal(data, batch, rng):
    copy = data.copy()
    copy.shuffle()
    return [copy[i : i + batch] for i in range(0, len(copy), batch)]
""",
    ),
    # 03.3
    (
        "03.3",
        "forgets that nobody is asked twice",
        """
import math

def batch_for(sigma, N, target):
    return math.ceil((sigma / target) ** 2)
""",
    ),
    (
        "03.3",
        "rounds down",
        """
def batch_for(sigma, N, target):
    return int(N * sigma**2 / (target**2 * (N - 1) + sigma**2))
""",
    ),
    (
        "03.3",
        "forgets the second factor of (5), and rounds to the nearest; two slips",
        """
def batch_for(sigma, N, target):
    return round((sigma / target) ** 2)
""",
    ),
    (
        "03.3",
        "not a whole number",
        """
def batch_for(sigma, N, target):
    return N * sigma ** 2 / (target ** 2 * (N - 1) + sigma ** 2)
""",
    ),
    (
        "03.3",
        "does not square (5)",
        """
from math import ceil

def batch_for(sigma, N, target):
    return ceil(N * sigma / (target * (N - 1) + sigma))
""",
    ),
    (
        "03.3",
        "N for N - 1",
        """
from math import ceil

def batch_for(sigma, N, target):
    ratio = (target / sigma) ** 2
    return ceil(1 / (ratio + 1 / N))
""",
    ),
    (
        "03.3",
        "sigma and target the wrong way round, and N for N - 1; two slips",
        """
from math import ceil

def batch_for(sigma, N, target):
    return ceil(N * target**2 / (sigma**2 * N + target**2))
""",
    ),
    (
        "03.3",
        "brackets lost in the denominator",
        """
from math import ceil

def batch_for(sigma, N, target):
    return ceil(N * sigma**2 / target**2 * (N - 1) + sigma**2)
""",
    ),
    (
        "03.3",
        "stops one too early in the search",
        """
def batch_for(sigma, N, target):
    B = 1
    while sigma / np.sqrt(B) * np.sqrt((N - B) / (N - 1)) > target:
        B += 1
    return B - 1
""",
    ),
    (
        "03.3",
        "endless loop: B never grows",
        """
def batch_for(sigma, N, target):
    B = 1
    noise = sigma / np.sqrt(B) * np.sqrt((N - B) / (N - 1))
    while noise > target or B < 1:
        noise = sigma / np.sqrt(B) * np.sqrt((N - B) / (N - 1))
    return B
""",
    ),
    (
        "03.3",
        "only tries powers of two",
        """
def batch_for(sigma, N, target):
    B = 1
    while B < N and sigma / B**0.5 * ((N - B) / (N - 1))**0.5 > target:
        B = 2 * B
    return min(B, N)
""",
    ),
    (
        "03.3",
        "sigma forgotten in the denominator, and rounded down; two slips",
        """
def batch_for(sigma, N, target):
    return int(N * sigma**2 // (target**2 * (N - 1)))
""",
    ),
    (
        "03.3",
        "math never imported (NameError)",
        """
def batch_for(sigma, N, target):
    return math.ceil(N * sigma**2 / (target**2 * (N - 1) + sigma**2))
""",
    ),
]

RIGHT = [
    (
        "03.1",
        "ceil by negative floor division, a list",
        """
updates = -(-500 // 64)
epochs, rest = divmod(20, updates)
counts = [updates, epochs * 500 + rest * 64]
""",
    ),
    (
        "03.1",
        "counted in a loop, integer array",
        """
sizes = []
for epoch in range(3):
    left = 500
    while left > 0:
        sizes.append(min(64, left))
        left -= 64
per_epoch = len(sizes) // 3
counts = np.array([per_epoch, sum(sizes[:20])])
""",
    ),
    (
        "03.1",
        "floats",
        """
counts = (np.ceil(500 / 64), 1256.0)
""",
    ),
    (
        "03.2",
        "permutation of the rows, while loop",
        """
def deal(data, batch, rng):
    rest = rng.permutation(data)
    hands = []
    while len(rest):
        hands.append(rest[:batch])
        rest = rest[batch:]
    return hands
""",
    ),
    (
        "03.2",
        "in-place shuffle of its own copy",
        """
def deal(data, batch, rng):
    mine = np.array(data)
    rng.shuffle(mine)
    return [mine[i : i + batch].copy() for i in range(0, len(mine), batch)]
""",
    ),
    (
        "03.2",
        "np.split at the multiples of batch",
        """
def deal(data, batch, rng):
    order = rng.permutation(len(data))
    cuts = np.arange(batch, len(data), batch)
    return np.split(data[order], cuts)
""",
    ),
    (
        "03.2",
        "a generator inside, turned into a list",
        """
def deal(data, batch, rng):
    def hands():
        order = rng.choice(len(data), size=len(data), replace=False)
        for start in range(0, len(order), batch):
            yield data[order[start : start + batch]]

    return list(hands())
""",
    ),
    (
        "03.3",
        "search from 1 upwards",
        """
def batch_for(sigma, N, target):
    for B in range(1, N + 1):
        noise = sigma / np.sqrt(B) * np.sqrt((N - B) / (N - 1))
        if noise <= target + 1e-12:
            return B
""",
    ),
    (
        "03.3",
        "np.ceil, a float that is whole, other algebra",
        """
def batch_for(sigma, N, target):
    r = (target / sigma) ** 2
    return np.ceil(N / (1 + r * (N - 1)) - 1e-12)
""",
    ),
    (
        "03.3",
        "ceil by negative floor division",
        """
def batch_for(sigma, N, target):
    s2, t2 = sigma * sigma, target * target
    return int(-(-(N * s2) // (t2 * (N - 1) + s2)))
""",
    ),
]
