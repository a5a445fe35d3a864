"""People who have read that regularisation, capacity, patience and batch size matter, and turn the knobs too far."""

from contextlib import suppress

import numpy as np

from datasets import circles, load_digits, moons, spiral, xor
from layers import Affine, BatchNormalization, ReLU, SoftmaxWithLoss
from networks import MultiLayerNet, Network, TwoLayerNet
from training import SGD, Adam, AdamW, Momentum, Nesterov, RMSprop, Trainer, TrainingDiverged
from trainings import sick

(x_train, t_train), (x_test, t_test) = load_digits()
digits = x_train, t_train, x_test, t_test


def train(network, data, optimizer, epochs, batch_size=20, seed=0, **options):
    trainer = Trainer(network, *data, optimizer, epochs, batch_size, seed=seed, **options)
    with suppress(TrainingDiverged):
        trainer.train()
    return trainer


def points(make, samples=300, **options):
    x, t = make(samples, **options)
    cut = 2 * samples // 3
    return x[:cut], t[:cut], x[cut:], t[cut:]


@sick("underfitting", also=("plateau", "noisy"))
def a_line_between_the_arms_of_a_spiral():
    return train(MultiLayerNet(2, [], 3, seed=0), points(spiral), SGD(0.5), epochs=60)


@sick("underfitting", also=("not-learning", "one-answer", "plateau", "noisy"))
def a_line_for_xor():
    return train(MultiLayerNet(2, [], 2, seed=1), points(xor), Adam(0.01), epochs=40)


@sick("underfitting", also=("plateau", "noisy", "dead-units"))
def three_units_for_a_spiral():
    return train(TwoLayerNet(2, 3, 3, "xavier", "tanh", seed=2), points(spiral), Momentum(0.1), epochs=120)


@sick("underfitting", also=("plateau", "unfinished"))
def one_unit_in_the_middle_for_ten_digits():
    return train(MultiLayerNet(64, [50, 1, 50], 10, "tanh", "xavier", seed=0), digits, Adam(0.003), epochs=8)


@sick(
    "underfitting", also=("not-learning", "one-answer", "plateau", "vanishing", "symmetric", "learning-rate-too-high")
)
def decay_of_adamw_as_large_as_one_over_the_rate():
    return train(MultiLayerNet(64, [50, 50], 10, seed=0), digits, AdamW(0.003, weight_decay=30), epochs=10)


@sick("underfitting", also=("not-learning", "one-answer", "mode", "noisy", "unfinished"))
def dropout_of_08_behind_eight_units():
    network = MultiLayerNet(64, [8, 8], 10, use_dropout=True, dropout_ratio=0.8, seed=1)
    return train(network, digits, Adam(0.003), epochs=10)


@sick("overfitting", also=("plateau", "noisy"))
def noisy_moons_and_two_hundred_units():
    data = points(moons, samples=120, noise=0.45, seed=7)
    return train(MultiLayerNet(2, [100, 100], 2, seed=0), data, Adam(0.01), epochs=150)


@sick("overfitting", also=("plateau", "noisy"))
def a_third_of_the_labels_are_guesses():
    rng = np.random.default_rng(8)
    t = np.where(rng.random(600) < 0.33, rng.integers(10, size=600), t_train[:600])
    return train(MultiLayerNet(64, [150], 10, seed=0), (x_train[:600], t, x_test, t_test), Adam(0.003), epochs=50)


@sick("overfitting", also=("plateau",))
def more_features_than_samples():
    rng = np.random.default_rng(1)
    x = rng.standard_normal((240, 300)).astype(np.float32)
    t = (x[:, :5].sum(axis=1) > 0).astype(int)
    return train(TwoLayerNet(300, 40, 2, seed=0), (x[:80], t[:80], x[80:], t[80:]), SGD(0.1), epochs=40)


@sick("plateau", also=("overfitting",))
def two_hundred_epochs_where_forty_are_enough():
    data = points(circles, samples=300, noise=0.05)
    return train(TwoLayerNet(2, 20, 2, seed=0), data, Adam(0.02), epochs=200, batch_size=50)


@sick("plateau", also=("overfitting",))
def blobs_that_were_told_apart_long_ago():
    rng = np.random.default_rng(2)
    t = rng.integers(3, size=240)
    x = (np.array([[0, 0], [4, 0], [0, 4]])[t] + 0.4 * rng.standard_normal((240, 2))).astype(np.float32)
    data = x[:160], t[:160], x[160:], t[160:]
    return train(MultiLayerNet(2, [10], 3, seed=0), data, Nesterov(0.1), epochs=150, batch_size=40)


@sick("unfinished", also=("underfitting", "learning-rate-too-low"))
def a_spiral_left_at_a_tenth_of_the_way():
    return train(MultiLayerNet(2, [50, 50], 3, seed=3), points(spiral), Adam(0.003), epochs=8)


@sick("unfinished", also=("underfitting", "learning-rate-too-low", "batch-too-small"))
def one_epoch_in_the_largest_batches_that_fit():
    return train(MultiLayerNet(64, [100, 50], 10, seed=0), digits, RMSprop(0.001), epochs=1, batch_size=128)


@sick(("noisy", "batch-too-small", "learning-rate-too-high"), also=("saturated", "underfitting"))
def one_sample_a_step_with_momentum():
    data = points(moons, samples=300, noise=0.3, seed=2)
    return train(MultiLayerNet(2, [10, 10], 2, "tanh", "xavier", seed=0), data, Momentum(0.2), epochs=8, batch_size=1)


@sick(("batch-too-small", "noisy", "learning-rate-too-high"), also=("underfitting", "dead-units", "one-answer"))
def two_samples_a_step_with_adam():
    return train(MultiLayerNet(64, [50], 10, seed=0), digits, Adam(0.05), epochs=2, batch_size=2)


@sick(("batch-too-small", "mode"), also=("noisy", "underfitting", "learning-rate-too-high", "unscaled-input"))
def batch_normalization_of_two_points():
    network = MultiLayerNet(2, [20, 20], 3, use_batchnorm=True, seed=0)
    return train(network, points(spiral), Momentum(0.02), epochs=15, batch_size=2)


@sick("mode", also=("unfinished", "overfitting", "one-answer"))
def running_statistics_that_hardly_move():
    rng = np.random.default_rng(0)
    W1, W2 = rng.standard_normal((64, 50)) * 0.6, rng.standard_normal((50, 10)) * 0.2
    slow = BatchNormalization(np.ones(50), np.zeros(50), momentum=0.9999)
    network = Network([Affine(W1, np.zeros(50)), slow, ReLU(), Affine(W2, np.zeros(10))], SoftmaxWithLoss())
    return train(network, digits, Momentum(0.02), epochs=6, batch_size=50)


@sick(("noisy", "batch-too-small"), also=("learning-rate-too-high", "underfitting", "overfitting"))
def one_sample_a_step_and_a_third_of_the_labels_wrong():
    rng = np.random.default_rng(3)
    t = np.where(rng.random(len(t_train)) < 0.33, rng.integers(10, size=len(t_train)), t_train)
    return train(MultiLayerNet(64, [], 10, seed=0), (x_train, t, x_test, t_test), SGD(0.3), epochs=2, batch_size=1)
