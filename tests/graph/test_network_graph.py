from collections import OrderedDict
from typing import ClassVar

import numpy as np
import pytest

from graph import Variable, from_network, no_grad, softmax_cross_entropy
from graph.walk import topological_order
from layers import Affine, IdentityWithLoss, ReLU, Sigmoid, SoftmaxWithLoss
from networks import DeepConvNet, MultiLayerNet, Network, ResidualNet, SimpleConvNet, TwoLayerNet

NETWORKS = {
    "TwoLayerNet": (lambda: TwoLayerNet(6, 5, 3, dtype=np.float64, seed=0), (6,)),
    "MultiLayerNet": (lambda: MultiLayerNet(6, [5, 4], 3, use_batchnorm=True, dtype=np.float64, seed=0), (6,)),
    "SimpleConvNet": (
        lambda: SimpleConvNet(
            (1, 6, 7), {"filter_num": 2, "filter_size": 3}, hidden_size=4, output_size=3, dtype=np.float64, seed=0
        ),
        (1, 6, 7),
    ),
    "ResidualNet": (lambda: ResidualNet((2, 5, 4), [2, 3], output_size=3, dtype=np.float64, seed=0), (2, 5, 4)),
}


@pytest.fixture
def two_layers():
    return TwoLayerNet(6, 5, 3, dtype=np.float64, seed=0)


@pytest.fixture
def batch(rng):
    return rng.standard_normal((7, 6)), rng.integers(0, 3, 7)


def nodes(loss):
    return [variable.creator for variable in topological_order(loss) if variable.creator is not None]


def test_there_is_one_node_a_layer_with_the_layers_name(two_layers, batch):
    loss = from_network(two_layers, *batch)
    assert [node.symbol for node in nodes(loss)] == ["Affine1", "ReLU1", "Affine2", "SoftmaxWithLoss"]
    assert [node.layer for node in nodes(loss)] == [*two_layers.layers.values(), two_layers.loss_layer]


def test_the_inputs_are_x_and_the_right_answers(two_layers, batch):
    x, t = batch
    loss = from_network(two_layers, x, t)
    given = [variable for variable in topological_order(loss) if variable.creator is None]
    assert [variable.name for variable in given] == ["x", "t"]
    assert given[0].data is x
    np.testing.assert_array_equal(given[1].data, t)
    loss.backward()
    assert given[1].grad is None


@pytest.mark.parametrize("name", list(NETWORKS))
def test_the_layers_hold_the_gradients_that_network_gradient_returns(rng, name):
    build, shape = NETWORKS[name]
    network, x, t = build(), rng.standard_normal((4, *shape)), rng.integers(0, 3, 4)
    expected = {key: grad.copy() for key, grad in network.gradient(x, t).items()}
    again = build()
    loss = from_network(again, x, t)
    loss.backward()
    assert loss.data == network.last_loss
    for key, param in again.params.items():
        (held,) = [
            grad
            for layer in again.layers.values()
            for own, grad in zip(layer.params.values(), layer.grads.values(), strict=True)
            if own is param
        ]
        np.testing.assert_array_equal(held, expected[key])


def test_every_value_between_two_layers_and_its_gradient_are_on_the_edges(two_layers, batch):
    x, t = batch
    loss = from_network(two_layers, x, t)
    loss.backward()
    _, h, a, scores, _ = (variable for variable in topological_order(loss) if variable.name != "t")
    affine1, _, affine2 = two_layers.layers.values()
    np.testing.assert_array_equal(h.data, x @ affine1.W + affine1.b)
    np.testing.assert_array_equal(a.data, np.maximum(h.data, 0))
    np.testing.assert_array_equal(scores.data, a.data @ affine2.W + affine2.b)
    np.testing.assert_allclose(scores.grad, (two_layers.loss_layer.y - np.eye(3)[t]) / 7, rtol=1e-12)
    np.testing.assert_array_equal(a.grad, scores.grad @ affine2.W.T)
    np.testing.assert_array_equal(h.grad, a.grad * (h.data > 0))


def test_the_data_get_a_gradient_too(two_layers, batch):
    x = Variable(batch[0], "image")
    loss = from_network(two_layers, x, batch[1])
    loss.backward()
    assert x.grad.shape == x.shape
    assert x.name == "image"


def test_where_a_gradient_vanishes_is_seen_on_the_edges(rng):
    layers = [layer for _ in range(10) for layer in (Affine(rng.standard_normal((8, 8)) / 3, np.zeros(8)), Sigmoid())]
    loss = from_network(Network(layers, IdentityWithLoss()), rng.standard_normal((5, 8)), rng.standard_normal((5, 8)))
    loss.backward()
    edges = [v for v in topological_order(loss) if v.creator is not None and v.creator.symbol.startswith("Sigmoid")]
    norms = [np.linalg.norm(edge.grad) for edge in edges]
    assert norms == sorted(norms)
    assert norms[0] < 1e-4 * norms[-1]


