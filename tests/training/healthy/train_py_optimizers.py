"""``train.py --optimizer`` and ``--schedule``: each with the learning rate that it comes with."""

from datasets import load_digits
from networks import MultiLayerNet, TwoLayerNet
from training import SGD, AdaGrad, Adam, AdamW, Momentum, Nesterov, RMSprop, Trainer, get_schedule
from trainings import healthy


def trained(optimizer, epochs=30, schedule="constant", network=None, batch_size=20, **options):
    (x_train, t_train), (x_test, t_test) = load_digits()
    steps = -(-len(x_train) // batch_size)
    network = network or TwoLayerNet(64, 100, 10, seed=20)
    options["schedule"] = get_schedule(schedule, epochs * steps, steps)
    options |= {"epochs": epochs, "batch_size": batch_size, "seed": 1}
    trainer = Trainer(network, x_train, t_train, x_test, t_test, optimizer, **options)
    trainer.train()
    return trainer


@healthy(may=("plateau", "unfinished"))
def sgd():
    return trained(SGD(lr=0.5))


@healthy(may=("overfitting", "plateau", "unfinished"))
def momentum():
    return trained(Momentum(lr=0.05))


@healthy(may=("overfitting", "plateau", "unfinished"))
def nesterov():
    return trained(Nesterov(lr=0.05))


@healthy(may=("unfinished",))
def adagrad():
    return trained(AdaGrad(lr=0.02))


@healthy(may=("unfinished",))
def rmsprop():
    return trained(RMSprop(lr=0.001))


@healthy(may=("plateau", "unfinished"))
def adam():
    return trained(Adam(lr=0.001))


@healthy(may=("plateau", "unfinished"))
def adamw():
    return trained(AdamW(lr=0.001))


@healthy(may=("plateau",))
def momentum_down_in_steps():
    return trained(Momentum(lr=0.05), schedule="step")


@healthy(may=("plateau",))
def momentum_along_a_cosine():
    return trained(Momentum(lr=0.05), schedule="cosine")


@healthy(may=("overfitting", "plateau", "unfinished"))
def adam_warmed_up():
    return trained(Adam(lr=0.001), schedule="warm-up", network=MultiLayerNet(64, [60, 60], 10, seed=21))


@healthy(may=("overfitting", "plateau"))
def sgd_warmed_up_and_along_a_cosine():
    return trained(SGD(lr=0.5), schedule="warm-up-cosine", network=MultiLayerNet(64, [60, 60], 10, seed=22))


@healthy(may=("plateau",))
def adamw_with_weight_decay():
    return trained(AdamW(lr=0.005, weight_decay=0.01), schedule="cosine", epochs=25)


@healthy(may=("plateau", "unfinished"))
def sgd_with_weight_decay():
    return trained(SGD(lr=0.3, weight_decay=1e-4), epochs=30)


@healthy(may=("plateau", "unfinished"))
def momentum_of_a_half():
    return trained(Momentum(lr=0.2, momentum=0.5), epochs=25)


@healthy(may=("plateau", "unfinished"))
def momentum_of_098_with_a_smaller_rate():
    return trained(Momentum(lr=0.01, momentum=0.98), epochs=25)
