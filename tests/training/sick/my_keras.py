"""Students who write a Keras of their own: Sequential with add, compile and fit, activations by name, and a History."""

import numpy as np

from datasets import circles, curve, moons, spiral, xor
from trainings import loop, sick

ACTIVATIONS = {
    "linear": (lambda z: z, lambda a: np.ones_like(a)),
    "relu": (lambda z: np.maximum(z, 0), lambda a: (a > 0) * 1.0),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-np.clip(z, -700, 700))), lambda a: a * (1 - a)),
    "tanh": (np.tanh, lambda a: 1 - a**2),
}


class Dense:
    def __init__(self, units, activation="linear", init="glorot", trainable=True):
        self.units, self.init, self.trainable = units, init, trainable
        self.function, self.derivative = ACTIVATIONS[activation]

    def build(self, fan_in, rng):
        size = (fan_in, self.units)
        if self.init == "glorot":
            self.kernel = rng.uniform(-1, 1, size) * np.sqrt(6 / sum(size))
        else:
            self.kernel = rng.uniform(*self.init, size)
        self.bias = np.zeros(self.units)

    def forward(self, x):
        self.x = x
        self.a = self.function(x @ self.kernel + self.bias)
        return self.a

    def backward(self, dout):
        dz = dout * self.derivative(self.a)
        self.grads = self.x.T @ dz, dz.sum(axis=0)
        return dz @ self.kernel.T


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class Sequential:
    def __init__(self, *layers, seed=0):
        self.layers, self.seed = list(layers), seed

    def compile(self, features, loss="crossentropy", softmax_first=False):
        rng = np.random.default_rng(self.seed)
        for layer in self.layers:
            layer.build(features, rng)
            features = layer.units
        self.kind, self.softmax_first, self.counts_labels = loss, softmax_first, loss == "crossentropy"
        return self

    @property
    def params(self):
        return {
            f"dense_{i}/{name}": getattr(layer, name)
            for i, layer in enumerate(self.layers)
            for name in ("kernel", "bias")
        }

    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return softmax(x) if self.softmax_first else x

    def loss(self, x, t):
        y = self.predict(x)
        if self.kind == "mse":
            return float(((y - t) ** 2).mean())
        return float(-np.log(softmax(y)[np.arange(len(t)), t] + 1e-300).mean())

    def gradient(self, x, t):
        y = self.predict(x)
        if self.kind == "mse":
            error = y - t
            dout = 2 * error.sum(axis=1, keepdims=True) / error.size
        else:
            dout = softmax(y)
            dout[np.arange(len(t)), t] -= 1
            dout /= len(t)
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return {
            f"dense_{i}/{name}": grad * layer.trainable
            for i, layer in enumerate(self.layers)
            for name, grad in zip(("kernel", "bias"), layer.grads, strict=True)
        }

    def accuracy(self, x, t):
        return float((self.predict(x).argmax(axis=1) == t).mean())


class OptimizerSGD:
    def __init__(self, lr):
        self.lr = lr

    def update(self, params, grads):
        for name, param in params.items():
            param -= self.lr * grads[name]


def fit(model, train, test, lr=0.1, epochs=40, batch_size=20):
    """Train, and return the loop with the losses of all batches."""
    (x, t), optimizer, history, rng = train, OptimizerSGD(lr), [], np.random.default_rng(0)
    with np.errstate(all="ignore"):
        for _ in range(epochs):
            order = rng.permutation(len(x))
            for i in range(0, len(x), batch_size):
                rows = order[i : i + batch_size]
                history.append(model.loss(x[rows], t[rows]))
                optimizer.update(model.params, model.gradient(x[rows], t[rows]))
    return loop(model, x, t, *test, optimizer=optimizer, losses=history)


XOR = xor(200, seed=1), xor(100, seed=2)
MOONS = moons(200, seed=1), moons(100, seed=2)
CIRCLES = circles(200, seed=1), circles(100, seed=2)
SPIRAL = spiral(300, seed=1), spiral(150, seed=2)
CURVE = curve(120, seed=1), curve(60, seed=2)


@sick(("underfitting", "not-learning"), also=("plateau", "one-answer"))
def xor_without_a_hidden_layer():
    return fit(Sequential(Dense(2)).compile(2), *XOR, lr=0.3)


