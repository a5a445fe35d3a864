import copy
import re
import signal
import warnings

import numpy as np
import pytest

from datasets import ScaledImages, load_digits
from figures import plot_curves
from layers import Affine, IdentityWithLoss, ReLU, SoftmaxWithLoss
from networks import MultiLayerNet, Network, TwoLayerNet
from training import OPTIMIZERS, SGD, Adam, Cosine, StepDecay, Trainer, TrainingDiverged, get_optimizer
from training.loop.history import Traces
from training.loop.inspection import QUANTILES, distributions, summarized
from training.loop.measuring import loss as mean_loss
from training.run.checkpoints import CheckpointError, Snapshot, from_bytes, to_bytes


@pytest.fixture(scope="module")
def digits():
    (x_train, t_train), (x_test, t_test) = load_digits()
    return x_train, t_train, x_test, t_test


def test_it_learns_the_digits_and_returns_the_history(digits):
    history = Trainer(TwoLayerNet(64, 50, 10, seed=0), *digits, epochs=15, batch_size=20, seed=0).train()
    assert [record["epoch"] for record in history] == list(range(1, 16))
    assert set(history[0]) == {"epoch", "train_loss", "train_accuracy", "test_accuracy", "seconds"}
    assert history[-1]["train_loss"] < history[0]["train_loss"] / 5
    assert history[-1]["test_accuracy"] > 0.93
    assert history[-1]["train_accuracy"] > 0.97


def test_the_same_seed_gives_the_same_bits(digits):
    networks = [TwoLayerNet(64, 20, 10, seed=4) for _ in range(2)]
    histories = [Trainer(network, *digits, epochs=2, seed=9).train() for network in networks]
    for name, param in networks[0].params.items():
        np.testing.assert_array_equal(param, networks[1].params[name])
    assert [r["train_loss"] for r in histories[0]] == [r["train_loss"] for r in histories[1]]


def test_another_seed_gives_another_order(digits):
    a, b = (Trainer(TwoLayerNet(64, 20, 10, seed=4), *digits, epochs=1, seed=s).train()[0] for s in (0, 1))
    assert a["train_loss"] != b["train_loss"]


def test_images_kept_as_bytes_train_to_the_same_bits(digits):
    (pixels, t_train), (test_pixels, t_test) = load_digits(normalize=False)
    as_floats, as_bytes = (TwoLayerNet(64, 20, 10, seed=0) for _ in range(2))
    Trainer(as_floats, *digits, epochs=2, seed=0).train()
    Trainer(
        as_bytes, ScaledImages(pixels, 16), t_train, ScaledImages(test_pixels, 16), t_test, epochs=2, seed=0
    ).train()
    np.testing.assert_array_equal(as_floats.params["W1"], as_bytes.params["W1"])


def test_training_stops_after_the_epoch_that_reaches_the_target(digits):
    trainer = Trainer(TwoLayerNet(64, 50, 10, seed=0), *digits, SGD(0.5), epochs=50, seed=0, target_accuracy=0.9)
    history = trainer.train()
    assert len(history) < 50
    assert history[-1]["test_accuracy"] >= 0.9
    assert all(record["test_accuracy"] < 0.9 for record in history[:-1])


class Line:
    """Not a Network: the linear model ``y = w x``, with nothing but what the trainer asks for."""

    def __init__(self):
        self.params = {"w": np.array([1.0])}

    def gradient(self, x, t):
        return {"w": np.array([(2 * (x * self.params["w"] - t) * x).mean()])}

    def loss(self, x, t):
        return ((x * self.params["w"] - t) ** 2).mean()

    def accuracy(self, x, t):
        return float((np.abs(x * self.params["w"] - t) < 0.1).mean())


def test_any_object_with_params_gradient_loss_and_accuracy_can_be_trained():
    x, t = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])
    network = Line()
    history = Trainer(network, x, t, x, t, SGD(0.05), epochs=50, batch_size=2, seed=0).train()
    assert network.params["w"] == pytest.approx(2, abs=1e-3)
    assert history[-1]["test_accuracy"] == 1


def test_after_every_epoch_its_record_is_handed_over(digits):
    records = []
    history = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, epochs=3, seed=0).train(records.append)
    assert records == history


