# %% [markdown]
# # A network of two layers
#
# A network is layers in a row. What one layer returns is the next one's input; the last returns a score for each class,
# and the loss layer makes one number, the loss, of scores and labels.
#
# ```text
#  x ──► Affine1 ──► ReLU1 ──► Affine2 ──► scores ──► SoftmaxWithLoss ──► loss
#        W1, b1                W2, b2                    t ──┘
# ```
#
# | array | shape | |
# |---|---|---|
# | `x`, `t` | (N, D), (N,) | samples, and their labels: integers from 0 to K-1 |
# | `W1`, `b1` | (D, H), (H,) | D inputs, H hidden units |
# | `W2`, `b2` | (H, K), (K,) | K classes |
# | scores | (N, K) | the highest score of a row is the network's answer |
#
# Every layer knows its own derivative, so that the network needs no formula of its own. Forward calls the layers in
# their order. Backward begins at the loss and calls them in reverse order: each takes dL/d(its output) from the layer
# behind it and returns dL/d(its input), which is what the layer before it needs. An `OrderedDict` keeps the layers in
# their order; `reversed` turns it round.
#
# One sample by hand, with x = (2), W1 = (1, -1), b1 = (0, 1), b2 = (0, 0), the label t = 0, and
#
# $$W_2 = \begin{pmatrix} 0.5 & -0.5 \\ 2 & 0 \end{pmatrix}$$
#
# Forward: Affine1 gives (2, -1), ReLU1 gives (2, 0), Affine2 gives the scores (1, -1). The probabilities are
# (0.881, 0.119), and the loss is -log 0.881 = 0.127.
#
# Backward: as a one-hot row, the label is (1, 0), so that the loss layer returns (0.881, 0.119) - (1, 0), which is
# (-0.119, 0.119). Affine2 keeps dW2, whose rows are (-0.238, 0.238) and (0, 0), and returns (-0.119, -0.238). ReLU1
# lets the first number through and stops the second: (-0.119, 0). Affine1 keeps dW1 = (-0.238, 0).
#
# **Your task:** write `TwoLayerNet`. The weights start as random numbers from a normal distribution with mean 0 and
# standard deviation `weight_init_std`, the biases at zero. `params` and the layers hold the *same* arrays: whoever
# changes `params["W1"]` in place changes the network.

# %%
from collections import OrderedDict

import numpy as np
from affine import Affine
from relu import ReLU
from softmax_with_loss import SoftmaxWithLoss


class TwoLayerNet:
    """Affine, ReLU, affine; softmax with cross entropy behind them.

    params: a dictionary with W1 (input_size, hidden_size), b1 (hidden_size,), W2 (hidden_size, output_size) and
    b2 (output_size,). layers: an OrderedDict, without the loss layer.
    """

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        ### BEGIN SOLUTION
        rng = np.random.default_rng()
        self.params = {
            "W1": weight_init_std * rng.standard_normal((input_size, hidden_size)),
            "b1": np.zeros(hidden_size),
            "W2": weight_init_std * rng.standard_normal((hidden_size, output_size)),
            "b2": np.zeros(output_size),
        }
        self.layers = OrderedDict()
        self.layers["Affine1"] = Affine(self.params["W1"], self.params["b1"])
        self.layers["ReLU1"] = ReLU()
        self.layers["Affine2"] = Affine(self.params["W2"], self.params["b2"])
        self.loss_layer = SoftmaxWithLoss()
        ### END SOLUTION

    def predict(self, x):
        """Return the scores, shape (N, K)."""
        ### BEGIN SOLUTION
        for layer in self.layers.values():
            x = layer.forward(x)
        return x
        ### END SOLUTION

    def loss(self, x, t):
        """Return the loss, a number."""
        ### BEGIN SOLUTION
        return self.loss_layer.forward(self.predict(x), t)
        ### END SOLUTION

    def accuracy(self, x, t):
        """Return the share of samples whose highest score is at their label, from 0 to 1."""
        ### BEGIN SOLUTION
        return np.mean(self.predict(x).argmax(axis=1) == t)
        ### END SOLUTION

    def gradient(self, x, t):
        """Return a dictionary with the gradient of each parameter, under the parameter's name."""
        ### BEGIN SOLUTION
        self.loss(x, t)
        dout = self.loss_layer.backward()
        for layer in reversed(self.layers.values()):
            dout = layer.backward(dout)
        first, second = self.layers["Affine1"], self.layers["Affine2"]
        return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}
        ### END SOLUTION


# %% [markdown] tags=["hints"] part="params in_place"
# 1. The table gives the shapes. How do you draw an array of a shape from N(0, 1), and what makes N(0, std^2) of it?
# 2. Make `self.params` first; then `self.layers = OrderedDict()`, and put the layers in, one by one, under their names.
# 3. Give the arrays in `self.params` themselves to the layers, as in `Affine(self.params["W1"], self.params["b1"])`:
#    not a copy of them, and no second draw.

