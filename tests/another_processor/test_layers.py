"""Every layer computes on a GPU's arrays what it computes in NumPy, by the same lines."""

import inspect

import numpy as np
import pytest

import layers
from another_processor.cases import LAYERS, LOSSES, ROWS, SameNumbers, affine, assert_same, dout_for, draw, moved
from layers import (
    Affine,
    BatchNormalization,
    Convolution,
    Dropout,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    grads_of,
    params_of,
    state_of,
)
from layers.common.devices import is_elsewhere, to_numpy
from layers.common.sublayers import all_layers
from layers.im2col import col2im, im2col
from layers.initializers import he

DTYPES = [np.float32, np.float64]


def name_of(case):
    return type(case[0]()).__name__ if isinstance(case, tuple) else str(case.__name__)


def forth_and_back(layer, inputs, dout_of):
    """The output, the gradients of the inputs and of the parameters, and the state."""
    y = layer.forward(*inputs)
    dx = layer.backward(dout_of(y))
    every = [each for each in all_layers([layer]) if not hasattr(each, "sublayers")]
    kept = [array for each in every for group in (grads_of(each), state_of(each)) for array in group.values()]
    return [y, *(dx if isinstance(dx, tuple) else (dx,)), *kept]


def with_dtype(layer, dtype):
    for each in all_layers([layer]):
        if not hasattr(each, "sublayers"):
            for name, array in {**params_of(each), **state_of(each)}.items():
                setattr(each, name, array.astype(dtype))
    return layer


def test_every_layer_and_every_loss_is_compared():
    kinds = {kind for kind in vars(layers).values() if inspect.isclass(kind) and issubclass(kind, layers.Layer)}
    compared = {type(make()) for make, *_ in LAYERS} | {make for make, *_ in LOSSES}
    assert compared - {SameNumbers} | {Dropout} == kinds - {layers.Layer}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("case", LAYERS, ids=name_of)
def test_a_layer_computes_the_same_bits_as_in_numpy_and_waits_for_nothing(cupy, waits, case, dtype):
    make, shapes = case
    inputs = [draw(*shape).astype(dtype) for shape in shapes]
    here = forth_and_back(with_dtype(make(), dtype), inputs, dout_for)
    there_layer = moved(with_dtype(make(), dtype))
    for each in all_layers([there_layer]):
        each.__class__ = Dropout if type(each) is SameNumbers else type(each)
    sent, before = [cupy.asarray(x) for x in inputs], waits()
    there = forth_and_back(there_layer, sent, lambda y: cupy.asarray(dout_for(y)))
    assert waits() == before
    for mine, other in zip(there, here, strict=True):
        assert_same(mine, other, isinstance(there_layer, Convolution))


@pytest.mark.parametrize("case", LAYERS, ids=name_of)
def test_a_layer_predicts_the_same_bits_as_in_numpy(cupy, case):
    make, shapes = case
    here, there = make(), moved(make())
    inputs = [draw(*shape) for shape in shapes]
    for layer in (here, there):
        layer.training = False
    assert_same(there.forward(*map(cupy.asarray, inputs)), here.forward(*inputs), isinstance(here, Convolution))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("case", LOSSES, ids=name_of)
def test_a_loss_stays_on_the_gpu_and_is_the_one_in_numpy(cupy, waits, case, dtype):
    make, shape, t = case
    x, here, there = draw(*shape).astype(dtype), make(), make()
    loss, dx = there.forward(cupy.asarray(x), t), there.backward()
    assert waits() == 0
    assert is_elsewhere(loss)
    assert loss.shape == ()
    assert float(loss) == pytest.approx(here.forward(x, t), rel=1e-6)
    np.testing.assert_array_equal(dx.get(), here.backward())


@pytest.mark.parametrize("case", LOSSES, ids=name_of)
def test_labels_may_lie_on_the_gpu_too(cupy, case):
    make, shape, t = case
    x = draw(*shape)
    assert float(make().forward(cupy.asarray(x), cupy.asarray(t))) == pytest.approx(make().forward(x, t))


def test_wrong_labels_are_refused_as_in_numpy_before_they_are_sent(cupy, waits):
    x = cupy.asarray(draw(4, 3))
    with pytest.raises(ValueError, match=r"labels must lie in 0\.\.2 .* got 7 at sample 1"):
        SoftmaxWithLoss().forward(x, np.array([0, 7, 1, 2]))
    with pytest.raises(ValueError, match=r"answers must lie in 0\.\.1"):
        SigmoidWithLoss().forward(x, np.full((4, 3), 2.0))
    assert waits() == 0