@pytest.mark.parametrize("lr", [1e8, 1e30])
def test_a_loss_that_explodes_stops_the_training_with_step_and_learning_rate_and_without_warnings(digits, lr):
    trainer = Trainer(TwoLayerNet(64, 20, 10, seed=0), *digits, SGD(lr), epochs=5, seed=0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(
            TrainingDiverged, match=r"the loss is (nan|inf) at step \d+ \(epoch \d\) with learning rate"
        ):
            trainer.train()


def test_the_history_keeps_the_epochs_before_the_explosion(digits):
    class Growing(SGD):
        def update(self, params, grads):
            super().update(params, grads)
            if len(trainer.history) == 2:
                self.lr *= 1e6

    trainer = Trainer(TwoLayerNet(64, 20, 10, seed=0), *digits, Growing(0.1), epochs=5, seed=0)
    with pytest.raises(TrainingDiverged, match=r"\(epoch 3\)"):
        trainer.train()
    assert [record["epoch"] for record in trainer.history] == [1, 2]


def test_an_explosion_in_the_last_step_of_an_epoch_is_noticed_before_it_is_recorded(digits):
    epochs = []
    trainer = Trainer(TwoLayerNet(64, 20, 10, seed=0), *digits, SGD(1e40), epochs=1, batch_size=1438, seed=0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(TrainingDiverged, match=r"W1 holds values that are not finite at step 1 \(epoch 1\)"):
            trainer.train(epochs.append)
    assert trainer.history == epochs == []


def test_nan_in_the_data_stops_the_training_at_the_first_step(digits):
    x_train, t_train, x_test, t_test = digits
    with pytest.raises(TrainingDiverged, match=r"the loss is nan at step 1 .*or the data hold NaN"):
        Trainer(TwoLayerNet(64, 20, 10, seed=0), x_train * np.nan, t_train, x_test, t_test).train()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"epochs": 0}, "epochs must be a whole number of at least 1, got 0"),
        ({"epochs": 2.5}, "epochs must be a whole number of at least 1, got 2.5"),
        ({"batch_size": 0}, "batch_size must be a whole number of at least 1, got 0"),
        ({"target_accuracy": 97}, r"the target accuracy must lie in \(0, 1\], got 97"),
    ],
)
def test_arguments_out_of_range_are_named(digits, arguments, message):
    with pytest.raises(ValueError, match=message):
        Trainer(TwoLayerNet(64, 5, 10), *digits, **arguments)


def test_different_counts_are_refused_before_training(digits):
    x_train, t_train, x_test, t_test = digits
    with pytest.raises(ValueError, match="x holds 359 samples and t 358 labels"):
        Trainer(TwoLayerNet(64, 5, 10), x_train, t_train, x_test, t_test[1:])


def test_labels_that_the_network_does_not_know_are_named(digits):
    with pytest.raises(ValueError, match=r"labels must lie in 0\.\.4"):
        Trainer(TwoLayerNet(64, 5, 5, seed=0), *digits).train()


def test_test_data_that_do_not_fit_are_refused_before_the_first_step(digits):
    x_train, t_train, x_test, t_test = digits
    for x, t, message in ((x_test[:, 1:], t_test, "x has 63 features"), (x_test, t_test + 10, "labels must lie in")):
        network = TwoLayerNet(64, 5, 10, seed=0)
        trainer = Trainer(network, x_train, t_train, x, t)
        with pytest.raises(ValueError, match=message):
            trainer.train()
        assert trainer.step == 0


def test_a_regression_is_trained_without_an_accuracy(rng):
    x = rng.uniform(-1, 1, (200, 1))
    t = 2 * x - 1
    network = Network([Affine(np.zeros((1, 1)), np.zeros(1))], IdentityWithLoss())
    history = Trainer(network, x, t, x, t, SGD(0.5), epochs=20, batch_size=20, seed=0).train()
    assert history[-1]["test_accuracy"] is history[-1]["train_accuracy"] is None
    np.testing.assert_allclose([network.params["W1"].item(), network.params["b1"].item()], [2, -1], atol=1e-3)
    assert history[-1]["test_loss"] == network.loss(x, t) < history[0]["test_loss"]
    assert len(plot_curves(history).axes) == 1
    with pytest.raises(ValueError, match="a target accuracy needs a network that classifies"):
        Trainer(network, x, t, x, t, target_accuracy=0.9)


def held_out(digits):
    """The digits with some of the training samples held out, as a Trainer takes them."""
    x_train, t_train, x_test, t_test = digits
    samples = x_train[200:], t_train[200:], x_test, t_test
    return samples, {"x_validation": x_train[:200], "t_validation": t_train[:200]}


def test_what_is_held_out_is_measured_after_each_epoch(digits):
    samples, validation = held_out(digits)
    network = TwoLayerNet(64, 20, 10, seed=0)
    last = Trainer(network, *samples, epochs=3, seed=0, **validation).train()[-1]
    x, t = validation.values()
    assert list(last)[2:-1] == ["train_accuracy", "test_accuracy", "validation_accuracy", "validation_loss"]
    assert last["validation_accuracy"] == network.accuracy(x, t) != last["test_accuracy"]
    assert last["validation_loss"] == network.loss(x, t)


