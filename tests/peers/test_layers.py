"""Activations, losses, dropout and normalisation against PyTorch, in float64."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from layers import (
    GELU,
    BatchNormalization,
    Dropout,
    Flatten,
    LayerNormalization,
    LeakyReLU,
    SigmoidWithLoss,
    Softplus,
    Tanh,
)

torch = pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch==2.13.0)")
functional = torch.nn.functional

shapes = hnp.array_shapes(min_dims=1, max_dims=4, max_side=5)
sizes = st.integers(1, 5)
seeds = st.integers(0, 2**32 - 1)
scales = st.sampled_from([0.01, 1.0, 30.0, 1000.0])


def leaf(array):
    return torch.tensor(array, dtype=torch.float64, requires_grad=True)


def assert_close(ours, theirs, atol=1e-12):
    np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-10, atol=atol)


def assert_same(layer, x, y, dout, tensor, atol=1e-12, **parameters):
    """Compare forward and backward with y, which a tensor of x gave in PyTorch, and with the gradients there."""
    y.backward(torch.tensor(dout))
    assert_close(layer.forward(x), y, atol)
    assert_close(layer.backward(dout), tensor.grad, atol)
    for name, parameter in parameters.items():
        assert_close(getattr(layer, f"d{name}"), parameter.grad, atol)


@pytest.mark.parametrize(
    ("layer", "function"),
    [
        (GELU(), functional.gelu),
        (LeakyReLU(), functional.leaky_relu),
        (LeakyReLU(-0.3), lambda x: functional.leaky_relu(x, -0.3)),
        (Softplus(), lambda x: functional.softplus(x, threshold=500)),
        (Tanh(), torch.tanh),
        (Flatten(), torch.nn.Flatten()),
    ],
)
@given(shapes, seeds, scales)
def test_activations_and_flatten(layer, function, shape, seed, scale):
    rng = np.random.default_rng(seed)
    x = scale * rng.standard_normal((*shape, 2))
    x[..., 0].flat[0] = 0
    tensor = leaf(x)
    y = function(tensor)
    assert_same(layer, x, y, rng.standard_normal(y.shape), tensor)


@given(shapes, seeds, scales, st.booleans())
def test_sigmoid_with_loss_is_the_sum_of_pytorchs_losses_divided_by_the_batch(shape, seed, scale, certain):
    rng = np.random.default_rng(seed)
    shape = shape[:2]
    x, t = scale * rng.standard_normal(shape), rng.random(shape)
    t = np.round(t) if certain else t
    layer, tensor = SigmoidWithLoss(), leaf(x)
    loss = functional.binary_cross_entropy_with_logits(tensor, torch.tensor(t), reduction="sum") / len(x)
    loss.backward()
    assert_close(layer.forward(x, t), loss)
    assert_close(layer.backward(), tensor.grad)


@given(sizes, seeds, st.booleans())
def test_sigmoid_with_loss_of_one_output_is_pytorchs_mean(N, seed, column):
    rng = np.random.default_rng(seed)
    x, t = rng.standard_normal((N, 1) if column else N), rng.integers(0, 2, N)
    layer, tensor = SigmoidWithLoss(), leaf(x)
    loss = functional.binary_cross_entropy_with_logits(tensor, torch.tensor(t.reshape(x.shape), dtype=torch.float64))
    loss.backward()
    assert_close(layer.forward(x, t), loss)
    assert_close(layer.backward(), tensor.grad)


@given(shapes, seeds, st.sampled_from([0.0, 0.3, 0.9]))
def test_dropout_is_pytorchs_arithmetic_with_the_same_mask(shape, seed, ratio):
    rng = np.random.default_rng(seed)
    x, dout, layer = rng.standard_normal(shape), rng.standard_normal(shape), Dropout(ratio, seed)
    kept = Dropout(ratio, seed).forward(np.ones(shape)) > 0
    tensor = leaf(x)
    y = tensor * torch.tensor(kept) / (1 - ratio)
    assert_same(layer, x, y, dout, tensor)


@given(shapes, seeds)
def test_dropout_in_prediction_is_pytorchs(shape, seed):
    rng = np.random.default_rng(seed)
    x, dout, layer = rng.standard_normal(shape), rng.standard_normal(shape), Dropout(0.5)
    layer.training = False
    tensor = leaf(x)
    assert_same(layer, x, functional.dropout(tensor, 0.5, training=False), dout, tensor)


# Where a feature's values agree, PyTorch's x / std - mean / std is 0 but for the rounding of numbers up to 1e6.
ROUNDING = 1e-9


def pytorchs(layer, kind):
    """Return PyTorch's batch normalisation with the parameters, the running arrays and the momentum of ours."""
    theirs = kind(len(layer.gamma), momentum=1 - layer.momentum).double()
    with torch.no_grad():
        for tensor, array in (
            (theirs.weight, layer.gamma),
            (theirs.bias, layer.beta),
            (theirs.running_mean, layer.running_mean),
            (theirs.running_var, layer.running_var),
        ):
            tensor.copy_(torch.tensor(array))
    return theirs


@pytest.mark.parametrize("kind", [torch.nn.BatchNorm1d, torch.nn.BatchNorm2d])
@given(st.integers(2, 6), sizes, sizes, sizes, seeds, scales, st.sampled_from([0.0, 0.5, 0.9, 1.0]))
def test_batch_normalization_over_several_steps_and_then_in_prediction(kind, N, C, H, W, seed, scale, momentum):
    rng = np.random.default_rng(seed)
    shape = (N, C) if kind is torch.nn.BatchNorm1d else (N, C, H, W)
    ours = BatchNormalization(*rng.standard_normal((2, C)), momentum, rng.standard_normal(C), rng.uniform(0.1, 2, C))
    theirs = pytorchs(ours, kind)
    for training in (True, True, True, False):
        ours.training = theirs.training = training
        theirs.zero_grad()
        x, dout = scale * rng.standard_normal(shape), rng.standard_normal(shape)
        tensor = leaf(x)
        assert_same(ours, x, theirs(tensor), dout, tensor, ROUNDING, gamma=theirs.weight, beta=theirs.bias)
        assert_close(ours.running_mean, theirs.running_mean)
        assert_close(ours.running_var, theirs.running_var)


@given(st.lists(sizes, min_size=1, max_size=3), st.lists(sizes, min_size=1, max_size=2), seeds, scales)
def test_layer_normalization(features, batch, seed, scale):
    rng = np.random.default_rng(seed)
    x, dout = scale * rng.standard_normal((*batch, *features)), rng.standard_normal((*batch, *features))
    layer = LayerNormalization(rng.standard_normal(features), rng.standard_normal(features))
    tensor, gamma, beta = leaf(x), leaf(layer.gamma), leaf(layer.beta)
    y = functional.layer_norm(tensor, features, gamma, beta)
    assert_same(layer, x, y, dout, tensor, ROUNDING, gamma=gamma, beta=beta)
