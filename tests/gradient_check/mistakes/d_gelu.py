"""GELU (tanh form) by a student who names every intermediate value after the paper's formula."""

import numpy as np

from mistakes import Mistake, Right

C = np.sqrt(2.0 / np.pi)
A = 0.044715


class Gelu:
    def forward(self, x):
        self.x = x
        inner = C * (x + A * x**3)
        return 0.5 * x * (1.0 + np.tanh(inner))

    def backward(self, dout):
        x = self.x
        th = np.tanh(C * (x + A * x**3))
        dinner = C * (1.0 + 3.0 * A * x**2)
        slope = 0.5 * (1.0 + th) + 0.5 * x * (1.0 - th**2) * dinner
        return slope * dout


class GeluRemembersOutput:
    def forward(self, x):
        inner = C * (x + A * x**3)
        x = 0.5 * x * (1.0 + np.tanh(inner))
        self.x = x
        return x

    def backward(self, dout):
        x = self.x
        th = np.tanh(C * (x + A * x**3))
        dinner = C * (1.0 + 3.0 * A * x**2)
        slope = 0.5 * (1.0 + th) + 0.5 * x * (1.0 - th**2) * dinner
        return slope * dout


class GeluLocalSlope(Gelu):
    def backward(self, dout):
        x = self.x
        inner = C * (x + A * x * x * x)
        sech2 = 1.0 / np.cosh(inner) ** 2
        left = 0.5 + 0.5 * np.tanh(inner)
        right = 0.5 * x * sech2 * (C + 3.0 * C * A * x * x)
        return left + right


class GeluSquare:
    def forward(self, x):
        self.x = x
        inner = C * (x + A * x**2)
        return 0.5 * x * (1.0 + np.tanh(inner))

    def backward(self, dout):
        x = self.x
        th = np.tanh(C * (x + A * x**3))
        dinner = C * (1.0 + 3.0 * A * x**2)
        slope = 0.5 * (1.0 + th) + 0.5 * x * (1.0 - th**2) * dinner
        return slope * dout


class GeluBySecant:
    """The formula's derivative is long, so this one lets the function differentiate itself."""

    step = 1e-3

    @staticmethod
    def gelu(x):
        return 0.5 * x * (1.0 + np.tanh(C * (x + A * x**3)))

    def forward(self, x):
        self.x = x
        self.y = self.gelu(x)
        return self.y

    def backward(self, dout):
        slope = (self.gelu(self.x + self.step) - self.y) / self.step
        return slope * dout


class GeluSaturates(Gelu):
    def backward(self, dout):
        x = self.x
        th = np.tanh(C * (x + A * x**3))
        slope = 0.5 * (1.0 + th) + 0.5 * x * (1.0 - th**2) * C * (1.0 + 3.0 * A * x**2)
        slope = np.where(x > 1.5, 1.0, slope)
        slope = np.where(x < -1.5, 0.0, slope)
        return slope * dout


class GeluSlopeOfTanhOnly:
    def forward(self, x):
        self.th = np.tanh(C * (x + A * x**3))
        self.x = x
        return 0.5 * x * (1.0 + self.th)

    def backward(self, dout):
        dth = 0.5 * self.x * dout
        dinner = (1.0 - self.th * self.th) * dth
        dx = C * dinner
        dx = dx + 3.0 * C * A * self.x**2 * dinner
        return dx


def numbers(rng):
    return (2.0 * rng.standard_normal((6, 5)),)


RIGHT = [Right(lambda rng: Gelu(), numbers)]

MISTAKES = [
    Mistake("wrong-point", "dx", lambda rng: GeluRemembersOutput(), numbers),
    Mistake("ignores-dout", "dx", lambda rng: GeluLocalSlope(), numbers),
    Mistake("forward-wrong", None, lambda rng: GeluSquare(), numbers),
    Mistake("precision", "dx", lambda rng: GeluBySecant(), numbers),
    Mistake("partly-wrong", "dx", lambda rng: GeluSaturates(), numbers),
    Mistake("missing-term", "dx", lambda rng: GeluSlopeOfTanhOnly(), numbers),
]
