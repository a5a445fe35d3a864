"""What holds for all networks that are ready to be trained."""

import json
import tracemalloc

import numpy as np
import pytest

from gradient_check import check_network
from layers import BatchNormalization, Dropout
from layers.common.sublayers import leaf_layers
from networks import DeepConvNet, ModelFileError, MultiLayerNet, Network, ResidualNet, SimpleConvNet, TwoLayerNet
from tests_support import few_quick
from training import SGD

SMALL = {
    "TwoLayerNet": (TwoLayerNet, (6,), {"input_size": 6, "hidden_size": 5, "output_size": 3}),
    "MultiLayerNet": (
        MultiLayerNet,
        (6,),
        {
            "input_size": 6,
            "hidden_size_list": [5, 4],
            "output_size": 3,
            "activation": "tanh",
            "weight_decay_lambda": 0.1,
            "use_dropout": True,
            "use_batchnorm": True,
        },
    ),
    "SimpleConvNet": (
        SimpleConvNet,
        (1, 6, 7),
        {
            "input_dim": (1, 6, 7),
            "conv_param": {"filter_num": 2, "filter_size": 3},
            "hidden_size": 4,
            "output_size": 3,
        },
    ),
    "DeepConvNet": (
        DeepConvNet,
        (1, 8, 8),
        {
            "input_dim": (1, 8, 8),
            **{f"conv_param_{number}": {"filter_num": 2} for number in range(1, 7)},
            "hidden_size": 4,
            "output_size": 3,
            "dropout_ratio": 0.2,
        },
    ),
    "ResidualNet": (ResidualNet, (2, 5, 4), {"input_dim": (2, 5, 4), "channel_list": [2, 3], "output_size": 3}),
}
networks = pytest.mark.parametrize("name", list(SMALL))


def build(name, **more):
    cls, _, arguments = SMALL[name]
    return cls(**arguments, **{"seed": 0, **more})


def samples(name, rng, count=5):
    return rng.standard_normal((count, *SMALL[name][1])), rng.integers(0, 3, count)


@pytest.mark.parametrize("name", few_quick(SMALL, "TwoLayerNet", "SimpleConvNet"))
def test_the_checker_finds_its_gradients_right(name, rng):
    report = check_network(build(name, dtype=np.float64, seed=1), *samples(name, rng))
    assert report.ok, report


@pytest.mark.exhaustive
@networks
def test_gradient_and_numerical_gradient_agree(name, rng):
    network, (x, t) = build(name, dtype=np.float64), samples(name, rng)
    for key, param in network.params.items():  # zeros behind a ReLU would put the next one right on its kink
        param += 0.1 * rng.standard_normal(param.shape) if key.startswith("b") else 0
    numerical = network.numerical_gradient(x, t)
    for key, grad in network.gradient(x, t).items():
        np.testing.assert_allclose(grad, numerical[key], rtol=1e-5, atol=1e-8)


@networks
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_computes_in_its_dtype_throughout(name, dtype, rng):
    network, (x, t) = build(name, dtype=dtype), samples(name, rng)
    assert network.predict(x).dtype == dtype
    assert {grad.dtype for grad in network.gradient(x, t).values()} == {np.dtype(dtype)}
    assert {array.dtype for array in network.state.values()} <= {np.dtype(dtype)}


@networks
def test_the_same_seed_gives_the_same_network_and_the_same_gradients(name, rng):
    x, t = samples(name, rng)
    one, other = (build(name).gradient(x, t) for _ in range(2))
    for key, grad in one.items():
        np.testing.assert_array_equal(grad, other[key])


