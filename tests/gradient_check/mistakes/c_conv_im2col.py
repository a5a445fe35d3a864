"""Convolution by im2col and col2im with W, b, stride and pad, in the style of a student following the fish book."""

import numpy as np

from mistakes import Mistake, Right


def im2col(x, fh, fw, stride=1, pad=0):
    N, C, H, W = x.shape
    out_h = (H + 2 * pad - fh) // stride + 1
    out_w = (W + 2 * pad - fw) // stride + 1
    img = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
    col = np.zeros((N, C, fh, fw, out_h, out_w))
    for i in range(fh):
        for j in range(fw):
            col[:, :, i, j] = img[:, :, i : i + stride * out_h : stride, j : j + stride * out_w : stride]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(N * out_h * out_w, -1)


def col2im(col, x_shape, fh, fw, stride=1, pad=0):
    N, C, H, W = x_shape
    out_h = (H + 2 * pad - fh) // stride + 1
    out_w = (W + 2 * pad - fw) // stride + 1
    col = col.reshape(N, out_h, out_w, C, fh, fw).transpose(0, 3, 4, 5, 1, 2)
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for i in range(fh):
        for j in range(fw):
            img[:, :, i : i + stride * out_h : stride, j : j + stride * out_w : stride] += col[:, :, i, j]
    return img[:, :, pad : H + pad, pad : W + pad]


class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W = W
        self.b = b
        self.stride = stride
        self.pad = pad
        self.x_shape = None
        self.col = None
        self.dW = None
        self.db = None

    def forward(self, x):
        FN, _, FH, FW = self.W.shape
        N, _, H, W = x.shape
        out_h = (H + 2 * self.pad - FH) // self.stride + 1
        out_w = (W + 2 * self.pad - FW) // self.stride + 1
        col = im2col(x, FH, FW, self.stride, self.pad)
        out = col @ self.W.reshape(FN, -1).T + self.b
        self.x_shape = x.shape
        self.col = col
        return out.reshape(N, out_h, out_w, FN).transpose(0, 3, 1, 2)

    def backward(self, dout):
        FN, C, FH, FW = self.W.shape
        dout = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        self.db = dout.sum(axis=0)
        self.dW = (self.col.T @ dout).T.reshape(FN, C, FH, FW)
        dcol = dout @ self.W.reshape(FN, -1)
        return col2im(dcol, self.x_shape, FH, FW, self.stride, self.pad)


def col2im_corner(col, x_shape, fh, fw, stride, pad):
    N, C, H, W = x_shape
    out_h, out_w = (H + 2 * pad - fh) // stride + 1, (W + 2 * pad - fw) // stride + 1
    col = col.reshape(N, out_h, out_w, C, fh, fw).transpose(0, 3, 4, 5, 1, 2)
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for i in range(fh):
        for j in range(fw):
            img[:, :, i : i + stride * out_h : stride, j : j + stride * out_w : stride] += col[:, :, i, j]
    return img[:, :, :H, :W]


class CutsTheCorner(Convolution):
    def backward(self, dout):
        FN, C, FH, FW = self.W.shape
        dout = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        self.db = np.sum(dout, axis=0)
        self.dW = np.dot(self.col.T, dout).transpose(1, 0).reshape(FN, C, FH, FW)
        dcol = np.dot(dout, self.W.reshape(FN, -1))
        return col2im_corner(dcol, self.x_shape, FH, FW, self.stride, self.pad)


def col2im_last(col, x_shape, fh, fw, stride, pad):
    """Put every row of col back to its window."""
    N, C, H, W = x_shape
    img = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    rows = iter(col.reshape(-1, C, fh, fw))
    for n in range(N):
        for top in range(0, H + 2 * pad - fh + 1, stride):
            for left in range(0, W + 2 * pad - fw + 1, stride):
                img[n, :, top : top + fh, left : left + fw] = next(rows)
    return img[:, :, pad : H + pad, pad : W + pad]


class WindowsReplaceEachOther(Convolution):
    def backward(self, dout):
        FN, _, FH, FW = self.W.shape
        dout = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        self.db = np.sum(dout, axis=0)
        self.dW = np.dot(dout.T, self.col).reshape(self.W.shape)
        dcol = np.dot(dout, self.W.reshape(FN, -1))
        return col2im_last(dcol, self.x_shape, FH, FW, self.stride, self.pad)


