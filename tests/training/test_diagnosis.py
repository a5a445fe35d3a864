"""What a diagnosis promises: it changes nothing, tells numbers, and answers bad input clearly."""

import contextlib
import copy
import json
import random
import time
import types
from importlib import import_module

import numpy as np
import pytest

from datasets import load_digits, spiral
from layers import Affine, SigmoidWithLoss, SoftmaxWithLoss
from networks import MultiLayerNet, Network, TwoLayerNet
from training import SGD, Adam, Momentum, Trainer, TrainingDiverged, diagnose
from training.diagnosis.case import LEAST_SECONDS, Case, seconds_for
from training.diagnosis.copies import copied
from training.diagnosis.finding import ORDER, Finding, Trial, plain, ranked
from training.diagnosis.targets import labels_of

(X, T), (X_TEST, T_TEST) = load_digits()


def trained(network=None, optimizer=None, x=X, t=T, x_test=X_TEST, t_test=T_TEST, epochs=3, **options):
    network = TwoLayerNet(64, 30, 10, seed=0) if network is None else network
    trainer = Trainer(network, x, t, x_test, t_test, optimizer or SGD(0.5), epochs, 20, seed=0, **options)
    with contextlib.suppress(TrainingDiverged):
        trainer.train()
    return trainer


def codes(findings):
    return [finding.code for finding in findings]


def state_of(trainer):
    """All that a diagnosis could change, as bytes and values."""
    network, optimizer = trainer.network, trainer.optimizer
    arrays = {**network.params, **network.state, **optimizer.state_arrays()}
    layers = [repr(sorted(vars(layer))) for layer in network.layers.values()]
    outputs = [layer.__dict__.get("x") is not None for layer in network.layers.values()]
    return (
        {name: np.asarray(array).tobytes() for name, array in arrays.items()},
        layers,
        outputs,
        np.random.get_state()[1].tobytes(),  # noqa: NPY002 - it is the one that must stay
        random.getstate(),
        trainer.rng.bit_generator.state,
        optimizer.options,
    )


@pytest.mark.exhaustive
def test_a_rate_of_50_is_named_and_one_that_learns_is_found():
    first, *others = diagnose(trained(optimizer=SGD(50.0)))
    assert first.code == "learning-rate-too-high"
    assert first.evidence["works"] < 5
    assert first.tried.helped
    assert first.tried.changed < 1 < first.tried.as_is
    assert all(finding.is_effect for finding in others)


def test_weights_of_zero_are_symmetric():
    first, *_ = diagnose(trained(TwoLayerNet(64, 30, 10, 0.0, seed=0)))
    assert first.code == "symmetric"
    assert first.tried.helped


def test_four_sigmoid_layers_with_tiny_weights_vanish():
    first, *_ = diagnose(trained(MultiLayerNet(64, [50] * 4, 10, "sigmoid", 0.0001, seed=0), Adam(0.001)))
    assert first.code == "vanishing"
    assert first.tried.helped


@pytest.mark.exhaustive
def test_shuffled_labels_are_unrelated_and_the_test_shows_what_can_be_learned():
    first, *_ = diagnose(trained(t=np.random.default_rng(0).permutation(T)))
    assert first.code == "labels-unrelated"
    assert first.tried.helped


@pytest.mark.exhaustive
def test_pixels_up_to_255_are_unscaled():
    first, *_ = diagnose(trained(x=X * 255, x_test=X_TEST * 255))
    assert first.code == "unscaled-input"
    assert first.tried.helped


def test_a_training_that_goes_well_has_no_finding():
    assert diagnose(trained(epochs=10)) == []


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    "make",
    [
        lambda: trained(
            MultiLayerNet(64, [30, 20], 10, use_batchnorm=True, use_dropout=True, dropout_ratio=0.3, seed=0),
            Momentum(5.0),
        ),
        lambda: trained(optimizer=Adam(1.0)),
        lambda: trained(MultiLayerNet(64, [20] * 3, 10, "sigmoid", 0.001, weight_decay_lambda=0.1, seed=0)),
    ],
)
def test_a_diagnosis_changes_no_bit(make):
    trainer = make()
    before = state_of(trainer)
    assert diagnose(trainer)
    assert state_of(trainer) == before


@pytest.mark.exhaustive
def test_training_gives_the_same_bits_with_a_diagnosis_after_every_epoch():
    def network():
        return MultiLayerNet(64, [30], 10, use_batchnorm=True, use_dropout=True, dropout_ratio=0.2, seed=0)

    one = trained(network(), Adam(0.003))
    other = Trainer(network(), X, T, X_TEST, T_TEST, Adam(0.003), 3, 20, seed=0)
    other.train(after_epoch=lambda record: diagnose(other, seconds=0.2))
    for name, param in one.network.params.items():
        assert np.array_equal(param, other.network.params[name]), name
    assert [r["train_loss"] for r in one.history] == [r["train_loss"] for r in other.history]


