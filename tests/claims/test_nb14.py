"""What notebook 14 claims of networks, refereed."""

from functools import cache
from itertools import combinations

import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from gdlib import METHODS, adam, descend, gradient_descent, network, ravine, rmsprop
from gdlib.references import timings
from gdlib.training import curves, dealt, parted
from tests.claims.claim import claim

X, Y = load_digits(return_X_y=True)
X = X / 16
GRID = np.geomspace(10**-2.5, 10**0.25, 12)
TUNED = [name for name in METHODS if name != "adadelta"]
SIX = ("momentum", "nesterov", "adam", "adamax", "amsgrad", "nadam")
PAIRS = tuple(combinations(range(10), 2))
BEST = dict(  # the race's η
    gradient_descent=0.316,
    momentum=0.178,
    nesterov=0.316,
    adagrad=0.1,
    rmsprop=0.0056,
    adam=0.0316,
    adamax=0.1,
    amsgrad=0.0316,
    nadam=0.0316,
)


@cache
def digits(split=0):
    """The network on 1,200 of the digits, and the digits that are left."""
    known, new = parted(X, Y, 1200, split)
    return network(*known), new


@cache
def ends(name, epochs):
    """Loss and accuracy at the end, (lr, seeds, 4), seeds 100 to 109 on the grid."""
    net, new = digits()
    how = dict(epochs=epochs, every=epochs)
    if name == "adadelta":
        return curves(METHODS[name], net, new, range(100, 110), **how)[:, 1][None]
    found = []
    for lrs in np.split(GRID, 3):
        runs = curves(METHODS[name], net, new, range(100, 110), lr=lrs, **how)
        found.append(np.moveaxis(runs[:, 1], -1, 0))
    return np.concatenate(found)


@cache
def results(epochs, pair):
    """Name -> (8, 4): η from the worse of two seeds, the ends of the eight others."""
    others, found = [seed for seed in range(10) if seed not in pair], {}
    for name in METHODS:
        table = ends(name, epochs)
        worst = np.nan_to_num(table[:, pair, 0].max(1), nan=np.inf)
        found[name] = table[worst.argmin()][others]
    return found


def order(epochs, pair):
    """The methods by their median training loss."""
    found = results(epochs, pair)
    return sorted(found, key=lambda name: np.median(found[name][:, 0]))


# The graph.


@claim(
    "A node may be used more than once, hence the sum",
    says="in reverse mode the shares of all uses add up: leave one use out, and the "
    "slope of x^k differs from k x^(k - 1)",
    at=dict(x=0.7, k=2),
    vary=dict(x=(-1.3, 0.7, 2.5), k=(2, 3, 5)),
)
def test_uses_add(x, k):
    """A tape of x · x · …, each product using x once more."""
    whole, partial = 1.0, 1.0
    value = x
    for _ in range(k - 1):
        whole, partial = whole * x + value, partial * x
        value *= x
    right = k * x ** (k - 1)
    return np.isclose(whole, right) and not np.isclose(partial, right)


@claim(
    "gives every slope for the price of a few losses",
    says="a gradient of the network costs less than ten of its losses in "
    "multiplications counted, for any number of parameters",
    at=dict(hidden=32, N=1200),
    vary=dict(hidden=(1, 8, 32, 128, 1000), N=(1, 32, 1200)),
)
def test_a_gradient_costs_a_few_losses(hidden, N):
    """Multiplications of all matrix products, forwards and back."""
    forwards = N * (64 * hidden + hidden * 10)
    back = N * (64 * hidden + 2 * hidden * 10)
    return forwards + back < 10 * forwards


# One run and the race.


@claim(
    "The training loss falls faster than the validation loss",
    says="from epoch 2 to 8 Adam's training loss falls by a larger factor than its "
    "validation loss",
    at=dict(seed=0, lr=0.01, split=0),
    vary=dict(seed=(1, 2, 3), lr=(0.005, 0.02), split=(0, 1)),
)
def test_by_heart(seed, lr, split):
    """Loss at epoch 8 over that at epoch 2, training beside validation."""
    found = curves(adam, *digits(split), [seed], every=2, lr=lr)[0]
    return found[4, 0] / found[1, 0] < found[4, 1] / found[1, 1]


