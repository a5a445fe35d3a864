import copy
import tracemalloc
from collections import OrderedDict

import numpy as np
import pytest

from layers import Affine, Convolution, Flatten, IdentityWithLoss, Layer, ReLU, Sequence, Sigmoid, SoftmaxWithLoss
from networks import Network, TwoLayerNet


def three_layers(rng, dtype=float):
    def affine(D, M):
        return Affine(rng.standard_normal((D, M)).astype(dtype), np.zeros(M, dtype))

    return [affine(4, 5), Sigmoid(), affine(5, 6), ReLU(), affine(6, 3)]


def test_layers_are_named_by_class_and_number_and_kept_in_order(rng):
    network = Network(three_layers(rng), SoftmaxWithLoss())
    assert isinstance(network.layers, OrderedDict)
    assert list(network.layers) == ["Affine1", "Sigmoid1", "Affine2", "ReLU1", "Affine3"]


def test_layers_keep_the_names_that_they_are_given(rng):
    layers = OrderedDict(zip("abcde", three_layers(rng), strict=True))
    assert list(Network(layers, SoftmaxWithLoss()).layers) == list("abcde")


class Recorder:
    """A layer that notes when it is called, and changes nothing."""

    def __init__(self, name, calls):
        self.name, self.calls = name, calls

    def forward(self, x):
        self.calls.append(f"forward {self.name}")
        return x

    def backward(self, dout):
        self.calls.append(f"backward {self.name}")
        return dout


def test_forward_goes_in_order_and_backward_in_reverse_order():
    calls = []
    network = Network([Recorder("a", calls), Recorder("b", calls)], SoftmaxWithLoss())
    network.gradient(np.ones((1, 2)), np.array([0]))
    assert calls == ["forward a", "forward b", "backward b", "backward a"]


def test_gradients_come_under_the_names_of_the_parameters(rng):
    network = Network(three_layers(rng), SoftmaxWithLoss())
    assert list(network.params) == ["W1", "b1", "W2", "b2", "W3", "b3"]
    grads = network.gradient(rng.standard_normal((2, 4)), np.array([0, 2]))
    assert {name: grad.shape for name, grad in grads.items()} == {n: p.shape for n, p in network.params.items()}


class Scale:
    """A student's layer, without a base class: ``y = gamma x + beta``."""

    def __init__(self, size):
        self.gamma, self.beta = np.ones(size), np.zeros(size)

    def forward(self, x):
        self.x = x
        return self.gamma * x + self.beta

    def backward(self, dout):
        self.dgamma, self.dbeta = (dout * self.x).sum(axis=0), dout.sum(axis=0)
        return dout * self.gamma


def test_anybodys_layer_works_in_a_network(rng):
    affine1, affine2 = (Affine(rng.standard_normal((3, 3)), np.zeros(3)) for _ in range(2))
    network = Network([affine1, Scale(3), affine2, Scale(3)], SoftmaxWithLoss())
    assert list(network.params) == ["W1", "b1", "gamma1", "beta1", "W2", "b2", "gamma2", "beta2"]
    x, t = rng.standard_normal((2, 3)), np.array([0, 2])
    analytic, numerical = network.gradient(x, t), network.numerical_gradient(x, t)
    for name, grad in analytic.items():
        np.testing.assert_allclose(grad, numerical[name], atol=1e-8)


class NoBias:
    """A student's layer with dictionaries, and without a bias."""

    def __init__(self, W):
        self.params, self.grads = {"W": W}, {}

    def forward(self, x):
        self.x = x
        return x @ self.params["W"]

    def backward(self, dout):
        self.grads["W"] = self.x.T @ dout
        return dout @ self.params["W"].T


def test_parameters_in_dictionaries_work_and_those_of_one_layer_share_a_number(rng):
    network = Network(
        [NoBias(rng.standard_normal((3, 3))), Affine(rng.standard_normal((3, 3)), np.zeros(3))], SoftmaxWithLoss()
    )
    assert list(network.params) == ["W1", "W2", "b2"]
    x, t = rng.standard_normal((2, 3)), np.array([0, 2])
    numerical = network.numerical_gradient(x, t)
    np.testing.assert_allclose(network.gradient(x, t)["W1"], numerical["W1"], atol=1e-8)