def test_measuring_on_what_is_held_out_changes_no_bit(digits):
    samples, validation = held_out(digits)
    kept, measured = (MultiLayerNet(64, [20], 10, use_dropout=True, use_batchnorm=True, seed=0) for _ in range(2))
    Trainer(kept, *samples, epochs=3, seed=0).train()
    Trainer(measured, *samples, epochs=3, seed=0, **validation).train()
    for name, param in kept.params.items():
        np.testing.assert_array_equal(param, measured.params[name])


def test_the_target_is_that_of_validation_where_samples_are_held_out():
    network = Scripted([0.6, 0.7, 0.9, 0.95])  # of four samples; of others 0.5
    network.loss = lambda x, t: 0.0
    x, t = np.zeros((6, 1)), np.zeros(6, int)
    validation = {"x_validation": np.zeros((4, 1)), "t_validation": np.zeros(4, int)}
    history = Trainer(network, x, t, x, t, epochs=5, target_accuracy=0.9, **validation).train()
    assert [record["validation_accuracy"] for record in history] == [0.6, 0.7, 0.9]


def test_a_loss_is_the_mean_over_all_samples_however_many_there_are(rng):
    x, t = rng.standard_normal((1234, 3)), rng.standard_normal((1234, 1))
    network = Network([Affine(rng.standard_normal((3, 1)), np.zeros(1))], IdentityWithLoss())
    assert mean_loss(network, x, t) == pytest.approx(network.loss(x, t), rel=1e-12)


@pytest.mark.parametrize(
    ("validation", "message"),
    [
        ({"x_validation": np.zeros((3, 64))}, "x_validation and t_validation belong together"),
        ({"t_validation": np.zeros(3, int)}, "x_validation and t_validation belong together"),
        ({"x_validation": np.zeros((3, 64)), "t_validation": np.zeros(2, int)}, "x holds 3 samples and t 2 labels"),
        ({"x_validation": np.zeros((0, 64)), "t_validation": np.zeros(0, int)}, "there are no samples"),
    ],
)
def test_samples_held_out_that_make_no_sense_are_refused(digits, validation, message):
    with pytest.raises(ValueError, match=message):
        Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, **validation)


def test_samples_held_out_that_do_not_fit_the_network_are_refused_before_the_first_step(digits):
    validation = {"x_validation": np.zeros((3, 63)), "t_validation": np.zeros(3, int)}
    trainer = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, **validation)
    with pytest.raises(ValueError, match="63"):
        trainer.train()
    assert trainer.step == 0


class Scripted:
    """A network whose losses and accuracies are given; its batches tell how they were drawn."""

    def __init__(self, accuracies):
        self.params, self.accuracies, self.last_loss = {}, iter(accuracies), None

    def gradient(self, x, t):
        self.last_loss = float(t[0]) if len(set(t.tolist())) == 1 else float(np.mean(t))
        return {}

    def loss(self, x, t):
        raise AssertionError("the loss was kept")

    def accuracy(self, x, t):
        return 0.5 if len(x) != 4 else next(self.accuracies)


def test_the_loss_of_an_epoch_is_the_mean_over_samples_not_over_batches():
    t = np.arange(5.0)
    trainer = Trainer(Scripted([0.1]), t, t, t[:4], t[:4], epochs=1, batch_size=2, seed=0)
    assert trainer.train()[0]["train_loss"] == pytest.approx(2.0)


def test_a_target_that_is_just_reached_is_reached():
    t = np.arange(5.0)
    trainer = Trainer(Scripted([0.1, 0.75, 0.9]), t, t, t[:4], t[:4], epochs=3, batch_size=2, target_accuracy=0.75)
    history = trainer.train()
    assert [record["test_accuracy"] for record in history] == [0.1, 0.75]
    assert all(record["seconds"] > 0 for record in history)


def test_training_again_goes_on_counting(digits):
    trainer = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, epochs=2, seed=0)
    trainer.train()
    assert [record["epoch"] for record in trainer.train()] == [1, 2, 3, 4]


def test_lists_are_taken_as_arrays():
    x, t = [[0.0, 1.0], [1.0, 0.0]], [0, 1]
    assert len(Trainer(TwoLayerNet(2, 3, 2, seed=0), x, t, x, t, epochs=2, seed=0).train()) == 2


class Recorder:
    """An optimizer that notes the learning rate and the length of the gradient of every update."""

    def __init__(self, lr=1.0):
        self.lr, self.seen = lr, []

    def update(self, params, grads):
        self.seen.append((self.lr, np.sqrt(sum((grad**2).sum() for grad in grads.values()))))


