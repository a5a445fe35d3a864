"""Students who put dropout and batch normalisation of their own into a network of layers, some with a flag train_flg
that the last exercise added; Affine and ReLU are taken from the project.
"""

import numpy as np

from datasets import load_digits
from layers import Affine, ReLU, SoftmaxWithLoss
from training import SGD
from trainings import loop, sick

(x_train, t_train), (x_test, t_test) = load_digits()
x_train, t_train = x_train[:800], t_train[:800]


class MyDropout:
    def __init__(self, ratio=0.5, scale_in_test=True):
        self.ratio, self.scale_in_test = ratio, scale_in_test
        self.rng = np.random.default_rng(0)

    def forward(self, x, train_flg):
        if not train_flg:
            return x * (1 - self.ratio) if self.scale_in_test else x
        self.mask = self.rng.random(x.shape) > self.ratio
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class MyBatchNorm:
    def __init__(self, size, momentum=0.9, gamma=1.0, moments_are_constants=False, own_statistics_always=False):
        self.gamma, self.beta, self.momentum = np.full(size, gamma), np.zeros(size), momentum
        self.running_mean, self.running_var = np.zeros(size), np.ones(size)
        self.moments_are_constants, self.own_statistics_always = moments_are_constants, own_statistics_always

    def forward(self, x, train_flg):
        mu, var = self.running_mean, self.running_var
        if train_flg or self.own_statistics_always:
            mu, var = x.mean(axis=0), x.var(axis=0)
        if train_flg:
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mu
            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
        self.std = np.sqrt(var + 1e-7)
        self.xn = (x - mu) / self.std
        return self.gamma * self.xn + self.beta

    def backward(self, dout):
        self.dgamma, self.dbeta = (dout * self.xn).sum(axis=0), dout.sum(axis=0)
        d = dout * self.gamma
        if not self.moments_are_constants:
            d = d - d.mean(axis=0) - self.xn * (d * self.xn).mean(axis=0)
        return d / self.std


MINE = (MyDropout, MyBatchNorm)


class Net:
    """Affine, what is asked for, ReLU; affine at the end."""

    def __init__(self, make, sizes=(64, 60, 10), predicts_in_training=False, weight=0.2, seed=0):
        rng = np.random.default_rng(seed)
        self.params, self.layers, self.predicts_in_training = {}, [], predicts_in_training
        for i in range(1, len(sizes)):
            rows, columns = sizes[i - 1 : i + 1]
            W, b = weight * rng.normal(size=(rows, columns)), np.zeros(columns)
            self.params[f"W{i}"], self.params[f"b{i}"] = W, b
            self.layers.append((i, Affine(W, b)))
            if i < len(sizes) - 1:
                mine = make(columns)
                self.layers += [(i, mine), (i, ReLU())]
                if isinstance(mine, MyBatchNorm):
                    self.params[f"gamma{i}"], self.params[f"beta{i}"] = mine.gamma, mine.beta
        self.last = SoftmaxWithLoss()

    def predict(self, x, train_flg=False):
        for _, layer in self.layers:
            in_mode = isinstance(layer, MINE)
            x = layer.forward(x, train_flg or self.predicts_in_training) if in_mode else layer.forward(x)
        return x

    def loss(self, x, t, train_flg=False):
        return self.last.forward(self.predict(x, train_flg), t)

    def accuracy(self, x, t):
        return float(np.mean(self.predict(x).argmax(axis=1) == t))

    def gradient(self, x, t):
        self.loss(x, t, train_flg=True)
        dout, grads = self.last.backward(1.0), {}
        for i, layer in reversed(self.layers):
            dout = layer.backward(dout)
            for name in ("W", "b", "gamma", "beta"):
                if hasattr(layer, "d" + name):
                    grads[f"{name}{i}"] = getattr(layer, "d" + name)
        return grads


def train(net, lr=0.2, steps=400, batch_size=50, x=x_train, t=t_train):
    """Train; the losses are those with train_flg, as the batch saw them."""
    rng, optimizer, losses = np.random.default_rng(1), SGD(lr=lr), []
    with np.errstate(all="ignore"):
        for _ in range(steps):
            batch = rng.choice(len(x), batch_size, replace=False)
            losses.append(net.loss(x[batch], t[batch], train_flg=True))
            optimizer.update(net.params, net.gradient(x[batch], t[batch]))
    return loop(net, x, t, x_test, t_test, optimizer=optimizer, losses=losses)


@sick("mode", also=("wrong-gradient", "noisy", "underfitting"))
def dropout_of_08_also_in_predict():
    return train(Net(lambda size: MyDropout(0.8), predicts_in_training=True))


@sick("mode", also=("wrong-gradient", "noisy", "underfitting"))
def train_flg_left_on_with_three_dropouts():
    net = Net(lambda size: MyDropout(0.4), (64, 60, 60, 60, 10), predicts_in_training=True)
    return train(net, lr=0.1, steps=600)


@sick("mode", also=("wrong-gradient", "one-answer"))
def running_averages_with_momentum_1():
    return train(Net(lambda size: MyBatchNorm(size, momentum=1.0), (64, 60, 60, 10), weight=1.5))


@sick("mode", also=("wrong-gradient", "batch-too-small", "noisy"))
def running_averages_with_momentum_0_and_batches_of_3():
    return train(Net(lambda size: MyBatchNorm(size, momentum=0.0)), lr=0.02, steps=1500, batch_size=3)


@sick(("mode", "batch-too-small"), also=("wrong-gradient", "noisy", "underfitting", "learning-rate-too-high"))
def batch_norm_with_batches_of_2():
    return train(Net(MyBatchNorm, (64, 60, 60, 10)), lr=0.1, steps=1000, batch_size=2)


class OneByOne(Net):
    def predict(self, x, train_flg=False):
        if train_flg:
            return super().predict(x, train_flg)
        return np.concatenate([super(OneByOne, self).predict(x[i : i + 1]) for i in range(len(x))])


@sick("mode", also=("wrong-gradient", "one-answer", "not-learning"))
def batch_statistics_in_predict_that_goes_sample_by_sample():
    return train(OneByOne(lambda size: MyBatchNorm(size, own_statistics_always=True)))


@sick("wrong-gradient", also=("learning-rate-too-high", "mode", "underfitting", "noisy"))
def batch_norm_backward_that_takes_the_moments_for_constants():
    return train(
        Net(lambda size: MyBatchNorm(size, moments_are_constants=True), (64, 60, 60, 60, 10), weight=0.02), lr=0.3
    )


@sick(("underfitting", "not-learning"), also=("mode", "wrong-gradient", "one-answer", "noisy", "unfinished"))
def dropout_of_097():
    return train(Net(lambda size: MyDropout(0.97), (64, 60, 60, 10)), lr=0.1, steps=600)


@sick(("dead-units", "not-updated"), also=("not-learning", "one-answer", "vanishing", "symmetric", "mode"))
def gamma_of_zero_in_the_middle():
    return train(Net(lambda size: MyBatchNorm(size, gamma=0.0), (64, 60, 60, 10)))


@sick("unscaled-input", also=("learning-rate-too-high", "dead-units", "one-answer", "not-learning", "mode"))
def dropout_that_shall_help_against_bytes():
    bytes_ = x_train * 255
    run = train(Net(lambda size: MyDropout(0.2)), x=bytes_)
    run.x_test = x_test * 255
    return run
