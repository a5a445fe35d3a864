"""The jobs as PyTorch does them, eager or compiled."""

import gzip
import os
from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np
import torch
from torch import nn

from benchmarks.jobs import Job, Steps
from benchmarks.work import Contestant, as_floats, data, data_for, orders
from datasets import find_mnist
from datasets.mnist import require_files
from networks import Network, TwoLayerNet

OPTIMIZERS = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}


class Training:
    """Steps of training, as PyTorch's tutorials make them."""

    def __init__(self, job: Steps, compiled: bool) -> None:
        torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
        source = data_for(job)
        self.repeats, self.orders = job.repeats, orders(job)
        self.x, self.x_test = (torch.from_numpy(as_floats(x)) for x in (source.x_train, source.x_test))
        self.t, self.t_test = (torch.from_numpy(t.astype(np.int64)) for t in (source.t_train, source.t_test))
        self.module = as_module(job.build())
        self.optimizer = OPTIMIZERS[job.optimizer](self.module.parameters(), lr=job.lr)
        criterion = nn.CrossEntropyLoss()

        def loss(x: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
            return criterion(self.module(x), t)

        self.loss: Callable[..., torch.Tensor] = torch.compile(loss) if compiled else loss

    def turn(self) -> None:
        """Make the steps of a turn."""
        total = 0.0
        for chosen in islice(self.orders, self.repeats):
            batch = torch.from_numpy(chosen)
            loss = self.loss(self.x[batch], self.t[batch])
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            total += loss.item()

    def result(self) -> float:
        """Return the test accuracy."""
        self.module.eval()
        return share_right(self.module, self.x_test, self.t_test)


class Loading:
    """MNIST's four files as tensors of bytes."""

    def turn(self) -> None:
        """Load them."""
        self.loaded = [read(path) for path in require_files(find_mnist())]

    def result(self) -> float:
        """Return the sum of all pixels and labels."""
        return float(sum(int(part.sum(dtype=torch.int64)) for part in self.loaded))


class Accuracy:
    """The accuracy of an untrained network on all training images."""

    def __init__(self, job: Job) -> None:
        torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
        self.repeats, self.module = job.repeats, as_module(TwoLayerNet(784, 50, 10, seed=0))
        self.x = torch.from_numpy(as_floats(data().x_train))
        self.t = torch.from_numpy(data().t_train.astype(np.int64))

    def turn(self) -> None:
        """Measure it."""
        for _ in range(self.repeats):
            self.accuracy = share_right(self.module, self.x, self.t)

    def result(self) -> float:
        """Return it."""
        return self.accuracy


def read(path: Any) -> torch.Tensor:
    """Return the values of one of MNIST's files, behind its header."""
    with gzip.open(path) as file:
        content = np.frombuffer(file.read(), np.uint8)
    return torch.from_numpy(content[4 + 4 * content[3] :].copy())


@torch.no_grad()
def share_right(module: nn.Module, x: torch.Tensor, t: torch.Tensor, chunk: int = 1000) -> float:
    """Return the share of right predictions."""
    chunks = zip(x.split(chunk), t.split(chunk), strict=True)
    return sum(int((module(xs).argmax(1) == ts).sum()) for xs, ts in chunks) / len(x)


def as_module(layer: Any) -> nn.Module:
    """Return PyTorch's module for a network or a layer of ours, with the same parameters."""
    if isinstance(layer, Network):
        return nn.Sequential(*map(as_module, layer.layers.values()))
    module = MODULES[type(layer).__name__](layer)
    if getattr(layer, "param_names", ()):
        with torch.no_grad():
            for parameter, ours in zip(module.parameters(), layer.params.values(), strict=True):
                parameter.copy_(torch.tensor(ours.T if ours.ndim == 2 else ours))
    return module


class Residual(nn.Module):
    """PyTorch's module for our residual connection."""

    def __init__(self, layer: Any) -> None:
        super().__init__()
        self.branch = nn.Sequential(*map(as_module, layer.layers))
        self.projection = nn.Identity() if layer.projection is None else as_module(layer.projection)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the branch's output plus the (projected) input."""
        return self.branch(x) + self.projection(x)


MODULES: dict[str, Callable[[Any], nn.Module]] = {
    "Affine": lambda layer: nn.Sequential(nn.Flatten(), nn.Linear(*layer.W.shape)),
    "Convolution": lambda layer: nn.Conv2d(layer.W.shape[1], len(layer.W), layer.W.shape[2:], layer.stride, layer.pad),
    "MaxPooling": lambda layer: nn.MaxPool2d((layer.pool_h, layer.pool_w), layer.stride),
    "AveragePooling": lambda layer: nn.AvgPool2d((layer.pool_h, layer.pool_w), layer.stride),
    "Dropout": lambda layer: nn.Dropout(layer.dropout_ratio),
    "ReLU": lambda layer: nn.ReLU(),
    "Residual": Residual,
}


def steps(job: Steps, peer: str) -> Contestant:
    """Prepare steps of training."""
    return Training(job, compiled=peer == "pytorch-compile")


def load(job: Job, peer: str) -> Contestant:
    """Prepare loading."""
    return Loading()


def accuracy(job: Job, peer: str) -> Contestant:
    """Prepare measuring an accuracy."""
    return Accuracy(job)


accuracy_of_bytes = accuracy  # PyTorch's layers take floats
