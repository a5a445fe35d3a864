# Layer Normalization を自分で実装してみた
import numpy as np


class LayerNorm:
    def __init__(self, dim):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = 1e-5

    def forward(self, x):
        # 特徴の軸で平均と分散を計算する
        self.mu = x.mean(axis=1, keepdims=True)
        self.var = x.var(axis=1, keepdims=True)
        self.xhat = (x - self.mu) / np.sqrt(self.var + self.eps)
        return self.gamma * self.xhat + self.beta

    def backward(self, dout):
        self.dgamma = np.sum(dout * self.xhat, axis=0)
        self.dbeta = np.sum(dout, axis=0)
        dxhat = dout * self.gamma
        # 逆伝播ではバッチの軸で平均を引く
        dx = dxhat - np.mean(dxhat, axis=0) - self.xhat * np.mean(dxhat * self.xhat, axis=0)
        return dx / np.sqrt(self.var + self.eps)