# %% [markdown] tags=["hints"] part="predict loss accuracy"
# 1. `self.layers.values()` gives the layers in their order. What is the input of the second?
# 2. In a loop, x becomes `layer.forward(x)`. The loss layer is not among the layers: `loss` gives it scores and t.
# 3. For the accuracy, `scores.argmax(axis=1)` is the class of each row; the mean of a comparison is a share.

# %% [markdown] tags=["hints"] part="W1 b1 W2 b2"
# 1. Backward uses what the layers kept in their last forward. Which method of yours does the whole forward?
# 2. Begin with `self.loss_layer.backward()`. Give what it returns to the last layer, what that one returns to the layer
#    before it, and so on.
# 3. After the loop, the gradients lie in the layers: `self.layers["Affine2"].dW` is that of W2.

# %% tags=["questions"]
import numpy as np

from coursework.questions import Question
from language import _


def draw_params(rng, d, h, k):
    return {
        "W1": rng.normal(size=(d, h)),
        "b1": rng.normal(size=h),
        "W2": rng.normal(size=(h, k)),
        "b2": rng.normal(size=k),
    }


def draw(rng):
    n = int(rng.choice([1, 3, 7]))
    d, h, k = rng.permutation([4, 5, 6])
    x, other = rng.normal(size=(2, n, d))
    return {"params": draw_params(rng, d, h, k), "x": x, "t": rng.integers(k, size=n), "other": other}


def draw_many(rng):
    """Many samples: the accuracy of one would be guessed."""
    n, k = int(rng.integers(20, 30)), 3
    x, other = rng.normal(size=(2, n, 4))
    return {"params": draw_params(rng, 4, 5, k), "x": x, "t": rng.integers(k, size=n), "other": other}


def draw_sizes(rng):
    return {"sizes": [int(size) for size in rng.permutation([40, 50, 60])], "std": float(rng.uniform(0.05, 0.5))}


def problem_of_weights(name, normal):
    """Return what is wrong with numbers that should come from N(0, 1), and do so but for a factor."""
    if not np.std(normal):
        return _("all weights in {name} are the same", name=name)
    if not abs(np.mean(normal)) < 0.2 * np.std(normal):
        return _("the mean of {name} is not near 0", name=name)
    if not 0.8 < np.std(normal) < 1.25:
        if np.std(normal) > 1:
            return _("the weights {name} are spread more than weight_init_std says", name=name)
        return _("the weights {name} are spread less than weight_init_std says", name=name)
    return ""


def judge_start(part, answer, expected, arguments):
    for name, right in expected.items():
        value = answer.get(name) if isinstance(answer, dict) else None
        if not isinstance(value, np.ndarray) or value.shape != right.shape:
            return _("there is no params[{name!r}], or not of the shape in the table", name=name)
        if name[0] == "b" and np.any(value != 0):
            return _("the biases {name} do not start at zero", name=name)
        if name[0] == "W" and (problem := problem_of_weights(name, value / arguments["std"])):
            return problem
    return ""


GRADIENTS = {"W2": 1, "b2": 1, "W1": 1, "b1": 1}
QUESTIONS = [
    Question("TwoLayerNet", {"params": 2}, draw_sizes, "ask_start", judge=judge_start),
    Question("TwoLayerNet", {"in_place": 1}, draw, "ask_in_place", tolerance=1e-4),
    Question("TwoLayerNet", {"predict": 2}, draw, "ask_predict", tolerance=1e-4),
    Question("TwoLayerNet", {"loss": 1}, draw, "ask_loss", tolerance=1e-4),
    Question("TwoLayerNet", {"accuracy": 1}, draw_many, "ask_accuracy"),
    Question("TwoLayerNet", GRADIENTS, draw, "ask_gradient", tolerance=1e-4),
]

# %% tags=["asked"]
import numpy as np


def ask_start(work, answers, sizes, std):
    answers["params"] = dict(work.TwoLayerNet(*sizes, std).params)


def made(work, params):
    """Return a network with some parameters, also where its layers hold copies of them."""
    (d, h), k = params["W1"].shape, len(params["b2"])
    network = work.TwoLayerNet(d, h, k)
    for name, value in params.items():
        network.params[name][...] = value
    for number, layer in enumerate([layer for layer in network.layers.values() if hasattr(layer, "W")], start=1):
        layer.W[...], layer.b[...] = params[f"W{number}"], params[f"b{number}"]
    return network


def with_right_predict(network, x):
    """Let what builds on predict not suffer from its mistakes."""

    def predict(x):
        for layer in network.layers.values():
            x = layer.forward(x)
        return x

    try:
        is_right = np.allclose(network.predict(x), predict(x), atol=1e-5)
    except Exception:
        is_right = False
    if not is_right:
        network.predict = predict
    return network


def ask_in_place(work, answers, params, x, t, other):
    network = made(work, params)
    for value in network.params.values():
        value *= 0.5
    answers["in_place"] = with_right_predict(network, other).predict(x)


def ask_predict(work, answers, params, x, t, other):
    answers["predict"] = made(work, params).predict(x)


def ask_loss(work, answers, params, x, t, other):
    answers["loss"] = with_right_predict(made(work, params), other).loss(x, t)


