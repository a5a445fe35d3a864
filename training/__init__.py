"""Training: the loop, and the rules by which parameters are updated."""

from training.optimizers import (
    OPTIMIZERS,
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    Momentum,
    Nesterov,
    Optimizer,
    RMSprop,
    get_optimizer,
)
from training.optimizers.clipping import clip_gradient_norm
from training.schedules import SCHEDULES, Constant, Cosine, Milestones, StepDecay, WarmUp, get_schedule
from training.trainer import Trainer, TrainingDiverged

__all__ = [
    "OPTIMIZERS",
    "SCHEDULES",
    "SGD",
    "AdaGrad",
    "Adam",
    "AdamW",
    "Constant",
    "Cosine",
    "Milestones",
    "Momentum",
    "Nesterov",
    "Optimizer",
    "RMSprop",
    "StepDecay",
    "Trainer",
    "TrainingDiverged",
    "WarmUp",
    "clip_gradient_norm",
    "get_optimizer",
    "get_schedule",
]
