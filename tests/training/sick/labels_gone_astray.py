"""A first project on the digits with the Trainer, in which labels and images lost each other on their way.

Files are joined, sorted, shuffled and saved again; what comes out looks right, and nobody looks at a picture.
"""

import numpy as np

from datasets import load_digits
from networks import MultiLayerNet, TwoLayerNet
from training import SGD, Adam, Momentum, Trainer
from trainings import sick


def digits():
    (x_train, t_train), (x_test, t_test) = load_digits()
    return x_train, t_train.astype(int), x_test, t_test.astype(int)


def train(x_train, t_train, x_test, t_test, network=None, optimizer=None, epochs=60, batch_size=50):
    network = TwoLayerNet(64, 200, 10, seed=0) if network is None else network
    optimizer = Adam(lr=0.005) if optimizer is None else optimizer
    trainer = Trainer(network, x_train, t_train, x_test, t_test, optimizer, epochs, batch_size, seed=0)
    trainer.train()
    return trainer


@sick("labels-unrelated", also=("overfitting", "noisy", "unfinished", "batch-too-small"))
def training_labels_shuffled():
    x_train, t_train, x_test, t_test = digits()
    x_train, t_train = x_train[:700], np.random.default_rng(0).permutation(t_train[:700])
    return train(x_train, t_train, x_test, t_test, epochs=100)


@sick("labels-unrelated", also=("overfitting", "noisy", "unfinished", "batch-too-small"))
def all_labels_shuffled_and_few_samples():
    x_train, t_train, x_test, t_test = digits()
    rng = np.random.default_rng(1)
    t_train, t_test = rng.permutation(t_train), rng.permutation(t_test)
    return train(x_train[:400], t_train[:400], x_test, t_test, optimizer=Momentum(lr=0.05), epochs=120)


@sick("labels-unrelated", also=("overfitting", "noisy", "unfinished"))
def header_line_counted_as_a_label():
    x_train, t_train, x_test, t_test = digits()
    return train(x_train[:600], np.append(0, t_train[:599]), x_test, t_test, MultiLayerNet(64, [100, 100], 10, seed=1))


@sick("labels-unrelated", also=("overfitting", "noisy", "unfinished"))
def images_sorted_by_brightness_without_their_labels():
    x_train, t_train, x_test, t_test = digits()
    x_train, t_train = x_train[:500], t_train[:500]
    return train(x_train[np.argsort(x_train.sum(axis=1))], t_train, x_test, t_test)


@sick(("labels-unrelated", "not-learning"), also=("noisy", "underfitting", "unfinished", "learning-rate-too-low"))
def images_shuffled_without_their_labels_and_stopped_after_ten_epochs():
    x_train, t_train, x_test, t_test = digits()
    x_train = np.random.default_rng(2).permutation(x_train)
    return train(x_train, t_train, x_test, t_test, TwoLayerNet(64, 30, 10, seed=2), SGD(lr=0.1), epochs=10)


@sick("labels-unrelated", also=("overfitting", "plateau", "unfinished"))
def labels_of_the_test_from_another_file():
    x_train, t_train, x_test, t_test = digits()
    return train(x_train, t_train, x_test, t_train[: len(t_test)], TwoLayerNet(64, 50, 10, seed=3), epochs=15)


@sick("labels-unrelated", also=("overfitting", "plateau", "unfinished"))
def labels_of_the_test_one_apart():
    x_train, t_train, x_test, t_test = digits()
    network = MultiLayerNet(64, [60, 30], 10, activation="tanh", weight_init_std="xavier", seed=4)
    return train(x_train, t_train, x_test[1:], t_test[:-1], network, Adam(lr=0.002), epochs=20)


@sick("labels-unrelated", also=("overfitting", "plateau", "unfinished"))
def labels_of_the_test_counted_from_one():
    x_train, t_train, x_test, t_test = digits()
    return train(x_train, t_train, x_test, (t_test + 1) % 10, TwoLayerNet(64, 40, 10, seed=5), SGD(lr=0.3), epochs=25)


@sick("overfitting", also=("noisy", "plateau", "unfinished", "labels-unrelated", "batch-too-small"))
def half_of_the_training_labels_guessed():
    x_train, t_train, x_test, t_test = digits()
    x_train, t_train, rng = x_train[:800], t_train[:800], np.random.default_rng(6)
    guessed = rng.random(len(t_train)) < 0.5
    t_train = np.where(guessed, rng.integers(0, 10, len(t_train)), t_train)
    return train(x_train, t_train, x_test, t_test, epochs=100)


@sick(("one-answer", "imbalanced"), also=("labels-unrelated", "plateau", "not-learning", "underfitting"))
def only_zeros_were_read_for_training():
    x_train, t_train, x_test, t_test = digits()
    zeros = t_train == 0
    return train(
        x_train[zeros], t_train[zeros], x_test, t_test, TwoLayerNet(64, 20, 10, seed=7), SGD(lr=0.1), epochs=20
    )


@sick(
    ("imbalanced", "one-answer"), also=("overfitting", "plateau", "unfinished", "learning-rate-too-low", "underfitting")
)
def mostly_ones_in_the_training_data():
    x_train, t_train, x_test, t_test = digits()
    rng = np.random.default_rng(8)
    kept = (t_train == 1) | (rng.random(len(t_train)) < 0.02)
    return train(x_train[kept], t_train[kept], x_test, t_test, TwoLayerNet(64, 30, 10, seed=8), SGD(lr=0.02), epochs=20)