def ask_accuracy(work, answers, params, x, t, other):
    answers["accuracy"] = with_right_predict(made(work, params), other).accuracy(x, t)


def ask_gradient(work, answers, params, x, t, other):
    network = with_right_predict(made(work, params), other)
    network.loss(other, t)
    gradients = network.gradient(x, t)
    for name in ("W2", "b2", "W1", "b1"):
        if isinstance(gradients, dict) and name in gradients:
            answers[name] = gradients[name]


# %% tags=["wrong"] name="std-ignored" part="params"
# The weights do not depend on weight_init_std: it is the factor that makes N(0, std^2) of numbers from N(0, 1).
class TwoLayerNet(TwoLayerNet):
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        super().__init__(input_size, hidden_size, output_size, 0.01)


# %% tags=["wrong"] name="std-missing" part="params"
# The weights come from N(0, 1): they are not multiplied by weight_init_std.
class TwoLayerNet(TwoLayerNet):
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        super().__init__(input_size, hidden_size, output_size, 1.0)


# %% tags=["wrong"] name="uniform" part="params"
# The weights are drawn uniformly from 0 to 1, so that none is negative: N(0, 1) is another function of the generator.
class TwoLayerNet(TwoLayerNet):
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        super().__init__(input_size, hidden_size, output_size)
        for name in ("W1", "W2"):
            self.params[name][...] = weight_init_std * np.random.default_rng().random(self.params[name].shape)


# %% tags=["wrong"] name="all-weights-equal" part="params"
# All weights start with the same number: then all hidden units have the same gradient, and stay the same for ever.
class TwoLayerNet(TwoLayerNet):
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        super().__init__(input_size, hidden_size, output_size, 0.0)


# %% tags=["wrong"] name="params-copied" part="in_place"
# The layers hold copies of the arrays in params, so that an update of params does not reach them.
class TwoLayerNet(TwoLayerNet):
    def __init__(self, *sizes):
        super().__init__(*sizes)
        self.params = {name: value.copy() for name, value in self.params.items()}


# %% tags=["wrong"] name="softmax-in-predict" part="predict"
# predict returns probabilities. It should return scores: the loss layer takes the softmax.
class TwoLayerNet(TwoLayerNet):
    def predict(self, x):
        y = np.exp(super().predict(x))
        return y / y.sum(axis=1, keepdims=True)


# %% tags=["wrong"] name="loss-of-the-input" part="loss W2 b2 W1 b1"
# The loss layer is given x. It takes scores: x must go through the layers first.
class TwoLayerNet(TwoLayerNet):
    def loss(self, x, t):
        return self.loss_layer.forward(x, t)


# %% tags=["wrong"] name="count-for-share" part="accuracy"
# This is how many samples are right. The accuracy is their share.
class TwoLayerNet(TwoLayerNet):
    def accuracy(self, x, t):
        return np.sum(self.predict(x).argmax(axis=1) == t)


# %% tags=["wrong"] name="wrong-axis" part="accuracy"
# The highest score is looked for in each column: a column is a class. The scores of one sample stand in a row.
class TwoLayerNet(TwoLayerNet):
    def accuracy(self, x, t):
        best = self.predict(x).argmax(axis=0)
        return np.sum(best == t[: len(best)]) / len(x)


# %% tags=["wrong"] name="not-reversed" part="W2 b2 W1 b1"
# Backward goes through the layers in the order of forward. The gradient comes from the loss: the last layer is first.
class TwoLayerNet(TwoLayerNet):
    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.loss_layer.backward()
        for layer in self.layers.values():
            dout = layer.backward(dout)
        return {"W1": self.layers["Affine1"].dW}


# %% tags=["wrong"] name="stale-cache" part="W2 b2 W1 b1"
# gradient does no forward with its x and t, so that the layers use what they kept of an earlier batch.
class TwoLayerNet(TwoLayerNet):
    def gradient(self, x, t):
        loss, self.loss = self.loss, lambda x, t: None
        gradients = super().gradient(x, t)
        self.loss = loss
        return gradients


# %% tags=["wrong"] name="ignores-loss" part="W2 b2 W1 b1"
# Backward begins with ones instead of what the loss layer's backward returns.
class TwoLayerNet(TwoLayerNet):
    def gradient(self, x, t):
        dout = np.ones_like(self.predict(x))
        for layer in reversed(self.layers.values()):
            dout = layer.backward(dout)
        first, second = self.layers["Affine1"], self.layers["Affine2"]
        return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}


# %% tags=["wrong"] name="swapped" part="W2 b2 W1 b1"
# The gradients of the first and the second layer are exchanged.
class TwoLayerNet(TwoLayerNet):
    def gradient(self, x, t):
        found = super().gradient(x, t)
        return {"W1": found["W2"], "b1": found["b2"], "W2": found["W1"], "b2": found["b1"]}


# %% tags=["wrong"] name="relu-missing"
# There is no ReLU between the two affine layers: without it they are no more than one affine layer.
class TwoLayerNet(TwoLayerNet):
    def __init__(self, *sizes):
        super().__init__(*sizes)
        del self.layers["ReLU1"]
