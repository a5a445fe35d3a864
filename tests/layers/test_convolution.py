import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gradient_check import check_layer
from layers import Affine, Convolution
from layers.im2col import col2im, im2col

small = st.integers(1, 4)
seeds = st.integers(0, 2**32 - 1)


def random_convolution(rng, F=3, C=2, FH=3, FW=2, stride=1, pad=0, dtype=float):
    W, b = rng.standard_normal((F, C, FH, FW)), rng.standard_normal(F)
    return Convolution(W.astype(dtype), b.astype(dtype), stride, pad)


@pytest.mark.exhaustive
@given(small, small, small, small, small, st.integers(1, 3), st.integers(0, 2), st.integers(0, 3), seeds)
def test_gradients_agree_with_numerical_differentiation(
    assert_gradients_agree, N, C, F, FH, FW, stride, pad, more, seed
):
    rng = np.random.default_rng(seed)
    assume(min(FH, FW) + more > 2 * pad)
    layer = random_convolution(rng, F, C, FH, FW, stride, pad)
    assert_gradients_agree(layer, rng.standard_normal((N, C, FH + more, FW + more)))


@pytest.mark.first_is_quick
@pytest.mark.parametrize(("N", "stride", "pad"), [(1, 1, 0), (3, 2, 1), (5, 3, 2)])
def test_the_checker_finds_it_right(rng, N, stride, pad):
    check_layer(random_convolution(rng, stride=stride, pad=pad), rng.standard_normal((N, 2, 5, 7))).raise_if_wrong()


def test_it_is_the_weighted_sum_of_its_docstring(rng):
    layer = random_convolution(rng, stride=2, pad=1)
    x = rng.standard_normal((2, 2, 6, 5))
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    y = layer.forward(x)
    for n, f, i, j in np.ndindex(y.shape):
        patch = padded[n, :, 2 * i : 2 * i + 3, 2 * j : 2 * j + 2]
        np.testing.assert_allclose(y[n, f, i, j], (layer.W[f] * patch).sum() + layer.b[f])


@pytest.mark.parametrize(("stride", "pad"), [(1, 0), (1, 2), (2, 1), (3, 3)])
def test_many_stripes_and_bands_give_what_one_gives(rng, monkeypatch, stride, pad):
    layer, x = random_convolution(rng, stride=stride, pad=pad), rng.standard_normal((3, 2, 9, 8))
    y = layer.forward(x)
    dx, dW = layer.backward(y), layer.dW
    monkeypatch.setattr("layers.common.columns.STRIPE_BYTES", 1)
    monkeypatch.setattr("layers.common.windows.BAND_BYTES", 1)
    np.testing.assert_allclose(layer.forward(x), y)
    np.testing.assert_allclose(layer.backward(y), dx)
    np.testing.assert_allclose(layer.dW, dW)


@pytest.mark.exhaustive
def test_any_number_of_threads_gives_the_same_bits(root):
    code = """
import hashlib
import numpy as np
from layers import Convolution

rng = np.random.default_rng(0)
layer = Convolution(rng.standard_normal((8, 6, 3, 3)), rng.standard_normal(8), pad=1)
y = layer.forward(rng.standard_normal((32, 6, 14, 14)))
digest = hashlib.sha256()
for array in (y, layer.backward(y), layer.dW, layer.db):
    digest.update(np.ascontiguousarray(array))
print(digest.hexdigest())
"""
    digests = set()
    for threads in ("1", "2", "5"):
        environment = os.environ | {"OPENBLAS_NUM_THREADS": threads}
        result = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        digests.add(result.stdout)
    assert len(digests) == 1


def test_a_filter_as_large_as_the_image_is_an_affine_layer(rng):
    W, b, x = rng.standard_normal((4, 2, 3, 3)), rng.standard_normal(4), rng.standard_normal((5, 2, 3, 3))
    y = Convolution(W, b).forward(x)
    np.testing.assert_allclose(y[:, :, 0, 0], Affine(W.reshape(4, -1).T, b).forward(x))


