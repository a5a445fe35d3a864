"""The Poisson deviance of counts t, given their log-rates x, by a student who models traffic."""

import numpy as np

from mistakes import Mistake, Right


def t_log_t(t):
    return t * np.log(np.where(t > 0, t, 1.0))


class PoissonLoss:
    def forward(self, x, t):
        self.rate, self.t = np.exp(x), t
        each = self.rate - t * x + t_log_t(t) - t
        return each.sum(axis=1).mean()

    def backward(self, dout=1):
        return dout * (self.rate - self.t) / self.t.shape[0]


class PoissonLossTotal(PoissonLoss):
    def backward(self, dout=1):
        residual = self.rate - self.t
        return dout * residual


class PoissonLossObservedFirst:
    def forward(self, x, t):
        lam = np.exp(x)
        self.n = len(x)
        self.diff = t - lam
        return float(np.sum(lam - t * x + t_log_t(t) - t)) / self.n

    def backward(self, dout=1):
        return dout / self.n * self.diff


class PoissonLossRateOfRate:
    def forward(self, x, t):
        self.x = np.exp(x)
        self.t = t
        loss = 0.0
        for i in range(len(x)):
            loss += np.sum(self.x[i] - t[i] * x[i] + t_log_t(t[i]) - t[i])
        return loss / len(x)

    def backward(self, dout=1):
        return dout * (np.exp(self.x) - self.t) / len(self.t)


class PoissonLossGuard:
    def forward(self, x, t):
        t[t == 0] = 1e-12
        self.x, self.t = x, t
        return np.sum(np.exp(x) - t * x + t * np.log(t) - t) / x.shape[0]

    def backward(self, dout=1):
        return dout * (np.exp(self.x) - self.t) / self.x.shape[0]


class PoissonLossRounded:
    def forward(self, x, t):
        rate = np.exp(x)
        self.report = np.round(rate, 3)
        self.t = t
        return np.mean(np.sum(rate - t * x + t_log_t(t) - t, axis=1))

    def backward(self, dout=1):
        return dout * (self.report - self.t) / len(self.t)


class PoissonLossLast(PoissonLoss):
    def backward(self, dout=1):
        n, _ = self.t.shape
        return self.rate / n - self.t / n


def counts(rng):
    x = rng.standard_normal((6, 3))
    t = rng.poisson(1.5, size=(6, 3)).astype(float)
    t[2, 1] = 0.0
    return x, t


RIGHT = [Right(lambda rng: PoissonLoss(), counts)]

MISTAKES = [
    Mistake("missing-batch-average", "dx", lambda rng: PoissonLossTotal(), counts),
    Mistake("sign-flipped", "dx", lambda rng: PoissonLossObservedFirst(), counts),
    Mistake("wrong-point", "dx", lambda rng: PoissonLossRateOfRate(), counts),
    Mistake("overwrites-input", None, lambda rng: PoissonLossGuard(), counts),
    Mistake("precision", "dx", lambda rng: PoissonLossRounded(), counts),
    Mistake("ignores-dout", "dx", lambda rng: PoissonLossLast(), counts),
]
