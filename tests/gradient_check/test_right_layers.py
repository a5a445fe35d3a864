"""No false alarm: right layers over random shapes, seeds, dtypes, and inputs full of kinks and ties."""

import numpy as np
import pytest

import layers
from gradient_check import check_layer, check_network
from layers import Add, Affine, IdentityWithLoss, Multiply, ReLU, Sigmoid, SoftmaxWithLoss
from networks import TwoLayerNet
from tests_support import WHOLE, few_quick

FEW, MORE = range(4), range(4, 70 if WHOLE else 12)  # of each of the layers below and of a network: 2,240 altogether
SEEDS = few_quick([FEW, MORE], FEW)


def floats(rng, shape):
    """Inputs of any magnitude; every third of them whole numbers, so that there are zeros and ties."""
    x = rng.standard_normal(shape) * 10.0 ** rng.integers(-2, 2)
    x = np.round(2 * x) if rng.random() < 0.33 else x
    return x.astype(rng.choice(["f4", "f8"]))


def sizes(rng, count):
    return tuple(int(size) for size in rng.integers(1, 7, count))


def random_affine(rng, d, m):
    W = floats(rng, (d, m))
    return Affine(W, floats(rng, m).astype(W.dtype))


def affine(rng):
    n, d, m = sizes(rng, 3)
    return random_affine(rng, d, m), (floats(rng, (n, d)),)


def affine_of_images(rng):
    n, c, h, w, m = sizes(rng, 5)
    return random_affine(rng, c * h * w, m), (floats(rng, (n, c, h, w)),)


def elementwise(layer):
    return lambda rng: (layer(), (floats(rng, sizes(rng, int(rng.integers(1, 4)))),))


def with_broadcasting(layer):
    def make(rng):
        shape = sizes(rng, 3)
        other = tuple(1 if rng.random() < 0.3 else size for size in shape[int(rng.integers(0, 3)) :])
        return layer(), (floats(rng, shape), floats(rng, other))

    return make


def integer_labels(rng):
    n, k = sizes(rng, 2)
    return SoftmaxWithLoss(), (floats(rng, (n, k)), rng.integers(0, k, n))


def one_hot_labels(rng):
    layer, (x, t) = integer_labels(rng)
    return layer, (x, np.eye(x.shape[1])[t])


def regression(rng):
    shape = sizes(rng, 2)
    return IdentityWithLoss(), (floats(rng, shape), floats(rng, shape))


def leaky_relu(rng):
    _, inputs = elementwise(ReLU)(rng)
    return layers.LeakyReLU(float(rng.choice([-0.5, 0, 0.01, 0.3, 1]))), inputs


def flatten(rng):
    return layers.Flatten(), (floats(rng, sizes(rng, int(rng.integers(2, 5)))),)


def yes_or_no(rng):
    shape = sizes(rng, int(rng.integers(1, 3)))
    t = rng.random(shape)
    t = t if rng.random() < 0.3 else np.round(t).astype(rng.choice([int, float, bool]))
    return layers.SigmoidWithLoss(), (floats(rng, shape), t[:, 0] if shape[1:] == (1,) else t)


def dropout(rng):
    shape = sizes(rng, int(rng.integers(1, 5)))
    return layers.Dropout(float(rng.uniform(0, 0.9)), int(rng.integers(100))), (floats(rng, shape),)


def batch_normalization(rng):
    """Rows or images; images in either order in memory."""
    n, c, h, w = sizes(rng, 4)
    x = floats(rng, (n + 1, c) if rng.random() < 0.5 else (c, h, w, n + 1))
    x = x.transpose(3, 0, 1, 2) if x.ndim == 4 else x
    x = np.ascontiguousarray(x) if rng.random() < 0.5 else x
    gamma, beta, mean = (rng.standard_normal(c).astype(x.dtype) for _ in range(3))
    var = rng.uniform(0.1, 3, c).astype(x.dtype)
    return layers.BatchNormalization(gamma, beta, running_mean=mean, running_var=var), (x,)


