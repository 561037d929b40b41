"""torch.optim at the same work, in float64, with its gradients and by hand."""

import torch

from benchmarks.timing import Contender
from benchmarks.works import JOB, JOB_LR, LR, RUNS, START, STEPS

torch.set_num_threads(1)  # as NumPy's formulas have


def rosenbrock(theta):
    """Value at theta (2, *runs), summed over the runs, which stay independent."""
    x, y = theta
    return ((1 - x) ** 2 + 100 * (y - x**2) ** 2).sum()


def rosenbrock_grad(theta):
    """Its gradient, written out."""
    x, y = theta
    lift = y - x**2
    return torch.stack([-2 * (1 - x) - 400 * x * lift, 200 * lift])


def adam(start, steps, by_hand):
    """Where torch's Adam ends on Rosenbrock."""
    theta = torch.tensor(start, requires_grad=not by_hand)
    optimizer = torch.optim.Adam([theta], lr=LR)
    for _ in range(steps):
        if by_hand:
            theta.grad = rosenbrock_grad(theta)
        else:
            optimizer.zero_grad()
            rosenbrock(theta).backward()
        optimizer.step()
    return theta.detach().numpy()


def regression(steps, by_hand):
    """Run torch's SGD on the chapter's job, every loss recorded."""
    X, y = torch.from_numpy(JOB.X), torch.from_numpy(JOB.y)
    theta = torch.zeros(2, dtype=torch.float64, requires_grad=not by_hand)
    optimizer, losses = torch.optim.SGD([theta], lr=JOB_LR), []
    for _ in range(steps):
        residuals = X @ theta - y
        loss = residuals @ residuals / len(y)
        if by_hand:
            theta.grad = 2 / len(y) * (X.T @ residuals)
        else:
            optimizer.zero_grad()
            loss.backward()
        optimizer.step()
        losses.append(loss.item())


def both(run, *given, part=1.0):
    """Let a run compete with autograd and with the gradient by hand."""
    return {
        "torch.optim, autograd": Contender(lambda: run(*given, by_hand=False), part),
        "torch.optim, gradient by hand": Contender(
            lambda: run(*given, by_hand=True), part
        ),
    }


CONTENDERS = {
    "one_path": both(adam, START, 200),
    "many_runs": both(adam, RUNS, 100),
    "chapter": both(regression, 1000, part=1000 / STEPS),
}
