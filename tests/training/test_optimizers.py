import numpy as np
import pytest

from training import SGD


def test_sgd_moves_against_the_gradient_in_place():
    W = np.array([[1.0, 2.0]], np.float32)
    params = {"W": W}
    SGD(lr=0.5).update(params, {"W": np.array([[2.0, -2.0]], np.float32)})
    assert params["W"] is W
    np.testing.assert_array_equal(W, [[0, 3]])
    assert W.dtype == np.float32


@pytest.mark.parametrize("lr", [0, -0.1, np.nan, np.inf])
def test_a_learning_rate_that_is_none_is_refused(lr):
    with pytest.raises(ValueError, match="the learning rate must be a positive number"):
        SGD(lr)


@pytest.mark.parametrize(
    ("grads", "message"),
    [
        ({}, "there is no gradient of W; there are none"),
        ({"b": np.ones(2)}, "there is no gradient of W; there are b"),
        ({"W": np.ones(2)}, r"W has shape \(3, 2\), its gradient \(2,\)"),
    ],
)
def test_gradients_that_do_not_match_are_refused(grads, message):
    W = np.ones((3, 2))
    with pytest.raises(ValueError, match=message):
        SGD().update({"W": W}, grads)
    assert (W == 1).all()


@pytest.mark.parametrize("param", [1.0, np.float64(1), np.array([1, 2]), [1.0]])
def test_a_parameter_that_cannot_be_changed_in_place_is_refused(param):
    with pytest.raises(TypeError, match="w must be an array of floats, because it is changed in place; got"):
        SGD().update({"w": param}, {"w": np.asarray(param, float)})
