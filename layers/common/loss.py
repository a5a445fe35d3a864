"""What the loss layers share."""

from typing import Any, ClassVar

import numpy as np

from layers.common.base import Layer
from layers.common.checks import checked_loss, checked_loss_backward


class Loss(Layer):
    """A layer at the end of a network, ``forward(x, t)``: outputs and labels or targets in, one number out."""

    checks: ClassVar[dict[str, Any]] = {"forward": checked_loss, "backward": checked_loss_backward}

    def targets_as(self, x: np.ndarray, t: Any) -> tuple[np.ndarray, np.ndarray]:
        """Return x and t as the formula wants them, or raise an error that says what does not fit.

        A loss layer names its kind of targets here (:mod:`layers.common.targets`).
        """
        return x, np.asarray(t)
