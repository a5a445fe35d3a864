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
from layers.average_pooling import AveragePooling
from layers.batch_normalization import BatchNormalization
from layers.checkpoint import Checkpoint
from layers.common.base import Layer, grads_of, params_of, state_of
from layers.convolution import Convolution
from layers.dropout import Dropout
from layers.flatten import Flatten
from layers.gelu import GELU
from layers.identity_with_loss import IdentityWithLoss
from layers.layer_normalization import LayerNormalization
from layers.leaky_relu import LeakyReLU
from layers.max_pooling import MaxPooling
from layers.multiply import Multiply
from layers.relu import ReLU
from layers.residual import Residual
from layers.sequence import Sequence
from layers.sigmoid import Sigmoid, sigmoid
from layers.sigmoid_with_loss import SigmoidWithLoss
from layers.softmax_with_loss import SoftmaxWithLoss, softmax
from layers.softplus import Softplus
from layers.tanh import Tanh

__all__ = [
    "GELU",
    "Add",
    "Affine",
    "AveragePooling",
    "BatchNormalization",
    "Checkpoint",
    "Convolution",
    "Dropout",
    "Flatten",
    "IdentityWithLoss",
    "Layer",
    "LayerNormalization",
    "LeakyReLU",
    "MaxPooling",
    "Multiply",
    "ReLU",
    "Residual",
    "Sequence",
    "Sigmoid",
    "SigmoidWithLoss",
    "SoftmaxWithLoss",
    "Softplus",
    "Tanh",
    "grads_of",
    "params_of",
    "sigmoid",
    "softmax",
    "state_of",
]
