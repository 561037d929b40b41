"""Students' answers to notebook 01."""

WRONG = [
    # 01.1
    (
        "01.1",
        "slope taken as 3x, factor 2 forgotten",
        """
alpha = 1 / 3
""",
    ),
    (
        "01.1",
        "carries over 1/2 from x squared",
        """
alpha = 0.5
""",
    ),
    (
        "01.1",
        "gives the curvature, not one over it",
        """
alpha = 6
""",
    ),
    (
        "01.1",
        "the stability edge 2/L instead of 1/L",
        """
L = 6
alpha = 2 / L
""",
    ),
    (
        "01.1",
        "sign: puts the minus into alpha",
        """
alpha = -1 / 6
""",
    ),
    (
        "01.1",
        "half of it: 2 counted twice",
        """
alpha = 1 / (2 * 6)
""",
    ),
    (
        "01.1",
        "precedence: 1/2*3 is 1.5",
        """
alpha = 1 / 2 * 3
""",
    ),
    (
        "01.1",
        "integer division gives 0",
        """
alpha = 1 // 6
""",
    ),
    (
        "01.1",
        "the edge 2/L, and in per cent; two slips",
        """
alpha = 100 * 2 / 6
""",
    ),
    (
        "01.1",
        "rounded much too coarsely",
        """
alpha = round(1 / 6, 1)
""",
    ),
    (
        "01.1",
        "a string",
        """
alpha = "1/6"
""",
    ),
    (
        "01.1",
        "derivative as (3x) squared, 9 and no inner 2; two slips",
        """
slope_factor = 9
alpha = 1 / slope_factor
""",
    ),
    (
        "01.1",
        "x not defined (NameError)",
        """
alpha = x / (6 * x)
""",
    ),
    # 01.2
    (
        "01.2",
        "goes uphill",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta + lr * g / np.linalg.norm(g), dict(g=g)
""",
    ),
    (
        "01.2",
        "lr forgotten: steps of length 1",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    unit = g / np.linalg.norm(g)
    return theta - unit, dict(g=g)
""",
    ),
    (
        "01.2",
        "divides by the squared length",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    step = lr * g / (g ** 2).sum()
    return theta - step, dict(g=g, step=step)
""",
    ),
    (
        "01.2",
        "each coordinate by its own size: sign descent",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta - lr * np.sign(g), dict(g=g)
""",
    ),
    (
        "01.2",
        "length of theta instead of g",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    length = np.linalg.norm(theta)
    return theta - lr * g / length, dict(g=g)
""",
    ),
    (
        "01.2",
        "sum of the absolute values as the length",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta - lr * g / np.sum(np.abs(g)), dict(g=g)
""",
    ),
    (
        "01.2",
        "mean of squares under the root, and uphill; two slips",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    rms = np.sqrt(np.mean(g ** 2))
    return theta + lr * g / rms, dict(g=g)
""",
    ),
    (
        "01.2",
        "returns only the point, no dictionary",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta - lr * g / np.linalg.norm(g)
""",
    ),
    (
        "01.2",
        "returns the step in place of the next point",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return lr * g / np.linalg.norm(g), dict(g=g)
""",
    ),
    (
        "01.2",
        "lr written in as 0.1",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta - 0.1 * g / np.linalg.norm(g), dict(g=g)
""",
    ),
    (
        "01.2",
        "only cuts long steps (clipping), short ones stay short",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    step = lr * g
    n = np.linalg.norm(step)
    if n > lr:
        step = lr * step / n
    return theta - step, dict(g=g, step=step)
""",
    ),
    (
        "01.2",
        "largest entry as the length and lr twice; two slips",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = lr * grad(theta)
    return theta - lr * g / np.abs(g).max() * lr, dict(g=g)
""",
    ),
    (
        "01.2",
        "norm looked for in the wrong place (AttributeError)",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta - lr * g / np.norm(g), dict(g=g)
""",
    ),
    (
        "01.2",
        "norm of the gradient function, not of its value (TypeError)",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta - lr * g / np.linalg.norm(grad), dict(g=g)
""",
    ),
    # 01.3
    (
        "01.3",
        "inner derivative forgotten",
        """
def slopes(theta):
    x, y = theta
    return np.array([2 * (x - 2 * y), 2 * (x - 2 * y) + 2 * (y - 1)])
""",
    ),
    (
        "01.3",
        "sign of the inner derivative",
        """
def slopes(theta):
    x, y = theta
    return np.array([2 * (x - 2 * y), 4 * (x - 2 * y) + 2 * (y - 1)])
""",
    ),
    (
        "01.3",
        "second square forgotten in the slope of y",
        """
def slopes(theta):
    x, y = theta
    a = x - 2 * y
    return np.array([2 * a, -4 * a])
""",
    ),
    (
        "01.3",
        "the pair reversed",
        """
def slopes(theta):
    x, y = theta
    dx = 2 * (x - 2 * y)
    dy = -4 * (x - 2 * y) + 2 * (y - 1)
    return np.array([dy, dx])
""",
    ),
    (
        "01.3",
        "factor 2 of the squares missing, and the pair reversed; two slips",
        """
def slopes(theta):
    x, y = theta
    d = [-2 * (x - 2 * y) + (y - 1), x - 2 * y]
    return np.array(d)
""",
    ),
    (
        "01.3",
        "bracket lost: 2y - 1 for 2(y - 1)",
        """
def slopes(theta):
    x, y = theta
    return np.array([2 * (x - 2 * y), -4 * (x - 2 * y) + 2 * y - 1])
""",
    ),
    (
        "01.3",
        "adds the two slopes to one number",
        """
def slopes(theta):
    x, y = theta
    return np.array([2 * (x - 2 * y) - 4 * (x - 2 * y) + 2 * (y - 1)])
""",
    ),
    (
        "01.3",
        "the value of f twice instead of slopes",
        """
def slopes(theta):
    x, y = theta
    f = (x - 2 * y) ** 2 + (y - 1) ** 2
    return np.array([f, f])
""",
    ),
    (
        "01.3",
        "the downhill direction: minus the gradient",
        """
def slopes(theta):
    x, y = theta
    return -np.array([2 * (x - 2 * y), -4 * (x - 2 * y) + 2 * (y - 1)])
""",
    ),
    (
        "01.3",
        "unpacks y and x the wrong way round",
        """
def slopes(theta):
    y, x = theta
    return np.array([2 * (x - 2 * y), -4 * (x - 2 * y) + 2 * (y - 1)])
""",
    ),
    (
        "01.3",
        "dropped star: 2(x - ...) is a call (TypeError)",
        """
def slopes(theta):
    x, y = theta
    return np.array([2(x - 2*y), -4*(x - 2*y) + 2*(y - 1)])
""",
    ),
    (
        "01.3",
        "no inner derivative and sign of the second square; two slips",
        """
def slopes(theta):
    x, y = theta[0], theta[1]
    return np.array([2 * (x - 2 * y), 2 * (x - 2 * y) - 2 * (y - 1)])
""",
    ),
    (
        "01.3",
        "cut down to whole numbers",
        """
def slopes(theta):
    x, y = theta
    return np.array([2 * (x - 2 * y), -4 * (x - 2 * y) + 2 * (y - 1)], dtype=int)
""",
    ),
]

