"""MNIST: an epoch of ``train.py``'s first network, and some thousand images for whoever has little time."""

from datasets import load_mnist
from networks import MultiLayerNet, SimpleConvNet, TwoLayerNet
from training import SGD, Adam, Momentum, Trainer, get_schedule
from trainings import healthy, loop

MAY = ("unfinished", "plateau")


def mnist(samples, tests=1000, **form):
    (x_train, t_train), (x_test, t_test) = load_mnist(**form)
    return x_train[:samples], t_train[:samples], x_test[:tests], t_test[:tests]


def trained(network, data, optimizer, epochs, batch_size=50, schedule="cosine", **options):
    steps = -(-len(data[0]) // batch_size)
    options["schedule"] = get_schedule(schedule, epochs * steps, steps)
    trainer = Trainer(network, *data, optimizer, epochs=epochs, batch_size=batch_size, seed=0, **options)
    trainer.train()
    return trainer


@healthy(may=("unfinished",), needs="mnist")
def an_epoch_of_two_layer_net():
    data = mnist(30000)
    return trained(TwoLayerNet(784, 50, 10, seed=0), data, SGD(lr=0.5), epochs=1, batch_size=100, schedule="constant")


@healthy(may=("overfitting", "plateau", "unfinished"), needs="mnist")
def three_thousand_images():
    return trained(TwoLayerNet(784, 50, 10, seed=1), mnist(3000), SGD(lr=0.3), epochs=12)


@healthy(needs="mnist")
def until_nine_tenths_are_right():
    options = {"schedule": "constant", "target_accuracy": 0.9}
    return trained(TwoLayerNet(784, 50, 10, seed=2), mnist(5000), SGD(lr=0.3), epochs=10, **options)


@healthy(may=("overfitting", "plateau"), needs="mnist")
def two_hidden_layers_with_adam():
    return trained(MultiLayerNet(784, [100, 50], 10, seed=3), mnist(4000), Adam(lr=0.002), epochs=8)


@healthy(may=("overfitting", "plateau", "unfinished"), needs="mnist")
def batch_normalisation():
    network = MultiLayerNet(784, [100], 10, use_batchnorm=True, seed=4)
    return trained(network, mnist(4000), Adam(lr=0.005), epochs=6)


@healthy(may=("plateau", "unfinished"), needs="mnist")
def dropout():
    network = MultiLayerNet(784, [120], 10, use_dropout=True, dropout_ratio=0.2, seed=5)
    return trained(network, mnist(4000), Momentum(lr=0.05), epochs=12)


@healthy(may=("plateau",), needs="mnist")
def no_hidden_layer():
    return trained(MultiLayerNet(784, [], 10, seed=6), mnist(6000), SGD(lr=0.2), epochs=6)


@healthy(needs="mnist")
def a_small_convolution():
    network = SimpleConvNet((1, 28, 28), {"filter_num": 6, "filter_size": 5, "stride": 2}, 40, 10, seed=7)
    return trained(network, mnist(2000, 500, flatten=False), Adam(lr=0.005), epochs=5)


@healthy(may=("unfinished",), needs="mnist")
def one_hot_labels_in_a_loop():
    x, t, x_test, t_test = mnist(6000, one_hot_label=True)
    network, optimizer, losses = TwoLayerNet(784, 50, 10, seed=8), Momentum(lr=0.05), []
    for _ in range(8):
        for start in range(0, len(x), 100):
            grads = network.gradient(x[start : start + 100], t[start : start + 100])
            losses.append(network.last_loss)
            optimizer.update(network.params, grads)
    return loop(network, x, t, x_test, t_test, optimizer=optimizer, losses=losses)
