"""Every operation against numerical differentiation, with broadcasting, along axes, at every index."""

import warnings

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import graph
from gradients import compare, numerical_gradient, rounding_noise
from graph import Variable
from graph_formulas.erf import erf

seeds = st.integers(0, 2**32 - 1)
shapes = hnp.array_shapes(min_dims=0, max_dims=3, max_side=4)


def away_from_zero(rng, shape):
    """Different numbers between 0.5 and 2, with any sign: no kink, no tie, no division by almost nothing."""
    size = int(np.prod(shape))
    return (rng.permutation(np.linspace(0.5, 2, size)) * rng.choice([-1, 1], size)).reshape(shape)


def assert_right(formula, *arrays, seed=0):
    """Judge formula(*Variables): sum(dout * y), differentiated by backward and numerically, to 1e-7."""
    arrays = [np.array(array, float) for array in arrays]
    variables = [Variable(array) for array in arrays]
    y = formula(*variables)
    dout = np.random.default_rng(seed).standard_normal(y.shape)
    y.backward(dout)

    def loss(_):
        return np.sum(dout * formula(*map(Variable, arrays)).data)

    noise = rounding_noise(np.abs(dout * y.data).sum())
    for variable, array in zip(variables, arrays, strict=True):
        comparison = compare("x", variable.grad, numerical_gradient(loss, array), tolerance=1e-7, noise=noise)
        assert comparison.ok, comparison


BINARY = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "**": lambda x, y: (x * x) ** y,
}
UNARY = {
    "-x": lambda x: -x,
    "exp": graph.exp,
    "log": lambda x: graph.log(x * x),
    "relu": graph.relu,
    "sigmoid": graph.sigmoid,
    "tanh": graph.tanh,
    "erf": erf,
    "square": lambda x: x**2,
    "cube": lambda x: x**3.0,
    "root": lambda x: (x * x) ** 0.5,
    "inverse": lambda x: x**-1,
    "2**x": lambda x: 2**x,
}


@pytest.mark.parametrize("sign", list(BINARY))
@given(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3), seeds)
def test_two_operands_that_broadcast_get_gradients_in_their_own_shapes(sign, both, seed):
    rng = np.random.default_rng(seed)
    assert_right(BINARY[sign], *(away_from_zero(rng, shape) for shape in both.input_shapes), seed=seed)


@pytest.mark.parametrize("name", list(UNARY))
@given(shapes, seeds)
def test_functions_of_each_element(name, shape, seed):
    assert_right(UNARY[name], away_from_zero(np.random.default_rng(seed), shape), seed=seed)


@pytest.mark.parametrize("sign", list(BINARY))
@pytest.mark.parametrize("left", [2, 2.5, np.float64(2), np.array([1.5, 2.0]), [1.0, 3.0], np.float32(2)])
def test_numbers_and_arrays_stand_on_either_side(sign, left):
    x = Variable([0.5, 1.5])
    for formula, expected in (
        (lambda: BINARY[sign](Variable(left), x), lambda: BINARY[sign](np.asarray(left), x.data)),
        (lambda: left + x * 1, lambda: left + x.data),
        (lambda: left / x, lambda: left / x.data),
        (lambda: left - x, lambda: left - x.data),
        (lambda: left * x, lambda: left * x.data),
        (lambda: left**x, lambda: np.asarray(left) ** x.data),
        (lambda: x - left, lambda: x.data - left),
        (lambda: x / left, lambda: x.data / left),
        (lambda: x**left, lambda: x.data**left),
    ):
        assert isinstance(formula(), Variable)
        np.testing.assert_array_equal(formula().data, expected())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((2, 3), (3, 4)),
        ((3,), (3, 4)),
        ((2, 3), (3,)),
        ((3,), (3,)),
        ((5, 2, 3), (3, 4)),
        ((2, 3), (5, 3, 4)),
        ((5, 2, 3), (5, 3, 4)),
        ((5, 1, 2, 3), (4, 3, 2)),
        ((3,), (5, 3, 4)),
        ((5, 2, 3), (3,)),
    ],
)
def test_matrix_products_of_vectors_matrices_and_stacks(rng, left, right):
    assert_right(lambda x, y: x @ y, rng.standard_normal(left), rng.standard_normal(right))


def test_a_matrix_may_be_a_plain_array_on_either_side(rng):
    A, B = rng.standard_normal((2, 3)), rng.standard_normal((3, 4))
    np.testing.assert_array_equal((A @ Variable(B)).data, A @ B)
    np.testing.assert_array_equal((Variable(A) @ B).data, A @ B)
    assert_right(lambda y: A @ y, B)
    assert_right(lambda x: x @ B, A)