def test_a_schedule_multiplies_the_learning_rate_of_every_step(digits):
    optimizer = Recorder(lr=0.2)
    schedule = StepDecay(every=10, factor=0.5)
    Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, optimizer, epochs=2, seed=0, schedule=schedule).train()
    assert [lr for lr, _ in optimizer.seen] == pytest.approx([0.2 * 0.5 ** (step // 10) for step in range(30)])


def test_a_schedule_without_a_learning_rate_is_refused(digits):
    class NoRate:
        def update(self, params, grads):
            pass

    class Undecided(NoRate):
        lr = None

    for optimizer in (NoRate(), Undecided()):
        with pytest.raises(ValueError, match=r"a schedule changes the learning rate lr .*, but \w+ has none"):
            Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, optimizer, schedule=StepDecay(1))


def test_gradients_are_clipped_before_the_update(digits):
    free, clipped = Recorder(), Recorder()
    for optimizer, norm in ((free, None), (clipped, 0.5)):
        Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, optimizer, epochs=1, seed=0, clip_norm=norm).train()
    assert max(length for _, length in free.seen) > 0.6
    expected = [min(length, 0.5) for _, length in free.seen]
    np.testing.assert_allclose([length for _, length in clipped.seen], expected, rtol=1e-4)


def test_gradients_that_are_not_finite_end_training_where_they_are_clipped(digits):
    network = TwoLayerNet(64, 5, 10, seed=0)
    original = network.gradient

    def gradient(x, t):
        grads = original(x, t)
        if trainer.step == 3:
            grads["W2"][0, 0] = np.nan
        return grads

    network.gradient = gradient
    trainer = Trainer(network, *digits, seed=0, clip_norm=1.0)
    with pytest.raises(TrainingDiverged, match=r"W2.*at step 4 \(epoch 1\) with learning rate 0.1"):
        trainer.train()


@pytest.mark.parametrize("norm", [0, -1.0, float("nan")])
def test_a_norm_that_is_none_is_refused(digits, norm):
    with pytest.raises(ValueError, match="the largest norm of the gradients must be a positive number"):
        Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, clip_norm=norm)


def test_batch_normalization_learns_even_when_one_sample_is_left_over(digits):
    x_train, t_train, x_test, t_test = digits
    network = MultiLayerNet(64, [5], 10, use_batchnorm=True, seed=0)
    history = Trainer(network, x_train[:41], t_train[:41], x_test, t_test, epochs=1, batch_size=20, seed=0).train()
    assert np.isfinite(history[-1]["train_loss"])


def make_resumable(optimizer="adam", **more):
    """A trainer in which all that can be random or remembered is there."""
    (x_train, t_train), (x_test, t_test) = load_digits()
    network = MultiLayerNet(64, [12], 10, use_dropout=True, dropout_ratio=0.2, use_batchnorm=True, seed=0)
    return Trainer(
        network,
        x_train[:300],
        t_train[:300],
        x_test[:100],
        t_test[:100],
        optimizer=get_optimizer(optimizer),
        epochs=3,
        batch_size=32,
        seed=1,
        schedule=Cosine(30),
        clip_norm=2.0,
        **more,
    )


def future_of(trainer):
    """Everything that training leaves, but for the seconds."""
    records = [{name: value for name, value in record.items() if name != "seconds"} for record in trainer.history]
    arrays = {name: array.tobytes() for name, array in trainer.snapshot().arrays.items()}
    return records, arrays, trainer.distributions


@pytest.mark.first_is_quick
@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_from_any_snapshot_training_goes_on_to_the_same_bits(optimizer):
    snapshots = []
    whole = make_resumable(optimizer, checkpoint_every=7)
    whole.train(on_checkpoint=lambda: snapshots.append(from_bytes(to_bytes(whole.snapshot()))))
    assert len(snapshots) == 7  # four within the epochs of ten steps, and three at their ends
    for snapshot in snapshots:
        resumed = make_resumable(optimizer)
        resumed.restore(snapshot)
        resumed.train()
        assert future_of(resumed) == future_of(whole)


def test_after_an_interrupt_training_goes_on_to_the_same_bits():
    whole, interrupted = make_resumable(), make_resumable()
    whole.train()
    original, calls = interrupted.optimizer.update, []

    def update(params, grads):
        original(params, grads)
        calls.append(True)
        if len(calls) in (4, 17):
            signal.raise_signal(signal.SIGINT)

    interrupted.optimizer.update = update
    for steps in (4, 17):
        with pytest.raises(KeyboardInterrupt):
            interrupted.train()
        assert interrupted.step == steps
    interrupted.train()
    assert future_of(interrupted) == future_of(whole)


def test_a_snapshot_does_not_change_with_the_training():
    trainer = make_resumable()
    trainer.train()
    snapshot = trainer.snapshot()
    before = copy.deepcopy(snapshot)
    trainer.train()
    assert snapshot.values == before.values
    for name, array in snapshot.arrays.items():
        np.testing.assert_array_equal(array, before.arrays[name])


