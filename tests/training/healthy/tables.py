"""Tables as people have them: noise that nobody can learn, features in their own units, few of one kind."""

import numpy as np

from layers import Affine, BatchNormalization, IdentityWithLoss, ReLU, SigmoidWithLoss, SoftmaxWithLoss
from networks import MultiLayerNet, Network, TwoLayerNet
from training import SGD, AdaGrad, Adam, AdamW, Momentum, RMSprop, Trainer, get_schedule
from trainings import healthy


def trained(network, x, t, optimizer, epochs, batch_size=32, schedule="constant", **options):
    cut = len(x) * 3 // 4
    steps = -(-cut // batch_size)
    options["schedule"] = get_schedule(schedule, epochs * steps, steps)
    options |= {"epochs": epochs, "batch_size": batch_size, "seed": 6}
    trainer = Trainer(network, x[:cut], t[:cut], x[cut:], t[cut:], optimizer, **options)
    trainer.train()
    return trainer


def yes_or_no(rng, D, hidden):
    W1, W2 = rng.standard_normal((D, hidden)) * np.sqrt(2 / D), rng.standard_normal((hidden, 1)) * np.sqrt(1 / hidden)
    layers = [Affine(W1, np.zeros(hidden)), ReLU(), Affine(W2, np.zeros(1))]
    return Network(layers, SigmoidWithLoss())


def answers(rng, samples, features, wrong):
    """Return a table whose answers follow from a line, a share of them turned round."""
    x = rng.standard_normal((samples, features)).astype(np.float32)
    t = (x @ rng.standard_normal(features) > 0).astype(np.int64)
    return x, np.where(rng.random(samples) < wrong, 1 - t, t)


@healthy(may=("plateau",))
def a_quarter_of_the_answers_is_noise():
    rng = np.random.default_rng(100)
    x, t = answers(rng, 2000, 6, wrong=0.25)
    return trained(MultiLayerNet(6, [], 2, seed=100), x, t, SGD(lr=0.1), epochs=6)


@healthy(may=("plateau",))
def a_quarter_is_noise_with_hidden_units():
    rng = np.random.default_rng(101)
    x, t = answers(rng, 3000, 5, wrong=0.25)
    return trained(TwoLayerNet(5, 8, 2, seed=101), x, t, Adam(lr=0.01), epochs=8, schedule="cosine")


@healthy(may=("plateau",))
def three_kinds_that_overlap():
    rng = np.random.default_rng(102)
    t = rng.integers(0, 3, 1500)
    x = (np.array([[0, 1.2], [1, -0.6], [-1, -0.6]])[t] + rng.standard_normal((1500, 2))).astype(np.float32)
    return trained(TwoLayerNet(2, 12, 3, seed=102), x, t, Momentum(lr=0.02), epochs=8)


@healthy(may=("plateau",))
def one_customer_in_five_leaves():
    rng = np.random.default_rng(103)
    x = rng.standard_normal((1500, 6)).astype(np.float32)
    score = x @ np.array([1.5, -1, 0.8, 0, 0, 0.5]) + 0.3 * rng.standard_normal(1500)
    t = (score > np.quantile(score, 0.8)).astype(np.int64)[:, np.newaxis]
    return trained(yes_or_no(rng, 6, 12), x, t, Adam(lr=0.01), epochs=20, schedule="cosine")


@healthy(may=("plateau", "unfinished"))
def three_classes_of_unequal_size():
    rng = np.random.default_rng(104)
    t = rng.choice(3, 1200, p=[0.5, 0.3, 0.2])
    x = (2.2 * np.eye(3, 5)[t] + 0.6 * rng.standard_normal((1200, 5))).astype(np.float32)
    return trained(TwoLayerNet(5, 20, 3, seed=104), x, t, SGD(lr=0.1), epochs=12)


@healthy(may=("overfitting", "plateau", "unfinished"))
def lengths_in_centimetres_as_they_are():
    rng = np.random.default_rng(105)
    t = rng.integers(0, 2, 800)
    x = np.where(t[:, np.newaxis] == 1, [6.5, 4.0, 2.0], [4.5, 2.5, 1.0]) + 0.5 * rng.standard_normal((800, 3))
    return trained(TwoLayerNet(3, 16, 2, seed=105), x.astype(np.float32), t, Adam(lr=0.05), epochs=20)


@healthy(may=("plateau",))
def ages_and_hours_unscaled_behind_a_batch_normalisation():
    rng = np.random.default_rng(106)
    age, hours = rng.uniform(18, 70, 1200), rng.uniform(0, 60, 1200)
    t = ((age - 44) / 15 + (hours - 30) / 17 + 0.3 * rng.standard_normal(1200) > 0).astype(np.int64)
    x = np.column_stack([age, hours]).astype(np.float32)
    inputs = BatchNormalization(np.ones(2, np.float32), np.zeros(2, np.float32))
    W1, W2 = (rng.standard_normal(shape).astype(np.float32) * 0.5 for shape in ((2, 16), (16, 2)))
    layers = [inputs, Affine(W1, np.zeros(16, np.float32)), ReLU(), Affine(W2, np.zeros(2, np.float32))]
    return trained(Network(layers, SoftmaxWithLoss()), x, t, Adam(lr=0.01), epochs=15, batch_size=60)


@healthy(may=("plateau", "unfinished"))
def yes_and_no_columns():
    rng = np.random.default_rng(107)
    x = rng.integers(0, 2, (1600, 12)).astype(np.float32)
    t = (x[:, :4].sum(axis=1) + (1 - x[:, 4]) * 2 >= 3).astype(np.int64)
    return trained(TwoLayerNet(12, 24, 2, seed=107), x, t, AdamW(lr=0.01), epochs=12)


@healthy(may=("plateau", "unfinished"))
def labels_in_one_hot_rows():
    rng = np.random.default_rng(108)
    t = rng.integers(0, 4, 1000)
    x = (2 * np.eye(4, 8)[t] + 0.5 * rng.standard_normal((1000, 8))).astype(np.float32)
    rows = np.eye(4, dtype=np.float32)[t]
    return trained(MultiLayerNet(8, [20], 4, seed=108), x, rows, RMSprop(lr=0.003), epochs=12)


@healthy()
def three_questions_at_once():
    rng = np.random.default_rng(109)
    x = rng.standard_normal((1200, 5))
    t = (x @ rng.standard_normal((5, 3)) + 0.3 * rng.standard_normal((1200, 3)) > 0).astype(float)
    layers = [Affine(np.zeros((5, 3)), np.zeros(3))]
    return trained(Network(layers, SigmoidWithLoss()), x, t, SGD(lr=2.0), epochs=15)


@healthy(may=("plateau",))
def demand_that_is_half_noise():
    rng = np.random.default_rng(110)
    x = rng.standard_normal((1500, 4)).astype(np.float32)
    t = (x @ np.array([[0.5], [0.5], [-0.5], [0.5]]) + rng.standard_normal((1500, 1))).astype(np.float32)
    network = Network([Affine(np.zeros((4, 1), np.float32), np.zeros(1, np.float32))], IdentityWithLoss())
    return trained(network, x, t, SGD(lr=0.05), epochs=6, schedule="cosine")


@healthy(may=("unfinished",))
def constant_and_repeated_columns_among_the_good():
    rng = np.random.default_rng(111)
    x, t = answers(rng, 1500, 5, wrong=0.02)
    x = np.column_stack([x, np.ones(len(x), np.float32), x[:, 0]])
    return trained(TwoLayerNet(7, 12, 2, seed=111), x, t, AdaGrad(lr=0.15), epochs=12)
