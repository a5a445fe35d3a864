"""What the tests share: the machine's limits, MNIST where it is, and the judge of gradients."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Several NumPy processes with several BLAS threads each get in each other's way: one thread a process.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

# The commands that the tests start compile the project once, and not each time, where nothing may be written beside it.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / ".pytest_cache" / "compiled"))

os.environ["CHAINRULE_LANG"] = "en"  # what most tests read, whatever the language of whoever runs them

import signal
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import settings

from datasets import find_mnist
from gradients import compare, numerical_gradient, rounding_noise
from layers import grads_of, params_of

# In a shell's background Ctrl-C is ignored, under nohup a closed terminal: so it would be in every command they start.
for name, usual in (("SIGINT", signal.default_int_handler), ("SIGTERM", signal.SIG_DFL), ("SIGHUP", signal.SIG_DFL)):
    if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) == signal.SIG_IGN:
        signal.signal(getattr(signal, name), usual)

settings.register_profile("quick", deadline=None, max_examples=10)
settings.register_profile("thorough", deadline=None, max_examples=40)
settings.load_profile("thorough" if os.environ.get("CI") else "quick")


def pytest_itemcollected(item):
    if item.get_closest_marker("first_is_quick") and any(item.callspec.indices.values()):
        item.add_marker(pytest.mark.exhaustive)


def pytest_collection_modifyitems(items):
    """What takes long begins first, in one process: at the end all others would wait for it, or prepare the same."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def mnist_folder():
    folder = find_mnist()
    if folder is None:
        pytest.skip("MNIST is not on this machine (set CHAINRULE_DATA to the folder that holds mnist/)")
    return folder.resolve()


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(scope="session")
def assert_gradients_agree():
    """Judge a layer: sum(dout * forward(*inputs)) differentiated both ways, to a relative error of 1e-7."""

    def check(layer, *inputs, fixed=(), seed=0):
        y = layer.forward(*inputs, *fixed)
        dout = np.random.default_rng(seed).standard_normal(np.shape(y))

        def loss(_):
            return np.sum(dout * layer.forward(*inputs, *fixed))

        layer.forward(*inputs, *fixed)
        given = layer.backward(dout)
        given = given if isinstance(given, tuple) else (given,)
        pairs = {f"dx{i}": (dx, x) for i, (dx, x) in enumerate(zip(given, inputs, strict=True))}
        grads = {name: np.array(grad) for name, grad in grads_of(layer).items()}
        pairs |= {f"d{name}": (grads[name], param) for name, param in params_of(layer).items()}
        noise = rounding_noise(np.abs(dout * y).sum())
        for name, (analytic, array) in pairs.items():
            comparison = compare(name, analytic, numerical_gradient(loss, array), tolerance=1e-7, noise=noise)
            assert comparison.ok, comparison

    return check


@pytest.fixture
def run_command(tmp_path):
    """Run a command of the project in an empty folder, without network and without the user's cache."""

    def run(script, *arguments, folder=None, timeout=120, **environment):
        return subprocess.run(
            [sys.executable, str(ROOT / script), *map(str, arguments)],
            cwd=folder or tmp_path,
            env=offline_environment(tmp_path, environment),
            capture_output=True,
            encoding="utf-8" if "PYTHONUTF8" in environment else None,
            text=True,
            timeout=timeout,
        )

    return run


@pytest.fixture
def start_command(tmp_path):
    """Start a command of the project, and end it with the test."""
    running = []

    def start(script, *arguments, **environment):
        process = subprocess.Popen(
            [sys.executable, str(ROOT / script), *map(str, arguments)],
            cwd=tmp_path,
            env=offline_environment(tmp_path, environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.communicate()


def offline_environment(folder, changes):
    """The environment of a machine without MNIST and without a network; a proxy that refuses stands for the latter."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment |= {"XDG_CACHE_HOME": str(folder / "cache"), "LOCALAPPDATA": str(folder / "cache")}
    environment |= {"HOME": str(folder), "https_proxy": "http://127.0.0.1:9", "MPLCONFIGDIR": str(ROOT / ".mplconfig")}
    environment.pop("CHAINRULE_DATA", None)
    return environment | {name: str(value) for name, value in changes.items()}
