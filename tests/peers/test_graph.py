"""Computational graphs against PyTorch's: the same expressions, the same values, the same gradients."""

import operator

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import graph
from graph import Variable, no_grad
from graph_formulas.erf import erf

torch = pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch==2.13.0)")

seeds = st.integers(0, 2**32 - 1)
CLOSE = {"rtol": 1e-10, "atol": 1e-12}


def leaf(data):
    return torch.tensor(data, dtype=torch.float64, requires_grad=True)


def assert_same(ours, theirs, *arrays, dout=None):
    """Compare ours(*Variables) with theirs(*tensors): the value, and the gradient of every input."""
    variables, tensors = [Variable(array) for array in arrays], [leaf(array) for array in arrays]
    y, z = ours(*variables), theirs(*tensors)
    np.testing.assert_allclose(y.data, z.detach().numpy(), **CLOSE)
    dout = np.ones(y.shape) if dout is None else dout
    y.backward(dout)
    z.backward(torch.tensor(dout, dtype=torch.float64))
    for variable, tensor in zip(variables, tensors, strict=True):
        if tensor.grad is None:
            assert variable.grad is None or not np.any(variable.grad)
        else:
            np.testing.assert_allclose(variable.grad, tensor.grad.numpy(), **CLOSE)


def neuron(F, x1, x2, w1, w2, b):
    return F.tanh(x1 * w1 + x2 * w2 + b)


def used_again_and_again(F, x):
    y = 3 * x + 2 + x
    z = F.relu(y) + y * x
    y = z * z + y
    return y + z * y - x


def every_operator(F, a, b):
    c = a - b / 2
    d = c**3 - 2 * a * b
    d = d + d + (1 - c) * F.relu(b - a)
    e = (d - a) ** 2 / 7 + 5 / (c**2 + 1)
    return -e / 3 + F.exp(-(c**2)) - F.log(d**2 + 0.5) + 2**c


def sigmoid_by_hand(F, x):
    return 1 / (1 + F.exp(-x)) - F.sigmoid(x) * x


def newton(F, a):
    x = 1 + a * 0
    for _ in range(6):
        x = (x + (a**2 + 1) / x) / 2
    return x


def power_of_powers(F, a, b):
    return (a**2 + 0.1) ** b - (b**2 + 0.3) ** (a * 0.5)


SCALARS = {
    "neuron": (neuron, 5),
    "used again and again": (used_again_and_again, 1),
    "every operator": (every_operator, 2),
    "sigmoid by hand": (sigmoid_by_hand, 1),
    "newton's root": (newton, 1),
    "power of powers": (power_of_powers, 2),
}


@pytest.mark.parametrize("name", list(SCALARS))
@given(st.data())
def test_expressions_of_numbers(name, data):
    formula, count = SCALARS[name]
    numbers = [data.draw(st.floats(-3, 3).filter(lambda number: abs(number) > 1e-3)) for _ in range(count)]
    assert_same(lambda *a: formula(graph, *a), lambda *a: formula(torch, *a), *numbers)


FUNCTIONS = {
    "exp": (lambda x: graph.exp(graph.tanh(x)), lambda x: torch.exp(torch.tanh(x))),
    "log": (lambda x: graph.log(x * x + 0.1), lambda x: torch.log(x * x + 0.1)),
    "relu": (graph.relu, torch.relu),
    "sigmoid": (graph.sigmoid, torch.sigmoid),
    "tanh": (graph.tanh, torch.tanh),
    "erf": (erf, torch.erf),
    "square": (lambda x: x**2, lambda x: x**2),
    "minus": (operator.neg, operator.neg),
    "half": (lambda x: x / 2, lambda x: x / 2),
    "one over": (lambda x: 1 / (x * x + 1), lambda x: 1 / (x * x + 1)),
}
OPERATORS = [operator.add, operator.sub, operator.mul, lambda x, y: x / (y * y + 0.5)]