def test_assigning_a_parameter_copies_into_the_layers_own_array(rng):
    network = Network(three_layers(rng), SoftmaxWithLoss())
    W = network.layers["Affine1"].W
    network.params["W1"] = np.full((4, 5), 2.0)
    network.params["b1"] -= 1.0
    assert network.layers["Affine1"].W is W
    assert (W == 2).all()
    assert (network.layers["Affine1"].b == -1).all()


def test_assigning_a_parameter_of_another_shape_is_refused(rng):
    with pytest.raises(ValueError, match=r"W1 has shape \(4, 5\), cannot take an array of shape \(5,\)"):
        Network(three_layers(rng), SoftmaxWithLoss()).params["W1"] = np.ones(5)


def test_the_loss_passed_by_gradient_is_kept(rng):
    network = Network(three_layers(rng), SoftmaxWithLoss())
    x, t = rng.standard_normal((2, 4)), np.array([0, 2])
    assert network.last_loss is None
    network.gradient(x, t)
    assert network.last_loss == network.loss(x, t)


class TrainingOnly(Layer):
    def forward(self, x):
        return x * (2.0 if self.training else 1.0)

    def backward(self, dout):
        return dout * 2


def test_layers_learn_in_training_mode_and_predict_in_inference_mode():
    layer = TrainingOnly()
    network = Network([layer], IdentityWithLoss())
    x, t = np.array([[1.0]]), np.array([[0.0]])
    network.gradient(x, t)
    assert layer.training
    assert network.predict(x) == 1
    assert not layer.training
    assert network.loss(x, t) == 0.5
    assert network.loss(x, t, training=True) == 2.0


@pytest.mark.parametrize("chunk_size", [1, 3, 100])
@pytest.mark.parametrize("one_hot", [False, True])
def test_accuracy_counts_the_highest_scores_at_the_label_in_any_chunks(chunk_size, one_hot):
    network = Network([Recorder("", [])], SoftmaxWithLoss())
    t = np.array([0, 1, 2, 2, 1])
    scores = np.eye(3)[[0, 1, 2, 0, 0]]
    assert network.accuracy(scores, np.eye(3)[t] if one_hot else t, chunk_size) == 0.6


def test_memory_for_accuracy_does_not_grow_with_the_data_set(rng):
    network = Network([Affine(np.zeros((50, 200)), np.zeros(200)), ReLU()], SoftmaxWithLoss())
    peaks = []
    for count in (2_000, 20_000):
        x, t = np.zeros((count, 50)), np.zeros(count, int)
        tracemalloc.start()
        network.accuracy(x, t)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


def test_accuracy_of_different_counts_is_refused():
    network = Network([Recorder("", [])], SoftmaxWithLoss())
    with pytest.raises(ValueError, match="got 3 samples and 2 labels"):
        network.accuracy(np.ones((3, 2)), np.array([0, 1]))


def test_a_chunk_size_that_is_none_is_refused():
    with pytest.raises(ValueError, match="the chunk size must be at least 1, got 0"):
        Network([Recorder("", [])], SoftmaxWithLoss()).accuracy(np.ones((3, 2)), np.array([0, 1, 1]), 0)


def test_accuracy_of_a_regression_is_refused():
    network = Network([Recorder("", [])], IdentityWithLoss())
    with pytest.raises(ValueError, match="accuracy counts labels; IdentityWithLoss is for regression"):
        network.accuracy(np.ones((3, 1)), np.ones((3, 1)))


def test_a_batch_that_does_not_fit_is_named_with_its_shapes(rng):
    network = Network(three_layers(rng), SoftmaxWithLoss())
    with pytest.raises(ValueError, match=r"x has 7 features, W expects 4"):
        network.predict(np.ones((2, 7)))
    with pytest.raises(ValueError, match=r"x has 2 samples and 3 classes, .* got t.shape \(3,\)"):
        network.loss(np.ones((2, 4)), np.array([0, 1, 2]))


class Forgetful(Scale):
    def backward(self, dout):
        self.dgamma = dout * self.x  # not summed over the batch
        return dout


def test_a_gradient_that_is_missing_or_misshapen_is_named(rng):
    x, t = np.ones((2, 3)), np.array([0, 1])
    with pytest.raises(
        ValueError, match=r"Forgetful: .* gradient of gamma with shape \(3,\), got one of shape \(2, 3\)"
    ):
        Network([Forgetful(3)], SoftmaxWithLoss()).gradient(x, t)
    layer = Recorder("", [])
    layer.W = np.ones(3)
    with pytest.raises(ValueError, match=r"Recorder: .* gradient of W with shape \(3,\), got none"):
        Network([layer], SoftmaxWithLoss()).gradient(x, t)


