"""What a diagnosis needs of a trainer: the network and the optimizer as they were before the first step."""

from typing import TYPE_CHECKING, Any

from networks.moving import on_cpu

if TYPE_CHECKING:
    from training.diagnosis.finding import Finding


class Diagnosed:
    """Keeps copies of network and optimizer from before the first step, and finds out what is wrong when it is asked.

    Attributes
    ----------
    start : tuple or None
        The copies; None where network or optimizer cannot be copied.
    """

    step: int
    start: tuple[Any, Any] | None = None
    found: "tuple[int, list[Finding]] | None" = None

    def keep_start(self) -> None:
        """Keep the copies, if no step was made yet."""
        if self.start is None and not self.step:
            self.start = copy_of_start(self)

    @property
    def findings(self) -> "list[Finding]":
        """What is wrong with the training so far (:func:`training.diagnose`): found out when it is first asked for."""
        from training.diagnosis.diagnosing import diagnose

        if self.found is None or self.found[0] != self.step:
            self.found = self.step, diagnose(self)
        return self.found[1]


def copy_of_start(trainer: Any) -> tuple[Any, Any] | None:
    """Return copies of a trainer's network and optimizer, None where they cannot be copied; the data are not."""
    from training.diagnosis.copies import copied

    try:
        network, optimizer = copied(
            (trainer.network, trainer.optimizer), (trainer.x_train, trainer.t_train, trainer.x_test, trainer.t_test)
        )
        return on_cpu(network), optimizer
    except TypeError:
        return None