@sick(("underfitting", "not-learning"), also=("plateau", "one-answer"))
def hidden_layers_without_an_activation():
    return fit(Sequential(Dense(30), Dense(30), Dense(2)).compile(2), *CIRCLES)


@sick("underfitting", also=("plateau", "dead-units"))
def relu_at_the_output_for_targets_below_zero():
    model = Sequential(Dense(30, "tanh", init=(-4, 4)), Dense(1, "relu")).compile(1, loss="mse")
    return fit(model, *CURVE, lr=0.05, epochs=150)


@sick("vanishing", also=("not-learning", "one-answer", "plateau", "learning-rate-too-low", "underfitting"))
def seven_layers_of_sigmoids():
    model = Sequential(*(Dense(12, "sigmoid") for _ in range(7)), Dense(2)).compile(2)
    return fit(model, *MOONS, lr=0.3)


@sick(("exploding", "learning-rate-too-high"), also=("dead-units", "not-learning", "one-answer"))
def eight_layers_from_uniform_minus_1_to_1():
    model = Sequential(*(Dense(40, "relu", init=(-1, 1)) for _ in range(8)), Dense(3, init=(-1, 1))).compile(2)
    return fit(model, *SPIRAL, lr=0.01, epochs=5)


@sick("saturated", also=("vanishing", "underfitting", "symmetric", "not-learning"))
def kernels_from_0_to_10_before_tanh():
    model = Sequential(Dense(20, "tanh", init=(0, 10)), Dense(20, "tanh", init=(0, 10)), Dense(2)).compile(2)
    return fit(model, *CIRCLES, lr=0.2)


@sick("learning-rate-too-low", also=("unfinished", "underfitting", "not-learning"))
def lr_of_00005_for_sgd():
    return fit(Sequential(Dense(20, "tanh"), Dense(2)).compile(2), *XOR, lr=0.0005, epochs=60)


@sick(("not-updated", "wrong-gradient"), also=("underfitting",))
def trainable_false_left_on_the_small_first_layer():
    model = Sequential(Dense(3, "relu", trainable=False), Dense(30, "relu"), Dense(3)).compile(2)
    return fit(model, *SPIRAL, lr=0.3, epochs=60)


@sick("not-learning", also=("one-answer", "underfitting", "plateau", "wrong-gradient"))
def targets_without_an_axis_broadcast_against_predictions():
    (x, t), (x_test, t_test) = CURVE
    model = Sequential(Dense(30, "tanh", init=(-4, 4)), Dense(1)).compile(1, loss="mse")
    return fit(model, (x, t[:, 0]), (x_test, t_test[:, 0]), lr=0.05, epochs=100)


@sick("wrong-gradient", also=("plateau", "underfitting", "learning-rate-too-high"))
def softmax_in_the_last_layer_and_in_the_loss():
    model = Sequential(Dense(30, "relu"), Dense(3)).compile(2, softmax_first=True)
    return fit(model, *SPIRAL, lr=0.3, epochs=60)


@sick("learning-rate-too-high", also=("exploding",))
def targets_in_thousands_with_the_usual_rate():
    (x, t), (x_test, t_test) = CURVE
    model = Sequential(Dense(30, "relu"), Dense(30, "relu"), Dense(1)).compile(1, loss="mse")
    return fit(model, (x, 5000 * t), (x_test, 5000 * t_test), lr=0.1, epochs=10)


@sick("unscaled-input", also=("learning-rate-too-high", "dead-units", "one-answer", "underfitting", "saturated"))
def one_coordinate_in_millimetres():
    scale = np.array([1000.0, 1.0])
    train, test = ((x * scale, t) for x, t in CIRCLES)
    return fit(Sequential(Dense(30, "relu"), Dense(30, "relu"), Dense(2)).compile(2), train, test)


@sick("unfinished", also=("underfitting", "learning-rate-too-low"))
def four_epochs():
    return fit(Sequential(Dense(30, "relu"), Dense(3)).compile(2), *SPIRAL, epochs=4, lr=0.2)


@sick("imbalanced", also=("one-answer", "overfitting"))
def moons_of_two_hundred_and_of_six():
    (x, t), test = moons(400, noise=0.2, seed=1), moons(200, noise=0.2, seed=2)
    rows = np.concatenate([np.flatnonzero(t == 0), np.flatnonzero(t == 1)[:6]])
    return fit(Sequential(Dense(30, "relu"), Dense(2)).compile(2), (x[rows], t[rows]), test, lr=0.3)
