"""The Trainer on a GPU: the training that it is in NumPy, without waiting in every step."""

import copy

import numpy as np
import pytest

from another_processor.cases import assert_same, draw, labels, with_same_numbers
from datasets import load_digits
from layers import IdentityWithLoss
from networks import MultiLayerNet, TwoLayerNet
from training import SGD, Adam, Trainer, TrainingDiverged, diagnose
from training.schedules import get_schedule

X, T = draw(60, 12).astype(np.float32), labels(60, 3)
ALMOST = {"rel": 1e-6}


def network_of(kind="plain"):
    if kind == "plain":
        return TwoLayerNet(12, 7, 3, seed=0)
    return MultiLayerNet(12, [7, 6], 3, use_dropout=True, dropout_ratio=0.3, use_batchnorm=True, seed=0)


def trainer_of(network, optimizer=None, **options):
    usual = {"epochs": 3, "batch_size": 10, "seed": 0}
    return Trainer(network, X, T, X[:20], T[:20], optimizer or Adam(), **usual | options)


def without_seconds(history):
    return [
        {name: value for name, value in record.items() if name != "seconds" and value is not None} for record in history
    ]


OPTIONS = [
    {},
    {"clip_norm": 0.2},
    {"schedule": get_schedule("cosine", 18, 6)},
    {"x_validation": X[20:30], "t_validation": T[20:30], "target_accuracy": 0.99},
]


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: ", ".join(options) or "plain")
@pytest.mark.parametrize("kind", ["plain", "normalised, with dropout"])
def test_a_training_is_the_one_in_numpy(cupy, kind, options):
    here = trainer_of(with_same_numbers(network_of(kind)), **options)
    there = trainer_of(network_of(kind).to("cuda"), **options)
    here.train()
    there.train()
    for name, array in here.network.params.items():
        if options.keys() == {"clip_norm"}:  # the norm is a sum in another order
            np.testing.assert_allclose(there.network.params[name].get(), array, rtol=1e-4, atol=1e-5)
        else:
            assert_same(there.network.params[name], array)
    for mine, other in zip(without_seconds(there.history), without_seconds(here.history), strict=True):
        assert mine == pytest.approx(other, **ALMOST)
        assert all(type(value) in (int, float) for value in mine.values())
    for name, column in there.traces.columns.items():
        assert column == pytest.approx(here.traces.columns[name], rel=1e-5)


def test_regression_has_its_losses(cupy):
    t = draw(60, 2)
    runs = [
        Trainer(TwoLayerNet(12, 7, 2, seed=0, loss="identity").to(device), X, t, X, t, SGD(0.01), 2, 10, seed=0).train()
        for device in ("cpu", "cuda")
    ]
    for mine, other in zip(*map(without_seconds, runs), strict=True):
        assert mine == pytest.approx(other, **ALMOST)


@pytest.mark.parametrize("options", OPTIONS[:3], ids=lambda options: ", ".join(options) or "plain")
def test_how_often_an_epoch_waits_does_not_depend_on_its_steps(cupy, waits, options):
    counts = []
    for batch_size in (2, 10, 60):
        trainer = trainer_of(network_of("normalised").to("cuda"), batch_size=batch_size, epochs=1, **options)
        before = waits()
        trainer.train()
        counts.append(waits() - before)
        assert len(trainer.traces.columns["loss"]) == trainer.step
    assert len(set(counts)) == 1
    assert counts[0] < 60


def test_a_checkpoint_in_the_middle_of_an_epoch_goes_on_to_the_same_bits_on_either_processor(cupy):
    whole, kept = trainer_of(network_of("with dropout").to("cuda"), checkpoint_every=4), []
    whole.train(on_checkpoint=lambda: kept.append(whole.snapshot()))
    assert all(type(array) is np.ndarray for snapshot in kept for array in snapshot.arrays.values())
    middle = next(snapshot for snapshot in kept if snapshot.values["batch"] == 4)
    for network in (network_of("with dropout").to("cuda"), with_same_numbers(network_of("with dropout"))):
        other = trainer_of(network, checkpoint_every=4)
        other.restore(middle)
        other.train()
        for name, array in other.network.to("cpu").params.items():
            np.testing.assert_array_equal(array, whole.network.params[name].get())
        assert other.traces.columns["loss"] == pytest.approx(whole.traces.columns["loss"], **ALMOST)
        assert without_seconds(other.history)[-1] == pytest.approx(without_seconds(whole.history)[-1], **ALMOST)


