"""The numbers of the documents that the project came from, to all printed digits."""

import itertools
import math

import numpy as np
import pytest

from layers import Add, Affine, IdentityWithLoss, Multiply, ReLU, SoftmaxWithLoss
from layers.initializers import he
from networks import Network
from training import SGD, Trainer


@pytest.fixture
def seed_001():
    """x = [1, 2], y = 3; two layers with ReLU after both. The document writes z = W x + b, so W is transposed."""
    W1, b1 = np.array([[0.5, 0.3], [0.2, 0.4]]).T, np.array([0.1, 0.2])
    W2, b2 = np.array([[0.6], [0.8]]), np.array([0.1])
    return Network([Affine(W1, b1), ReLU(), Affine(W2, b2), ReLU()], IdentityWithLoss())


X, Y = np.array([[1.0, 2.0]]), np.array([[3.0]])


def test_seed_001_forward(seed_001):
    assert seed_001.loss(X, Y) == pytest.approx(0.7442, abs=1e-12)
    np.testing.assert_allclose(seed_001.layers["Affine2"].x, [[1.2, 1.2]], atol=1e-12)
    np.testing.assert_allclose(seed_001.predict(X), [[1.78]], atol=1e-12)


def test_seed_001_backward(seed_001):
    grads = seed_001.gradient(X, Y)
    np.testing.assert_allclose(grads["W2"].T, [[-1.464, -1.464]], atol=1e-12)
    np.testing.assert_allclose(grads["b2"], [-1.22], atol=1e-12)
    np.testing.assert_allclose(grads["W1"].T, [[-0.732, -1.464], [-0.976, -1.952]], atol=1e-12)
    np.testing.assert_allclose(grads["b1"], [-0.732, -0.976], atol=1e-12)


def test_seed_001_agrees_with_numerical_differentiation(seed_001):
    numerical = seed_001.numerical_gradient(X, Y)
    for name, grad in seed_001.gradient(X, Y).items():
        np.testing.assert_allclose(grad, numerical[name], atol=1e-9)


def test_seed_001_batches_average(seed_001):
    one = seed_001.gradient(X, Y)
    for name, grad in seed_001.gradient(np.repeat(X, 4, axis=0), np.repeat(Y, 4, axis=0)).items():
        np.testing.assert_allclose(grad, one[name], atol=1e-12)


def test_seed_001_factors_below_one_vanish_and_above_one_explode():
    for weight, expected in ((0.5, 0.5**10), (2.0, 1024.0)):
        dout = np.array([[1.0]])
        layers = [Affine(np.array([[weight]]), np.zeros(1)) for _ in range(10)]
        x = np.array([[1.0]])
        for layer in layers:
            x = layer.forward(x)
        for layer in reversed(layers):
            dout = layer.backward(dout)
        assert dout.item() == expected
        assert round(dout.item(), 3) in (0.001, 1024)


def spread_over_50_relu_layers(factor):
    """How many times larger the standard deviation has become at the end of 50 layers of width 512 with He's std times
    factor: that of the activations from the first layer to the last, that of the gradients from the last to the first.

    The root mean square over six seeds: in a single draw, 50 random layers wander by a factor of two or so.
    """
    first_and_last = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        x, activations, gradients, layers = rng.standard_normal((64, 512)), [], [], []
        for _ in range(50):
            layers.append((Affine(factor * he((512, 512), rng, np.float64), np.zeros(512)), ReLU()))
            affine, relu = layers[-1]
            x = relu.forward(affine.forward(x))
            activations.append(x.std())
        dout = rng.standard_normal(x.shape)
        for affine, relu in reversed(layers):
            dout = relu.backward(dout)
            gradients.append(dout.std())
            dout = affine.backward(dout)
        first_and_last.append([activations[0], activations[-1], gradients[0], gradients[-1]])
    begin, end, begin_back, end_back = np.sqrt(np.mean(np.square(first_and_last), axis=0))
    return end / begin, end_back / begin_back


@pytest.mark.exhaustive
def test_seed_000_he_keeps_activations_and_gradients_over_50_relu_layers():
    for spread in spread_over_50_relu_layers(1.0):
        assert 1 / 2 < spread < 2


@pytest.mark.exhaustive
@pytest.mark.parametrize(("factor", "low", "high"), [(0.5, 0, 1e-10), (2.0, 1e10, math.inf)])
def test_seed_000_half_of_hes_std_vanishes_and_twice_explodes(factor, low, high):
    for spread in spread_over_50_relu_layers(factor):
        assert low < spread < high


def test_seed_002_the_chain_rule_from_a_through_u_to_L():
    square, double = Multiply(), Multiply()  # u = a * a, L = 3 * u, at a = 2
    u = square.forward(2.0, 2.0)
    assert double.forward(3.0, u) == 12
    _, dL_du = double.backward(1.0)
    du_da = sum(square.backward(1.0))
    assert (dL_du, du_da) == (3, 4)
    assert sum(square.backward(dL_du)) == dL_du * du_da == 12


def test_seed_003_softmax_with_cross_entropy_gives_y_minus_t_over_N(rng):
    layer, x, t = SoftmaxWithLoss(), rng.standard_normal((4, 3)), np.eye(3)[[0, 2, 1, 1]]
    layer.forward(x, t)
    np.testing.assert_allclose(layer.backward(), (layer.y - t) / 4, rtol=1e-15)


def test_seed_003_identity_with_sum_of_squares_gives_y_minus_t():
    layer = IdentityWithLoss()
    layer.forward(np.array([[0.3, 0.2, 0.5]]), np.array([[0.0, 1.0, 0.0]]))
    np.testing.assert_allclose(layer.backward(), [[0.3, -0.8, 0.5]], rtol=1e-15)


def test_seed_004_the_chain_rule_on_a_graph():
    """x = 1, w = 1, y = 2: y_hat = 1, s = -1, loss = 1, dloss/dw = -2."""
    product, difference, square = Multiply(), Add(), Multiply()
    y_hat = product.forward(1.0, 1.0)
    s = difference.forward(y_hat, -2.0)
    loss = square.forward(s, s)
    assert (y_hat, s, loss) == (1, -1, 1)
    ds = sum(square.backward(1.0))
    dy_hat, _ = difference.backward(ds)
    _, dw = product.backward(dy_hat)
    assert (ds, dy_hat, dw) == (-2, -2, -2)


class LinearModel:
    """y = w x with the squared error (y - t)^2 of the document; w starts at 1."""

    def __init__(self):
        self.params = {"w": np.array(1.0)}

    def gradient(self, x, t):
        return {"w": np.asarray((2 * (self.params["w"] * x - t) * x).mean())}

    def loss(self, x, t):
        return float(((self.params["w"] * x - t) ** 2).mean())

    def accuracy(self, x, t):
        return float(np.isclose(self.params["w"] * x, t, atol=0.1).mean())


def test_seed_004_the_linear_model_goes_toward_two():
    x, t = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])
    model, ws = LinearModel(), [1.0]
    trainer = Trainer(model, x, t, x, t, SGD(lr=0.01), epochs=20, batch_size=1, seed=0)
    trainer.train(lambda _: ws.append(float(model.params["w"])))
    assert all(before < after < 2 for before, after in itertools.pairwise(ws))
    # each epoch multiplies the distance to 2 by (1 - .02)(1 - .08)(1 - .18), in whatever order the samples come
    assert 2 - ws[-1] == pytest.approx((0.98 * 0.92 * 0.82) ** 20, rel=1e-9)
    assert 4 * ws[-1] == pytest.approx(8, abs=1e-1)
