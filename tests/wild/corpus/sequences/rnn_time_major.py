import numpy as np

class ElmanRNN:
    """input (T, N, D) -> hidden states (T, N, H)"""
    def __init__(self, input_size, hidden_size):
        self.Wx = np.random.normal(0, 1/np.sqrt(input_size), (input_size, hidden_size))
        self.Wh = np.random.normal(0, 1/np.sqrt(hidden_size), (hidden_size, hidden_size))
        self.b = np.random.normal(0, .1, hidden_size)

    def forward(self, x):
        T, N, _ = x.shape
        self.x = x
        self.h = np.zeros((T + 1, N, len(self.b)))
        for t in range(T):
            self.h[t+1] = np.tanh(x[t].dot(self.Wx) + self.h[t].dot(self.Wh) + self.b)
        return self.h[1:]

    def backward(self, dh):
        T = dh.shape[0]
        dx = np.zeros_like(self.x)
        self.dWx = np.zeros_like(self.Wx)
        self.dWh = np.zeros_like(self.Wh)
        self.db = np.zeros_like(self.b)
        dh_next = np.zeros_like(dh[0])
        for t in reversed(range(T)):
            da = (dh[t] + dh_next) * (1 - self.h[t+1]**2)
            self.dWx += self.x[t].T.dot(da)
            self.dWh = self.h[t].T.dot(da)
            self.db += da.sum(axis=0)
            dx[t] = da.dot(self.Wx.T)
            dh_next = da.dot(self.Wh.T)
        return dx
