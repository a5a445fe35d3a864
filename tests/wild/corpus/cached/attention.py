from typing import Tuple
import numpy as np


def softmax(s: np.ndarray) -> np.ndarray:
    s = s - s.max(axis=-1, keepdims=True)
    e = np.exp(s)
    return e / e.sum(axis=-1, keepdims=True)


def attention_forward(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> Tuple[np.ndarray, tuple]:
    """q (B, T, D), k (B, S, D), v (B, S, E) -> (B, T, E)"""
    scale = 1.0 / np.sqrt(q.shape[-1])
    p = softmax(scale * q @ k.transpose(0, 2, 1))
    return p @ v, (q, k, v, p, scale)


def attention_backward(dout: np.ndarray, cache: tuple) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    q, k, v, p, scale = cache
    dv = p.transpose(0, 2, 1) @ dout
    dp = dout @ v.transpose(0, 2, 1)
    ds = p * (dp - (dp * p).sum(axis=-1, keepdims=True))
    dq = scale * ds @ k
    dk = ds.transpose(0, 2, 1) @ q
    return dq, dk, dv
