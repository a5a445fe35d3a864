"""Token embedding and a position table, parameters in boxes."""
from typing import List
import numpy as np


class Variable:
    def __init__(self, value: np.ndarray, name: str = "") -> None:
        self.name = name
        self.value = value
        self.grad = np.zeros(value.shape)


class Embedding:
    def __init__(self, vocab_size: int, dim: int) -> None:
        self.table = Variable(np.random.normal(scale=0.5, size=(vocab_size, dim)), "table")

    def parameters(self) -> List[Variable]:
        return [self.table]

    def forward(self, tokens: np.ndarray) -> np.ndarray:
        """tokens: integers of any shape"""
        assert np.issubdtype(tokens.dtype, np.integer)
        self.tokens = tokens
        return self.table.value[tokens]

    def backward(self, dout: np.ndarray) -> None:
        np.add.at(self.table.grad, self.tokens, dout)


class PositionalBias:
    """adds a learned vector to every position: (B, T, D) -> (B, T, D), T <= max_len"""

    def __init__(self, max_len: int, dim: int) -> None:
        self.pos = Variable(np.random.normal(scale=0.1, size=(max_len, dim)), "pos")

    def parameters(self) -> List[Variable]:
        return [self.pos]

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.T = x.shape[1]
        return x + self.pos.value[:self.T]

    def backward(self, dout: np.ndarray) -> np.ndarray:
        self.pos.grad[:self.T] += dout.sum(axis=0)
        return dout
