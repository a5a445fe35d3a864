from dataclasses import dataclass, field
import numpy as np


@dataclass
class Weight:
    """重みとその勾配をまとめて持つ箱"""
    val: np.ndarray
    g: np.ndarray = field(init=False)

    def __post_init__(self):
        self.g = np.zeros_like(self.val)


class Affine:
    """全結合層"""

    def __init__(self, n_in: int, n_out: int):
        # Heの初期値
        self.W = Weight(np.random.randn(n_in, n_out) * np.sqrt(2 / n_in))
        self.b = Weight(np.zeros(n_out))

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W.val) + self.b.val

    def backward(self, dout):
        # 勾配は上書きせずに中身を入れ替える
        self.W.g[...] = np.dot(self.x.T, dout)
        self.b.g[...] = np.sum(dout, axis=0)
        return np.dot(dout, self.W.val.T)


class PReLU:
    """負の側の傾きを学習するReLU"""

    def __init__(self, a: float = 0.25):
        self.a = Weight(np.array([a]))

    def forward(self, x):
        self.x = x
        return np.where(x > 0, x, self.a.val * x)

    def backward(self, dout):
        self.a.g[0] = np.sum(dout * np.minimum(self.x, 0))
        return dout * np.where(self.x > 0, 1.0, self.a.val)
