import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from datasets import curve
from figures import plot_fit
from layers import Affine, IdentityWithLoss
from networks import Network, TwoLayerNet


def line(slope, features=1):
    return Network([Affine(np.full((features, 1), slope), np.ones(1))], IdentityWithLoss())


def drawn_on(figure):
    return {drawn.get_label(): np.asarray(drawn.get_xydata()) for drawn in figure.axes[0].lines}


def test_the_curve_is_what_the_network_answers_from_the_first_point_to_the_last():
    drawn = drawn_on(plot_fit(line(2.0), *curve(50), *curve(20, seed=1)))
    x, y = drawn["network"].T
    np.testing.assert_allclose(y, 2 * x + 1, rtol=1e-6)
    x_train, x_test = curve(50)[0], curve(20, seed=1)[0]
    assert (x[0], x[-1]) == (min(x_train.min(), x_test.min()), max(x_train.max(), x_test.max()))


def test_the_points_are_those_of_the_training_and_of_the_test():
    train, test = curve(50), curve(20, seed=1)
    drawn = drawn_on(plot_fit(line(2.0), *train, *test))
    for name, pair in (("training", train), ("test", test)):
        np.testing.assert_allclose(drawn[name], np.hstack(pair), rtol=1e-6)


def test_of_several_features_the_answers_stand_over_the_targets(rng):
    x, t = rng.standard_normal((9, 3)), rng.standard_normal((9, 1))
    figure = plot_fit(line(2.0, features=3), x, t, target="price")
    np.testing.assert_allclose(drawn_on(figure)["training"], np.hstack([t, 2 * x.sum(axis=1, keepdims=True) + 1]))
    assert figure.axes[0].get_xlabel() == "price, true"
    (low, bottom), (high, top) = drawn_on(figure)["right"]
    assert (low, high) == (bottom, top) == (t.min(), t.max())


def test_targets_may_be_flat():
    x, t = curve(20)
    flat, column = (drawn_on(plot_fit(line(2.0), x, targets))["training"] for targets in (t[:, 0], t))
    np.testing.assert_array_equal(flat, column)


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_a_network_that_diverged_is_drawn_without_a_warning(broken):
    network = TwoLayerNet(1, 5, 1, seed=0, loss="identity")
    network.params["b2"][...] = broken
    FigureCanvasAgg(plot_fit(network, *curve(20))).draw()


@pytest.mark.parametrize(
    ("x", "t", "message"),
    [
        (np.zeros((4, 1)), np.zeros((3, 1)), "x has 4 samples, got 3"),
        (np.zeros((4, 1)), np.zeros((4, 2)), r"t: expected one value for each sample, got shape \(4, 2\)"),
        (np.zeros((0, 1)), np.zeros((0, 1)), r"x: expected samples of shape \(N, D\), got \(0, 1\)"),
    ],
)
def test_what_is_no_regression_of_one_value_is_refused(x, t, message):
    with pytest.raises(ValueError, match=message):
        plot_fit(line(2.0), x, t)
