"""Convolution, poolings and the layers made of others against PyTorch, in float64."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from layers import AveragePooling, Checkpoint, Convolution, MaxPooling, ReLU, Residual
from networks import DeepConvNet, MultiLayerNet, ResidualNet, SimpleConvNet

torch = pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch==2.13.0)")
from benchmarks.peers.pytorch import as_module

F = torch.nn.functional

small = st.integers(1, 4)
seeds = st.integers(0, 2**32 - 1)
CLOSE = {"rtol": 1e-10, "atol": 1e-12}


def leaf(array):
    return torch.tensor(array, dtype=torch.float64, requires_grad=True)


def assert_same(layer, x, dout, y, tensors):
    """The layer's output and gradients are those of PyTorch; tensors are x and the parameters."""
    y.backward(torch.tensor(dout))
    np.testing.assert_allclose(layer.forward(x), y.detach().numpy(), **CLOSE)
    for ours, tensor in zip((layer.backward(dout), *layer.grads.values()), tensors, strict=True):
        np.testing.assert_allclose(ours, tensor.grad.numpy(), **CLOSE)


@given(small, small, small, small, small, st.integers(1, 4), st.integers(0, 3), st.integers(0, 5), seeds)
def test_convolution(N, C, M, FH, FW, stride, pad, more, seed):
    rng = np.random.default_rng(seed)
    assume(min(FH, FW) + more > 2 * pad)
    x = rng.standard_normal((N, C, FH + more, FW + more))
    W, b = rng.standard_normal((M, C, FH, FW)), rng.standard_normal(M)
    tensors = [leaf(array) for array in (x, W, b)]
    y = F.conv2d(*tensors, stride=stride, padding=pad)
    assert_same(Convolution(W, b, stride, pad), x, rng.standard_normal(y.shape), y, tensors)


@pytest.mark.parametrize(("pooling", "function"), [(MaxPooling, F.max_pool2d), (AveragePooling, F.avg_pool2d)])
@given(small, small, small, small, st.none() | st.integers(1, 4), st.integers(0, 2), st.integers(0, 5), seeds)
def test_poolings(pooling, function, N, C, PH, PW, stride, pad, more, seed):
    rng = np.random.default_rng(seed)
    assume(2 * pad <= min(PH, PW))
    x = np.round(2 * rng.standard_normal((N, C, PH + more, PW + more)))  # with many equal pixels
    tensor = leaf(x)
    y = function(tensor, (PH, PW), stride, pad)
    assert_same(pooling(PH, PW, stride, pad), x, rng.standard_normal(y.shape), y, [tensor])


def torch_grads(module, network):
    """PyTorch's gradients by our names; the order of the parameters is the same, branches before projections."""
    grads = [param.grad.numpy() for param in module.parameters()]
    named = zip(network.params.items(), grads, strict=True)
    return {name: grad.T if param.ndim == 2 else grad for (name, param), grad in named}


NETWORKS = {
    "MultiLayerNet": (lambda: MultiLayerNet(20, [9, 8], 5, use_batchnorm=True, dtype=float, seed=0), (20,)),
    "SimpleConvNet": (
        lambda: SimpleConvNet((2, 9, 8), {"filter_num": 4, "filter_size": 3}, 7, 5, dtype=float, seed=0),
        (2, 9, 8),
    ),
    "DeepConvNet": (lambda: DeepConvNet((1, 12, 12), dropout_ratio=0, dtype=float, seed=0), (1, 12, 12)),
    "ResidualNet": (lambda: ResidualNet((1, 9, 8), (3, 5, 4), blocks=2, dtype=float, seed=0), (1, 9, 8)),
}


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("name", list(NETWORKS))
def test_networks(name, training, rng):
    build, shape = NETWORKS[name]
    network = build()
    theirs = as_module(network)
    for _ in range(3):  # so that the running statistics, by which it predicts, have moved
        x, t = rng.standard_normal((6, *shape)), rng.integers(0, 5, 6)
        theirs.zero_grad()
        loss = F.cross_entropy(theirs(torch.tensor(x)), torch.tensor(t))
        loss.backward()
        np.testing.assert_allclose(network.loss(x, t, training=True), loss.item(), **CLOSE)
        grads = network.gradient(x, t)
        with torch.no_grad():  # our two forwards in training have moved the statistics twice
            theirs(torch.tensor(x))
    for key, expected in torch_grads(theirs, network).items():
        np.testing.assert_allclose(grads[key], expected, rtol=1e-9, atol=1e-11)
    theirs.train(training)
    with torch.no_grad():
        np.testing.assert_allclose(network.predict(x, training), theirs(torch.tensor(x)).numpy(), rtol=1e-9, atol=1e-11)


def test_a_checkpoint_of_a_residual_of_convolutions(rng):
    W, b = rng.standard_normal((2, 2, 3, 3)), rng.standard_normal(2)
    residual = Residual(Convolution(W, b, pad=1), ReLU())
    x, dout = rng.standard_normal((3, 2, 5, 4)), rng.standard_normal((3, 2, 5, 4))
    tensors = [leaf(array) for array in (x, W, b)]
    y = tensors[0] + torch.relu(F.conv2d(*tensors, padding=1))
    assert_same(Checkpoint(residual), x, dout, y, tensors)
