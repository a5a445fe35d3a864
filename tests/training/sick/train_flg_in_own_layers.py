"""Japanese study groups after chapter 6 of the book: dropout and batch normalisation of one's own, with ``train_flg``.

The networks hold layers in a list and ``params`` in a dictionary, as the book does; the flag goes astray somewhere.
"""

from itertools import pairwise

import numpy as np

from datasets import load_digits
from training import SGD, Adam
from trainings import loop, sick


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x, train_flg):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.grads = np.dot(self.x.T, dout), dout.sum(axis=0)
        return np.dot(dout, self.W.T)


class Relu:
    def forward(self, x, train_flg):
        self.mask = x <= 0
        return np.where(self.mask, 0, x)

    def backward(self, dout):
        return np.where(self.mask, 0, dout)


class Sigmoid:
    def forward(self, x, train_flg):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)


class Dropout:
    always, scale_at_test, once = False, True, False  # いつも消す / 推論で掛ける / マスクを一度だけ作る

    def __init__(self, ratio, rng):
        self.ratio, self.rng, self.mask = ratio, rng, None

    def forward(self, x, train_flg):
        if not (train_flg or self.always):
            return x * (1 - self.ratio) if self.scale_at_test else x
        if self.mask is None or not self.once:
            self.mask = self.rng.random((1 if self.once else len(x), x.shape[1])) > self.ratio
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class BatchNorm:
    def __init__(self, size, momentum=0.9, start=(0.0, 1.0), keeps=True, by_batch=False):
        self.gamma, self.beta, self.momentum = np.ones(size), np.zeros(size), momentum
        self.mean, self.var = np.full(size, start[0]), np.full(size, start[1])
        self.keeps, self.by_batch = keeps, by_batch

    def forward(self, x, train_flg):
        self.batch = train_flg or self.by_batch
        mu, var = (x.mean(axis=0), x.var(axis=0)) if self.batch else (self.mean, self.var)
        if train_flg and self.keeps:
            self.mean = self.momentum * self.mean + (1 - self.momentum) * mu
            self.var = self.momentum * self.var + (1 - self.momentum) * var
        self.std = np.sqrt(var + 1e-7)
        self.xn = (x - mu) / self.std
        return self.gamma * self.xn + self.beta

    def backward(self, dout):
        self.grads = (dout * self.xn).sum(axis=0), dout.sum(axis=0)
        d = self.gamma * dout
        if self.batch:
            d = d - d.mean(axis=0) - self.xn * (d * self.xn).mean(axis=0)
        return d / self.std


class Net:
    def __init__(self, sizes, between, activation=Relu, std=None, seed=0):
        self.rng, self.layers, self.params, self.owner = np.random.default_rng(seed), [], {}, {}
        for i, (n, m) in enumerate(pairwise(sizes), 1):
            W = self.rng.standard_normal((n, m)) * (np.sqrt(2 / n) if std is None else std)
            self.add(Affine(W, np.zeros(m)), f"W{i}", f"b{i}")
            if i < len(sizes) - 1:
                layer = between(m, self.rng)
                if hasattr(layer, "gamma"):
                    self.add(layer, f"gamma{i}", f"beta{i}")
                    self.layers.append(activation())
                else:
                    self.layers += [activation(), layer]

    def add(self, layer, *names):
        self.layers.append(layer)
        self.params |= {name: getattr(layer, name.rstrip("0123456789")) for name in names}
        self.owner[layer] = names

    def predict(self, x, train_flg=False):
        for layer in self.layers:
            x = layer.forward(x, train_flg)
        return x

    def loss(self, x, t, train_flg=False):
        y = self.predict(x, train_flg)
        y = np.exp(y - y.max(axis=1, keepdims=True))
        self.y = y / y.sum(axis=1, keepdims=True)
        return -np.log(self.y[np.arange(len(t)), t] + 1e-7).mean()

    def accuracy(self, x, t):
        return np.mean(self.predict(x).argmax(axis=1) == t)

    def gradient(self, x, t, train_flg=True):
        self.last_loss = self.loss(x, t, train_flg)
        dout = self.y.copy()
        dout[np.arange(len(t)), t] -= 1
        dout /= len(t)
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return {name: g for layer, names in self.owner.items() for name, g in zip(names, layer.grads, strict=True)}


