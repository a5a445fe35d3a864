"""What the user asks for beside the file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """What the user asks for.

    Attributes
    ----------
    make : str or None
        The expression that makes the object.
    inputs : sequence of tuple of int
        The shapes of the inputs.
    labels : int or None
        How many classes the labels behind them have.
    seed : int
    deep : bool
        Whether inputs that are guessed have more than two axes, as sequences and images do.
    """

    make: str | None = None
    inputs: tuple[tuple[int, ...], ...] = ()
    labels: int | None = None
    seed: int = 0
    deep: bool = False
