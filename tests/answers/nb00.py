"""Students' answers to notebook 00: one exercise."""

WRONG = [
    (
        "00.1",
        "keeps the old slope 1.4 for the second step",
        """
second = 0.49 - 0.15 * 1.4
""",
    ),
    (
        "00.1",
        "adds the step instead of subtracting it",
        """
slope = 2 * 0.49
second = 0.49 + 0.15 * slope
""",
    ),
    (
        "00.1",
        "slope taken as x, the factor 2 forgotten",
        """
x = 0.49
second = x - 0.15 * x
""",
    ),
    (
        "00.1",
        "gives the step, not the place",
        """
second = 0.15 * 2 * 0.49
""",
    ),
    (
        "00.1",
        "gives the slope at 0.49",
        """
second = 2 * 0.49
""",
    ),
    (
        "00.1",
        "starts again from 0.7 with the new slope",
        """
second = 0.7 - 0.15 * 0.98
""",
    ),
    (
        "00.1",
        "one step too many",
        """
x = 0.49
for _ in range(2):
    x = x - 0.15 * 2 * x
second = x
""",
    ),
    (
        "00.1",
        "learning rate forgotten",
        """
second = 0.49 - 2 * 0.49
""",
    ),
    (
        "00.1",
        "height x squared taken for the slope",
        """
f = lambda x: x ** 2
second = 0.49 - 0.15 * f(0.49)
""",
    ),
    (
        "00.1",
        "15 per cent written as 15",
        """
lr = 15
second = 0.49 - lr * 0.98
""",
    ),
    (
        "00.1",
        "rounded to one digit",
        """
second = round(0.49 - 0.147, 1)
""",
    ),
    (
        "00.1",
        "decimal comma makes a pair",
        """
second = 0,343
""",
    ),
    (
        "00.1",
        "a string instead of a number",
        """
second = "0.343"
""",
    ),
    (
        "00.1",
        "never defined x and lr (NameError)",
        """
second = x - lr * 2 * x
""",
    ),
    (
        "00.1",
        "starts from 0.7 and adds; two slips",
        """
second = 0.7 + 0.15 * 2 * 0.49
""",
    ),
]

RIGHT = [
    (
        "00.1",
        "a loop over both steps from the start, an array of shape (1,)",
        """
x = np.array([0.7])
for _ in range(2):
    x = x - 0.15 * 2 * x
second = x
""",
    ),
    (
        "00.1",
        "other algebra: three times the factor 0.7",
        """
second = 0.7 ** 3
""",
    ),
    (
        "00.1",
        "a Fraction",
        """
from fractions import Fraction
x = Fraction(49, 100)
second = x - Fraction(15, 100) * 2 * x
""",
    ),
    (
        "00.1",
        "float32, the literal from the first cell",
        """
second = np.float32(0.343)
""",
    ),
    (
        "00.1",
        "read off a run by gdlib",
        """
path = descend(gradient_descent, PARABOLA, start=(0.7,), steps=2, lr=0.15)
second = path.theta[-1, 0]
""",
    ),
]
