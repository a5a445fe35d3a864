import itertools
import json

import numpy as np
import pytest

from layers import Affine, IdentityWithLoss, ReLU, SoftmaxWithLoss
from networks import ModelFileError, MultiLayerNet, Network, TwoLayerNet


@pytest.fixture
def network():
    return TwoLayerNet(4, 3, 2, "xavier", "sigmoid", seed=5)


@pytest.fixture
def saved(network, tmp_path):
    path = tmp_path / "model.npz"
    network.save(path)
    return path


SIZES = {"input_size": 4, "hidden_size": 3, "output_size": 2, "weight_init_std": "he"}


def rewrite(path, **changes):
    """Write the model file again with other arrays or other meta data."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    meta = json.loads(str(arrays.pop("meta"))) | changes.pop("meta", {})
    arrays |= changes
    np.savez(path, meta=np.array(json.dumps(meta)), **{n: a for n, a in arrays.items() if a is not None})


def assert_same(a, b):
    assert list(a.params) == list(b.params)
    for name, param in a.params.items():
        assert param.dtype == b.params[name].dtype
        np.testing.assert_array_equal(param, b.params[name])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("init", ["he", 0.01])
def test_a_saved_network_comes_back_to_the_bit(tmp_path, dtype, init):
    network = TwoLayerNet(4, 3, 2, init, "sigmoid", dtype)
    network.save(tmp_path / "model.npz")
    loaded = Network.load(tmp_path / "model.npz")
    assert type(loaded) is TwoLayerNet
    assert list(loaded.layers) == ["Affine1", "Sigmoid1", "Affine2"]
    assert loaded.arguments == network.arguments
    assert_same(network, loaded)


def test_the_file_needs_no_pickle_and_says_what_it_is(saved):
    with np.load(saved, allow_pickle=False) as file:
        meta = json.loads(str(file["meta"]))
        assert set(file.files) == {"meta", "W1", "b1", "W2", "b2"}
    assert meta["format"] == "chainrule model"
    assert meta["version"] == 1
    assert meta["network"] == "TwoLayerNet"
    assert meta["arguments"]["hidden_size"] == 3


def test_a_network_of_the_projects_layers_comes_back(tmp_path, rng):
    layers = {"first": Affine(rng.standard_normal((4, 3)), np.ones(3)), "second": ReLU()}
    network = Network(layers, IdentityWithLoss())
    network.save(tmp_path / "model.npz")
    loaded = Network.load(tmp_path / "model.npz")
    assert [(name, type(layer)) for name, layer in loaded.layers.items()] == [("first", Affine), ("second", ReLU)]
    assert type(loaded.loss_layer) is IdentityWithLoss
    assert_same(network, loaded)


class MyReLU(ReLU):
    """A layer that only its author knows."""


def test_a_network_with_a_layer_of_ones_own_is_saved_and_loaded_into(tmp_path, rng):
    def build():
        return Network([Affine(rng.standard_normal((4, 3)), np.ones(3)), MyReLU()], SoftmaxWithLoss())

    network, other = build(), build()
    network.save(tmp_path / "model.npz")
    with pytest.raises(ModelFileError, match=r"'MyReLU' is not a layer of the project; .*load_params\(path\)"):
        Network.load(tmp_path / "model.npz")
    other.load_params(tmp_path / "model.npz")
    assert_same(network, other)


class MyNet(TwoLayerNet):
    """A student's network."""


class Deep(Network):
    """A student's network with a constructor of its own, which keeps no arguments."""

    def __init__(self, sizes):
        rng = np.random.default_rng(0)
        layers = [Affine(rng.standard_normal(pair), np.zeros(pair[1])) for pair in itertools.pairwise(sizes)]
        super().__init__(layers, SoftmaxWithLoss())


def test_a_network_of_ones_own_comes_back_as_itself(tmp_path):
    network = Deep([4, 3, 2])
    network.save(tmp_path / "deep.npz")
    loaded = Deep.load(tmp_path / "deep.npz")
    assert type(loaded) is type(Network.load(tmp_path / "deep.npz")) is Deep
    assert_same(network, loaded)