def test_the_memory_layout_of_the_images_makes_no_difference(rng):
    layer, x = random_convolution(rng, pad=1), rng.standard_normal((3, 2, 5, 4))
    y = layer.forward(x)
    dx = layer.backward(y)
    other = np.asfortranarray(x)
    np.testing.assert_array_equal(layer.forward(other), y)
    np.testing.assert_array_equal(layer.backward(np.ascontiguousarray(y)), dx)


def test_it_computes_in_the_dtype_of_its_weights(rng):
    layer = random_convolution(rng, dtype=np.float32)
    y = layer.forward(rng.standard_normal((2, 2, 4, 4)))
    dx = layer.backward(np.ones(y.shape))
    assert y.dtype == dx.dtype == layer.dW.dtype == layer.db.dtype == np.float32


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((2, 3, 5, 5), r"x has 3 channels, W expects 2 \(x.shape \(2, 3, 5, 5\), W.shape \(3, 2, 3, 2\)\)"),
        ((2, 2, 2, 5), r"a window 3 high does not fit into an image 2 high with pad 0: .*\(2 \+ 0 - 3\) // 1 \+ 1 = 0"),
        ((2, 2, 5, 1), r"a window 2 wide does not fit into an image 1 wide"),
        ((2, 50), r"expected images of shape \(N, C, H, W\), got x.shape \(2, 50\)"),
        ((0, 2, 5, 5), r"x holds no pixels"),
    ],
)
def test_images_that_do_not_fit_are_named(rng, shape, message):
    with pytest.raises(ValueError, match=message):
        random_convolution(rng).forward(np.zeros(shape))


@pytest.mark.parametrize(
    ("W", "b", "options", "message"),
    [
        ((3, 2, 3), (3,), {}, r"expected W of shape \(F, C, FH, FW\) and b of shape \(F,\), got W.shape \(3, 2, 3\)"),
        ((3, 2, 3, 3), (2,), {}, r"got W.shape \(3, 2, 3, 3\) and b.shape \(2,\)"),
        ((3, 2, 3, 3), (3,), {"stride": 0}, "stride must be a whole number of at least 1, got 0"),
        ((3, 2, 3, 3), (3,), {"stride": 1.5}, "stride must be a whole number of at least 1, got 1.5"),
        ((3, 2, 3, 3), (3,), {"pad": -1}, "pad must be a whole number of at least 0, got -1"),
        ((3, 2, 3, 3), (3,), {"pad": True}, "pad must be a whole number of at least 0, got True"),
    ],
)
def test_arguments_that_make_no_convolution_are_named(W, b, options, message):
    with pytest.raises(ValueError, match=message):
        Convolution(np.zeros(W), np.zeros(b), **options)


def test_weights_and_biases_of_two_dtypes_are_refused():
    with pytest.raises(ValueError, match="W is float32 and b float64"):
        Convolution(np.zeros((1, 1, 2, 2), np.float32), np.zeros(1))


@given(small, small, st.integers(2, 6), st.integers(2, 6), st.integers(1, 2), st.integers(0, 2), seeds)
def test_im2col_has_the_layout_of_the_book(N, C, H, W, stride, pad, seed):
    x = np.random.default_rng(seed).standard_normal((N, C, H, W))
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out_h, out_w = (H + 2 * pad - 2) // stride + 1, (W + 2 * pad - 2) // stride + 1
    rows = [
        padded[n, :, i * stride : i * stride + 2, j * stride : j * stride + 2].ravel()
        for n, i, j in np.ndindex(N, out_h, out_w)
    ]
    np.testing.assert_array_equal(im2col(x, 2, 2, stride, pad), rows)


@given(small, small, st.integers(3, 6), st.integers(1, 2), st.integers(0, 2), seeds)
def test_col2im_is_the_transpose_of_im2col(N, C, H, stride, pad, seed):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((N, C, H, H))
    col = im2col(x, 3, 2, stride, pad)
    other = rng.standard_normal(col.shape)
    image = col2im(other, x.shape, 3, 2, stride, pad)
    np.testing.assert_allclose(np.vdot(col, other), np.vdot(x, image), atol=1e-10)


def test_a_matrix_that_does_not_fit_the_images_is_named():
    with pytest.raises(ValueError, match=r"expected a matrix of shape \(4, 4\), got col.shape \(4, 5\)"):
        col2im(np.zeros((4, 5)), (1, 1, 3, 3), 2, 2)
