"""The layers and a training run against PyTorch."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import Affine, IdentityWithLoss, ReLU, Sigmoid, SoftmaxWithLoss
from networks import TwoLayerNet
from training import SGD

torch = pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch==2.13.0)")

sizes = st.integers(1, 6)
seeds = st.integers(0, 2**32 - 1)
CLOSE = {"rtol": 1e-10, "atol": 1e-12}


def leaf(array):
    return torch.tensor(array, dtype=torch.float64, requires_grad=True)


@given(sizes, sizes, sizes, seeds)
def test_affine(N, D, M, seed):
    rng = np.random.default_rng(seed)
    x, W, b, dout = (rng.standard_normal(s) for s in ((N, D), (D, M), (M,), (N, M)))
    layer, tensors = Affine(W, b), [leaf(a) for a in (x, W, b)]
    y = torch.nn.functional.linear(tensors[0], tensors[1].T, tensors[2])
    y.backward(torch.tensor(dout))
    np.testing.assert_allclose(layer.forward(x), y.detach().numpy(), **CLOSE)
    for ours, tensor in zip((layer.backward(dout), layer.dW, layer.db), tensors, strict=True):
        np.testing.assert_allclose(ours, tensor.grad.numpy(), **CLOSE)


@pytest.mark.parametrize(("layer", "function"), [(ReLU(), torch.relu), (Sigmoid(), torch.sigmoid)])
@given(sizes, sizes, seeds, st.sampled_from([0.1, 1.0, 30.0, 1000.0]))
def test_activations(layer, function, N, D, seed, scale):
    rng = np.random.default_rng(seed)
    x, dout = scale * rng.standard_normal((N, D)), rng.standard_normal((N, D))
    x[0, 0] = 0
    tensor = leaf(x)
    y = function(tensor)
    y.backward(torch.tensor(dout))
    np.testing.assert_allclose(layer.forward(x), y.detach().numpy(), **CLOSE)
    np.testing.assert_allclose(layer.backward(dout), tensor.grad.numpy(), **CLOSE)


@given(sizes, st.integers(2, 8), seeds, st.sampled_from([1.0, 100.0, 1e4]))
def test_softmax_with_loss(N, K, seed, scale):
    rng = np.random.default_rng(seed)
    x, t = scale * rng.standard_normal((N, K)), rng.integers(0, K, N)
    layer, tensor = SoftmaxWithLoss(), leaf(x)
    loss = torch.nn.functional.cross_entropy(tensor, torch.tensor(t))
    loss.backward()
    np.testing.assert_allclose(layer.forward(x, t), loss.item(), **CLOSE)
    np.testing.assert_allclose(layer.backward(), tensor.grad.numpy(), **CLOSE)


@given(sizes, sizes, seeds)
def test_identity_with_loss(N, K, seed):
    rng = np.random.default_rng(seed)
    x, t = rng.standard_normal((N, K)), rng.standard_normal((N, K))
    layer, tensor = IdentityWithLoss(), leaf(x)
    loss = 0.5 * torch.nn.functional.mse_loss(tensor, torch.tensor(t), reduction="sum") / N
    loss.backward()
    np.testing.assert_allclose(layer.forward(x, t), loss.item(), **CLOSE)
    np.testing.assert_allclose(layer.backward(), tensor.grad.numpy(), **CLOSE)


@pytest.mark.exhaustive
@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_fifty_steps_of_training_end_at_the_same_parameters(activation, rng):
    ours = TwoLayerNet(8, 6, 4, activation=activation, dtype=np.float64, seed=0)
    linear1, linear2 = torch.nn.Linear(8, 6).double(), torch.nn.Linear(6, 4).double()
    pairs = {"W1": linear1.weight, "b1": linear1.bias, "W2": linear2.weight, "b2": linear2.bias}
    with torch.no_grad():
        for name, tensor in pairs.items():
            tensor.copy_(torch.tensor(ours.params[name].T))
    nonlinear = {"relu": torch.nn.ReLU(), "sigmoid": torch.nn.Sigmoid()}[activation]
    theirs = torch.nn.Sequential(linear1, nonlinear, linear2)
    our_sgd, their_sgd = SGD(0.1), torch.optim.SGD(theirs.parameters(), 0.1)
    for _ in range(50):
        x, t = rng.standard_normal((5, 8)), rng.integers(0, 4, 5)
        our_sgd.update(ours.params, ours.gradient(x, t))
        their_sgd.zero_grad()
        torch.nn.functional.cross_entropy(theirs(torch.tensor(x)), torch.tensor(t)).backward()
        their_sgd.step()
    for name, tensor in pairs.items():
        np.testing.assert_allclose(ours.params[name].T, tensor.detach().numpy(), **CLOSE)
