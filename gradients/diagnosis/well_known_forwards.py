"""The well-known forwards, each by its name."""

import math
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np

from gradients.diagnosis.shared import log_softmax, softmax
from gradients.known_networks.activations import sigmoid
from gradients.measuring.arguments import is_float_array
from gradients.measuring.subject import Subject
from language import N_, _

Forward = Callable[[list[Any], list[np.ndarray]], np.ndarray]
SLOPES = (0.01, 0.1, 0.2, 0.25, 0.3)
GUARDS = (1e-5, 1e-7, 1e-8, 1e-6, 1e-12, 1e-3)


ERF = np.vectorize(math.erf, otypes=[float])
ELEMENTWISE: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    N_("ReLU, max(x, 0)"): lambda x: np.maximum(x, 0),
    N_("sigmoid, 1 / (1 + exp(-x))"): sigmoid,
    "tanh(x)": np.tanh,
    N_("softplus, log(1 + exp(x))"): lambda x: np.logaddexp(0, x),
    "exp(x)": np.exp,
    "log(x)": np.log,
    "x^2": np.square,
    "x^3": lambda x: x**3,
    "sqrt(x)": np.sqrt,
    "|x|": np.abs,
    "sin(x)": np.sin,
    "cos(x)": np.cos,
    "SiLU, x sigmoid(x)": lambda x: x * sigmoid(x),
    N_("GELU, x Phi(x)"): lambda x: x * 0.5 * (1 + ERF(x / math.sqrt(2))),
    N_("GELU by tanh"): lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    "ELU": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    N_("softsign, x / (1 + |x|)"): lambda x: x / (1 + np.abs(x)),
    N_("hard tanh, x within -1..1"): lambda x: np.clip(x, -1, 1),
    N_("hard sigmoid, 0.2 x + 0.5 within 0..1"): lambda x: np.clip(0.2 * x + 0.5, 0, 1),
    N_("ReLU6, x within 0..6"): lambda x: np.clip(x, 0, 6),
    N_("Mish, x tanh(softplus(x))"): lambda x: x * np.tanh(np.logaddexp(0, x)),
    "softmax": softmax,
    "log-softmax": log_softmax,
    N_("x / ||x|| by rows"): lambda x: x / np.sqrt((x**2).sum(axis=-1, keepdims=True)),
}
TWO_INPUTS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "x + y": np.add,
    "x - y": np.subtract,
    "x * y": np.multiply,
    "x / y": np.divide,
    "x @ y": np.matmul,
}


def candidates(subject: Subject) -> Iterator[tuple[str, Forward]]:
    """Yield the well-known forwards that take what this layer takes."""
    inputs, params = subject.point.inputs, list(subject.point.params.values())
    x = inputs[0] if inputs else None
    if not is_float_array(x):
        return
    floats, whole = subject.numbers
    if subject.is_loss:
        yield from losses(inputs)
    elif len(inputs) == 1 and not params:
        for name, function in ELEMENTWISE.items():
            yield name, lambda i, p, f=function: f(i[0])
        for slope in sorted({*SLOPES, *(f for f in floats if 0 < f < 1)}):
            yield (
                _("leaky ReLU with slope {slope:g}", slope=slope),
                lambda i, p, a=slope: np.where(i[0] > 0, i[0], a * i[0]),
            )
        for alpha in {f for f in floats if f > 0} - {1.0}:
            yield (
                _("ELU with alpha {alpha:g}", alpha=alpha),
                lambda i, p, a=alpha: np.where(i[0] > 0, i[0], a * np.expm1(np.minimum(i[0], 0))),
            )
        if x.ndim:
            yield from standardisations(x, floats)
        if x.ndim == 4:
            yield from poolings(x, whole)
    elif len(inputs) == 2 and not params and is_float_array(inputs[1]):
        for name, function in TWO_INPUTS.items():
            yield name, lambda i, p, f=function: f(i[0], i[1])
    elif len(inputs) == 1:
        yield from with_parameters(subject, floats, whole)