def test_a_snapshot_of_another_network_does_not_fit():
    snapshot = make_resumable().snapshot()
    (x_train, t_train), (x_test, t_test) = load_digits()
    network = TwoLayerNet(64, 5, 10, seed=0)
    other = Trainer(network, x_train[:300], t_train[:300], x_test, t_test, Adam(), epochs=3, batch_size=32)
    with pytest.raises(CheckpointError, match="the checkpoint's network holds"):
        other.restore(snapshot)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"optimizer": "Momentum"}, "the checkpoint's optimizer is Momentum, this training's Adam"),
        ({"batch_size": 31}, "the checkpoint's batch size is 31, this training's 32"),
        ({"samples": 299}, "the checkpoint's samples is 299, this training's 300"),
        ({"epochs": 9}, "the checkpoint's epochs is 9, this training's 3"),
        ({"epoch_order": [0]}, "does not fit"),
        ({"options": {"lr": 0.1}}, "options of the optimizer are {'lr': 0.1}, this training's {'lr': 0.001, 'beta1'"),
        ({"options": None}, "options of the optimizer are None"),
    ],
)
def test_a_snapshot_of_another_training_does_not_fit(change, message):
    arrays, values = make_resumable().snapshot()
    with pytest.raises(CheckpointError, match=message):
        make_resumable().restore(Snapshot(arrays, values | change))


def test_a_snapshot_in_another_dtype_does_not_fit():
    arrays, values = make_resumable().snapshot()
    doubled = arrays | {"network.W1": arrays["network.W1"].astype(np.float64)}
    with pytest.raises(CheckpointError, match=r"the checkpoint's network holds \{'W1': 'float64"):
        make_resumable().restore(Snapshot(doubled, values))


def test_what_a_callback_made_of_the_learning_rate_is_in_the_snapshot(digits):
    def slow_down(record):
        trainer.optimizer.lr /= 2

    trainer = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, SGD(lr=0.4), epochs=2, seed=0)
    trainer.train(slow_down)
    resumed = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, SGD(lr=0.4), epochs=2, seed=0)
    resumed.restore(trainer.snapshot())
    assert resumed.optimizer.lr == 0.1


def test_a_step_that_failed_is_counted_once_when_it_is_made_again(digits):
    network = TwoLayerNet(64, 5, 10, seed=0)
    trainer, gradient, calls = Trainer(network, *digits, epochs=1, seed=0), network.gradient, []

    def fails_once(x, t):
        calls.append(True)
        network.last_loss = np.nan
        return {} if len(calls) == 3 else gradient(x, t)

    network.gradient = fails_once
    with pytest.raises(TrainingDiverged, match="the loss is nan at step 3"):
        trainer.train()
    trainer.train()
    assert trainer.step == len(calls) - 1
    assert trainer.traces.columns["step"] == list(range(1, len(calls)))


def test_no_bar_is_shown_where_the_output_goes_to_a_file(digits, capfd):
    Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, epochs=1, seed=0, progress=True).train()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("lost", ["goal", "generators", "order", "history", "stride"])
def test_a_snapshot_that_lacks_a_value_does_not_fit(lost):
    arrays, values = make_resumable().snapshot()
    del values[lost]
    with pytest.raises(CheckpointError, match="does not fit"):
        make_resumable().restore(Snapshot(arrays, values))


def test_an_optimizer_that_keeps_its_state_to_itself_cannot_be_checkpointed(digits):
    trainer = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, Recorder())
    with pytest.raises(TypeError, match="a checkpoint needs the optimizer's state: Recorder lacks state_arrays"):
        trainer.snapshot()


class Softmax:
    """Not a Network, and what it returns are NumPy's numbers."""

    def __init__(self):
        self.params = {"W": np.zeros((64, 10), np.float32)}

    def probabilities(self, x):
        e = np.exp(x @ self.params["W"])
        return e / e.sum(axis=1, keepdims=True)

    def loss(self, x, t):
        return -np.log(self.probabilities(x)[np.arange(len(t)), t]).mean()

    def accuracy(self, x, t):
        return (self.probabilities(x).argmax(axis=1) == t).mean()

    def gradient(self, x, t):
        return {"W": x.T @ (self.probabilities(x) - np.eye(10, dtype=np.float32)[t]) / len(x)}


def test_a_network_of_ones_own_is_kept_and_goes_on_to_the_same_bits(digits):
    snapshots = []
    whole = Trainer(Softmax(), *digits, epochs=2, seed=0, checkpoint_every=9)
    whole.train(on_checkpoint=lambda: snapshots.append(to_bytes(whole.snapshot())))
    for content in snapshots:
        resumed = Trainer(Softmax(), *digits, epochs=2, seed=0)
        resumed.restore(from_bytes(content))
        resumed.train()
        assert future_of(resumed) == future_of(whole)


class Noise:
    """A layer of one's own, with a generator of any kind."""

    def __init__(self, generator):
        self.generator = generator

    def forward(self, x):
        return x + 0.1 * self.generator.standard_normal(x.shape).astype(x.dtype)

    def backward(self, dout):
        return dout


