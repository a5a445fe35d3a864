"""The graphs that the documents draw, with their numbers to all printed digits."""

import itertools

import numpy as np
import pytest

import graph
from graph import Variable
from layers.initializers import he


def test_the_apple_shop():
    """2 apples at 100, 3 oranges at 150, tax 1.1."""
    apples, price, oranges, orange_price = Variable(2), Variable(100), Variable(3), Variable(150)
    tax = Variable(1.1)
    apple_total, orange_total = apples * price, oranges * orange_price
    fruit = apple_total + orange_total
    total = fruit * tax
    total.backward()
    assert (apple_total.data, orange_total.data, fruit.data) == (200, 450, 650)
    assert total.data == pytest.approx(715, abs=1e-12)
    assert (total.grad, fruit.grad, apple_total.grad, orange_total.grad) == (1, 1.1, 1.1, 1.1)
    assert price.grad == pytest.approx(2.2, abs=1e-12)
    assert apples.grad == pytest.approx(110, abs=1e-12)
    assert orange_price.grad == pytest.approx(3.3, abs=1e-12)
    assert oranges.grad == pytest.approx(165, abs=1e-12)
    assert tax.grad == 650


@pytest.mark.parametrize("as_column", [False, True])
def test_seed_001_the_worked_network(as_column):
    """x = [1, 2], y = 3, z = W x + b, ReLU after both, L = 1/2 (h2 - y)^2; W2 a vector, or a matrix of one row."""
    x, y = Variable([1.0, 2.0], "x"), 3.0
    W1, b1 = Variable([[0.5, 0.3], [0.2, 0.4]], "W1"), Variable([0.1, 0.2], "b1")
    W2, b2 = (Variable([[0.6, 0.8]]), Variable([0.1])) if as_column else (Variable([0.6, 0.8]), Variable(0.1))
    z1 = W1 @ x + b1
    h1 = z1.relu()
    z2 = W2 @ h1 + b2
    h2 = z2.relu()
    L = 0.5 * ((h2 - y) ** 2).sum()
    L.backward()
    exactly = {"rtol": 0, "atol": 1e-12}
    np.testing.assert_allclose(z1.data, [1.2, 1.2], **exactly)
    np.testing.assert_allclose(h1.data, [1.2, 1.2], **exactly)
    np.testing.assert_allclose(z2.data, 1.78, **exactly)
    np.testing.assert_allclose(h2.data, 1.78, **exactly)
    np.testing.assert_allclose(L.data, 0.7442, **exactly)
    np.testing.assert_allclose(h2.grad, -1.22, **exactly)
    np.testing.assert_allclose(z2.grad, -1.22, **exactly)
    np.testing.assert_allclose(np.ravel(W2.grad), [-1.464, -1.464], **exactly)
    np.testing.assert_allclose(b2.grad, -1.22, **exactly)
    np.testing.assert_allclose(h1.grad, [-0.732, -0.976], **exactly)
    np.testing.assert_allclose(z1.grad, [-0.732, -0.976], **exactly)
    np.testing.assert_allclose(W1.grad, [[-0.732, -1.464], [-0.976, -1.952]], **exactly)
    np.testing.assert_allclose(b1.grad, [-0.732, -0.976], **exactly)


@pytest.mark.parametrize(("factor", "expected"), [(0.5, 0.001), (2.0, 1024)])
def test_seed_001_ten_factors_of_a_half_vanish_and_ten_of_two_explode(factor, expected):
    x = y = Variable(1.0)
    for _ in range(10):
        y = factor * y
    y.backward()
    assert x.grad == factor**10
    assert round(x.grad, 3) == expected


def test_seed_001_each_node_on_its_list():
    """Addition passes on, multiplication swaps, ReLU passes where the input was positive, the squared error h2 - y."""
    x, y = Variable(5.0), Variable(-3.0)
    (x + y).backward(1.3)
    assert (x.grad, y.grad) == (1.3, 1.3)
    (x * y).backward(1.3)
    assert (x.grad, y.grad) == (1.3 * -3, 1.3 * 5)
    x.relu().backward(1.3)
    y.relu().backward(1.3)
    assert (x.grad, y.grad) == (1.3, 0)
    (0.5 * (x - 3.0) ** 2).backward()
    assert x.grad == 5 - 3


def test_seed_001_batches_average(rng):
    X, T = rng.standard_normal((6, 3)), rng.standard_normal(6)
    w = Variable(rng.standard_normal(3), "w")
    (0.5 * ((X @ w - T) ** 2).mean()).backward()
    of_the_batch, of_the_samples = w.grad, []
    for x, t in zip(X, T, strict=True):
        (0.5 * (x @ w - t) ** 2).backward()
        of_the_samples.append(w.grad)
    np.testing.assert_allclose(of_the_batch, np.mean(of_the_samples, axis=0), rtol=1e-12)


