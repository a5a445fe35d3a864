"""Convolution by im2col with index arrays, put back with np.add.at (stride 1 or more, zero padding)."""

import numpy as np

from mistakes import Mistake, Right


def col_indices(shape, fh, fw, pad, stride):
    _, C, H, W = shape
    oh = (H + 2 * pad - fh) // stride + 1
    ow = (W + 2 * pad - fw) // stride + 1
    i0 = np.tile(np.repeat(np.arange(fh), fw), C)
    j0 = np.tile(np.arange(fw), fh * C)
    i1 = stride * np.repeat(np.arange(oh), ow)
    j1 = stride * np.tile(np.arange(ow), oh)
    k = np.repeat(np.arange(C), fh * fw).reshape(-1, 1)
    return k, i0.reshape(-1, 1) + i1, j0.reshape(-1, 1) + j1, oh, ow


class ConvIndices:
    def __init__(self, C, F, size, rng, pad=1, stride=1):
        self.W = rng.normal(0.0, 0.5, (F, C, size, size))
        self.b = rng.normal(0.0, 0.5, F)
        self.pad, self.stride = pad, stride

    def forward(self, x):
        F, C, fh, fw = self.W.shape
        p = self.pad
        k, i, j, oh, ow = col_indices(x.shape, fh, fw, p, self.stride)
        x_padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        cols = x_padded[:, k, i, j].transpose(1, 2, 0).reshape(C * fh * fw, -1)
        self.cache = (x_padded.shape, cols, k, i, j)
        out = self.W.reshape(F, -1) @ cols + self.b.reshape(-1, 1)
        return out.reshape(F, oh, ow, len(x)).transpose(3, 0, 1, 2)

    def backward(self, dout):
        padded_shape, cols, k, i, j = self.cache
        F, p = len(self.W), self.pad
        self.db = dout.sum(axis=(0, 2, 3))
        dmat = dout.transpose(1, 2, 3, 0).reshape(F, -1)
        self.dW = (dmat @ cols.T).reshape(self.W.shape)
        dcols = self.W.reshape(F, -1).T @ dmat
        dcols = dcols.reshape(cols.shape[0], -1, padded_shape[0]).transpose(2, 0, 1)
        dx_padded = np.zeros(padded_shape)
        np.add.at(dx_padded, (slice(None), k, i, j), dcols)
        return dx_padded[:, :, p:-p, p:-p]


class ConvPlusEquals(ConvIndices):
    def backward(self, dout):
        padded_shape, cols, k, i, j = self.cache
        F, p = len(self.W), self.pad
        self.db = dout.sum(axis=(0, 2, 3))
        dmat = dout.transpose(1, 2, 3, 0).reshape(F, -1)
        self.dW = (dmat @ cols.T).reshape(self.W.shape)
        dcols = self.W.reshape(F, -1).T @ dmat
        dcols = dcols.reshape(cols.shape[0], -1, padded_shape[0]).transpose(2, 0, 1)
        dx_padded = np.zeros(padded_shape)
        dx_padded[:, k, i, j] += dcols
        return dx_padded[:, :, p:-p, p:-p]


class ConvCutsTheEnd:
    def __init__(self, C, F, size, rng, pad=1, stride=1):
        self.W = rng.normal(0.0, 0.5, (F, C, size, size))
        self.b = rng.normal(0.0, 0.5, F)
        self.pad, self.stride = pad, stride

    def forward(self, x):
        F, C, fh, fw = self.W.shape
        p = self.pad
        k, i, j, oh, ow = col_indices(x.shape, fh, fw, p, self.stride)
        x_padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        cols = x_padded[:, k, i, j]
        self.cache = (x.shape, x_padded.shape, cols, (k, i, j))
        out = np.einsum("fr,nrp->nfp", self.W.reshape(F, -1), cols) + self.b.reshape(1, F, 1)
        return out.reshape(len(x), F, oh, ow)

    def backward(self, dout):
        (N, C, H, W), padded_shape, cols, where = self.cache
        F = len(self.W)
        d = dout.reshape(N, F, -1)
        self.db = d.sum(axis=(0, 2))
        self.dW = np.einsum("nfp,nrp->fr", d, cols).reshape(self.W.shape)
        dcols = np.einsum("fr,nfp->nrp", self.W.reshape(F, -1), d)
        dx_padded = np.zeros(padded_shape)
        np.add.at(dx_padded, (slice(None), *where), dcols)
        return dx_padded[:, :, :H, :W]


class ConvTurnsKernelGradient(ConvIndices):
    def backward(self, dout):
        padded_shape, cols, k, i, j = self.cache
        F, p = len(self.W), self.pad
        self.db = dout.sum(axis=(0, 2, 3))
        dmat = dout.transpose(1, 2, 3, 0).reshape(F, -1)
        dkernel = (dmat @ cols.T).reshape(self.W.shape)
        self.dW = np.rot90(dkernel, 2, axes=(2, 3))
        dcols = (self.W.reshape(F, -1).T @ dmat).reshape(cols.shape[0], -1, padded_shape[0])
        dx_padded = np.zeros(padded_shape)
        np.add.at(dx_padded, (slice(None), k, i, j), dcols.transpose(2, 0, 1))
        return dx_padded[:, :, p:-p, p:-p]


class ConvColumnsOrder:
    def __init__(self, C, F, size, rng, pad=1, stride=1):
        self.W = rng.normal(0.0, 0.5, (F, C, size, size))
        self.b = rng.normal(0.0, 0.5, F)
        self.pad, self.stride = pad, stride

    def forward(self, x):
        F, C, fh, fw = self.W.shape
        p = self.pad
        k, i, j, oh, ow = col_indices(x.shape, fh, fw, p, self.stride)
        x_padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        patches = x_padded[:, k, i, j]
        cols = patches.transpose(1, 2, 0).reshape(C * fh * fw, -1)
        self.cache = (x_padded.shape, patches, k, i, j)
        out = self.W.reshape(F, -1) @ cols + self.b.reshape(-1, 1)
        return out.reshape(F, oh, ow, len(x)).transpose(3, 0, 1, 2)

    def backward(self, dout):
        padded_shape, patches, k, i, j = self.cache
        N, F, oh, ow = dout.shape
        p = self.pad
        self.db = dout.sum(axis=(0, 2, 3))
        self.dW = np.einsum("nfp,nrp->fr", dout.reshape(N, F, -1), patches).reshape(self.W.shape)
        dcols = self.W.reshape(F, -1).T @ dout.transpose(1, 0, 2, 3).reshape(F, -1)
        dcols = dcols.reshape(-1, oh * ow, N).transpose(2, 0, 1)
        dx_padded = np.zeros(padded_shape)
        np.add.at(dx_padded, (slice(None), k, i, j), dcols)
        return dx_padded[:, :, p:-p, p:-p]


def images(rng):
    return (rng.normal(size=(4, 2, 6, 5)),)


RIGHT = [Right(lambda rng: ConvIndices(2, 3, 3, rng), images)]

MISTAKES = [
    Mistake("not-summed", "dx", lambda rng: ConvPlusEquals(2, 3, 3, rng), images),
    Mistake("shifted", "dx", lambda rng: ConvCutsTheEnd(2, 3, 3, rng), images),
    Mistake("reversed", "dW", lambda rng: ConvTurnsKernelGradient(2, 3, 3, rng), images),
    Mistake("cross-sample", "dx", lambda rng: ConvColumnsOrder(2, 3, 3, rng), images),
]
