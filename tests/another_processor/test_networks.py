"""Networks move to a GPU and back, and learn there what they learn in NumPy."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import networks
from another_processor.cases import NETWORKS, assert_same, draw, samples, with_same_numbers
from layers import Affine, Dropout, ReLU, SoftmaxWithLoss
from layers.common.devices import is_elsewhere
from networks import Network, SimpleConvNet, TwoLayerNet
from networks.export.safetensors_file import read_safetensors
from random_stacks import stacks
from training import clip_gradient_norm
from training.optimizers import OPTIMIZERS, get_optimizer

SUMMED_OTHERWISE = ("SimpleConvNet", "DeepConvNet", "ResidualNet")  # whose convolutions are


def steps(network, x, t, optimizer, count=3):
    """Train for some steps, and return the losses as they come."""
    losses = []
    for _ in range(count):
        optimizer.update(network.params, network.gradient(x, t))
        losses.append(network.last_loss)
    return losses


def arrays_of(network):
    return {**network.params, **network.state}


def test_every_network_is_compared():
    made = {kind for kind in vars(networks).values() if isinstance(kind, type) and issubclass(kind, Network)}
    assert set(NETWORKS) == made


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("kind", NETWORKS, ids=lambda kind: kind.__name__)
def test_a_network_learns_on_the_gpu_what_it_learns_in_numpy_and_waits_for_nothing(cupy, waits, kind, name):
    make, shape = NETWORKS[kind]
    here, there = with_same_numbers(make()), make().to("cuda")
    x, t = samples(here, shape)
    sent, before = cupy.asarray(x), waits()
    losses = steps(there, sent, t, get_optimizer(name, weight_decay=0.01))
    assert waits() == before
    expected = steps(here, x, t, get_optimizer(name, weight_decay=0.01))
    assert [float(loss) for loss in losses] == pytest.approx(expected, rel=1e-6)
    for key, array in arrays_of(here).items():
        if kind.__name__ not in SUMMED_OTHERWISE:
            assert_same(there.params[key] if key in there.params else there.state[key], array)
        elif name in ("sgd", "momentum", "nesterov"):  # others divide by the gradient, and so enlarge a rounding error
            np.testing.assert_allclose(arrays_of(there)[key].get(), array, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("kind", NETWORKS, ids=lambda kind: kind.__name__)
def test_scores_and_accuracy_are_those_in_numpy_and_accuracy_waits_once(cupy, waits, kind):
    make, shape = NETWORKS[kind]
    here, there = make(), make().to("cuda")
    x, t = samples(here, shape, count=50)
    before = waits()
    accuracy = there.accuracy(x, t, chunk_size=10)
    assert waits() == before + 1
    assert type(accuracy) is float
    assert accuracy == here.accuracy(x, t)
    assert_same(there.predict(x), here.predict(x), summed_otherwise=kind.__name__ in SUMMED_OTHERWISE)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stacks(np.float64, ["Affine", "BatchNormalization", "Flatten", "MaxPooling", "Residual", "ReLU", "Tanh"]))
def test_networks_of_random_layers_have_the_gradients_that_they_have_in_numpy(cupy, stack):
    here, x = stack.network, stack.x
    t = np.arange(len(x)) % here.predict(x).shape[1]
    there = copy.deepcopy(here).to("cuda")
    expected = here.gradient(x, t)
    for name, grad in there.gradient(x, t).items():
        np.testing.assert_allclose(grad.get(), expected[name], rtol=1e-9, atol=1e-9)


def test_to_gives_the_network_itself_and_back_home_it_has_the_bits_it_left_with(cupy):
    network = TwoLayerNet(5, 4, 3, seed=0)
    before = copy.deepcopy(network.params)
    assert network.to("cuda") is network
    assert network.device == "cuda"
    assert all(map(is_elsewhere, network.params.values()))
    network.to("cuda")
    network.to("cpu")
    assert network.device == "cpu"
    for name, array in network.params.items():
        assert type(array) is np.ndarray
        np.testing.assert_array_equal(array, before[name])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_network_may_move_while_it_learns_and_the_optimizers_state_follows(cupy, name):
    here, moving = TwoLayerNet(12, 7, 3, seed=0), TwoLayerNet(12, 7, 3, seed=0)
    x, t = samples(here, (12,))
    stays, follows = get_optimizer(name), get_optimizer(name)
    steps(here, x, t, stays, count=6)
    for device in ("cpu", "cuda", "cpu"):
        steps(moving.to(device), x, t, follows, count=2)
    for key, array in moving.params.items():
        np.testing.assert_array_equal(array, here.params[key])


def test_an_optimizers_state_is_kept_in_numpy_and_goes_on_on_the_gpu(cupy):
    here, there = TwoLayerNet(12, 7, 3, seed=0), TwoLayerNet(12, 7, 3, seed=0).to("cuda")
    x, t = samples(here, (12,))
    whole, first, second = (get_optimizer("adam") for _ in range(3))
    steps(here, x, t, whole, count=4)
    steps(there, x, t, first, count=2)
    state = first.state_arrays()
    assert all(type(array) is np.ndarray for array in state.values())
    second.load_state_arrays(state)
    steps(there, x, t, second, count=2)
    for key, array in here.params.items():
        assert_same(there.params[key], array)


@pytest.mark.parametrize("most", [0.1, 100.0])
def test_gradients_are_clipped_on_the_gpu_without_waiting(cupy, waits, most):
    grads = {"W": draw(30, 20).astype(np.float32), "b": draw(20).astype(np.float32)}
    sent = {name: cupy.asarray(grad) for name, grad in grads.items()}
    norm = clip_gradient_norm(sent, most)
    assert waits() == 0
    assert float(norm) == pytest.approx(clip_gradient_norm(grads, most), rel=1e-6)
    for name, grad in grads.items():
        np.testing.assert_allclose(sent[name].get(), grad, rtol=1e-6)


def test_a_model_is_saved_and_loaded_on_either_side(cupy, tmp_path):
    here = TwoLayerNet(5, 4, 3, seed=0)
    here.save(tmp_path / "here.npz")
    copy.deepcopy(here).to("cuda").save(tmp_path / "there.npz")
    assert (tmp_path / "here.npz").read_bytes() == (tmp_path / "there.npz").read_bytes()
    other = TwoLayerNet(5, 4, 3, seed=1).to("cuda")
    other.load_params(tmp_path / "here.npz")
    for name, array in here.params.items():
        assert_same(other.params[name], array)


def test_what_is_handed_over_to_other_programs_is_numpys(cupy, tmp_path):
    here, there = SimpleConvNet((1, 8, 8), seed=0), SimpleConvNet((1, 8, 8), seed=0).to("cuda")
    for name, array in there.state_dict().items():
        np.testing.assert_array_equal(array, here.state_dict()[name])
    there.load_state_dict({name: 2 * array for name, array in here.state_dict().items()})
    np.testing.assert_array_equal(there.params["W1"].get(), 2 * here.params["W1"])
    assert there.summary((1, 8, 8)) == here.summary((1, 8, 8))


def test_the_files_that_are_exported_are_the_same(cupy, tmp_path):
    pytest.importorskip("onnx", reason="the extra export is not installed")
    pytest.importorskip("safetensors", reason="the extra export is not installed")
    for device in ("cpu", "cuda"):
        (tmp_path / device).mkdir()
        network = SimpleConvNet((1, 8, 8), seed=0).to(device)
        network.export(tmp_path / device / "model.onnx")
        network.export(tmp_path / device / "model.safetensors")
        assert network.device == device
    here, there = (read_safetensors(tmp_path / device / "model.safetensors")[0] for device in ("cpu", "cuda"))
    for name in here:
        np.testing.assert_array_equal(there[name], here[name])
    for name in ("model.onnx", "model.py"):
        assert (tmp_path / "cpu" / name).read_bytes() == (tmp_path / "cuda" / name).read_bytes()


def test_numerical_differentiation_is_done_in_numpy(cupy):
    network = TwoLayerNet(3, 2, 2, seed=0, activation="tanh").to("cuda")
    x, t = draw(4, 3), np.array([0, 1, 1, 0])
    numerical = network.numerical_gradient(x, t)
    for name, grad in network.gradient(x, t).items():
        np.testing.assert_allclose(grad.get(), numerical[name], atol=1e-4)
    assert network.device == "cuda"


def test_parameters_are_set_from_numpys_arrays(cupy):
    network = TwoLayerNet(3, 2, 2, seed=0).to("cuda")
    values = draw(3, 2).astype(np.float32)
    params = network.params
    params["W1"] = values
    assert_same(network.params["W1"], values)


def test_an_array_in_two_places_stays_one(cupy):
    first, second = Affine(draw(4, 4), draw(4)), Affine(draw(4, 4), draw(4))
    second.W = first.W
    network = Network([first, ReLU(), second], SoftmaxWithLoss()).to("cuda")
    assert network.layers["Affine1"].W is network.layers["Affine2"].W


def test_a_layer_of_ones_own_moves_with_its_dictionaries(cupy):
    class Scale:
        def __init__(self):
            self.params, self.grads, self.once = {"W": np.ones(3)}, {}, [np.arange(3.0)]

        def forward(self, x):
            self.x = x
            return x * self.params["W"] + self.once[0]

        def backward(self, dout):
            self.grads["W"] = (dout * self.x).sum(axis=0)
            return dout * self.params["W"]

    here, there = (Network([Scale()], SoftmaxWithLoss()) for _ in range(2))
    x, t = draw(4, 3), np.array([0, 1, 2, 0])
    there.to("cuda")
    assert_same(there.gradient(x, t)["W1"], here.gradient(x, t)["W1"])


def test_a_copy_and_a_pickled_network_stay_on_the_gpu(cupy):
    network = TwoLayerNet(3, 2, 2, seed=0).to("cuda")
    for other in (copy.deepcopy(network), pickle.loads(pickle.dumps(network))):
        assert other.device == "cuda"
        assert_same(other.predict(draw(4, 3).astype(np.float32)), network.to("cpu").predict(draw(4, 3)))
        network.to("cuda")


def test_the_seed_of_dropout_decides_what_is_dropped_on_the_gpu(cupy):
    def losses(seed):
        layers = [Affine(draw(6, 6), draw(6)), Dropout(0.5, seed), Affine(draw(6, 3), draw(3))]
        network = Network(layers, SoftmaxWithLoss()).to("cuda")
        return [float(network.loss(draw(8, 6), np.zeros(8, int), training=True)) for _ in range(3)]

    assert losses(0) == losses(0) != losses(1)


class TestErrors:
    def test_another_device_is_refused(self):
        with pytest.raises(ValueError, match="expected the device cpu or cuda, got 'tpu'"):
            TwoLayerNet(3, 2, 2).to("tpu")

    def test_without_cupy_the_command_that_installs_it_is_named(self, monkeypatch):
        monkeypatch.setitem(__import__("sys").modules, "cupy", None)
        network = TwoLayerNet(3, 2, 2)
        with pytest.raises(ImportError, match=r'not installed.*python -m pip install "chainrule\[cuda\]"'):
            network.to("cuda")
        assert network.device == "cpu"
        assert all(type(array) is np.ndarray for array in network.params.values())

    def test_without_a_gpu_it_says_so(self, cupy, monkeypatch):
        monkeypatch.setenv("CHAINRULE_STAND_IN", "no GPU")
        with pytest.raises(RuntimeError, match="CuPy finds no GPU"):
            TwoLayerNet(3, 2, 2).to("cuda")
