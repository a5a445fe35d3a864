"""Readers of *Deep Learning from Scratch* (Zero kara tsukuru): chapter 5's TwoLayerNet typed in by hand, with layers of
one's own, and chapter 4's loop around it; the variables are those of the book, or Japanese.
"""

from collections import OrderedDict

import numpy as np

from datasets import load_digits
from trainings import loop, sick

(x_train, t_train), (x_test, t_test) = load_digits(one_hot_label=True)


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout = dout.copy()
        dout[self.mask] = 0
        return dout


class ReluWithoutMask(Relu):
    def backward(self, dout):
        return dout


class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * (1.0 - self.out) * self.out


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)


class SoftmaxWithLoss:
    def forward(self, x, t):
        x = x - x.max(axis=1, keepdims=True)
        self.y, self.t = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True), t
        return -np.sum(t * np.log(self.y + 1e-7)) / len(t)

    def backward(self, dout=1):
        return (self.y - self.t) / len(self.t)


class TwoLayerNet:
    def __init__(self, input_size=64, hidden_size=50, output_size=10, weight_init_std=0.1, kasseika=Relu):
        rng = np.random.RandomState(0)
        self.params = {
            "W1": weight_init_std * rng.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": weight_init_std * rng.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }
        self.layers = OrderedDict()
        self.layers["Affine1"] = Affine(self.params["W1"], self.params["b1"])
        self.layers["Kasseika"] = kasseika()
        self.layers["Affine2"] = Affine(self.params["W2"], self.params["b2"])
        self.lastLayer = SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        return self.lastLayer.forward(self.predict(x), t)

    def accuracy(self, x, t):
        return np.sum(np.argmax(self.predict(x), axis=1) == np.argmax(t, axis=1)) / float(x.shape[0])

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.lastLayer.backward(1)
        for layer in reversed(self.layers.values()):
            dout = layer.backward(dout)
        first, last = self.layers["Affine1"], self.layers["Affine2"]
        return {"W1": first.dW, "b1": first.db, "W2": last.dW, "b2": last.db}


class NetWithoutGradientOfW1(TwoLayerNet):
    def gradient(self, x, t):
        grads = super().gradient(x, t)
        return {key: grad if key[1] == "2" else np.zeros_like(grad) for key, grad in grads.items()}


class SGD:
    def __init__(self, lr=0.1):
        self.lr = lr

    def update(self, params, grads):
        for key in params:
            params[key] -= self.lr * grads[key]


def gakushuu(network, lr=0.1, kaisuu=600, batch_size=100, x=x_train, t=t_train):
    """Return the optimizer and the losses of the book's loop."""
    rng = np.random.RandomState(1)
    optimizer, losses = SGD(lr), []
    for _ in range(kaisuu):
        batch_mask = rng.choice(len(x), batch_size)
        losses.append(network.loss(x[batch_mask], t[batch_mask]))
        optimizer.update(network.params, network.gradient(x[batch_mask], t[batch_mask]))
    return {"optimizer": optimizer, "losses": losses}


@sick(("symmetric", "dead-units"), also=("not-learning", "one-answer", "not-updated"))
def weight_init_std_0():
    network = TwoLayerNet(weight_init_std=0)
    gakushuu(network)
    return loop(network, x_train, t_train, x_test, t_test)


@sick("symmetric", also=("underfitting", "learning-rate-too-low"))
def all_weights_001_and_sigmoid():
    network = TwoLayerNet(weight_init_std=0, kasseika=Sigmoid)
    network.params["W1"] += 0.01
    network.params["W2"] += 0.01
    return loop(network, x_train, t_train, x_test, t_test, **gakushuu(network, lr=0.5))


@sick(("learning-rate-too-high", "dead-units"), also=("one-answer", "not-learning"))
def lr_10():
    network = TwoLayerNet()
    return loop(network, x_train, t_train, x_test, t_test, **gakushuu(network, lr=10, kaisuu=300))


@sick("learning-rate-too-low", also=("not-learning", "unfinished", "underfitting"))
def lr_00005():
    network = TwoLayerNet()
    return loop(network, x_train, t_train, x_test, t_test, **gakushuu(network, lr=0.0005, kaisuu=400))


@sick("unscaled-input", also=("learning-rate-too-high", "dead-units", "one-answer", "not-learning"))
def pixels_from_0_to_255():
    network = TwoLayerNet()
    return loop(network, x_train * 255, t_train, x_test * 255, t_test, **gakushuu(network, kaisuu=300, x=x_train * 255))


@sick("not-updated", also=("not-learning", "wrong-gradient", "one-answer"))
def new_arrays_in_params_that_the_layers_do_not_see():
    network, learning_rate, losses, rng = TwoLayerNet(), 0.1, [], np.random.RandomState(3)
    for _ in range(200):
        batch_mask = rng.choice(len(x_train), 100)
        grad = network.gradient(x_train[batch_mask], t_train[batch_mask])
        for key in ("W1", "b1", "W2", "b2"):
            network.params[key] = network.params[key] - learning_rate * grad[key]
        losses.append(network.loss(x_train[batch_mask], t_train[batch_mask]))
    return loop(network, x_train, t_train, x_test, t_test, losses=losses)


@sick(("not-updated", "wrong-gradient"), also=("underfitting", "unfinished"))
def gradients_of_the_first_layer_left_at_zero():
    network = NetWithoutGradientOfW1(hidden_size=20, weight_init_std=0.1)
    return loop(network, x_train, t_train, x_test, t_test, **gakushuu(network))


@sick("wrong-gradient", also=("learning-rate-too-high", "dead-units"))
def relu_without_its_mask():
    network = TwoLayerNet(hidden_size=10, kasseika=ReluWithoutMask)
    return loop(network, x_train, t_train, x_test, t_test, **gakushuu(network, lr=0.5))


@sick("dead-units", also=("not-learning", "one-answer", "not-updated"))
def biases_of_minus_6():
    network = TwoLayerNet()
    network.params["b1"] -= 6
    return loop(network, x_train, t_train, losses=gakushuu(network)["losses"])


@sick("saturated", also=("vanishing", "underfitting", "learning-rate-too-high"))
def sigmoid_with_std_8():
    network = TwoLayerNet(weight_init_std=0.1, kasseika=Sigmoid, hidden_size=20)
    network.params["W1"] *= 80
    return loop(network, x_train, t_train, x_test, t_test, **gakushuu(network, lr=0.3))


@sick("stale-data", also=("overfitting", "plateau"))
def batch_mask_drawn_before_the_loop():
    network, optimizer, losses = TwoLayerNet(), SGD(0.5), []
    batch_mask = np.random.RandomState(5).choice(len(x_train), 30)
    for _ in range(500):
        x_batch, t_batch = x_train[batch_mask], t_train[batch_mask]
        optimizer.update(network.params, network.gradient(x_batch, t_batch))
        losses.append(network.loss(x_batch, t_batch))
    return loop(network, x_train, t_train, x_test, t_test, optimizer=optimizer, losses=losses)


@sick("overfitting", also=("plateau",))
def sixty_samples_as_in_chapter_6():
    network = TwoLayerNet(hidden_size=100)
    x, t = x_train[:60], t_train[:60]
    return loop(network, x, t, x_test, t_test, **gakushuu(network, lr=0.3, kaisuu=1000, batch_size=30, x=x, t=t))
