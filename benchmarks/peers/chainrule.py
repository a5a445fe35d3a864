"""The jobs as this toolkit does them."""

from itertools import islice
from typing import Any

import numpy as np

from benchmarks.jobs import Job, Steps
from benchmarks.work import Contestant, as_floats, data, data_for, network_to_check, orders
from datasets import find_mnist
from datasets.opening import open_mnist
from gradient_check import check_network
from networks import TwoLayerNet
from training import Trainer, get_optimizer
from training.loop.memory import keep_freed_memory


class Training:
    """The bare steps of training, without what :class:`training.Trainer` checks and notes in each."""

    def __init__(self, job: Steps) -> None:
        keep_freed_memory()
        self.job, self.data, self.network = job, data_for(job), job.build()
        self.optimizer = get_optimizer(job.optimizer, job.lr)
        self.orders = orders(job)

    def turn(self) -> None:
        """Make the steps of a turn."""
        network, params, x_train, t_train = self.network, self.network.params, self.data.x_train, self.data.t_train
        for chosen in islice(self.orders, self.job.repeats):
            grads = network.gradient(x_train[chosen], t_train[chosen])
            self.optimizer.update(params, grads)

    def result(self) -> float:
        """Return the test accuracy."""
        return self.network.accuracy(self.data.x_test, self.data.t_test)


class WithinTrainer:
    """Epochs of :class:`training.Trainer`, without the accuracies that it measures after each."""

    def __init__(self, job: Steps) -> None:
        self.data, samples = data_for(job), job.repeats * job.batch_size
        x, t = self.data.x_train, self.data.t_train
        if samples < len(x):
            x, t = x[:samples], t[:samples]
        optimizer = get_optimizer(job.optimizer, job.lr)
        self.trainer = Trainer(job.build(), x, t, x[:1], t[:1], optimizer, 1, job.batch_size, seed=0)
        self.trainer.accuracy = lambda x, t: 0.0

    def turn(self) -> None:
        """Train for an epoch."""
        self.trainer.train()

    def result(self) -> float:
        """Return the test accuracy."""
        return self.trainer.network.accuracy(self.data.x_test, self.data.t_test)


class Loading:
    """MNIST from its four files."""

    def turn(self) -> None:
        """Load it."""
        self.loaded = open_mnist(find_mnist())

    def result(self) -> float:
        """Return the sum of all pixels and labels."""
        parts = (self.loaded.x_train.pixels, self.loaded.t_train, self.loaded.x_test.pixels, self.loaded.t_test)
        return float(sum(int(part.sum(dtype=np.int64)) for part in parts))


class Accuracy:
    """The accuracy of an untrained network on all training images."""

    def __init__(self, job: Job, x: Any) -> None:
        self.repeats, self.network, self.x, self.t = job.repeats, TwoLayerNet(784, 50, 10, seed=0), x, data().t_train

    def turn(self) -> None:
        """Measure it."""
        for _ in range(self.repeats):
            self.accuracy = self.network.accuracy(self.x, self.t)

    def result(self) -> float:
        """Return it."""
        return self.accuracy


class Check:
    """The gradient check of every parameter."""

    def __init__(self) -> None:
        self.network, self.x, self.t = network_to_check()

    def turn(self) -> None:
        """Check."""
        self.report = check_network(self.network, self.x, self.t, full=True)

    def result(self) -> float:
        """Return 1 when the gradients were found right."""
        return float(self.report.ok)


def steps(job: Steps, peer: str) -> Contestant:
    """Prepare steps of training."""
    return Training(job)


def trainer(job: Steps, peer: str) -> Contestant:
    """Prepare the same steps within the Trainer, and for comparison without it."""
    return Training(job) if peer == "bare" else WithinTrainer(job)


def load(job: Job, peer: str) -> Contestant:
    """Prepare loading."""
    return Loading()


def accuracy(job: Job, peer: str) -> Contestant:
    """Prepare measuring an accuracy of images as floats, which is how the peers have them."""
    return Accuracy(job, as_floats(data().x_train))


def accuracy_of_bytes(job: Job, peer: str) -> Contestant:
    """Prepare the same of images as ``train.py`` keeps them, in a quarter of the memory."""
    return Accuracy(job, data().x_train)


def check(job: Job, peer: str) -> Contestant:
    """Prepare the gradient check."""
    return Check()