@pytest.mark.parametrize(
    "make",
    [
        np.random.RandomState,
        *(lambda seed, kind=kind: np.random.Generator(kind(seed)) for kind in (np.random.MT19937, np.random.Philox)),
        lambda seed: np.random.Generator(np.random.SFC64(seed)),
    ],
)
def test_random_generators_of_every_kind_go_on_where_they_stood(digits, make):
    def begin():
        network = TwoLayerNet(64, 5, 10, seed=0)
        layers = [network.layers["Affine1"], Noise(make(1)), network.layers["Affine2"]]
        return Trainer(Network(layers, network.loss_layer), *digits, epochs=2, seed=0, checkpoint_every=9)

    whole, snapshots = begin(), []
    whole.train(on_checkpoint=lambda: snapshots.append(to_bytes(whole.snapshot())))
    resumed = begin()
    resumed.restore(from_bytes(snapshots[0]))
    resumed.train()
    assert future_of(resumed) == future_of(whole)


class TwoBranches(Network):
    """A network whose layers do not stand one behind the other."""

    def __init__(self):
        rng = np.random.default_rng(0)
        affine = [Affine(0.1 * rng.standard_normal((64, 10)), np.zeros(10)) for _ in range(2)]
        super().__init__({"left": affine[0], "right": affine[1]}, SoftmaxWithLoss())

    def predict(self, x, training=False):
        return self.layers["left"].forward(x) + self.layers["right"].forward(x)

    def gradient(self, x, t):
        self.last_loss = self.loss(x, t, training=True)
        dout = self.loss_layer.backward()
        for layer in self.layers.values():
            layer.backward(dout)
        return {f"{key}{n}": layer.grads[key] for n, layer in enumerate(self.layers.values(), 1) for key in "Wb"}


def test_a_network_with_branches_is_trained_without_being_looked_into(digits):
    trainer = Trainer(TwoBranches(), *digits, epochs=3, seed=0)
    assert trainer.train()[-1]["test_accuracy"] > 0.8
    assert trainer.distributions == []


def test_a_gradient_that_is_a_plain_number_is_taken():
    class Scalar(Line):
        def __init__(self):
            self.params = {"w": np.array(1.0)}

        def gradient(self, x, t):
            return {"w": float((2 * (x * self.params["w"] - t) * x).mean())}

    x = np.array([1.0, 2.0, 3.0])
    trainer = Trainer(Scalar(), x, 2 * x, x, 2 * x, SGD(0.05), epochs=30, batch_size=1, seed=0)
    trainer.train()
    assert trainer.network.params["w"] == pytest.approx(2, abs=0.01)


def test_a_snapshot_keeps_the_records_as_they_were(digits):
    snapshots = []
    trainer = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, epochs=1, seed=0)
    trainer.train(lambda record: record.update(note="late"), lambda: snapshots.append(trainer.snapshot()))
    assert "note" not in snapshots[0].values["history"][0]


@pytest.mark.exhaustive
def test_the_layer_where_training_broke_is_named_with_dropout_too(digits):
    said = []
    for seed in range(15):
        network = MultiLayerNet(64, [1, 2], 10, weight_init_std=3e18, use_dropout=True, seed=seed)
        try:
            Trainer(network, *digits, SGD(1e-3), batch_size=1, epochs=1, seed=seed).train()
        except TrainingDiverged as error:
            said.append(str(error))
    assert len(said) >= 5
    for error in said:
        assert re.search("first layer whose output is not finite|from behind is the first|every layer's output", error)


def test_an_epoch_that_ends_with_an_interrupt_is_handed_over(digits):
    seen = []
    trainer = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, epochs=2, seed=0)

    def at_checkpoint():
        if not seen:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        trainer.train(lambda record: seen.append(record["epoch"]), at_checkpoint)
    trainer.train(lambda record: seen.append(record["epoch"]), at_checkpoint)
    assert seen == [1, 2]


def test_the_traces_tell_every_step(digits):
    trainer = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, epochs=2, seed=0)
    trainer.train()
    columns = trainer.traces.columns
    assert columns["step"] == list(range(1, trainer.step + 1))
    assert set(columns["lr"]) == {0.1}
    assert all(0 < norm < 10 for norm in columns["gradient_norm"])
    assert np.mean(columns["loss"][:5]) > np.mean(columns["loss"][-5:])


def test_the_traces_of_a_long_run_are_thinned_and_stay_in_order():
    traces = Traces()
    for step in range(1, 20_001):
        traces.add(step, 0.1, 1.0, 1 / step)
    steps = traces.columns["step"]
    assert 2000 <= len(steps) <= 4000
    assert set(np.diff(steps[:-1])) == {traces.stride}
    assert traces.columns["loss"] == [1 / step for step in steps]


