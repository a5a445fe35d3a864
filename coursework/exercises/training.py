# %% [markdown]
# # Training
#
# The gradient says in which direction the loss rises. A step against it makes the loss smaller, and many small steps
# make the network learn:
#
# $$W \leftarrow W - \eta \, \frac{\partial L}{\partial W}$$
#
# $\eta$ is the learning rate, `lr`. By hand: W = (1, 2), dL/dW = (10, -10) and lr = 0.1 give
# W = (1 - 1, 2 + 1) = (0, 3).
#
# The gradient of all samples is slow to compute, and need not be exact. *Stochastic gradient descent* (SGD) takes a few
# samples at random, a mini-batch, and makes a step with their gradient. Training repeats four steps:
#
# ```text
#  ┌─► 1 mini-batch    a few rows of x, and the labels of the same rows
#  │   2 gradient      dL/dW of every parameter, by backpropagation
#  │   3 update        a small step against the gradient
#  └── 4 record        the loss of the mini-batch, so that we see it fall
# ```
#
# | name | shape | |
# |---|---|---|
# | `x`, `t` | (N, D), (N,) | all samples and their labels |
# | `x[rows]`, `t[rows]` | (B, D), (B,) | a mini-batch of B samples; `rows` holds B row numbers |
# | `params`, `grads` | dictionaries | the same names; a parameter and its gradient have the same shape |
#
# The layers hold the arrays that are in `params`. An update must therefore change these arrays themselves, *in place*:
# `W -= step` does so, while `W = W - step` makes a new array that no layer knows of.
#
# **Your task:** write `SGD(lr)` and `train`.

# %%
import numpy as np
from two_layer_net import TwoLayerNet


class SGD:
    """Stochastic gradient descent, W <- W - lr dL/dW."""

    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        """Change each array in params, in place, by its gradient in grads: two dictionaries with the same names."""
        ### BEGIN SOLUTION
        for name in params:
            params[name] -= self.lr * grads[name]
        ### END SOLUTION


def train(network, x, t, optimizer, steps, batch_size, rng):
    """Train a network, and return a list with the loss of each step's mini-batch.

    network has params, gradient(x, t) and loss(x, t); optimizer has update(params, grads). Each of the steps takes
    batch_size samples of x (N, D) and t (N,), drawn with rng, a numpy.random.Generator.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(x), batch_size, replace=False)
        grads = network.gradient(x[rows], t[rows])
        optimizer.update(network.params, grads)
        losses.append(network.loss(x[rows], t[rows]))
    return losses
    ### END SOLUTION


# %% [markdown]
# When both are written, this trains a network to tell two rings from each other. Your `train` will also be given
# handwritten digits: it must come to recognise 95 % of those that it is trained with.

# %% tags=["given"]


def two_rings(rng, count=400):
    """Return points (count, 2) on two rings, and the number of each point's ring."""
    t = rng.integers(2, size=count)
    angle, radius = rng.uniform(0, 2 * np.pi, count), 1 + t + 0.1 * rng.standard_normal(count)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), t


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    x, t = two_rings(rng)
    network = TwoLayerNet(2, 20, 2, weight_init_std=0.5)
    losses = train(network, x, t, SGD(lr=0.5), steps=1000, batch_size=50, rng=rng)
    print(f"loss {losses[0]:.3f} -> {losses[-1]:.3f}, accuracy {network.accuracy(x, t):.1%}")

# %% [markdown] tags=["hints"] part="update in_place"
# 1. Go through the names in `params`; `grads` has the same names.
# 2. The step is `self.lr` times the gradient, and it is taken away.
# 3. `params[name] -= ...` changes the array in place.

# %% [markdown] tags=["hints"] part="batches accuracy"
# 1. Draw row numbers first, then take these rows of x and of t: they belong together.
# 2. `rng.choice(len(x), batch_size, replace=False)` draws row numbers, and `x[rows]` takes several rows at once.
# 3. Draw anew in every step: the line stands inside the loop.

# %% [markdown] tags=["hints"] part="updates"
# 1. What does `network.gradient` return, and who takes it?
# 2. `optimizer.update` takes two dictionaries: the parameters of the network, and the gradients of this step.
# 3. Call it once in each step, inside the loop, with `network.params`.