def network_of_functions(lr_of_forward=None):
    """A network whose functions hold its arrays in their closures."""
    rng = np.random.default_rng(0)
    W, b = 0.01 * rng.standard_normal((64, 10)), np.zeros(10)
    calls = []

    def forward(x):
        return x @ W + b

    def gradient(x, t):
        calls.append(len(x))
        loss = SoftmaxWithLoss()
        loss.forward(forward(x), t)
        dout = loss.backward()
        return {"W": x.T @ dout, "b": dout.sum(axis=0)}

    def loss(x, t):
        return SoftmaxWithLoss().forward(forward(x), t)

    def accuracy(x, t):
        return float(np.mean(forward(x).argmax(axis=1) == t))

    made = types.SimpleNamespace(params={"W": W, "b": b}, gradient=gradient, loss=loss, accuracy=accuracy)
    return made, calls


def test_of_a_network_of_functions_the_closures_stay_as_they_are():
    network, calls = network_of_functions()
    before = {name: param.copy() for name, param in network.params.items()}
    findings = diagnose(network, X, T, X_TEST, T_TEST, optimizer=SGD(0.00001), losses=[2.3] * 100)
    assert "learning-rate-too-low" in codes(findings)
    assert calls == []
    for name, param in network.params.items():
        assert np.array_equal(param, before[name])


def test_a_copy_of_a_function_that_calls_others_computes_with_copies():
    network, _ = network_of_functions()
    twin = copied(network)
    twin.params["W"][...] = 5.0
    assert twin.loss(X, T) != network.loss(X, T)
    assert twin.loss(X, T) == pytest.approx(SoftmaxWithLoss().forward(X @ np.full((64, 10), 5.0), T))


@pytest.mark.exhaustive
def test_what_a_network_prints_and_warns_of_stays_unsaid(capsys, recwarn):
    class Talkative(TwoLayerNet):
        def gradient(self, x, t):
            print("gradient!")
            np.log(np.zeros(1))
            return super().gradient(x, t)

    network = Talkative(64, 10, 10, seed=0)
    diagnose(network, X, T, X_TEST, T_TEST, optimizer=SGD(0.1))
    assert capsys.readouterr().out == ""
    assert not recwarn.list


@pytest.mark.exhaustive
def test_findings_of_a_trainer_are_found_when_they_are_asked_for_and_once():
    trainer = trained(optimizer=SGD(50.0))
    findings = trainer.findings
    assert codes(findings)[0] == "learning-rate-too-high"
    assert trainer.findings is findings
    trainer.train()
    assert trainer.findings is not findings


def test_a_loop_without_test_optimizer_and_losses_is_diagnosed_too():
    network = TwoLayerNet(64, 30, 10, 0.0, seed=0)
    assert codes(diagnose(network, X, T))[0] == "symmetric"


@pytest.mark.exhaustive
def test_a_finding_can_be_kept_as_json():
    finding = diagnose(trained(TwoLayerNet(64, 30, 10, 30.0, seed=0), SGD(50.0)))[0]
    kept = json.loads(json.dumps(finding.as_json(), allow_nan=False))
    assert kept["code"] == finding.code
    assert kept["tried"]["text"] == str(finding.tried)


def test_numbers_that_are_none_are_null_in_json():
    assert plain({"a": float("nan"), "b": [np.float32(1.5), np.int64(2)]}) == {"a": None, "b": [1.5, 2]}


def test_causes_come_before_effects_and_each_code_once():
    made = [Finding(code, "", "") for code in ("plateau", "symmetric", "symmetric", "wrong-sign")]
    made.append(Finding("mode", "", "", is_effect=True))
    assert codes(ranked(made)) == ["wrong-sign", "symmetric", "plateau", "mode"]


def test_the_codes_are_those_of_the_corpus():
    from trainings import CODES

    assert sorted(ORDER) == sorted(CODES)


@pytest.mark.parametrize(
    ("trial", "helped", "words"),
    [
        (
            Trial("with a", 100, "loss", 2.3, 0.31),
            True,
            "with a the loss falls to 0.31 in 100 steps; as it is, it is 2.3",
        ),
        (Trial("with a", 100, "loss", float("inf"), 0.3), True, "as it is, it is NaN or infinite"),
        (Trial("with a", 0, "accuracy", 0.1, 0.9), True, "with a the accuracy is 90.0%; as it is, 10.0%"),
        (Trial("with a", 9, "accuracy", 0.9, 0.1), False, "with a the accuracy reaches 10.0% in 9 steps"),
        (Trial("with a", 9, "loss", 0.1, float("nan")), False, "with a the loss falls to nan"),
    ],
)
def test_a_trial_says_both_numbers(trial, helped, words):
    assert trial.helped is helped
    assert words in str(trial)


def test_two_seconds_or_a_tenth_of_the_training():
    case = Case(None, X, T)
    assert seconds_for(case) == LEAST_SECONDS
    case.seconds = 100.0
    assert seconds_for(case) == pytest.approx(10.0)


