import functools
import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from datasets import load_digits
from networks import TwoLayerNet
from training import (
    OPTIMIZERS,
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    Momentum,
    Nesterov,
    Optimizer,
    RMSprop,
    Trainer,
    get_optimizer,
)
from training.optimizers.blocks import blocks

every_optimizer = pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=OPTIMIZERS)
seeds = st.integers(0, 2**32 - 1)


def some_params(dtype=np.float64, seed=0, shapes=((4, 3), (3,))):
    rng = np.random.default_rng(seed)
    return {f"W{number}": rng.standard_normal(shape).astype(dtype) for number, shape in enumerate(shapes, 1)}


def run(optimizer, params, steps, first=0):
    """Update with random gradients; those of a step are always the same."""
    for step in range(first, first + steps):
        rng = np.random.default_rng(step)
        optimizer.update(params, {name: rng.standard_normal(param.shape) for name, param in params.items()})
    return params


def cut_into_small_pieces(monkeypatch):
    monkeypatch.setattr("training.optimizers.base.blocks", functools.partial(blocks, values=500))


def assert_same_bits(ours, others):
    assert ours.keys() == others.keys()
    for name, array in ours.items():
        assert array.dtype == others[name].dtype
        np.testing.assert_array_equal(array, others[name])


def test_sgd_moves_against_the_gradient_in_place():
    W = np.array([[1.0, 2.0]], np.float32)
    params = {"W": W}
    SGD(lr=0.5).update(params, {"W": np.array([[2.0, -2.0]], np.float32)})
    assert params["W"] is W
    np.testing.assert_array_equal(W, [[0, 3]])
    assert W.dtype == np.float32


