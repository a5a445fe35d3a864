"""Networks as ONNX: what ONNX Runtime computes of a file is what the network computes."""

import inspect
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings

import layers
from datasets.opening import open_digits, open_mnist
from layers import Affine, Dropout, IdentityWithLoss, Multiply, ReLU, SigmoidWithLoss, SoftmaxWithLoss, sigmoid, softmax
from networks import DeepConvNet, MultiLayerNet, Network, ResidualNet, SimpleConvNet, TwoLayerNet
from networks.export import onnx_rule
from networks.export.onnx_file import onnx_model
from networks.export.onnx_rules import ONNX_RULES
from random_stacks import IN_FLOAT64, KINDS, stacks

onnx = pytest.importorskip("onnx", reason='onnx is not installed (pip install -e ".[export]")')
runtime = pytest.importorskip("onnxruntime", reason="ONNX Runtime is not installed (pip install onnxruntime)")

OF_ROWS = ("TwoLayerNet", "MultiLayerNet")
SMALL = {
    "TwoLayerNet": lambda: TwoLayerNet(64, 12, 10, activation="gelu", seed=0),
    "MultiLayerNet": lambda: MultiLayerNet(64, [12, 9], 10, "softplus", use_batchnorm=True, use_dropout=True, seed=0),
    "SimpleConvNet": lambda: SimpleConvNet((1, 8, 8), {"filter_num": 5, "filter_size": 3}, 12, seed=0),
    "DeepConvNet": lambda: DeepConvNet((1, 8, 8), hidden_size=12, seed=0),
    "ResidualNet": lambda: ResidualNet((1, 8, 8), (4, 6), seed=0),
}
FULL = {
    "TwoLayerNet": lambda: TwoLayerNet(784, 50, 10, seed=0),
    "MultiLayerNet": lambda: MultiLayerNet(784, [100, 50], 10, use_batchnorm=True, use_dropout=True, seed=0),
    "SimpleConvNet": lambda: SimpleConvNet(seed=0),
    "DeepConvNet": lambda: DeepConvNet(seed=0),
    "ResidualNet": lambda: ResidualNet(seed=0),
}


def computed(model, x):
    """What ONNX Runtime computes."""
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    content = model if isinstance(model, str) else model.SerializeToString()
    (y,) = runtime.InferenceSession(content, options).run(None, {"x": x})
    return y


def assert_close(came, expected, tolerance):
    assert came.dtype == expected.dtype
    assert came.shape == expected.shape
    scale = max(1.0, np.abs(expected).max())
    np.testing.assert_allclose(came, expected, rtol=tolerance, atol=tolerance * scale)


@pytest.mark.parametrize("name", SMALL)
def test_scores_on_digits_are_ours_for_batches_of_any_size(tmp_path, name):
    network, data = SMALL[name](), open_digits()
    data = data if name in OF_ROWS else data.as_images()
    train_a_little(network, data)
    network.export(tmp_path / "model.onnx")
    for size in (1, 7, 300):
        x = np.asarray(data.x_test[:size], np.float32)
        assert_close(computed(str(tmp_path / "model.onnx"), x), network.predict(x), 1e-5)


def train_a_little(network, data):
    """Take some steps, after which the network has running statistics of its own."""
    for start in (0, 50, 100):
        x, t = np.asarray(data.x_train[start : start + 50]), data.t_train[start : start + 50]
        for name, gradient in network.gradient(x, t).items():
            network.params[name] -= 0.05 * gradient


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", FULL)
def test_scores_on_a_thousand_test_digits_of_mnist_are_ours(tmp_path, mnist_folder, name):
    data = open_mnist(mnist_folder)
    data = data if name in OF_ROWS else data.as_images()
    network = FULL[name]()
    train_a_little(network, data)
    network.export(tmp_path / "model.onnx")
    x = np.asarray(data.x_test[:1000], np.float32)
    for size in (1, 7, 1000):
        assert_close(computed(str(tmp_path / "model.onnx"), x[:size]), network.predict(x[:size]), 1e-5)


@given(stacks(np.float32))
def test_random_stacks_in_float32(stack):
    model = onnx_model(stack.network, input_shape=stack.x.shape[1:])
    for size in (1, 7):
        assert_close(computed(model, stack.x[:size]), stack.network.predict(stack.x[:size]), 1e-5)


