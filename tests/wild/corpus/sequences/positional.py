import numpy as np


class SinusoidalPositionalEncoding:
    def __init__(self, d_model, max_len=50):
        pos = np.arange(max_len)[:, None]
        div = np.exp(np.arange(0, d_model, 2) * (-np.log(10000.0) / d_model))
        self.pe = np.zeros((max_len, d_model))
        self.pe[:, 0::2] = np.sin(pos * div)
        self.pe[:, 1::2] = np.cos(pos * div)[:, :d_model // 2]
        self.scale = np.sqrt(d_model)

    def forward(self, x):
        return x * self.scale + self.pe[:x.shape[1]]

    def backward(self, dout):
        return dout * self.scale


class LearnedPositionalEmbedding:
    def __init__(self, max_len, d_model):
        self.table = np.random.randn(max_len, d_model) * 0.02
        self.dtable = np.zeros_like(self.table)

    def forward(self, x):
        # x is (batch, time, d_model), time <= max_len
        self.T = x.shape[1]
        return x + self.table[:self.T]

    def backward(self, dout):
        self.dtable.fill(0)
        self.dtable[:self.T] = dout.sum(axis=0)
        return dout
