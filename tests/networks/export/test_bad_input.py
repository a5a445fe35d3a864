"""What cannot be exported or loaded is said, with what to do about it."""

import json
import random
import subprocess
import sys

import numpy as np
import pytest

from layers import Affine, IdentityWithLoss, ReLU, Residual, SoftmaxWithLoss
from networks import ModelFileError, MultiLayerNet, Network, ResidualNet, TwoLayerNet, from_safetensors
from networks.export.extras import package
from tests_support import few_quick, folder_contents

NEEDS = 'is not installed (pip install -e ".[export]")'


@pytest.fixture
def network():
    return TwoLayerNet(4, 3, 2, seed=0)


@pytest.fixture
def saved(tmp_path, network):
    """A network's safetensors file."""
    pytest.importorskip("safetensors", reason=f"safetensors {NEEDS}")
    network.export(tmp_path / "model.safetensors")
    return tmp_path / "model.safetensors"


@pytest.mark.parametrize("name", ["model.pt", "model", "model.onnx.gz", "model.npz"])
def test_another_ending_is_named_with_those_that_are_known(network, tmp_path, name):
    with pytest.raises(ValueError, match=rf"{name}' has .* ending.*, expected \.onnx \(ONNX\) or \.safetensors \(Py"):
        network.export(tmp_path / name)
    assert folder_contents(tmp_path) == []


@pytest.mark.parametrize("ending", [".onnx", ".safetensors"])
def test_a_path_that_cannot_be_written_is_named(network, tmp_path, ending):
    pytest.importorskip("onnx", reason=f"onnx {NEEDS}")
    with pytest.raises(OSError, match=rf"cannot write .*nowhere.*model{ending}: No such file or directory"):
        network.export(tmp_path / "nowhere" / f"model{ending}")
    (tmp_path / f"folder{ending}").mkdir()
    with pytest.raises(OSError, match=rf"cannot write .*folder{ending}: Is a directory"):
        network.export(tmp_path / f"folder{ending}")
    assert folder_contents(tmp_path) == [f"folder{ending}"]


def test_an_export_that_fails_leaves_the_old_files(saved, network, monkeypatch):
    before = {path.name: path.read_bytes() for path in saved.parent.iterdir()}
    network.params["W1"] += 1
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match=r"cannot write .*model.safetensors: No space left on device"):
        network.export(saved)
    assert {path.name: path.read_bytes() for path in saved.parent.iterdir()} == before


def test_a_python_file_of_somebody_else_is_not_replaced(saved, network):
    module = saved.with_suffix(".py")
    network.export(saved)  # its own is
    module.write_text("print('mine')\n", encoding="utf-8")
    before = saved.read_bytes()
    with pytest.raises(OSError, match=r"its module would replace .*model.py, which export did not write"):
        network.export(saved)
    assert module.read_text(encoding="utf-8") == "print('mine')\n"
    assert saved.read_bytes() == before


@pytest.mark.parametrize(("ending", "missing"), [(".onnx", "onnx"), (".safetensors", "safetensors")])
def test_an_extra_that_is_not_installed_is_named_with_the_command(network, tmp_path, monkeypatch, ending, missing):
    def refuse(name):
        package = name.partition(".")[0]
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)

    monkeypatch.setattr("networks.export.extras.import_module", refuse)
    with pytest.raises(ImportError, match=rf'{missing}, .*: python -m pip install "chainrule\[export\]"'):
        network.export(tmp_path / f"model{ending}")
    (tmp_path / "some.safetensors").write_bytes(b"")
    for read in (from_safetensors, network.load_state_dict):
        with pytest.raises(ImportError, match="python -m pip install"):
            read(tmp_path / "some.safetensors")
    assert folder_contents(tmp_path) == ["some.safetensors"]


def test_what_an_installed_package_lacks_itself_is_not_said_to_be_the_package(monkeypatch):
    def refuse(name):
        raise ModuleNotFoundError("No module named 'google'", name="google")

    monkeypatch.setattr("networks.export.extras.import_module", refuse)
    with pytest.raises(ModuleNotFoundError, match="'google'"):
        package("onnx", ".onnx")


def test_importing_networks_imports_none_of_the_packages(root):
    code = "import sys, networks, networks.export; print({'onnx', 'safetensors', 'torch'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


class Doubling(TwoLayerNet):
    """A student's network that does more than its layers."""

    def predict(self, x, training=False):
        return 2 * super().predict(x, training)


