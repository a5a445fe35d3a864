"""What the tests of the report share: runs to report on, and a browser to look at the report with."""

import json
import re
from functools import cache

import numpy as np
import pytest

from browser_support import opened
from datasets.opening import open_digits
from figures.report import write_report
from networks import TwoLayerNet
from training import Adam, Trainer
from training.command.networks import NETWORKS

NAMES = ("Affine1", "ReLU1", "Affine2")


@pytest.fixture(scope="session")
def digits():
    return open_digits()


@pytest.fixture(scope="session")
def trained(digits):
    """Return a network that train.py trains, after some epochs on the digits, and the test images as it takes them.

    Each is trained once, for all who only look at it.
    """

    @cache
    def train(name, **options):
        choice = NETWORKS[name]
        network = choice.build(digits, 0, **options)
        data = digits.as_images() if choice.takes_images else digits
        Trainer(network, data.x_train, data.t_train, data.x_test, data.t_test, Adam(0.01), 3, 30, seed=0).train()
        return network, data.x_test

    return train


@pytest.fixture
def report(tmp_path, digits):
    """Write a report, by default of a TwoLayerNet that has learned nothing, and return its path."""

    def write(network=None, x_test=None, name="report.html", **changes):
        network = network or TwoLayerNet(64, 12, 10, seed=0)
        given = {
            "config": {"command": "python train.py", "dataset": "digits", "network": type(network).__name__},
            "history": some_history(5),
            "x_test": digits.x_test if x_test is None else x_test,
            "t_test": digits.t_test,
            "image_shape": (8, 8),
            "distributions": some_distributions(5),
            "traces": some_traces(300),
        }
        write_report(tmp_path / name, network, **given | changes)
        return tmp_path / name

    return write


@pytest.fixture
def report_of_points(tmp_path):
    """Write a report of data that are no images, by default of a network that has learned nothing."""

    def write(data, network=None, name="report.html", **changes):
        loss = "softmax" if data.classes else "identity"
        network = network or TwoLayerNet(data.features, 12, data.outputs, weight_init_std=1.0, seed=0, loss=loss)
        given = {
            "config": {"command": "python train.py", "dataset": data.name},
            "history": some_history(5) if data.classes else some_losses(5),
            "x_test": data.x_test,
            "t_test": data.t_test,
            "image_shape": None,
            "distributions": some_distributions(5),
            "traces": some_traces(300),
            "data": data,
        }
        write_report(tmp_path / name, network, **given | changes)
        return tmp_path / name

    return write


@pytest.fixture(scope="session")
def data_of():
    """Return the data in a page, which must be strict JSON without a character of HTML in it."""

    def read(path):
        page = path.read_text(encoding="utf-8")
        (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
        assert not set(text) & set("<>&\u2028\u2029")
        return json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))

    return read


def some_history(epochs):
    return [
        {"epoch": n, "train_loss": 1 / n, "train_accuracy": 1 - 0.5 / n, "test_accuracy": 1 - 0.6 / n, "seconds": 0.5}
        for n in range(1, epochs + 1)
    ]


def some_losses(epochs):
    """The history of a regression."""
    none = {"train_accuracy": None, "test_accuracy": None}
    return [{"epoch": n, "train_loss": 1 / n, **none, "test_loss": 2 / n, "seconds": 0.5} for n in range(1, epochs + 1)]


def some_distributions(epochs, names=NAMES):
    layers = [
        {
            "name": name,
            "activation": [-2.0, -1.0, 0.0, 1.0, 2.0],
            "activation_std": 1.0,
            "gradient": [-2e-3, -1e-3, 0.0, 1e-3, 2e-3],
            "gradient_std": 10.0**-place,
        }
        for place, name in enumerate(names)
    ]
    return [{"epoch": epoch, "layers": layers} for epoch in range(1, epochs + 1)]


def finding(code, **changes):
    """A finding of a diagnosis, as plain data."""
    usual = {
        "code": code,
        "message": f"There is {code}.",
        "remedy": f"Mend {code}.",
        "evidence": {"loss": 2.3},
        "tried": None,
        "epoch": None,
        "is_effect": False,
    }
    return usual | changes


@pytest.fixture
def some_findings():
    """A cause that was tried to be mended, something from an epoch on, and two effects."""
    words = "with learning rate 0.5 instead of 50 the loss falls to 0.31 in 100 steps; as it is, it is 2.3"
    return [
        finding("learning-rate-too-high", tried={"as_is": 2.3, "changed": 0.31, "text": words}),
        finding("overfitting", epoch=3),
        finding("dead-units", is_effect=True),
        finding("not-learning", is_effect=True),
    ]


def some_traces(steps):
    norms = 1 + np.random.default_rng(0).random(steps)
    return {
        "step": list(range(1, steps + 1)),
        "lr": [0.5] * steps,
        "gradient_norm": norms.tolist(),
        "loss": norms.tolist(),
    }


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A Chromium without a window, or a reason to skip."""
    browser = opened(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.quit()
