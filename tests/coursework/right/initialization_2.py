"""float32 from the generator itself; a function that calls itself."""

import numpy as np


def he(shape, rng, dtype=np.float32):
    W = np.empty(shape, dtype)
    W[...] = rng.standard_normal(shape, dtype=np.float32)
    W *= (2 / len(W)) ** 0.5
    return W


def variances(x, weights):
    if not weights:
        return ()
    z = np.einsum("nd,dm->nm", x, weights[0])
    return (np.mean(z**2) - np.mean(z) ** 2, *variances(np.where(z > 0, z, 0), weights[1:]))
