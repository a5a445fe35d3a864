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
# handwritten digits: it must come to recognise 95 in 100 of those that it is trained with.

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
from language import _


def draw_update(rng):
    shapes = {"W1": (3, 4), "b1": (4,), "W2": (4, 2)}
    params, *steps = ({name: rng.normal(size=shape) for name, shape in shapes.items()} for _ in range(3))
    return {"lr": float(rng.uniform(0.05, 0.5)), "params": params, "steps": steps}


def draw_train(rng):
    n = int(rng.integers(30, 50))
    x = rng.normal(size=(n, 3))
    x[:, 0], t = rng.permutation(n), rng.permutation(n)
    steps, batch_size, seed = (int(rng.integers(*limits)) for limits in ((6, 12), (5, 9), (0, 2**31)))
    return {"x": x, "t": t, "steps": steps, "batch_size": batch_size, "seed": seed, "digits": draw_digits(rng)}


def draw_digits(rng):
    (x, t), _ = load_digits()
    rows = rng.choice(len(x), 300, replace=False)
    x, t = x[:, rng.permutation(64)], rng.permutation(10)[t]  # no weights that were trained before fit
    W1, W2 = (rng.normal(size=size) * np.sqrt(2 / size[0]) for size in ((64, 50), (50, 10)))
    params = {"W1": W1, "b1": np.zeros(50), "W2": W2, "b2": np.zeros(10)}
    return {"x": x[rows], "t": t[rows], "params": params}


def judge_in_place(part, answer, expected, arguments):
    """Compare arrays after the update, and what the dictionary holds in their place, with what they were before."""
    arrays, now, before = answer["in the layers"], answer["in the dictionary"], arguments["params"]
    unchanged = [np.array_equal(now[name], before[name]) for name in before]
    if any(unchanged):
        return _("no parameter has changed") if all(unchanged) else _("not all parameters have changed")
    if all(np.array_equal(now[name], answer["with other gradients"][name]) for name in before):
        return _("the parameters move in the same way whatever the gradients are")
    if all(np.array_equal(now[name], arrays[name], equal_nan=True) for name in before):
        return ""
    return _("in params there are new arrays, and those that the layers hold are as they were")


def judge_train(part, answer, expected, arguments):
    if part == "batches":
        return problem_of_batches(answer, arguments)
    if part == "updates":
        return problem_of_updates(answer, arguments)
    if part == "losses":
        return problem_of_losses(answer, arguments)
    return problem_of_digits(answer, arguments["digits"])


def problem_of_calls(function, count, steps):
    if count < steps:
        return _("there are fewer calls of {function} than steps", function=function)
    return _("there are more calls of {function} than steps", function=function) if count > steps else ""


def problem_of_batches(answer, arguments):
    x, t, size = arguments["x"], arguments["t"], arguments["batch_size"]
    if problem := problem_of_calls("network.gradient", len(answer), arguments["steps"]):
        return problem
    found = []
    for x_batch, t_batch in answer:
        if x_batch.shape != (size, 3):
            return _("the x of a mini-batch does not hold batch_size rows")
        rows = [int(np.argmax(x[:, 0] == number)) for number in x_batch[:, 0]]
        if not np.array_equal(x[rows], x_batch):
            return _("a mini-batch holds rows that are not in x")
        if not np.array_equal(t[rows], t_batch):
            return _("the rows of x and the labels of a mini-batch do not belong together")
        found.append(rows)
    if all(rows == found[0] for rows in found):
        return _("the mini-batch is the same in each step")
    neighbours = all((np.diff(rows) == 1).all() for rows in found)
    return _("a mini-batch holds neighbouring rows of x") if neighbours else ""


def problem_of_updates(answer, arguments):
    if problem := problem_of_calls("optimizer.update", len(answer), arguments["steps"]):
        return problem
    if not all(own == 1 for own, _ in answer):
        return _("the first argument of optimizer.update is not network.params")
    if [number for _, number in answer] != list(range(1, len(answer) + 1)):
        return _("the second argument of optimizer.update is not the gradient of the same step")
    return ""


def problem_of_losses(answer, arguments):
    losses = answer["returned"]
    losses = losses.tolist() if isinstance(losses, np.ndarray) else losses
    if losses is None:
        return _("it returns nothing")
    if not isinstance(losses, list):
        return _("it returns one number and not a list") if type(losses) is float else _("it does not return a list")
    if len(losses) != arguments["steps"]:
        fewer = len(losses) < arguments["steps"]
        return _("there are fewer losses than steps") if fewer else _("there are more losses than steps")
    rows = {float(loss): count for loss, count in answer["computed"]}
    if not all(isinstance(loss, float) and loss in rows for loss in losses):
        return _("it returns something else than what network.loss has returned")
    if any(rows[loss] != arguments["batch_size"] for loss in losses):
        return _("it returns losses of other samples than those of the mini-batches")
    in_order = losses == sorted(set(losses), reverse=True)
    return "" if in_order else _("the losses are not in the order of the steps")


def problem_of_digits(answer, digits):
    said = _("the trained network recognises fewer than {share} of the digits", share="95 %")
    W1, b1, W2, b2 = (np.array(answer[name], float).reshape(value.shape) for name, value in digits["params"].items())
    right = (np.maximum(digits["x"].astype(float) @ W1 + b1, 0) @ W2 + b2).argmax(axis=1) == digits["t"]
    return "" if np.mean(right) >= 0.95 else said


TRAIN = {"batches": 2, "updates": 2, "losses": 2, "accuracy": 2}
QUESTIONS = [
    Question("SGD", {"update": 2}, draw_update, "ask_update"),
    Question("SGD", {"in_place": 1}, draw_update, "ask_in_place", judge_in_place),
    Question("train", TRAIN, draw_train, "ask_train", judge_train, cases=2),
]

# %% tags=["asked"]
import numpy as np


def ask_update(work, answers, lr, params, steps):
    optimizer = work.SGD(lr)
    for grads in steps:
        optimizer.update(params, grads)
    answers["update"] = params


def ask_in_place(work, answers, lr, params, steps):
    held, others = dict(params), {name: value.copy() for name, value in params.items()}
    work.SGD(lr).update(params, steps[0])
    work.SGD(lr).update(others, steps[1])
    answers["in_place"] = {"in the layers": held, "in the dictionary": params, "with other gradients": others}


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


class SteepestDescent:
    """The right SGD, so that a mistake in a student's own is not one of train."""

    def update(self, params, grads):
        for name in params:
            params[name] -= 0.5 * grads[name]


def ask_train(work, answers, x, t, steps, batch_size, seed, digits):
    recorder, losses = Recorder(), "an exception"
    try:
        losses = work.train(recorder, x, t, recorder, steps, batch_size, np.random.default_rng(seed))
    finally:
        if recorder.batches or losses != "an exception":
            answers["batches"], answers["updates"] = recorder.batches, recorder.updates
    answers["losses"] = {"returned": losses, "computed": recorder.losses}
    answers["accuracy"] = trained(work, digits["x"], digits["t"], digits["params"], seed)


def trained(work, x, t, params, seed):
    """Return the parameters of a network after a student's training."""
    from two_layer_net import TwoLayerNet

    network = TwoLayerNet(64, 50, 10)
    for name, value in params.items():
        network.params[name][...] = value
    work.train(network, x, t, SteepestDescent(), 200, 50, np.random.default_rng(seed))
    return network.params


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