@given(stacks(np.float64, IN_FLOAT64))
def test_random_stacks_in_float64(stack):
    model = onnx_model(stack.network, input_shape=stack.x.shape[1:])
    assume("Conv" not in {node.op_type for node in model.graph.node})  # within a residual connection
    for size in (1, 7):
        assert_close(computed(model, stack.x[:size]), stack.network.predict(stack.x[:size]), 1e-12)


@pytest.mark.exhaustive
@settings(max_examples=300)
@given(stacks(np.float32))
def test_many_random_stacks_in_float32(stack):
    test_random_stacks_in_float32.hypothesis.inner_test(stack)


@pytest.mark.exhaustive
@settings(max_examples=300)
@given(stacks(np.float64, IN_FLOAT64))
def test_many_random_stacks_in_float64(stack):
    test_random_stacks_in_float64.hypothesis.inner_test(stack)


@settings(max_examples=5)
@given(stacks(np.float64))
def test_what_onnx_runtime_lacks_in_float64_is_as_the_standard_defines_it(stack):
    """By the reference of ONNX itself, but for its erf, which is one in float32."""
    from onnx.reference import ReferenceEvaluator
    from onnx.reference.op_run import OpRun

    class Erf(OpRun):
        def _run(self, x):
            return (np.vectorize(math.erf, otypes=[float])(x),)

    model = onnx_model(stack.network, input_shape=stack.x.shape[1:])
    (y,) = ReferenceEvaluator(model, new_ops=[Erf]).run(None, {"x": stack.x})
    assert_close(y, stack.network.predict(stack.x), 1e-12)


def test_every_layer_has_a_rule_and_is_among_the_random_stacks():
    ours = {cls for _, cls in inspect.getmembers(layers, inspect.isclass)} - {layers.Layer}
    assert ours <= set(ONNX_RULES)
    losses = {SoftmaxWithLoss, SigmoidWithLoss, IdentityWithLoss}
    of_two_inputs = {layers.Add, layers.Multiply}
    assert {cls.__name__ for cls in ours - losses - of_two_inputs} == set(KINDS)


@pytest.mark.parametrize("name", SMALL)
def test_the_graph_shows_the_layers_and_shapes_of_the_summary(name):
    network = SMALL[name]()
    model = onnx_model(network, probabilities=True)
    assert [entry.version for entry in model.opset_import] == [17]
    nodes = [node for node in model.graph.node if "/" not in node.name]
    shape = () if name in OF_ROWS else ((1, 8, 8),)
    rows = [line.split("  ") for line in network.summary(*shape).splitlines()[1:-1]]
    assert [node.name for node in nodes] == [row[0].strip() for row in rows]
    shapes = {value.name: shape_of(value) for value in (*model.graph.value_info, *model.graph.output)}
    shown = [next(part.strip() for part in row[1:] if part.strip()) for row in rows]
    assert [shapes[node.output[0]] for node in nodes][:-1] == shown[:-1]
    assert [shape_of(value) for value in model.graph.output] == ["(N, 10)"]


def shape_of(value):
    return "(" + ", ".join(d.dim_param or str(d.dim_value) for d in value.type.tensor_type.shape.dim) + ")"


@pytest.mark.parametrize("name", SMALL)
def test_the_arrays_are_the_networks_own_under_their_names(name):
    network = SMALL[name]()
    arrays = {each.name: onnx.numpy_helper.to_array(each) for each in onnx_model(network).graph.initializer}
    kept = {key: arrays[key] for key in (*network.params, *network.state)}
    for key, array in {**network.params, **network.state}.items():
        np.testing.assert_array_equal(kept[key], array)
    assert all("/" in name for name in arrays.keys() - kept.keys())  # constants, after the layer that uses them


@pytest.mark.parametrize(("loss", "expected"), [(SoftmaxWithLoss(), softmax), (SigmoidWithLoss(), sigmoid)])
def test_probabilities_are_those_of_the_loss_layer(rng, loss, expected):
    network = Network([Affine(rng.standard_normal((4, 3)), rng.standard_normal(3))], loss)
    x = rng.standard_normal((5, 4))
    model = onnx_model(network, probabilities=True)
    assert model.graph.output[0].name == "probabilities"
    assert_close(computed(model, x), expected(network.predict(x)), 1e-12)


def test_a_regression_has_no_probabilities(rng):
    network = Network([Affine(rng.standard_normal((4, 3)), np.zeros(3))], IdentityWithLoss())
    with pytest.raises(ValueError, match="IdentityWithLoss is for regression"):
        onnx_model(network, probabilities=True)


