import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from datasets import load_digits
from gradients import compare, rounding_noise
from networks import TwoLayerNet

sizes = st.integers(1, 6)


@given(
    sizes, sizes, sizes, st.integers(2, 5), st.sampled_from(["relu", "sigmoid"]), st.booleans(), st.integers(0, 2**31)
)
def test_gradients_agree_with_numerical_differentiation(N, D, H, K, activation, one_hot, seed):
    rng = np.random.default_rng(seed)
    network = TwoLayerNet(D, H, K, activation=activation, dtype=np.float64, seed=seed)
    x, t = rng.standard_normal((N, D)), rng.integers(0, K, N)
    near_a_kink = np.abs(network.layers["Affine1"].forward(x)).min() < 1e-3
    assume(activation == "sigmoid" or not near_a_kink)
    t = np.eye(K)[t] if one_hot else t
    analytic, numerical = network.gradient(x, t), network.numerical_gradient(x, t)
    assert list(analytic) == list(numerical) == ["W1", "b1", "W2", "b2"]
    for name, grad in analytic.items():
        comparison = compare(name, grad, numerical[name], tolerance=1e-7, noise=rounding_noise(network.loss(x, t)))
        assert comparison.ok, comparison


@pytest.mark.parametrize(("activation", "name"), [("relu", "ReLU1"), ("sigmoid", "Sigmoid1")])
def test_it_holds_affine_activation_affine(activation, name):
    assert list(TwoLayerNet(4, 3, 2, activation=activation).layers) == ["Affine1", name, "Affine2"]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_computes_in_its_dtype_throughout(dtype, rng):
    network = TwoLayerNet(4, 3, 2, dtype=dtype, seed=0)
    x = rng.standard_normal((5, 4))
    assert network.predict(x).dtype == dtype
    assert {g.dtype for g in network.gradient(x, rng.integers(0, 2, 5)).values()} == {np.dtype(dtype)}


def test_the_same_seed_gives_the_same_weights_and_another_seed_others():
    a, b, c = (TwoLayerNet(4, 3, 2, seed=seed).params["W1"] for seed in (1, 1, 2))
    np.testing.assert_array_equal(a, b)
    assert not np.array_equal(a, c)


def test_making_a_network_leaves_numpys_global_generator_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    TwoLayerNet(4, 3, 2, seed=0)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_weight_init_std_takes_a_number_as_in_the_book():
    network = TwoLayerNet(300, 300, 10, 0.01, seed=0)
    assert network.params["W1"].std() == pytest.approx(0.01, rel=0.02)
    assert not network.params["b1"].any()


def test_weight_init_std_takes_an_initializer_of_ones_own():
    network = TwoLayerNet(4, 3, 2, lambda shape, rng, dtype: np.full(shape, 7, dtype))
    assert (network.params["W1"] == 7).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"input_size": 0}, "input_size must be an integer of at least 1, got 0"),
        ({"hidden_size": 2.5}, "hidden_size must be an integer of at least 1, got 2.5"),
        ({"output_size": "10"}, "output_size must be an integer of at least 1, got '10'"),
        (
            {"activation": "swish"},
            "activation must be one of relu, sigmoid, .*, got 'swish'",
        ),
        ({"weight_init_std": "hee"}, "unknown initializer 'hee'"),
        ({"weight_init_std": None}, "unknown initializer None"),
        ({"dtype": int}, "dtype must be a float such as float32, got int64"),
    ],
)
def test_arguments_that_make_no_network_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        TwoLayerNet(**({"input_size": 4, "hidden_size": 3, "output_size": 2} | arguments))


def test_an_update_against_the_gradient_lowers_the_loss(rng):
    network = TwoLayerNet(4, 8, 3, dtype=np.float64, seed=0)
    x, t = rng.standard_normal((20, 4)), rng.integers(0, 3, 20)
    before = network.loss(x, t)
    for name, grad in network.gradient(x, t).items():
        network.params[name] -= 0.1 * grad
    assert network.loss(x, t) < before


def test_a_training_loop_written_along_the_book_runs():
    """Chapters 4 and 5: mini-batches by random choice, the update written out, params and grads by name."""
    (x_train, t_train), (x_test, t_test) = load_digits(normalize=True, one_hot_label=True)
    rng = np.random.default_rng(0)
    network = TwoLayerNet(input_size=64, hidden_size=50, output_size=10)
    for _ in range(600):
        batch_mask = rng.choice(x_train.shape[0], 50)
        x_batch, t_batch = x_train[batch_mask], t_train[batch_mask]
        grad = network.gradient(x_batch, t_batch)
        for key in ("W1", "b1", "W2", "b2"):
            network.params[key] -= 0.1 * grad[key]
        assert np.isfinite(network.loss(x_batch, t_batch))
    assert network.accuracy(x_test, t_test) > 0.85