@claim(
    "Nesterov's median ends below half of gradient descent's",
    says="Nesterov's median training loss after 8 epochs is less than half of gradient "
    "descent's, whichever two of ten seeds choose η",
    at=dict(pair=(1, 2)),
    vary=dict(pair=PAIRS),
    slow=True,
)
def test_nesterov_far_ahead(pair):
    """Ten seeds, two choose η on the grid, the other eight race."""
    found = results(8, pair)
    J = {n: np.median(found[n][:, 0]) for n in ("nesterov", "gradient_descent")}
    return J["nesterov"] < J["gradient_descent"] / 2


@claim(
    "Up to 16 epochs it is always one of these two",
    says="Nesterov or Nadam has the lowest median training loss at 1 to 16 epochs, "
    "whichever two of ten seeds choose η for that budget",
    at=dict(epochs=8, pair=(1, 2)),
    vary=dict(epochs=(1, 2, 4, 8, 16), pair=PAIRS),
    slow=True,
)
def test_lookahead_leads(epochs, pair):
    """Ten seeds, two choose η on the grid, the other eight race."""
    return order(epochs, pair)[0] in ("nesterov", "nadam")


@claim(
    "With η chosen for one epoch Nesterov is first, for two epochs Nadam",
    says="Nesterov leads by training loss after one epoch, Nadam after two, whichever "
    "two of ten seeds choose η",
    at=dict(pair=(1, 2)),
    vary=dict(pair=PAIRS),
    slow=True,
)
def test_budget_makes_the_order(pair):
    """Ten seeds, two choose η on the grid, the other eight race."""
    return order(1, pair)[0] == "nesterov" and order(2, pair)[0] == "nadam"


@claim(
    "last at every budget from 1 to 32 epochs",
    says="Adadelta has the largest median training loss of the ten at 1 to 32 epochs "
    "for nearly every two of ten seeds that choose the others' η",
    at=dict(epochs=8, pair=(1, 2)),
    vary=dict(epochs=(1, 2, 4, 8, 16, 32), pair=PAIRS),
    share=0.95,
    slow=True,
)
def test_adadelta_is_last(epochs, pair):
    """Ten seeds, two choose η on the grid, the other eight race."""
    return order(epochs, pair)[-1] == "adadelta"


@claim(
    "RMSProp is in front; of all ten, in fact",
    says="RMSProp is eighth or later at 8 epochs and first at 32 by median training "
    "loss for nearly every two of ten seeds that choose η for each budget",
    at=dict(pair=(1, 2)),
    vary=dict(pair=PAIRS),
    share=0.95,
    slow=True,
)
def test_rmsprop_from_last_to_first(pair):
    """Ten seeds, two choose η on the grid, the other eight race."""
    return "rmsprop" in order(8, pair)[7:] and order(32, pair)[0] == "rmsprop"


@claim(
    "Adam is not always in front",
    says="Adam is third or later by median training loss at 1 to 16 epochs, whichever "
    "two of ten seeds choose η",
    at=dict(epochs=8, pair=(1, 2)),
    vary=dict(epochs=(1, 2, 4, 8, 16), pair=PAIRS),
    slow=True,
)
def test_adam_is_not_in_front(epochs, pair):
    """Ten seeds, two choose η on the grid, the other eight race."""
    return order(epochs, pair).index("adam") >= 2


@claim(
    "AMSGrad is still the same method here",
    says="over 304 steps AMSGrad's training loss is within 10 % of Adam's at η up to "
    "their best",
    at=dict(seed=0, lr=0.0316),
    vary=dict(seed=(1, 2, 3), lr=(0.01, 0.0316)),
)
def test_amsgrad_is_adam(seed, lr):
    """Training loss after 8 epochs, side by side."""
    net, new = digits()
    both = (METHODS["adam"], METHODS["amsgrad"])
    a, b = (curves(f, net, new, [seed], every=8, lr=lr)[0, 1, 0] for f in both)
    return abs(a - b) < 0.1 * a


@claim(
    "With them RMSProp, Nadam and Adam lead, Nesterov is among the last four",
    says="with gdlib's default η RMSProp, Nadam, Adam and AMSGrad are the first four "
    "by training loss after 8 epochs, Nesterov, momentum, gradient descent and Adagrad "
    "the last four",
    at=dict(seeds=range(3)),
    vary=dict(seeds=(range(3, 6), range(6, 9))),
    slow=True,
)
def test_defaults_race(seeds):
    """Median training loss of three seeds."""
    net, new = digits()
    J = {
        n: np.median(curves(f, net, new, seeds, every=8)[:, 1, 0])
        for n, f in METHODS.items()
    }
    ranked = sorted(J, key=J.get)
    late = {"nesterov", "momentum", "gradient_descent", "adagrad"}
    early = {"rmsprop", "nadam", "adam", "amsgrad"}
    return set(ranked[:4]) == early and set(ranked[6:]) == late