def test_an_interrupted_training_has_read_all_that_it_computed(cupy):
    trainer = trainer_of(network_of().to("cuda"))

    class Pressed(SGD):
        def update(self, params, grads):
            super().update(params, grads)
            if self.steps == 4:
                raise KeyboardInterrupt

    trainer.optimizer = Pressed(0.1)
    with pytest.raises(KeyboardInterrupt):
        trainer.train()
    assert trainer.snapshot().values["step"] == 3
    assert len(trainer.traces.columns["loss"]) == 3
    assert trainer.total > 0


def test_a_training_that_diverges_names_the_step_when_the_epoch_is_over(cupy):
    here, there = (trainer_of(network_of().to(device), SGD(1e30)) for device in ("cpu", "cuda"))
    with pytest.raises(TrainingDiverged) as expected, np.errstate(all="ignore"):
        here.train()
    with pytest.raises(TrainingDiverged) as came, np.errstate(all="ignore"):
        there.train()
    step = str(expected.value).split(" with ")[0].partition(" at ")[2]
    assert f"at {step} with learning rate 1e+30" in str(came.value)
    assert "noticed at the end of an epoch or at a checkpoint, here after step 6" in str(came.value)


def test_a_gradient_that_is_not_finite_is_noticed_though_the_loss_is(cupy):
    class Broken(TwoLayerNet):
        def gradient(self, x, t):
            grads = super().gradient(x, t)
            grads["b2"] = grads["b2"] * np.inf
            return grads

    trainer = trainer_of(Broken(12, 7, 3, seed=0).to("cuda"), SGD(1e-3))
    with pytest.raises(TrainingDiverged, match="the gradient of all parameters together is not finite at step 1"):
        trainer.train()


@pytest.mark.exhaustive
def test_distributions_and_findings_are_those_in_numpy(cupy):
    runs = []
    for device in ("cpu", "cuda"):
        (x, t), (x_test, t_test) = load_digits()
        network = TwoLayerNet(64, 20, 10, seed=0).to(device)
        trainer = Trainer(network, x, t, x_test, t_test, SGD(1e-5), epochs=1, batch_size=100, seed=0)
        trainer.train()
        runs.append((trainer.distributions, [finding.code for finding in trainer.findings], trainer.network.device))
    (here, codes, _), (there, other_codes, device) = runs
    assert device == "cuda"
    assert codes == other_codes
    assert "learning-rate-too-low" in codes
    for mine, other in zip(there[0]["layers"], here[0]["layers"], strict=True):
        assert mine["activation"] == pytest.approx(other["activation"], **ALMOST)


@pytest.mark.exhaustive
def test_a_loop_of_ones_own_on_the_gpu_is_diagnosed(cupy):
    network, optimizer = network_of().to("cuda"), SGD(1e-9)
    losses = []
    for _ in range(30):
        optimizer.update(network.params, network.gradient(X, T))
        losses.append(float(network.last_loss))
    findings = diagnose(network, X, T, optimizer=optimizer, losses=losses, seconds=1)
    here = diagnose(copy.deepcopy(network).to("cpu"), X, T, optimizer=optimizer, losses=losses, seconds=1)
    assert [finding.code for finding in findings] == [finding.code for finding in here] != []
    assert network.device == "cuda"


def test_shards_are_refused_on_a_gpu(cupy):
    with pytest.raises(ValueError, match="shards are for processes that compute with NumPy"):
        trainer_of(network_of().to("cuda"), shards=2)


def test_a_network_of_ones_own_whose_loss_is_pythons_trains_too(cupy):
    class Own:
        counts_labels = False

        def __init__(self):
            self.params = {"W": cupy.asarray(np.ones((12, 2)))}

        def loss(self, x, t):
            y = cupy.asarray(x) @ self.params["W"]
            return float(IdentityWithLoss().forward(y, t))

        def gradient(self, x, t):
            x = cupy.asarray(x)
            loss = IdentityWithLoss()
            loss.forward(x @ self.params["W"], t)
            return {"W": x.T @ loss.backward()}

    t = draw(60, 2)
    history = Trainer(Own(), X, t, X, t, SGD(0.01), 2, 10, seed=0).train()
    assert history[1]["train_loss"] < history[0]["train_loss"]