class Narrow(TwoLayerNet):
    """A student's network whose constructor takes other arguments than its parent's."""

    def __init__(self, hidden):
        super().__init__(4, hidden, 2, seed=0)


def test_a_network_of_ones_own_with_a_ready_made_parent_comes_back_by_its_own_arguments(tmp_path):
    network = Narrow(3)
    assert network.arguments == {"hidden": 3}
    network.save(tmp_path / "narrow.npz")
    assert_same(network, Narrow.load(tmp_path / "narrow.npz"))


class HandsOn(MultiLayerNet):
    """A student's network that hands its arguments on to its parent."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)


class Named(MultiLayerNet):
    def __init__(self, depth, **options):
        super().__init__(4, [3] * depth, 2, **options)


class OfData(TwoLayerNet):
    """A student's network that is made to fit its data."""

    def __init__(self, x, classes):
        super().__init__(x.shape[1], 3, classes, seed=0)


@pytest.mark.parametrize(
    ("network", "arguments"),
    [
        (HandsOn(4, [3], 2, weight_decay_lambda=0.5, seed=0), {"input_size": 4, "weight_decay_lambda": 0.5}),
        (Named(2, weight_decay_lambda=0.5, seed=0), {"depth": 2, "weight_decay_lambda": 0.5, "seed": 0}),
        (OfData(np.zeros((1000, 4)), 2), None),
        (MultiLayerNet.from_layers({"Affine1": Affine(np.ones((4, 2)), np.zeros(2))}, SoftmaxWithLoss()), None),
    ],
    ids=["*arguments", "**options", "of data", "of layers"],
)
def test_networks_of_every_kind_of_constructor_come_back(tmp_path, network, arguments):
    network.save(tmp_path / "model.npz")
    loaded = type(network).load(tmp_path / "model.npz")
    assert_same(network, loaded)
    if arguments is None:
        assert network.arguments is None
        assert (tmp_path / "model.npz").stat().st_size < 10_000
    else:
        assert loaded.arguments == network.arguments
        assert arguments.items() <= network.arguments.items()
        assert loaded.weight_decay_lambda == 0.5


class Widened(TwoLayerNet):
    """A student's network whose constructor takes what no model file can hold."""

    def __init__(self, narrow):
        super().__init__(4, 2 * narrow.params["W1"].shape[1], 2, seed=0)


def test_a_network_that_cannot_be_rebuilt_says_how_to_load_it(tmp_path):
    network, other = Widened(Narrow(3)), Widened(Narrow(3))
    other.params["W1"] = np.zeros((4, 6))
    network.save(tmp_path / "wide.npz")
    with pytest.raises(ModelFileError, match=r"cannot build a Widened.*call its load_params\(path\)"):
        Widened.load(tmp_path / "wide.npz")
    other.load_params(tmp_path / "wide.npz")
    assert_same(network, other)


def test_a_class_of_the_same_name_does_not_take_the_projects_place(saved):
    type("TwoLayerNet", (Network,), {})
    assert type(TwoLayerNet.load(saved)) is type(Network.load(saved)) is TwoLayerNet


def test_numpy_numbers_as_arguments_can_be_saved(tmp_path):
    network = TwoLayerNet(np.int64(4), np.int32(3), 2, np.float32(0.5), seed=np.int64(3))
    network.save(tmp_path / "model.npz")
    assert_same(network, Network.load(tmp_path / "model.npz"))


def test_a_subclass_comes_back_as_itself_and_loading_another_class_is_refused(tmp_path, saved):
    MyNet(4, 3, 2).save(tmp_path / "mine.npz")
    assert type(Network.load(tmp_path / "mine.npz")) is MyNet
    with pytest.raises(ModelFileError, match="holds a TwoLayerNet, expected a MyNet"):
        MyNet.load(saved)


def test_the_path_is_taken_as_it_is(network, tmp_path):
    network.save(tmp_path / "model")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_save_that_fails_leaves_the_old_file(network, saved):
    before = saved.read_bytes()
    network.arguments["hidden_size"] = object()
    with pytest.raises(TypeError):
        network.save(saved)
    assert saved.read_bytes() == before
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_file_is_named(saved, share):
    content = saved.read_bytes()
    saved.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ModelFileError, match=r"model.npz is not a whole model file: ."):
        Network.load(saved)