@networks
@pytest.mark.parametrize("keeps_arguments", [True, False])
def test_it_comes_back_from_its_file_with_all_that_it_learned(name, keeps_arguments, tmp_path, rng):
    network, (x, t) = build(name), samples(name, rng)
    for key, grad in network.gradient(x, t).items():  # also moves the running statistics
        network.params[key] -= 0.1 * grad
    if not keeps_arguments:
        network.arguments = None
    network.save(tmp_path / "model.npz")
    loaded = Network.load(tmp_path / "model.npz")
    assert list(loaded.layers) == list(network.layers)
    np.testing.assert_array_equal(loaded.predict(x), network.predict(x))
    for layer, same in zip(leaf_layers(network.layers.values()), leaf_layers(loaded.layers.values()), strict=True):
        assert type(layer) is type(same)
        assert all(getattr(layer, option) == getattr(same, option) for option in layer.option_names)


@networks
def test_load_params_takes_the_running_statistics_too(name, tmp_path, rng):
    network, (x, t) = build(name), samples(name, rng)
    network.gradient(x, t)
    network.save(tmp_path / "model.npz")
    other = build(name, seed=1)
    other.load_params(tmp_path / "model.npz")
    np.testing.assert_array_equal(other.predict(x), network.predict(x))


@networks
def test_its_arguments_are_plain_and_make_it_again(name):
    network = build(name)
    arguments = json.loads(json.dumps(network.arguments))
    again = type(network)(**arguments)
    for key, param in network.params.items():
        np.testing.assert_array_equal(param, again.params[key])


@networks
def test_it_learns(name, rng):
    network, (x, t) = build(name), samples(name, rng, 30)
    losses = []
    for _ in range(60):
        grads = network.gradient(x, t)
        losses.append(network.last_loss)
        for key, grad in grads.items():
            network.params[key] -= 0.1 * grad
    assert np.mean(losses[-5:]) < np.mean(losses[:5])


@networks
def test_predicting_leaves_the_network_as_it_is(name, rng):
    network, (x, t) = build(name), samples(name, rng)
    network.gradient(x, t)
    state = {key: array.copy() for key, array in network.state.items()}
    np.testing.assert_array_equal(network.predict(x), network.predict(x))
    for key, array in network.state.items():
        np.testing.assert_array_equal(array, state[key])


@networks
def test_the_summary_counts_every_parameter(name):
    network = build(name)
    total = network.summary(SMALL[name][1]).splitlines()[-1]
    assert total.split() == ["total", f"{sum(param.size for param in network.params.values()):,}"]
    assert "?" not in network.summary(SMALL[name][1])


REGRESSION = {
    "TwoLayerNet": TwoLayerNet(2, 30, 2, seed=0, loss="identity"),
    "MultiLayerNet": MultiLayerNet(2, [20, 20], 2, seed=0, loss="identity"),
}


@pytest.mark.parametrize("name", REGRESSION)
def test_with_the_loss_of_a_regression_it_predicts_values_and_comes_back_from_its_file(name, tmp_path, rng):
    network = REGRESSION[name]
    x = rng.uniform(-1, 1, (200, 2)).astype(np.float32)
    t = np.stack([x[:, 0] * x[:, 1], x.sum(axis=1)], axis=1)
    before = network.loss(x, t)
    for _ in range(300):
        SGD(0.1).update(network.params, network.gradient(x, t))
    assert network.loss(x, t) < 0.1 * before
    network.save(tmp_path / "model.npz")
    loaded = Network.load(tmp_path / "model.npz")
    assert type(loaded) is type(network)
    assert not loaded.counts_labels
    assert loaded.loss(x, t) == network.loss(x, t)


def test_the_layers_of_a_multi_layer_net_stand_in_the_order_of_the_book():
    network = MultiLayerNet(6, [5], 3, "sigmoid", use_dropout=True, dropout_ratio=0.3, use_batchnorm=True)
    assert list(network.layers) == ["Affine1", "BatchNormalization1", "Sigmoid1", "Dropout1", "Affine2"]
    assert network.layers["Dropout1"].dropout_ratio == 0.3


def test_a_multi_layer_net_without_hidden_layers_is_linear():
    assert list(MultiLayerNet(6, [], 3).layers) == ["Affine1"]


