import warnings

import numpy as np
import pytest

from datasets import ScaledImages, load_digits
from figures import plot_curves
from layers import Affine, IdentityWithLoss
from networks import MultiLayerNet, Network, TwoLayerNet
from training import SGD, StepDecay, Trainer, TrainingDiverged


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
    assert len(plot_curves(history).axes) == 1
    with pytest.raises(ValueError, match="a target accuracy needs a network that classifies"):
        Trainer(network, x, t, x, t, target_accuracy=0.9)


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

    with pytest.raises(ValueError, match=r"a schedule changes the learning rate lr .*, but NoRate has none"):
        Trainer(TwoLayerNet(64, 5, 10, seed=0), *digits, NoRate(), schedule=StepDecay(1))


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