# %% [markdown] tags=["hints"] part="losses"
# 1. Begin with an empty list before the loop.
# 2. In each step, append the network's loss of the mini-batch, not of all samples.
# 3. Return the list behind the loop, at the loop's own indentation.

# %% tags=["questions"]
import numpy as np

from coursework.questions import Question
from datasets import load_digits


def draw_update(rng):
    shapes = {"W1": (3, 4), "b1": (4,), "W2": (4, 2)}
    params, *steps = ({name: rng.normal(size=shape) for name, shape in shapes.items()} for _ in range(3))
    return {"lr": float(rng.uniform(0.05, 0.5)), "params": params, "steps": steps}


def draw_loop(rng):
    n = int(rng.integers(30, 50))
    x = rng.normal(size=(n, 3))
    x[:, 0], t = rng.permutation(n), rng.permutation(n)
    return {
        "x": x,
        "t": t,
        "steps": int(rng.integers(6, 12)),
        "batch_size": int(rng.integers(5, 9)),
        "seed": draw_seed(rng),
    }


def draw_seed(rng):
    return int(rng.integers(2**31))


def draw_digits(rng):
    (x, t), _ = load_digits()
    rows = rng.choice(len(x), 500, replace=False)
    params = {
        "W1": rng.normal(size=(64, 50)) * np.sqrt(2 / 64),
        "b1": np.zeros(50),
        "W2": rng.normal(size=(50, 10)) * np.sqrt(2 / 50),
        "b2": np.zeros(10),
    }
    return {"x": x[rows], "t": t[rows], "params": params, "seed": draw_seed(rng)}


def judge_loop(part, answer, expected, arguments):
    if part == "batches":
        return problem_of_batches(answer, arguments)
    return problem_of_updates(answer, arguments) if part == "updates" else problem_of_losses(answer, arguments)


def problem_of_batches(answer, arguments):
    x, t, size = arguments["x"], arguments["t"], arguments["batch_size"]
    found = []
    if not isinstance(answer, list) or len(answer) != arguments["steps"]:
        return "network.gradient is not called once in each step"
    for batch in answer:
        if not all(isinstance(array, np.ndarray) for array in batch) or batch[0].shape != (size, 3):
            return "network.gradient is not given batch_size rows of x"
        rows = [int(np.argmax(x[:, 0] == number)) for number in batch[0][:, 0]]
        if not np.array_equal(x[rows], batch[0]):
            return "network.gradient is given rows that are not in x"
        if not np.array_equal(t[rows], batch[1]):
            return "the rows of x and the labels of a mini-batch do not belong together"
        found.append(rows)
    if all(rows == found[0] for rows in found):
        return "the mini-batch is the same in each step"
    if all((np.diff(rows) == 1).all() for rows in found):
        return "a mini-batch holds neighbouring rows of x"
    return ""


def problem_of_updates(answer, arguments):
    if not isinstance(answer, list) or len(answer) != arguments["steps"]:
        return "optimizer.update is not called once in each step"
    if not all(own == 1 for own, _ in answer):
        return "optimizer.update is not given network.params"
    if [number for _, number in answer] != list(range(1, len(answer) + 1)):
        return "optimizer.update is not given the gradient that network.gradient returned in the same step"
    return ""


def problem_of_losses(answer, arguments):
    losses = answer["returned"]
    losses = losses.tolist() if isinstance(losses, np.ndarray) else losses
    if losses is None:
        return "train returns nothing"
    if not isinstance(losses, list):
        return "train does not return a list of losses"
    if len(losses) != arguments["steps"]:
        return "train does not return one loss for each step"
    rows = {float(loss): count for loss, count in answer["computed"]}
    if not all(isinstance(loss, float) and loss in rows for loss in losses):
        return "what train returns is not what network.loss returned"
    if any(rows[loss] != arguments["batch_size"] for loss in losses):
        return "a loss is not that of the mini-batch"
    return "" if losses == sorted(set(losses), reverse=True) else "the losses are not in the order of the steps"


