"""``train.py`` on the digits: each of its networks, small, with what suits it, and every activation."""

from datasets import load_digits
from networks import DeepConvNet, MultiLayerNet, ResidualNet, SimpleConvNet, TwoLayerNet
from training import SGD, Adam, Trainer, get_schedule
from trainings import healthy


def trained(network, optimizer, epochs, images=False, samples=1438, schedule="cosine", batch_size=20, **options):
    (x_train, t_train), (x_test, t_test) = load_digits(flatten=not images)
    x_train, t_train = x_train[:samples], t_train[:samples]
    steps = -(-samples // batch_size)
    options["schedule"] = get_schedule(schedule, epochs * steps, steps)
    options |= {"epochs": epochs, "batch_size": batch_size, "seed": 0}
    trainer = Trainer(network, x_train, t_train, x_test, t_test, optimizer, **options)
    trainer.train()
    return trainer


@healthy(may=("plateau", "unfinished"))
def two_layer_net_as_train_py_has_it():
    return trained(TwoLayerNet(64, 200, 10, seed=0), SGD(lr=0.5), epochs=40, schedule="constant")


@healthy(may=("plateau", "unfinished"))
def multi_layer_net_as_train_py_has_it():
    return trained(MultiLayerNet(64, [200, 100], 10, seed=0), Adam(lr=0.001), epochs=25)


@healthy(may=("overfitting", "plateau", "unfinished"))
def multi_layer_net_with_batch_norm():
    network = MultiLayerNet(64, [100, 50], 10, use_batchnorm=True, seed=1)
    return trained(network, Adam(lr=0.003), epochs=20)


@healthy(may=("plateau", "unfinished"))
def multi_layer_net_with_dropout():
    network = MultiLayerNet(64, [100, 100], 10, use_dropout=True, dropout_ratio=0.2, seed=2)
    return trained(network, Adam(lr=0.003), epochs=20)


@healthy(may=("plateau", "unfinished"))
def multi_layer_net_with_batch_norm_and_dropout():
    network = MultiLayerNet(64, [100, 100], 10, use_batchnorm=True, use_dropout=True, dropout_ratio=0.1, seed=3)
    return trained(network, Adam(lr=0.002), epochs=20)


@healthy(may=("plateau",))
def multi_layer_net_with_weight_decay():
    network = MultiLayerNet(64, [100], 10, weight_decay_lambda=1e-4, seed=4)
    return trained(network, SGD(lr=0.3), epochs=30)


@healthy(may=("overfitting", "plateau"))
def four_hidden_layers():
    return trained(MultiLayerNet(64, [100, 80, 60, 40], 10, seed=5), Adam(lr=0.001), epochs=25)


@healthy(may=("plateau",))
def no_hidden_layer():
    return trained(MultiLayerNet(64, [], 10, seed=6), SGD(lr=2.0), epochs=40)


@healthy(may=("plateau",))
def tanh():
    network = MultiLayerNet(64, [100, 50], 10, activation="tanh", weight_init_std="xavier", seed=7)
    return trained(network, SGD(lr=0.3), epochs=30)


@healthy(may=("plateau",))
def sigmoid():
    network = TwoLayerNet(64, 100, 10, activation="sigmoid", weight_init_std="xavier", seed=8)
    return trained(network, Adam(lr=0.01), epochs=30)


@healthy(may=("plateau",))
def leaky_relu():
    return trained(MultiLayerNet(64, [80, 40], 10, activation="leaky_relu", seed=9), Adam(lr=0.003), epochs=20)


@healthy(may=("overfitting", "plateau"))
def gelu():
    return trained(MultiLayerNet(64, [80, 40], 10, activation="gelu", seed=10), Adam(lr=0.004), epochs=14)


@healthy(may=("plateau", "unfinished"))
def softplus():
    return trained(MultiLayerNet(64, [80, 40], 10, activation="softplus", seed=11), Adam(lr=0.005), epochs=20)


@healthy(may=("plateau", "unfinished"))
def simple_conv_net():
    network = SimpleConvNet((1, 8, 8), {"filter_num": 12, "filter_size": 3, "pad": 1}, 50, 10, seed=12)
    return trained(network, Adam(lr=0.005), epochs=8, images=True)


@healthy(may=("plateau", "unfinished"))
def deep_conv_net():
    sizes = ({"filter_num": filters} for filters in (4, 4, 8, 8, 16, 16))
    network = DeepConvNet((1, 8, 8), *sizes, hidden_size=50, dropout_ratio=0.1, seed=13)
    return trained(network, Adam(lr=0.01), epochs=13, images=True, batch_size=50)


@healthy(may=("plateau", "unfinished"))
def residual_net():
    network = ResidualNet((1, 8, 8), [6, 12], seed=14)
    return trained(network, Adam(lr=0.03), epochs=7, images=True, batch_size=50)