@pytest.mark.parametrize("ending", [".onnx", ".safetensors"])
def test_a_network_that_does_more_than_its_layers_is_refused(tmp_path, ending):
    pytest.importorskip("onnx", reason=f"onnx {NEEDS}")
    with pytest.raises(ValueError, match=r"Doubling has a predict of its own.*Network\(network.layers"):
        Doubling(4, 3, 2).export(tmp_path / f"model{ending}")
    network = Network([Affine(np.ones((3, 3)), np.zeros(3)), Residual(ReLU())], SoftmaxWithLoss())
    network.layers["Residual1"].layers[0].forward = lambda x: x
    with pytest.raises(ValueError, match="Residual1: this ReLU has a forward of its own"):
        network.export(tmp_path / f"model{ending}")
    assert folder_contents(tmp_path) == []


class MyReLU(ReLU):
    """A student's layer, which may do something else than its parent."""


@pytest.mark.parametrize(("ending", "rule"), [(".onnx", "onnx_rule"), (".safetensors", "pytorch_rule")])
@pytest.mark.parametrize("inside", [False, True])
def test_a_layer_without_a_rule_is_named_with_the_way_to_give_one(tmp_path, ending, rule, inside):
    pytest.importorskip("onnx", reason=f"onnx {NEEDS}")
    layer = Residual(MyReLU()) if inside else MyReLU()
    network = Network([layer, Affine(np.ones((3, 3)), np.zeros(3))], SoftmaxWithLoss())
    name = "Residual1/MyReLU1" if inside else "MyReLU1"
    with pytest.raises(ValueError, match=rf"{name}: there is no rule .* MyReLU .* @{rule}\(MyReLU\) from"):
        network.export(tmp_path / f"model{ending}")


@pytest.mark.parametrize("shape", [(5,), (2, 3)])
def test_an_input_shape_that_does_not_fit_is_told_by_the_layer(network, tmp_path, shape):
    pytest.importorskip("onnx", reason=f"onnx {NEEDS}")
    with pytest.raises(ValueError, match=r"Affine: x has . features, W expects 4"):
        network.export(tmp_path / "model.onnx", input_shape=shape)


@pytest.mark.parametrize("shape", [5, (0,), (True,), (1.0,), "28"])
def test_an_input_shape_that_is_none_is_named(network, tmp_path, shape):
    pytest.importorskip("onnx", reason=f"onnx {NEEDS}")
    with pytest.raises(ValueError, match=r"input_shape must be the shape of one sample, such as \(1, 28, 28\), got"):
        network.export(tmp_path / "model.onnx", input_shape=shape)


def test_a_network_that_does_not_tell_what_it_takes_asks_for_it(tmp_path):
    pytest.importorskip("onnx", reason=f"onnx {NEEDS}")
    with pytest.raises(ValueError, match=r"do not tell what it takes; pass .* such as input_shape=\(784,\)"):
        Network([ReLU()], IdentityWithLoss()).export(tmp_path / "model.onnx")


def test_parameters_of_several_dtypes_are_named(tmp_path):
    pytest.importorskip("onnx", reason=f"onnx {NEEDS}")
    layers = [Affine(np.ones((2, 2)), np.zeros(2)), Affine(np.ones((2, 2), np.float32), np.zeros(2, np.float32))]
    with pytest.raises(ValueError, match=r"float32 and float64; expected one dtype of .*astype\(numpy.float32\)"):
        Network(layers, SoftmaxWithLoss()).export(tmp_path / "model.onnx")


def test_probabilities_are_no_option_of_weights(network, tmp_path):
    pytest.importorskip("safetensors", reason=f"safetensors {NEEDS}")
    with pytest.raises(ValueError, match=r"probabilities=True is for .onnx.*module.probabilities\(x\)"):
        network.export(tmp_path / "model.safetensors", probabilities=True)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"Affine1.weight": np.ones((4, 3))}, r"Affine1.weight is \(4, 3\), expected \(3, 4\)"),
        ({"Affine2.bias": None}, r"Affine2.bias is not there, expected \(2,\)"),
        ({"fc.weight": np.ones(2)}, r"fc.weight is \(2,\), expected no array of that name"),
        ({"Affine1.weight": np.ones((3, 4), int)}, "Affine1.weight must hold floats, it holds int64"),
    ],
)
def test_weights_that_do_not_fit_are_named_and_change_nothing(network, changes, message):
    before = network.state_dict()
    state = {name: array for name, array in {**network.state_dict(), **changes}.items() if array is not None}
    with pytest.raises(ModelFileError, match=f"the state.*{message}"):
        network.load_state_dict(state)
    for name, array in network.state_dict().items():
        np.testing.assert_array_equal(array, before[name])


def test_weights_of_another_network_do_not_fit(saved, tmp_path):
    with pytest.raises(ModelFileError, match=r"model.safetensors does not fit: Affine1.weight is \(3, 4\), expected"):
        TwoLayerNet(4, 5, 2).load_state_dict(saved)


