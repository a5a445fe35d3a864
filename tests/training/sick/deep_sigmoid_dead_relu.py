"""Copies of blog posts on deep networks, as closures and plain functions: what the gradient does on its way down.

The activation is a pair of functions, the parameters are a dictionary, and the depth is whatever somebody felt like.
"""

import contextlib
from types import SimpleNamespace

import numpy as np

from datasets import circles, load_digits, spiral
from networks import MultiLayerNet, TwoLayerNet
from training import SGD, Adam, Momentum, Trainer, TrainingDiverged
from trainings import loop, sick


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


FUNCTIONS = {  # the function, and its derivative by what it returned
    "sigmoid": (sigmoid, lambda a: a * (1 - a)),
    "tanh": (np.tanh, lambda a: 1 - a**2),
    "relu": (lambda z: np.maximum(z, 0), lambda a: (a > 0) * 1.0),
}


def make_net(sizes, activation, std, seed=0, bias=0.0):
    """Return an object whose functions share the dictionary of parameters."""
    rng, (f, df), depth = np.random.default_rng(seed), FUNCTIONS[activation], len(sizes) - 1
    p = {}
    for i in range(depth):
        scale = std(sizes[i]) if callable(std) else std
        p[f"W{i + 1}"] = rng.normal(0, scale, (sizes[i], sizes[i + 1]))
        p[f"b{i + 1}"] = np.full(sizes[i + 1], bias if i < depth - 1 else 0.0)

    def forward(x):
        a = [x]
        for i in range(1, depth + 1):
            z = a[-1] @ p[f"W{i}"] + p[f"b{i}"]
            a.append(f(z) if i < depth else z)
        e = np.exp(a[-1] - a[-1].max(axis=1, keepdims=True))
        return a, e / e.sum(axis=1, keepdims=True)

    def loss(x, t):
        return float(-np.log(forward(x)[1][np.arange(len(t)), t] + 1e-300).mean())

    def accuracy(x, t):
        return float((forward(x)[1].argmax(axis=1) == t).mean())

    def gradient(x, t):
        a, y = forward(x)
        d, g = (y - np.eye(sizes[-1])[t]) / len(t), {}
        for i in range(depth, 0, -1):
            g[f"W{i}"], g[f"b{i}"] = a[i - 1].T @ d, d.sum(axis=0)
            d = d @ p[f"W{i}"].T * df(a[i - 1])
        return g

    return SimpleNamespace(
        params=p,
        predict=lambda x: forward(x)[1],
        loss=loss,
        accuracy=accuracy,
        gradient=gradient,
        activation=activation,
    )


def digits(factor=1.0):
    (x, t), (x_test, t_test) = load_digits()
    return factor * x[:800].astype(float), t[:800], factor * x_test.astype(float), t_test


def descend(net, data, opt, steps=300, batch=50, rates=None):
    x, t, x_test, t_test = data
    rng, losses = np.random.default_rng(5), []
    with np.errstate(all="ignore"):
        for step in range(steps):
            i = rng.choice(len(x), batch, replace=False)
            if rates is not None:
                opt.lr = rates(step)
            opt.update(net.params, net.gradient(x[i], t[i]))
            losses.append(net.loss(x[i], t[i]))
    return loop(net, x, t, x_test, t_test, optimizer=opt, losses=losses)


def trained(network, data, opt, epochs=12, batch_size=50, **options):
    trainer = Trainer(network, *data, opt, epochs, batch_size, seed=0, **options)
    with np.errstate(all="ignore"), contextlib.suppress(TrainingDiverged):
        trainer.train()
    return trainer


STUCK = ("not-learning", "one-answer", "plateau", "underfitting")


@sick("dead-units", also=STUCK)
def all_biases_at_minus_ten():
    return descend(make_net((64, 50, 10), "relu", 0.1, bias=-10.0), digits(), SGD(lr=0.1))


@sick("dead-units", also=(*STUCK, "learning-rate-too-high"))
def first_step_a_thousand_times_too_long():
    net = make_net((64, 40, 40, 10), "relu", lambda n: (2 / n) ** 0.5, seed=1)
    return descend(net, digits(), SGD(lr=0.1), rates=lambda step: 100.0 if step == 0 else 0.1)


