"""The table of derivatives: each formula, computed, is what the operation computes and hands back."""

import inspect
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import Variable, softmax_cross_entropy
from graph.operations.operation import Operation
from page.inside.seeing.formulas import computed, in_letters, in_numbers, name_part
from page.inside.seeing.mathematics import text_of
from page.inside.seeing.putting_in import gradient_by, letters_of, values_in
from page.inside.seeing.rules import rules_of

MODULES = ("arithmetic", "cross_entropy", "elementwise", "matmul", "reductions", "shaping")
SHAPED = {
    "plus": lambda v: v(2, 3) + v(3),
    "plus of numbers": lambda v: v() + v(),
    "minus": lambda v: v(2, 1) - v(3),
    "times": lambda v: v(2, 3) * v(),
    "times of numbers": lambda v: v() * v(),
    "divided": lambda v: v(3) / v(2, 3),
    "square": lambda v: v(2) ** 2,
    "cube": lambda v: v(2) ** 3,
    "root": lambda v: v(2) ** 0.5,
    "power of zero": lambda v: v() ** 0,
    "power of a Variable": lambda v: v(2, 2) ** v(2),
    "powers in an array": lambda v: v(3) ** np.array([0.0, 1.0, 2.5]),
    "opposite": lambda v: -v(2),
    "exp": lambda v: v(2).exp(),
    "log": lambda v: v(2).log(),
    "relu": lambda v: (v(2, 3) - 1).relu(),
    "sigmoid": lambda v: v().sigmoid(),
    "tanh": lambda v: v(3).tanh(),
    "matrices": lambda v: v(2, 3) @ v(3, 4),
    "matrix and vector": lambda v: v(2, 3) @ v(3),
    "vector and matrix": lambda v: v(3) @ v(3, 2),
    "vectors": lambda v: v(3) @ v(3),
    "stack and matrix": lambda v: v(5, 2, 3) @ v(3, 4),
    "stack and vector": lambda v: v(5, 2, 3) @ v(3),
    "vector and stack": lambda v: v(3) @ v(5, 3, 2),
    "sum": lambda v: v(2, 3).sum(),
    "sum along an axis": lambda v: v(2, 3).sum(0),
    "mean along an axis": lambda v: v(2, 3).mean(-1, keepdims=True),
    "max along axes": lambda v: v(2, 3, 4).max((0, 2)),
    "max": lambda v: v(2, 3).max(),
    "reshape": lambda v: v(2, 3).reshape(3, 2),
    "transpose": lambda v: v(2, 3, 4).transpose(2, 0, 1),
    "slice": lambda v: v(4, 3)[1:3],
    "elements taken twice": lambda v: v(4, 3)[[0, 0, 1]],
    "softmax with cross entropy": lambda v: softmax_cross_entropy(v(2, 3), [0, 2]),
    "sum of a number": lambda v: v().sum(),
}


def drawn(seed=0):
    rng = np.random.default_rng(seed)
    return lambda *shape: Variable(rng.uniform(0.5, 2, shape) if shape else float(rng.uniform(0.5, 2)))


def dout_for(output, seed=0):
    return np.random.default_rng(seed + 1).standard_normal(output.shape) if output.shape else -2.0


@pytest.mark.parametrize("name", SHAPED)
def test_the_forward_formula_computes_the_output(name):
    output = SHAPED[name](drawn())
    operation = output.creator
    value = computed(rules_of(operation).forward, values_in(operation, output.data, None))
    np.testing.assert_allclose(np.reshape(value, output.shape), output.data)


@pytest.mark.parametrize("name", SHAPED)
def test_the_products_are_what_backward_hands_back(name):
    output = SHAPED[name](drawn())
    operation, dout = output.creator, dout_for(output)
    for place, (rule, grad) in enumerate(zip(rules_of(operation).inputs, operation.backward(dout), strict=True)):
        if grad is not None:
            found = gradient_by(rule, operation, place, output.data, dout)
            assert np.shape(found) == np.shape(grad)
            np.testing.assert_allclose(found, grad, rtol=1e-12, atol=1e-12)


@given(st.integers(0, 2**31), st.sampled_from(sorted(SHAPED)))
def test_so_they_are_for_any_numbers(seed, name):
    output = SHAPED[name](drawn(seed))
    operation, dout = output.creator, dout_for(output, seed)
    for place, (rule, grad) in enumerate(zip(rules_of(operation).inputs, operation.backward(dout), strict=True)):
        if grad is not None:
            np.testing.assert_allclose(
                gradient_by(rule, operation, place, output.data, dout), grad, rtol=1e-9, atol=1e-9
            )


def test_every_operation_of_a_graph_is_in_the_table():
    known = {type(SHAPED[name](drawn()).creator).__name__ for name in SHAPED}
    there = {
        name
        for module in MODULES
        for name, cls in vars(import_module(f"graph.operations.{module}")).items()
        if inspect.isclass(cls) and issubclass(cls, Operation) and cls.symbol
    }
    assert there == known
    assert all(rules_of(SHAPED[name](drawn()).creator) for name in SHAPED)


@pytest.mark.parametrize("name", SHAPED)
def test_every_formula_can_be_written_in_letters_and_in_numbers(name):
    output = SHAPED[name](drawn())
    operation = output.creator
    rules = rules_of(operation)
    letters = {letter: name_part(letter) for letter in (*letters_of(operation), "z", "dout")}
    values = values_in(operation, output.data, dout_for(output))
    for formula in [rules.forward, *(f for rule in rules.inputs if rule for f in (rule.slope, rule.product) if f)]:
        assert text_of(in_letters(formula, letters))
        assert text_of(in_numbers(formula, values))


@pytest.mark.parametrize(
    ("formula", "values", "expected"),
    [
        ("x * y", {"x": -2.0, "y": -3.0}, "−2 · (−3)"),
        ("x + y", {"x": 1.0, "y": -3.0}, "1 + (−3)"),
        ("x**n", {"x": -2.0, "n": 2.0}, "(−2)^2"),
        ("z * (1 - z)", {"z": 0.5}, "0.5 · (1−0.5)"),
        ("-x / y**2", {"x": 1.0, "y": -2.0}, "(−1)/(−2)^2"),
        ("2 * x", {"x": np.array([1.0, 2.0])}, "2 · [1, 2]"),
        ("x * y", {"x": np.ones(2), "y": np.ones(2)}, "[1, 1] ⊙ [1, 1]"),
        ("x @ y.T", {"x": np.ones((100, 2)), "y": np.ones((50, 2))}, "(100, 2)(50, 2)^T"),
    ],
)
def test_numbers_are_put_in_with_the_parentheses_that_they_need(formula, values, expected):
    assert text_of(in_numbers(formula, values)).replace("[[", "[").replace("]]", "]") == expected