class ForgetsToUnpad:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b = W, b
        self.stride, self.pad = stride, pad

    def forward(self, x):
        self.x_pad = np.pad(x, ((0, 0), (0, 0), (self.pad,) * 2, (self.pad,) * 2))
        FN, _, FH, FW = self.W.shape
        N, _, H, _ = self.x_pad.shape
        self.col = im2col(self.x_pad, FH, FW, self.stride)
        out = self.col @ self.W.reshape(FN, -1).T + self.b
        return out.reshape(N, (H - FH) // self.stride + 1, -1, FN).transpose(0, 3, 1, 2)

    def backward(self, dout):
        FN, _, FH, FW = self.W.shape
        dout = np.moveaxis(dout, 1, -1).reshape(-1, FN)
        self.db = dout.sum(0)
        self.dW = (dout.T @ self.col).reshape(self.W.shape)
        return col2im(dout @ self.W.reshape(FN, -1), self.x_pad.shape, FH, FW, self.stride)


class MatrixConvolution:
    """Holds the filters as the columns of one matrix, as im2col wants them."""

    def __init__(self, W, b, size):
        self.W = W
        self.b = b
        self.size = size

    def forward(self, x):
        self.x_shape = x.shape
        N, _, H, W = x.shape
        self.col = im2col(x, self.size, self.size)
        out = self.col @ self.W + self.b
        return out.reshape(N, H - self.size + 1, W - self.size + 1, -1).transpose(0, 3, 1, 2)

    def backward(self, dout):
        dout = dout.transpose(0, 2, 3, 1).reshape(-1, self.W.shape[1])
        self.dW = dout.T @ self.col
        self.db = dout.sum(axis=0)
        return col2im(dout @ self.W.T, self.x_shape, self.size, self.size)


class Mistyped(Convolution):
    def __init__(self, W, b, stride=1, pad=0):
        super().__init__(W, b, stride, pad)
        self.dW, self.db = None, None

    def backward(self, dout):
        FN, C, FH, FW = self.W.shape
        dout = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        self.db = dout.sum(axis=0)
        self.dw = (dout.T @ self.col).reshape(FN, C, FH, FW)
        return col2im(dout @ self.W.reshape(FN, -1), self.x_shape, FH, FW, self.stride, self.pad)


class ColumnsByShape:
    """im2col is slow, so its result is kept for every shape of image."""

    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad
        self.columns = {}

    def forward(self, x):
        FN, _, FH, FW = self.W.shape
        self.x_shape = x.shape
        col = im2col(x, FH, FW, self.stride, self.pad)
        if x.shape not in self.columns:
            self.columns[x.shape] = col
        out = col @ self.W.reshape(FN, -1).T + self.b
        out_h = (x.shape[2] + 2 * self.pad - FH) // self.stride + 1
        return out.reshape(len(x), out_h, -1, FN).transpose(0, 3, 1, 2)

    def backward(self, dout):
        FN, C, FH, FW = self.W.shape
        d = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        self.db = d.sum(axis=0)
        self.dW = (d.T @ self.columns[self.x_shape]).reshape(FN, C, FH, FW)
        return col2im(d @ self.W.reshape(FN, -1), self.x_shape, FH, FW, self.stride, self.pad)


def filters(rng):
    return 0.5 * rng.normal(size=(3, 2, 3, 3)), rng.normal(size=3)


def square_matrix(rng):
    return 0.5 * rng.normal(size=(8, 8)), rng.normal(size=8)


def inputs(rng):
    return (rng.normal(size=(4, 2, 5, 7)),)


def small(rng):
    return (rng.normal(size=(5, 2, 4, 3)),)


RIGHT = [
    Right(lambda rng: Convolution(*filters(rng), stride=1, pad=1), inputs),
    Right(lambda rng: Convolution(*filters(rng), stride=2, pad=1), inputs),
]

MISTAKES = [
    Mistake("shifted", "dx", lambda rng: CutsTheCorner(*filters(rng), stride=1, pad=1), inputs),
    Mistake("not-summed", "dx", lambda rng: WindowsReplaceEachOther(*filters(rng), stride=1, pad=1), inputs),
    Mistake("wrong-shape", "dx", lambda rng: ForgetsToUnpad(*filters(rng), stride=2, pad=1), inputs),
    Mistake("transposed", "dW", lambda rng: MatrixConvolution(*square_matrix(rng), size=2), small),
    Mistake("not-computed", "dW", lambda rng: Mistyped(*filters(rng), stride=2), inputs),
    Mistake("stale-cache", "dW", lambda rng: ColumnsByShape(*filters(rng), stride=1, pad=1), inputs),
]
