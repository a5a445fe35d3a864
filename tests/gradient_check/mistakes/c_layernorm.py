"""Layer normalisation over the features of (N, D), in the style of someone rebuilding a transformer."""

import numpy as np

from mistakes import Mistake, Right


class LayerNorm:
    def __init__(self, d_model, rng):
        self.g = 1.0 + 0.3 * rng.standard_normal(d_model)
        self.b = 0.3 * rng.standard_normal(d_model)
        self.dg = np.zeros(d_model)
        self.db = np.zeros(d_model)

    def forward(self, x):
        mu = np.mean(x, axis=-1, keepdims=True)
        self.sigma = np.sqrt(np.var(x, axis=-1, keepdims=True) + 1e-5)
        self.z = (x - mu) / self.sigma
        return self.g * self.z + self.b

    def backward(self, dout):
        self.dg = np.sum(dout * self.z, axis=0)
        self.db = np.sum(dout, axis=0)
        dz = dout * self.g
        mean_dz = np.mean(dz, axis=-1, keepdims=True)
        mean_dz_z = np.mean(dz * self.z, axis=-1, keepdims=True)
        return (dz - mean_dz - self.z * mean_dz_z) / self.sigma


class BackLikeBatchNorm(LayerNorm):
    def backward(self, dout):
        self.dg = np.sum(dout * self.z, axis=0)
        self.db = np.sum(dout, axis=0)
        dz = dout * self.g
        mean_dz = np.mean(dz, axis=0, keepdims=True)
        mean_dz_z = np.mean(dz * self.z, axis=0, keepdims=True)
        return (dz - mean_dz - self.z * mean_dz_z) / self.sigma


class SumsNotDivided:
    def __init__(self, d_model, rng):
        self.g = 1.0 + 0.3 * rng.standard_normal(d_model)
        self.b = 0.3 * rng.standard_normal(d_model)

    def forward(self, x):
        self.dim = x.shape[-1]
        centred = x - x.mean(-1, keepdims=True)
        self.rstd = 1.0 / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
        self.z = centred * self.rstd
        return self.z * self.g + self.b

    def backward(self, dout):
        self.dg, self.db = (dout * self.z).sum(0), dout.sum(0)
        dz = self.g * dout
        s1 = dz.sum(-1, keepdims=True)
        s2 = (dz * self.z).sum(-1, keepdims=True)
        return self.rstd * (self.dim * dz - s1 - self.z * s2)


class GainSummedAlongFeatures(LayerNorm):
    def backward(self, dout):
        self.dg = np.sum(dout * self.z, axis=-1)
        self.db = np.sum(dout, axis=0)
        dz = dout * self.g
        a = dz - np.mean(dz, axis=-1, keepdims=True)
        return (a - self.z * np.mean(dz * self.z, axis=-1, keepdims=True)) / self.sigma


class NormalisesOnce:
    """Keeps the statistics, since computing them is the slow part."""

    def __init__(self, d_model, rng):
        self.g = 1.0 + 0.3 * rng.standard_normal(d_model)
        self.b = 0.3 * rng.standard_normal(d_model)
        self._memo = {}

    def forward(self, x):
        mu = x.mean(axis=1)
        sigma = np.sqrt(x.var(axis=1) + 1e-5)
        z = (x - mu[:, None]) / sigma[:, None]
        self._memo.setdefault("z", z)
        self._memo.setdefault("sigma", sigma)
        return self.g * z + self.b

    def backward(self, dout):
        z, sigma = self._memo["z"], self._memo["sigma"]
        self.dg = np.einsum("nd,nd->d", dout, z)
        self.db = np.einsum("nd->d", dout)
        dz = dout * self.g
        proj = np.einsum("nd,nd->n", dz, z) / z.shape[1]
        return (dz - dz.mean(axis=1)[:, None] - z * proj[:, None]) / sigma[:, None]


class StandardDeviationAsConstant(LayerNorm):
    def backward(self, dout):
        self.dg = (dout * self.z).sum(axis=0)
        self.db = dout.sum(axis=0)
        dx = np.empty_like(dout)
        for i, row in enumerate(dout * self.g):
            dx[i] = (row - row.mean()) / self.sigma[i]
        return dx


class ShiftCountsSamples:
    def __init__(self, d_model, rng):
        self.g = 1.0 + 0.3 * rng.standard_normal(d_model)
        self.b = 0.3 * rng.standard_normal(d_model)

    def forward(self, x):
        self.z = np.empty_like(x)
        self.sigma = np.empty(len(x))
        for i, row in enumerate(x):
            self.sigma[i] = np.sqrt(row.var() + 1e-5)
            self.z[i] = (row - row.mean()) / self.sigma[i]
        return self.g * self.z + self.b

    def backward(self, dout):
        self.dg = np.sum(dout * self.z, axis=0)
        self.db = np.ones_like(self.z).sum(axis=0)
        dx = np.empty_like(dout)
        for i, row in enumerate(dout * self.g):
            dx[i] = (row - row.mean() - self.z[i] * (row * self.z[i]).mean()) / self.sigma[i]
        return dx


def inputs(rng):
    return (rng.normal(0.4, 1.7, (5, 6)),)


RIGHT = [Right(lambda rng: LayerNorm(6, rng), inputs)]

MISTAKES = [
    Mistake("cross-sample", "dx", lambda rng: BackLikeBatchNorm(6, rng), inputs),
    Mistake("constant-factor", "dx", lambda rng: SumsNotDivided(6, rng), inputs),
    Mistake("wrong-shape", "dg", lambda rng: GainSummedAlongFeatures(6, rng), inputs),
    Mistake("stale-cache", None, lambda rng: NormalisesOnce(6, rng), inputs),
    Mistake("missing-term", "dx", lambda rng: StandardDeviationAsConstant(6, rng), inputs),
    Mistake("ignores-dout", "db", lambda rng: ShiftCountsSamples(6, rng), inputs),
]