@claim(
    "lie closer together than the seeds of one of them",
    says="the median accuracies on unseen digits of the six that train best lie closer "
    "together after 8 epochs than the seeds of the one of them that spreads most, "
    "whichever two of ten seeds choose η",
    at=dict(pair=(1, 2)),
    vary=dict(pair=PAIRS),
    slow=True,
)
def test_validation_hardly_tells(pair):
    """Medians and spreads of eight seeds, η from two others."""
    shares = np.array([results(8, pair)[name][:, 3] for name in SIX])
    return np.ptp(np.median(shares, axis=1)) < np.ptp(shares, axis=1).max()


def after(name, seed, lr, batch=32, updates=304):
    """The training loss after so many updates."""
    job, start = dealt(digits()[0], seed, batch=batch)
    end = descend(METHODS[name], job, start, updates, keep="last", lr=lr)
    return end.loss[-1]


@claim(
    "a tuned η is worth more than a change of method",
    says="η from 1e-4 to 10 moves the training loss after 304 updates by a factor from "
    "100 to 100,000, more than batches from 4 to 1,200 do and more than any change of "
    "method at its own η",
    at=dict(name="nesterov", seed=0),
    vary=dict(name=tuple(BEST), seed=(0, 1)),
    slow=True,
)
def test_lr_counts_most(name, seed):
    """Largest over smallest training loss; the methods at the race's η."""
    rates = [after(name, seed, lr) for lr in (1e-4, BEST[name], 10)]
    sizes = [after(name, seed, BEST[name], batch) for batch in (4, 32, 1200)]
    J = [after(other, seed, lr) for other, lr in BEST.items()]
    spans = [max(found) / min(found) for found in (rates, sizes, J)]
    return 100 < spans[0] < 1e5 and spans[0] > max(spans[1:])


@claim(
    "three for gradient descent, of a hundred or more for Nesterov and Adam",
    says="batches from 4 to 1,200 move the loss after 304 updates at the race's η by a "
    "factor under 4 with gradient descent, over 100 with Nesterov and Adam",
    at=dict(seed=0),
    vary=dict(seed=(1, 2, 3)),
    slow=True,
)
def test_batches(seed):
    """Largest over smallest training loss of four batches."""

    def span(name):
        J = [after(name, seed, BEST[name], batch) for batch in (4, 32, 128, 1200)]
        return max(J) / min(J)

    return span("gradient_descent") < 4 and min(map(span, ("nesterov", "adam"))) > 100


@claim(
    "they want a smaller η with small batches",
    says="with batches of 4 a third of the race's η has a lower loss after 304 "
    "updates, with batches of 128 a higher one",
    at=dict(name="nesterov", seed=0),
    vary=dict(name=("nesterov", "adam"), seed=(1, 2, 3)),
    slow=True,
)
def test_small_batches_want_small_steps(name, seed):
    """η and η/3 at two batches."""
    lr = BEST[name]
    small, large = (
        after(name, seed, lr / 3, batch) / after(name, seed, lr, batch)
        for batch in (4, 128)
    )
    return small < 1 < large


# Starts.


@claim(
    "get equal slopes and stay copies",
    says="hidden units that begin as copies of one stay copies under every method, and "
    "the network reads less than half of the unseen digits",
    at=dict(name="adam", seed=0),
    vary=dict(name=("gradient_descent", "nesterov", "nadam"), seed=(0, 1)),
)
def test_copies_stay_copies(name, seed):
    """304 steps at the race's η; the spread of W1 over the units, and the accuracy."""
    net, new = digits()
    job, start = dealt(net, seed, copies=True)
    lr = dict(gradient_descent=0.316, nesterov=0.316, adam=0.0316, nadam=0.0316)[name]
    theta = descend(METHODS[name], job, start, 304, keep="last", lr=lr).theta[-1]
    W1 = net.split(theta)["W1"]
    return np.ptp(W1, axis=1).max() < 1e-6 and net.accuracy(theta, *new) < 0.5


