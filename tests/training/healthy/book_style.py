"""Networks and loops as *Deep Learning from Scratch* has them, right as printed."""

from collections import OrderedDict

import numpy as np

from datasets import load_digits
from trainings import healthy, loop


def softmax(x):
    x = x - x.max(axis=-1, keepdims=True)
    return np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)


def cross_entropy_error(y, t):
    if t.size == y.size:
        t = t.argmax(axis=1)
    return -np.sum(np.log(y[np.arange(len(y)), t] + 1e-7)) / len(y)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class TwoLayerNet:  # chapter 4: no layers
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        self.params = {
            "W1": weight_init_std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": weight_init_std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def predict(self, x):
        z1 = sigmoid(x @ self.params["W1"] + self.params["b1"])
        return softmax(z1 @ self.params["W2"] + self.params["b2"])

    def loss(self, x, t):
        return cross_entropy_error(self.predict(x), t)

    def accuracy(self, x, t):
        y = np.argmax(self.predict(x), axis=1)
        if t.ndim != 1:
            t = np.argmax(t, axis=1)
        return np.sum(y == t) / float(x.shape[0])

    def gradient(self, x, t):
        W2 = self.params["W2"]
        z1 = sigmoid(x @ self.params["W1"] + self.params["b1"])
        y = softmax(z1 @ W2 + self.params["b2"])
        dy = (y - t) / x.shape[0]
        da1 = (1 - z1) * z1 * (dy @ W2.T)
        return {"W2": z1.T @ dy, "b2": dy.sum(axis=0), "W1": x.T @ da1, "b1": da1.sum(axis=0)}


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
        return dout @ self.W.T


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        return dout


class Dropout:  # as in the book: it does not divide, and multiplies when predicting
    def __init__(self, dropout_ratio=0.5):
        self.dropout_ratio = dropout_ratio

    def forward(self, x, train_flg):
        if train_flg:
            self.mask = np.random.rand(*x.shape) > self.dropout_ratio
            return x * self.mask
        return x * (1.0 - self.dropout_ratio)

    def backward(self, dout):
        return dout * self.mask


class SoftmaxWithLoss:
    def forward(self, x, t):
        self.t, self.y = t, softmax(x)
        return cross_entropy_error(self.y, t)

    def backward(self, dout=1):
        batch_size = self.t.shape[0]
        if self.t.size == self.y.size:
            return (self.y - self.t) / batch_size
        dx = self.y.copy()
        dx[np.arange(batch_size), self.t] -= 1
        return dx / batch_size


class MultiLayerNet:  # chapters 5 and 6: layers in an OrderedDict
    def __init__(self, sizes, weight_decay_lambda=0, dropout_ratio=0):
        self.params, self.layers, self.depth = {}, OrderedDict(), len(sizes) - 1
        self.weight_decay_lambda = weight_decay_lambda
        for i in range(1, len(sizes)):
            self.params[f"W{i}"] = np.sqrt(2.0 / sizes[i - 1]) * np.random.randn(sizes[i - 1], sizes[i])
            self.params[f"b{i}"] = np.zeros(sizes[i])
            self.layers[f"Affine{i}"] = Affine(self.params[f"W{i}"], self.params[f"b{i}"])
            if i < self.depth:
                self.layers[f"Activation{i}"] = Relu()
                if dropout_ratio:
                    self.layers[f"Dropout{i}"] = Dropout(dropout_ratio)
        self.last_layer = SoftmaxWithLoss()

    def predict(self, x, train_flg=False):
        for key, layer in self.layers.items():
            x = layer.forward(x, train_flg) if "Dropout" in key else layer.forward(x)
        return x

    def loss(self, x, t, train_flg=False):
        decay = sum(0.5 * self.weight_decay_lambda * np.sum(self.params[f"W{i + 1}"] ** 2) for i in range(self.depth))
        return self.last_layer.forward(self.predict(x, train_flg), t) + decay

    def accuracy(self, x, t):
        y = np.argmax(self.predict(x), axis=1)
        t = np.argmax(t, axis=1) if t.ndim != 1 else t
        return np.mean(y == t)

    def gradient(self, x, t):
        self.loss(x, t, train_flg=True)
        dout = self.last_layer.backward(1)
        for layer in reversed(self.layers.values()):
            dout = layer.backward(dout)
        grads = {}
        for i in range(1, self.depth + 1):
            layer = self.layers[f"Affine{i}"]
            grads[f"W{i}"] = layer.dW + self.weight_decay_lambda * layer.W
            grads[f"b{i}"] = layer.db
        return grads


class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        for key in params:
            params[key] -= self.lr * grads[key]


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, None

    def update(self, params, grads):
        if self.v is None:
            self.v = {key: np.zeros_like(val) for key, val in params.items()}
        for key in params:
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]


