"""What stands around a step of training: the schedule, the clipping, the notes, and the error where it diverges."""

import math
from typing import Any

import numpy as np

from language import _
from layers.common.devices import is_elsewhere, number
from layers.common.generators import generators_of, set_states, states_of
from training.loop.arguments import check_factor
from training.loop.diverged import diverged
from training.loop.inspection import first_not_finite, layers_of
from training.loop.interrupts import HeldBack
from training.loop.together import clip_together
from training.loop.waiting import WaitingStep, read_waiting
from training.optimizers.checks import check_gradients
from training.optimizers.clipping import gradient_norm

Gradients = dict[str, np.ndarray]


class Step:
    """The steps of a trainer, one after the other: ``with step: ...`` is one, which is made as a whole or not at all.

    Parameters
    ----------
    trainer : training.trainer.Trainer
    held_back : HeldBack
        Holds back what asks the program to end, until the step is made.

    Attributes
    ----------
    loss, norm : float
        The loss on the mini-batch, and the length of its gradient before it is clipped; on a GPU arrays without axes,
        which are read later (:mod:`training.loop.waiting`).
    """

    def __init__(self, trainer: Any, held_back: HeldBack) -> None:
        self.trainer, self.held_back = trainer, held_back
        self.generators = generators_of(layers_of(trainer.network))
        self.source = trainer.shared or trainer.network
        self.loss = self.norm = math.nan
        self.samples = 0

    def __enter__(self) -> None:
        self.apply_schedule()
        self.held_back.__enter__()
        self.states = states_of(self.generators)

    def __exit__(self, kind: type[BaseException] | None, *raised: object) -> None:
        if kind is None:
            self.count()
        self.held_back.__exit__(kind, *raised)

    def apply_schedule(self) -> None:
        """Set the learning rate of the step, where there is a schedule."""
        trainer = self.trainer
        if trainer.schedule is not None:
            factor = trainer.schedule(trainer.step - trainer.first_step)
            check_factor(factor, trainer.step + 1)
            trainer.optimizer.lr = trainer.base_lr * factor

    def gradient(self, x: np.ndarray, t: np.ndarray) -> Gradients:
        """Return the gradients of the loss on a mini-batch, clipped if asked for.

        Raises
        ------
        TrainingDiverged
            When the loss or a gradient is not finite; on a GPU this is found out later.
        """
        network, trainer = self.trainer.network, self.trainer
        grads, self.samples = self.source.gradient(x, t), len(x)
        loss = getattr(self.source, "last_loss", None)  # which gradient passed on its way, where the network kept it
        self.loss = number(network.loss(x, t) if loss is None else loss)
        self.norm = self.norm_of(grads)
        if not self.waits and not (math.isfinite(self.loss) and math.isfinite(self.norm)):
            set_states(self.generators, self.states)  # for dropout, which is to drop the same values again
            what = not_finite(grads) if math.isfinite(self.loss) else _("the loss is {loss:g}", loss=self.loss)
            raise diverged(trainer, what, trainer.step + 1, first_not_finite(network, x, t))
        if trainer.clip_norm is not None:
            clip_together(grads, trainer.clip_norm, trainer.parallel)
        return grads

    @property
    def waits(self) -> bool:
        """Whether loss or norm are on a GPU, which may not have come to them yet."""
        return is_elsewhere(self.norm) or is_elsewhere(self.loss)

    def norm_of(self, grads: Gradients) -> float:
        """Return the length of the gradient; raise the optimizer's error when it is none."""
        try:
            return gradient_norm(grads)
        except (AttributeError, TypeError, ValueError):
            check_gradients(self.trainer.network.params, grads)
            raise

    def count(self) -> None:
        """Count a step that was made, and note it."""
        trainer = self.trainer
        trainer.step += 1
        trainer.batch += 1
        lr = getattr(trainer.optimizer, "lr", math.nan)
        if self.waits:
            trainer.waiting.append(WaitingStep(trainer.step, lr, self.samples, self.norm, self.loss))
            return
        trainer.total += self.loss * self.samples
        trainer.traces.add(trainer.step, lr, self.norm, self.loss)


def require_finite(trainer: Any) -> None:
    """Raise TrainingDiverged when a step that nobody has looked at yet, or the last update, broke something."""
    read_waiting(trainer)
    for name, param in trainer.network.params.items():
        if not np.isfinite(param).all():
            raise diverged(trainer, _("{name} holds values that are not finite", name=name), trainer.step)


def not_finite(grads: Gradients) -> str:
    """Return which gradients are not finite, in words."""
    names = [name for name, grad in grads.items() if not np.isfinite(grad).all()]
    if not names:
        return _("the gradient of all parameters together is not finite")
    return _("the gradient of {names} is not finite", names=", ".join(names))
