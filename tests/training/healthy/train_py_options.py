"""``train.py`` with options that people try: sizes, weights, batches, clipping, a target, decay, float64."""

import numpy as np

from datasets import load_digits
from networks import MultiLayerNet, TwoLayerNet
from training import SGD, Adam, Cosine, Momentum, Nesterov, StepDecay, Trainer, WarmUp
from trainings import healthy

MAY = ("plateau", "unfinished")


def trained(network, optimizer, epochs, batch_size=20, one_hot_label=False, **options):
    train, test = load_digits(one_hot_label=one_hot_label)
    trainer = Trainer(network, *train, *test, optimizer, epochs=epochs, batch_size=batch_size, seed=2, **options)
    trainer.train()
    return trainer


@healthy(may=("overfitting", "plateau", "unfinished"))
def thirty_hidden_units():
    return trained(TwoLayerNet(64, 30, 10, seed=140), SGD(lr=0.4), epochs=25)


@healthy(may=("plateau", "unfinished"))
def four_hundred_hidden_units():
    return trained(TwoLayerNet(64, 400, 10, seed=141), SGD(lr=0.4), epochs=12)


@healthy(may=("overfitting", "unfinished"))
def weights_by_xavier():
    return trained(TwoLayerNet(64, 100, 10, "xavier", "tanh", seed=142), SGD(lr=0.3), epochs=25)


@healthy(may=("plateau", "unfinished"))
def weights_of_a_hundredth():
    return trained(TwoLayerNet(64, 100, 10, 0.01, seed=143), SGD(lr=0.5), epochs=20)


@healthy(may=("plateau", "unfinished"))
def uniform_weights():
    return trained(MultiLayerNet(64, [100, 50], 10, weight_init_std="uniform", seed=144), Adam(lr=0.002), epochs=20)


@healthy(may=("unfinished",))
def batches_of_four():
    return trained(TwoLayerNet(64, 50, 10, seed=145), SGD(lr=0.1), epochs=8, batch_size=4)


@healthy(may=("overfitting", "plateau", "unfinished"))
def batches_of_two_hundred():
    return trained(TwoLayerNet(64, 100, 10, seed=146), Momentum(lr=0.2), epochs=60, batch_size=200)


@healthy(may=("plateau", "unfinished"))
def all_images_in_one_batch():
    return trained(TwoLayerNet(64, 50, 10, seed=147), Nesterov(lr=0.3), epochs=120, batch_size=1438)


@healthy(may=("overfitting", "plateau", "unfinished"))
def clipped_at_one():
    return trained(MultiLayerNet(64, [80, 80], 10, seed=148), SGD(lr=0.5), epochs=20, clip_norm=1.0)


@healthy(may=("plateau",))
def stopped_at_95_percent():
    return trained(TwoLayerNet(64, 200, 10, seed=149), SGD(lr=0.5), epochs=40, target_accuracy=0.95)


@healthy(may=("plateau",))
def stopped_at_96_percent_with_adam():
    return trained(MultiLayerNet(64, [100, 50], 10, seed=150), Adam(lr=0.003), epochs=30, target_accuracy=0.96)


@healthy(may=("overfitting", "plateau", "unfinished"))
def one_hot_labels():
    return trained(TwoLayerNet(64, 100, 10, seed=151), Momentum(lr=0.05), epochs=15, one_hot_label=True)


@healthy(may=("plateau",))
def in_float64():
    network = MultiLayerNet(64, [60, 40], 10, dtype=np.float64, seed=152)
    return trained(network, Momentum(lr=0.05), epochs=20, schedule=Cosine(20 * 72))


@healthy(may=("plateau",))
def rate_halved_every_five_epochs():
    return trained(TwoLayerNet(64, 100, 10, seed=153), SGD(lr=0.6), epochs=25, schedule=StepDecay(360, factor=0.5))


@healthy(may=("overfitting", "plateau"))
def long_warm_up_for_a_large_rate():
    network = MultiLayerNet(64, [100, 100], 10, use_batchnorm=True, seed=154)
    return trained(network, SGD(lr=0.5), epochs=15, batch_size=50, schedule=WarmUp(100, after=Cosine(350)))