def judge_digits(part, answer, expected, arguments):
    x, t = arguments["x"].astype(float), arguments["t"]
    try:
        W1, b1, W2, b2 = (np.array(answer[name], dtype=float) for name in ("W1", "b1", "W2", "b2"))
        right = (np.maximum(x @ W1 + b1, 0) @ W2 + b2).argmax(axis=1) == t
    except (TypeError, ValueError, KeyError, IndexError):
        return "there are no parameters W1, b1, W2, b2 of a trained network"
    return "" if np.mean(right) >= 0.95 else "the trained network recognises fewer than 95 % of the digits"


QUESTIONS = [
    Question("SGD", {"update": 2, "in_place": 1}, draw_update, "ask_update"),
    Question("train", {"batches": 2, "updates": 2, "losses": 2}, draw_loop, "ask_loop", judge=judge_loop),
    Question("train", {"accuracy": 2}, draw_digits, "ask_accuracy", judge=judge_digits, cases=1),
]

# %% tags=["asked"]
import numpy as np


def ask_update(work, answers, lr, params, steps):
    optimizer, before = work.SGD(lr), dict(params)
    start = {name: value.copy() for name, value in params.items()}
    for grads in steps:
        optimizer.update(params, grads)
    answers["update"] = dict(params)
    answers["in_place"] = {name: changed(before[name], start[name], params[name]) for name in before}


def changed(array, start, now):
    """Say how an array has changed that started with other values, and whose place another may have taken."""
    if now is not array:
        return "a new array"
    return "unchanged" if np.array_equal(array, start) else "changed in place"


class Recorder:
    """A network and an optimizer that write down what they are given."""

    def __init__(self):
        self.params = {"W": np.zeros(1)}
        self.batches, self.updates, self.losses = [], [], []

    def gradient(self, x, t):
        self.batches.append([np.array(x), np.array(t)])
        return {"W": np.full(1, float(len(self.batches)))}

    def update(self, params, grads):
        self.updates.append([int(params is self.params), float(grads["W"][0])])

    def loss(self, x, t):
        self.losses.append([100 - len(self.losses) / 8, len(x)])
        return self.losses[-1][0]

    def accuracy(self, x, t):
        return 0.5


def ask_loop(work, answers, x, t, steps, batch_size, seed):
    recorder = Recorder()
    try:
        losses = work.train(recorder, x, t, recorder, steps, batch_size, np.random.default_rng(seed))
    finally:
        if recorder.batches or recorder.updates:
            answers["batches"] = recorder.batches
            answers["updates"] = recorder.updates
    answers["losses"] = {"returned": losses, "computed": recorder.losses}


class SteepestDescent:
    """The right SGD, so that a mistake in a student's own is not one of train."""

    def update(self, params, grads):
        for name in params:
            params[name] -= 0.5 * grads[name]


def ask_accuracy(work, answers, x, t, params, seed):
    from two_layer_net import TwoLayerNet

    network = TwoLayerNet(64, 50, 10)
    for name, value in params.items():
        network.params[name][...] = value
    work.train(network, x, t, SteepestDescent(), 300, 50, np.random.default_rng(seed))
    answers["accuracy"] = dict(network.params)


# %% tags=["wrong"] name="sign-flipped" part="update"
# The step goes along the gradient, where the loss rises. It must go against it.
class SGD(SGD):
    def update(self, params, grads):
        for name in params:
            params[name] += self.lr * grads[name]


# %% tags=["wrong"] name="lr-missing" part="update"
# The step is the whole gradient: it is not multiplied by the learning rate.
class SGD(SGD):
    def update(self, params, grads):
        for name in params:
            params[name] -= grads[name]


# %% tags=["wrong"] name="lr-divides" part="update"
# The gradient is divided by the learning rate. A small learning rate should make a small step.
class SGD(SGD):
    def update(self, params, grads):
        for name in params:
            params[name] -= grads[name] / self.lr


# %% tags=["wrong"] name="first-parameter-only" part="update in_place"
# Only the first parameter is updated: the method returns inside its loop.
class SGD(SGD):
    def update(self, params, grads):
        for name in params:
            params[name] -= self.lr * grads[name]
            return


# %% tags=["wrong"] name="not-in-place" part="in_place"
# The dictionary gets new arrays, and the layers keep the old ones. Change the arrays themselves.
class SGD(SGD):
    def update(self, params, grads):
        for name in params:
            params[name] = params[name] - self.lr * grads[name]


