import numpy as np


class RNN:
    # many-to-one: a list of column vectors in, one column vector out
    def __init__(self, input_size, output_size, hidden_size=5):
        self.Whh = np.random.randn(hidden_size, hidden_size) / 3
        self.Wxh = np.random.randn(hidden_size, input_size) / 3
        self.Why = np.random.randn(output_size, hidden_size) / 3
        self.bh = np.zeros((hidden_size, 1))
        self.by = np.zeros((output_size, 1))

    def forward(self, inputs):
        self.last_inputs = inputs
        self.last_hs = [np.zeros_like(self.bh)]
        for x in inputs:
            h = np.tanh(self.Wxh @ x + self.Whh @ self.last_hs[-1] + self.bh)
            self.last_hs.append(h)
        return self.Why @ self.last_hs[-1] + self.by

    def backward(self, d_y):
        n = len(self.last_inputs)
        self.d_Why = d_y @ self.last_hs[n].T
        self.d_by = d_y
        self.d_Whh = np.zeros(self.Whh.shape)
        self.d_Wxh = np.zeros(self.Wxh.shape)
        self.d_bh = np.zeros(self.bh.shape)
        d_h = self.Why.T @ d_y
        d_inputs = [None] * n
        for t in reversed(range(n)):
            temp = (1 - self.last_hs[t + 1] ** 2) * d_h
            self.d_bh += temp
            self.d_Whh += temp @ self.last_hs[t].T
            self.d_Wxh += temp @ self.last_inputs[t].T
            d_inputs[t] = self.Wxh.T @ temp
            d_h = self.Whh.T @ temp
        return d_inputs


if __name__ == '__main__':
    rnn = RNN(3, 2)
    print(rnn.forward([np.random.randn(3, 1) for _ in range(4)]))