@sick("dead-units", also=("underfitting", "plateau", "unfinished"))
def nine_of_ten_units_asleep():
    network = MultiLayerNet(64, [30], 10, seed=2)
    network.params["b1"][:27] = -20
    return trained(network, digits(), SGD(lr=0.2), epochs=30)


@sick(("dead-units", "learning-rate-too-high"), also=STUCK)
def relu_network_after_momentum_of_a_large_rate():
    return trained(TwoLayerNet(64, 50, 10, seed=3), digits(), Momentum(lr=3.0), epochs=12)


@sick("saturated", also=(*STUCK, "exploding", "learning-rate-too-low", "noisy", "overfitting", "unfinished"))
def tanh_with_weights_of_standard_deviation_five():
    return descend(make_net((64, 50, 50, 10), "tanh", 5.0, seed=4), digits(), SGD(lr=0.1))


@sick("saturated", also=(*STUCK, "vanishing", "learning-rate-too-low", "noisy", "overfitting", "unfinished"))
def sigmoid_with_biases_of_twelve():
    return descend(make_net((64, 40, 10), "sigmoid", 0.3, seed=5, bias=12.0), digits(), SGD(lr=0.1))


@sick(("saturated", "unscaled-input"), also=(*STUCK, "vanishing", "noisy", "overfitting", "learning-rate-too-high"))
def pixels_up_to_255_into_sigmoids():
    return descend(make_net((64, 50, 10), "sigmoid", 1.0, seed=6), digits(255.0), SGD(lr=0.1))


@sick("saturated", also=(*STUCK, "exploding", "learning-rate-too-low", "noisy", "unfinished"))
def three_sigmoid_layers_with_weights_of_ten():
    network = MultiLayerNet(2, [20, 20, 20], 2, activation="sigmoid", weight_init_std=10.0, seed=7)
    return trained(network, (*circles(300, seed=1), *circles(200, seed=2)), SGD(lr=0.1), epochs=30)


@sick("vanishing", also=(*STUCK, "learning-rate-too-low", "symmetric"))
def eight_sigmoid_layers():
    xavier = make_net((64, *[30] * 8, 10), "sigmoid", lambda n: n**-0.5, seed=8)
    return descend(xavier, digits(), SGD(lr=0.1), steps=250)


@sick("vanishing", also=(*STUCK, "learning-rate-too-low", "symmetric"))
def six_sigmoid_layers_on_the_spiral():
    network = MultiLayerNet(2, [20] * 6, 3, activation="sigmoid", weight_init_std="xavier", seed=9)
    return trained(network, (*spiral(300, seed=1), *spiral(150, seed=2)), Momentum(lr=0.05), epochs=40)


@sick("vanishing", also=(*STUCK, "learning-rate-too-low", "symmetric"))
def ten_tanh_layers_with_weights_of_one_hundredth():
    return descend(make_net((64, *[40] * 10, 10), "tanh", 0.01, seed=10), digits(), SGD(lr=0.1), steps=200)


@sick("exploding", also=("learning-rate-too-high", "not-learning", "dead-units", "one-answer", "plateau"))
def seven_relu_layers_with_weights_of_one():
    network = MultiLayerNet(64, [50] * 7, 10, weight_init_std=1.0, seed=11)
    return trained(network, digits(), SGD(lr=0.01))


@sick(("exploding", "dead-units"), also=(*STUCK, "learning-rate-too-high"))
def he_times_three_in_six_layers():
    net = make_net((64, *[40] * 6, 10), "relu", lambda n: 3 * (2 / n) ** 0.5, seed=12)
    return descend(net, digits(), SGD(lr=0.05))


@sick(("dead-units", "not-learning"), also=STUCK)
def negative_data_into_positive_weights():
    net = make_net((64, 40, 10), "relu", 0.2, seed=13)
    net.params["W1"][...] = np.abs(net.params["W1"])
    return descend(net, digits(-1.0), Adam(lr=0.01))
