"""What the stand-in cannot prove, on a real GPU: that its numbers are NumPy's, and that nobody waits for it.

The stand-in computes with NumPy's arithmetic. A GPU adds up in another order, and computes ``exp`` by another
approximation, so here values agree as far as their type reaches. That nobody waits is seen from outside: the GPU is
given work for a second first, and is still at it when a step has been said.
"""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from another_processor.cases import LAYERS, LOSSES, NETWORKS, SameNumbers, dout_for, draw, labels, moved, samples
from another_processor.test_layers import DTYPES, forth_and_back, name_of, with_dtype
from layers import Dropout
from layers.common.devices import beside, is_elsewhere, to_numpy
from layers.common.sublayers import all_layers
from networks import MultiLayerNet, SimpleConvNet, TwoLayerNet
from training import SGD, Adam, Trainer, get_optimizer
from training.optimizers import OPTIMIZERS

pytestmark = pytest.mark.exhaustive

REACH = {np.dtype(np.float32): 1e-5, np.dtype(np.float64): 1e-13}  # of the norm of a result, or of what was given


@pytest.fixture(scope="module")
def cupy():
    """CuPy itself, with a GPU."""
    module = pytest.importorskip("cupy", reason="CuPy is not installed", exc_type=ImportError)
    if not module.cuda.is_available():
        pytest.skip("CuPy finds no GPU")
    return module


@pytest.fixture
def busy(cupy):
    """What gives the GPU work for a second or so, and returns what says whether it is still at it."""
    a = cupy.random.random((4096, 4096), np.float32)
    b = cupy.empty_like(a)

    def work(products):
        for _ in range(products):
            cupy.matmul(a, a, out=b)
        done = cupy.cuda.Event()
        done.record()
        return done

    started, ended = cupy.cuda.Event(), work(5)
    ended.synchronize()
    started.record()
    ended = work(20)
    ended.synchronize()
    enough = int(20 * 1000 / cupy.cuda.get_elapsed_time(started, ended)) + 1

    def begin():
        done = work(enough)
        return lambda: not done.done

    return begin


class DrawnInNumPy(SameNumbers):
    """Dropout that has drawn in NumPy what it drops on the GPU."""

    def draw_mask(self, x):
        return beside(super().draw_mask(x), x)


def drawn_in_numpy(layers):
    for layer in all_layers(layers):
        if isinstance(layer, Dropout):
            layer.__class__ = DrawnInNumPy


def in_float64(make):
    network = make()
    for layer in network.layers.values():
        with_dtype(layer, np.float64)
    drawn_in_numpy([*network.layers.values()])
    return network


def assert_close(there, here):
    assert is_elsewhere(there)
    assert (there.dtype, there.shape) == (here.dtype, here.shape)
    scale = max(float(np.linalg.norm(here)), 1.0)  # that of what is given; some gradients are 0 but for rounding
    assert np.linalg.norm(there.get() - here) <= REACH[here.dtype] * scale


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("case", LAYERS, ids=name_of)
def test_a_layer_computes_what_it_does_in_numpy(cupy, case, dtype):
    make, shapes = case
    inputs = [draw(*shape).astype(dtype) for shape in shapes]
    here, there = with_dtype(make(), dtype), moved(with_dtype(make(), dtype))
    drawn_in_numpy([here, there])
    expected = forth_and_back(here, inputs, dout_for)
    sent = [cupy.asarray(x) for x in inputs]
    came = forth_and_back(there, sent, lambda y: cupy.asarray(dout_for(y)))
    for mine, other in zip(came, expected, strict=True):
        assert_close(mine, other)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("case", LOSSES, ids=name_of)
def test_a_loss_is_the_one_in_numpy(cupy, case, dtype):
    make, shape, t = case
    x, here, there = draw(*shape).astype(dtype), make(), make()
    loss = there.forward(cupy.asarray(x), t)
    assert float(loss) == pytest.approx(here.forward(x, t), rel=REACH[np.dtype(dtype)])
    assert_close(there.backward(), here.backward())


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("kind", NETWORKS, ids=lambda kind: kind.__name__)
def test_a_network_learns_what_it_learns_in_numpy(cupy, kind, name):
    make, shape = NETWORKS[kind]
    here, there = in_float64(make), in_float64(make).to("cuda")
    x, t = samples(here, shape)
    losses = []
    for network in (here, there):
        optimizer = get_optimizer(name, weight_decay=0.01)
        for _ in range(4):
            optimizer.update(network.params, network.gradient(x.astype(np.float64), t))
            losses.append(float(network.last_loss))
    assert losses[4:] == pytest.approx(losses[:4], rel=1e-8)
    if name in ("sgd", "momentum", "nesterov"):  # others divide by the gradient, and so enlarge a rounding error
        np.testing.assert_allclose(there.predict(x).get(), here.predict(x), rtol=1e-6, atol=1e-6)


