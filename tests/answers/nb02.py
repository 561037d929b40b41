"""Students' answers to notebook 02."""

WRONG = [
    # 02.1
    (
        "02.1",
        "sign: mean of x times residual without the minus",
        """
slopes_by_hand = (4.0, 1.5)
""",
    ),
    (
        "02.1",
        "pair reversed",
        """
slopes_by_hand = (-1.5, -4.0)
""",
    ),
    (
        "02.1",
        "factor 2 forgotten",
        """
res = np.array([-1, 2, 0, 2])
x = np.arange(4)
slopes_by_hand = (-np.mean(x * res), -np.mean(res))
""",
    ),
    (
        "02.1",
        "sum instead of mean",
        """
slopes_by_hand = (-2 * 8, -2 * 3)
""",
    ),
    (
        "02.1",
        "divides by N twice",
        """
slopes_by_hand = (-2 / 4 * 8 / 4, -2 / 4 * 3 / 4)
""",
    ),
    (
        "02.1",
        "counts N as 3, the largest x, and loses the sign; two slips",
        """
N = 3
slopes_by_hand = (2 / N * 8, 2 / N * 3)
""",
    ),
    (
        "02.1",
        "takes the residuals without their sign",
        """
res = [1, 2, 0, 2]
slopes_by_hand = (-0.5 * sum(x * r for x, r in zip(range(4), res)), -0.5 * sum(res))
""",
    ),
    (
        "02.1",
        "forgets the intercept in the prediction",
        """
x = np.array([0, 1, 2, 3])
y = np.array([0, 4, 3, 6])
r = y - 1 * x
slopes_by_hand = (-2 * np.mean(x * r), -2 * np.mean(r))
""",
    ),
    (
        "02.1",
        "gradient at m = b = 0",
        """
x = np.array([0, 1, 2, 3])
y = np.array([0, 4, 3, 6])
slopes_by_hand = [-2 / 4 * (x * y).sum(), -2 / 4 * y.sum()]
""",
    ),
    (
        "02.1",
        "list times list (TypeError)",
        """
x = [0, 1, 2, 3]
residual = [-1, 2, 0, 2]
slopes_by_hand = (-2 / 4 * sum(x * residual), -2 / 4 * sum(residual))
""",
    ),
    (
        "02.1",
        "a string",
        """
slopes_by_hand = "(-4, -1.5)"
""",
    ),
    (
        "02.1",
        "decimal comma makes three numbers",
        """
slopes_by_hand = -4, -1,5
""",
    ),
    (
        "02.1",
        "no 2 and the wrong sign; two slips",
        """
slopes_by_hand = (8 / 4, 3 / 4)
""",
    ),
    # 02.2
    (
        "02.2",
        "factor 2 forgotten",
        """
def gradient_of_mse(theta, X, y):
    residual = y - X @ theta
    return -(X.T @ residual) / len(y)
""",
    ),
    (
        "02.2",
        "minus forgotten",
        """
def gradient_of_mse(theta, X, y):
    residual = y - X @ theta
    return 2 / len(y) * X.T @ residual
""",
    ),
    (
        "02.2",
        "sum, not mean",
        """
def gradient_of_mse(theta, X, y):
    return -2 * X.T @ (y - X @ theta)
""",
    ),
    (
        "02.2",
        "N taken as the number of columns",
        """
def gradient_of_mse(theta, X, y):
    N = X.shape[1]
    return -2 / N * X.T @ (y - X @ theta)
""",
    ),
    (
        "02.2",
        "number of points written in as 500, and no minus; two slips",
        """
def gradient_of_mse(theta, X, y):
    return 2 / 500 * (X.T @ (y - X @ theta))
""",
    ),
    (
        "02.2",
        "mean over everything: one number",
        """
def gradient_of_mse(theta, X, y):
    residual = y - X @ theta
    return -2 * np.mean(X * residual[:, None])
""",
    ),
    (
        "02.2",
        "mean along the wrong axis, and the minus forgotten; two slips",
        """
def gradient_of_mse(theta, X, y):
    residual = y - X @ theta
    return 2 * (X * residual[:, None]).mean(axis=1)
""",
    ),
    (
        "02.2",
        "product of means instead of mean of products",
        """
def gradient_of_mse(theta, X, y):
    residual = y - X @ theta
    return -2 * X.mean(axis=0) * residual.mean()
""",
    ),
    (
        "02.2",
        "only for the columns x and 1: other designs fail",
        """
def gradient_of_mse(theta, X, y):
    residual = y - X @ theta
    dm = -2 * np.mean(X[:, 0] * residual)
    db = -2 * np.mean(residual)
    return np.array([dm, db])
""",
    ),
    (
        "02.2",
        "X not transposed: shapes do not fit (ValueError)",
        """
def gradient_of_mse(theta, X, y):
    residual = y - X @ theta
    return -2 / len(y) * (X @ residual)
""",
    ),
    (
        "02.2",
        "divides by N once more, as the chapter's code",
        """
def gradient_of_mse(theta, X, y):
    N = len(y)
    g = 2 / N * X.T @ (X @ theta - y)
    return g / (N + 1e-6)
""",
    ),
    (
        "02.2",
        "residual the other way round but the minus kept; and no 2: two slips",
        """
def gradient_of_mse(theta, X, y):
    error = X @ theta - y
    return -X.T @ error / y.size
""",
    ),
    (
        "02.2",
        "asks for the length as if y were a list with a method (AttributeError)",
        """
def gradient_of_mse(theta, X, y):
    residual = y - X.dot(theta)
    return -2 / y.len() * X.T.dot(residual)
""",
    ),
    (
        "02.2",
        "forgot to return",
        """
def gradient_of_mse(theta, X, y):
    residual = y - X @ theta
    gradient = -2 / len(y) * (X.T @ residual)
""",
    ),
    # 02.3
    (
        "02.3",
        "multiplies by the spread, consistently",
        """
def to_original(m_z, b_z, mean, spread):
    m = m_z * spread
    return m, b_z - m * mean
""",
    ),
    (
        "02.3",
        "intercept left as it was",
        """
def to_original(m_z, b_z, mean, spread):
    return m_z / spread, b_z
""",
    ),
    (
        "02.3",
        "m_z in place of the new m in the intercept",
        """
def to_original(m_z, b_z, mean, spread):
    m = m_z / spread
    b = b_z - m_z * mean
    return m, b
""",
    ),
    (
        "02.3",
        "sign of the shift",
        """
def to_original(m_z, b_z, mean, spread):
    m = m_z / spread
    return m, b_z + m * mean
""",
    ),
    (
        "02.3",
        "returns m only",
        """
def to_original(m_z, b_z, mean, spread):
    m = m_z / spread
    b = b_z - m * mean
    return m
""",
    ),
    (
        "02.3",
        "pair reversed",
        """
def to_original(m_z, b_z, mean, spread):
    m = m_z / spread
    return b_z - m * mean, m
""",
    ),
    (
        "02.3",
        "takes the spread for a variance, and adds the shift; two slips",
        """
def to_original(m_z, b_z, mean, spread):
    s = np.sqrt(spread)
    return m_z / s, b_z + m_z * mean / s
""",
    ),
    (
        "02.3",
        "standardises the parameters themselves",
        """
def to_original(m_z, b_z, mean, spread):
    return (m_z - mean) / spread, (b_z - mean) / spread
""",
    ),
    (
        "02.3",
        "un-standardises the parameters as if they were data",
        """
def to_original(m_z, b_z, mean, spread):
    return m_z * spread + mean, b_z * spread + mean
""",
    ),
    (
        "02.3",
        "spread divides the whole intercept",
        """
def to_original(m_z, b_z, mean, spread):
    return m_z / spread, (b_z - m_z * mean) / spread
""",
    ),
    (
        "02.3",
        "subtracts the mean from the intercept, without the slope",
        """
def to_original(m_z, b_z, mean, spread):
    return m_z / spread, b_z - mean
""",
    ),
    (
        "02.3",
        "slope times spread and intercept untouched; two slips",
        """
def to_original(m_z, b_z, mean, spread):
    m = m_z * spread
    b = b_z + 0 * mean
    return (m, b)
""",
    ),
    (
        "02.3",
        "calls the spread std (NameError)",
        """
def to_original(m_z, b_z, mean, spread):
    m = m_z / std
    return m, b_z - m * mean
""",
    ),
]

