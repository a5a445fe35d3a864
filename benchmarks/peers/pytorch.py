"""The jobs as PyTorch does them, eager or compiled."""

import gzip
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


def as_module(layer: Any, images: bool = False) -> nn.Module:
    """Return PyTorch's module for a network or a layer of ours, with the same parameters."""
    if isinstance(layer, Network):
        images = any(param.ndim == 4 for param in layer.params.values())
        return nn.Sequential(*(as_module(inner, images) for inner in layer.layers.values()))
    module = MODULES[type(layer).__name__](layer, images)
    if getattr(layer, "param_names", ()):
        ours = [torch.tensor(param.T if param.ndim == 2 else param) for param in layer.params.values()]
        module = module.to(ours[0].dtype)
        with torch.no_grad():
            for parameter, param in zip(module.parameters(), ours, strict=True):
                parameter.copy_(param)
    return module


class Residual(nn.Module):
    """PyTorch's module for our residual connection."""

    def __init__(self, layer: Any, images: bool) -> None:
        super().__init__()
        self.branch = nn.Sequential(*(as_module(inner, images) for inner in layer.layers))
        self.projection = nn.Identity() if layer.projection is None else as_module(layer.projection, images)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the branch's output plus the (projected) input."""
        return self.branch(x) + self.projection(x)


def convolution(layer: Any, images: bool) -> nn.Module:
    """Return PyTorch's convolution."""
    filters, channels, *size = layer.W.shape
    return nn.Conv2d(channels, filters, size, layer.stride, layer.pad)


def batch_normalization(layer: Any, images: bool) -> nn.Module:
    """Return PyTorch's batch normalisation, whose momentum is 1 - ours."""
    kind = nn.BatchNorm2d if images else nn.BatchNorm1d
    return kind(len(layer.gamma), layer.eps, momentum=1 - layer.momentum)


MODULES: dict[str, Callable[[Any, bool], nn.Module]] = {
    "Affine": lambda layer, images: nn.Sequential(nn.Flatten(), nn.Linear(*layer.W.shape)),
    "Convolution": convolution,
    "BatchNormalization": batch_normalization,
    "MaxPooling": lambda layer, images: nn.MaxPool2d((layer.pool_h, layer.pool_w), layer.stride),
    "AveragePooling": lambda layer, images: nn.AvgPool2d((layer.pool_h, layer.pool_w), layer.stride),
    "Dropout": lambda layer, images: nn.Dropout(layer.dropout_ratio),
    "ReLU": lambda layer, images: nn.ReLU(),
    "Residual": Residual,
}


def steps(job: Steps, peer: str) -> Contestant:
    """Prepare steps of training."""
    return Training(job, compiled=peer == "pytorch-compile")


trainer = steps  # PyTorch's tutorials have no trainer: the loop is all there is


def load(job: Job, peer: str) -> Contestant:
    """Prepare loading."""
    return Loading()


def accuracy(job: Job, peer: str) -> Contestant:
    """Prepare measuring an accuracy."""
    return Accuracy(job)


accuracy_of_bytes = accuracy  # PyTorch's layers take floats
