"""How many threads compute the matrix products."""

import os
import subprocess
import sys

import numpy as np
import pytest

from layers.common.threads import VARIABLES, cores, loaded_blas
from networks import SimpleConvNet, TwoLayerNet
from networks.threads import threads_for
from training import Trainer

needs_blas = pytest.mark.skipif(loaded_blas() is None, reason="this NumPy's BLAS does not say how many threads it uses")
needs_cores = pytest.mark.skipif(cores() < 2, reason="with one core there is one thread")


def run(root, code, **changes):
    """What the code prints, in a process for which nobody has set the number of threads."""
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES} | changes
    result = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout.split()


@pytest.mark.parametrize(("hidden", "samples"), [(50, 100), (200, 100), (3000, 1)])
def test_small_products_need_one_thread(hidden, samples):
    assert threads_for(TwoLayerNet(784, hidden, 10).params, samples) == 1


@pytest.mark.parametrize(("hidden", "threads"), [(400, 1), (800, 2), (1500, 3), (4000, 7)])
def test_large_products_need_several(monkeypatch, hidden, threads):
    monkeypatch.setattr("networks.threads.cores", lambda: 16)
    assert threads_for(TwoLayerNet(784, hidden, 10).params, 100) == threads


def test_there_are_never_more_threads_than_cores(monkeypatch):
    monkeypatch.setattr("networks.threads.cores", lambda: 2)
    assert threads_for(TwoLayerNet(784, 4000, 10).params, 100) == 2


def test_convolutions_do_not_count():
    assert threads_for({"W1": np.empty((512, 512, 3, 3)), "b1": np.empty(512)}, 100) == 1
    assert threads_for(SimpleConvNet().params, 1) == 1


def test_a_network_without_matrices_needs_one():
    assert threads_for({"a": 3.0, "b": np.ones(2)}, 100) == threads_for({}, 100) == 1


@needs_blas
@needs_cores
def test_the_number_is_set_for_a_while_and_put_back_whatever_happens(root):
    code = """
from layers.common.threads import blas_threads, current_threads
print(current_threads())
try:
    with blas_threads(1):
        print(current_threads())
        with blas_threads(2):
            print(current_threads())
        print(current_threads())
        raise KeyError
except KeyError:
    print(current_threads())
"""
    usual, *others = run(root, code)
    assert others == ["1", "2", "1", usual]


@needs_blas
@needs_cores
@pytest.mark.parametrize("variable", ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"])
def test_what_the_user_has_set_holds(root, variable):
    code = """
from layers.common.threads import blas_threads, current_threads
with blas_threads(1):
    print(current_threads())
"""
    assert run(root, code, **{variable: "2"}) == ["2"]


SPY = """
import sys
import numpy as np
from gradient_check import check_layer
from layers import Affine
from networks import TwoLayerNet
from layers.common.threads import current_threads
from training import SGD, Trainer

class Spy(SGD):
    def update(self, params, grads):
        super().update(params, grads)
        print(current_threads())

class SpyLayer(Affine):
    def forward(self, x):
        print(current_threads())
        return super().forward(x)

class SpyNet(TwoLayerNet):
    def predict(self, x, training=False):
        if not training:
            print(current_threads())
        return super().predict(x, training)
"""


@pytest.mark.first_is_quick
@needs_blas
@needs_cores
@pytest.mark.parametrize(("hidden", "one"), [(5, True), (6000, False)])
def test_the_trainer_and_accuracy_use_what_the_sizes_need(root, hidden, one):
    code = f"""{SPY}
x, t = np.zeros((64, 256), np.float32), np.arange(64) % 10
network = SpyNet(256, {hidden}, 10, seed=0)
Trainer(network, x, t, x, t, Spy(0.1), epochs=1, batch_size=64, seed=0).train()
"""
    printed = set(run(root, code))
    assert printed == {"1"} if one else printed and "1" not in printed


@pytest.mark.exhaustive
@needs_blas
@needs_cores
def test_the_gradient_check_uses_one_thread(root):
    code = f"{SPY}\ncheck_layer(SpyLayer(np.ones((3, 2)), np.zeros(2)), np.eye(3))"
    assert set(run(root, code)) == {"1"}


@needs_blas
@needs_cores
def test_the_trainer_uses_the_number_that_it_is_given(root):
    code = f"""{SPY}
x, t = np.zeros((8, 4), np.float32), np.arange(8) % 2
Trainer(TwoLayerNet(4, 3, 2, seed=0), x, t, x, t, Spy(0.1), epochs=1, batch_size=8, threads=2).train()
"""
    assert run(root, code) == ["2"]


@pytest.mark.parametrize("threads", [0, 1.5, True, "2"])
def test_a_number_of_threads_that_is_none_is_refused(threads):
    x, t = np.zeros((8, 4)), np.arange(8) % 2
    with pytest.raises(ValueError, match=f"threads must be a whole number of at least 1, got {threads}"):
        Trainer(TwoLayerNet(4, 3, 2), x, t, x, t, threads=threads)
