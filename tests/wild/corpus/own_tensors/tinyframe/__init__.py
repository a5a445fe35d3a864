from .tensor import Tensor
from .function import Function
from . import functional