@st.composite
def shapes_with_axes(draw):
    shape = draw(hnp.array_shapes(min_dims=1, max_dims=4, max_side=3))
    axes = draw(st.lists(st.integers(-len(shape), len(shape) - 1), max_size=len(shape)))
    assume(len({axis % len(shape) for axis in axes}) == len(axes))
    return shape, draw(st.sampled_from([None, *axes])) if draw(st.booleans()) else tuple(axes)


@pytest.mark.parametrize("name", ["sum", "mean", "max"])
@given(shapes_with_axes(), st.booleans(), seeds)
def test_reductions_along_any_axes(name, shape_and_axis, keepdims, seed):
    (shape, axis), reduce = shape_and_axis, getattr(graph, name)
    x = away_from_zero(np.random.default_rng(seed), shape)
    expected = getattr(np, name)(x, axis, keepdims=keepdims)
    np.testing.assert_array_equal(reduce(Variable(x), axis, keepdims).data, expected)
    assert_right(lambda x: reduce(x, axis, keepdims), x, seed=seed)


@pytest.mark.parametrize("name", ["sum", "mean", "max"])
def test_reductions_of_a_number_are_the_number(name):
    x = Variable(3.0)
    y = getattr(x, name)()
    y.backward()
    assert (y.data, x.grad) == (3, 1)


def test_of_equal_elements_the_first_row_by_row_gets_the_whole_gradient_of_the_maximum():
    x = Variable([[1.0, 5.0, 5.0], [5.0, 5.0, 2.0]])
    x.max().backward()
    np.testing.assert_array_equal(x.grad, [[0, 1, 0], [0, 0, 0]])
    x.max(axis=0).backward([1, 2, 3])
    np.testing.assert_array_equal(x.grad, [[0, 2, 3], [1, 0, 0]])
    x.max(axis=(1, 0)).backward()
    np.testing.assert_array_equal(x.grad, [[0, 1, 0], [0, 0, 0]])


@given(shapes, seeds)
def test_reshape_and_transpose_give_the_gradient_its_shape_back(shape, seed):
    rng = np.random.default_rng(seed)
    x, axes = rng.standard_normal(shape), rng.permutation(len(shape)) - rng.integers(0, 2) * len(shape)
    dout = rng.standard_normal(x.size)
    variable = Variable(x)
    variable.reshape(-1).backward(dout)
    np.testing.assert_array_equal(variable.grad, dout.reshape(shape))
    y = variable.transpose(*axes) if len(axes) else variable.transpose()
    np.testing.assert_array_equal(y.data, x.transpose(axes))
    y.backward(y.data)
    np.testing.assert_array_equal(variable.grad, x)


def test_reshape_and_transpose_take_numbers_one_by_one_or_together(rng):
    x = Variable(rng.standard_normal((2, 3, 4)))
    for y in (x.reshape(4, -1), x.reshape((4, -1)), graph.reshape(x, 4, -1), graph.reshape(x, (4, -1))):
        assert y.shape == (4, 6)
    for y in (x.transpose(0, 2, 1), x.transpose((0, 2, 1)), graph.transpose(x, 0, 2, 1), graph.transpose(x, (0, 2, 1))):
        assert y.shape == (2, 4, 3)
    assert x.T.shape == x.transpose().shape == graph.transpose(x).shape == (4, 3, 2)


INDICES = {
    "int": 1,
    "ints": (1, 2),
    "negative": (-1, -2),
    "slice": slice(0, 2),
    "steps": (slice(None, None, -2), slice(1, None)),
    "ellipsis": (Ellipsis, 0),
    "new axis": (None, 1, slice(None)),
    "integers": np.array([2, 0, 2, 2]),
    "list": [0, 0, 1],
    "pairs": (np.array([0, 2, 0]), np.array([1, 1, 1])),
    "grid": (np.array([[0], [2]]), np.array([[1, 1, 3]])),
    "integers and slice": (slice(None), np.array([3, 3])),
    "booleans": np.arange(12).reshape(3, 4) % 3 == 0,
    "rows": np.array([True, False, True]),
    "none": [],
}


@pytest.mark.parametrize("name", list(INDICES))
def test_indexing_gives_the_gradient_to_the_elements_that_were_taken(rng, name):
    assert_right(lambda x: x[INDICES[name]] * 1.0, rng.standard_normal((3, 4)))


def test_an_element_that_was_taken_twice_gets_the_sum():
    x = Variable([1.0, 2.0, 3.0])
    x[[0, 0, 2]].backward([10, 20, 30])
    np.testing.assert_array_equal(x.grad, [30, 0, 30])


