"""Average pooling with kernel, stride and padding, summing shifted slices, in the style of a framework imitator."""

import numpy as np

from mistakes import Mistake, Right


class AvgPool2d:
    def __init__(self, kernel_size, stride=None, padding=0):
        self.kernel_size = kernel_size
        self.stride = stride or kernel_size
        self.padding = padding

    def _slices(self, height, width):
        """Yield for every place in the kernel the slice of the padded image it visits."""
        k, s = self.kernel_size, self.stride
        for a in range(k):
            for b in range(k):
                yield np.s_[:, :, a : height - k + a + 1 : s, b : width - k + b + 1 : s]

    def forward(self, input):
        p = self.padding
        padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))
        self.padded_shape = padded.shape
        total = sum(padded[where] for where in self._slices(*padded.shape[2:]))
        return total / self.kernel_size**2

    def backward(self, grad_output):
        p = self.padding
        _, _, height, width = self.padded_shape
        grad = np.zeros(self.padded_shape)
        share = grad_output / self.kernel_size**2
        for where in self._slices(height, width):
            grad[where] += share
        return grad[:, :, p : height - p, p : width - p]


class NobodyDivides(AvgPool2d):
    def backward(self, grad_output):
        p = self.padding
        grad = np.zeros(self.padded_shape)
        height, width = grad.shape[2:]
        for where in self._slices(height, width):
            grad[where] += grad_output
        return grad[:, :, p : height - p, p : width - p]


class DividesInPlace:
    def __init__(self, kernel_size):
        self.kernel_size = kernel_size

    def forward(self, input):
        k = self.kernel_size
        n, c, h, w = input.shape
        return input.reshape(n, c, h // k, k, w // k, k).mean(axis=(3, 5))

    def backward(self, grad_output):
        k = self.kernel_size
        grad_output /= k * k
        return grad_output.repeat(k, axis=2).repeat(k, axis=3)


class CountsOnlyPixels:
    """At the border only the pixels of the image count, not the padding."""

    def __init__(self, kernel_size, stride, padding):
        self.kernel_size, self.stride, self.padding = kernel_size, stride, padding

    def forward(self, input):
        k, s, p = self.kernel_size, self.stride, self.padding
        self.shape = n, c, h, w = input.shape
        out = np.zeros((n, c, (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1))
        for i in range(out.shape[2]):
            for j in range(out.shape[3]):
                top, left = i * s - p, j * s - p
                out[:, :, i, j] = input[:, :, max(top, 0) : top + k, max(left, 0) : left + k].mean(axis=(2, 3))
        return out

    def backward(self, grad_output):
        k, s, p = self.kernel_size, self.stride, self.padding
        grad_input = np.zeros(self.shape)
        for i in range(grad_output.shape[2]):
            for j in range(grad_output.shape[3]):
                top, left = i * s - p, j * s - p
                share = grad_output[:, :, i, j, None, None] / (k * k)
                grad_input[:, :, max(top, 0) : top + k, max(left, 0) : left + k] += share
        return grad_input


class SumIsThrownAway(AvgPool2d):
    def backward(self, grad_output):
        p = self.padding
        _, _, height, width = self.padded_shape
        grad = np.zeros(self.padded_shape)
        for where in self._slices(height, width):
            window = grad[where]
            window = window + grad_output / self.kernel_size**2
        return grad[:, :, p : height - p, p : width - p]


class AveragesTheBatchToo:
    def __init__(self, kernel_size):
        self.kernel_size = kernel_size

    def forward(self, input):
        self.shape = n, c, h, w = input.shape
        k = self.kernel_size
        blocks = input.reshape(n, c, h // k, k, w // k, k)
        return np.einsum("nciajb->ncij", blocks) / (k * k)

    def backward(self, grad_output):
        n, _, _, _ = self.shape
        k = self.kernel_size
        count = n * k * k
        return np.kron(grad_output, np.full((k, k), 1 / count))


class CutsOnOneSide:
    def __init__(self, kernel_size, stride, padding):
        self.k, self.s, self.p = kernel_size, stride, padding

    def forward(self, input):
        self.shape = input.shape
        padded = np.pad(input, ((0, 0), (0, 0), (self.p, self.p), (self.p, self.p)))
        views = np.lib.stride_tricks.sliding_window_view(padded, (self.k, self.k), axis=(2, 3))
        return views[:, :, :: self.s, :: self.s].mean(axis=(4, 5))

    def backward(self, grad_output):
        n, c, h, w = self.shape
        grad = np.zeros((n, c, h + 2 * self.p, w + 2 * self.p))
        for i in range(grad_output.shape[2]):
            for j in range(grad_output.shape[3]):
                y, x = i * self.s, j * self.s
                grad[:, :, y : y + self.k, x : x + self.k] += grad_output[:, :, i : i + 1, j : j + 1] / self.k**2
        return grad[:, :, 2 * self.p :, self.p : w + self.p]


def inputs(rng):
    return (rng.normal(size=(5, 2, 6, 4)),)


def odd(rng):
    return (rng.normal(size=(5, 2, 5, 7)),)


def large(rng):
    return (rng.normal(size=(5, 1, 8, 10)),)


RIGHT = [Right(lambda rng: AvgPool2d(2), inputs), Right(lambda rng: AvgPool2d(3, stride=2, padding=1), odd)]

MISTAKES = [
    Mistake("constant-factor", "dx", lambda rng: NobodyDivides(3, stride=1, padding=1), inputs),
    Mistake("overwrites-dout", None, lambda rng: DividesInPlace(2), inputs),
    Mistake("partly-wrong", "dx", lambda rng: CountsOnlyPixels(2, 2, 1), large),
    Mistake("not-computed", "dx", lambda rng: SumIsThrownAway(3, stride=2), odd),
    Mistake("extra-batch-average", "dx", lambda rng: AveragesTheBatchToo(2), inputs),
    Mistake("shifted", "dx", lambda rng: CutsOnOneSide(3, 2, 1), odd),
]
