"""gamma * x + beta, one of each a feature, with dictionaries of parameters, by a student who likes frameworks."""

import numpy as np

from mistakes import Mistake, Right


class ScaleShift:
    def __init__(self, gamma, beta):
        self.params = {"gamma": gamma, "beta": beta}
        self.grads = {}

    def forward(self, x):
        self.x = x
        return self.params["gamma"] * x + self.params["beta"]

    def backward(self, dout):
        self.grads = {"gamma": (dout * self.x).sum(axis=0), "beta": dout.sum(axis=0)}
        return dout * self.params["gamma"]


class ScaleShiftOrder:
    def __init__(self, gamma, beta):
        self.params = dict(gamma=gamma, beta=beta)
        self.grads = dict.fromkeys(self.params)

    def forward(self, x):
        self.x = x
        return self.params["gamma"] * x + self.params["beta"]

    def backward(self, dout):
        ones = np.ones(len(dout))
        found = [ones @ dout, ones @ (dout * self.x)]
        for name, grad in zip(self.params, found, strict=True):
            self.grads[name] = grad
        return self.params["gamma"] * dout


class ScaleShiftLastSample:
    def __init__(self, gamma, beta):
        self.params = {"gamma": gamma, "beta": beta}
        self.grads = {"gamma": np.zeros_like(gamma), "beta": np.zeros_like(beta)}

    def forward(self, x):
        self.x = x
        return np.stack([row * self.params["gamma"] + self.params["beta"] for row in x])

    def backward(self, dout):
        dx = np.empty_like(dout)
        for key in self.grads:
            self.grads[key] = np.zeros_like(self.params[key])
        for n in range(len(dout)):
            dx[n] = dout[n] * self.params["gamma"]
            self.grads["gamma"] = self.grads["gamma"] + dout[n] * self.x[n]
            self.grads["beta"] = dout[n].copy()
        return dx


class ScaleShiftMean(ScaleShift):
    def backward(self, dout):
        self.grads["gamma"] = np.average(dout * self.x, axis=0)
        self.grads["beta"] = np.sum(dout, axis=0)
        return dout * self.params["gamma"]


class ScaleShiftRow(ScaleShift):
    def backward(self, dout):
        self.grads["gamma"] = np.sum(dout * self.x, axis=0, keepdims=True)
        self.grads["beta"] = np.sum(dout, axis=0)
        return self.params["gamma"] * dout


class ScaleShiftOfOutput:
    def __init__(self, gamma, beta):
        self.params = {"gamma": gamma, "beta": beta}
        self.grads = {}

    def forward(self, x):
        self.out = x * self.params["gamma"]
        self.out = self.out + self.params["beta"]
        return self.out

    def backward(self, dout):
        self.grads["beta"] = dout.sum(axis=0)
        self.grads["gamma"] = np.einsum("nd,nd->d", self.out, dout)
        return dout * self.params["gamma"]


class ScaleShiftTypo(ScaleShift):
    def __init__(self, gamma, beta):
        super().__init__(gamma, beta)
        self.grads = {"gamma": np.zeros_like(gamma), "beta": np.zeros_like(beta)}

    def backward(self, dout):
        self.grads["gamma"] = (dout * self.x).sum(axis=0)
        self.grad_beta = dout.sum(axis=0)
        return dout * self.params["gamma"]


def pair(rng):
    return rng.uniform(0.5, 2.0, size=5), rng.standard_normal(5)


def rows(rng):
    return (rng.standard_normal((7, 5)),)


RIGHT = [Right(lambda rng: ScaleShift(*pair(rng)), rows)]

MISTAKES = [
    Mistake("swapped", None, lambda rng: ScaleShiftOrder(*pair(rng)), rows),
    Mistake("not-summed", "dbeta", lambda rng: ScaleShiftLastSample(*pair(rng)), rows),
    Mistake("extra-batch-average", "dgamma", lambda rng: ScaleShiftMean(*pair(rng)), rows),
    Mistake("wrong-shape", "dgamma", lambda rng: ScaleShiftRow(*pair(rng)), rows),
    Mistake("wrong-point", "dgamma", lambda rng: ScaleShiftOfOutput(*pair(rng)), rows),
    Mistake("not-computed", "dbeta", lambda rng: ScaleShiftTypo(*pair(rng)), rows),
]
