"""Layers with ``forward`` and ``backward``, one idea a file.

Every class works alone, with no framework around it:

>>> import numpy as np
>>> from layers import Affine, ReLU
>>> affine, relu = Affine(np.array([[1.0, -1.0]]), np.array([0.0, 0.5])), ReLU()
>>> relu.forward(affine.forward([[2.0]]))
array([[2., 0.]])
>>> affine.backward(relu.backward([[1.0, 1.0]]))
array([[1.]])
>>> affine.dW
array([[2., 0.]])
"""

from layers.add import Add
from layers.affine import Affine
from layers.base import Layer, grads_of, params_of
from layers.identity_with_loss import IdentityWithLoss
from layers.multiply import Multiply
from layers.relu import ReLU
from layers.sigmoid import Sigmoid, sigmoid
from layers.softmax_with_loss import SoftmaxWithLoss, softmax

__all__ = [
    "Add",
    "Affine",
    "IdentityWithLoss",
    "Layer",
    "Multiply",
    "ReLU",
    "Sigmoid",
    "SoftmaxWithLoss",
    "grads_of",
    "params_of",
    "sigmoid",
    "softmax",
]