@claim(
    "only b₂ learns",
    says="from a start of width 0 gradients of W1, b1 and W2 are 0 on any batch, and "
    "stay so",
    at=dict(seed=0),
    vary=dict(seed=range(1, 6)),
)
def test_zero_learns_b2_alone(seed):
    """38 steps of Adam; what has moved."""
    net, _ = digits()
    job, start = dealt(net, seed, width=0)
    moved = net.split(descend(adam, job, start, 38, keep="last").theta[-1])
    still = all((moved[name] == 0).all() for name in ("W1", "b1", "W2"))
    return still and (moved["b2"] != 0).all()


def read_at(width, method, lr, seeds):
    """Median share of unseen digits read after 8 epochs from a start of this width."""
    found = curves(method, *digits(), seeds, every=8, start=dict(width=width), lr=lr)
    return np.median(found[:, 1, 3])


@claim(
    "Adam does not even notice",
    says="from weights up to ten thousand times smaller Adam reads as many unseen "
    "digits as from width 1, to 2.5 points, while plain gradient descent reads fewer",
    at=dict(width=1e-4, seeds=range(3)),
    vary=dict(width=(1e-4, 1e-3), seeds=(range(3, 6), range(6, 9))),
    slow=True,
)
def test_small_starts(width, seeds):
    """Medians of three seeds at the race's η."""
    at = (width, 1)
    plain = [read_at(w, gradient_descent, 0.316, seeds) for w in at]
    fast = [read_at(w, adam, 0.0316, seeds) for w in at]
    return fast[0] > fast[1] - 0.025 and plain[0] < plain[1]


@claim(
    "with width 1 a unit's sum is as large as one input",
    says="over the digits the sums of hidden units have the root mean square of an "
    "input to a tenth, in the mean of 20 starts of width 1",
    at=dict(split=0, first=0),
    vary=dict(split=(0, 1), first=(20, 40)),
)
def test_width_one(split, first):
    """Root mean squares of X W1 and of X."""
    net, _ = digits(split)
    draws = [net.draw(np.random.default_rng(first + i)) for i in range(20)]
    sums = np.mean([(net.X @ net.split(theta)["W1"]) ** 2 for theta in draws])
    return abs(np.sqrt(sums / np.mean(net.X**2)) - 1) < 0.1


@claim(
    "At 10 more than half of the units are saturated, at 20 still more",
    says="of the hidden units at the start more than half are beyond ±0.99 at width "
    "10, still more at 20, less than 15 % at 3",
    at=dict(seed=0),
    vary=dict(seed=range(1, 6)),
)
def test_saturated(seed):
    """Shares over all samples and units."""
    net, _ = digits()
    starts = [dealt(net, seed, width=width)[1] for width in (3, 10, 20)]
    three, ten, twenty = (
        np.mean(np.abs(np.tanh(net.X @ net.split(theta)["W1"])) > 0.99)
        for theta in starts
    )
    return three < 0.15 and 0.5 < ten < twenty


@claim(
    "Up to width 3 nothing is lost",
    says="at width 3 as many unseen digits are read as at width 1, to 1.5 points; at "
    "10 clearly fewer, at 20 fewer still",
    at=dict(name="adam", seeds=range(3)),
    vary=dict(name=("adam", "gradient_descent"), seeds=(range(3, 6), range(6, 9))),
    slow=True,
)
def test_large_starts(name, seeds):
    """Medians of three seeds at the race's η."""
    lr = dict(adam=0.0316, gradient_descent=0.316)[name]
    one, three, ten, twenty = (
        read_at(width, METHODS[name], lr, seeds) for width in (1, 3, 10, 20)
    )
    return three > one - 0.015 and ten < one - 0.02 and twenty < ten


# Longer, referees, costs.


@claim(
    "The digits unseen hardly notice",
    says="after 32 epochs RMSProp's training loss is less than half of Nesterov's, and "
    "the medians of unseen digits read are less than a point apart",
    at=dict(first=0),
    vary=dict(first=(5, 10)),
    slow=True,
)
def test_unseen_digits_hardly_notice(first):
    """Medians of five seeds at the η of the long race."""
    how = dict(epochs=32, every=32)
    nesterov, rmsprop_ = (
        np.median(
            curves(METHODS[n], *digits(), range(first, first + 5), lr=lr, **how), 0
        )
        for n, lr in (("nesterov", 0.316), ("rmsprop", 0.0316))
    )
    apart = abs(rmsprop_[1, 3] - nesterov[1, 3])
    return rmsprop_[1, 0] < nesterov[1, 0] / 2 and apart < 0.01


