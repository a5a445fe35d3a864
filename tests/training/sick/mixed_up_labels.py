"""People who cut, join and sort images and labels apart from each other, or count classes in two ways."""

import numpy as np

from datasets import load_digits, moons
from networks import MultiLayerNet, TwoLayerNet
from training import SGD, Adam, Momentum, Trainer
from trainings import sick

(x_train, t_train), (x_test, t_test) = load_digits()


def train(network, data, optimizer=None, epochs=15, batch_size=50):
    trainer = Trainer(network, *data, optimizer=optimizer or SGD(0.2), epochs=epochs, batch_size=batch_size, seed=0)
    trainer.train()
    return trainer


@sick("labels-unrelated", also=("overfitting", "unfinished"))
def samples_shuffled_without_their_labels():
    x = np.random.default_rng(1).permutation(x_train[:300])
    network = MultiLayerNet(64, [200], 10, seed=0)
    return train(network, (x, t_train[:300], x_test, t_test), Adam(0.003), epochs=80)


@sick("labels-unrelated", also=("overfitting",))
def test_labels_begin_at_1():
    return train(TwoLayerNet(64, 60, 10, seed=0), (x_train, t_train, x_test, (t_test + 1) % 10))


@sick("labels-unrelated", also=("overfitting",))
def one_hot_columns_in_another_order_for_the_test():
    as_words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    by_alphabet = np.argsort(as_words)
    train_rows, test_rows = np.eye(10)[t_train], np.eye(10)[t_test][:, by_alphabet]
    data = x_train, train_rows, x_test, test_rows
    return train(MultiLayerNet(64, [40], 10, "tanh", "xavier", seed=1), data, Momentum(0.02), epochs=12)


@sick("labels-unrelated", also=("overfitting", "stale-data"))
def test_labels_sorted_and_images_not():
    return train(TwoLayerNet(64, 50, 10, seed=2), (x_train, t_train, x_test, np.sort(t_test)), Adam(0.005))


@sick("labels-unrelated", also=("overfitting",))
def test_images_from_behind_and_labels_from_the_front():
    x, t = moons(300, noise=0.1, seed=4)
    data = x[:200], t[:200], x[200:][::-1], t[200:]
    return train(MultiLayerNet(2, [20, 20], 2, seed=0), data, Adam(0.01), epochs=60, batch_size=20)


@sick("labels-unrelated", also=("overfitting", "underfitting", "unfinished", "stale-data"))
def images_in_their_order_and_labels_sorted():
    data = x_train, np.sort(t_train), x_test, t_test
    return train(TwoLayerNet(64, 200, 10, seed=3), data, Adam(0.01), epochs=60, batch_size=100)


@sick("labels-unrelated", also=("overfitting", "unfinished", "stale-data"))
def labels_one_row_too_late():
    network = MultiLayerNet(64, [150], 10, seed=2)
    data = x_train[:200], np.roll(t_train, 1)[:200], x_test, t_test
    return train(network, data, Adam(0.005), epochs=80, batch_size=25)


@sick("labels-unrelated", also=("overfitting", "noisy", "unfinished", "underfitting"))
def a_column_that_has_nothing_to_do_with_the_answers():
    rng = np.random.default_rng(4)
    x, t = rng.standard_normal((240, 12)).astype(np.float32), rng.integers(2, size=240)
    return train(TwoLayerNet(12, 100, 2, seed=0), (x[:120], t[:120], x[120:], t[120:]), Adam(0.01), epochs=100)


@sick("labels-unrelated", also=("overfitting", "one-answer"))
def classes_of_another_file_in_the_test():
    data = x_train, t_train, x_test, (9 - t_test)
    return train(MultiLayerNet(64, [40, 40], 10, use_batchnorm=True, seed=0), data, Momentum(0.02), epochs=8)


@sick(("not-learning", "labels-unrelated"), also=("one-answer", "underfitting", "overfitting", "unfinished", "noisy"))
def labels_of_all_digits_shuffled_and_a_small_network():
    t = np.random.default_rng(5).permutation(t_train)
    return train(TwoLayerNet(64, 15, 10, seed=0), (x_train, t, x_test, t_test), SGD(0.1), epochs=12)