def test_right_answers_are_counted_as_in_numpy(cupy):
    x, t = draw(8, 3), draw(8, 3) > 0
    assert int(SigmoidWithLoss().count_right(cupy.asarray(x), t)) == SigmoidWithLoss().count_right(x, t)


def test_batch_normalization_of_values_whose_squares_overflow_is_finite_as_in_numpy(cupy):
    x = (draw(*ROWS) * 1e30).astype(np.float32)
    here = BatchNormalization(np.ones(6, np.float32), np.zeros(6, np.float32))
    there = moved(BatchNormalization(np.ones(6, np.float32), np.zeros(6, np.float32)))
    expected = here.forward(x)
    assert np.isfinite(expected).all()
    np.testing.assert_allclose(there.forward(cupy.asarray(x)).get(), expected, rtol=1e-5)


def test_a_layer_is_made_of_arrays_that_are_on_the_gpu(cupy):
    layer = Affine(cupy.asarray(draw(6, 6)), cupy.asarray(draw(6)))
    assert is_elsewhere(layer.W)
    np.testing.assert_array_equal(layer.forward(cupy.asarray(draw(*ROWS))).get(), affine().forward(draw(*ROWS)))
    normalization = BatchNormalization(cupy.asarray(draw(6)), cupy.asarray(draw(6)))
    assert is_elsewhere(normalization.running_mean)


def test_the_shapes_are_checked_as_in_numpy(cupy):
    layer = moved(affine())
    with pytest.raises(ValueError, match="Affine: x has 5 features, W expects 6"):
        layer.forward(cupy.asarray(draw(3, 5)))
    layer.forward(cupy.asarray(draw(*ROWS)))
    with pytest.raises(ValueError, match=r"dout\.shape \(8, 5\) differs"):
        layer.backward(cupy.asarray(draw(8, 5)))
    with pytest.raises(TypeError, match="expected real numbers"):
        layer.forward(cupy.asarray(np.zeros(ROWS, complex)))


def test_a_layer_on_the_gpu_takes_no_array_of_numpys_silently(cupy):
    with pytest.raises(TypeError, match=r"Unsupported type <class 'numpy\.ndarray'>"):
        moved(affine()).forward(draw(*ROWS))


def test_dropout_draws_on_the_gpu_from_a_seed_that_numpys_generator_draws(cupy):
    x, layer = cupy.asarray(np.ones((100, 100), np.float32)), Dropout(0.3, 0)
    state = layer.rng.bit_generator.state
    first, second = layer.forward(x).get(), layer.forward(x).get()
    assert set(np.unique(first)) == {0, np.float32(1) / np.float32(0.7)}
    assert np.mean(first == 0) == pytest.approx(0.3, abs=0.02)
    assert (first != second).any()
    layer.rng.bit_generator.state = state
    np.testing.assert_array_equal(layer.forward(x).get(), first)


def test_im2col_and_col2im_take_arrays_on_the_gpu(cupy):
    x = draw(2, 3, 6, 5)
    col = im2col(cupy.asarray(x), 3, 2, 2, 1)
    np.testing.assert_array_equal(col.get(), im2col(x, 3, 2, 2, 1))
    np.testing.assert_array_equal(col2im(col, x.shape, 3, 2, 2, 1).get(), col2im(col.get(), x.shape, 3, 2, 2, 1))


def test_no_layer_names_another_processor(root):
    for path in (root / "layers").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "xp." not in text, path
        assert "cupy" not in text.lower(), path


@pytest.mark.exhaustive
def test_a_large_convolution_computes_the_bits_of_a_small_one_on_the_gpu(cupy):
    rng = np.random.default_rng(0)
    W, x = he((8, 4, 5, 5), rng, np.float32), rng.standard_normal((50, 4, 24, 24)).astype(np.float32)
    here, there = Convolution(W, np.zeros(8, np.float32)), moved(Convolution(W, np.zeros(8, np.float32)))
    y = here.forward(x)
    np.testing.assert_allclose(there.forward(cupy.asarray(x)).get(), y, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(there.backward(cupy.asarray(y)).get(), here.backward(y), rtol=1e-3, atol=1e-3)
    np.testing.assert_allclose(to_numpy(there.dW), here.dW, rtol=1e-3, atol=1e-2)