def test_dropout_drops_its_share_and_the_same_again_for_the_same_seed(cupy):
    x = cupy.ones((1000, 1000), np.float32)
    first, second, again = (Dropout(0.3, seed) for seed in (0, 1, 0))
    kept = [layer.forward(x).get() != 0 for layer in (first, second, again)]
    assert np.mean(kept[0]) == pytest.approx(0.7, abs=0.002)
    assert (kept[0] != kept[1]).any()
    np.testing.assert_array_equal(kept[0], kept[2])


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("kind", NETWORKS, ids=lambda kind: kind.__name__)
def test_nobody_waits_in_a_step(cupy, busy, kind, name):
    make, shape = NETWORKS[kind]
    network, optimizer = make().to("cuda"), get_optimizer(name, weight_decay=0.01)
    x, t = samples(network, shape)
    for _ in range(2):  # in which CuPy compiles what it needs
        optimizer.update(network.params, network.gradient(x, t))
    still_at_work = busy()
    optimizer.update(network.params, network.gradient(x, t))
    assert still_at_work()
    assert np.isfinite(float(network.last_loss))
    assert not still_at_work()


def trainer_of(network, optimizer=None, **options):
    x, t = draw(60, 12).astype(np.float32), labels(60, 3)
    usual = {"epochs": 3, "batch_size": 10, "seed": 0}
    return Trainer(network, x, t, x[:20], t[:20], optimizer or SGD(0.1), **usual | options)


@pytest.mark.parametrize("options", [{}, {"clip_norm": 0.2}], ids=["plain", "clipped"])
def test_a_training_is_the_one_in_numpy(cupy, options):
    here, there = (trainer_of(TwoLayerNet(12, 7, 3, seed=0).to(device), **options) for device in ("cpu", "cuda"))
    for mine, other in zip(there.train(), here.train(), strict=True):
        for number in ("train_loss", "train_accuracy", "test_accuracy"):
            assert mine[number] == pytest.approx(other[number], rel=1e-4)
    for name, array in here.network.params.items():
        np.testing.assert_allclose(there.network.params[name].get(), array, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("optimizer", [SGD, Adam])
def test_the_same_seed_gives_the_same_bits_and_a_checkpoint_goes_on_to_them(cupy, optimizer):
    def trainer():
        network = MultiLayerNet(12, [7, 6], 3, use_dropout=True, dropout_ratio=0.3, use_batchnorm=True, seed=0)
        return trainer_of(network.to("cuda"), optimizer(0.01), checkpoint_every=4)

    whole, twice, resumed, kept = trainer(), trainer(), trainer(), []
    whole.train(on_checkpoint=lambda: kept.append(whole.snapshot()))
    twice.train()
    resumed.restore(next(snapshot for snapshot in kept if snapshot.values["batch"] == 4))
    resumed.train()
    for name, array in whole.network.params.items():
        for other in (twice, resumed):
            np.testing.assert_array_equal(to_numpy(other.network.params[name]), array.get())


def test_images_are_learned_with_float32_as_well_as_in_numpy(cupy):
    rng = np.random.default_rng(0)
    t = rng.integers(0, 4, 400)
    x = rng.standard_normal((400, 1, 12, 12)).astype(np.float32)
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):  # a bright quarter says which class it is
        x[t == 2 * row + column, 0, 6 * row : 6 * row + 6, 6 * column : 6 * column + 6] += 1
    last = []
    for device in ("cpu", "cuda"):
        network = SimpleConvNet((1, 12, 12), output_size=4, seed=0).to(device)
        history = Trainer(network, x[:300], t[:300], x[300:], t[300:], Adam(), 4, 50, seed=0).train()
        last.append(history[-1])
    assert last[1]["test_accuracy"] == pytest.approx(last[0]["test_accuracy"], abs=0.05)
    assert last[0]["test_accuracy"] > 0.9


def test_a_run_that_was_cut_goes_on_on_either_processor(cupy, root, tmp_path):
    fast = ["--dataset", "digits", "--epochs", "4", "--no-diagnosis", "--no-pictures", "--quiet"]
    cut = """
import sys, train
from training.run.folder import RunFolder
keep = RunFolder.keep_checkpoint
def keep_and_stop(self, snapshot):
    keep(self, snapshot)
    raise SystemExit(9)
RunFolder.keep_checkpoint = keep_and_stop
train.main(sys.argv[1:])
"""

    def run(*words):
        environment = {**os.environ, "PYTHONPATH": str(root)}
        command = [sys.executable, *words]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)

    def last_of(name):
        return json.loads((tmp_path / name / "history.json").read_text(encoding="utf-8"))["epochs"][-1]

    whole = run(str(root / "train.py"), *fast, "--out", "whole")
    assert (whole.returncode, whole.stderr) == (0, "")
    for device in ("cpu", "cuda"):
        result = run("-c", cut, *fast, "--device", "cuda", "--checkpoint-every", "30", "--out", device)
        assert (result.returncode, result.stderr) == (9, "")
        result = run(str(root / "train.py"), "--resume", device, "--device", device, *fast[4:])
        assert (result.returncode, result.stderr) == (0, "")
        assert last_of(device)["epoch"] == 4
        assert last_of(device)["train_loss"] == pytest.approx(last_of("whole")["train_loss"], rel=1e-3)
        assert last_of(device)["test_accuracy"] == pytest.approx(last_of("whole")["test_accuracy"], abs=0.01)
