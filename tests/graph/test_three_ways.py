"""Every layer's gradients in three ways that share no code: backward, numerical differentiation, and the graph."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import layers
from gradients import compare, numerical_gradient, rounding_noise
from graph import Variable
from graph_formulas.by_class import FORMULAS, MADE_OF_OTHERS
from graph_formulas.expressions import expression
from layers import (
    GELU,
    Add,
    Affine,
    AveragePooling,
    BatchNormalization,
    Checkpoint,
    Convolution,
    Dropout,
    Flatten,
    IdentityWithLoss,
    LayerNormalization,
    LeakyReLU,
    MaxPooling,
    Multiply,
    ReLU,
    Residual,
    Sequence,
    Sigmoid,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    Softplus,
    Tanh,
)

sizes = st.integers(1, 5)
small = st.integers(1, 3)
seeds = st.integers(0, 2**32 - 1)
shapes = hnp.array_shapes(min_dims=1, max_dims=4, max_side=4)
EPS = 0.1  # where values nearly agree, a smaller one makes curves that are too sharp for differences


def assert_equal(graphs, layers, scale=1.0):
    """To 1e-12 of the largest element, or of ``scale``: what is added up to a small number is not known better."""
    assert np.shape(graphs) == np.shape(layers)
    np.testing.assert_allclose(graphs, layers, rtol=0, atol=1e-12 * max(scale, np.abs(layers).max()))


def assert_graph_agrees(layer, inputs, seed=0):
    """Compare values and all gradients of sum(dout * y): those of the graph with those of the layer's backward."""
    y = layer.forward(*inputs)
    dout = np.random.default_rng(seed).standard_normal(np.shape(y))
    given = layer.backward(dout)
    variables = [Variable(x) for x in inputs]
    params = {name: Variable(param, name) for name, param in getattr(layer, "params", {}).items()}
    output = expression(layer, *variables, params=params)
    output.backward(dout)
    assert_equal(output.data, y)
    for variable, dx in zip(variables, given if isinstance(given, tuple) else (given,), strict=True):
        assert_equal(variable.grad, dx)
    for name, param in params.items():
        assert_equal(param.grad, layer.grads[name])


@pytest.fixture(scope="session")
def assert_three_ways_agree(assert_gradients_agree):
    def check(layer, *inputs, seed=0):
        assert_gradients_agree(layer, *inputs, seed=seed)
        assert_graph_agrees(layer, inputs, seed)

    return check


def away_from_kinks(rng, shape):
    return rng.uniform(0.01, 3, shape) * rng.choice([-1, 1], shape)


@pytest.mark.parametrize(
    "build", [ReLU, LeakyReLU, lambda: LeakyReLU(-0.5), Sigmoid, Tanh, GELU, Softplus], ids=lambda build: build.__name__
)
@given(shapes, seeds)
def test_activations(assert_three_ways_agree, build, shape, seed):
    assert_three_ways_agree(build(), away_from_kinks(np.random.default_rng(seed), shape), seed=seed)


@pytest.mark.parametrize("activation", [ReLU, LeakyReLU, Sigmoid, Tanh, GELU, Softplus])
def test_activations_at_0_and_far_from_it(activation):
    assert_graph_agrees(activation(), [np.array([[0.0, -0.0, 1e-300, -30.0, 30.0, -1e4, 1e4]])])


@pytest.mark.parametrize("node", [Add, Multiply])
@given(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=4), seeds)
def test_nodes_of_two_inputs(assert_three_ways_agree, node, both, seed):
    rng = np.random.default_rng(seed)
    assert_three_ways_agree(node(), *(rng.standard_normal(shape) for shape in both.input_shapes), seed=seed)


@given(sizes, st.lists(small, min_size=1, max_size=3), sizes, seeds)
def test_affine(assert_three_ways_agree, N, features, M, seed):
    rng = np.random.default_rng(seed)
    layer = Affine(rng.standard_normal((int(np.prod(features)), M)), rng.standard_normal(M))
    assert_three_ways_agree(layer, rng.standard_normal((N, *features)), seed=seed)


@given(small, small, small, small, small, small, st.integers(0, 2), st.integers(0, 3), seeds)
def test_convolution(assert_three_ways_agree, N, C, F, FH, FW, stride, pad, more, seed):
    rng = np.random.default_rng(seed)
    assume(min(FH, FW) + more > 2 * pad)
    layer = Convolution(rng.standard_normal((F, C, FH, FW)), rng.standard_normal(F), stride, pad)
    assert_three_ways_agree(layer, rng.standard_normal((N, C, FH + more, FW + more + 1)), seed=seed)


