"""Binary cross entropy on logits, summed over the outputs, averaged over the batch: a student with a dict cache."""

import numpy as np

from mistakes import Mistake, Right


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def bce(z, t):
    return np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z)))


class BCELogits:
    def __init__(self):
        self.cache = {}

    def forward(self, z, t):
        self.cache = {"p": sigmoid(z), "t": t, "n": z.shape[0]}
        return bce(z, t).sum() / z.shape[0]

    def backward(self, dout=1):
        c = self.cache
        return (c["p"] - c["t"]) * dout / c["n"]


class BCELogitsIgnore:
    """Label -1: not known, does not count."""

    def forward(self, z, t):
        known = t >= 0
        self.cache = {"z": z, "t": t, "known": known}
        return np.where(known, bce(z, t), 0.0).sum() / len(z)

    def backward(self, dout=1):
        z, t, known = self.cache["z"], self.cache["t"], self.cache["known"]
        return dout * known * (sigmoid(z) - t) / len(z)


class BCELogitsIgnoreForwardOnly(BCELogitsIgnore):
    def backward(self, dout=1):
        z, t = self.cache["z"], self.cache["t"]
        dz = sigmoid(z) - t
        return dout * dz / len(z)


class BCELogitsSquashedAgain:
    def __init__(self):
        self.cache = {}

    def forward(self, z, t):
        a = sigmoid(z)
        self.cache["a"] = a
        self.cache["t"] = t
        return -(t * np.log(a) + (1 - t) * np.log(1 - a)).sum() / len(z)

    def backward(self, dout=1):
        a, t = self.cache["a"], self.cache["t"]
        dz = sigmoid(a) - t
        return dout * dz / len(t)


class BCELogitsPositives:
    def forward(self, z, t):
        self.cache = {"z": z, "t": t}
        return bce(z, t).sum(axis=1).mean()

    def backward(self, dout=1):
        z, t = self.cache["z"], self.cache["t"]
        p = sigmoid(z)
        dp = -t / p
        dz = dp * p * (1 - p)
        return dout * dz / z.shape[0]


class BCELogitsColumn:
    """One output a sample: z is (N, 1), t is (N,)."""

    def forward(self, z, t):
        self.cache = dict(p=sigmoid(z), t=t)
        return bce(z[:, 0], t).mean()

    def backward(self, dout=1):
        p, t = self.cache["p"], self.cache["t"]
        return dout * (p - t) / len(t)


class BCELogitsSmall(BCELogits):
    def forward(self, z, t):
        self.cache = {"p": sigmoid(z).astype(np.float32), "t": t, "n": z.shape[0]}
        return bce(z, t).sum() / z.shape[0]


class BCELogitsJitter:
    """Soft labels, so that the network does not get too sure."""

    def forward(self, z, t):
        soft = np.clip(t + np.random.uniform(-0.1, 0.1, size=t.shape), 0, 1)
        self.cache = {"p": sigmoid(z), "soft": soft}
        return bce(z, soft).sum() / len(z)

    def backward(self, dout=1):
        diff = self.cache["p"] - self.cache["soft"]
        return dout * diff / len(diff)


def inputs(rng):
    return 1.5 * rng.normal(size=(6, 3)), (rng.random((6, 3)) > 0.5).astype(float)


def unknowns(rng):
    t = np.array([[1.0, 0, -1], [-1, 1, 0], [0, 0, 1], [1, -1, -1], [0, 1, 1]])
    return rng.normal(size=(5, 3)), t


def column(rng):
    return rng.normal(size=(5, 1)), np.array([1.0, 0.0, 0.0, 1.0, 1.0])


RIGHT = [Right(lambda rng: BCELogits(), inputs), Right(lambda rng: BCELogitsIgnore(), unknowns)]
MISTAKES = [
    Mistake("mask-missing", "dx", lambda rng: BCELogitsIgnoreForwardOnly(), unknowns),
    Mistake("wrong-point", "dx", lambda rng: BCELogitsSquashedAgain(), inputs),
    Mistake("partly-wrong", "dx", lambda rng: BCELogitsPositives(), inputs),
    Mistake("wrong-shape", "dx", lambda rng: BCELogitsColumn(), column),
    Mistake("precision", "dx", lambda rng: BCELogitsSmall(), inputs),
    Mistake("nondeterministic", None, lambda rng: BCELogitsJitter(), inputs),
]
