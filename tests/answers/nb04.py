"""Students' answers to notebook 04."""

WRONG = [
    # 04.1
    (
        "04.1",
        "gamma for 1 - gamma",
        """
lr_for_momentum = 0.1 * 0.95
""",
    ),
    (
        "04.1",
        "divides by 1 - gamma instead of multiplying",
        """
lr_for_momentum = 0.1 / (1 - 0.95)
""",
    ),
    (
        "04.1",
        "uses the usual gamma 0.9",
        """
lr_for_momentum = 0.1 * (1 - 0.9)
""",
    ),
    (
        "04.1",
        "leaves lr as it was",
        """
lr_for_momentum = 0.1
""",
    ),
    (
        "04.1",
        "gives 1 - gamma",
        """
lr_for_momentum = 1 - 0.95
""",
    ),
    (
        "04.1",
        "root of 1 - gamma",
        """
lr_for_momentum = 0.1 * (1 - 0.95) ** 0.5
""",
    ),
    (
        "04.1",
        "gamma for 1 - gamma, and in per cent; two slips",
        """
lr_for_momentum = 0.1 * 0.95 * 100
""",
    ),
    (
        "04.1",
        "in per cent",
        """
lr_for_momentum = 0.5   # per cent
""",
    ),
    (
        "04.1",
        "a zero too many",
        """
lr_for_momentum = 0.0005
""",
    ),
    (
        "04.1",
        "bracket lost: 0.1 * 1 - 0.95",
        """
lr_for_momentum = 0.1 * 1 - 0.95
""",
    ),
    (
        "04.1",
        "rounded to two digits, twice as large",
        """
lr_for_momentum = round(0.1 * (1 - 0.95), 2)
""",
    ),
    (
        "04.1",
        "a string",
        """
lr_for_momentum = "0.005"
""",
    ),
    (
        "04.1",
        "gamma 0.9 and divided; two slips",
        """
gamma = 0.9
lr_for_momentum = 0.1 / (1 - gamma)
""",
    ),
    # 04.2
    (
        "04.2",
        "the course's own form, lr inside the velocity",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    v = gamma * v + lr * grad(theta)
    return theta - v, dict(v=v)
""",
    ),
    (
        "04.2",
        "damped form",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    v = gamma * v + (1 - gamma) * grad(theta)
    return theta - lr * v, dict(v=v)
""",
    ),
    (
        "04.2",
        "Keras's row of the table",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    v = gamma * v - lr * g
    return theta + v, dict(g=g, v=v)
""",
    ),
    (
        "04.2",
        "state not returned",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    v = gamma * v + g
    return theta - lr * v, dict(g=g)
""",
    ),
    (
        "04.2",
        "state under another name",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    velocity = gamma * v + grad(theta)
    return theta - lr * velocity, dict(velocity=velocity)
""",
    ),
    (
        "04.2",
        "lr * v goes back into the state",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    v = gamma * v + grad(theta)
    v = lr * v
    return theta - v, dict(v=v)
""",
    ),
    (
        "04.2",
        "steps with the old velocity",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    new_v = gamma * v + grad(theta)
    return theta - lr * v, dict(v=new_v)
""",
    ),
    (
        "04.2",
        "only theta returned",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    v = gamma * v + grad(theta)
    return theta - lr * v
""",
    ),
    (
        "04.2",
        "gamma and lr written in; two slips",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    v = 0.9 * v + grad(theta)
    return theta - 0.01 * v, {"v": v}
""",
    ),
    (
        "04.2",
        "gamma fades the new gradient, too",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    v = gamma * (v + grad(theta))
    return theta - lr * v, dict(v=v)
""",
    ),
    (
        "04.2",
        "1 - gamma is kept of the old, and sign uphill; two slips",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    v = (1 - gamma) * v + grad(theta)
    return theta + lr * v, dict(v=v)
""",
    ),
    (
        "04.2",
        "takes theta from under the caller: in-place",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    v = gamma * v + g
    theta -= lr * v
    return theta, dict(g=g, v=v)
""",
    ),
    (
        "04.2",
        "calls grad with two arguments (TypeError)",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    v = gamma * v + grad(theta, t)
    return theta - lr * v, dict(v=v)
""",
    ),
    # 04.3
    (
        "04.3",
        "brakes downhill: condition reversed",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    if np.sum(g * v) > 0:
        v = 0 * v
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "brakes each coordinate by itself",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    v = np.where(g * v < 0, 0, v)
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "asks the new velocity, after (1)",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    v = gamma * v + lr * g
    if (g * v).sum() < 0:
        v = np.zeros_like(g)
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "stands still for the step when it brakes",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    if np.sum(g * v) < 0:
        return theta, dict(g=g, v=np.zeros_like(g))
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "momentum without any brake",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "brakes the step but keeps the old velocity in the state",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    kept = v if np.sum(g * v) >= 0 else 0.0
    step = gamma * kept + lr * g
    v = gamma * v + lr * g
    return theta - step, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "brakes only if all coordinates go uphill",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    if np.all(g * v < 0):
        v = 0.0
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "brakes as soon as any coordinate goes uphill",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    if (g * v < 0).any():
        v = 0.0
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "halves the velocity instead of forgetting it",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    if np.sum(g * v) < 0:
        v = v / 2
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "Nesterov's lookahead slope",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta - gamma * v)
    if np.sum(g * v) < 0:
        v = 0 * v
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "theta in place of g in the test",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    uphill = np.sum(theta * v) < 0
    v = 0 if uphill else v
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "lr forgotten, and the state as well; two slips",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    if np.sum(g * v) < 0:
        v = 0 * v
    v = gamma * v + g
    return theta - v, dict(g=g)
""",
    ),
    (
        "04.3",
        "an if on an array (ValueError)",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    if g * v < 0:
        v = 0
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "np.sum of two arguments (TypeError), and > for <; two slips",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    if np.sum(g, v) > 0:
        v = 0 * v
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
]

RIGHT = [
    (
        "04.1",
        "a Fraction",
        """
from fractions import Fraction
lr_for_momentum = Fraction(1, 10) * (1 - Fraction(95, 100))
""",
    ),
    (
        "04.1",
        "the geometric series added up in a loop, shape (1,)",
        """
effective, total = 0.1, 0.0
for k in range(2000):
    total += 0.95 ** k
lr_for_momentum = np.array([effective / total])
""",
    ),
    (
        "04.1",
        "scientific notation, float32",
        """
lr_for_momentum = np.float32(5e-3)
""",
    ),
    (
        "04.2",
        "extra terms in the dict",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    v = g + gamma * v
    step = lr * v
    return theta - step, dict(g=g, v=v, step=step, t=t)
""",
    ),
    (
        "04.2",
        "keeps the negative of v as its variable, returns v",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    push = gamma * (-v) - grad(theta)
    return theta + lr * push, {"v": -push}
""",
    ),
    (
        "04.2",
        "in place, on copies of its own",
        """
def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = np.asarray(grad(theta), dtype=float)
    new_v = np.zeros_like(g)
    new_v += v
    new_v *= gamma
    new_v += g
    new_theta = np.array(theta, dtype=float)
    new_theta -= lr * new_v
    return new_theta, dict(v=new_v)
""",
    ),
    (
        "04.3",
        "brakes by a gamma of 0 for this step",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    keep = gamma if np.sum(g * v) >= 0 else 0.0
    v = keep * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "the sign of the mean instead of the sum, multiplied in",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    downhill = (g * v).mean() >= 0
    v = gamma * v * downhill + lr * g
    return theta - v, dict(v=v, downhill=downhill)
""",
    ),
    (
        "04.3",
        "g @ v, with v made an array first",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    v = v + np.zeros_like(g)
    if g @ v < 0:
        v = np.zeros_like(g)
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "04.3",
        "a loop over the coordinates",
        """
def with_brakes(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    old = np.broadcast_to(v, np.shape(g)).astype(float)
    product = 0.0
    for a, b in zip(g, old):
        product += a * b
    if product < 0.0:
        old = np.zeros(np.shape(g))
    v = gamma * old + lr * g
    return theta - v, dict(g=g, v=v, product=product)
""",
    ),
]