def layer_normalization(rng):
    shape = sizes(rng, int(rng.integers(2, 5)))
    features = shape[int(rng.integers(1, len(shape))) :]
    gamma, beta = rng.standard_normal(features), rng.standard_normal(features)
    return layers.LayerNormalization(gamma, beta), (floats(rng, shape),)


def predicting(make):
    def make_predicting(rng):
        layer, inputs = make(rng)
        layer.training = False
        return layer, inputs

    return make_predicting


class MaxOfPairs:
    """The larger of two neighbours: ties are kinks."""

    def forward(self, x):
        pairs = x.reshape(len(x), -1, 2)
        self.first = pairs[..., 0] >= pairs[..., 1]
        return pairs.max(axis=2)

    def backward(self, dout):
        return np.stack([dout * self.first, dout * ~self.first], axis=2).reshape(len(dout), -1)


def max_of_pairs(rng):
    n, d = sizes(rng, 2)
    return MaxOfPairs(), (floats(rng, (n, 2 * d)),)


class Absolute:
    def forward(self, x):
        self.sign = np.sign(x)
        return np.abs(x)

    def backward(self, dout):
        return dout * self.sign


class Noise:
    """Multiplies by random numbers of its own generator."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def forward(self, x):
        self.factor = self.rng.normal(1, 0.3, x.shape)
        return x * self.factor

    def backward(self, dout):
        return dout * self.factor


def noise(rng):
    return Noise(int(rng.integers(100))), (floats(rng, sizes(rng, 2)),)


class Chain:
    """Three layers as one; its parameters are those of the layers that it holds."""

    def __init__(self, *layers):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout


def chain_of_three(rng):
    n, d, h = sizes(rng, 3)
    return Chain(random_affine(rng, d, h), Sigmoid(), random_affine(rng, h, 2)), (floats(rng, (n, d)),)


def chain(rng):
    n, d, h, m = sizes(rng, 4)
    return Chain(random_affine(rng, d, h), ReLU(), random_affine(rng, h, m)), (floats(rng, (n, d)),)


class Standardise:
    """Batch (axis 0) or layer normalisation (axis 1) with gamma and beta."""

    def __init__(self, gamma, beta, axis):
        self.gamma, self.beta, self.axis = gamma, beta, axis

    def forward(self, x):
        self.std = np.sqrt(x.var(axis=self.axis, keepdims=True) + 1e-5)
        self.x = (x - x.mean(axis=self.axis, keepdims=True)) / self.std
        return self.gamma * self.x + self.beta

    def backward(self, dout):
        self.dgamma, self.dbeta = (dout * self.x).sum(axis=0), dout.sum(axis=0)
        d = dout * self.gamma
        mean = d.mean(axis=self.axis, keepdims=True)
        return (d - mean - self.x * (d * self.x).mean(axis=self.axis, keepdims=True)) / self.std


def standardise(axis):
    def make(rng):
        n, d = sizes(rng, 2)
        x = rng.standard_normal((n, d)) * 10.0 ** rng.integers(-1, 2)
        return Standardise(rng.standard_normal(d), rng.standard_normal(d), axis), (x,)

    return make


class Filters:
    """Convolution with stride and padding."""

    def __init__(self, W, b, stride, pad):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad

    def forward(self, x):
        p = self.pad
        self.x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        windows = np.lib.stride_tricks.sliding_window_view(self.x, self.W.shape[2:], (2, 3))
        self.windows = windows[:, :, :: self.stride, :: self.stride]
        return np.einsum("nchwij,fcij->nfhw", self.windows, self.W) + self.b[:, None, None]

    def backward(self, dout):
        self.dW, self.db = np.einsum("nchwij,nfhw->fcij", self.windows, dout), dout.sum(axis=(0, 2, 3))
        dx, (height, width), s, p = np.zeros(self.x.shape), dout.shape[2:], self.stride, self.pad
        for i, j in np.ndindex(self.W.shape[2:]):
            dx[:, :, i : i + s * height : s, j : j + s * width : s] += np.einsum(
                "nfhw,fc->nchw", dout, self.W[:, :, i, j]
            )
        return dx[:, :, p : dx.shape[2] - p, p : dx.shape[3] - p]


def filters(rng):
    n, c, f, k, stride = (int(size) for size in rng.integers(1, 4, 5))
    pad, height, width = int(rng.integers(0, 2)), k + int(rng.integers(0, 3)), k + int(rng.integers(0, 3))
    layer = Filters(rng.standard_normal((f, c, k, k)), rng.standard_normal(f), stride, pad)
    return layer, (floats(rng, (n, c, height, width)),)


class MaxOfWindows:
    """Max pooling, 2 x 2 without overlap; the first of equals wins."""

    def forward(self, x):
        n, c, height, width = x.shape
        windows = x.reshape(n, c, height // 2, 2, width // 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(n, c, -1, 4)
        self.shape, self.winner = x.shape, windows.argmax(axis=3)
        return windows.max(axis=3).reshape(n, c, height // 2, width // 2)

    def backward(self, dout):
        n, c, height, width = self.shape
        windows = (np.arange(4) == self.winner[..., None]) * dout.reshape(n, c, -1, 1)
        windows = windows.reshape(n, c, height // 2, width // 2, 2, 2)
        return windows.transpose(0, 1, 2, 4, 3, 5).reshape(self.shape)


def max_of_windows(rng):
    n, c, h, w = (int(size) for size in rng.integers(1, 4, 4))
    return MaxOfWindows(), (floats(rng, (n, c, 2 * h, 2 * w)),)


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y.copy()

    def backward(self, dout):
        return dout * (1 - self.y**2)


class Leaky:
    def __init__(self):
        self.slope = 0.1

    def forward(self, x):
        self.slopes = np.where(x > 0, 1.0, self.slope)
        return x * self.slopes

    def backward(self, dout):
        return dout * self.slopes


RIGHT = {
    "batch normalisation": standardise(0),
    "layer normalisation": standardise(1),
    "convolution": filters,
    "max pooling": max_of_windows,
    "Tanh": elementwise(Tanh),
    "Leaky": elementwise(Leaky),
    "chain with a sigmoid": chain_of_three,
    "Affine": affine,
    "Affine of images": affine_of_images,
    "ReLU": elementwise(ReLU),
    "Sigmoid": elementwise(Sigmoid),
    "Absolute": elementwise(Absolute),
    "Add": with_broadcasting(Add),
    "Multiply": with_broadcasting(Multiply),
    "SoftmaxWithLoss, integer labels": integer_labels,
    "SoftmaxWithLoss, one-hot labels": one_hot_labels,
    "IdentityWithLoss": regression,
    "SigmoidWithLoss": yes_or_no,
    "LeakyReLU": leaky_relu,
    "Tanh of the project": elementwise(layers.Tanh),
    "GELU": elementwise(layers.GELU),
    "Softplus": elementwise(layers.Softplus),
    "Flatten": flatten,
    "Dropout": dropout,
    "Dropout, predicting": predicting(dropout),
    "BatchNormalization": batch_normalization,
    "BatchNormalization, predicting": predicting(batch_normalization),
    "LayerNormalization": layer_normalization,
    "max of pairs": max_of_pairs,
    "noise": noise,
    "chain": chain,
}


@pytest.mark.first_is_quick
@pytest.mark.parametrize("seeds", SEEDS, ids=str)
@pytest.mark.parametrize("name", list(RIGHT))
def test_a_right_layer_is_never_accused(name, seeds):
    for seed in seeds:
        layer, inputs = RIGHT[name](np.random.default_rng(seed))
        report = check_layer(layer, *inputs, seed=seed)
        assert report.ok, f"seed {seed}: {report}"


@pytest.mark.first_is_quick
@pytest.mark.parametrize("seeds", SEEDS, ids=str)
def test_a_right_network_is_never_accused(seeds):
    for seed in seeds:
        rng = np.random.default_rng(seed)
        n, d, h, k = sizes(rng, 4)
        activation, dtype = rng.choice(["relu", "sigmoid"]), rng.choice([np.float32, np.float64])
        network = TwoLayerNet(d, h, k, activation=str(activation), dtype=dtype, seed=seed)
        report = check_network(network, rng.standard_normal((n, d)), rng.integers(0, k, n), seed=seed)
        assert report.ok, f"seed {seed}: {report}"
