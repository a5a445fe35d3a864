"""Students whose own dropout and batch normalisation confuse training and prediction."""

from contextlib import suppress

import numpy as np

from datasets import load_digits
from layers import Affine, IdentityWithLoss, ReLU, SoftmaxWithLoss
from networks import Network
from training import SGD, Momentum, Trainer, TrainingDiverged
from trainings import sick

(x_train, t_train), (x_test, t_test) = load_digits()
digits = x_train, t_train, x_test, t_test


def train(layers, optimizer=None, epochs=10, batch_size=50, data=digits, loss=None):
    network = Network(layers, loss or SoftmaxWithLoss())
    trainer = Trainer(network, *data, optimizer or SGD(0.2), epochs, batch_size, seed=0)
    with suppress(TrainingDiverged):
        trainer.train()
    return trainer


def W(inputs, outputs, seed=0, scale=None):
    scale = np.sqrt(2 / inputs) if scale is None else scale
    return scale * np.random.default_rng(seed).standard_normal((inputs, outputs))


def affine(inputs, outputs, seed=0):
    return Affine(W(inputs, outputs, seed), np.zeros(outputs))


class DropoutAlwaysOn:
    def __init__(self, ratio, seed=0):
        self.ratio, self.rng = ratio, np.random.default_rng(seed)

    def forward(self, x):
        self.mask = self.rng.random(x.shape) > self.ratio
        return x * self.mask / (1 - self.ratio)

    def backward(self, dout):
        return dout * self.mask / (1 - self.ratio)


class DropoutWithoutScale:
    """Drops in training and passes everything in prediction, without the factor that makes up for it."""

    def __init__(self, ratio, seed=0):
        self.ratio, self.rng = ratio, np.random.default_rng(seed)

    def forward(self, x, train_flg=True):
        self.mask = self.rng.random(x.shape) > self.ratio if train_flg else np.ones(x.shape)
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class MyBatchNorm:
    """Batch normalisation with running statistics, in which one line may be missing."""

    def __init__(self, features, momentum=0.9, runs=True):
        self.params = {"gamma": np.ones(features), "beta": np.zeros(features)}
        self.grads, self.momentum, self.runs = {}, momentum, runs
        self.running_mean, self.running_var = np.zeros(features), np.ones(features)

    def forward(self, x, train_flg=True):
        if train_flg:
            mu, var = x.mean(axis=0), x.var(axis=0)
            if self.runs:
                self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mu
                self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
        else:
            mu, var = self.running_mean, self.running_var
        self.std = np.sqrt(var + 1e-7)
        self.xn = (x - mu) / self.std
        return self.params["gamma"] * self.xn + self.params["beta"]

    def backward(self, dout):
        self.grads = {"gamma": (dout * self.xn).sum(axis=0), "beta": dout.sum(axis=0)}
        dxn = dout * self.params["gamma"]
        return (dxn - dxn.mean(axis=0) - self.xn * (dxn * self.xn).mean(axis=0)) / self.std


class BatchNormOfOneBatch(MyBatchNorm):
    """Keeps the statistics of the last batch, the momentum being the wrong way round."""

    def __init__(self, features):
        super().__init__(features, momentum=0.0)


@sick("mode", also=("underfitting", "noisy", "unfinished"))
def dropout_that_is_always_on():
    layers = [affine(64, 60), ReLU(), DropoutAlwaysOn(0.8), affine(60, 10, 1)]
    return train(layers, Momentum(0.05), epochs=15)


@sick("mode", also=("overfitting", "noisy", "underfitting"))
def dropout_without_the_factor():
    rng = np.random.default_rng(3)
    x = rng.standard_normal((400, 5))
    t = 4 + x[:, :1] - x[:, 1:2] + 0.5 * x[:, 2:3] * x[:, 3:4]
    layers = [affine(5, 80), ReLU(), DropoutWithoutScale(0.5, 1), affine(80, 1, 1)]
    return train(layers, SGD(0.02), 40, 20, data=(x[:300], t[:300], x[300:], t[300:]), loss=IdentityWithLoss())


@sick("mode", also=("one-answer", "overfitting", "not-learning", "labels-unrelated"))
def running_statistics_that_are_never_updated():
    layers = [Affine(W(64, 50, scale=0.6), np.full(50, 1.5)), MyBatchNorm(50, runs=False), ReLU(), affine(50, 10, 1)]
    return train(layers, SGD(0.1))


@sick("mode", also=("batch-too-small", "noisy", "overfitting"))
def the_statistics_of_the_last_four_samples():
    layers = [affine(64, 50), BatchNormOfOneBatch(50), ReLU(), affine(50, 10, 1)]
    return train(layers, SGD(0.02), batch_size=4, epochs=3)