def test_names_that_others_have_are_kept_by_the_nodes(rng):
    names = ["W1", "x", "scores", "", "a/b", "W1/Erf"]
    named = {name: Affine(rng.standard_normal((3, 3)), rng.standard_normal(3)) for name in names}
    network, x = Network({**named, 7: layers.GELU()}, SoftmaxWithLoss()).astype(np.float32), np.ones((2, 3), np.float32)
    model = onnx_model(network)
    assert [node.name for node in model.graph.node if node.op_type == "Gemm"] == names
    assert model.graph.node[-1].name == "7"
    assert_close(computed(model, x), network.predict(x), 1e-5)


def test_a_network_that_changes_nothing_is_exported_too():
    model = onnx_model(Network([Dropout()], SoftmaxWithLoss()), input_shape=(3,))
    assert computed(model, np.ones((2, 3), np.float32)).tolist() == [[1, 1, 1]] * 2


def test_weights_that_two_layers_share_are_in_the_file_once(rng):
    W = rng.standard_normal((3, 3))
    network = Network([Affine(W, np.zeros(3)), ReLU(), Affine(W, np.ones(3))], SoftmaxWithLoss())
    model = onnx_model(network)
    assert [array.name for array in model.graph.initializer] == ["W1", "b1", "b2"]
    x = rng.standard_normal((2, 3))
    assert_close(computed(model, x), network.predict(x), 1e-12)


def test_images_of_unknown_size_have_letters(rng):
    network = Network([layers.Convolution(rng.standard_normal((2, 3, 3, 3)), np.zeros(2))], IdentityWithLoss())
    network = network.astype(np.float32)
    model = onnx_model(network)
    assert shape_of(model.graph.input[0]) == "(N, 3, H, W)"
    for size in (5, 8):
        x = rng.standard_normal((2, 3, size, 4)).astype(np.float32)
        assert_close(computed(model, x), network.predict(x), 1e-5)


def test_rows_may_be_given_as_images(rng):
    network = TwoLayerNet(12, 3, 2, seed=0)
    x = rng.standard_normal((2, 1, 3, 4)).astype(np.float32)
    assert_close(computed(onnx_model(network, input_shape=(1, 3, 4)), x), network.predict(x), 1e-5)


class Broken:
    """A student's layer whose rule is wrong."""

    def forward(self, x):
        return x

    def backward(self, dout):
        return dout


@pytest.mark.parametrize(
    ("rule", "error", "message"),
    [
        (
            lambda graph, layer, x: graph.node("Gemm", x),
            ValueError,
            "Network: what the rules .* is no valid ONNX graph",
        ),
        (
            lambda graph, layer, x: graph.node("NoSuchThing", x),
            ValueError,
            "Broken1: ONNX has no operation 'NoSuchThing'",
        ),
        (lambda graph, layer, x: None, TypeError, r"Broken1: expected its onnx_rule to return what graph.node gave it"),
    ],
)
def test_a_rule_that_is_wrong_is_told(rule, error, message):
    onnx_rule(Broken)(rule)
    try:
        with pytest.raises(error, match=message):
            onnx_model(Network([Broken()], SoftmaxWithLoss()), input_shape=(3,))
    finally:
        ONNX_RULES.pop(Broken)


class Square:
    """A student's layer, made of one of ours with two inputs."""

    def __init__(self):
        self.multiply = Multiply()

    def forward(self, x):
        return 3 * self.multiply.forward(x, x)

    def backward(self, dout):
        return sum(self.multiply.backward(3 * dout))


def test_a_layer_of_ones_own_is_an_error_until_it_has_a_rule(rng):
    network = Network({"square": Square(), "last": Affine(np.ones((3, 2)), np.zeros(2))}, SoftmaxWithLoss())
    with pytest.raises(ValueError, match=r"square: there is no rule .* class Square .*@onnx_rule\(Square\)"):
        onnx_model(network, input_shape=(3,))
    try:

        @onnx_rule(Square)
        def square(graph, layer, x):
            return graph.node("Mul", graph.layer("multiply", layer.multiply, x, x), 3.0)

        model = onnx_model(network, input_shape=(3,))
    finally:
        ONNX_RULES.pop(Square, None)
    names = ["square/multiply", "square", "last/Flatten", "last"]
    assert [node.name for node in model.graph.node] == names
    x = rng.standard_normal((4, 3))
    assert_close(computed(model, x), network.predict(x), 1e-12)
