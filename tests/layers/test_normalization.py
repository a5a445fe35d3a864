import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradients import check_layer
from layers import BatchNormalization, LayerNormalization

sizes = st.integers(1, 5)
seeds = st.integers(0, 2**32 - 1)
both_modes = pytest.mark.parametrize("training", [True, False])
EPS = 0.1  # where values nearly agree, a smaller one makes curves that are too sharp for differences
both_dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64])


@st.composite
def batches(draw):
    """Rows or images, in either order in memory, with at least two values a feature."""
    D, seed = draw(sizes), draw(seeds)
    rng = np.random.default_rng(seed)
    if draw(st.booleans()):
        return rng.standard_normal((draw(st.integers(2, 7)), D))
    H, W = draw(sizes), draw(sizes)
    N = draw(st.integers(2 if H * W == 1 else 1, 4))
    x = rng.standard_normal((D, H, W, N)).transpose(3, 0, 1, 2)
    return x if draw(st.booleans()) else np.ascontiguousarray(x)


def batch_layer(rng, D, dtype=float, **options):
    gamma, beta, running_mean = (rng.standard_normal(D).astype(dtype) for _ in range(3))
    running_var = rng.uniform(0.5, 2, D).astype(dtype)
    return BatchNormalization(gamma, beta, running_mean=running_mean, running_var=running_var, **options)


def layer_layer(rng, shape, dtype=float, eps=1e-5):
    gamma, beta = (rng.standard_normal(shape).astype(dtype) for _ in range(2))
    return LayerNormalization(gamma, beta, eps)


def layer_in_mode(training, D=3, dtype=float):
    layer = batch_layer(np.random.default_rng(0), D, dtype)
    layer.training = training
    return layer


def features_first(x):
    return np.moveaxis(x, 1, 0).reshape(x.shape[1], -1)


@pytest.mark.exhaustive
@both_modes
@given(batches(), seeds)
def test_batch_normalization_agrees_with_numerical_differentiation(assert_gradients_agree, training, x, seed):
    layer = batch_layer(np.random.default_rng(seed), x.shape[1], eps=EPS)
    layer.training = training
    assert_gradients_agree(layer, x)
    report = check_layer(layer, x)
    assert report.ok, report


@pytest.mark.exhaustive
@given(st.lists(sizes, min_size=1, max_size=3), st.lists(sizes, min_size=1, max_size=2), seeds)
def test_layer_normalization_agrees_with_numerical_differentiation(assert_gradients_agree, features, batch, seed):
    rng = np.random.default_rng(seed)
    layer, x = layer_layer(rng, features, eps=EPS), rng.standard_normal((*batch, *features))
    assert_gradients_agree(layer, x)
    report = check_layer(layer, x)
    assert report.ok, report


@given(batches())
def test_in_training_each_feature_gets_mean_0_and_variance_1_over_the_batch(x):
    D = x.shape[1]
    y = features_first(BatchNormalization(np.ones(D), np.zeros(D), eps=1e-14).forward(x))
    np.testing.assert_allclose(y.mean(axis=1), 0, atol=1e-7)
    np.testing.assert_allclose(y.var(axis=1), 1, rtol=1e-7)


@given(st.lists(st.integers(2, 5), min_size=1, max_size=3), sizes, seeds)
def test_each_sample_gets_mean_0_and_variance_1_over_its_features(features, N, seed):
    x = np.random.default_rng(seed).standard_normal((N, *features))
    y = LayerNormalization(np.ones(features), np.zeros(features), eps=1e-14).forward(x).reshape(N, -1)
    np.testing.assert_allclose(y.mean(axis=1), 0, atol=1e-7)
    np.testing.assert_allclose(y.var(axis=1), 1, rtol=1e-7)


@given(batches(), seeds)
def test_in_prediction_each_feature_is_normalised_by_the_running_mean_and_variance(x, seed):
    layer = batch_layer(np.random.default_rng(seed), x.shape[1])
    y, (gamma, beta) = features_first(layer.forward(x, training=False)), layer.params.values()
    for d, feature in enumerate(features_first(x)):
        xhat = (feature - layer.running_mean[d]) / np.sqrt(layer.running_var[d] + 1e-5)
        np.testing.assert_allclose(y[d], gamma[d] * xhat + beta[d], rtol=1e-12, atol=1e-12)