def test_weight_decay_costs_half_its_lambda_times_the_squares_of_the_weights(rng):
    x, t = rng.standard_normal((5, 6)), rng.integers(0, 3, 5)
    plain, decaying = (MultiLayerNet(6, [4], 3, weight_decay_lambda=w, dtype=float, seed=0) for w in (0, 0.3))
    squares = sum((plain.params[name] ** 2).sum() for name in ("W1", "W2"))
    assert decaying.loss(x, t) == pytest.approx(plain.loss(x, t) + 0.15 * squares)
    without, with_it = plain.gradient(x, t), decaying.gradient(x, t)
    np.testing.assert_allclose(with_it["W1"], without["W1"] + 0.3 * plain.params["W1"])
    np.testing.assert_array_equal(with_it["b1"], without["b1"])
    assert decaying.last_loss == pytest.approx(decaying.loss(x, t))


def test_dropouts_of_one_network_draw_different_numbers():
    network = MultiLayerNet(6, [50, 50], 3, use_dropout=True, seed=0)
    first, second = network.layers["Dropout1"].rng, network.layers["Dropout2"].rng
    assert not np.array_equal(first.random(5), second.random(5))


def test_the_deep_net_has_the_filters_of_the_book():
    shapes = {name: param.shape for name, param in DeepConvNet().params.items() if name.startswith("W")}
    assert [shapes[f"W{number}"][0] for number in range(1, 7)] == [16, 16, 32, 32, 64, 64]
    assert shapes["W7"] == (64 * 4 * 4, 50)


def test_a_residual_net_projects_where_the_number_of_channels_changes():
    network = ResidualNet((1, 8, 8), (2, 4), blocks=2)
    residuals = [layer for name, layer in network.layers.items() if name.startswith("Residual")]
    assert [residual.projection is not None for residual in residuals] == [False, False, True, False]


def test_the_mode_reaches_the_layers_within_layers(rng):
    network = ResidualNet((1, 4, 4), (2,))
    normalizations = [n for n in leaf_layers(network.layers.values()) if isinstance(n, BatchNormalization)]
    network.predict(rng.standard_normal((2, 1, 4, 4)))
    assert [layer.training for layer in normalizations] == [False] * 3
    network.predict(rng.standard_normal((2, 1, 4, 4)), training=True)
    assert [layer.training for layer in normalizations] == [True] * 3


def test_the_book_calls_its_initialisers_by_the_activation():
    relu = MultiLayerNet(300, [300], 10, weight_init_std="relu", seed=0).params["W1"]
    sigmoid = MultiLayerNet(300, [300], 10, weight_init_std="sigmoid", seed=0).params["W1"]
    assert relu.std() == pytest.approx((2 / 300) ** 0.5, rel=0.02)
    assert sigmoid.std() == pytest.approx((2 / 600) ** 0.5, rel=0.02)


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("MultiLayerNet", {"hidden_size_list": 5}, "hidden_size_list must be a list of sizes, got 5"),
        (
            "MultiLayerNet",
            {"hidden_size_list": [5, 0]},
            r"hidden_size_list\[1\] must be an integer of at least 1, got 0",
        ),
        ("MultiLayerNet", {"activation": "swish"}, "activation must be one of relu, .*, got 'swish'"),
        ("MultiLayerNet", {"loss": "hinge"}, "MultiLayerNet: loss must be one of softmax, identity, got 'hinge'"),
        ("TwoLayerNet", {"loss": None}, "TwoLayerNet: loss must be one of softmax, identity, got None"),
        ("MultiLayerNet", {"weight_decay_lambda": -1}, "weight_decay_lambda must be at least 0, got -1"),
        ("MultiLayerNet", {"use_dropout": True, "dropout_ratio": 1.0}, "dropout_ratio"),
        (
            "SimpleConvNet",
            {"input_dim": (28, 28)},
            r"input_dim must be the shape \(C, H, W\) of an image, got \(28, 28\)",
        ),
        ("SimpleConvNet", {"input_dim": (1, 0, 5)}, r"input_dim\[1\] must be an integer of at least 1, got 0"),
        ("SimpleConvNet", {"conv_param": {"filters": 3}}, "a convolution's parameters are filter_num, .*, got"),
        ("SimpleConvNet", {"conv_param": {"stride": 0}}, "stride must be an integer of at least 1, got 0"),
        ("SimpleConvNet", {"input_dim": (1, 2, 2)}, "SimpleConvNet: Convolution: a window 3 high does not fit"),
        ("SimpleConvNet", {"weight_init_std": "hee"}, "unknown initializer 'hee'"),
        ("DeepConvNet", {"dropout_ratio": -0.1}, "dropout_ratio"),
        ("DeepConvNet", {"input_dim": (1, 2, 2)}, "DeepConvNet: .* a window 2 high does not fit"),
        ("ResidualNet", {"channel_list": []}, "channel_list must be a list of numbers of channels"),
        ("ResidualNet", {"channel_list": [2, -1]}, r"channel_list\[1\] must be an integer of at least 1, got -1"),
        ("ResidualNet", {"blocks": 0}, "blocks must be an integer of at least 1, got 0"),
        ("ResidualNet", {"dtype": int}, "ResidualNet: dtype must be a float such as float32, got int64"),
    ],
)
def test_arguments_that_make_no_network_are_named(name, arguments, message):
    cls, _, usual = SMALL[name]
    with pytest.raises(ValueError, match=message):
        cls(**(usual | arguments))