@claim(
    "doubling W₂ and b₂ lowers J further",
    says="once all training digits are read right, doubling W2 and b2 lowers the loss",
    at=dict(name="nesterov", seed=0),
    vary=dict(name=("nesterov", "nadam"), seed=(1, 2)),
    slow=True,
)
def test_no_minimum_waits(name, seed):
    """A run of 32 epochs at the race's η, then the doubled outputs."""
    net, _ = digits()
    job, start = dealt(net, seed)
    lr = dict(nesterov=0.316, nadam=0.0316)[name]
    theta = descend(METHODS[name], job, start, 1216, keep="last", lr=lr).theta[-1]
    params = net.split(theta)
    twice = net.join(params | dict(W2=2 * params["W2"], b2=2 * params["b2"]))
    return net.accuracy(theta) == 1 and net(twice) < net(theta)


@claim(
    "it stepped to and fro about it",
    says="in a ravine RMSProp at a constant η stops getting closer: from step 1,000 to "
    "5,000 its gap stays within a factor of 100 of the same height",
    at=dict(lr=0.01),
    vary=dict(lr=(0.003, 0.03, 0.1)),
)
def test_rmsprop_swings_where_a_minimum_waits(lr):
    """The largest gap of 200 steps, around step 1,000 and step 5,000."""
    gap = descend(rmsprop, ravine(100, 45), steps=5000, lr=lr).gap
    early, late = gap[1000:1200].max(), gap[4800:].max()
    return late > 1e-12 and late > early / 100


@claim(
    "The linear model reads as many to within a point, or more",
    says="logistic regression reads at least as many unseen digits, to a point, as the "
    "network after 8 epochs of Adam in the median of five seeds",
    at=dict(split=0, first=0),
    vary=dict(split=range(6), first=(0, 5)),
    slow=True,
)
def test_linear_referee(split, first):
    """Other partings of the digits, other seeds of the network."""
    net, new = digits(split)
    linear = LogisticRegression(max_iter=1000).fit(net.X, net.y).score(*new)
    seeds = range(first, first + 5)
    ours = curves(adam, net, new, seeds, every=8, lr=0.0316)[:, 1, 3]
    return linear > np.median(ours) - 0.01


@claim(
    "and theirs agree",
    says="scikit-learn's MLPClassifier with the same shape, η, batch and epochs reads "
    "as many unseen digits as ours, to two points in the median of five seeds",
    at=dict(lr=0.0316, split=0),
    vary=dict(lr=(0.01,), split=(0, 1)),
    slow=True,
)
def test_theirs_agree(lr, split):
    """Five seeds each, eight passes in batches of 32."""
    net, new = digits(split)
    shape = dict(hidden_layer_sizes=32, activation="tanh", batch_size=32, alpha=0)
    theirs = []
    for seed in range(5):
        model = MLPClassifier(**shape, learning_rate_init=lr, random_state=seed)
        for _ in range(8):
            model.partial_fit(net.X, net.y, classes=range(10))
        theirs.append(model.score(*new))
    ours = curves(adam, net, new, range(5), every=8, lr=lr)[:, 1, 3]
    return abs(np.median(ours) - np.median(theirs)) < 0.02


@claim(
    "a step of PyTorch takes two to four times as long as one of gdlib",
    says="in the recorded run a step of PyTorch on the network takes two to four times "
    "as long as gdlib's, by every method",
    at=dict(name="adam"),
    vary=dict(name=tuple(METHODS)),
)
def test_recorded_step(name):
    """Medians of the recorded rounds, double precision."""
    took = timings()["network"]["float64"][name]
    return 2 < took["PyTorch"]["median"] / took["gdlib"]["median"] < 4


@claim(
    "With large arrays that no longer counts",
    says="in the recorded run the update of a million numbers takes gdlib as long as "
    "PyTorch or longer, by every method",
    at=dict(name="adam"),
    vary=dict(name=tuple(METHODS)),
)
def test_recorded_update(name):
    """Medians of the recorded rounds, double precision."""
    took = timings()["million"]["float64"][name]
    return took["gdlib"]["median"] > took["PyTorch"]["median"]
