"""Add with broadcasting: a student who remembers the shapes and shrinks the gradient back, axis by axis."""

import numpy as np

from mistakes import Mistake, Right


def shrink(grad, shape):
    while grad.ndim > len(shape):
        grad = grad.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1 and grad.shape[axis] != 1:
            grad = grad.sum(axis=axis, keepdims=True)
    return grad


class Add:
    def forward(self, x1, x2):
        self.shapes = x1.shape, x2.shape
        return x1 + x2

    def backward(self, dout):
        s1, s2 = self.shapes
        return shrink(dout, s1).copy(), shrink(dout, s2).copy()


class AddMeanBack:
    def forward(self, x1, x2):
        self.short = x2.ndim < x1.ndim
        return np.add(x1, x2)

    def backward(self, dout):
        dx1 = np.array(dout)
        dx2 = np.array(dout)
        if self.short:
            dx2 = np.mean(dx2, axis=0)
        return dx1, dx2


class AddFlatColumn(Add):
    def backward(self, dout):
        s1, s2 = self.shapes
        dx1, dx2 = dout.copy(), dout.copy()
        for axis in range(dout.ndim):
            if s2[axis] == 1:
                dx2 = dx2.sum(axis=axis)
        return dx1, dx2


class AddRunningTotal:
    """A row vector is added to each row, so its gradient is the total of the rows."""

    def forward(self, x1, x2):
        return x1 + x2[np.newaxis, :]

    def backward(self, dout):
        dx1 = dout.copy()
        total = dout[0]
        for row in dout[1:]:
            total += row
        return dx1, np.array(total)


class AddPlusEquals:
    def forward(self, x1, x2):
        self.shapes = x1.shape, x2.shape
        x1 += x2
        return x1

    def backward(self, dout):
        dx1 = shrink(dout, self.shapes[0])
        dx2 = shrink(dout, self.shapes[1])
        return dx1.copy(), dx2.copy()


class AddBothSummed(Add):
    """NumPy broadcasts the sums back by itself."""

    def backward(self, dout):
        s1, s2 = self.shapes
        total = dout.sum(axis=0)
        dx1 = np.zeros(s1) + total
        dx2 = np.zeros(s2) + total
        return dx1, dx2


class AddOneOfThem:
    def forward(self, x1, x2):
        self.s1, self.s2 = x1.shape, x2.shape
        return x1 + x2

    def backward(self, dout):
        dx2 = dout
        while dx2.ndim > len(self.s2):
            dx2 = dx2[0]
        return shrink(dout, self.s1).copy(), dx2.copy()


def row(rng):
    return rng.normal(size=(5, 3)), rng.normal(size=3)


def column(rng):
    return rng.normal(size=(5, 3)), rng.normal(size=(5, 1))


def channel(rng):
    return rng.normal(size=(4, 2, 3, 3)), rng.normal(size=(1, 2, 1, 1))


def stack(rng):
    return rng.normal(size=(4, 5, 3)), rng.normal(size=(5, 3))


RIGHT = [Right(lambda rng: Add(), inputs) for inputs in (row, column, channel, stack)]
MISTAKES = [
    Mistake("extra-batch-average", "dx2", lambda rng: AddMeanBack(), row),
    Mistake("wrong-shape", "dx2", lambda rng: AddFlatColumn(), column),
    Mistake("overwrites-dout", None, lambda rng: AddRunningTotal(), row),
    Mistake("overwrites-input", None, lambda rng: AddPlusEquals(), row),
    Mistake("cross-sample", "dx1", lambda rng: AddBothSummed(), row),
    Mistake("not-summed", "dx2", lambda rng: AddOneOfThem(), stack),
]
