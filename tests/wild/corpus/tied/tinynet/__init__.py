"""tinynet - a very small neural network package"""
from .layers import Linear, Tanh
from .model import Sequential, TwoTowers

__all__ = ["Linear", "Tanh", "Sequential", "TwoTowers"]