@pytest.mark.parametrize(
    ("optimizer", "expected"),
    [
        (SGD(1), -1 - 2),
        (Momentum(1, momentum=0.5), -1 - 2.5),
        (Nesterov(1, momentum=0.5), -1.5 - 3.25),
        (AdaGrad(1, eps=0.5), -1 / 1.5 - 2 / (math.sqrt(5) + 0.5)),
        (RMSprop(1, decay_rate=0.5, eps=0.5), -1 / (math.sqrt(0.5) + 0.5) - 2 / (1.5 + 0.5)),
        (Adam(1, beta1=0.5, beta2=0.5, eps=0.5), -1 / 1.5 - (5 / 3) / (math.sqrt(3) + 0.5)),
        (AdamW(1, beta1=0.5, beta2=0.5, eps=0.5, weight_decay=0.5), -0.5 / 1.5 - (5 / 3) / (math.sqrt(3) + 0.5)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_two_steps_with_the_gradients_1_and_2_lead_where_a_calculation_by_hand_does(optimizer, expected):
    W = np.zeros(1)
    optimizer.update({"W": W}, {"W": np.array([1.0])})
    optimizer.update({"W": W}, {"W": np.array([2.0])})
    assert W.item() == pytest.approx(expected, rel=1e-14)


@every_optimizer
def test_every_optimizer_goes_to_the_bottom_of_a_bowl(cls):
    W = np.array([3.0, -2.0])
    optimizer = cls(lr=0.1, weight_decay=0)
    for _ in range(2000):
        optimizer.update({"W": W}, {"W": W - [1.0, 1.0]})
    np.testing.assert_allclose(W, [1, 1], atol=0.1)


@pytest.mark.exhaustive
@every_optimizer
def test_every_optimizer_teaches_a_network_the_digits(cls):
    (x, t), (x_test, t_test) = load_digits()
    lr = 0.1 if cls is SGD else None
    network, optimizer = TwoLayerNet(64, 30, 10, seed=0), get_optimizer(cls.__name__.lower(), lr)
    history = Trainer(network, x, t, x_test, t_test, optimizer, epochs=10, batch_size=20, seed=0).train()
    assert history[-1]["test_accuracy"] > 0.85


@every_optimizer
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("lr", [0.01, np.float64(0.01), np.float32(0.01)])
def test_parameters_keep_their_dtype_whatever_that_of_gradient_and_learning_rate(cls, dtype, lr):
    W = np.ones((3, 2), dtype)
    optimizer = cls(lr)
    for grad in (np.ones((3, 2)), np.ones((3, 2), np.float16), np.ones((3, 2), int)):
        optimizer.lr = lr
        optimizer.update({"W": W}, {"W": grad})
    assert W.dtype == dtype
    assert (W < 1).all()
    assert {a["W"].dtype for a in optimizer.state.values()} <= {np.dtype(dtype if dtype != np.float16 else np.float32)}


class Float32Only(np.ndarray):
    """An array that lets no operation on it give anything but float32."""

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
        inputs = [np.asarray(x) if isinstance(x, np.ndarray) else x for x in inputs]
        result = getattr(ufunc, method)(*inputs, out=out and tuple(np.asarray(x) for x in out), **options)
        assert result.dtype == np.float32, ufunc
        return out[0] if out else result.view(Float32Only)


@every_optimizer
def test_no_temporary_array_is_wider_than_the_parameter(cls):
    optimizer = cls(lr=np.float64(0.01), weight_decay=np.float64(0.1))
    optimizer.steps = 3
    pieces = [np.full(5, 0.5, np.float32).view(Float32Only) for _ in range(2 + len(cls.state_names))]
    optimizer.rule_with_decay(*pieces)
    assert (np.asarray(pieces[0]) < 0.5).all()


def test_a_learning_rate_that_is_a_numpy_number_becomes_one_of_python():
    optimizer = SGD()
    optimizer.lr = np.float64(0.5)
    optimizer.update({"W": np.ones(1)}, {"W": np.ones(1)})
    assert type(optimizer.lr) is float


@every_optimizer
def test_float16_parameters_learn_where_squares_of_their_gradients_would_be_zero(cls):
    W = np.ones(3, np.float16)
    optimizer = cls(lr=0.1)
    with np.errstate(all="raise", under="ignore"):
        for _ in range(3):
            optimizer.update({"W": W}, {"W": np.array([1e-4, 0, 1], np.float16)})
    assert np.isfinite(W).all()


@every_optimizer
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_zero_gradients_change_nothing_and_raise_no_warning(cls, dtype):
    W = np.ones(3, dtype)
    optimizer = cls(weight_decay=0)
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for _ in range(3):
            optimizer.update({"W": W}, {"W": np.zeros(3, dtype)})
    np.testing.assert_array_equal(W, 1)


@pytest.mark.parametrize("cls", [AdaGrad, RMSprop, Adam, AdamW])
def test_the_smallest_eps_there_may_be_keeps_float32_from_dividing_by_zero(cls):
    W = np.ones(3, np.float32)
    with np.errstate(divide="raise", invalid="raise"):
        cls(eps=1.2e-38).update({"W": W}, {"W": np.zeros(3, np.float32)})
    assert np.isfinite(W).all()


@every_optimizer
@given(st.permutations(["W1", "W2", "W3"]), seeds)
def test_the_order_of_the_parameters_does_not_matter(cls, order, seed):
    params = some_params(seed=seed, shapes=((2, 3), (3,), ()))
    grads = some_params(seed=seed + 1, shapes=((2, 3), (3,), ()))
    shuffled = {name: params[name].copy() for name in order}
    optimizer, other = cls(lr=0.1), cls(lr=0.1)
    for _ in range(3):
        optimizer.update(params, grads)
        other.update(shuffled, dict(reversed(grads.items())))
    assert_same_bits(params, {name: shuffled[name] for name in params})


@every_optimizer
@given(hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4), seeds)
def test_every_shape_is_updated_as_its_values_are_one_by_one(cls, shape, seed):
    params = some_params(seed=seed, shapes=(shape,))
    values = {str(number): value.reshape(1) for number, value in enumerate(params["W1"].ravel())}
    grad = np.random.default_rng(seed).standard_normal(shape)
    one, many = cls(lr=0.1, weight_decay=0.01), cls(lr=0.1, weight_decay=0.01)
    for _ in range(2):
        one.update(params, {"W1": grad})
        many.update(values, {str(number): value.reshape(1) for number, value in enumerate(grad.ravel())})
    np.testing.assert_array_equal(params["W1"].ravel(), np.concatenate([np.zeros(0), *values.values()]))


@every_optimizer
def test_pieces_give_the_same_bits_as_the_whole_array(cls, monkeypatch):
    shapes = ((70, 40), (1, 3000), (3,))
    whole = run(cls(weight_decay=0.1), some_params(np.float32, shapes=shapes), 3)
    cut_into_small_pieces(monkeypatch)
    pieces = run(cls(weight_decay=0.1), some_params(np.float32, shapes=shapes), 3)
    assert_same_bits(pieces, whole)


@every_optimizer
def test_a_large_matrix_is_updated_in_pieces_that_give_the_same_bits(cls, monkeypatch):
    pieces = run(cls(weight_decay=0.1), some_params(np.float32, shapes=((1200, 600),)), 2)
    monkeypatch.setattr("training.optimizers.base.blocks", lambda *arrays: [arrays])
    whole = run(cls(weight_decay=0.1), some_params(np.float32, shapes=((1200, 600),)), 2)
    assert_same_bits(pieces, whole)


@every_optimizer
@pytest.mark.parametrize(
    "view",
    [
        lambda W: W.T,
        lambda W: W[::2, 1:],
        lambda W: W[::-1],
        lambda W: np.asfortranarray(W),
        lambda W: W.view(np.matrix),
        lambda W: np.ma.array(W),
    ],
    ids=["transposed", "sliced", "reversed", "columns first", "matrix", "masked"],
)
@pytest.mark.filterwarnings("ignore:the matrix subclass:PendingDeprecationWarning")
def test_an_array_of_any_layout_is_updated_in_place_like_a_plain_one(cls, view, monkeypatch):
    cut_into_small_pieces(monkeypatch)
    W = view(some_params(shapes=((60, 60),))["W1"])
    plain = {"W": np.array(W)}
    grad = np.random.default_rng(1).standard_normal(W.shape)
    optimizer, other = cls(weight_decay=0.1), cls(weight_decay=0.1)
    for _ in range(2):
        optimizer.update({"W": W}, {"W": grad})
        other.update(plain, {"W": grad})
    np.testing.assert_array_equal(np.asarray(W), plain["W"])


@every_optimizer
@pytest.mark.parametrize("view", [lambda W: W, lambda W: W.T, lambda W: W.ravel()[::-1].reshape(W.shape)])
def test_a_gradient_in_the_memory_of_its_parameter_is_the_one_it_was_before(cls, view, monkeypatch):
    cut_into_small_pieces(monkeypatch)
    W, other = (some_params(shapes=((60, 60),))["W1"] for _ in range(2))
    cls(lr=0.1, weight_decay=0.1).update({"W": W}, {"W": view(W)})
    cls(lr=0.1, weight_decay=0.1).update({"W": other}, {"W": view(other).copy()})
    np.testing.assert_array_equal(W, other)


@every_optimizer
def test_the_learning_rate_may_change_between_updates(cls):
    W, optimizer = np.ones(1), cls(lr=1.0, weight_decay=0)
    steps = []
    for lr in (0.1, 0.0, 0.2):
        before, optimizer.lr = W.copy(), lr
        optimizer.update({"W": W}, {"W": np.ones(1)})
        steps.append((before - W).item())
    assert steps[0] > 0
    assert steps[1] == 0
    assert steps[2] > 0


@every_optimizer
def test_the_weight_decay_applies_to_every_parameter(cls):
    params = {"W": np.ones((2, 2)), "b": np.ones(2)}
    cls(lr=0.1, weight_decay=0.5).update(params, {"W": np.zeros((2, 2)), "b": np.zeros(2)})
    assert (params["W"] < 1).all()
    assert (params["b"] < 1).all()


@pytest.mark.parametrize("cls", [cls for cls in OPTIMIZERS.values() if cls is not AdamW])
def test_the_weight_decay_is_the_gradient_of_half_the_squares(cls):
    params, others = some_params(), some_params()
    run(cls(lr=0.1, weight_decay=0.5), params, 1)
    rng = np.random.default_rng(0)
    grads = {name: rng.standard_normal(W.shape) + 0.5 * W for name, W in others.items()}
    cls(lr=0.1, weight_decay=0).update(others, grads)
    assert_same_bits(params, others)


def test_the_weight_decay_of_adamw_does_not_depend_on_the_gradient():
    W = np.array([2.0, 2.0])
    AdamW(lr=0.1, weight_decay=0.5).update({"W": W}, {"W": np.array([0.0, 1e6])})
    np.testing.assert_allclose(W, [1.9, 1.8])


@pytest.mark.parametrize("cls", [Momentum, Nesterov])
def test_without_momentum_there_is_plain_sgd(cls):
    assert_same_bits(run(cls(0.1, momentum=0), some_params(), 5), run(SGD(0.1), some_params(), 5))


@pytest.mark.parametrize("factor", [1e-3, 1, 1e3])
def test_the_first_step_of_adam_has_the_length_of_the_learning_rate(factor):
    W = np.zeros(4)
    Adam(lr=0.1).update({"W": W}, {"W": factor * np.array([1.0, -2.0, 3.0, -4.0])})
    np.testing.assert_allclose(W, [-0.1, 0.1, -0.1, 0.1], rtol=1e-4)


@pytest.mark.parametrize("lr", [0, -0.1, np.nan, np.inf, "0.1", None, 1j])
@every_optimizer
def test_a_learning_rate_that_is_none_is_refused(cls, lr):
    with pytest.raises(ValueError, match=f"{cls.__name__}: the learning rate must be a positive number, got"):
        cls(lr)


@pytest.mark.parametrize(
    ("cls", "option", "values", "message"),
    [
        (Momentum, "momentum", [-0.1, 1, np.nan, "0.9"], r"Momentum: momentum must lie in \[0, 1\), got"),
        (Nesterov, "momentum", [-0.1, 1, np.nan], r"Nesterov: momentum must lie in \[0, 1\), got"),
        (RMSprop, "decay_rate", [-0.1, 1, np.inf], r"RMSprop: decay_rate must lie in \[0, 1\), got"),
        (Adam, "beta1", [-0.1, 1, 2], r"Adam: beta1 must lie in \[0, 1\), got"),
        (AdamW, "beta2", [-0.1, 1, np.nan], r"AdamW: beta2 must lie in \[0, 1\), got"),
        (AdaGrad, "eps", [0, -1e-8, np.inf, 1e-50], "AdaGrad: eps must be a positive number .*, got"),
        (Adam, "eps", [0, np.nan], "Adam: eps must be a positive number .*, got"),
        (SGD, "weight_decay", [-1e-4, np.inf, np.nan], "SGD: weight_decay must be a number >= 0, got"),
        (AdamW, "weight_decay", [-1e-4], "AdamW: weight_decay must be a number >= 0, got"),
    ],
)
def test_an_option_outside_its_limits_is_refused(cls, option, values, message):
    for value in values:
        with pytest.raises(ValueError, match=message):
            cls(**{option: value})


@pytest.mark.parametrize(
    ("grads", "message"),
    [
        ({}, "there is no gradient of W; there are none"),
        ({"b": np.ones(2)}, "there is no gradient of W; there are b"),
        ({"W": np.ones(2)}, r"W has shape \(3, 2\), its gradient \(2,\)"),
    ],
)
def test_gradients_that_do_not_match_are_refused(grads, message):
    W = np.ones((3, 2))
    with pytest.raises(ValueError, match=message):
        SGD().update({"W": W}, grads)
    assert (W == 1).all()


@pytest.mark.parametrize("param", [1.0, np.float64(1), np.array([1, 2]), [1.0], np.array([1j])])
def test_a_parameter_that_cannot_be_changed_in_place_is_refused(param):
    with pytest.raises(TypeError, match="w must be an array of floats, because it is changed in place; got"):
        SGD().update({"w": param}, {"w": np.ones(np.shape(param))})


def test_a_parameter_that_is_read_only_is_refused():
    W = np.ones(3)
    W.flags.writeable = False
    with pytest.raises(ValueError, match="W is read-only"):
        SGD().update({"W": W}, {"W": np.ones(3)})


BAD_GRADIENTS = [
    [[1.0, 2.0]] * 3,
    None,
    np.ones((2, 3)),
    np.ones((3, 1)),
    np.ones(()),
    1.0,
    np.ones((3, 2), complex),
    np.full((3, 2), None),
    np.full((3, 2), "1"),
    np.ones((3, 2), bool),
    "missing",
]


@every_optimizer
@pytest.mark.parametrize("bad", BAD_GRADIENTS, ids=lambda bad: f"{type(bad).__name__}{np.shape(bad)}")
@given(st.booleans(), st.integers(0, 2))
def test_a_bad_gradient_is_refused_before_anything_is_changed(cls, bad, first, updates_before):
    good, victim = np.ones((4, 3)), np.ones((3, 2))
    params = {"victim": victim, "good": good} if first else {"good": good, "victim": victim}
    grads = {"good": np.ones((4, 3)), "victim": np.ones((3, 2))}
    optimizer = cls()
    for _ in range(updates_before):
        optimizer.update(params, grads)
    before, state = {name: W.copy() for name, W in params.items()}, optimizer.state_arrays()
    wrong = {"good": grads["good"]} if isinstance(bad, str) else {**grads, "victim": bad}
    with pytest.raises((TypeError, ValueError), match="victim"):
        optimizer.update(params, wrong)
    assert_same_bits(params, before)
    assert_same_bits(optimizer.state_arrays(), state)


def test_a_number_is_the_gradient_of_a_parameter_without_axes():
    params = {"a": np.array(1.0), "b": np.array(1.0)}
    SGD(0.5).update(params, {"a": 1.0, "b": np.float64(1)})
    assert params == {"a": 0.5, "b": 0.5}


@pytest.mark.parametrize(("name", "cls"), OPTIMIZERS.items())
def test_an_optimizer_is_found_by_its_name(name, cls):
    assert name == cls.__name__.lower()
    assert type(get_optimizer(name)) is cls
    assert get_optimizer(name).lr == cls().lr
    assert get_optimizer(name, lr=0.3, weight_decay=0.1).options == cls(lr=0.3, weight_decay=0.1).options


def test_an_unknown_optimizer_is_refused_with_the_known_ones():
    names = "sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw"
    with pytest.raises(ValueError, match=f"unknown optimizer 'adagard': expected one of {names}"):
        get_optimizer("adagard")


def test_an_unknown_option_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="sgd has no option momentum; it has lr, weight_decay"):
        get_optimizer("sgd", momentum=0.9)


def test_an_optimizer_tells_what_it_is():
    assert repr(RMSprop()) == "RMSprop(lr=0.01, decay_rate=0.99, weight_decay=0.0, eps=1e-08)"


def test_an_optimizer_without_a_rule_says_so():
    class Ruleless(SGD):
        rule = Optimizer.rule

    with pytest.raises(NotImplementedError, match="Ruleless has no method rule"):
        run(Ruleless(), some_params(), 1)
