import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import Variable
from graph.walk import topological_order
from graph_formulas.expressions import network_expression
from layers import Affine, Checkpoint, Dropout, IdentityWithLoss, ReLU, Sequence, SigmoidWithLoss, SoftmaxWithLoss
from networks import DeepConvNet, MultiLayerNet, Network, ResidualNet, SimpleConvNet, TwoLayerNet

NETWORKS = {
    "TwoLayerNet": (TwoLayerNet, (6,), {"input_size": 6, "hidden_size": 5}),
    "MultiLayerNet": (
        MultiLayerNet,
        (6,),
        {
            "input_size": 6,
            "hidden_size_list": [5, 4],
            "activation": "gelu",
            "weight_decay_lambda": 0.1,
            "use_dropout": True,
            "use_batchnorm": True,
        },
    ),
    "SimpleConvNet": (
        SimpleConvNet,
        (1, 6, 7),
        {"input_dim": (1, 6, 7), "conv_param": {"filter_num": 2, "filter_size": 3}, "hidden_size": 4},
    ),
    "DeepConvNet": (
        DeepConvNet,
        (1, 8, 8),
        {
            "input_dim": (1, 8, 8),
            **{f"conv_param_{number}": {"filter_num": 2} for number in range(1, 7)},
            "hidden_size": 4,
            "dropout_ratio": 0.2,
        },
    ),
    "ResidualNet": (ResidualNet, (2, 5, 4), {"input_dim": (2, 5, 4), "channel_list": [2, 3]}),
}
networks = pytest.mark.parametrize("name", list(NETWORKS))


def build(name, dtype=np.float64, seed=0):
    cls, _, arguments = NETWORKS[name]
    return cls(**arguments, output_size=3, dtype=dtype, seed=seed)


def samples(name, rng, count=5):
    return rng.standard_normal((count, *NETWORKS[name][1])), rng.integers(0, 3, count)


def assert_gradients_equal(network, x, t, tolerance=1e-12):
    expected = network.gradient(x, t)
    loss, params = network_expression(network, x, t)
    loss.backward()
    assert list(params) == list(expected)
    scale = max(np.abs(grad).max() for grad in expected.values())  # before a normalisation, a bias has gradient 0
    for name, param in params.items():
        assert param.grad.dtype == expected[name].dtype
        np.testing.assert_allclose(param.grad, expected[name], rtol=0, atol=tolerance * scale, err_msg=name)
    return loss


@networks
@given(seed=st.integers(0, 2**32 - 1))
def test_loss_and_gradients_are_those_of_the_network(name, seed):
    rng = np.random.default_rng(seed)
    network, (x, t) = build(name, seed=seed), samples(name, rng)
    for key, param in network.params.items():  # zeros behind a ReLU would put the next one right on its kink
        param += 0.1 * rng.standard_normal(param.shape) if key.startswith("b") else 0
    loss = assert_gradients_equal(network, x, t)
    assert loss.data == pytest.approx(network.last_loss, rel=1e-12)


@networks
def test_float32_stays_float32(name, rng):
    network, (x, t) = build(name, np.float32), samples(name, rng)
    assert_gradients_equal(network, x, t, tolerance=1e-4)
    loss, _ = network_expression(network, x, t)
    assert {v.data.dtype for v in topological_order(loss) if v.shape} == {np.dtype(np.float32)}


@networks
def test_in_prediction_the_loss_is_that_of_network_loss(name, rng):
    network, (x, t) = build(name), samples(name, rng)
    network.gradient(x, t)
    loss, _ = network_expression(network, x, t, training=False)
    assert loss.data == pytest.approx(network.loss(x, t), rel=1e-12)


def test_the_parameters_are_named_and_hold_the_networks_own_arrays():
    network = build("ResidualNet")
    _, params = network_expression(network, np.ones((2, 2, 5, 4)), np.array([0, 1]))
    assert {name: param.name for name, param in params.items()} == {name: name for name in network.params}
    assert all(params[name].data is param for name, param in network.params.items())


def test_the_data_are_a_constant_or_a_variable_that_gets_its_gradient(rng):
    network, (x, t) = build("TwoLayerNet"), samples("TwoLayerNet", rng)
    loss, _ = network_expression(network, x, t)
    loss.backward()
    (constant,) = (v for v in topological_order(loss) if v.name == "x")
    assert constant.grad is None
    image = Variable(x, "image")
    loss, _ = network_expression(network, image, t)
    loss.backward()
    assert image.grad.shape == x.shape


def test_nested_layers_and_sums_of_losses(rng):
    layers = [
        Sequence(Affine(rng.standard_normal((4, 3)), np.zeros(3)), ReLU()),
        Checkpoint(Affine(rng.standard_normal((3, 2)), np.ones(2))),
    ]
    x = rng.standard_normal((5, 4))
    assert_gradients_equal(Network(layers, IdentityWithLoss()), x, rng.standard_normal((5, 2)))
    assert_gradients_equal(Network(layers, SigmoidWithLoss()), x, rng.integers(0, 2, (5, 2)))
    assert_gradients_equal(Network(layers, SoftmaxWithLoss()), x, rng.integers(0, 2, 5))


def test_one_array_in_two_layers_has_a_gradient_in_each(rng):
    W = rng.standard_normal((3, 3))
    network = Network([Affine(W, np.zeros(3)), ReLU(), Affine(W, np.zeros(3))], IdentityWithLoss())
    assert_gradients_equal(network, rng.standard_normal((4, 3)), rng.standard_normal((4, 3)))


def test_a_step_down_the_graphs_gradients_lowers_the_networks_loss(rng):
    network, (x, t) = build("TwoLayerNet"), samples("TwoLayerNet", rng)
    before = network.loss(x, t)
    for _ in range(50):
        loss, params = network_expression(network, x, t)
        loss.backward()
        for param in params.values():
            param.data -= 0.1 * param.grad
    assert network.loss(x, t) < before / 2


def test_images_of_integers_are_taken_in_the_dtype_of_the_parameters():
    network, x = build("TwoLayerNet", np.float32), np.arange(12, dtype=np.uint8).reshape(2, 6)
    loss, _ = network_expression(network, x, np.array([0, 1]))
    assert loss.data == pytest.approx(network.loss(x, np.array([0, 1])), rel=1e-6)


def test_what_cannot_be_written_is_refused_before_anything_is_computed(rng):
    class Own:
        def forward(self, x):
            raise AssertionError

        backward = forward

    with pytest.raises(ValueError, match=r"^Own: its formula is not among"):
        network_expression(Network([ReLU(), Own()], IdentityWithLoss()), np.ones((1, 1)), np.ones((1, 1)))
    with pytest.raises(ValueError, match=r"^Own: its formula is not among"):
        network_expression(Network([ReLU()], Own()), np.ones((1, 1)), np.ones((1, 1)))
    with pytest.raises(TypeError, match=r"^network_expression: expected a network with layers"):
        network_expression(ReLU(), np.ones((1, 1)), np.ones((1, 1)))


def test_a_network_with_dropout_that_never_ran_is_refused(rng):
    network = Network([Dropout(0.5)], IdentityWithLoss())
    with pytest.raises(ValueError, match="Dropout: expected a mask"):
        network_expression(network, np.ones((2, 3)), np.ones((2, 3)))