def test_a_model_file_with_an_option_that_its_layer_does_not_have_is_refused(tmp_path, rng):
    path = tmp_path / "model.npz"
    network = Network([Dropout(0.5)], build("TwoLayerNet").loss_layer)
    network.save(path)
    with np.load(path) as file:
        meta = json.loads(str(file["meta"]))
    meta["layers"]["layers"]["Dropout1"]["options"] = {"rng": 5}
    np.savez(path, meta=np.array(json.dumps(meta)))
    with pytest.raises(ValueError, match="Dropout has no option rng"):
        Network.load(path)


def test_a_weight_decay_of_numpys_kind_leaves_float32_alone(rng):
    network = MultiLayerNet(6, [5], 3, weight_decay_lambda=np.float64(0.1), seed=0)
    x, t = rng.standard_normal((5, 6)), rng.integers(0, 3, 5)
    assert {grad.dtype for grad in network.gradient(x, t).values()} == {np.dtype(np.float32)}


def test_a_generator_may_be_the_seed_of_a_network_that_is_saved(tmp_path, rng):
    network = MultiLayerNet(6, [5], 3, seed=np.random.default_rng(3))
    network.save(tmp_path / "model.npz")
    x = rng.standard_normal((5, 6))
    np.testing.assert_array_equal(Network.load(tmp_path / "model.npz").predict(x), network.predict(x))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ResidualNet", {"blocks": 10**6}),
        ("MultiLayerNet", {"hidden_size_list": [1] * 300_000}),
        ("MultiLayerNet", {"hidden_size_list": [2 * 10**8]}),
        ("TwoLayerNet", {"input_size": 20_000, "hidden_size": 12_000, "weight_init_std": None}),
        ("MultiLayerNet", {"weight_decay_lambda": 10**400}),
    ],
)
def test_a_small_file_that_asks_for_a_large_network_is_refused_before_it_costs_anything(tmp_path, name, arguments):
    path, network = tmp_path / "model.npz", build(name)
    network.arguments = {key: value for key, value in (network.arguments | arguments).items() if value is not None}
    network.save(path)
    tracemalloc.start()
    with pytest.raises(ModelFileError, match="cannot build"):
        Network.load(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50e6


def test_a_file_that_would_unpack_to_much_is_refused(tmp_path):
    np.savez_compressed(tmp_path / "bomb.npz", W1=np.zeros(10_000_000))
    with pytest.raises(ModelFileError, match="would be unpacked to 80,000"):
        Network.load(tmp_path / "bomb.npz")
