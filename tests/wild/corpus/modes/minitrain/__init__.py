"""minitrain - a tiny training framework.

    from minitrain import Sequential, Linear, ReLU, Dropout, BatchNorm
    model = Sequential(Linear(4, 8), BatchNorm(8), ReLU(), Dropout(0.2), Linear(8, 3))
    model.train()
"""
from .module import Module, Sequential
from .activations import ReLU, Softsign
from .layers import BatchNorm, Dropout, Linear

__all__ = ["Module", "Sequential", "Linear", "ReLU", "Softsign", "Dropout", "BatchNorm"]
__version__ = "0.1"