@st.composite
def programs(draw, leaves):
    """A random expression as a list of steps: a function of a value before it, or an operator between two."""
    steps = []
    for place in range(leaves, leaves + draw(st.integers(1, 12))):
        earlier = st.integers(0, place - 1)
        if draw(st.booleans()):
            steps.append((draw(st.sampled_from(list(FUNCTIONS))), draw(earlier)))
        else:
            steps.append((draw(st.integers(0, len(OPERATORS) - 1)), draw(earlier), draw(earlier)))
    return steps


def run(steps, side, *inputs):
    """Compute the expression; side 0 is ours, 1 PyTorch's. All values are summed up, so that none is in vain."""
    values = list(inputs)
    for name, *places in steps:
        function = FUNCTIONS[name][side] if len(places) == 1 else OPERATORS[name]
        value = function(*(values[place] for place in places))
        values.append(0.1 * value)
    return sum((value.sum() for value in values[1:]), values[0].sum())


@given(programs(leaves=3), seeds)
def test_random_expressions_of_numbers(steps, seed):
    numbers = np.random.default_rng(seed).uniform(0.2, 1.5, 3).tolist()
    assert_same(lambda *a: run(steps, 0, *a), lambda *a: run(steps, 1, *a), *numbers)


@given(programs(leaves=3), hnp.mutually_broadcastable_shapes(num_shapes=3, max_dims=3, max_side=3), seeds)
def test_random_expressions_of_arrays_that_broadcast(steps, shapes, seed):
    rng = np.random.default_rng(seed)
    arrays = [rng.choice([-1, 1], shape) * rng.uniform(0.2, 1.5, shape) for shape in shapes.input_shapes]
    assert_same(lambda *a: run(steps, 0, *a), lambda *a: run(steps, 1, *a), *arrays)


@pytest.mark.parametrize("name", ["sum", "mean", "max"])
@given(hnp.array_shapes(min_dims=1, max_dims=4, max_side=4), st.booleans(), st.data())
def test_reductions_along_axes(name, shape, keepdims, data):
    rng = np.random.default_rng(data.draw(seeds))
    axes = data.draw(st.lists(st.integers(-len(shape), len(shape) - 1), min_size=1, max_size=len(shape)))
    assume(len({axis % len(shape) for axis in axes}) == len(axes))
    x = rng.permutation(np.linspace(-1, 1, int(np.prod(shape)))).reshape(shape)  # no two equal elements
    theirs = torch.amax if name == "max" else getattr(torch, name)
    y = getattr(np, name)(x, tuple(axes), keepdims=keepdims)
    assert_same(
        lambda x: getattr(x, name)(tuple(axes), keepdims),
        lambda x: theirs(x, axes, keepdim=keepdims),
        x,
        dout=rng.standard_normal(np.shape(y)),
    )


@given(hnp.array_shapes(min_dims=1, max_dims=3, max_side=4), st.data())
def test_the_maximum_along_an_axis_gives_the_whole_gradient_to_one_of_equal_elements(shape, data):
    """To the first, as PyTorch documents it for ``torch.max`` with ``dim``."""
    rng, axis = np.random.default_rng(data.draw(seeds)), data.draw(st.integers(0, len(shape) - 1))
    x = rng.integers(0, 3, shape).astype(float)
    dout = rng.standard_normal(x.max(axis).shape)
    assert_same(lambda x: x.max(axis), lambda x: x.max(dim=axis).values, x, dout=dout)


def test_the_maximum_over_all_elements_gives_to_the_first_where_pytorch_shares():
    x, tensor = Variable([1.0, 2.0, 2.0]), leaf([1.0, 2.0, 2.0])
    x.max().backward()
    tensor.max().backward()
    np.testing.assert_array_equal(x.grad, [0, 1, 0])
    np.testing.assert_array_equal(tensor.grad, [0, 0.5, 0.5])


