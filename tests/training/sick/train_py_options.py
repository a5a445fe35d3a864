"""Options of the command line that somebody tries: what ``train.py`` builds of them, on the embedded digits."""

from contextlib import suppress

from datasets import load_digits
from networks import MultiLayerNet, TwoLayerNet
from training import StepDecay, Trainer, TrainingDiverged, get_optimizer, get_schedule
from trainings import sick

(x_train, t_train), (x_test, t_test) = load_digits()


def run(network, optimizer="sgd", lr=0.5, epochs=8, batch_size=20, schedule="constant", decay=0.0, **options):
    steps = -(-len(x_train) // batch_size)
    if isinstance(schedule, str):
        schedule = get_schedule(schedule, epochs * steps, steps)
    trainer = Trainer(
        network,
        x_train,
        t_train,
        x_test,
        t_test,
        get_optimizer(optimizer, lr, weight_decay=decay),
        epochs,
        batch_size,
        seed=0,
        schedule=schedule,
        **options,
    )
    with suppress(TrainingDiverged):
        trainer.train()
    return trainer


def two_layers(init="he", activation="relu", hidden=200):
    return TwoLayerNet(64, hidden, 10, init, activation, seed=0)


def many_layers(*hidden, init="he", activation="relu", **options):
    return MultiLayerNet(64, list(hidden), 10, activation, init, seed=0, **options)


@sick("learning-rate-too-high", also=("dead-units", "one-answer", "not-learning", "exploding"))
def lr_50():
    return run(two_layers(), lr=50)


@sick("learning-rate-too-high", also=("dead-units", "one-answer", "not-learning", "noisy"))
def the_rate_of_sgd_kept_for_adam():
    return run(many_layers(200, 100), "adam", lr=0.5)


@sick("learning-rate-too-high", also=("dead-units", "one-answer", "not-learning", "noisy", "saturated", "exploding"))
def rmsprop_with_a_rate_of_1_and_tanh():
    return run(two_layers(activation="tanh"), "rmsprop", lr=1.0)


@sick("learning-rate-too-high", also=("dead-units", "one-answer", "not-learning", "noisy"))
def momentum_with_the_rate_5_that_was_found_for_small_steps():
    return run(two_layers(hidden=50), "momentum", lr=5, batch_size=50, epochs=5)


@sick("learning-rate-too-low", also=("not-learning", "unfinished", "underfitting"))
def lr_of_a_millionth():
    return run(two_layers(), lr=1e-6)


@sick("learning-rate-too-low", also=("not-learning", "unfinished", "underfitting"))
def the_rate_of_adam_kept_for_adagrad_and_divided_by_100():
    return run(many_layers(200, 100), "adagrad", lr=1e-5, schedule="cosine")


@sick("learning-rate-too-low", also=("unfinished", "underfitting", "not-learning"))
def clip_norm_of_a_ten_thousandth():
    return run(two_layers(), clip_norm=1e-4)


@sick(("learning-rate-too-low", "unfinished"), also=("underfitting", "plateau", "not-learning"))
def a_schedule_that_has_ended_after_thirty_steps():
    return run(two_layers(), lr=0.05, schedule=StepDecay(10, 0.1), epochs=10)


@sick("symmetric", also=("not-learning", "dead-units", "not-updated", "one-answer", "vanishing"))
def init_0():
    return run(two_layers(init=0))


@sick("symmetric", also=("not-learning", "vanishing", "not-updated", "one-answer", "underfitting"))
def init_0_with_tanh_in_three_layers():
    return run(many_layers(50, 30, init=0, activation="tanh"), "momentum", lr=0.05)


@sick("vanishing", also=("not-learning", "symmetric", "one-answer", "learning-rate-too-low"))
def sigmoid_with_init_of_a_ten_thousandth_in_four_layers():
    return run(many_layers(100, 100, 100, init=0.0001, activation="sigmoid"), epochs=20)


@sick("saturated", also=("overfitting", "vanishing", "learning-rate-too-low", "underfitting"))
def init_2_with_tanh_in_four_layers():
    return run(many_layers(100, 100, 100, init=2, activation="tanh"), lr=0.02)


@sick("underfitting", also=("one-answer", "not-learning", "plateau", "vanishing", "symmetric"))
def weight_decay_of_a_half():
    return run(many_layers(200, 100), "sgd", lr=0.1, decay=0.5)


@sick("unfinished", also=("underfitting", "learning-rate-too-low"))
def two_epochs_in_batches_of_200():
    return run(two_layers(), lr=0.1, batch_size=200, epochs=2)


@sick(("noisy", "batch-too-small", "learning-rate-too-high"), also=("dead-units", "one-answer", "not-learning"))
def batch_size_1_with_the_rate_for_batches_of_100():
    return run(two_layers(hidden=30), lr=0.5, batch_size=1, epochs=2)
