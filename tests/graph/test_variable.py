from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from graph import Variable, no_grad


@pytest.mark.parametrize("number", [3, 3.0, True + 2, np.float64(3), np.float32(3), np.int8(3), np.array(3)])
def test_a_number_is_held_as_a_python_float(number):
    x = Variable(number)
    assert type(x.data) is float
    assert x.data == 3
    assert x.shape == ()


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_an_array_of_floats_is_held_itself(dtype):
    array = np.ones((2, 3), dtype)
    assert Variable(array).data is array
    assert Variable(array).shape == (2, 3)


@pytest.mark.parametrize("data", [[1, 2], (1, 2), np.array([1, 2]), np.array([1, 2], np.uint8)])
def test_integers_and_lists_become_arrays_of_float64(data):
    assert Variable(data).data.dtype == np.float64


@pytest.mark.parametrize(
    "data",
    ["1", None, 1j, object(), ["a"], np.array(["1"]), np.array([None]), [1, None], {1: 2}, 10**400, [[1], [1, 2]]],
)
def test_anything_but_real_numbers_is_refused(data):
    with pytest.raises(TypeError, match=r"Variable: expected .* number"):
        Variable(data)


def test_a_variable_of_a_variable_and_an_array_of_variables_are_refused():
    x = Variable(1.0)
    with pytest.raises(TypeError, match="got a Variable already"):
        Variable(x)
    with pytest.raises(TypeError, match="expected a real number"):
        Variable([x, x])


def test_a_name_that_is_no_text_is_refused():
    with pytest.raises(TypeError, match=r"the name must be a text, got 2\.0; several numbers are one list or array"):
        Variable(1.0, 2.0)


def test_what_is_given_has_no_creator_and_what_is_computed_has_one():
    x, y = Variable(1.0, "x"), Variable(2.0, "y")
    z = x + y
    assert x.creator is None
    assert z.creator.symbol == "+"
    assert z.creator.inputs == (x, y)
    assert z.name is None


def test_a_number_in_a_formula_is_an_unnamed_input_without_a_gradient():
    x = Variable(3.0, "x")
    y = 2 - x
    y.backward()
    two, _ = y.creator.inputs
    assert isinstance(two, Variable)
    assert (two.data, two.name, two.grad) == (2.0, None, None)


@pytest.mark.parametrize("data", [2.0, np.array([1.0, 2.0]), np.array([[1.0]], np.float32)])
def test_the_gradient_is_of_the_same_kind_and_dtype_as_the_data(data):
    x = Variable(data)
    (x * 2).sum().backward()
    assert type(x.grad) is type(x.data)
    assert np.shape(x.grad) == np.shape(x.data)
    assert getattr(x.grad, "dtype", float) == getattr(x.data, "dtype", float)


@pytest.mark.parametrize(
    "formula",
    [
        lambda x: (2 * x + 1.5) / 3 - 0.1,
        lambda x: x**2 + 2**x + x**-1.5,
        lambda x: x * np.array([1, 2]) + np.array([True, False]) - [1.0, 2.0],
        lambda x: x * np.float64(2) + np.float64(1) * x,
        lambda x: x / x.sum() + x.mean() * x - x.max(),
        lambda x: (x.exp() + x.log() + x.relu() + x.sigmoid() + x.tanh()).reshape(2, 1).T,
        lambda x: x * Variable(2.0) + Variable(0.5) ** x,
    ],
)
def test_numbers_beside_float32_leave_it_float32(formula):
    x = Variable(np.array([0.5, 2.0], np.float32))
    y = formula(x)
    y.sum().backward()
    assert y.data.dtype == y.grad.dtype == x.grad.dtype == np.float32


def test_the_gradient_of_float32_beside_float64_is_float32():
    x, w = Variable(np.ones(2, np.float32)), Variable(np.ones(2))
    y = x * w
    y.sum().backward()
    assert y.data.dtype == w.grad.dtype == np.float64
    assert x.grad.dtype == np.float32


def test_its_text_says_what_it_holds_and_where_it_came_from():
    x = Variable(1.5, "x")
    y = x * np.zeros((784, 50))
    assert repr(x) == "Variable(1.5, 'x')"
    assert repr(y) == "Variable(array of shape (784, 50), made by \N{MULTIPLICATION SIGN})"
    assert repr(y.creator.inputs[1]) == "Constant(array of shape (784, 50))"
    assert repr(y.creator) == "<Multiply, drawn as '\N{MULTIPLICATION SIGN}'>"
    y.sum().backward()
    assert repr(x) == "Variable(1.5, 'x', grad=0.0)"
    assert repr(Variable([[1, 2], [3, 4]], "W")) == "Variable(array([[1., 2.], [3., 4.]]), 'W')"


def test_nothing_is_recorded_under_no_grad():
    x = Variable(2.0)
    with no_grad():
        inside = x * x
    after = x * x
    assert inside.data == 4
    assert inside.creator is None
    assert after.creator is not None


def test_no_grad_ends_where_its_block_fails_and_may_be_nested():
    x = Variable(2.0)
    with pytest.raises(ZeroDivisionError), no_grad():
        1 / 0  # noqa: B018
    assert (x + 1).creator is not None
    with no_grad():
        with no_grad():
            pass
        assert (x + 1).creator is None


def test_no_grad_stands_before_a_function_too():
    @no_grad()
    def square(x):
        return x * x

    assert square(Variable(3.0)).creator is None


def test_no_grad_in_one_thread_leaves_the_others_alone():
    x = Variable(2.0)
    with no_grad(), ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: x * x).result().creator is not None


@pytest.mark.parametrize(
    "call",
    [
        lambda x: np.dot(x, np.ones((3, 2))),
        lambda x: np.dot(np.ones((2, 2)), x),
        lambda x: np.outer(x, x),
        lambda x: np.stack([x, x]),
        lambda x: np.where(True, x, 0.0),
        lambda x: np.sum(x),
        lambda x: np.transpose(x),
        lambda x: np.shape(x),
    ],
)
def test_numpys_functions_are_refused_because_they_record_nothing(call):
    with pytest.raises(TypeError, match=r"np\.\w+ does not record what it computes: write x @ W for a product"):
        call(Variable(np.ones((2, 3))))


def test_a_large_whole_number_is_a_number():
    assert Variable(10**20).data == 1e20
