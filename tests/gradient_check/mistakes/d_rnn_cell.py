"""One step of a plain recurrent network, by a student who followed a course's tuple caches."""

import numpy as np

from mistakes import Mistake, Right


class RNNCell:
    def __init__(self, Wx, Wh, b):
        self.Wx, self.Wh, self.b = Wx, Wh, b
        self.dWx = self.dWh = self.db = None

    def forward(self, x, h):
        h_next = np.tanh(np.dot(x, self.Wx) + np.dot(h, self.Wh) + self.b)
        self.cache = (x, h, h_next)
        return h_next

    def backward(self, dh):
        x, h_prev, h_next = self.cache
        dz = dh * (1 - h_next**2)
        self.dWx = np.dot(x.T, dz)
        self.dWh = np.dot(h_prev.T, dz)
        self.db = dz.sum(axis=0)
        return np.dot(dz, self.Wx.T), np.dot(dz, self.Wh.T)


class RNNCellSlopeOfLastState(RNNCell):
    def backward(self, dh):
        x, h_prev, _ = self.cache
        dz = dh * (1 - h_prev * h_prev)
        self.dWx = np.dot(x.T, dz)
        self.dWh = np.dot(h_prev.T, dz)
        self.db = dz.sum(axis=0)
        return np.dot(dz, self.Wx.T), np.dot(dz, self.Wh.T)


class RNNCellOrder(RNNCell):
    def backward(self, dh):
        x, h_prev, h_next = self.cache
        dz = (1 - h_next**2) * dh
        dh_prev = dz @ self.Wh.T
        dx = dz @ self.Wx.T
        self.db = np.sum(dz, 0)
        self.dWh = h_prev.T @ dz
        self.dWx = x.T @ dz
        return dh_prev, dx


class RNNCellRecurrentWeights:
    def __init__(self, Wx, Wh, b):
        self.Wx, self.Wh, self.b = Wx, Wh, b
        self.dWx, self.dWh, self.db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)

    def forward(self, x, h):
        a = x @ self.Wx + h @ self.Wh + self.b
        out = np.tanh(a)
        self.cache = {"x": x, "h": h, "out": out}
        return out

    def backward(self, dh):
        c = self.cache
        da = dh - dh * c["out"] ** 2
        self.dWx[:] = np.einsum("nd,nh->dh", c["x"], da)
        self.dWh[:] = np.einsum("ni,nj->ij", da, c["h"])
        self.db[:] = np.einsum("nh->h", da)
        return np.einsum("nh,dh->nd", da, self.Wx), np.einsum("nj,ij->ni", da, self.Wh)


class RNNCellHistory:
    """Keeps every step, for the backward pass through time."""

    def __init__(self, Wx, Wh, b):
        self.Wx, self.Wh, self.b = Wx, Wh, b
        self.steps = []

    def forward(self, x, h):
        h_next = np.tanh(x @ self.Wx + h @ self.Wh + self.b)
        self.steps.append((x.copy(), h.copy(), h_next))
        return h_next.copy()

    def backward(self, dh):
        x, h_prev, h_next = self.steps[0]
        dz = dh * (1 - h_next**2)
        self.dWx, self.dWh, self.db = x.T @ dz, h_prev.T @ dz, dz.sum(axis=0)
        return dz @ self.Wx.T, dz @ self.Wh.T


class RNNCellThriftyStep(RNNCell):
    def backward(self, dh):
        x, h_prev, h_next = self.cache
        dh *= 1 - h_next**2
        self.dWx = x.T.dot(dh)
        self.dWh = h_prev.T.dot(dh)
        self.db = dh.sum(axis=0)
        return dh.dot(self.Wx.T), dh.dot(self.Wh.T)


class RNNCellRunningBias:
    def __init__(self, Wx, Wh, b):
        self.Wx, self.Wh, self.b = Wx, Wh, b
        self.dWx, self.dWh, self.db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)

    def forward(self, x, h):
        self.x, self.h = x, h
        self.h_next = np.tanh(x @ self.Wx + h @ self.Wh + self.b)
        return self.h_next

    def backward(self, dh):
        dz = dh * (1 - self.h_next**2)
        self.dWx = self.x.T @ dz
        self.dWh = self.h.T @ dz
        for row in dz:
            self.db = self.db + row
        return dz @ self.Wx.T, dz @ self.Wh.T


def weights(rng):
    return 0.5 * rng.standard_normal((3, 4)), 0.5 * rng.standard_normal((4, 4)), 0.1 * rng.standard_normal(4)


def step(rng):
    return rng.standard_normal((5, 3)), np.tanh(rng.standard_normal((5, 4)))


RIGHT = [Right(lambda rng: RNNCell(*weights(rng)), step)]

MISTAKES = [
    Mistake("wrong-point", None, lambda rng: RNNCellSlopeOfLastState(*weights(rng)), step),
    Mistake("swapped", None, lambda rng: RNNCellOrder(*weights(rng)), step),
    Mistake("transposed", "dWh", lambda rng: RNNCellRecurrentWeights(*weights(rng)), step),
    Mistake("stale-cache", None, lambda rng: RNNCellHistory(*weights(rng)), step),
    Mistake("overwrites-dout", None, lambda rng: RNNCellThriftyStep(*weights(rng)), step),
    Mistake("accumulates", "db", lambda rng: RNNCellRunningBias(*weights(rng)), step),
]
