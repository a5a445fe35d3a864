"""People who build on the project's own layers, with dropout and normalisation, and train with the Trainer."""

import contextlib

import numpy as np

from datasets import load_digits, moons
from layers import Affine, BatchNormalization, ReLU, SoftmaxWithLoss
from networks import MultiLayerNet, Network
from training import SGD, Adam, Momentum, Trainer, TrainingDiverged
from trainings import sick


def trained(network, optimizer=None, epochs=10, batch_size=50, samples=1000, data=None):
    if data is None:
        (x, t), test = load_digits()
        data = x[:samples], t[:samples], *test
    trainer = Trainer(network, *data, optimizer or SGD(lr=0.1), epochs, batch_size, seed=0)
    with np.errstate(all="ignore"), contextlib.suppress(TrainingDiverged):
        trainer.train()
    return trainer


def normalizations(network):
    return [layer for layer in network.layers.values() if isinstance(layer, BatchNormalization)]


def affine(rng, inputs, outputs):
    W = rng.standard_normal((inputs, outputs)) * np.sqrt(2 / inputs)
    return Affine(W.astype(np.float32), np.zeros(outputs, np.float32))


class AlwaysLearning(MultiLayerNet):
    """Its predict takes no flag, and hands on the one that worked in the notebook."""

    def predict(self, x, training=True):
        return super().predict(x, True)


class NoiseGate:
    """A dropout that knows of no training and no test."""

    def __init__(self, share, seed):
        self.share, self.rng = share, np.random.default_rng(seed)

    def forward(self, x):
        self.keep = (self.rng.random(x.shape) > self.share).astype(x.dtype)
        return x * self.keep / (1 - self.share)

    def backward(self, dout):
        return dout * self.keep / (1 - self.share)


class MyBatchNorm:
    """Mean and variance of the training are kept in variables of forward, and gone when it returns."""

    def __init__(self, size):
        self.gamma, self.beta = np.ones(size, np.float32), np.zeros(size, np.float32)
        self.running_mean, self.running_var = np.zeros(size, np.float32), np.ones(size, np.float32)
        self.training = True

    def forward(self, x):
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            running_mean = 0.9 * self.running_mean + 0.1 * mean  # noqa: F841
            running_var = 0.9 * self.running_var + 0.1 * var  # noqa: F841
        self.std = np.sqrt(var + 1e-5)
        self.xhat = (x - mean) / self.std
        return self.gamma * self.xhat + self.beta

    def backward(self, dout):
        self.dgamma, self.dbeta = (dout * self.xhat).sum(axis=0), dout.sum(axis=0)
        d = dout * self.gamma
        return (d - d.mean(axis=0) - self.xhat * (d * self.xhat).mean(axis=0)) / self.std


class SwappedDropout:
    """Drops where it should not: the two branches of an ``if`` changed places."""

    def __init__(self, share, seed):
        self.share, self.rng, self.training = share, np.random.default_rng(seed), True

    def forward(self, x):
        if self.training:
            return x
        return x * (self.rng.random(x.shape) > self.share).astype(x.dtype) / (1 - self.share)

    def backward(self, dout):
        return dout


@sick("mode", also=("noisy", "underfitting", "unfinished", "plateau"))
def predict_that_drops_as_in_training():
    network = AlwaysLearning(64, [40, 40], 10, use_dropout=True, dropout_ratio=0.6, seed=1)
    return trained(network, Adam(lr=0.005), epochs=12)


@sick("mode", also=("noisy", "underfitting", "unfinished", "plateau"))
def dropout_of_ones_own_without_a_switch():
    rng = np.random.default_rng(2)
    layers = [affine(rng, 64, 50), ReLU(), NoiseGate(0.6, 1), affine(rng, 50, 50), ReLU(), NoiseGate(0.6, 2)]
    return trained(Network([*layers, affine(rng, 50, 10)], SoftmaxWithLoss()), Momentum(lr=0.02), epochs=12)


