import numpy as np


class TimeRNN:
    def __init__(self, wx, wh, b, stateful=True):
        self.wx, self.wh, self.b = wx, wh, b
        self.stateful = stateful
        self.state = None
        self.dstate = None      # gradient for the initial state (encoder-decoder)

    def set_state(self, h):
        self.state = h

    def forward(self, xs):
        if self.state is None or not self.stateful:
            self.state = np.zeros((xs.shape[0], self.wh.shape[0]), dtype=xs.dtype)
        self.xs = xs
        self.states = [self.state]
        for t in range(xs.shape[1]):
            self.state = np.tanh(xs[:, t] @ self.wx + self.state @ self.wh + self.b)
            self.states.append(self.state)
        return np.stack(self.states[1:], axis=1)

    def backward(self, dhs):
        self.dwx, self.dwh, self.db = 0, 0, 0
        dxs = np.zeros(self.xs.shape)
        self.dstate = 0
        for t in range(dhs.shape[1])[::-1]:
            d = (dhs[:, t] + self.dstate) * (1 - self.states[t + 1] ** 2)
            self.dwx = self.dwx + self.xs[:, t].T @ d
            self.dwh = self.dwh + self.states[t].T @ d
            self.db = self.db + d.sum(axis=0)
            dxs[:, t] = d @ self.wx.T
            self.dstate = d @ self.wh.T
        return dxs
