"""Pointer-style decoder step: a tanh cell that reads a memory, two outputs."""
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def decoder_step_forward(x: Array, s: Array, memory: Array, W: Array, U: Array, V: Array):
    """x (B, D), s (B, H), memory (B, M, H), W (D, H), U (H, H), V (H, H)

    Returns the new state (B, H), the read weights (B, M) and a cache.
    """
    q = s @ U
    e = np.exp((memory @ q[:, :, None])[:, :, 0])
    w = e / e.sum(axis=1, keepdims=True)
    r = (w[:, None, :] @ memory)[:, 0]
    s_new = np.tanh(x @ W + r @ V)
    return s_new, w, (x, s, memory, W, U, V, q, w, r, s_new)


def decoder_step_backward(ds_new: Array, dw: Array, cache):
    x, s, memory, W, U, V, q, w, r, s_new = cache
    da = ds_new * (1 - s_new ** 2)
    dr = da @ V.T
    dw = dw + (memory @ dr[:, :, None])[:, :, 0]
    dmemory = w[:, :, None] * dr[:, None, :]
    de = w * (dw - np.sum(w * dw, axis=1, keepdims=True))
    dmemory += de[:, :, None] * q[:, None, :]
    dq = (de[:, None, :] @ memory)[:, 0]
    return da @ W.T, dq @ U.T, dmemory, x.T @ da, s.T @ dq, r.T @ da
