"""Zero padding, cropping and nearest-neighbour upsampling, in the style of someone building a small U-Net."""

import numpy as np

from mistakes import Mistake, Right


class ZeroPad:
    def __init__(self, top, bottom, left, right):
        self.margins = top, bottom, left, right

    def forward(self, img):
        top, bottom, left, right = self.margins
        self.hw = img.shape[2:]
        return np.pad(img, [(0, 0), (0, 0), (top, bottom), (left, right)])

    def backward(self, dout):
        top, _, left, _ = self.margins
        h, w = self.hw
        return dout[:, :, top : top + h, left : left + w].copy()


class Crop:
    def __init__(self, border):
        self.border = border

    def forward(self, img):
        c = self.border
        self.shape = img.shape
        return img[:, :, c:-c, c:-c].copy()

    def backward(self, dout):
        c = self.border
        dimg = np.zeros(self.shape)
        dimg[:, :, c:-c, c:-c] = dout
        return dimg


class RandomCrop:
    """Cuts out a window at a random place."""

    def __init__(self, height, width, rng):
        self.height, self.width = height, width
        self.rng = rng

    def forward(self, img):
        self.shape = img.shape
        self.y = self.rng.integers(img.shape[2] - self.height + 1)
        self.x = self.rng.integers(img.shape[3] - self.width + 1)
        return img[:, :, self.y : self.y + self.height, self.x : self.x + self.width].copy()

    def backward(self, dout):
        dimg = np.zeros(self.shape)
        dimg[:, :, self.y : self.y + self.height, self.x : self.x + self.width] = dout
        return dimg


class Upsample:
    def __init__(self, factor):
        self.factor = factor

    def forward(self, img):
        return img.repeat(self.factor, axis=2).repeat(self.factor, axis=3)

    def backward(self, dout):
        n, c, h, w = dout.shape
        f = self.factor
        return dout.reshape(n, c, h // f, f, w // f, f).sum(axis=(3, 5))


class PadRemovedAtTheEnd(ZeroPad):
    def backward(self, dout):
        top, bottom, left, right = self.margins
        height, width = dout.shape[2:]
        return dout[:, :, : height - top - bottom, left : width - right].copy()


class UpsampleTakesTheCorner(Upsample):
    def backward(self, dout):
        return dout[:, :, :: self.factor, :: self.factor].copy()


class UpsampleByIndex:
    def __init__(self, factor):
        self.factor = factor

    def forward(self, img):
        _, _, h, w = img.shape
        rows = np.arange(h * self.factor) // self.factor
        cols = np.arange(w * self.factor) // self.factor
        self.shape = img.shape
        return img[:, :, rows][:, :, :, cols]

    def backward(self, dout):
        dimg = np.zeros(self.shape)
        for row in range(dout.shape[2]):
            for col in range(dout.shape[3]):
                dimg[:, :, col // self.factor, row // self.factor] += dout[:, :, row, col]
        return dimg


class CropFillsTheBorder:
    def __init__(self, border):
        self.border = border

    def forward(self, img):
        _, _, h, w = img.shape
        return img[:, :, self.border : h - self.border, self.border : w - self.border].copy()

    def backward(self, dout):
        c = self.border
        return np.pad(dout, ((0, 0), (0, 0), (c, c), (c, c)), mode="edge")


class CropReturnsNothing(Crop):
    def backward(self, dout):
        c = self.border
        self.dimg = np.zeros(self.shape)
        self.dimg[:, :, c:-c, c:-c] = dout


class PadWithNoise:
    """A border of weak noise, so that the filters do not learn to see the zeros."""

    def __init__(self, margin, level=0.1):
        self.margin, self.level = margin, level

    def forward(self, img):
        n, c, h, w = img.shape
        m = self.margin
        out = self.level * np.random.default_rng().standard_normal((n, c, h + 2 * m, w + 2 * m))
        self.inside = np.s_[:, :, m : m + h, m : m + w]
        out[self.inside] = img
        return out

    def backward(self, dout):
        return dout[self.inside].copy()


def inputs(rng):
    return (rng.normal(size=(5, 2, 3, 4)),)


def square(rng):
    return (rng.normal(size=(4, 2, 3, 3)),)


def large(rng):
    return (rng.normal(size=(5, 2, 6, 8)),)


RIGHT = [
    Right(lambda rng: ZeroPad(1, 2, 2, 1), inputs),
    Right(lambda rng: Crop(2), large),
    Right(lambda rng: RandomCrop(3, 4, rng), large),
    Right(lambda rng: Upsample(2), inputs),
]

MISTAKES = [
    Mistake("shifted", "dx", lambda rng: PadRemovedAtTheEnd(1, 2, 2, 1), inputs),
    Mistake("not-summed", "dx", lambda rng: UpsampleTakesTheCorner(2), inputs),
    Mistake("transposed", "dx", lambda rng: UpsampleByIndex(2), square),
    Mistake("partly-wrong", "dx", lambda rng: CropFillsTheBorder(1), large),
    Mistake("not-computed", "dx", lambda rng: CropReturnsNothing(2), large),
    Mistake("nondeterministic", None, lambda rng: PadWithNoise(2), inputs),
]