@given(hnp.array_shapes(min_dims=1, max_dims=3, max_side=4), st.data())
def test_indexing_by_slices_and_numbers(shape, data):
    rng = np.random.default_rng(data.draw(seeds))
    x, index = rng.standard_normal(shape), data.draw(hnp.basic_indices(shape, allow_newaxis=True))
    steps = [part.step for part in (index if isinstance(index, tuple) else (index,)) if isinstance(part, slice)]
    assume(all(step is None or step > 0 for step in steps))  # PyTorch takes no others
    assert_same(lambda x: x[index] * 2, lambda x: x[index] * 2, x, dout=rng.standard_normal(x[index].shape))


@given(hnp.array_shapes(min_dims=1, max_dims=3, max_side=4), st.data())
def test_indexing_by_arrays_of_integers_and_booleans(shape, data):
    rng = np.random.default_rng(data.draw(seeds))
    x = rng.standard_normal(shape)
    if data.draw(st.booleans()):
        index = data.draw(hnp.integer_array_indices(shape))
        theirs = tuple(torch.tensor(part) for part in index)
    else:
        index = rng.random(shape[: data.draw(st.integers(1, len(shape)))]) < 0.5
        theirs = torch.tensor(index)
    assert_same(lambda x: x[index] * 2, lambda x: x[theirs] * 2, x, dout=rng.standard_normal(x[index].shape))


@given(hnp.mutually_broadcastable_shapes(signature=np.matmul.signature, max_dims=2, max_side=3), seeds)
def test_matrix_products(shapes, seed):
    rng = np.random.default_rng(seed)
    x, y = (rng.standard_normal(shape) for shape in shapes.input_shapes)
    assert_same(operator.matmul, operator.matmul, x, y, dout=rng.standard_normal((x @ y).shape))


@given(st.permutations(range(3)), seeds)
def test_transpose_and_reshape(axes, seed):
    rng = np.random.default_rng(seed)
    x, dout = rng.standard_normal((2, 3, 4)), rng.standard_normal((6, 4))
    assert_same(lambda x: x.transpose(*axes).reshape(6, -1), lambda x: x.permute(*axes).reshape(6, -1), x, dout=dout)


@given(st.integers(1, 6), st.integers(2, 8), seeds, st.sampled_from([1.0, 100.0, 1e4]))
def test_softmax_cross_entropy(N, K, seed, scale):
    rng = np.random.default_rng(seed)
    x, t = scale * rng.standard_normal((N, K)), rng.integers(0, K, N)
    assert_same(
        lambda x: graph.softmax_cross_entropy(x, t),
        lambda x: torch.nn.functional.cross_entropy(x, torch.tensor(t)),
        x,
    )


@given(st.floats(-2, 2), st.sampled_from([0.0, 1.0, 2.0, 3.0, -1.0, -2.0]))
def test_powers_by_whole_numbers_at_0_and_below(x, n):
    assume(n >= 0 or abs(x) > 1e-3)
    assert_same(lambda x: x**n, lambda x: x**n, x)


def test_a_network_of_single_operations_learns_as_pytorchs(rng):
    shapes, ours, theirs = ((8, 6), (6,), (6, 4), (4,)), [], []
    for shape in shapes:
        array = 0.3 * rng.standard_normal(shape)
        ours.append(Variable(array.copy()))
        theirs.append(leaf(array))

    def scores(F, x, W1, b1, W2, b2):
        return F.tanh(x @ W1 + b1) @ W2 + b2

    for _ in range(50):
        x, t = rng.standard_normal((5, 8)), rng.integers(0, 4, 5)
        graph.softmax_cross_entropy(scores(graph, x, *ours), t).backward()
        loss = torch.nn.functional.cross_entropy(scores(torch, torch.tensor(x), *theirs), torch.tensor(t))
        grads = torch.autograd.grad(loss, theirs)
        for variable, tensor, grad in zip(ours, theirs, grads, strict=True):
            variable.data -= 0.1 * variable.grad
            tensor.data -= 0.1 * grad
    for variable, tensor in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(variable.data, tensor.detach().numpy(), **CLOSE)


def test_under_no_grad_neither_records():
    x, tensor = Variable(2.0), leaf(2.0)
    with no_grad(), torch.no_grad():
        assert (x * x).creator is None
        assert (tensor * tensor).grad_fn is None