def test_a_file_that_does_not_say_what_network_it_holds_is_loaded_into_one(network, tmp_path):
    numpy = pytest.importorskip("safetensors.numpy", reason=f"safetensors {NEEDS}")
    state = {name: array + 1 for name, array in network.state_dict().items()}
    numpy.save_file(state, tmp_path / "theirs.safetensors")
    with pytest.raises(ModelFileError, match=r"does not say what network.*call its load_state_dict\(path\)"):
        from_safetensors(tmp_path / "theirs.safetensors")
    before = network.params["W1"].copy()
    network.load_state_dict(tmp_path / "theirs.safetensors")
    np.testing.assert_array_equal(network.params["W1"], before + 1)


def test_numbers_that_numpy_lacks_are_named(network, tmp_path):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch==2.13.0)")
    save_file = pytest.importorskip("safetensors.torch", reason=f"safetensors {NEEDS}").save_file
    state = {name: torch.tensor(array).bfloat16() for name, array in network.state_dict().items()}
    save_file(state, tmp_path / "brief.safetensors")
    with pytest.raises(ModelFileError, match=r"brief.safetensors: Affine1.\w+ holds BF16, which NumPy lacks"):
        network.load_state_dict(tmp_path / "brief.safetensors")
    with pytest.raises(ModelFileError, match=r"Affine1.weight cannot be read as an array: .*BFloat16"):
        network.load_state_dict(state)


def test_a_missing_file_is_not_found(network, tmp_path):
    pytest.importorskip("safetensors", reason=f"safetensors {NEEDS}")
    for read in (from_safetensors, network.load_state_dict):
        with pytest.raises(FileNotFoundError):
            read(tmp_path / "nothing.safetensors")


NETWORKS = (
    TwoLayerNet(4, 3, 2, seed=0),
    MultiLayerNet(4, [3, 3], 2, use_dropout=True, use_batchnorm=True, seed=0),
    ResidualNet((1, 4, 4), (2, 3), output_size=2, seed=0),
)


@pytest.mark.parametrize("number", range(len(NETWORKS)))
@pytest.mark.parametrize("each", few_quick([100, 2000], 100))
def test_damaged_files_give_a_result_or_a_documented_error(tmp_path, each, number):
    """Half of the files are damaged byte by byte, half in what their header says."""
    pytest.importorskip("safetensors", reason=f"safetensors {NEEDS}")
    network, path, chance = NETWORKS[number], tmp_path / "model.safetensors", random.Random(number)
    if number == len(NETWORKS) - 1:
        network.arguments = None  # as those of a network of one's own are
    network.export(path, input_shape=(1, 4, 4) if number == 2 else None)
    content, read = path.read_bytes(), []
    for count in range(each):
        path.write_bytes(damaged(content, chance) if count % 2 else with_odd_header(content, chance))
        for load in (from_safetensors, network.load_state_dict):
            try:
                load(path)
                read.append(True)
            except ModelFileError as error:
                assert str(path) in str(error)  # noqa: PT017
                read.append(False)
    assert {True, False} <= set(read)


def damaged(content, chance):
    """The bytes with something done to them: changed, lost, or put in between."""
    place, length = chance.randrange(len(content)), chance.choice((1, 1, 2, 8, 64))
    if chance.random() < 0.3:
        place = chance.randrange(16)  # where the length of the header stands
    piece = bytes(chance.randrange(256) for _ in range(length))
    return chance.choice(
        (
            content[:place] + piece + content[place + length :],
            content[:place] + content[place + length :],
            content[:place] + piece + content[place:],
            content[:place],
        )
    )


ODD = (
    None,
    True,
    -1,
    0,
    1,
    10**9,
    10**30,
    1.5,
    "",
    "x" * 1000,
    "BF16",
    "F64",
    "I8",
    [],
    [0],
    [10**6, 10**6],
    {},
    {"a": 1},
)


def with_odd_header(content, chance):
    """The file with one thing in its header, or in what it says about the network, replaced by an odd one."""
    length = int.from_bytes(content[:8], "little")
    header, arrays = json.loads(content[8 : 8 + length]), content[8 + length :]
    if chance.random() < 0.6:
        about = json.loads(header["__metadata__"]["chainrule"])
        header["__metadata__"]["chainrule"] = json.dumps(odd(about, chance))
    else:
        header = odd(header, chance)
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + arrays


def odd(value, chance):
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        if chance.random() < 0.1:
            return {name: item for name, item in value.items() if name != key}
        return value | {key: odd(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.7:
        place = chance.randrange(len(value))
        return [*value[:place], odd(value[place], chance), *value[place + 1 :]]
    return chance.choice(ODD)
