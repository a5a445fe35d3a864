"""The main job written in PyTorch, as ``train.py`` does it: the same network, data, optimizer, outputs.

::

    python benchmarks/pytorch_train.py MNIST_FOLDER OUT_FOLDER TARGET_ACCURACY SEED

784-50-10 with ReLU, batches of 100, plain SGD with learning rate 0.1, until the test accuracy reaches the target;
the initial weights and the order of the samples are those of ``train.py`` with that seed. After each epoch it
measures training and test accuracy and keeps model and history.
"""

import gzip
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn


def read(folder, name, header):
    """Return the bytes behind the header of one of MNIST's files."""
    with gzip.open(Path(folder, f"{name}.gz")) as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)[header:]


def load(folder, part):
    """Return images as floats in 0..1 and labels."""
    images = read(folder, f"{part}-images-idx3-ubyte", 16).view(-1, 784).float().div_(255)
    return images, read(folder, f"{part}-labels-idx1-ubyte", 8).long()


def main(folder, out, target, seed):
    """Train until the test accuracy reaches the target."""
    x_train, t_train = load(folder, "train")
    x_test, t_test = load(folder, "t10k")
    network = nn.Sequential(nn.Linear(784, 50), nn.ReLU(), nn.Linear(50, 10))
    initialize(network, np.random.default_rng(seed))
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    out = Path(out)
    out.mkdir(parents=True)
    history = []
    for epoch in range(1, 21):
        started = time.perf_counter()
        order = torch.from_numpy(rng.permutation(len(x_train)))
        history.append(
            {
                "epoch": epoch,
                "train_loss": take_steps(network, optimizer, x_train, t_train, order),
                "train_accuracy": accuracy(network, x_train, t_train),
                "test_accuracy": accuracy(network, x_test, t_test),
                "seconds": time.perf_counter() - started,
            }
        )
        torch.save(network.state_dict(), out / "model.pt")
        (out / "history.json").write_text(json.dumps(history))
        if history[-1]["test_accuracy"] >= target:
            break
    print(f"{len(history)} epochs, test accuracy {history[-1]['test_accuracy']:.2%}")


def take_steps(network, optimizer, x, t, order):
    """Use every sample once, in batches of 100, and return the mean loss."""
    criterion, total = nn.CrossEntropyLoss(), 0.0
    for start in range(0, len(order), 100):
        batch = order[start : start + 100]
        loss = criterion(network(x[batch]), t[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batch)
    return total / len(order)


@torch.no_grad()
def initialize(network, rng):
    """Draw the weights that ``TwoLayerNet`` draws."""
    for layer in (network[0], network[2]):
        weights = np.sqrt(2 / layer.in_features) * rng.standard_normal((layer.in_features, layer.out_features))
        layer.weight.copy_(torch.from_numpy(weights.T))
        layer.bias.zero_()


@torch.no_grad()
def accuracy(network, x, t):
    """Return the share of right predictions, in chunks of 1,000."""
    right = sum(int((network(xs).argmax(1) == ts).sum()) for xs, ts in zip(x.split(1000), t.split(1000), strict=True))
    return right / len(x)


def command_line(arguments):
    """Train as the command line says."""
    folder, out, target, seed = arguments
    main(folder, out, float(target), int(seed))


if __name__ == "__main__":
    command_line(sys.argv[1:])