def losses(inputs: tuple[Any, ...]) -> Iterator[tuple[str, Forward]]:
    """Yield the losses of scores or outputs x against labels or targets t."""
    if len(inputs) != 2 or not isinstance(inputs[1], np.ndarray) or not inputs[1].ndim:
        return
    x, t = inputs
    if t.dtype.kind in "iu" and t.ndim == 1 and x.ndim == 2:
        yield (
            N_("softmax with cross entropy, averaged over the batch"),
            lambda i, p: -log_softmax(i[0])[np.arange(len(t)), i[1]].mean(),
        )
        yield N_("softmax with cross entropy, summed"), lambda i, p: -log_softmax(i[0])[np.arange(len(t)), i[1]].sum()
    if t.shape == x.shape:
        n = len(t)
        if x.ndim == 2:
            yield (
                N_("softmax with cross entropy, averaged over the batch"),
                lambda i, p: -(i[1] * log_softmax(i[0])).sum() / n,
            )
        yield N_("the squared error 1/2 sum (y - t)^2 / N"), lambda i, p: 0.5 * ((i[0] - i[1]) ** 2).sum() / n
        yield N_("the squared error sum (y - t)^2 / N"), lambda i, p: ((i[0] - i[1]) ** 2).sum() / n
        yield N_("the mean squared error"), lambda i, p: ((i[0] - i[1]) ** 2).mean()
        yield N_("the squared error 1/2 sum (y - t)^2"), lambda i, p: 0.5 * ((i[0] - i[1]) ** 2).sum()
        yield N_("the mean absolute error"), lambda i, p: np.abs(i[0] - i[1]).mean()
        yield N_("the absolute error sum |y - t| / N"), lambda i, p: np.abs(i[0] - i[1]).sum() / n
        yield N_("sigmoid with cross entropy, sum / N"), lambda i, p: (np.logaddexp(0, i[0]) - i[0] * i[1]).sum() / n
        yield N_("sigmoid with cross entropy, mean"), lambda i, p: (np.logaddexp(0, i[0]) - i[0] * i[1]).mean()
    elif t.size == x.size:
        yield (
            N_("sigmoid with cross entropy, mean"),
            lambda i, p: (np.logaddexp(0, i[0]) - i[0] * i[1].reshape(i[0].shape)).mean(),
        )


def standardisations(x: np.ndarray, floats: list[float]) -> Iterator[tuple[str, Forward]]:
    """Yield the layers that standardise, without parameters."""
    for guard, (name, axes) in product([*floats, *GUARDS], norm_axes(x)):
        yield name, lambda i, p, g=guard, a=axes: standardised(i[0], a, g)
    for guard in (*floats, *GUARDS):
        yield N_("RMS normalisation"), lambda i, p, g=guard: root_mean_square(i[0], g)


def root_mean_square(x: np.ndarray, guard: float) -> np.ndarray:
    """Return x by its root mean square over the features."""
    return x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + guard)


def norm_axes(x: np.ndarray) -> list[tuple[str, tuple[int, ...]]]:
    """Return over which axes batch and layer normalisation standardise."""
    batch = (N_("batch normalisation"), (0,) if x.ndim == 2 else (0, *range(2, x.ndim)))
    return [batch, (N_("layer normalisation"), (-1,)), (N_("layer normalisation"), tuple(range(1, x.ndim)))]


def standardised(x: np.ndarray, axes: tuple[int, ...], guard: float) -> np.ndarray:
    """Return x with mean 0 and variance 1 over some axes."""
    return (x - x.mean(axis=axes, keepdims=True)) / np.sqrt(x.var(axis=axes, keepdims=True) + guard)


