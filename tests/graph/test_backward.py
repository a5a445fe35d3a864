import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import Variable, no_grad
from graph.walk import topological_order


def test_a_variable_that_is_used_twice_gets_the_sum():
    x = Variable(3.0)
    y = x * x + x
    y.backward()
    assert x.grad == 2 * 3 + 1


def test_gradients_of_intermediate_values_are_kept():
    x = Variable(2.0)
    u = x * x
    L = 3 * u
    L.backward()
    assert (L.grad, u.grad, x.grad) == (1, 3, 12)


def test_each_value_hands_its_gradient_on_only_when_it_is_whole():
    x = Variable(1.0)
    for _ in range(50):  # 2^50 ways lead through this graph
        x2 = x + x
        x = x2
    first = topological_order(x)[0]
    x.backward()
    assert first.grad == 2.0**50
    assert len(topological_order(x)) == 51


def test_calling_backward_again_starts_from_zero():
    x = Variable(3.0)
    y = x * x
    for _ in range(3):
        y.backward()
        assert (x.grad, y.grad) == (6, 1)


def test_backward_of_another_output_replaces_the_gradients_too():
    x, w = Variable(3.0), Variable(2.0)
    (x * w).backward()
    (x + 1).backward()
    assert (x.grad, w.grad) == (1, 3)


@pytest.mark.exhaustive
def test_ten_thousand_chained_operations_need_no_recursion():
    x = w = Variable(1.0)
    for _ in range(10_000):
        x = x * 0.9999 + 0.0001
    x.backward(2.0)
    assert w.grad == pytest.approx(2.0 * 0.9999**10_000, rel=1e-9)
    assert len(topological_order(x)) == 1 + 10_000 * 4


@pytest.mark.exhaustive
def test_a_sum_of_ten_thousand_terms_needs_no_recursion():
    ws = [Variable(float(i)) for i in range(10_000)]
    total = 0.0
    for w in ws:
        total = total + w * w
    total.backward()
    assert [w.grad for w in ws] == [2.0 * i for i in range(10_000)]


@st.composite
def graphs(draw):
    """Variables of which each is made of two before it, in a random graph."""
    variables = [Variable(1.0), Variable(2.0)]
    for _ in range(draw(st.integers(1, 30))):
        first, second = (draw(st.integers(0, len(variables) - 1)) for _ in range(2))
        variables.append(variables[first] + variables[second])
    return variables


@given(graphs())
def test_inputs_stand_before_what_is_made_of_them_and_each_once(variables):
    order = topological_order(variables[-1])
    places = {id(variable): place for place, variable in enumerate(order)}
    assert len(places) == len(order)
    assert order[-1] is variables[-1]
    for variable in order:
        if variable.creator is not None:
            assert all(places[id(source)] < places[id(variable)] for source in variable.creator.inputs)


@given(graphs())
def test_the_gradient_is_the_number_of_ways_through_a_graph_of_sums(variables):
    ways = {id(variables[0]): 1.0, id(variables[1]): 0.0}
    for variable in variables[2:]:
        ways[id(variable)] = sum(ways[id(source)] for source in variable.creator.inputs)
    variables[-1].backward()
    assert (variables[0].grad or 0.0) == ways[id(variables[-1])]


def test_a_seed_gradient_is_what_everything_is_multiplied_by(rng):
    x, dout = Variable(rng.standard_normal((3, 2))), rng.standard_normal((3, 2))
    (x * 3).backward(dout)
    np.testing.assert_array_equal(x.grad, 3 * dout)


def test_backward_of_more_than_one_number_needs_a_seed_gradient():
    y = Variable(np.ones((2, 3))) * 2
    message = r"a Variable of shape \(2, 3\) is not one number.*pass it as backward\(dout\).*\.sum\(\)\.backward\(\)"
    with pytest.raises(ValueError, match=message):
        y.backward()


def test_an_array_of_one_number_needs_none():
    x = Variable(np.array([[2.0]]))
    (x * x).backward()
    np.testing.assert_array_equal(x.grad, [[4.0]])


@pytest.mark.parametrize("dout", [1.0, np.ones(3), np.ones((3, 2)), np.ones((1, 2, 3))])
def test_a_seed_gradient_of_another_shape_is_refused(dout):
    y = Variable(np.ones((2, 3))) * 2
    with pytest.raises(ValueError, match=r"dout.shape \(.*\) differs from the Variable's \(2, 3\)"):
        y.backward(dout)


def test_a_refused_seed_gradient_leaves_the_gradients_as_they_were():
    x = Variable(np.ones(2))
    y = x * 2
    y.backward(np.ones(2))
    with pytest.raises(ValueError, match="differs"):
        y.backward(np.ones(3))
    np.testing.assert_array_equal(x.grad, [2, 2])


@pytest.mark.parametrize("dout", ["1", [None, 1], 1j])
def test_a_seed_gradient_that_is_no_number_is_refused(dout):
    with pytest.raises(TypeError, match="backward: dout: expected a real number"):
        (Variable(1.0) * 2).backward(dout)


def test_backward_where_nothing_was_recorded_is_refused():
    x = Variable(2.0, "x")
    with no_grad():
        y = x * x
    for variable in (x, y):
        with pytest.raises(TypeError, match=r"backward: nothing was recorded for Variable\(.*under no_grad\(\)"):
            variable.backward()


def test_gradients_share_their_memory_with_no_other_and_may_be_changed_in_place(rng):
    x, b, dout = Variable(rng.standard_normal((3, 2))), Variable(rng.standard_normal((3, 2))), np.ones((3, 2))
    y = x + b
    z = y.reshape(2, 3).T
    total = z.sum(axis=0)
    y.backward(dout)
    total.sum().backward()
    arrays = [variable.grad for variable in (x, b, y, z, total)]
    assert all(array.flags.writeable for array in arrays)
    assert not any(np.shares_memory(one, other) for one, other in itertools.combinations([*arrays, dout], 2))


def test_backward_leaves_the_values_and_the_seed_gradient_alone(rng):
    x, w, dout = rng.standard_normal((4, 3)), rng.standard_normal((3, 2)), rng.standard_normal((4, 2))
    before = [array.copy() for array in (x, w, dout)]
    y = (Variable(x) @ Variable(w)).relu()
    y.backward(dout)
    for array, old in zip((x, w, dout), before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_a_step_of_gradient_descent_is_written_with_data_and_grad():
    w = Variable(1.0)
    for _ in range(100):
        loss = (w * 3.0 - 6.0) ** 2
        loss.backward()
        w.data -= 0.05 * w.grad
    assert w.data == pytest.approx(2.0)
