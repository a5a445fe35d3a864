import os, sys
import numpy as np
try:
    from fast_math import sigmoid          # my C extension, see setup.py
except ImportError:
    def sigmoid(x):
        return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))
try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None
try:
    import mkl
    mkl.set_num_threads(4)
except Exception as e:
    print("no mkl:", e, file=sys.stderr)


class HighwayLayer:
    """y = t * h + (1 - t) * x"""
    def __init__(self, n):
        self.Wh = np.random.randn(n, n) * 0.5
        self.Wt = np.random.randn(n, n) * 0.5
        self.bt = -np.ones(n)

    def forward(self, x):
        self.x = x
        self.h = np.tanh(x @ self.Wh)
        self.t = sigmoid(x @ self.Wt + self.bt)
        return self.t * self.h + (1 - self.t) * x

    def backward(self, dy):
        dh = dy * self.t * (1 - self.h ** 2)
        dt = dy * self.h * self.t * (1 - self.t)
        self.dWh = self.x.T @ dh
        self.dWt = self.x.T @ dt
        self.dbt = dt.sum(axis=0)
        return dh @ self.Wh.T + dt @ self.Wt.T + dy * (1 - self.t)


class SigmoidLayer:
    def forward(self, x):
        self.y = sigmoid(x)
        return self.y

    def backward(self, dy):
        return dy * self.y * (1 - self.y)