def test_the_layers_learn_as_in_network_gradient(rng):
    network = MultiLayerNet(6, [50], 3, use_dropout=True, seed=0)
    network.predict(np.ones((2, 6)))
    from_network(network, np.ones((2, 6)), np.array([0, 1]))
    assert network.layers["Dropout1"].training
    assert (network.layers["Dropout1"].mask == 0).any()


def test_float32_stays_float32(rng):
    network = TwoLayerNet(6, 5, 3, seed=0)
    loss = from_network(network, rng.random((4, 6), np.float32), np.array([0, 1, 2, 0]))
    loss.backward()
    for variable in topological_order(loss)[:-1]:
        if variable.name != "t":
            assert variable.data.dtype == variable.grad.dtype == np.float32


def test_backward_again_gives_the_same(two_layers, batch):
    loss = from_network(two_layers, *batch)
    loss.backward()
    first = [np.array(variable.grad) for variable in topological_order(loss) if variable.takes_gradient]
    loss.backward()
    for before, variable in zip(first, (v for v in topological_order(loss) if v.takes_gradient), strict=True):
        np.testing.assert_array_equal(before, variable.grad)


def test_a_factor_on_the_loss_goes_through_all_layers(two_layers, batch):
    expected = two_layers.gradient(*batch)["W1"].copy()
    (3 * from_network(two_layers, *batch)).backward()
    np.testing.assert_allclose(two_layers.layers["Affine1"].dW, 3 * expected, rtol=1e-12)


def test_nothing_is_recorded_under_no_grad(two_layers, batch):
    with no_grad():
        assert from_network(two_layers, *batch).creator is None


class BookReLU:
    """The ReLU of the book: its backward writes into dout."""

    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        return dout


class BookNetwork:
    """Neither a Network nor layers of this project, only what is called."""

    def __init__(self, rng):
        self.layers = OrderedDict(first=Affine(rng.standard_normal((6, 5)), np.zeros(5)), relu=BookReLU())
        self.loss_layer = SoftmaxWithLoss()


def test_any_object_with_layers_and_a_loss_layer_will_do(rng, batch):
    network = BookNetwork(rng)
    loss = from_network(network, *batch)
    loss.backward()
    assert [node.symbol for node in nodes(loss)] == ["first", "relu", "SoftmaxWithLoss"]
    ours = Network([Affine(network.layers["first"].W, np.zeros(5)), ReLU()], SoftmaxWithLoss())
    np.testing.assert_array_equal(network.layers["first"].dW, ours.gradient(*batch)["W1"])


def test_a_backward_that_writes_into_dout_leaves_the_gradient_on_the_edge_alone(rng, batch):
    loss = from_network(BookNetwork(rng), *batch)
    loss.backward()
    scores = loss.creator.inputs[0]
    before = scores.creator.inputs[0]
    assert (scores.grad != 0).all()
    np.testing.assert_array_equal(before.grad, scores.grad * (before.data > 0))


def test_a_layer_whose_gradient_has_a_wrong_shape_is_named(rng, batch):
    network = BookNetwork(rng)
    network.layers["relu"].backward = lambda dout: dout[0]
    loss = from_network(network, *batch)
    with pytest.raises(
        ValueError, match=r"^relu: backward gave a gradient of shape \(5,\) for an input of shape \(7, 5\)"
    ):
        loss.backward()


def test_what_a_layer_says_about_shapes_is_passed_on(two_layers, rng):
    with pytest.raises(ValueError, match="Affine: x has 4 features, W expects 6"):
        from_network(two_layers, rng.standard_normal((7, 4)), np.zeros(7, int))


@pytest.mark.parametrize("network", [3.0, Affine(np.ones((1, 1)), np.ones(1)), [ReLU()], None])
def test_what_is_no_network_is_refused(network):
    with pytest.raises(TypeError, match="from_network: expected a network with layers"):
        from_network(network, np.ones((1, 1)), np.ones((1, 1)))


def test_a_deep_network_of_the_book(rng):
    params = {f"conv_param_{number}": {"filter_num": 2} for number in range(1, 7)}
    network = DeepConvNet((1, 8, 8), **params, hidden_size=4, output_size=3, dtype=np.float64, seed=0)
    x, t = rng.standard_normal((3, 1, 8, 8)), rng.integers(0, 3, 3)
    from_network(network, x, t).backward()
    assert all(grad is not None for layer in network.layers.values() for grad in layer.grads.values())


def test_one_layer_in_two_places_is_refused():
    relu = ReLU()

    class Twice:
        layers: ClassVar = {"r1": relu, "r2": relu}
        loss_layer = IdentityWithLoss()

    with pytest.raises(ValueError, match="from_network: r1 and r2 are the same object"):
        from_network(Twice(), np.ones((1, 2)), np.ones((1, 2)))


def test_a_masked_class_costs_nothing():
    scores, t = np.array([[1.0, -np.inf], [-np.inf, 0.0]]), np.array([0, 1])
    assert softmax_cross_entropy(Variable(scores), t).data == 0.0