class Adam:
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr, self.beta1, self.beta2, self.iter, self.m = lr, beta1, beta2, 0, None

    def update(self, params, grads):
        if self.m is None:
            self.m = {key: np.zeros_like(val) for key, val in params.items()}
            self.v = {key: np.zeros_like(val) for key, val in params.items()}
        self.iter += 1
        lr_t = self.lr * np.sqrt(1.0 - self.beta2**self.iter) / (1.0 - self.beta1**self.iter)
        for key in params:
            self.m[key] += (1 - self.beta1) * (grads[key] - self.m[key])
            self.v[key] += (1 - self.beta2) * (grads[key] ** 2 - self.v[key])
            params[key] -= lr_t * self.m[key] / (np.sqrt(self.v[key]) + 1e-7)


def trained(make, optimizer, iters_num, batch_size=100, one_hot_label=False, seed=0, train_size=1438):
    np.random.seed(seed)
    network = make()
    (x_train, t_train), (x_test, t_test) = load_digits(one_hot_label=one_hot_label)
    x_train, t_train = x_train[:train_size], t_train[:train_size]
    train_loss_list = []
    for _ in range(iters_num):
        batch_mask = np.random.choice(len(x_train), batch_size)
        x_batch, t_batch = x_train[batch_mask], t_train[batch_mask]
        grads = network.gradient(x_batch, t_batch)
        optimizer.update(network.params, grads)
        train_loss_list.append(network.loss(x_batch, t_batch))
    return loop(network, x_train, t_train, x_test, t_test, optimizer=optimizer, losses=train_loss_list)


@healthy(may=("plateau", "unfinished"))
def chapter_4_with_sigmoid_and_momentum():
    return trained(lambda: TwoLayerNet(64, 50, 10, 0.1), Momentum(lr=0.3), iters_num=1000, one_hot_label=True)


@healthy(may=("plateau", "unfinished"))
def chapter_4_from_small_weights():
    return trained(lambda: TwoLayerNet(64, 50, 10), Adam(lr=0.02), iters_num=800, one_hot_label=True)


@healthy(may=("plateau", "unfinished"))
def chapter_5_with_sgd():
    return trained(lambda: MultiLayerNet([64, 50, 10]), SGD(lr=0.5), iters_num=1000, one_hot_label=True)


@healthy(may=("plateau", "unfinished"))
def chapter_5_with_labels_as_numbers():
    return trained(lambda: MultiLayerNet([64, 50, 10]), SGD(lr=0.6), iters_num=900, batch_size=50)


@healthy(may=("overfitting", "plateau", "unfinished"))
def chapter_6_with_momentum():
    return trained(lambda: MultiLayerNet([64, 100, 100, 10]), Momentum(lr=0.05), iters_num=600)


@healthy(may=("overfitting", "plateau", "unfinished"))
def chapter_6_with_adam():
    return trained(lambda: MultiLayerNet([64, 100, 100, 10]), Adam(lr=0.003), iters_num=600)


@healthy(may=("plateau", "unfinished"))
def five_layers_of_sixty_units():
    return trained(lambda: MultiLayerNet([64, 60, 60, 60, 60, 10]), Adam(lr=0.003), iters_num=500)


@healthy(may=("plateau",))
def weight_decay():
    return trained(lambda: MultiLayerNet([64, 80, 10], weight_decay_lambda=0.0005), SGD(lr=0.5), iters_num=1000)


@healthy(may=("overfitting", "plateau", "unfinished"))
def dropout_on_three_hundred_images():
    return trained(
        lambda: MultiLayerNet([64, 100, 10], dropout_ratio=0.2), Momentum(lr=0.05), iters_num=300, train_size=300
    )