@sick("mode", also=("unfinished", "overfitting", "plateau", "underfitting", "noisy"))
def branches_of_dropout_swapped():
    rng = np.random.default_rng(3)
    layers = [SwappedDropout(0.2, 3), affine(rng, 64, 40), ReLU(), SwappedDropout(0.7, 4)]
    return trained(Network([*layers, affine(rng, 40, 10)], SoftmaxWithLoss()), SGD(lr=0.2), epochs=15)


@sick("mode", also=("one-answer", "overfitting", "unfinished", "plateau"))
def running_statistics_in_local_variables():
    rng = np.random.default_rng(4)
    layers = [affine(rng, 64, 50), MyBatchNorm(50), ReLU(), affine(rng, 50, 50), MyBatchNorm(50), ReLU()]
    layers += [affine(rng, 50, 30), MyBatchNorm(30), ReLU(), affine(rng, 30, 10)]
    return trained(Network(layers, SoftmaxWithLoss()), Momentum(lr=0.05), epochs=8)


@sick("mode", also=("one-answer", "overfitting", "unfinished"))
def momentum_of_one_so_that_statistics_stay_where_they_began():
    network = MultiLayerNet(64, [50, 50, 50], 10, use_batchnorm=True, seed=5)
    for layer in normalizations(network):
        layer.momentum = 1.0
    return trained(network)


@sick("mode", also=("one-answer", "overfitting", "unfinished"))
def momentum_of_0_999_for_sixty_steps():
    network = MultiLayerNet(64, [60, 60, 60], 10, activation="tanh", use_batchnorm=True, weight_init_std=1.0, seed=6)
    for layer in normalizations(network):
        layer.momentum = 0.999
    return trained(network, Adam(lr=0.01), epochs=3)


@sick("mode", also=("batch-too-small", "noisy", "overfitting", "unfinished", "underfitting"))
def statistics_of_the_last_batch_only():
    network = MultiLayerNet(64, [40, 40, 40], 10, use_batchnorm=True, seed=7)
    for layer in normalizations(network):
        layer.momentum = 0.0
    return trained(network, SGD(lr=0.05), epochs=4, batch_size=5, samples=600)


@sick(
    ("mode", "batch-too-small", "noisy"),
    also=("learning-rate-too-high", "underfitting", "unfinished", "one-answer", "plateau"),
)
def normalization_over_two_samples():
    network = MultiLayerNet(64, [40, 40, 40], 10, use_batchnorm=True, seed=8)
    return trained(network, epochs=4, batch_size=2, samples=600)


@sick(
    ("mode", "batch-too-small", "noisy"),
    also=("learning-rate-too-high", "underfitting", "unfinished", "plateau", "one-answer"),
)
def moons_in_pairs_with_normalization_in_every_layer():
    network = MultiLayerNet(2, [20, 20, 20, 20], 2, activation="leaky_relu", use_batchnorm=True, seed=9)
    data = *moons(300, noise=0.15, seed=1), *moons(300, noise=0.15, seed=2)
    return trained(network, SGD(lr=0.2), epochs=8, batch_size=2, data=data)


@sick("mode", also=("one-answer", "overfitting", "unfinished", "unscaled-input"))
def statistics_copied_from_a_network_for_bytes():
    (x, t), (x_test, t_test) = load_digits(normalize=False)
    before = MultiLayerNet(64, [40, 40], 10, use_batchnorm=True, seed=10)
    trained(before, data=(x[:600], t[:600], x_test, t_test), epochs=2)
    network = MultiLayerNet(64, [40, 40], 10, use_batchnorm=True, seed=10)
    for layer, other in zip(normalizations(network), normalizations(before), strict=True):
        layer.running_mean[...], layer.running_var[...] = other.running_mean, other.running_var
        layer.momentum = 1.0  # frozen, as one does for fine-tuning
    return trained(network, epochs=6)
