"""Tanh from the definition: both exponentials are kept and the derivative is 4 / (e^x + e^-x)^2."""

import numpy as np

from mistakes import Mistake, Right


class TanhExp:
    def forward(self, x):
        self.ep = np.exp(x)
        self.em = np.exp(-x)
        return (self.ep - self.em) / (self.ep + self.em)

    def backward(self, dout):
        cosh2 = (self.ep + self.em) ** 2
        return dout * 4 / cosh2


class TanhQuotientRule:
    def forward(self, x):
        self.ep = np.exp(x)
        self.em = np.exp(-x)
        return (self.ep - self.em) / (self.ep + self.em)

    def backward(self, dout):
        top, bottom = self.ep - self.em, self.ep + self.em
        dtop, dbottom = self.ep + self.em, self.ep - self.em
        return dout * (dtop * bottom - top * dbottom) / (2 * bottom**2)


class TanhOfOutput:
    def forward(self, x):
        ep, em = np.exp(x), np.exp(-x)
        self.out = (ep - em) / (ep + em)
        return self.out

    def backward(self, dout):
        ep, em = np.exp(self.out), np.exp(-self.out)
        return dout * 4 / (ep + em) ** 2


class TanhSharedExp:
    exps = {}

    def forward(self, x):
        self.exps["plus"] = np.exp(x)
        self.exps["minus"] = np.exp(-x)
        return (self.exps["plus"] - self.exps["minus"]) / (self.exps["plus"] + self.exps["minus"])

    def backward(self, dout):
        return dout * 4 / (self.exps["plus"] + self.exps["minus"]) ** 2


class TanhRenamed(TanhExp):
    def backward(self, dout):
        return dout * 4 / (self.e_plus + self.e_minus) ** 2


def values(rng):
    return (rng.normal(size=(6, 3)),)


RIGHT = [Right(lambda rng: TanhExp(), values)]

MISTAKES = [
    Mistake("constant-factor", "dx", lambda rng: TanhQuotientRule(), values),
    Mistake("wrong-point", "dx", lambda rng: TanhOfOutput(), values),
    Mistake("stale-cache", "dx", lambda rng: TanhSharedExp(), values),
    Mistake("raises", None, lambda rng: TanhRenamed(), values),
]