@pytest.mark.parametrize("layers", [[], {}])
def test_a_network_without_layers_is_refused(layers):
    with pytest.raises(ValueError, match="expected at least one layer"):
        Network(layers, SoftmaxWithLoss())


@pytest.mark.parametrize(("layers", "loss"), [([np.ones(3)], SoftmaxWithLoss()), ([ReLU()], None), ([ReLU], "loss")])
def test_what_is_no_layer_is_refused(layers, loss):
    with pytest.raises(TypeError, match="a layer needs forward and backward"):
        Network(layers, loss)


def test_astype_returns_a_copy_that_computes_in_that_dtype(rng):
    network = Network(three_layers(rng, np.float32), SoftmaxWithLoss())
    copy = network.astype(np.float64)
    assert {p.dtype for p in copy.params.values()} == {np.dtype(np.float64)}
    assert copy.predict(np.ones((1, 4), np.float32)).dtype == np.float64
    copy.params["W1"] += 1
    assert network.params["W1"].dtype == np.float32
    assert not np.array_equal(copy.params["W1"], network.params["W1"])


def test_the_summary_lists_layers_output_shapes_and_parameters(rng):
    table = Network([NoBias(np.ones((4, 3))), ReLU()], SoftmaxWithLoss()).summary()
    rows = [row.split() for row in table.splitlines()]
    assert rows[1:] == [
        ["NoBias1", "(N,", "3)", "12"],
        ["ReLU1", "(N,", "3)", "0"],
        ["SoftmaxWithLoss", "number", "0"],
        ["total", "12"],
    ]


def test_the_summary_takes_the_shape_of_a_sample_where_it_cannot_know_it():
    network = Network([ReLU()], SoftmaxWithLoss())
    assert "?" in network.summary()
    assert "(N, 2, 5)" in network.summary(input_shape=(2, 5))


def test_the_summary_leaves_what_backward_needs(rng):
    network = Network(three_layers(rng), SoftmaxWithLoss())
    x, t = rng.standard_normal((2, 4)), np.array([0, 2])
    expected = network.gradient(x, t)
    network.loss(x, t, training=True)
    network.summary()
    dout = network.loss_layer.backward()
    for layer in reversed(network.layers.values()):
        dout = layer.backward(dout)
    np.testing.assert_array_equal(network.layers["Affine1"].dW, expected["W1"])


def test_accuracy_is_measured_in_inference_mode():
    layer = TrainingOnly()
    Network([layer], SoftmaxWithLoss()).accuracy(np.eye(2), np.array([0, 1]))
    assert not layer.training


@pytest.mark.parametrize(
    ("t", "message"),
    [
        ([0, 5, 1], r"accuracy: labels must lie in 0\.\.1 .*got 5 at sample 1"),
        ([0, -1, 1], "got -1 at sample 1"),
        (np.full((3, 2), 0.3), "accuracy: each row of one-hot labels must sum to 1"),
    ],
)
def test_labels_that_the_network_does_not_know_have_no_accuracy(t, message):
    with pytest.raises(ValueError, match=message):
        Network([Recorder("", [])], SoftmaxWithLoss()).accuracy(np.ones((3, 2)), np.array(t))


class OwnBackward(Affine):
    """A student's subclass, wrong on purpose."""

    def backward(self, dout):
        super().backward(dout)
        self.db = self.db * 2
        return dout @ self.W.T


def test_a_layers_own_backward_is_called_in_the_first_place_too(rng):
    W = rng.standard_normal((3, 2))
    x, t = np.ones((2, 3)), np.array([0, 0])
    right = Network([Affine(W, np.zeros(2))], SoftmaxWithLoss()).gradient(x, t)
    wrong = Network([OwnBackward(W, np.zeros(2))], SoftmaxWithLoss()).gradient(x, t)
    np.testing.assert_allclose(wrong["b1"], 2 * right["b1"])


def test_one_layer_in_two_places_is_refused(rng):
    relu, affines = ReLU(), [Affine(rng.standard_normal((3, 3)), np.zeros(3)) for _ in range(2)]
    with pytest.raises(ValueError, match="ReLU1 and ReLU2 are the same object"):
        Network([affines[0], relu, affines[1], relu], SoftmaxWithLoss())