RIGHT = [
    (
        "01.1",
        "a Fraction",
        """
from fractions import Fraction
alpha = Fraction(1, 6)
""",
    ),
    (
        "01.1",
        "rounded to five digits",
        """
alpha = 0.16667
""",
    ),
    (
        "01.1",
        "0-d float32 array, one over the second derivative by nudging",
        """
f = lambda x: 3 * x ** 2
curvature_here = (f(1.0) - 2 * f(0.0) + f(-1.0)) / 1.0 ** 2
alpha = np.array(1 / curvature_here, dtype=np.float32)
""",
    ),
    (
        "01.2",
        "root of the sum of squares, guard 1e-12, extra terms",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    length = np.sqrt(np.sum(g ** 2)) + 1e-12
    step = lr * g / length
    return theta - step, dict(g=g, length=length, step=step, t=t)
""",
    ),
    (
        "01.2",
        "g @ g for the squared length, stays put on flat ground",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    n = (g @ g) ** 0.5
    if n == 0:
        return theta, dict(g=g)
    return theta + (-lr / n) * g, dict(g=g)
""",
    ),
    (
        "01.2",
        "in place, on copies of its own",
        """
def fixed_length(theta, grad, t, *, lr=0.1):
    g = np.array(grad(theta), dtype=float)
    direction = g.copy()
    direction /= np.linalg.norm(direction)
    direction *= lr
    new = theta.copy().astype(float)
    new -= direction
    return new, {"g": g}
""",
    ),
    (
        "01.3",
        "multiplied out",
        """
def slopes(theta):
    x, y = theta
    return np.array([2 * x - 4 * y, 10 * y - 4 * x - 2])
""",
    ),
    (
        "01.3",
        "a list, by the chain rule with named parts",
        """
def slopes(theta):
    x, y = theta
    first, second = x - 2 * y, y - 1
    by_x = 2 * first * 1 + 2 * second * 0
    by_y = 2 * first * (-2) + 2 * second * 1
    return [by_x, by_y]
""",
    ),
    (
        "01.3",
        "matrix form A @ theta - b, as a lambda",
        """
slopes = lambda theta: np.array([[2.0, -4.0], [-4.0, 10.0]]) @ np.asarray(theta) - np.array([0.0, 2.0])
""",
    ),
    (
        "01.3",
        "central differences, exact for a quadratic",
        """
def slopes(theta, h=1e-3):
    f = lambda p: (p[0] - 2 * p[1]) ** 2 + (p[1] - 1) ** 2
    theta = np.asarray(theta, dtype=float)
    out = np.zeros_like(theta)
    for i in range(2):
        d = np.zeros_like(theta)
        d[i] = h
        out[i] = (f(theta + d) - f(theta - d)) / (2 * h)
    return out
""",
    ),
]
