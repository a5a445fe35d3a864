"""People who cut, join, sort and count their own data before training: labels moved, copies, rare classes, broken views."""

import numpy as np
from trainings import sick

from datasets import load_digits, moons
from layers import Affine, ReLU, SigmoidWithLoss
from networks import MultiLayerNet, Network, TwoLayerNet
from training import SGD, Adam, Momentum, Trainer

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


@sick("leak", also=("overfitting", "plateau"))
def the_test_samples_are_the_last_training_samples():
    data = x_train, t_train, x_train[-250:], t_train[-250:]
    return train(TwoLayerNet(64, 50, 10, seed=0), data)


@sick("leak", also=("overfitting", "plateau"))
def rows_drawn_with_replacement_before_the_split():
    rng = np.random.default_rng(2)
    drawn = rng.integers(400, size=1500)
    x, t = x_train[drawn], t_train[drawn]
    return train(MultiLayerNet(64, [50, 50], 10, seed=3), (x[:1200], t[:1200], x[1200:], t[1200:]), Adam(0.003))


@sick("leak", also=("overfitting", "plateau", "noisy"))
def test_joined_to_training_to_have_more_of_it():
    x, t = moons(150, noise=0.3, seed=6)
    x_all, t_all = np.concatenate([x, x[100:]]), np.concatenate([t, t[100:]])
    return train(MultiLayerNet(2, [60, 60], 2, seed=0), (x_all, t_all, x[100:], t[100:]), Adam(0.01), epochs=150)


@sick(("imbalanced", "one-answer"), also=("not-learning", "plateau", "underfitting"))
def few_eights_among_the_other_digits():
    chosen = np.flatnonzero((t_train != 8) | (np.arange(len(t_train)) % 5 == 0))
    data = x_train[chosen], (t_train[chosen] == 8).astype(int), x_test, (t_test == 8).astype(int)
    return train(TwoLayerNet(64, 10, 2, seed=0), data, SGD(0.02), epochs=6)


@sick(("imbalanced", "one-answer"), also=("not-learning", "underfitting", "plateau"))
def twelve_ill_among_six_hundred():
    rng = np.random.default_rng(3)
    x = rng.standard_normal((800, 6)).astype(np.float32)
    t = np.zeros(800, int)
    t[::50] = 1
    x[t == 1] += 1.0
    network = MultiLayerNet(6, [16], 2, "tanh", "xavier", seed=0)
    return train(network, (x[:600], t[:600], x[600:], t[600:]), Momentum(0.01), epochs=12)


@sick(("one-answer", "imbalanced"), also=("plateau", "not-learning"))
def labels_cast_to_integers_before_they_were_rounded():
    x, t = moons(300, seed=1)
    probability = 0.02 + 0.96 * t
    t = probability.astype(int)
    return train(TwoLayerNet(2, 20, 2, seed=0), (x[:200], t[:200], x[200:], t[200:]), SGD(0.1), epochs=20)


@sick(("imbalanced", "one-answer"), also=("underfitting", "not-learning", "plateau"))
def yes_or_no_with_one_yes_in_forty():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((1000, 3)).astype(np.float32)
    t = (np.sum(x**2, axis=1) > 9.5).astype(int)
    weights = [rng.standard_normal((3, 12)) * 0.5, rng.standard_normal((12, 1)) * 0.3]
    layers = [Affine(weights[0], np.zeros(12)), ReLU(), Affine(weights[1], np.zeros(1))]
    data = x[:800], t[:800], x[800:], t[800:]
    return train(Network(layers, SigmoidWithLoss()), data, SGD(0.05), epochs=12)


class FirstRows:
    """A view of the images that begins at the first row for every batch."""

    def __init__(self, values):
        self.values = values

    def __len__(self):
        return len(self.values)

    def __getitem__(self, index):
        places = np.arange(len(self.values))[index]
        return self.values[np.arange(np.size(places)).reshape(np.shape(places))]


@sick("stale-data", also=("overfitting", "labels-unrelated"))
def a_view_that_gives_the_first_rows_each_time():
    data = FirstRows(x_train), FirstRows(t_train), x_test, t_test
    return train(TwoLayerNet(64, 50, 10, seed=0), data, batch_size=20, epochs=4)


@sick("stale-data", also=("overfitting", "leak"))
def thirty_samples_repeated_until_there_are_enough():
    x, t = np.tile(x_train[:30], (40, 1)), np.tile(t_train[:30], 40)
    return train(TwoLayerNet(64, 50, 10, seed=1), (x, t, x_test, t_test), Momentum(0.05), epochs=5, batch_size=30)


@sick("labels-unrelated", also=("overfitting", "underfitting", "unfinished", "stale-data"))
def images_in_their_order_and_labels_sorted():
    data = x_train, np.sort(t_train), x_test, t_test
    return train(TwoLayerNet(64, 200, 10, seed=3), data, Adam(0.01), epochs=60, batch_size=100)