def test_one_element_is_a_python_float_and_a_loop_runs_over_the_first_axis():
    x = Variable([1.0, 2.0])
    assert [element.data for element in x] == [1.0, 2.0]
    assert type(x[0].data) is float


def test_one_to_a_power_of_0_has_slope_0_even_at_0():
    x = Variable([0.0, 0.0, 2.0])
    (x ** np.array([0.0, 1.0, 0.0])).sum().backward()
    np.testing.assert_array_equal(x.grad, [0, 1, 0])


def test_negative_numbers_have_powers_by_whole_numbers():
    x = Variable(-3.0)
    y = x**2
    y.backward()
    assert (y.data, x.grad) == (9, -6)


def test_the_exponent_gets_a_gradient_of_0_where_the_base_is_0():
    x, n = Variable([0.0, 2.0]), Variable(3.0)
    (x**n).sum().backward()
    assert n.grad == pytest.approx(8 * np.log(2))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (lambda x: x**-1, np.inf),
        (lambda x: 1 / x, np.inf),
        (lambda x: (x - 1) ** 0.5, np.nan),
        (lambda x: (x + 10) ** 400, np.inf),
        (lambda x: x / x, np.nan),
    ],
)
def test_numbers_follow_numpys_rules_as_arrays_do(formula, expected):
    """Python's own give an error for 1 / 0.0 and 10.0 ** 400, and a complex number for (-1.0) ** 0.5."""
    with np.errstate(all="ignore"):
        for x in (Variable(0.0), Variable(np.zeros(1))):
            np.testing.assert_array_equal(np.ravel(formula(x).data), [expected])


def test_relu_passes_the_gradient_where_the_input_was_positive():
    x = Variable([-1.0, 0.0, 2.0])
    x.relu().backward([5, 5, 5])
    np.testing.assert_array_equal(x.grad, [0, 0, 5])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_large_inputs_are_finite_and_silent(dtype):
    x = np.array([[-1e30, -1e4, -1e3, -88.8, 0, 88.8, 1e3, 1e4, 1e30]], dtype)
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        for formula in (graph.sigmoid, graph.tanh, graph.relu, lambda x: graph.softmax_cross_entropy(x, [4])):
            variable = Variable(x)
            y = formula(variable)
            y.backward(np.ones(y.shape))
            assert np.isfinite(y.data).all()
            assert np.isfinite(variable.grad).all()


@given(st.integers(1, 5), st.integers(2, 6), seeds, st.booleans())
def test_softmax_cross_entropy(N, K, seed, one_hot):
    rng = np.random.default_rng(seed)
    t = rng.integers(0, K, N)
    assert_right(lambda x: graph.softmax_cross_entropy(x, np.eye(K)[t] if one_hot else t), rng.standard_normal((N, K)))


def test_softmax_cross_entropy_is_that_of_single_operations(rng):
    scores, t = Variable(rng.standard_normal((4, 3))), np.eye(3)[[0, 2, 1, 1]]
    loss = graph.softmax_cross_entropy(scores, t)
    loss.backward()
    given = scores.grad
    y = scores.exp() / scores.exp().sum(axis=1, keepdims=True)
    by_hand = -(t * y.log()).sum() / 4
    by_hand.backward()
    assert loss.data == pytest.approx(by_hand.data, rel=1e-14)
    np.testing.assert_allclose(given, scores.grad, rtol=1e-12)
    np.testing.assert_allclose(given, (y.data - t) / 4, rtol=1e-12)


def test_the_right_answers_are_an_input_of_the_loss_without_a_gradient(rng):
    loss = graph.softmax_cross_entropy(Variable(rng.standard_normal((2, 3)), "scores"), [0, 2])
    loss.backward()
    scores, t = loss.creator.inputs
    assert (scores.name, t.name, t.grad) == ("scores", "t", None)
    np.testing.assert_array_equal(t.data, [[1, 0, 0], [0, 0, 1]])


def test_functions_are_the_methods(rng):
    x = Variable(rng.uniform(0.5, 2, (2, 3)))
    for name in ("exp", "log", "relu", "sigmoid", "tanh", "sum", "mean", "max", "transpose"):
        np.testing.assert_array_equal(getattr(graph, name)(x).data, getattr(x, name)().data)


def test_each_operation_has_a_sign_that_is_drawn():
    x = Variable([[1.0, 2.0]])
    results = [x + 1, x - 1, x / 2, x**2, x @ x.T, -x, x.exp(), x.sum(), x.max(), x[0], x.T, x.reshape(2)]
    signs = [y.creator.symbol for y in results]
    assert signs == ["+", "-", "/", "^", "@", "-x", "exp", "sum", "max", "[ ]", "T", "reshape"]
    assert (x * 2).creator.symbol == "\N{MULTIPLICATION SIGN}"