def test_a_prediction_does_not_depend_on_the_samples_beside_it(rng):
    layer, x = layer_in_mode(False), rng.standard_normal((4, 3))
    for sample, y in zip(x, layer.forward(x), strict=True):
        np.testing.assert_array_equal(layer.forward(sample[np.newaxis])[0], y)


def test_running_mean_and_variance_start_at_0_and_1_in_the_dtype_of_gamma():
    layer = BatchNormalization(np.ones(2, np.float32), np.zeros(2, np.float32))
    np.testing.assert_array_equal(layer.running_mean, np.zeros(2, np.float32), strict=True)
    np.testing.assert_array_equal(layer.running_var, np.ones(2, np.float32), strict=True)


@given(batches(), seeds, st.sampled_from([0.0, 0.5, 0.9, 1.0]))
def test_running_mean_and_unbiased_variance_follow_the_batches(x, seed, momentum):
    layer = batch_layer(np.random.default_rng(seed), x.shape[1], momentum=momentum)
    values = features_first(x)
    mean = momentum * layer.running_mean + (1 - momentum) * values.mean(axis=1)
    var = momentum * layer.running_var + (1 - momentum) * values.var(axis=1, ddof=1)
    layer.forward(x)
    np.testing.assert_allclose(layer.running_mean, mean, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(layer.running_var, var, rtol=1e-12)


def test_running_arrays_are_changed_in_place_in_training_and_left_alone_in_prediction(rng):
    mean, var = np.zeros(3), np.ones(3)
    layer = BatchNormalization(np.ones(3), np.zeros(3), running_mean=mean, running_var=var)
    layer.forward(rng.standard_normal((4, 3)), training=False)
    assert (mean == 0).all()
    assert (var == 1).all()
    layer.forward(rng.standard_normal((4, 3)))
    assert layer.running_mean is mean
    assert layer.running_var is var
    assert (mean != 0).all()
    assert (var != 1).all()


def test_the_argument_decides_for_one_call_and_the_attribute_for_the_others(rng):
    layer, x = layer_in_mode(False), rng.standard_normal((4, 3))
    predicted = layer.forward(x)
    assert (layer.forward(x, True) != predicted).all()
    layer.training = True
    assert (layer.forward(x, training=False) != predicted).all()  # the running ones have moved meanwhile
    np.testing.assert_array_equal(layer.forward(x), layer.forward(x, training=True))


def test_backward_belongs_to_the_mode_of_its_forward(rng):
    layer, x, dout = layer_in_mode(True), rng.standard_normal((4, 3)), rng.standard_normal((4, 3))
    layer.forward(x, training=False)
    np.testing.assert_allclose(layer.backward(dout), dout * layer.gamma / np.sqrt(layer.running_var + 1e-5))
    layer.forward(x)
    np.testing.assert_allclose(layer.backward(dout).sum(axis=0), 0, atol=1e-12)


def test_a_feature_that_never_changes_becomes_beta_and_gets_no_gradient():
    layer = BatchNormalization(np.array([2.0]), np.array([5.0]))
    np.testing.assert_array_equal(layer.forward(np.full((3, 1), 7.0)), np.full((3, 1), 5.0))
    np.testing.assert_allclose(layer.backward(np.ones((3, 1))), 0, atol=1e-12)


def test_a_sample_of_one_feature_becomes_beta():
    layer = LayerNormalization(np.array([2.0]), np.array([5.0]))
    np.testing.assert_array_equal(layer.forward(np.array([[7.0], [8.0]])), [[5], [5]])


def test_an_update_in_place_is_seen_by_the_layer(rng):
    for make in (BatchNormalization, LayerNormalization):
        gamma, beta = np.ones(3), np.zeros(3)
        layer = make(gamma, beta)
        gamma *= 0
        beta += 5
        np.testing.assert_array_equal(layer.forward(rng.standard_normal((4, 3))), np.full((4, 3), 5.0))


@both_modes
@both_dtypes
def test_batch_normalization_computes_in_the_dtype_of_its_parameters(training, dtype):
    layer = layer_in_mode(training, dtype=dtype)
    for x in (np.eye(3), np.eye(3, dtype=np.float32), np.eye(3, dtype=int), [[1, 2, 3], [4, 5, 6]]):
        y = layer.forward(x)
        dx = layer.backward(np.ones(y.shape))
        assert {a.dtype for a in (y, dx, layer.dgamma, layer.dbeta)} == {np.dtype(dtype)}
    assert layer.running_mean.dtype == layer.running_var.dtype == dtype


@both_dtypes
def test_layer_normalization_computes_in_the_dtype_of_its_parameters(rng, dtype):
    layer = layer_layer(rng, 3, dtype)
    for x in (np.eye(3), np.eye(3, dtype=np.float32), np.eye(3, dtype=int), [[1, 2, 3], [4, 5, 6]]):
        y = layer.forward(x)
        dx = layer.backward(np.ones(y.shape))
        assert {a.dtype for a in (y, dx, layer.dgamma, layer.dbeta)} == {np.dtype(dtype)}


def test_integer_parameters_become_floats():
    for make in (BatchNormalization, LayerNormalization):
        assert make(np.array([1, 2]), np.array([0, 1])).forward([[2, 1], [0, 5]]).dtype == np.float64


@pytest.mark.parametrize(
    "layer", [layer_in_mode(True), layer_in_mode(False), LayerNormalization(np.ones(3), np.zeros(3))]
)
def test_what_came_back_may_be_changed_and_the_arguments_stay(layer, rng):
    x, dout = rng.standard_normal((4, 3)), rng.standard_normal((4, 3))
    x_before, dout_before = x.copy(), dout.copy()
    y = layer.forward(x)
    expected, dgamma = layer.backward(dout).copy(), layer.dgamma.copy()
    y += 1
    dx = layer.backward(dout)
    dx += 1
    np.testing.assert_array_equal(layer.backward(dout), expected)
    np.testing.assert_array_equal(layer.dgamma, dgamma)
    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(dout, dout_before)


@both_modes
def test_images_keep_their_order_in_memory(training, rng):
    x = rng.standard_normal((3, 4, 5, 2)).transpose(3, 0, 1, 2)
    layer = layer_in_mode(training)
    assert layer.forward(x).strides == layer.backward(x).strides == x.strides


@both_dtypes
@pytest.mark.parametrize("scale", [1e4, -1e4, 1e30])
def test_the_size_of_the_values_makes_no_difference_and_no_noise(dtype, scale):
    x = np.array([[1, -1, 3], [2, -2, -1], [4, -8, 1], [-3, 5, 2]])
    for small, large in (
        (BatchNormalization(np.ones(3, dtype), np.zeros(3, dtype), eps=1e-14) for _ in range(2)),
        (LayerNormalization(np.ones(3, dtype), np.zeros(3, dtype), eps=1e-14) for _ in range(2)),
    ):
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            y, dx = large.forward(scale * x), large.backward(x)
            predicted = large.forward(scale * x) if isinstance(large, LayerNormalization) else large.forward(x, False)
        np.testing.assert_allclose(y, np.sign(scale) * small.forward(x), rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(dx * np.abs(scale), small.backward(np.sign(scale) * x), rtol=1e-4, atol=1e-5)
        assert np.isfinite(predicted).all()


def test_float32_is_as_precise_where_the_mean_is_large(rng):
    x = (1000 + rng.standard_normal((5000, 2))).astype(np.float32)
    y = BatchNormalization(np.ones(2, np.float32), np.zeros(2, np.float32)).forward(x)
    expected = BatchNormalization(np.ones(2), np.zeros(2)).forward(x)
    np.testing.assert_allclose(y, expected, atol=1e-4)


@pytest.mark.parametrize("shape", [(1, 3), (1, 3, 1, 1)])
def test_training_with_one_value_a_feature_is_refused_with_the_way_out(shape):
    layer = layer_in_mode(False)
    layer.forward(np.zeros((2, 3)))
    expected = layer.backward(np.ones((2, 3)))
    with pytest.raises(ValueError, match=r"at least two values of each feature, got one .*forward\(x, training=False"):
        layer.forward(np.ones(shape), training=True)
    np.testing.assert_array_equal(layer.backward(np.ones((2, 3))), expected)
    assert layer.forward(np.ones(shape)).shape == shape


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((4, 5), r"x has 5 features, gamma expects 3 \(x.shape \(4, 5\), gamma.shape \(3,\)\)"),
        ((4, 5, 2, 2), r"x has 5 channels, gamma expects 3"),
        ((3,), r"expected x of shape \(N, D\) or images \(N, C, H, W\), got x.shape \(3,\)"),
        ((4, 3, 2), r"got x.shape \(4, 3, 2\)"),
        ((0, 3), r"got x.shape \(0, 3\)"),
    ],
)
def test_inputs_of_batch_normalization_that_do_not_fit_are_named(shape, message):
    with pytest.raises(ValueError, match="BatchNormalization: .*" + message):
        layer_in_mode(True).forward(np.ones(shape))


