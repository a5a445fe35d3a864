"""Students whose own dropout and batch normalisation confuse training and prediction."""

from contextlib import suppress

import numpy as np

from datasets import load_digits
from layers import Affine, IdentityWithLoss, ReLU, SoftmaxWithLoss
from networks import Network
from training import SGD, Adam, Momentum, Trainer, TrainingDiverged
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


class DropoutTheOtherWayRound(DropoutWithoutScale):
    """Asks for ``not train_flg`` once too often."""

    def forward(self, x, train_flg=True):
        return super().forward(x, not train_flg)


class DropoutCorrectedTwice(DropoutWithoutScale):
    """Divides in training, as one book says, and multiplies in prediction, as the other does."""

    def forward(self, x, train_flg=True):
        super().forward(x, train_flg)
        self.mask = self.mask / (1 - self.ratio) if train_flg else self.mask * (1 - self.ratio)
        return x * self.mask


class NoiseAlwaysOn:
    def __init__(self, std, seed=0):
        self.std, self.rng = std, np.random.default_rng(seed)

    def forward(self, x):
        return x + self.std * self.rng.standard_normal(x.shape)

    def backward(self, dout):
        return dout


class BatchNormTheOtherWayRound(MyBatchNorm):
    """Uses the running statistics in training, and those of the samples at hand in prediction."""

    def forward(self, x, train_flg=True):
        y = super().forward(x, not train_flg)
        if train_flg:
            self.running_mean, self.running_var = x.mean(axis=0), x.var(axis=0)
        return y


class BatchNormWithoutRunningVariance(MyBatchNorm):
    def forward(self, x, train_flg=True):
        self.running_var = np.ones_like(self.running_var)
        return super().forward(x, train_flg)


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


def sums(samples=400):
    rng = np.random.default_rng(7)
    x = rng.standard_normal((samples, 5))
    t = 5 + x[:, :1] + x[:, 1:2] - np.abs(x[:, 2:3])
    return x[:300], t[:300], x[300:], t[300:]


@sick("mode", also=("overfitting", "noisy", "underfitting"))
def dropout_only_when_it_predicts():
    layers = [affine(64, 30), ReLU(), DropoutTheOtherWayRound(0.7), affine(30, 10, 1)]
    return train(layers, Momentum(0.05), epochs=8)


@sick("mode", also=("overfitting", "noisy", "underfitting"))
def dropout_that_is_made_up_for_twice():
    layers = [affine(5, 60), ReLU(), DropoutCorrectedTwice(0.4), affine(60, 1, 1)]
    return train(layers, SGD(0.02), 30, 20, data=sums(), loss=IdentityWithLoss())


@sick("mode", also=("noisy", "underfitting", "unfinished"))
def noise_that_is_added_in_prediction_too():
    layers = [NoiseAlwaysOn(0.8), affine(64, 60), ReLU(), affine(60, 10, 1)]
    return train(layers, Adam(0.003), epochs=12)


@sick("mode", also=("overfitting", "unscaled-input", "one-answer", "not-learning"))
def a_running_variance_that_stays_at_one():
    layers = [Affine(W(5, 40, scale=1.5), np.zeros(40)), BatchNormWithoutRunningVariance(40), ReLU(), affine(40, 1, 1)]
    return train(layers, SGD(0.02), 30, 20, data=sums(), loss=IdentityWithLoss())


@sick(("mode", "wrong-gradient"), also=("noisy", "exploding", "learning-rate-too-high", "one-answer", "underfitting"))
def the_statistics_of_prediction_used_in_training():
    layers = [affine(64, 40), BatchNormTheOtherWayRound(40), ReLU(), affine(40, 10, 1)]
    return train(layers, SGD(0.1), epochs=8, batch_size=10)
