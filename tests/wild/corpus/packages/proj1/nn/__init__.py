from .layers import Dense, BatchNorm
from .activations import LeakyReLU, Softplus
from .losses import Huber
