"""Training: the loop, and the rules by which parameters are updated."""

from training.optimizers import SGD
from training.trainer import Trainer, TrainingDiverged

__all__ = ["SGD", "Trainer", "TrainingDiverged"]