# %% tags=["wrong"] name="not-computed" part="update in_place"
# The new value only gets a name of its own, so that neither the array nor the dictionary changes.
class SGD(SGD):
    def update(self, params, grads):
        for name, value in params.items():
            value = value - self.lr * grads[name]


# %% tags=["wrong"] name="same-batch" part="batches accuracy"
# Each step takes the same samples, so that the network never sees the others. Draw a mini-batch inside the loop.
def train(network, x, t, optimizer, steps, batch_size, rng):
    losses = []
    rows = rng.choice(len(x), batch_size, replace=False)
    for _ in range(steps):
        optimizer.update(network.params, network.gradient(x[rows], t[rows]))
        losses.append(network.loss(x[rows], t[rows]))
    return losses


# %% tags=["wrong"] name="not-shuffled" part="batches"
# The samples are taken in the order in which they stand in x, and should be drawn at random.
def train(network, x, t, optimizer, steps, batch_size, rng):
    losses = []
    for step in range(steps):
        start = (step * batch_size) % (len(x) - batch_size)
        rows = slice(start, start + batch_size)
        optimizer.update(network.params, network.gradient(x[rows], t[rows]))
        losses.append(network.loss(x[rows], t[rows]))
    return losses


# %% tags=["wrong"] name="labels-of-other-samples" part="batches accuracy"
# The rows of x and those of t are drawn separately, so that most samples get a label that is not theirs.
def train(network, x, t, optimizer, steps, batch_size, rng):
    losses = []
    for _ in range(steps):
        x_batch, t_batch = rng.choice(x, batch_size), rng.choice(t, batch_size)
        optimizer.update(network.params, network.gradient(x_batch, t_batch))
        losses.append(network.loss(x_batch, t_batch))
    return losses


# %% tags=["wrong"] name="no-mini-batch" part="batches"
# The gradient is that of all samples. Give the network a mini-batch.
def train(network, x, t, optimizer, steps, batch_size, rng):
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(x), batch_size)
        optimizer.update(network.params, network.gradient(x, t))
        losses.append(network.loss(x[rows], t[rows]))
    return losses


# %% tags=["wrong"] name="update-missing" part="updates accuracy"
# The gradients are computed and never used: the parameters stay as they are.
def train(network, x, t, optimizer, steps, batch_size, rng):
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(x), batch_size)
        network.gradient(x[rows], t[rows])
        losses.append(network.loss(x[rows], t[rows]))
    return losses


# %% tags=["wrong"] name="gradient-of-the-step-before" part="updates"
# The update comes before the gradient of the same step, and uses that of the step before.
def train(network, x, t, optimizer, steps, batch_size, rng):
    losses = []
    grads = {name: np.zeros_like(value) for name, value in network.params.items()}
    for _ in range(steps):
        rows = rng.choice(len(x), batch_size)
        optimizer.update(network.params, grads)
        grads = network.gradient(x[rows], t[rows])
        losses.append(network.loss(x[rows], t[rows]))
    return losses


# %% tags=["wrong"] name="one-step" part="batches updates losses accuracy"
# There is one step only: the return stands inside the loop.
def train(network, x, t, optimizer, steps, batch_size, rng):  # noqa: RET503
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(x), batch_size)
        optimizer.update(network.params, network.gradient(x[rows], t[rows]))
        losses.append(network.loss(x[rows], t[rows]))
        return losses


# %% tags=["wrong"] name="last-loss-only" part="losses"
# Only the last loss is returned. Keep that of each step in a list.
train_all = train


def train(*arguments):
    return train_all(*arguments)[-1]


# %% tags=["wrong"] name="loss-of-all" part="losses"
# The loss is that of all samples. It should be that of the mini-batch, which costs far less.
def train(network, x, t, optimizer, steps, batch_size, rng):
    losses = []
    for _ in range(steps):
        rows = rng.choice(len(x), batch_size)
        optimizer.update(network.params, network.gradient(x[rows], t[rows]))
        losses.append(network.loss(x, t))
    return losses


# %% tags=["wrong"] name="returns-nothing" part="losses"
# The losses are recorded and not returned.
train_all = train


def train(*arguments):
    train_all(*arguments)