@pytest.mark.parametrize("pooling", [MaxPooling, AveragePooling])
@given(small, small, small, small, st.none() | small, st.integers(0, 1), st.integers(0, 4), seeds)
def test_pooling(assert_three_ways_agree, pooling, N, C, PH, PW, stride, pad, more, seed):
    assume(2 * pad <= min(PH, PW))
    shape = (N, C, PH + more, PW + more + 1)
    x = np.random.default_rng(seed).permutation(int(np.prod(shape))).reshape(shape) * 0.1 - 2  # no equal pixels
    assert_three_ways_agree(pooling(PH, PW, stride, pad), x, seed=seed)


@given(seeds)
def test_of_equal_pixels_the_graph_chooses_the_one_that_max_pooling_chooses(seed):
    x = np.random.default_rng(seed).integers(0, 3, (2, 2, 5, 4)).astype(float)
    assert_graph_agrees(MaxPooling(2, 3, 1, 1), [x], seed)


@given(shapes.filter(lambda shape: len(shape) > 1), seeds)
def test_flatten(assert_three_ways_agree, shape, seed):
    assert_three_ways_agree(Flatten(), np.random.default_rng(seed).standard_normal(shape), seed=seed)


@st.composite
def batches(draw):
    """Rows or images, with at least two values a feature."""
    rng, D = np.random.default_rng(draw(seeds)), draw(sizes)
    if draw(st.booleans()):
        return rng.standard_normal((draw(st.integers(2, 6)), D))
    return rng.standard_normal((draw(st.integers(2, 4)), D, draw(small), draw(small)))


@pytest.mark.parametrize("training", [True, False])
@given(batches(), seeds)
def test_batch_normalization(assert_three_ways_agree, training, x, seed):
    rng = np.random.default_rng(seed)
    gamma, beta, mean = rng.standard_normal((3, x.shape[1]))
    layer = BatchNormalization(gamma, beta, running_mean=mean, running_var=rng.uniform(0.5, 2, x.shape[1]), eps=EPS)
    layer.training = training
    assert_three_ways_agree(layer, x, seed=seed)


@given(st.lists(small, min_size=1, max_size=3), st.lists(small, min_size=1, max_size=2), seeds)
def test_layer_normalization(assert_three_ways_agree, features, batch, seed):
    rng = np.random.default_rng(seed)
    layer = LayerNormalization(*rng.standard_normal((2, *features)), EPS)
    assert_three_ways_agree(layer, rng.standard_normal((*batch, *features)), seed=seed)


@pytest.mark.parametrize("training", [True, False])
@given(shapes, seeds, st.sampled_from([0.0, 0.3, 0.9]))
def test_dropout_with_the_mask_that_the_layer_drew(training, shape, seed, ratio):
    layer = Dropout(ratio, rng=seed)
    layer.training = training
    assert_graph_agrees(layer, [np.random.default_rng(seed).standard_normal(shape)], seed)


LOSSES = {
    "labels": (SoftmaxWithLoss, lambda rng, N, K: rng.integers(0, K, N)),
    "one-hot": (SoftmaxWithLoss, lambda rng, N, K: np.eye(K, dtype=int)[rng.integers(0, K, N)]),
    "probabilities": (SoftmaxWithLoss, lambda rng, N, K: rng.dirichlet(np.ones(K), N)),
    "targets": (IdentityWithLoss, lambda rng, N, K: rng.standard_normal((N, K))),
    "yes or no": (SigmoidWithLoss, lambda rng, N, K: rng.integers(0, 2, (N, K))),
    "shares": (SigmoidWithLoss, lambda rng, N, K: rng.random((N, K))),
}


@pytest.mark.parametrize("answers", list(LOSSES))
@given(sizes, st.integers(2, 6), seeds, st.sampled_from([1.0, -2.5]), st.sampled_from([1.0, 100.0]))
def test_losses(answers, N, K, seed, dout, scale):
    (build, draw), rng = LOSSES[answers], np.random.default_rng(seed)
    layer, x, t = build(), scale * rng.standard_normal((N, K)), draw(rng, N, K)
    loss = layer.forward(x, t)
    dx = layer.backward(dout)
    variable = Variable(x, "x")
    output = expression(layer, variable, t)
    output.backward(dout)
    assert_equal(output.data, loss)
    assert_equal(variable.grad, dx)
    numerical = numerical_gradient(lambda x: dout * layer.forward(x, t), x)
    comparison = compare("x", variable.grad, numerical, tolerance=1e-7, noise=rounding_noise(dout * loss))
    assert comparison.ok, comparison


