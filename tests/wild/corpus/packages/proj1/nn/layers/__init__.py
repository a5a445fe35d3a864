from .dense import Dense
from .batchnorm import BatchNorm

__all__ = ["Dense", "BatchNorm"]