@pytest.mark.parametrize("shape", [(3, 4), (4, 3), (2, 4, 3), (0, 3, 4), (2, 3, 1)])
def test_inputs_of_layer_normalization_that_do_not_fit_are_named(shape, rng):
    message = r"expected x of shape \(N, ..., 3, 4\), because gamma.shape is \(3, 4\); got x.shape \("
    with pytest.raises(ValueError, match="LayerNormalization: " + message):
        layer_layer(rng, (3, 4)).forward(np.ones(shape))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"gamma": np.ones((1, 3))}, r"expected gamma of shape \(D,\), got gamma.shape \(1, 3\)"),
        ({"gamma": np.ones(0)}, r"got gamma.shape \(0,\)"),
        ({"beta": np.ones(2)}, r"gamma and beta of one shape, got gamma.shape \(3,\) and beta.shape \(2,\)"),
        ({"beta": np.ones(3, np.float32)}, r"gamma is float64 and beta float32; .* such as beta.astype\(gamma.dtype\)"),
        ({"running_mean": np.ones((3, 1))}, r"and running_mean.shape \(3, 1\)"),
        ({"running_var": np.ones(3, np.float32)}, r"gamma is float64 and running_var float32"),
        ({"running_var": np.array([1.0, -1.0, 1.0])}, r"a variance is never negative"),
        ({"momentum": 1.1}, r"momentum must lie in \[0, 1\], got 1.1"),
        ({"momentum": np.nan}, r"momentum must lie in \[0, 1\], got nan"),
        ({"eps": 0}, r"eps must be a positive number, got 0"),
        ({"eps": np.inf}, r"eps must be a positive number, got inf"),
    ],
)
def test_what_batch_normalization_cannot_be_made_of_is_named(changes, message):
    with pytest.raises(ValueError, match="BatchNormalization: .*" + message):
        BatchNormalization(**{"gamma": np.ones(3), "beta": np.zeros(3)} | changes)