def test_seed_002_the_chain_rule_from_a_through_u_to_L():
    a = Variable(2.0, "a")
    u = a * a
    L = 3 * u
    L.backward()
    dL_da = a.grad
    u.backward()
    du_da = a.grad
    L = 3 * Variable(u.data)
    L.backward()
    dL_du = L.creator.inputs[1].grad
    assert (dL_du, du_da, dL_da) == (3, 4, 12)


def test_seed_002_initialise_forward_backward_update():
    rng = np.random.default_rng(0)
    W, b = Variable(rng.normal(0, 0.1, 2)), Variable(0.0)
    x = rng.standard_normal((50, 2))
    t = x @ np.array([2.0, -1.0]) + 0.5
    losses = []
    for _ in range(200):
        loss = ((x @ W + b - t) ** 2).mean()
        loss.backward()
        for param in (W, b):
            param.data = param.data - 0.1 * param.grad
        losses.append(loss.data)
    assert all(later < earlier for earlier, later in itertools.pairwise(losses[:50]))
    np.testing.assert_allclose(W.data, [2, -1], atol=1e-6)
    assert b.data == pytest.approx(0.5, abs=1e-6)


def test_seed_003_softmax_with_cross_entropy_gives_y_minus_t_over_N():
    scores = Variable(np.log([[0.3, 0.2, 0.5], [0.01, 0.99, 1e-9]]))
    graph.softmax_cross_entropy(scores, [[0, 1, 0], [0, 1, 0]]).backward()
    np.testing.assert_allclose(scores.grad, np.array([[0.3, -0.8, 0.5], [0.01, -0.01, 0]]) / 2, atol=1e-9)


def test_seed_003_identity_with_sum_of_squares_gives_y_minus_t():
    y = Variable([[0.3, 0.2, 0.5]])
    (0.5 * ((y - np.array([[0.0, 1.0, 0.0]])) ** 2).sum()).backward()
    np.testing.assert_allclose(y.grad, [[0.3, -0.8, 0.5]], rtol=1e-15)


def test_seed_004_the_numbers_on_the_graph():
    """x = 1, w = 1, y = 2: y_hat = 1, s = -1, loss = 1, dloss/ds = -2, dloss/dy_hat = -2, dloss/dw = -2."""
    x, w, y = Variable(1.0, "x"), Variable(1.0, "w"), Variable(2.0, "y")
    y_hat = x * w
    s = y_hat - y
    loss = s**2
    loss.backward()
    assert (y_hat.data, s.data, loss.data) == (1, -1, 1)
    assert (s.grad, y_hat.grad, w.grad) == (-2, -2, -2)
    assert (x.grad, y.grad) == (-2, 2)


def test_seed_004_the_squared_difference_as_the_document_writes_it():
    x, w = 1.0, Variable(1.0, "w")
    loss = (x * w - 2.0) * (x * w - 2.0)
    loss.backward()
    assert (loss.data, w.grad) == (1, -2)


def test_seed_004_a_node_multiplies_what_comes_back_with_its_own_slopes():
    """z = f(x, y): dloss/dx = dloss/dz dz/dx, and dloss/dy = dloss/dz dz/dy."""
    x, y, dloss_dz = Variable(3.0, "x"), Variable(-4.0, "y"), 5.0
    z = x * y
    z.backward(dloss_dz)
    assert (x.grad, y.grad) == (dloss_dz * -4, dloss_dz * 3)


def test_seed_004_the_linear_model_goes_toward_two():
    w, ways = Variable(1.0, "w"), []
    for _ in range(20):
        for x, y in ((1.0, 2.0), (2.0, 4.0), (3.0, 6.0)):
            loss = (x * w - y) * (x * w - y)
            loss.backward()
            w.data = w.data - 0.01 * w.grad
            ways.append(w.data)
    assert all(before < after < 2 for before, after in itertools.pairwise(ways))
    # each epoch multiplies the distance to 2 by (1 - .02)(1 - .08)(1 - .18)
    assert 2 - w.data == pytest.approx((0.98 * 0.92 * 0.82) ** 20, rel=1e-9)


@pytest.mark.parametrize(("factor", "low", "high"), [(0.5, 0, 1e-10), (1.0, 0.2, 5), (2.0, 1e10, np.inf)])
def test_seed_000_hes_weights_keep_gradients_over_50_relu_layers(factor, low, high):
    rng = np.random.default_rng(0)
    h, edges = Variable(rng.standard_normal((64, 256)), "x"), []
    for _ in range(50):
        h = (h @ (factor * he((256, 256), rng, np.float64))).relu()
        edges.append(h)
    h.backward(rng.standard_normal(h.shape))
    assert low < edges[-1].data.std() / edges[0].data.std() < high
    assert low < edges[0].grad.std() / edges[-1].grad.std() < high
