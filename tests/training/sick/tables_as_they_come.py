"""Office hours of a statistics course: a table goes to the Trainer with its columns as they are."""

import contextlib

import numpy as np

from layers import Affine, IdentityWithLoss, ReLU
from networks import MultiLayerNet, Network, TwoLayerNet
from training import SGD, Adam, Momentum, Trainer, TrainingDiverged
from trainings import sick


def customers(rows=500, seed=0):
    """Four columns without units, and whether the customer comes back."""
    rng = np.random.default_rng(seed)
    z = rng.standard_normal((rows, 4))
    return z, (z[:, 0] + z[:, 1] ** 2 - z[:, 2] > 0.5).astype(int)


def train(x, t, network=None, optimizer=None, epochs=30, batch_size=20, held_out=100):
    """The last rows are held out, as the course tells them to."""
    x = np.asarray(x, np.float32)
    network = TwoLayerNet(x.shape[1], 20, int(t.max()) + 1, seed=1) if network is None else network
    x_train, t_train, x_test, t_test = x[:-held_out], t[:-held_out], x[-held_out:], t[-held_out:]
    trainer = Trainer(
        network, x_train, t_train, x_test, t_test, optimizer, epochs=epochs, batch_size=batch_size, seed=0
    )
    with np.errstate(all="ignore"), contextlib.suppress(TrainingDiverged):
        trainer.train()
    return trainer


def regression_net(inputs, hidden=20, seed=1):
    rng = np.random.default_rng(seed)
    W1 = rng.standard_normal((inputs, hidden)) * np.sqrt(2 / inputs)
    W2 = rng.standard_normal((hidden, 1)) * np.sqrt(2 / hidden)
    return Network([Affine(W1, np.zeros(hidden)), ReLU(), Affine(W2, np.zeros(1))], IdentityWithLoss())


@sick(
    "unscaled-input",
    also=("learning-rate-too-high", "dead-units", "not-learning", "one-answer", "exploding", "plateau"),
)
def income_in_won_beside_age():
    z, t = customers()
    x = z * [15, 1.2e7, 0.2, 2] + [45, 4e7, 1.7, 3]
    return train(x, t)


@sick(
    "unscaled-input",
    also=("learning-rate-too-high", "dead-units", "not-learning", "one-answer", "plateau", "underfitting"),
)
def year_of_purchase_as_it_is():
    z, t = customers(seed=1)
    x = np.column_stack([np.round(2005 + 8 * z[:, 0]), z[:, 1:]])
    return train(x, t, optimizer=SGD(lr=0.05))


@sick(
    "unscaled-input",
    also=("learning-rate-too-high", "dead-units", "not-learning", "one-answer", "plateau", "underfitting"),
)
def column_that_is_1000_for_everybody():
    z, t = customers(seed=2)
    return train(np.column_stack([z, np.full(len(z), 1000)]), t)


@sick("unscaled-input", also=("not-learning", "exploding"))
def nan_where_nobody_answered():
    z, t = customers(seed=3)
    z[np.random.default_rng(3).random(len(z)) < 0.1, 3] = np.nan
    return train(z, t, optimizer=Adam(lr=0.01))


@sick(
    "unscaled-input",
    also=("learning-rate-too-high", "dead-units", "one-answer", "not-learning", "underfitting", "noisy", "plateau"),
)
def missing_values_written_as_minus_9999():
    z, t = customers(seed=4)
    z[np.random.default_rng(4).random(z.shape) < 0.05] = -9999
    return train(z, t, MultiLayerNet(4, [20, 10], 2, seed=2), Momentum(lr=0.01))


@sick(
    "unscaled-input",
    also=(
        "overfitting",
        "learning-rate-too-high",
        "underfitting",
        "noisy",
        "not-learning",
        "one-answer",
        "plateau",
        "dead-units",
    ),
)
def customer_number_left_in_the_table():
    z, t = customers(seed=5)
    number = 20190000 + np.random.default_rng(5).permutation(len(z))
    return train(np.column_stack([number, z]), t, optimizer=Adam(lr=0.01))


@sick("unscaled-input", also=("learning-rate-too-high", "not-learning", "exploding", "dead-units", "one-answer"))
def date_as_seconds_since_1970():
    z, t = customers(seed=6)
    when = 1.6e9 + 3e7 * z[:, 0]
    return train(np.column_stack([when, z[:, 1:]]), t, MultiLayerNet(4, [16, 16], 2, seed=3), SGD(lr=0.01))


@sick(
    "unscaled-input",
    also=(
        "saturated",
        "vanishing",
        "underfitting",
        "plateau",
        "not-learning",
        "one-answer",
        "noisy",
        "learning-rate-too-high",
    ),
)
def blood_values_into_tanh():
    z, t = customers(seed=7)
    x = z * [30, 60, 1.5, 2e3] + [140, 250, 14, 7e3]  # sodium, platelets, haemoglobin, leukocytes
    return train(x, t, TwoLayerNet(4, 20, 2, activation="tanh", seed=4))


@sick(("learning-rate-too-high", "exploding", "unscaled-input"), also=("not-learning", "dead-units", "noisy"))
def flat_prices_in_dollars_with_sgd():
    z, _ = customers(seed=8)
    price = 250000 + 80000 * (z[:, :1] + 0.5 * z[:, 1:2] ** 2)
    return train(z, price, regression_net(4), SGD(lr=0.01))


@sick(("learning-rate-too-low", "not-learning", "unscaled-input", "unfinished"), also=("underfitting",))
def flat_prices_in_dollars_with_adam():
    z, _ = customers(seed=9)
    price = 250000 + 80000 * (z[:, :1] + 0.5 * z[:, 1:2] ** 2)
    return train(z, price, regression_net(4), Adam(lr=0.001))


@sick("unscaled-input", also=("learning-rate-too-high", "exploding", "not-learning", "dead-units"))
def square_metres_and_altitude_to_a_price():
    z, _ = customers(seed=10)
    x = np.column_stack([80 + 25 * z[:, 0], 300 + 150 * z[:, 1], z[:, 2:]])
    return train(x, z[:, :1] + 0.3 * z[:, 1:2], regression_net(4), SGD(lr=0.01))


@sick(
    ("imbalanced", "one-answer"),
    also=("plateau", "unfinished", "underfitting", "not-learning", "learning-rate-too-low"),
)
def one_customer_in_25_leaves():
    rng = np.random.default_rng(11)
    x = rng.standard_normal((1000, 6))
    t = (x[:, 0] + x[:, 1] + 0.8 * rng.standard_normal(1000) > 2.8).astype(int)
    return train(x, t, TwoLayerNet(6, 10, 2, weight_init_std=0.01, seed=5), SGD(lr=0.02), epochs=8, held_out=300)
