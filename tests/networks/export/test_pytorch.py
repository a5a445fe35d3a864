"""Networks in PyTorch and back: the written module gives our scores and our gradients, and its weights return."""

import importlib.util
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings

from datasets.opening import open_digits
from layers import Affine, BatchNormalization, Convolution, IdentityWithLoss, ReLU, SigmoidWithLoss, SoftmaxWithLoss
from networks import DeepConvNet, MultiLayerNet, Network, ResidualNet, SimpleConvNet, TwoLayerNet, from_safetensors
from networks.export import pytorch_rule
from networks.export.pytorch_names import RESERVED
from networks.export.pytorch_rules import PYTORCH_RULES
from random_stacks import KINDS, RandomStack, stacks

torch = pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch==2.13.0)")
pytest.importorskip("safetensors", reason='safetensors is not installed (pip install -e ".[export]")')

NETWORKS = {
    "TwoLayerNet": lambda dtype: TwoLayerNet(64, 12, 10, activation="gelu", dtype=dtype, seed=0),
    "MultiLayerNet": lambda dtype: MultiLayerNet(
        64, [12, 9], 10, "softplus", weight_decay_lambda=0.3, use_batchnorm=True, dtype=dtype, seed=0
    ),
    "SimpleConvNet": lambda dtype: SimpleConvNet((1, 8, 8), {"filter_size": 3}, 12, dtype=dtype, seed=0),
    "DeepConvNet": lambda dtype: DeepConvNet((1, 8, 8), hidden_size=12, dropout_ratio=0.0, dtype=dtype, seed=0),
    "ResidualNet": lambda dtype: ResidualNet((1, 8, 8), (4, 6), dtype=dtype, seed=0),
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Export a network, and return what the module beside its weights defines."""

    def export(network, name="model", **options):
        folder = tmp_path_factory.mktemp("exported")
        network.export(folder / f"{name}.safetensors", **options)
        return module_at(folder / f"{name}.py")

    return export


def module_at(path):
    spec = importlib.util.spec_from_file_location("exported_model", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def digits_for(network):
    data = open_digits()
    data = data if isinstance(next(iter(network.layers.values())), Affine) else data.as_images()
    dtype = next(iter(network.params.values())).dtype
    return np.asarray(data.x_train[:40], dtype), data.t_train[:40]


def assert_close(came, expected, tolerance):
    scale = max(1.0, np.abs(expected).max())
    np.testing.assert_allclose(came, expected, rtol=tolerance, atol=tolerance * scale)


def assert_same_gradients(network, module, x, t, tolerance):
    """Compare the gradients of one step; the layers learn, so that batches are normalised by themselves."""
    grads = network.gradient(x, t)
    module.train()
    module.zero_grad()
    loss = module.loss(torch.tensor(x), torch.tensor(t))
    loss.backward()
    assert loss.item() == pytest.approx(network.loss(x, t, training=True), rel=1e-5)
    theirs = {name: parameter.grad.numpy() for name, parameter in module.named_parameters()}
    ours = Network.from_layers(network.layers, network.loss_layer)
    for name, gradient in grads.items():
        ours.params[name] = gradient  # in the weights' place, to have PyTorch's names and orientation
    for name, gradient in ours.state_dict().items():
        if name in theirs:
            assert_close(theirs[name], gradient, tolerance)
    assert len(theirs) == len(grads)


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize(("dtype", "scores", "gradients"), [(np.float32, 1e-5, 1e-6), (np.float64, 1e-12, 1e-10)])
def test_scores_and_the_gradients_of_a_step_are_the_same(exported, name, dtype, scores, gradients):
    network = NETWORKS[name](dtype)
    x, t = digits_for(network)
    network.gradient(x, t)  # so that there are running statistics
    module = exported(network).load()
    y = module(torch.tensor(x)).detach().numpy()
    assert y.dtype == dtype
    assert_close(y, network.predict(x), scores)
    assert_same_gradients(network, module, x, t, gradients)


@pytest.mark.parametrize("name", NETWORKS)
def test_weights_trained_in_pytorch_come_back(exported, tmp_path, name):
    network = NETWORKS[name](np.float32)
    x, t = digits_for(network)
    written = exported(network)
    module = written.load().train()
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    for _ in range(3):
        optimizer.zero_grad()
        module.loss(torch.tensor(x), torch.tensor(t)).backward()
        optimizer.step()
    written.save(module, tmp_path / "trained.safetensors")
    scores = module.eval()(torch.tensor(x)).detach().numpy()
    back = from_safetensors(tmp_path / "trained.safetensors")
    assert type(back) is type(network)
    assert back.arguments == network.arguments
    assert np.abs(network.predict(x) - scores).max() > 1e-3
    assert_close(back.predict(x), scores, 1e-5)
    network.load_state_dict(module.state_dict())
    np.testing.assert_array_equal(network.predict(x), back.predict(x))
    with torch.no_grad():
        next(module.parameters()).fill_(0)
    written.save(module)  # in place of the weights that it came with
    assert not next(iter(written.load().state_dict().values())).any()


def check_stack(exported, stack):
    network, x = stack.network, stack.x
    t = np.arange(len(x)) % network.predict(x).shape[1]
    module = exported(network, input_shape=x.shape[1:]).load()
    assert_close(module(torch.tensor(x)).detach().numpy(), network.predict(x), 1e-12)
    back = Network.from_layers(network.astype(np.float64).layers, network.loss_layer)
    back.load_state_dict({name: 2 * tensor for name, tensor in module.state_dict().items()})
    np.testing.assert_array_equal(next(iter(back.params.values())), 2 * next(iter(network.params.values())))
    assert_same_gradients(network, module, x, t, 1e-10)


WITHOUT_DROPOUT = sorted(set(KINDS) - {"Dropout"})


@given(stacks(np.float64, WITHOUT_DROPOUT))
def test_random_stacks(exported, stack):
    check_stack(exported, stack)


@pytest.mark.exhaustive
@settings(max_examples=300)
@given(stacks(np.float64, WITHOUT_DROPOUT))
def test_many_random_stacks(exported, stack):
    check_stack(exported, stack)


@pytest.mark.exhaustive
@settings(max_examples=200)
@given(stacks(np.float32))
def test_many_random_stacks_in_float32(exported, stack):
    module = exported(stack.network, input_shape=stack.x.shape[1:]).load()
    assert_close(module(torch.tensor(stack.x)).detach().numpy(), stack.network.predict(stack.x), 1e-5)


@given(stacks(np.float32))
def test_random_stacks_come_back_from_their_files(tmp_path_factory, stack):
    path = tmp_path_factory.mktemp("stack") / "model.safetensors"
    stack.network.export(path, input_shape=stack.x.shape[1:])
    back = from_safetensors(path)
    assert list(back.layers) == list(stack.network.layers)
    np.testing.assert_array_equal(back.predict(stack.x), stack.network.predict(stack.x))


def test_every_layer_of_the_random_stacks_has_a_rule():
    ours = {cls.__name__ for cls in PYTORCH_RULES if "layers." in cls.__module__}
    assert ours == set(KINDS) - {"Sequence", "Checkpoint", "Residual"}


@pytest.mark.parametrize(
    ("loss", "t"),
    [
        (IdentityWithLoss(), np.arange(10.0).reshape(5, 2)),
        (SigmoidWithLoss(), np.arange(10.0).reshape(5, 2) % 2),
        (SoftmaxWithLoss(), np.array([[0.3, 0.7]] * 5)),
    ],
)
def test_the_loss_is_the_loss_layers(exported, rng, loss, t):
    network = Network([Affine(rng.standard_normal((3, 2)), rng.standard_normal(2))], loss)
    assert_same_gradients(network, exported(network).load(), rng.standard_normal((5, 3)), t, 1e-12)


def test_probabilities_are_those_of_the_loss_layer(exported, rng):
    x = torch.tensor(rng.standard_normal((5, 3)))
    for loss, expected in ((SoftmaxWithLoss(), lambda y: y.softmax(1)), (SigmoidWithLoss(), torch.sigmoid)):
        module = exported(Network([Affine(rng.standard_normal((3, 2)), np.zeros(2))], loss)).load()
        torch.testing.assert_close(module.probabilities(x), expected(module(x)))
    module = exported(Network([Affine(rng.standard_normal((3, 2)), np.zeros(2))], IdentityWithLoss())).load()
    assert not hasattr(module, "probabilities")


class Wavy(TwoLayerNet):
    """A student's network with a loss of its own."""

    def loss(self, x, t, training=False):
        return super().loss(x, t, training) + np.sin(self.params["W1"]).sum()


def test_a_loss_that_is_not_known_is_left_out(exported):
    assert not hasattr(exported(Wavy(4, 3, 2, seed=0)).load(), "loss")


def test_layers_with_names_that_pytorch_cannot_have_get_others(exported, rng):
    names = ["conv.1", "conv 1", "forward", "class", "1", "", "합성곱", "loss", "_modules", "projection", "\ufb01n"]
    network = Network({name: Affine(rng.standard_normal((3, 3)), np.zeros(3)) for name in names}, SoftmaxWithLoss())
    module, x = exported(network).load(), rng.standard_normal((2, 3))
    assert_close(module(torch.tensor(x)).detach().numpy(), network.predict(x), 1e-12)
    found = [name.removesuffix(".weight") for name in network.state_dict() if name.endswith("weight")]
    assert found[:4] == ["conv_1", "conv_1_2", "forward_", "class_"]
    assert found[6] == "합성곱"


def test_no_layer_gets_the_name_of_something_that_a_module_has():
    public = {name for name in (*dir(torch.nn.Sequential()), *vars(torch.nn.Module())) if name[0] != "_"}
    assert public - {"T_destination"} <= RESERVED


@pytest.mark.parametrize("of_images", [False, True])
def test_batch_normalisation_behind_a_layer_of_ones_own_takes_rows_and_images(exported, rng, of_images):
    D = 2
    layers = [MyReLU(), BatchNormalization(rng.standard_normal(D), np.ones(D)), Affine(np.ones((8, 3)), np.ones(3))]
    if not of_images:
        layers[-1] = Affine(np.ones((D, 3)), np.ones(3))
    network = Network(layers, SoftmaxWithLoss())
    x = rng.standard_normal((3, D, 2, 2) if of_images else (3, D))
    with rule_for(MyReLU, pytorch_rule(MyReLU)(lambda layer, axes: "nn.ReLU()")):
        module = exported(network, input_shape=x.shape[1:]).load()
    assert_close(module(torch.tensor(x)).detach().numpy(), network.predict(x), 1e-12)


class MyReLU(ReLU):
    """A student's layer."""


class rule_for:
    """Take the rule of a class away afterwards."""

    def __init__(self, cls, rule):
        self.cls = cls

    def __enter__(self):
        pass

    def __exit__(self, *error):
        PYTORCH_RULES.pop(self.cls, None)


class Slope:
    """A student's layer with a parameter."""

    def __init__(self, W):
        self.W = W

    def forward(self, x):
        self.x = x
        return x * self.W

    def backward(self, dout):
        self.dW = (dout * self.x).sum(axis=0)
        return dout * self.W


SLOPE = '''
class Slope(nn.Module):
    """The product with one number a feature."""

    def __init__(self, features):
        super().__init__()
        self.slope = nn.Parameter(torch.ones(features))

    def forward(self, x):
        return x * self.slope
'''


def test_a_layer_of_ones_own_is_an_error_until_it_has_a_rule(exported, tmp_path, rng):
    network = Network({"last": Affine(np.ones((3, 2)), np.zeros(2)), "slope": Slope(np.ones(2))}, SoftmaxWithLoss())
    with pytest.raises(ValueError, match=r"slope: there is no rule .* class Slope .*@pytorch_rule\(Slope\)"):
        network.export(tmp_path / "model.safetensors")
    assert not list(tmp_path.iterdir())
    rule = pytorch_rule(Slope, names={"W": "slope"}, source=SLOPE)
    with rule_for(Slope, rule(lambda layer, axes: f"Slope({len(layer.W)})")):
        network.params["W2"] = rng.standard_normal(2)
        module, x = exported(network).load(), rng.standard_normal((4, 3))
        assert_close(module(torch.tensor(x)).detach().numpy(), network.predict(x), 1e-12)
        assert list(network.state_dict()) == ["last.weight", "last.bias", "slope.slope"]
        assert_same_gradients(network, module, x, np.array([0, 1, 1, 0]), 1e-12)


class Block:
    """A student's layer that is made of others, and whose parameters are views that are made anew each time."""

    def __init__(self, *sublayers):
        self.sublayers = sublayers

    def forward(self, x):
        for layer in self.sublayers:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        for layer in reversed(self.sublayers):
            dout = layer.backward(dout)
        return dout


class FlatSlope(Slope):
    @property
    def params(self):
        return {"W": self.W[:]}


def test_parameters_within_a_layer_of_ones_own_have_the_names_that_its_rule_gives(exported, rng):
    block = Block(
        Affine(rng.standard_normal((3, 3)), np.ones(3)), ReLU(), Affine(rng.standard_normal((3, 2)), np.ones(2))
    )
    first = Affine(rng.standard_normal((4, 3)), np.zeros(3))
    network = Network([first, block, FlatSlope(rng.standard_normal(2))], SoftmaxWithLoss())
    names = {"W1": "0.weight", "b1": "0.bias", "W2": "2.weight", "b2": "2.bias"}
    rule = pytorch_rule(Block, names=names, transposed=("W1", "W2"))
    slope = pytorch_rule(FlatSlope, names={"W": "slope"}, source=SLOPE)
    linear = "nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 2))"
    with rule_for(Block, rule(lambda layer, axes: linear)), rule_for(FlatSlope, slope(lambda layer, axes: "Slope(2)")):
        module, x = exported(network).load(), rng.standard_normal((4, 4))
        assert_close(module(torch.tensor(x)).detach().numpy(), network.predict(x), 1e-12)
        network.load_state_dict({name: 2 * array for name, array in network.state_dict().items()})
    np.testing.assert_array_equal(block.sublayers[2].b, 2 * np.ones(2))


@pytest.mark.parametrize("kinds", [["Residual", "Sequence", "Checkpoint", "Dropout", "LayerNormalization"], []])
def test_the_module_is_formatted_as_this_project_is(exported, root, kinds):
    stack = RandomStack(kinds, 3, np.float64, True)
    written = exported(stack.network, name="it's a model", input_shape=stack.x.shape[1:])
    for words in (["check", "--select", "E,F,W,I,UP,B"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *words, "--no-cache", "--config", str(root / "pyproject.toml")]
        result = subprocess.run([*command, written.__file__], capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr


def test_the_module_has_a_line_a_layer_with_the_shapes_of_the_summary(exported, root):
    network = ResidualNet((1, 8, 8), (4, 6), seed=0)
    with open(exported(network).__file__, encoding="utf-8") as file:
        lines = [line.strip() for line in file if line.startswith(" " * 12) and "#" in line]
    rows = [line.split("  ") for line in network.summary((1, 8, 8)).splitlines()[1:-2]]
    shapes = [next(part.strip() for part in row[1:] if part.strip()) for row in rows]
    assert [line.split("  # ")[1] for line in lines] == shapes
    named = [line.split("=")[0] for line in lines if not line.startswith(")")]
    assert named == [row[0] for row in rows if not row[0].startswith("Residual")]


@pytest.mark.exhaustive
def test_the_module_runs_by_itself_in_any_folder(exported, tmp_path):
    written = exported(TwoLayerNet(4, 3, 2, seed=0))
    result = subprocess.run([sys.executable, written.__file__], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "(Affine1): Linear(in_features=4, out_features=3, bias=True)" in result.stdout


def test_a_convolution_of_images_of_unknown_size(exported, rng):
    network = Network([Convolution(rng.standard_normal((2, 3, 3, 3)), np.zeros(2)), ReLU()], IdentityWithLoss())
    module, x = exported(network).load(), rng.standard_normal((2, 3, 5, 4))
    assert_close(module(torch.tensor(x)).detach().numpy(), network.predict(x), 1e-12)