def test_the_last_step_is_always_among_the_traces():
    traces = Traces()
    for step in range(1, 9_001):
        traces.add(step, 0.1, 1.0, 1 / step)
        assert traces.columns["step"][-1] == step
        assert traces.columns["loss"][-1] == 1 / step


@pytest.mark.parametrize("saved_after", [3999, 4000, 4001, 4002, 8003])
def test_traces_that_were_saved_and_loaded_go_on_as_if_they_had_not_been(saved_after):
    whole, resumed = Traces(), Traces()
    for step in range(1, 9_001):
        whole.add(step, 0.1, 1.0, 1 / step)
        if step == saved_after:
            resumed.load(whole.arrays(), whole.stride)
        if step > saved_after:
            resumed.add(step, 0.1, 1.0, 1 / step)
    assert (resumed.columns, resumed.stride) == (whole.columns, whole.stride)


def test_the_distributions_of_every_layer_are_kept_after_every_epoch():
    trainer = make_resumable()
    trainer.train()
    assert [record["epoch"] for record in trainer.distributions] == [1, 2, 3]
    layers = trainer.distributions[-1]["layers"]
    assert [layer["name"] for layer in layers] == list(trainer.network.layers)
    for layer in layers:
        assert layer["activation"] == sorted(layer["activation"])
        assert layer["activation_std"] > 0
        assert layer["gradient_std"] > 0


def test_the_distributions_favour_no_unit(rng):
    network = TwoLayerNet(64, 200, 10, seed=0)
    network.params["W1"][:, 1::2] *= 1000
    x = rng.standard_normal((100, 64)).astype(np.float32)
    looked_at = distributions(network, x, np.arange(100) % 10)[0]
    outputs = x @ network.params["W1"]
    assert looked_at["activation_std"] == pytest.approx(outputs.std(), rel=1e-3)
    np.testing.assert_allclose(looked_at["activation"], np.quantile(outputs, QUANTILES), rtol=1e-3, atol=1e-3)


def test_the_distributions_of_many_values_favour_no_place(rng):
    values = rng.standard_normal((100, 20, 16, 16)).astype(np.float32)
    values[..., 1::2] *= 1000
    looked_at = summarized("activation", values)
    assert looked_at["activation_std"] == pytest.approx(values.std(), rel=1e-3)
    np.testing.assert_allclose(looked_at["activation"], np.quantile(values, QUANTILES), atol=0.06 * values.std())


@pytest.mark.parametrize(("spoiled", "kept"), [(np.nan, 0), (np.inf, 3)])
def test_quantiles_that_are_not_finite_are_none(spoiled, kept):
    looked_at = summarized("gradient", np.array([0.0, 1.0, 2.0, 3.0, spoiled]))
    assert [value is not None for value in looked_at["gradient"]].count(True) == kept
    assert looked_at["gradient_std"] is None


def test_looking_into_the_network_changes_nothing_of_its_training(monkeypatch):
    looked_at, left_alone = make_resumable(), make_resumable()
    monkeypatch.setattr("training.trainer.has_layers", lambda network: network is looked_at.network)
    for trainer in (looked_at, left_alone):
        trainer.train()
    assert left_alone.distributions == []
    for name, param in looked_at.network.params.items():
        np.testing.assert_array_equal(param, left_alone.network.params[name])


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda network: network.params["W1"].fill(np.nan), "the loss is nan at step 1 .*; Affine1 is the first layer"),
        (lambda network: network.params["b2"].fill(np.inf), "the loss is nan at step 1 .*; Affine2 is the first layer"),
    ],
)
def test_the_layer_where_training_broke_is_named(digits, spoil, message):
    network = TwoLayerNet(64, 5, 10, seed=0)
    spoil(network)
    with pytest.raises(TrainingDiverged, match=message):
        Trainer(network, *digits, seed=0).train()


def test_a_gradient_that_is_not_finite_ends_training_before_it_is_used(digits):
    network = TwoLayerNet(64, 5, 10, seed=0)
    backward, before = network.layers["ReLU1"].backward, network.params["W2"].copy()
    network.layers["ReLU1"].backward = lambda dout: backward(dout) * np.float32(np.inf)
    message = "the gradient of W1, b1 is not finite at step 1 .*; the gradient that reaches Affine1 from behind"
    with pytest.raises(TrainingDiverged, match=message):
        Trainer(network, *digits, seed=0).train()
    np.testing.assert_array_equal(network.params["W2"], before)


def test_no_checkpoint_is_made_of_parameters_that_are_not_finite(digits):
    class Breaks(Recorder):
        def update(self, params, grads):
            super().update(params, grads)
            if len(self.seen) == 5:
                params["W1"][0, 0] = np.inf

    made = []
    trainer = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, Breaks(), seed=0, checkpoint_every=5)
    with pytest.raises(TrainingDiverged, match="W1 holds values that are not finite at step 5"):
        trainer.train(on_checkpoint=lambda: made.append(trainer.step))
    assert made == []