def test_one_answer_a_sample_does_for_one_score_a_sample(rng):
    x, t = rng.standard_normal((4, 1)), np.array([0, 1, 1, 0])
    assert_equal(expression(SigmoidWithLoss(), x, t).data, SigmoidWithLoss().forward(x, t))


def affine(rng, D, M):
    return Affine(rng.standard_normal((D, M)), rng.standard_normal(M))


def normalization(rng, D):
    return BatchNormalization(*rng.standard_normal((2, D)), eps=1.0)


MADE = {
    "a sequence": lambda rng: Sequence(affine(rng, 3, 4), Tanh(), affine(rng, 4, 3)),
    "a sequence in a sequence": lambda rng: Sequence(Sequence(affine(rng, 3, 4), Sigmoid()), affine(rng, 4, 2)),
    "a residual connection": lambda rng: Residual(affine(rng, 3, 3), normalization(rng, 3), Tanh()),
    "one with a projection": lambda rng: Residual(affine(rng, 3, 2), Tanh(), projection=affine(rng, 3, 2)),
    "one in another": lambda rng: Residual(Residual(affine(rng, 3, 3), Tanh()), affine(rng, 3, 3)),
    "a checkpoint": lambda rng: Checkpoint(affine(rng, 3, 4), normalization(rng, 4), Residual(affine(rng, 4, 4))),
}


@pytest.mark.parametrize("name", list(MADE))
@given(st.integers(2, 5), seeds)
def test_layers_that_are_made_of_others(assert_three_ways_agree, name, N, seed):
    rng = np.random.default_rng(seed)
    assert_three_ways_agree(MADE[name](rng), rng.standard_normal((N, 3)), seed=seed)


def test_the_mode_of_one_call_reaches_every_layer(rng):
    layer, x = Sequence(affine(rng, 3, 2), Sequence(Dropout(0.5, rng=0), normalization(rng, 2))), np.ones((4, 3))
    params = {name: Variable(param) for name, param in layer.params.items()}
    np.testing.assert_allclose(expression(layer, x, params=params, training=False).data, layer.forward(x, False))


def test_there_is_a_formula_for_every_layer_of_the_project():
    names = {name for name in layers.__all__ if isinstance(getattr(layers, name), type)} - {"Layer"}
    assert names == {*FORMULAS, *MADE_OF_OTHERS}


def test_a_layer_without_a_formula_is_refused_with_the_list():
    class Unheard:
        pass

    for layer in (Unheard(), Sequence(ReLU(), type("Unheard", (ReLU,), {})())):
        with pytest.raises(ValueError, match=r"^Unheard: its formula is not among .* Add, Affine, .*Tanh"):
            expression(layer, Variable(1.0))


@pytest.mark.parametrize("params", [None, {}, {"W": Variable(1.0)}, {"W1": Variable(1.0), "b1": Variable(1.0)}])
def test_other_parameters_than_the_layers_are_refused(rng, params):
    with pytest.raises(ValueError, match=r"^Affine: expected params \['W', 'b'\], got \["):
        expression(affine(rng, 3, 2), np.ones((1, 3)), params=params)


@pytest.mark.parametrize(("seen", "came"), [(None, "none"), ((2, 3), r"one of shape \(2, 3\)")])
def test_dropout_without_a_mask_for_this_input_is_refused(seen, came):
    layer = Dropout(0.5)
    if seen:
        layer.forward(np.ones(seen))
    with pytest.raises(ValueError, match=rf"^Dropout: expected a mask in the shape of x, \(4, 3\), got {came}"):
        expression(layer, Variable(np.ones((4, 3))))


@pytest.mark.parametrize("layer", [IdentityWithLoss(), SigmoidWithLoss()])
def test_answers_that_would_broadcast_are_refused(layer):
    with pytest.raises(ValueError, match=rf"^{type(layer).__name__}: .*x.shape \(4, 2\) and t.shape \(4,\)"):
        expression(layer, Variable(np.ones((4, 2))), np.ones(4))