@pytest.mark.exhaustive
def test_a_slow_network_does_not_make_the_diagnosis_endless():
    class Slow(TwoLayerNet):
        def gradient(self, x, t):
            time.sleep(0.05)
            return super().gradient(x, t)

    network = Slow(64, 10, 10, seed=0)
    begun = time.perf_counter()
    diagnose(network, X, T, X_TEST, T_TEST, optimizer=SGD(0.0001), losses=[2.3] * 50, seconds=0.5)
    assert time.perf_counter() - begun < 20  # each sign may finish what it has begun


@pytest.mark.exhaustive
def test_a_large_network_takes_little_longer_than_it_may():
    network = MultiLayerNet(64, [2000] * 3, 10, seed=0)  # 8 million parameters
    begun = time.perf_counter()
    findings = diagnose(network, X, T, X_TEST, T_TEST, optimizer=SGD(0.000001), losses=[2.3] * 50)
    assert codes(findings)
    assert time.perf_counter() - begun < 15  # 3 s; it was a minute


@pytest.mark.exhaustive
def test_a_wide_table_takes_little_longer_than_it_may():
    x = np.random.default_rng(0).standard_normal((2000, 20_000)).astype(np.float32)
    begun = time.perf_counter()
    diagnose(TwoLayerNet(20_000, 10, 2, seed=0), x, (x[:, 0] > 0).astype(int), optimizer=SGD(0.1))
    assert time.perf_counter() - begun < 8


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ((object(), X, T), TypeError, "object lacks params, gradient, loss"),
        ((TwoLayerNet(64, 5, 10),), TypeError, "expected a Trainer, or a network with x_train and t_train"),
        ((TwoLayerNet(64, 5, 10), X, T[:5]), ValueError, "1,438 samples and t 5 labels"),
        ((TwoLayerNet(64, 5, 10), X[:0], T[:0]), ValueError, "there are no samples"),
        ((TwoLayerNet(64, 5, 10), X, T, X_TEST), ValueError, "x_test and t_test belong together"),
    ],
)
def test_bad_input_is_said_in_a_line(given, error, words):
    with pytest.raises(error, match=words):
        diagnose(*given)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"optimizer": 0.1}, r"an optimizer has a method update\(params, grads\), float has none"),
        ({"losses": ["a"]}, "losses must be numbers, one for each step"),
    ],
)
def test_bad_options_are_said_in_a_line(options, words):
    with pytest.raises(TypeError, match=words):
        diagnose(TwoLayerNet(64, 5, 10), X, T, **options)


def test_a_trainer_has_its_data():
    with pytest.raises(TypeError, match="a Trainer has its data"):
        diagnose(trained(epochs=1), X, T)


def test_a_network_that_cannot_be_copied_is_left_alone_and_this_is_said():
    network = TwoLayerNet(64, 5, 10, seed=0)
    network.file = (line for line in ["a generator cannot be copied"])
    with pytest.raises(TypeError, match="cannot be copied"):
        diagnose(network, X, T)


def test_a_trainer_that_has_not_begun_is_no_sick_one():
    trainer = Trainer(TwoLayerNet(64, 5, 10), X, T, X_TEST, T_TEST)
    with pytest.raises(ValueError, match="nothing was trained yet"):
        diagnose(trainer)


def test_the_module_of_the_same_name_is_the_function_too():
    room = diagnose.__module__.partition(".diagnosis.")[0]
    module = import_module(f"{room}.diagnose")
    assert codes(module(TwoLayerNet(64, 5, 10, 0.0), X, T))[0] == "symmetric"


@pytest.mark.exhaustive
def test_a_single_output_for_yes_and_no_is_a_class():
    x, t = spiral(200, classes=2)
    rng = np.random.default_rng(0)
    layers = [Affine(rng.standard_normal((2, 1)), np.zeros(1))]
    network = Network(layers, SigmoidWithLoss())
    findings = diagnose(trained(network, SGD(1e-5), x, t[:, None], x[:100], t[:100, None]))
    assert "leak" in codes(findings)
    assert labels_of(t[:, None], network).tolist() == t.tolist()


def test_a_snapshot_of_the_network_at_the_start_is_kept_and_shares_nothing():
    trainer = trained(epochs=1)
    network, optimizer = trainer.start
    fresh = TwoLayerNet(64, 30, 10, seed=0)
    for name, param in network.params.items():
        assert np.array_equal(param, fresh.params[name])
        assert not np.may_share_memory(param, trainer.network.params[name])
    assert optimizer is not trainer.optimizer
    assert copy.deepcopy(trainer.start) is not None


def test_who_learns_the_first_samples_by_heart_is_not_told_of_modes():
    (x, t), _ = load_digits()
    network, optimizer, losses = TwoLayerNet(64, 50, 10, seed=0), SGD(0.5), []
    for _step in range(100):
        optimizer.update(network.params, network.gradient(x[:50], t[:50]))
        losses.append(network.last_loss)
    assert "mode" not in [finding.code for finding in diagnose(network, x, t, optimizer=optimizer, losses=losses)]