def with_parameters(subject: Subject, floats: list[float], whole: list[int]) -> Iterator[tuple[str, Forward]]:
    """Yield the layers with a weight and perhaps a bias, or with a scale and a shift."""
    x, params = subject.point.inputs[0], list(subject.point.params.values())
    for order in ((0, 1), (1, 0)) if len(params) == 2 else ((0,),) if len(params) == 1 else ():
        first, second = order[0], order[1] if len(order) > 1 else None
        bias = (lambda p, s=second: 0.0) if second is None else (lambda p, s=second: p[s])
        if params[first].ndim == 2:
            yield N_("the affine layer x W + b"), lambda i, p, f=first, b=bias: flattened(i[0]) @ p[f] + b(p)
            yield N_("the affine layer x W^T + b"), lambda i, p, f=first, b=bias: flattened(i[0]) @ p[f].T + b(p)
            yield (
                N_("ReLU of the affine layer"),
                lambda i, p, f=first, b=bias: np.maximum(flattened(i[0]) @ p[f] + b(p), 0),
            )
        if params[first].ndim == 4 and x.ndim == 4:
            for stride, pad in product(sorted({1, 2, *whole} - {0}), sorted({0, 1, 2, *whole})):
                yield (
                    _("the convolution with stride {stride} and padding {pad}", stride=stride, pad=pad),
                    lambda i, p, f=first, b=bias, s=stride, q=pad: convolved(i[0], p[f], b(p), s, q),
                )
        if params[first].size in (x.shape[-1], x.shape[1] if x.ndim > 1 else 0):
            shape = per_channel(x, params[first])
            shift = (lambda p, b=bias, s=shape: np.reshape(b(p), s)) if second is not None else bias
            yield (
                N_("scale and shift, gamma x + beta"),
                lambda i, p, f=first, b=shift, s=shape: p[f].reshape(s) * i[0] + b(p),
            )
            for guard in (*floats, *GUARDS) if second is None else ():
                yield (
                    N_("RMS normalisation"),
                    lambda i, p, f=first, s=shape, g=guard: p[f].reshape(s) * root_mean_square(i[0], g),
                )
            for guard, (name, axes) in product([*floats, *GUARDS], norm_axes(x)):
                yield (
                    name,
                    lambda i, p, f=first, b=shift, s=shape, g=guard, a=axes: (
                        p[f].reshape(s) * standardised(i[0], a, g) + b(p)
                    ),
                )


def flattened(x: np.ndarray) -> np.ndarray:
    """Return each sample as a row."""
    return x.reshape(len(x), -1)


def per_channel(x: np.ndarray, param: np.ndarray) -> tuple[int, ...]:
    """Return the shape with which one number a channel, or a feature, broadcasts to x."""
    axis = 1 if x.ndim > 2 and param.size == x.shape[1] else x.ndim - 1
    return tuple(param.size if place == axis else 1 for place in range(x.ndim))


def windows(x: np.ndarray, height: int, width: int, stride: int, pad: int, fill: float) -> np.ndarray:
    """Return the windows of padded images, (N, C, OH, OW, height, width)."""
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), constant_values=fill)
    return np.lib.stride_tricks.sliding_window_view(padded, (height, width), (2, 3))[:, :, ::stride, ::stride]


def convolved(x: np.ndarray, W: np.ndarray, b: Any, stride: int, pad: int) -> np.ndarray:
    """Return the convolution of images with filters."""
    y = np.einsum("nchwij,fcij->nfhw", windows(x, W.shape[2], W.shape[3], stride, pad, 0.0), W)
    return y + np.reshape(b, (1, -1, 1, 1))


def poolings(x: np.ndarray, whole: list[int]) -> Iterator[tuple[str, Forward]]:
    """Yield max and average pooling of the usual windows."""
    for size, stride, pad in product((2, 3), (1, 2, 3), (0, 1)):
        yield (
            _("max pooling {size} x {size}, stride {stride}", size=size, stride=stride),
            lambda i, p, k=size, s=stride, q=pad: windows(i[0], k, k, s, q, -np.inf).max(axis=(4, 5)),
        )
        yield (
            _("average pooling {size} x {size}, stride {stride}, of the pixels inside", size=size, stride=stride),
            lambda i, p, k=size, s=stride, q=pad: (
                windows(i[0], k, k, s, q, 0.0).mean(axis=(4, 5))
                / windows(np.ones_like(i[0]), k, k, s, q, 0.0).mean(axis=(4, 5))
            ),
        )
        yield (
            _("average pooling {size} x {size}, stride {stride}", size=size, stride=stride),
            lambda i, p, k=size, s=stride, q=pad: windows(i[0], k, k, s, q, 0.0).mean(axis=(4, 5)),
        )