@pytest.mark.exhaustive
def test_any_flipped_byte_gives_the_network_or_a_clear_error(network, saved):
    content = saved.read_bytes()
    for position in range(0, len(content), 7):
        damaged = bytearray(content)
        damaged[position] ^= 0xFF
        saved.write_bytes(damaged)
        try:
            assert_same(Network.load(saved), network)
        except ModelFileError as error:
            assert "model.npz" in str(error)  # noqa: PT017


@pytest.mark.parametrize("content", [b"", b"hello", b"\x93NUMPY", b"PK\x03\x04"])
def test_a_foreign_file_is_named(tmp_path, content):
    path = tmp_path / "foreign.npz"
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match=r"foreign.npz is not a whole model file: ."):
        Network.load(path)


def test_an_array_file_and_an_archive_without_meta_data_are_refused(tmp_path):
    np.save(tmp_path / "a.npy", np.ones(3))
    np.savez(tmp_path / "b.npz", W1=np.ones(3))
    np.savez(tmp_path / "c.npz", meta=np.array('{"format": "other"}'))
    np.savez(tmp_path / "d.npz", meta=np.array("[1]"))
    for name in ("a.npy", "b.npz", "c.npz", "d.npz"):
        with pytest.raises(ModelFileError, match=name):
            Network.load(tmp_path / name)


def test_a_single_array_is_named_for_what_it_is(tmp_path):
    np.save(tmp_path / "weights.npy", np.ones((3, 2)))
    expected = (
        r"weights.npy is not a whole model file: it holds a single array of shape \(3, 2\).*expected a .npz archive"
    )
    with pytest.raises(ModelFileError, match=expected):
        Network.load(tmp_path / "weights.npy")


def test_pickled_objects_are_never_unpickled(tmp_path):
    class Bomb:
        def __reduce__(self):
            return (pytest.fail, ("it was unpickled",))

    np.savez(tmp_path / "bomb.npz", meta=np.array(Bomb(), dtype=object))
    with pytest.raises(ModelFileError, match="allow_pickle=False"):
        Network.load(tmp_path / "bomb.npz")


def test_a_missing_file_is_not_found(tmp_path):
    with pytest.raises(FileNotFoundError):
        Network.load(tmp_path / "nothing.npz")


def test_another_format_version_is_named(saved):
    rewrite(saved, meta={"version": 2})
    with pytest.raises(ModelFileError, match="has format version 2, this program reads 1"):
        Network.load(saved)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"W1": np.ones((5, 3), np.float32)}, r"does not fit: W1 is \(5, 3\), expected \(4, 3\)"),
        ({"b2": None}, r"b2 is not there, expected \(2,\)"),
        ({"extra": np.ones(1)}, "extra"),
        ({"W1": np.ones((4, 3), int)}, "W1 must hold floats, it holds int64"),
        ({"meta": {"network": "os.system"}}, r"holds a network 'os.system', expected one of"),
        ({"meta": {"network": ["TwoLayerNet"]}}, "holds a network"),
        ({"meta": {"arguments": []}}, "cannot build"),
        ({"meta": {"arguments": None, "layers": [1]}}, "cannot build"),
        ({"meta": {"arguments": None, "layers": {"layers": {"a": "Affine"}}}}, "cannot build"),
        ({"meta": {"arguments": {"input_size": -1}}}, "cannot build a TwoLayerNet"),
        ({"meta": {"arguments": SIZES | {"input_size": 10**9, "hidden_size": 10**9}}}, "cannot build|expected"),
        ({"meta": {"arguments": SIZES | {"input_size": 10**5, "hidden_size": 2 * 10**4}}}, "ask for more than"),
    ],
)
def test_contents_that_do_not_fit_are_named(saved, changes, message):
    rewrite(saved, **changes)
    with pytest.raises(ModelFileError, match=message):
        Network.load(saved)


def test_parameters_of_other_shapes_are_not_loaded_into_a_network(saved):
    other = TwoLayerNet(4, 5, 2, seed=0)
    before = other.params["W1"].copy()
    with pytest.raises(ModelFileError, match="expected"):
        other.load_params(saved)
    np.testing.assert_array_equal(other.params["W1"], before)
