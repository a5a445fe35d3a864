"""What does not fit is named: the operation, what it needs, and what came."""

import numpy as np
import pytest

import graph
from graph import Variable

x = Variable(np.ones((2, 3)), "x")


@pytest.mark.parametrize(
    ("sign", "formula"),
    [
        (r"\+", lambda: x + np.ones(4)),
        ("-", lambda: np.ones(4) - x),
        (r"\*", lambda: x * Variable(np.ones(4))),
        ("/", lambda: x / np.ones(4)),
        (r"\*\*", lambda: x ** np.ones(4)),
    ],
)
def test_operands_that_do_not_broadcast_are_refused_with_sign_and_shapes(sign, formula):
    with pytest.raises(
        ValueError, match=rf"^{sign}: .*each pair of axes must be equal or hold a 1; got shapes \("
    ) as error:
        formula()
    assert "(2, 3)" in str(error.value)
    assert "(4,)" in str(error.value)


@pytest.mark.parametrize(
    ("formula", "shapes"),
    [
        (lambda: x @ np.ones((2, 3)), r"\(2, 3\) and \(2, 3\)"),
        (lambda: np.ones(3) @ x, r"\(3,\) and \(2, 3\)"),
        (lambda: x @ 2.0, r"\(2, 3\) and \(\)"),
        (lambda: Variable(2.0) @ x, r"\(\) and \(2, 3\)"),
    ],
)
def test_matrices_that_do_not_fit_are_refused_with_both_shapes(formula, shapes):
    with pytest.raises(ValueError, match=rf"^@: the last axis of the first must be as long .* got shapes {shapes}"):
        formula()


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        (lambda: x.reshape(4, 2), r"^reshape: the elements must fill the new shape \(4, 2\); got shape \(2, 3\)"),
        (
            lambda: x.transpose(0, 0),
            r"^transpose: axes=\(0, 0\) must name every axis of the input once; got .*\(2, 3\)",
        ),
        (lambda: x.transpose(1), r"^transpose: axes=\(1,\) must name every axis"),
        (lambda: x.sum(2), r"^sum: axis=2 must name axes of an input that holds elements; got shape \(2, 3\)"),
        (lambda: x.mean((0, 0)), r"^mean: axis=\(0, 0\) must name axes"),
        (lambda: Variable(np.ones((0, 3))).max(), r"^max: .*that holds elements; got shape \(0, 3\)"),
        (lambda: Variable(np.ones((0, 3))).mean(), r"^mean: .*that holds elements; got shape \(0, 3\)"),
    ],
)
def test_shapes_and_axes_that_do_not_fit_are_named(formula, message):
    with pytest.raises(ValueError, match=message):
        formula()


@pytest.mark.parametrize("index", [5, (0, 7), (0, 0, 0), "a", 1.0, np.array([True, False, True]), np.array([3])])
def test_an_index_that_does_not_fit_is_named_with_the_shape(index):
    with pytest.raises(IndexError, match=r"^indexing: .*\(x.shape \(2, 3\)\)"):
        x[index]


def test_a_number_has_no_elements_and_no_loop_runs_over_it():
    with pytest.raises(TypeError, match=r"^indexing: .*\(x.shape \(\)\)"):
        list(Variable(1.0))


@pytest.mark.parametrize("other", ["1", None, 1j, ["a"], np.array([None]), object()])
def test_operands_that_are_no_numbers_are_refused(other):
    with pytest.raises(TypeError, match=r"^\+: expected a real number or an array of real numbers, got "):
        x + other
    with pytest.raises(TypeError, match=r"^\+: expected a real number or an array of real numbers, got "):
        other + x


@pytest.mark.parametrize(
    "name",
    ["exp", "log", "relu", "sigmoid", "tanh", "sum", "mean", "max", "reshape", "transpose", "softmax_cross_entropy"],
)
@pytest.mark.parametrize(("constant", "came"), [(3.0, r"3\.0"), (np.ones((2, 3)), r"an array of shape \(2, 3\)")])
def test_a_constant_where_a_variable_is_needed_is_refused(name, constant, came):
    arguments = {"reshape": (6,), "softmax_cross_entropy": ([0, 1],)}.get(name, ())
    with pytest.raises(TypeError, match=rf"^{name}: expected a Variable, got {came}; Variable\(\.\.\.\) around it"):
        getattr(graph, name)(constant, *arguments)


def test_numpys_own_functions_do_not_take_apart_a_variable():
    with pytest.raises(TypeError, match="Variable"):
        np.exp(x)


@pytest.mark.parametrize(
    ("scores", "t", "message"),
    [
        (x, [0, 1, 2], r"scores.shape \(2, 3\) and t.shape \(3,\)"),
        (x, [[1, 0], [0, 1]], r"scores.shape \(2, 3\) and t.shape \(2, 2\)"),
        (x, [0, 3], r"labels must lie in 0\.\.2 \(the scores have 3 classes\)"),
        (x, [-1, 0], r"labels must lie in 0\.\.2"),
        (x, [[1, 0, 0], [0, 0, 0]], r"each row of t must sum to 1"),
        (x, [[2, -1, 0], [0, 0, 1]], r"without negative entries"),
        (Variable(np.ones(3)), [0, 1, 2], r"expected scores of shape \(N, K\).*scores.shape \(3,\)"),
        (Variable(1.0), 0, r"scores.shape \(\) and t.shape \(\)"),
        (Variable(np.ones((0, 3))), [], r"scores.shape \(0, 3\)"),
    ],
)
def test_scores_and_answers_that_do_not_fit_are_named(scores, t, message):
    with pytest.raises(ValueError, match=rf"^softmax_cross_entropy: .*{message}"):
        graph.softmax_cross_entropy(scores, t)


@pytest.mark.parametrize(
    ("t", "message"),
    [
        ([0.0, 1.0], "must be integers, got float64"),
        (["a", "b"], "expected a real number"),
        (Variable([[1, 0, 0], [0, 0, 1]], "t"), "must be an array of labels, got Variable"),
    ],
)
def test_answers_that_are_no_labels_are_refused(t, message):
    with pytest.raises(TypeError, match=rf"^softmax_cross_entropy: .*{message}"):
        graph.softmax_cross_entropy(x, t)


def test_an_operation_whose_gradient_has_another_shape_than_its_input_is_named():
    class Wrong(graph.operations.operation.Operation):
        symbol = "wrong"

        def forward(self, x):
            return x * 2

        def backward(self, dout):
            return (dout.sum(),)

    y = x.record(Wrong(), x)
    with pytest.raises(
        ValueError, match=r"^wrong: backward gave a gradient of shape \(\) for an input of shape \(2, 3\)"
    ):
        y.backward(np.ones((2, 3)))


def test_an_unknown_name_is_not_in_the_room():
    with pytest.raises(AttributeError, match="has no attribute 'plot'"):
        graph.plot  # noqa: B018
