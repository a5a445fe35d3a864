"""Batch normalisation over (N, D) by the closed formula, parameters in dicts, as after an online course."""

import numpy as np

from mistakes import Mistake, Right

EPS = 1e-6


class BatchNorm:
    def __init__(self, rng, D=5):
        self.params = {"gamma": rng.normal(1.0, 0.3, D), "beta": rng.normal(0.0, 0.5, D)}
        self.grads = {}

    def forward(self, x):
        mean = x.mean(axis=0)
        inv_std = 1.0 / np.sqrt(x.var(axis=0) + EPS)
        x_hat = (x - mean) * inv_std
        self.cache = (x_hat, inv_std)
        return x_hat * self.params["gamma"] + self.params["beta"]

    def backward(self, dout):
        x_hat, inv_std = self.cache
        N = dout.shape[0]
        sum_dout = dout.sum(axis=0)
        sum_dout_x = (dout * x_hat).sum(axis=0)
        self.grads["beta"] = sum_dout
        self.grads["gamma"] = sum_dout_x
        return self.params["gamma"] * inv_std / N * (N * dout - sum_dout - x_hat * sum_dout_x)


class LostTheN(BatchNorm):
    def backward(self, dout):
        x_hat, inv_std = self.cache
        m = len(dout)
        db = dout.sum(axis=0)
        dg = (dout * x_hat).sum(axis=0)
        self.grads = {"gamma": dg, "beta": db}
        scale = self.params["gamma"] * inv_std
        return scale * (m * dout - db - x_hat * dg)


class KeepsTheRow(BatchNorm):
    def backward(self, dout):
        x_hat, inv_std = self.cache
        N = dout.shape[0]
        s0 = np.sum(dout, axis=0)
        s1 = np.sum(dout * x_hat, axis=0, keepdims=True)
        self.grads["beta"], self.grads["gamma"] = s0, s1
        return self.params["gamma"] * inv_std * (dout - s0 / N - x_hat * s1 / N)


class ScalesDoutInPlace:
    def __init__(self, rng, D=5):
        self.params = {"gamma": rng.normal(1.0, 0.3, D), "beta": rng.normal(0.0, 0.5, D)}
        self.grads = {"gamma": None, "beta": None}

    def forward(self, x):
        self.x_hat = x - x.mean(axis=0)
        self.inv_std = (np.square(self.x_hat).mean(axis=0) + EPS) ** -0.5
        self.x_hat *= self.inv_std
        return self.x_hat * self.params["gamma"] + self.params["beta"]

    def backward(self, dout):
        self.grads["beta"] = np.sum(dout, axis=0)
        self.grads["gamma"] = np.einsum("nd,nd->d", dout, self.x_hat)
        dout *= self.params["gamma"]
        dx = dout - dout.mean(axis=0) - self.x_hat * (dout * self.x_hat).mean(axis=0)
        return dx * self.inv_std


class GammaFromRawX:
    def __init__(self, rng, D=5):
        self.params = {"gamma": rng.normal(1.0, 0.3, D), "beta": rng.normal(0.0, 0.5, D)}
        self.grads = {"gamma": None, "beta": None}

    def forward(self, x):
        self.x = x
        self.mean, self.inv_std = x.mean(axis=0), 1.0 / np.sqrt(x.var(axis=0) + EPS)
        return self.params["gamma"] * (x - self.mean) * self.inv_std + self.params["beta"]

    def backward(self, dout):
        x, N = self.x, self.x.shape[0]
        x_hat = (x - self.mean) * self.inv_std
        self.grads["beta"] = dout.sum(axis=0)
        self.grads["gamma"] = (dout * x).sum(axis=0)
        inner = N * dout - dout.sum(axis=0) - x_hat * (dout * x_hat).sum(axis=0)
        return self.params["gamma"] * self.inv_std / N * inner


class FeatureByFeature:
    """One column after the other, to check the formula by hand."""

    def __init__(self, rng, D=5):
        self.params = {"gamma": rng.normal(1.0, 0.3, D), "beta": rng.normal(0.0, 0.5, D)}
        self.grads = {}

    def forward(self, x):
        self.N, self.D = x.shape
        self.inv_std = 1.0 / np.sqrt(x.var(axis=0) + EPS)
        self.x_hat = (x - x.mean(axis=0)) * self.inv_std
        return self.x_hat * self.params["gamma"] + self.params["beta"]

    def backward(self, dout):
        self.grads["beta"] = dout.sum(axis=0)
        self.grads["gamma"] = (dout * self.x_hat).sum(axis=0)
        dx = dout * self.params["gamma"] * self.inv_std
        for j in range(1, self.D):
            column = dout[:, j]
            inner = self.N * column - column.sum() - self.x_hat[:, j] * (column @ self.x_hat[:, j])
            dx[:, j] = self.params["gamma"][j] * self.inv_std[j] / self.N * inner
        return dx


class TermsTheOtherWayRound(BatchNorm):
    def backward(self, dout):
        x_hat, inv_std = self.cache
        self.grads["beta"] = dout.sum(axis=0)
        self.grads["gamma"] = (dout * x_hat).sum(axis=0)
        mean_path = dout.mean(axis=0)
        var_path = x_hat * np.mean(dout * x_hat, axis=0)
        return self.params["gamma"] * inv_std * (mean_path + var_path - dout)


def inputs(rng):
    return (rng.normal(-0.5, 1.8, (8, 5)),)


RIGHT = [Right(BatchNorm, inputs)]

MISTAKES = [
    Mistake("missing-batch-average", "dx", LostTheN, inputs),
    Mistake("wrong-shape", "dgamma", KeepsTheRow, inputs),
    Mistake("overwrites-dout", None, ScalesDoutInPlace, inputs),
    Mistake("wrong-point", "dgamma", GammaFromRawX, inputs),
    Mistake("partly-wrong", "dx", FeatureByFeature, inputs),
    Mistake("sign-flipped", "dx", TermsTheOtherWayRound, inputs),
]
