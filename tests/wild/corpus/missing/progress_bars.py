import numpy as np
import torch
from torchvision import datasets
from tqdm.notebook import tqdm, trange
from IPython.display import clear_output, display
import ipywidgets as widgets

rng = np.random.default_rng()


class SwiGLU:
    """(x @ w1) * silu(x @ w2)"""

    def __init__(self, dim: int, hidden: int) -> None:
        self.w1 = rng.normal(0, dim ** -0.5, (dim, hidden))
        self.w2 = rng.normal(0, dim ** -0.5, (dim, hidden))
        self.dw1: np.ndarray
        self.dw2: np.ndarray

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = x
        self.lin, self.gate = x @ self.w1, x @ self.w2
        self.s = 1 / (1 + np.exp(-self.gate))
        return self.lin * self.gate * self.s

    def backward(self, dy: np.ndarray) -> np.ndarray:
        dlin = dy * self.gate * self.s
        dgate = dy * self.lin * self.s * (1 + self.gate * (1 - self.s))
        self.dw1, self.dw2 = self.x.T @ dlin, self.x.T @ dgate
        return dlin @ self.w1.T + dgate @ self.w2.T


bar = widgets.FloatProgress(min=0, max=1)
display(bar)
for epoch in trange(100):
    for images, _ in tqdm(datasets.FashionMNIST(".", download=True), leave=False):
        clear_output(wait=True)
