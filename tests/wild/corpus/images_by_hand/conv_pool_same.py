#!/usr/bin/env python3
"""Forward and backward without a cache, images (m, h, w, c)"""
import numpy as np


def pads(A_prev, W, padding, stride):
    """how many rows and columns of zeros"""
    if padding == "same":
        ph = ((A_prev.shape[1] - 1) * stride[0] + W.shape[0] - A_prev.shape[1] + 1) // 2
        pw = ((A_prev.shape[2] - 1) * stride[1] + W.shape[1] - A_prev.shape[2] + 1) // 2
        return ph, pw
    return 0, 0


def conv_forward(A_prev, W, b, activation, padding="same", stride=(1, 1)):
    """W is (kh, kw, c_prev, c_new), b is (1, 1, 1, c_new)"""
    ph, pw = pads(A_prev, W, padding, stride)
    m, h, w, _ = A_prev.shape
    kh, kw, _, c_new = W.shape
    sh, sw = stride
    padded = np.pad(A_prev, ((0, 0), (ph, ph), (pw, pw), (0, 0)))
    Z = np.zeros((m, (h + 2 * ph - kh) // sh + 1, (w + 2 * pw - kw) // sw + 1, c_new))
    for i in range(Z.shape[1]):
        for j in range(Z.shape[2]):
            image = padded[:, i * sh:i * sh + kh, j * sw:j * sw + kw]
            Z[:, i, j, :] = np.tensordot(image, W, axes=3)
    return activation(Z + b)


def conv_backward(dZ, A_prev, W, b, padding="same", stride=(1, 1)):
    """dZ is the derivative of the unactivated output"""
    ph, pw = pads(A_prev, W, padding, stride)
    m, h, w, _ = A_prev.shape
    kh, kw, _, _ = W.shape
    sh, sw = stride
    padded = np.pad(A_prev, ((0, 0), (ph, ph), (pw, pw), (0, 0)))
    dA, dW = np.zeros(padded.shape), np.zeros(W.shape)
    for i in range(dZ.shape[1]):
        for j in range(dZ.shape[2]):
            rows, cols = slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw)
            dA[:, rows, cols] += np.tensordot(dZ[:, i, j], W, axes=([1], [3]))
            dW += np.tensordot(padded[:, rows, cols], dZ[:, i, j], axes=([0], [0]))
    return dA[:, ph:ph + h, pw:pw + w], dW, dZ.sum(axis=(0, 1, 2), keepdims=True)


def pool_forward(A_prev, kernel_shape, stride=(1, 1), mode="max"):
    kh, kw = kernel_shape
    sh, sw = stride
    m, h, w, c = A_prev.shape
    A = np.zeros((m, (h - kh) // sh + 1, (w - kw) // sw + 1, c))
    for i in range(A.shape[1]):
        for j in range(A.shape[2]):
            image = A_prev[:, i * sh:i * sh + kh, j * sw:j * sw + kw]
            A[:, i, j] = image.max(axis=(1, 2)) if mode == "max" else image.mean(axis=(1, 2))
    return A


def pool_backward(dA, A_prev, kernel_shape, stride=(1, 1), mode="max"):
    kh, kw = kernel_shape
    sh, sw = stride
    dA_prev = np.zeros(A_prev.shape)
    for i in range(dA.shape[1]):
        for j in range(dA.shape[2]):
            rows, cols = slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw)
            image, d = A_prev[:, rows, cols], dA[:, i, j][:, None, None, :]
            if mode == "max":
                dA_prev[:, rows, cols] += d * (image == image.max())
            else:
                dA_prev[:, rows, cols] += d / (kh * kw)
    return dA_prev
