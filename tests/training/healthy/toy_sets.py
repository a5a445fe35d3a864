"""The toy sets of the project, with which every course begins: spiral, moons, circles, xor."""

import numpy as np

from datasets import circles, moons, spiral, xor
from layers import Affine, ReLU, SigmoidWithLoss, Softplus, Tanh
from networks import MultiLayerNet, Network, TwoLayerNet
from training import SGD, Adam, Momentum, Nesterov, RMSprop, Trainer, get_schedule
from trainings import healthy, loop


def trained(network, data, optimizer, epochs, batch_size=30, schedule=None, test=None):
    x, t = data
    cut = len(x) * 3 // 4
    x_test, t_test = test or (x[cut:], t[cut:])
    if schedule is not None:
        steps = -(-cut // batch_size)
        schedule = get_schedule(schedule, epochs * steps, steps)
    options = {"epochs": epochs, "batch_size": batch_size, "seed": 3, "schedule": schedule}
    trainer = Trainer(network, x[:cut], t[:cut], x_test, t_test, optimizer, **options)
    trainer.train()
    return trainer


def for_two_classes(rng, hidden, activation):
    layers, features = [], 2
    for units in hidden:
        W = rng.standard_normal((features, units)) * np.sqrt(2 / features)
        layers += [Affine(W.astype(np.float32), np.zeros(units, np.float32)), activation()]
        features = units
    W = rng.standard_normal((features, 1)) * np.sqrt(1 / features)
    return Network([*layers, Affine(W.astype(np.float32), np.zeros(1, np.float32))], SigmoidWithLoss())


@healthy(may=("plateau", "unfinished"))
def spiral_with_two_hidden_layers():
    network = MultiLayerNet(2, [50, 50], 3, seed=30)
    return trained(network, spiral(400), Adam(lr=0.01), epochs=60)


@healthy(may=("overfitting", "plateau"))
def spiral_with_tanh_and_momentum():
    network = MultiLayerNet(2, [60, 60], 3, activation="tanh", weight_init_std="xavier", seed=31)
    return trained(network, spiral(300, seed=1), Momentum(lr=0.05), epochs=120, schedule="cosine")


@healthy(may=("plateau",))
def spiral_of_five_arms():
    network = MultiLayerNet(2, [80, 80], 5, seed=32)
    return trained(network, spiral(600, classes=5), Adam(lr=0.01), epochs=60, schedule="cosine")


@healthy(may=("overfitting", "plateau", "unfinished"))
def moons_with_one_hidden_layer():
    return trained(TwoLayerNet(2, 30, 2, seed=33), moons(300), Adam(lr=0.02), epochs=80)


@healthy(may=("plateau",))
def noisy_moons_as_well_as_can_be():
    test = moons(400, noise=0.3, seed=9)
    return trained(TwoLayerNet(2, 16, 2, seed=34), moons(600, noise=0.3), Adam(lr=0.02), epochs=40, test=test)


@healthy(may=("plateau", "unfinished"))
def moons_with_sigmoid_output():
    network = for_two_classes(np.random.default_rng(35), [20], Tanh)
    x, t = moons(240, seed=2)
    return trained(network, (x, t[:, np.newaxis]), Adam(lr=0.05), epochs=80)


@healthy(may=("plateau", "unfinished"))
def circles_with_sigmoid_output():
    network = for_two_classes(np.random.default_rng(36), [20], ReLU)
    return trained(network, circles(240), Nesterov(lr=0.1), epochs=60)


@healthy(may=("plateau", "unfinished"))
def circles_with_softplus():
    network = for_two_classes(np.random.default_rng(37), [24], Softplus)
    return trained(network, circles(200, seed=4), Adam(lr=0.05), epochs=60)


@healthy(may=("plateau",))
def xor_of_noisy_points():
    test = xor(300, seed=8)
    return trained(TwoLayerNet(2, 20, 2, seed=38), xor(400), RMSprop(lr=0.01), epochs=60, test=test)


@healthy(may=("plateau", "unfinished"))
def xor_truth_table():
    x, t = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32), np.array([0, 1, 1, 0])
    network, optimizer = TwoLayerNet(2, 8, 2, activation="tanh", seed=39), SGD(lr=0.5)
    losses = []
    for _ in range(1000):
        grads = network.gradient(x, t)
        losses.append(network.last_loss)
        optimizer.update(network.params, grads)
    return loop(network, x, t, optimizer=optimizer, losses=losses)


@healthy(may=("plateau",))
def a_line_between_two_clouds():
    rng = np.random.default_rng(40)
    t = rng.integers(0, 2, 300)
    x = (rng.normal(size=(300, 2)) + 1.5 * np.where(t[:, np.newaxis] == 1, 1, -1)).astype(np.float32)
    return trained(MultiLayerNet(2, [], 2, seed=40), (x, t), SGD(lr=0.5), epochs=30)


@healthy(may=("overfitting", "plateau", "unfinished"))
def three_clouds_in_the_plane():
    rng = np.random.default_rng(41)
    t = rng.integers(0, 3, 360)
    x = (np.array([[0, 2], [2, -1], [-2, -1]])[t] + rng.normal(size=(360, 2))).astype(np.float32)
    return trained(TwoLayerNet(2, 20, 3, seed=41), (x, t), Momentum(lr=0.01), epochs=15)
