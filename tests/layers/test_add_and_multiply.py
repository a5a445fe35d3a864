import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from layers import Add, Multiply

nodes = pytest.mark.parametrize("node", [Add, Multiply])
two_shapes = hnp.mutually_broadcastable_shapes(num_shapes=2, min_dims=0, max_dims=4, max_side=4)


@nodes
@given(two_shapes, st.integers(0, 2**32 - 1))
def test_gradients_have_their_inputs_shape_and_agree_with_numerical_differentiation(
    assert_gradients_agree, node, shapes, seed
):
    rng = np.random.default_rng(seed)
    x, y = (np.array(rng.standard_normal(shape)) for shape in shapes.input_shapes)
    assert_gradients_agree(node(), x, y)


def test_the_apple_shop():
    apples, oranges, fruit, taxed = Multiply(), Multiply(), Add(), Multiply()
    total = taxed.forward(fruit.forward(apples.forward(100, 2), oranges.forward(150, 3)), 1.1)
    dfruit, dtax = taxed.backward(1)
    dapples, doranges = fruit.backward(dfruit)
    gradients = [*apples.backward(dapples), *oranges.backward(doranges), dtax]
    assert total == pytest.approx(715, abs=1e-12)
    np.testing.assert_allclose(gradients, [2.2, 110, 3.3, 165, 650], rtol=1e-14)


@nodes
def test_a_python_number_takes_the_dtype_of_the_array_beside_it(node):
    layer, x = node(), np.ones((2, 3), np.float32)
    assert layer.forward(x, 2.0).dtype == layer.forward(2.0, x).dtype == np.float32
    dx, dy = layer.backward(np.ones((2, 3)))
    assert dx.shape == ()
    assert dy.shape == (2, 3)
    assert dx.dtype == dy.dtype == np.float32


@nodes
@pytest.mark.parametrize("other", [np.array([1, 0, 1]), [1.0, 0.0, 1.0], np.array([True, False, True]), 2])
def test_nothing_beside_a_float32_array_turns_it_into_float64(node, other):
    assert node().forward(np.ones((2, 3), np.float32), other).dtype == np.float32
    assert node().forward(other, np.ones((2, 3), np.float32)).dtype == np.float32


@nodes
def test_shapes_that_do_not_broadcast_are_named(node):
    with pytest.raises(ValueError, match=rf"{node.__name__}: x.shape \(3, 4\) and y.shape \(3, 5\) do not broadcast"):
        node().forward(np.ones((3, 4)), np.ones((3, 5)))


@nodes
def test_backward_before_forward_is_refused(node):
    with pytest.raises(RuntimeError, match="backward was called before forward"):
        node().backward(1.0)
