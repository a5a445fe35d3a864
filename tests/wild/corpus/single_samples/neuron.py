from dataclasses import dataclass, field
from math import tanh


@dataclass
class Neuron:
    """out = tanh(w1*x1 + w2*x2 + b) for two plain numbers"""
    w1: float = 0.5
    w2: float = -0.3
    b: float = 0.1
    grads: dict = field(default_factory=dict)

    def forward(self, x1: float, x2: float) -> float:
        self.x1, self.x2 = x1, x2
        self.out = tanh(self.w1 * x1 + self.w2 * x2 + self.b)
        return self.out

    def backward(self, dout: float) -> tuple:
        dnet = dout * (1 - self.out ** 2)
        self.grads = {"w1": dnet * self.x1, "w2": dnet * self.x2, "b": dnet}
        return dnet * self.w1, dnet * self.w2
