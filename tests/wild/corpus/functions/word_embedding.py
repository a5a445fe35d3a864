import numpy as np
from typing import Tuple


def word_embedding_forward(x: np.ndarray, W: np.ndarray) -> Tuple[np.ndarray, tuple]:
    """x: integer array (N, T) of word ids, W: (V, D) word vectors.  Returns (N, T, D)."""
    assert x.dtype.kind == "i", "word ids must be integers"
    return W[x], (x, W.shape)


def word_embedding_backward(dout: np.ndarray, cache: tuple) -> np.ndarray:
    x, shape = cache
    dW = np.zeros(shape)
    np.add.at(dW, x, dout)
    return dW


def temporal_affine_forward(x: np.ndarray, w: np.ndarray, b: np.ndarray):
    N, T, D = x.shape
    M = b.shape[0]
    out = x.reshape(N * T, D).dot(w).reshape(N, T, M) + b
    return out, (x, w)


def temporal_affine_backward(dout: np.ndarray, cache: tuple):
    x, w = cache
    dx = np.einsum("ntm,dm->ntd", dout, w)
    dw = np.einsum("ntd,ntm->dm", x, dout)
    db = dout.sum(axis=(0, 1))
    return dx, dw, db


if __name__ == "__main__":
    rng = np.random.default_rng(231)
    ids = rng.integers(0, 6, size=(3, 5))
    table = rng.normal(size=(6, 4))
    out, cache = word_embedding_forward(ids, table)
    print(out.shape, word_embedding_backward(np.ones_like(out), cache).sum())
