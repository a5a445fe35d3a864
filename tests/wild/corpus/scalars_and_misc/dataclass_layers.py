from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np


@dataclass
class Bilinear:
    """y_k = sum_ij a_i T_ijk b_j"""

    T: np.ndarray
    trainable: bool = True
    grads: dict[str, np.ndarray] = field(default_factory=dict, repr=False)
    _ab: tuple[np.ndarray, np.ndarray] | None = field(default=None, init=False, repr=False)
    kind: ClassVar[str] = "bilinear"

    def forward(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        self._ab = a, b
        return np.einsum("ni,ijk,nj->nk", a, self.T, b)

    def backward(self, dy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        a, b = self._ab
        if self.trainable:
            self.grads["T"] = np.einsum("ni,nk,nj->ijk", a, dy, b)
        return np.einsum("nk,ijk,nj->ni", dy, self.T, b), np.einsum("nk,ijk,ni->nj", dy, self.T, a)


@dataclass
class Dense:
    W: np.ndarray
    b: np.ndarray
    dW: np.ndarray = field(init=False)
    db: np.ndarray = field(init=False)
    x: np.ndarray = field(init=False, repr=False)

    def __post_init__(self):
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = x
        return x @ self.W + self.b

    def backward(self, dy: np.ndarray) -> np.ndarray:
        self.dW = self.x.T @ dy
        self.db = dy[0]
        return dy @ self.W.T