RIGHT = [
    (
        "02.1",
        "a float32 array",
        """
slopes_by_hand = np.array([-4, -1.5], dtype=np.float32)
""",
    ),
    (
        "02.1",
        "Fractions in a list",
        """
from fractions import Fraction
slopes_by_hand = [Fraction(-4), Fraction(-3, 2)]
""",
    ),
    (
        "02.1",
        "worked out by a matrix product",
        """
X = np.array([[0, 1], [1, 1], [2, 1], [3, 1]])
y = np.array([0, 4, 3, 6])
slopes_by_hand = tuple(2 / 4 * X.T @ (X @ np.array([1, 1]) - y))
""",
    ),
    (
        "02.2",
        "the quadratic multiplied out",
        """
def gradient_of_mse(theta, X, y):
    N = X.shape[0]
    return 2 * (X.T @ X @ theta - X.T @ y) / N
""",
    ),
    (
        "02.2",
        "mean of the single gradients over the rows",
        """
def gradient_of_mse(theta, X, y):
    residual = y - np.dot(X, theta)
    return np.mean(-2 * X * residual.reshape(-1, 1), axis=0)
""",
    ),
    (
        "02.2",
        "einsum",
        """
def gradient_of_mse(theta, X, y):
    error = np.einsum("ij,j->i", X, theta) - y
    return np.einsum("ij,i->j", X, error) * 2 / y.size
""",
    ),
    (
        "02.2",
        "residual from the left: vector times matrix",
        """
gradient_of_mse = lambda theta, X, y: ((X @ theta - y) @ X) * (2 / len(X))
""",
    ),
    (
        "02.3",
        "from two points of the line, a list",
        """
def to_original(m_z, b_z, mean, spread):
    line = lambda x: m_z * (x - mean) / spread + b_z
    b = line(0)
    m = line(1) - line(0)
    return [m, b]
""",
    ),
    (
        "02.3",
        "an array, fraction pulled out",
        """
def to_original(m_z, b_z, mean, spread):
    ratio = mean / spread
    return np.array([m_z / spread, b_z - m_z * ratio])
""",
    ),
    (
        "02.3",
        "matrix form",
        """
def to_original(m_z, b_z, mean, spread):
    change = np.array([[1 / spread, 0.0], [-mean / spread, 1.0]])
    m, b = change @ np.array([m_z, b_z])
    return m, b
""",
    ),
]
