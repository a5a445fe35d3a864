"""People who put their own sets of samples together: copies, rare classes, classes lost on the way, broken views."""

import numpy as np

from datasets import load_digits, moons
from layers import Affine, ReLU, SigmoidWithLoss
from networks import MultiLayerNet, Network, TwoLayerNet
from training import SGD, Adam, Momentum, Trainer
from trainings import sick

(x_train, t_train), (x_test, t_test) = load_digits()


def train(network, data, optimizer=None, epochs=15, batch_size=50):
    trainer = Trainer(network, *data, optimizer=optimizer or SGD(0.2), epochs=epochs, batch_size=batch_size, seed=0)
    trainer.train()
    return trainer


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
def yes_or_no_with_one_yes_in_sixty():
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


class ForTrying:
    """A view of the first samples only, made for a quick try and forgotten."""

    def __init__(self, values, first=40):
        self.values, self.first = values, first

    def __len__(self):
        return len(self.values)

    def __getitem__(self, index):
        return self.values[np.arange(len(self.values))[index] % self.first]


@sick("stale-data", also=("overfitting", "leak"))
def a_view_of_forty_samples_left_from_a_first_try():
    data = ForTrying(x_train), ForTrying(t_train), x_test, t_test
    return train(MultiLayerNet(64, [40], 10, "tanh", "xavier", seed=0), data, Adam(0.005), epochs=4)
