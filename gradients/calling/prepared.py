"""What is known of a layer, a network or functions once it is found out how they are called."""

from dataclasses import dataclass
from typing import Any

from gradients.measuring.point import LayerRaised


@dataclass
class Raised:
    """What a call raised, and with which inputs."""

    error: LayerRaised
    inputs: str


@dataclass
class Prepared:
    """A layer, a network or functions, ready to be examined.

    Attributes
    ----------
    name : str
    subject : Subject, or None
        None where every call raised.
    raised : Raised, or None
        What was raised then.
    mode : str
        What was done so that it behaves as in training; empty where nothing was.
    is_network : bool
        Whether it has a loss and gradients of its own.
    is_guessed : bool
        Whether its constructor was given objects or functions of which it is not known whether they are meant.
    share : float
        The share of its gradients that are right at a first look; 0.5 where none was taken.
    """

    name: str
    subject: Any = None
    raised: Any = None
    mode: str = ""
    is_network: bool = False
    is_guessed: bool = False
    share: float = 0.5

    @property
    def is_doubtful(self) -> bool:
        """Whether it was guessed how it is called, and nothing came out right."""
        return self.subject is not None and not self.is_network and self.subject.manner.guessed and self.share == 0.0