def test_the_history_draws_itself_and_shows_itself_in_a_notebook(digits):
    trainer = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, epochs=1, seed=0)
    picture = trainer.train().plot("a title")
    assert len(picture.axes) == 2
    assert picture._repr_png_().startswith(b"\x89PNG")


def test_called_again_the_schedule_begins_again_and_the_optimizer_has_its_learning_rate_back(digits):
    optimizer = Recorder(lr=0.2)
    trainer = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, optimizer, epochs=1, seed=0, schedule=Cosine(15))
    trainer.train()
    assert optimizer.lr == 0.2
    trainer.train()
    rates = [lr for lr, _ in optimizer.seen]
    assert rates[:15] == rates[15:]


@pytest.mark.parametrize("factor", [-1.0, float("nan")])
def test_a_schedule_that_gives_no_factor_is_refused(digits, factor):
    trainer = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, seed=0, schedule=lambda step: factor if step else 1.0)
    with pytest.raises(ValueError, match=f"the schedule must return a factor of at least 0, got {factor} at step 2"):
        trainer.train()


def test_numbers_that_overflow_before_the_first_step_are_no_warning(digits):
    network = MultiLayerNet(64, [5, 5], 10, weight_init_std=1e30, seed=0)
    with pytest.raises(TrainingDiverged):
        Trainer(network, *digits, seed=0).train()


class InterruptedAt:
    """Samples that ask the program to end when a batch is drawn for the n-th time."""

    def __init__(self, x, n):
        self.x, self.n, self.shape = x, n, x.shape

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        if isinstance(index, np.ndarray):
            self.n -= 1
            if self.n == 0:
                signal.raise_signal(signal.SIGINT)
        return self.x[index]


@pytest.mark.parametrize("batch", [1, 11, 15])  # the first of an epoch, when it has been shuffled, too
def test_an_interrupt_while_a_batch_is_drawn_changes_nothing(batch):
    whole, interrupted, resumed = make_resumable(), make_resumable(), make_resumable()
    whole.train()
    interrupted.x_train = InterruptedAt(interrupted.x_train, batch)
    with pytest.raises(KeyboardInterrupt):
        interrupted.train()
    resumed.restore(interrupted.snapshot())
    for trainer in (resumed, interrupted):
        trainer.train()
        assert future_of(trainer) == future_of(whole)


def test_a_snapshot_can_be_restored_twice():
    whole = make_resumable()
    snapshots = []
    whole.train(after_epoch=lambda _: snapshots.append(whole.snapshot()))
    for _ in range(2):
        resumed = make_resumable()
        resumed.restore(snapshots[0])
        resumed.train()
        assert future_of(resumed) == future_of(whole)


def test_an_interrupt_while_a_checkpoint_is_made_waits_for_its_end(digits):
    made = []

    def on_checkpoint():
        signal.raise_signal(signal.SIGINT)
        made.append(trainer.step)

    trainer = Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, seed=0, checkpoint_every=3)
    with pytest.raises(KeyboardInterrupt):
        trainer.train(on_checkpoint=on_checkpoint)
    assert made == [3]


class DropoutOfTheBook:
    def __init__(self, dropout_ratio=0.5):
        self.dropout_ratio, self.mask = dropout_ratio, None

    def forward(self, x, train_flg=True):
        if train_flg:
            self.mask = np.random.rand(*x.shape) > self.dropout_ratio  # noqa: NPY002
            return x * self.mask
        return x * (1.0 - self.dropout_ratio)

    def backward(self, dout):
        return dout * self.mask


def test_layers_that_keep_nothing_for_backward_in_prediction_are_looked_into_on_a_copy():
    (x, t), (x_test, t_test) = load_digits()
    first, last = (Affine(0.1 * np.ones((D, M)), np.zeros(M)) for D, M in ((64, 30), (30, 10)))
    network = Network([first, ReLU(), DropoutOfTheBook(0.2), last], SoftmaxWithLoss())
    trainer = Trainer(network, x, t, x_test, t_test, SGD(0.1), 2, 20, seed=0)  # the last batch of an epoch has 18
    trainer.train()
    assert len(trainer.distributions) == 2
    assert [layer["name"] for layer in trainer.distributions[0]["layers"]] == list(network.layers)
    mask, state = network.layers["DropoutOfTheBook1"].mask, np.random.get_state()[1].copy()  # noqa: NPY002
    distributions(network, x[:100], t[:100])
    assert network.layers["DropoutOfTheBook1"].mask is mask
    assert (np.random.get_state()[1] == state).all()  # noqa: NPY002