class OneByOne(Net):
    def accuracy(self, x, t):  # 一枚ずつ認識する
        return np.mean([self.predict(x[i : i + 1]).argmax() == t[i] for i in range(len(x))])


class FlagForgotten(Net):
    def gradient(self, x, t):
        return super().gradient(x, t, train_flg=False)


def gakushu(network, optimizer=None, iters=600, batch_size=50, n=1000):
    (x_train, t_train), (x_test, t_test) = load_digits()
    x_train, t_train = x_train[:n].astype(float), t_train[:n]
    optimizer = SGD(lr=0.1) if optimizer is None else optimizer
    rng, train_loss_list = np.random.default_rng(1), []
    for _ in range(iters):
        batch_mask = rng.choice(len(x_train), batch_size, replace=False)
        optimizer.update(network.params, network.gradient(x_train[batch_mask], t_train[batch_mask]))
        train_loss_list.append(network.last_loss)
    return loop(network, x_train, t_train, x_test, t_test, optimizer=optimizer, losses=train_loss_list)


def dropout(ratio, **habits):
    def between(size, rng):
        layer = Dropout(ratio, rng)
        vars(layer).update(habits)
        return layer

    return between


def batch_norm(**habits):
    return lambda size, rng: BatchNorm(size, **habits)


@sick("mode", also=("noisy", "underfitting", "plateau", "unfinished"))
def dropout_also_when_it_answers():
    return gakushu(Net((64, 40, 40, 10), dropout(0.6, always=True)))


@sick("mode", also=("overfitting", "unfinished", "plateau", "noisy"))
def dropout_without_the_factor_at_the_test():
    return gakushu(Net((64, 100, 100, 100, 100, 10), dropout(0.7, scale_at_test=False), seed=1), Adam(lr=0.003))


@sick("mode", also=("overfitting", "underfitting", "unfinished", "plateau"))
def mask_of_dropout_drawn_once_for_all():
    habits = {"once": True, "scale_at_test": False}
    return gakushu(Net((64, 60, 60, 60, 10), dropout(0.7, **habits), seed=2), Adam(lr=0.003))


@sick("mode", also=("one-answer", "overfitting", "plateau"))
def batch_statistics_for_one_image_at_a_time():
    return gakushu(OneByOne((64, 50, 50, 10), batch_norm(by_batch=True), seed=3), iters=200)


@sick("mode", also=("overfitting", "one-answer", "plateau", "unfinished"))
def running_statistics_never_kept():
    return gakushu(Net((64, 50, 50, 50, 10), batch_norm(keeps=False), seed=4), iters=300)


@sick("mode", also=("overfitting", "one-answer", "unfinished", "exploding"))
def running_variance_from_zero_with_a_slow_momentum():
    return gakushu(Net((64, 40, 40, 40, 10), batch_norm(momentum=0.9999, start=(0.0, 0.0)), seed=5), iters=150)


@sick("mode", also=("batch-too-small", "noisy", "overfitting", "learning-rate-too-high", "underfitting", "unfinished"))
def momentum_and_its_complement_swapped_with_batches_of_4():
    return gakushu(Net((64, 50, 50, 50, 10), batch_norm(momentum=0.02), seed=6), iters=700, batch_size=4)


@sick(
    ("mode", "vanishing", "not-learning"),
    also=("symmetric", "learning-rate-too-low", "plateau", "one-answer", "underfitting"),
)
def flag_forgotten_in_gradient_of_five_sigmoid_layers():
    network = FlagForgotten((64, 30, 30, 30, 30, 10), batch_norm(), Sigmoid, std=0.1, seed=7)
    return gakushu(network, SGD(lr=0.5), iters=300)