def test_params_can_be_copied_to_remember_the_best_and_given_back(rng):
    network = Network(three_layers(rng), SoftmaxWithLoss())
    best = copy.deepcopy(network.params)
    W = network.layers["Affine1"].W
    original = W.copy()
    W += 1
    np.testing.assert_array_equal(best["W1"], original)
    network.params.update(best)
    np.testing.assert_array_equal(W, original)
    params = network.params
    params |= {"b1": np.ones(5)}
    assert (network.layers["Affine1"].b == 1).all()


def test_a_parameter_that_is_none_is_named_with_those_there_are(rng):
    with pytest.raises(KeyError, match="there is no parameter 'W9'; there are W1, b1"):
        Network(three_layers(rng), SoftmaxWithLoss()).params["W9"] = np.ones(1)


class ListAffine:
    def __init__(self, W):
        self.params, self.grads = [W], [W * 0]

    def forward(self, x):
        return x

    def backward(self, dout):
        return dout


def test_parameters_in_a_list_are_refused_instead_of_never_trained():
    with pytest.raises(TypeError, match="ListAffine: params must be a dictionary of arrays by name, got a list"):
        _ = Network([ListAffine(np.ones(2))], SoftmaxWithLoss()).params


class BookDropout:
    """As *Deep Learning from Scratch* writes it: the mode is an argument of forward, the numbers are NumPy's own."""

    def forward(self, x, train_flg=True):
        self.mask = np.random.rand(*x.shape) > 0.5 if train_flg else np.ones(x.shape)  # noqa: NPY002
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


def test_a_layer_of_the_book_is_told_whether_it_learns(rng):
    affine = Affine(rng.standard_normal((4, 50)), np.zeros(50))
    network = Network([affine, Sequence(BookDropout())], IdentityWithLoss())
    x = rng.standard_normal((3, 4))
    np.testing.assert_array_equal(network.predict(x), affine.forward(x))
    assert (network.predict(x, training=True) == 0).any()


class Turn:
    """A student's layer whose backward returns the wrong shape."""

    def forward(self, x):
        return 1 * x

    def backward(self, dout):
        return dout.swapaxes(-1, -2)


def test_the_first_layer_checks_its_dout_as_any_other(rng):
    convolution = Convolution(rng.standard_normal((2, 1, 2, 3)), np.zeros(2))
    network = Network([convolution, Turn(), Flatten()], IdentityWithLoss())
    with pytest.raises(ValueError, match=r"Convolution: dout.shape \(4, 2, 3, 4\) differs from the output's"):
        network.gradient(rng.standard_normal((4, 1, 5, 5)), np.zeros((4, 24)))


def test_an_affine_layer_of_ones_own_is_asked_for_its_gradients_in_the_first_place_too():
    class Doubled(Affine):
        def backward(self, dout):
            dx = super().backward(dout)
            self.dW = 2 * self.dW
            return dx

    x, t = np.array([[1.0, 2.0]]), np.array([[3.0]])
    grads = [
        Network([cls(np.ones((2, 1)), np.zeros(1))], IdentityWithLoss()).gradient(x, t)["W1"]
        for cls in (Affine, Doubled)
    ]
    np.testing.assert_array_equal(2 * grads[0], grads[1])


def test_a_layer_put_in_another_ones_place_is_found():
    network = TwoLayerNet(4, 3, 2, seed=0)
    x, t = np.ones((5, 4)), np.zeros(5, int)
    network.gradient(x, t)
    network.layers["Affine2"] = Affine(np.ones((3, 2), np.float32), np.zeros(2, np.float32))
    gradients = network.gradient(x, t)
    assert gradients["W2"] is network.layers["Affine2"].dW
    del network.layers["Affine2"], network.layers["ReLU1"]
    assert list(network.gradient(x, t)) == ["W1", "b1"]


def test_layers_that_name_their_parameters_in_a_way_of_their_own_are_asked_each_time():
    class Grows:
        def __init__(self):
            self.params, self.grads = {"a": np.ones(2)}, {}

        def forward(self, x):
            return x * self.params["a"]

        def backward(self, dout):
            self.grads = {name: np.full(2, 3.0) for name in self.params}
            return dout

    layer = Grows()
    network = Network([layer], IdentityWithLoss())
    x = np.ones((3, 2))
    assert list(network.gradient(x, x)) == ["a1"]
    layer.params["c"] = np.ones(2)
    assert list(network.gradient(x, x)) == ["a1", "c1"]