@pytest.mark.parametrize(
    ("gamma", "beta", "eps", "message"),
    [
        (np.ones(3), np.ones(2), 1e-5, r"got gamma.shape \(3,\) and beta.shape \(2,\)"),
        (np.ones(3), np.ones(3, np.float32), 1e-5, r"gamma is float64 and beta float32"),
        (np.float64(1), np.float64(1), 1e-5, r"expected gamma of the shape of a sample, got gamma.shape \(\)"),
        (np.ones((2, 0)), np.ones((2, 0)), 1e-5, r"got gamma.shape \(2, 0\)"),
        (np.ones(3), np.ones(3), -1.0, r"eps must be a positive number, got -1.0"),
    ],
)
def test_what_layer_normalization_cannot_be_made_of_is_named(gamma, beta, eps, message):
    with pytest.raises(ValueError, match="LayerNormalization: .*" + message):
        LayerNormalization(gamma, beta, eps)


@pytest.mark.parametrize("make", [BatchNormalization, LayerNormalization])
def test_backward_before_forward_is_refused(make):
    with pytest.raises(RuntimeError, match=f"{make.__name__}: backward was called before forward"):
        make(np.ones(2), np.zeros(2)).backward(np.ones((1, 2)))


@pytest.mark.parametrize("make", [BatchNormalization, LayerNormalization])
def test_a_dout_that_would_broadcast_is_refused(make):
    layer = make(np.ones(2), np.zeros(2))
    layer.forward(np.ones((3, 2)))
    with pytest.raises(ValueError, match=r"dout.shape \(2,\) differs from the output's \(3, 2\)"):
        layer.backward(np.ones(2))
