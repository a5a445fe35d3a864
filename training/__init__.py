"""Training: the loop, and the rules by which parameters are updated."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from training.diagnosis.diagnosing import diagnose
    from training.diagnosis.finding import Finding
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
    "Finding",
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
    "diagnose",
    "get_optimizer",
    "get_schedule",
]

# Imported when they are asked for: the commands take their options from this package, and need not train for that.
LATER = {
    "clip_gradient_norm": "optimizers.clipping",
    "diagnose": "diagnosis.diagnosing",
    "Finding": "diagnosis.finding",
    "Trainer": "trainer",
    "TrainingDiverged": "loop.diverged",
} | dict.fromkeys(("SCHEDULES", "Constant", "Cosine", "Milestones", "StepDecay", "WarmUp", "get_schedule"), "schedules")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{LATER.get(name, 'optimizers')}"), name)
