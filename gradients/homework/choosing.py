"""Which of the ways in which a unit was prepared is the one that it is meant in."""

from typing import Any

import numpy as np

from gradients.calling.lists import OfList, may_take_a_list
from gradients.calling.prepared import Prepared
from gradients.calling.preparing import prepare
from gradients.calling.problems import CannotCheck, NoInputs
from gradients.calling.scenes import D, N
from gradients.calling.settling import share_right
from gradients.calling.suitable import fits
from gradients.homework.stand_in_layers import holds_stand_ins
from gradients.other_arrays.own_tensors import OwnTensorFunction
from language import _


class Choice:
    """What was prepared of a unit until one is found that is meant for sure, and why others could not be.

    Parameters
    ----------
    name : str
        The unit's.
    several : bool
        Whether there are several objects, made with arrays whose shapes were chosen here.

    Attributes
    ----------
    misfit : Prepared or None
        An object whose gradients have other shapes than its parameters.
    fitting : Prepared or None
        A later one, made of other arrays, whose gradients have the shapes of its parameters.
    doubtful : Prepared or None
        One of which it was guessed how it is called, and nothing came out right.
    """

    def __init__(self, name: str, several: bool) -> None:
        self.name, self.several = name, several
        self.said: CannotCheck | None = None
        self.raised: Prepared | None = None
        self.misfit: Prepared | None = None
        self.fitting: Prepared | None = None
        self.doubtful: Prepared | None = None

    def say(self, problem: CannotCheck) -> None:
        """Keep why one of them could not be prepared: the reason that tells most, of those the first."""
        if self.said is None or telling(problem) > telling(self.said):
            self.said = problem

    def takes(self, prepared: Prepared, thing: Any, small: bool) -> bool:
        """Return whether what was prepared is the one that is meant; else keep it in mind."""
        if small and self.said is not None and is_made_a_batch(prepared):
            return False
        if prepared.subject is None:
            self.keep_raised(prepared, thing, small)
            return False
        if self.misfit is not None:
            self.fitting = self.fitting or (prepared if fits(prepared.subject) else None)
            return share_right(prepared.subject, 0) == 1.0
        if self.several and not prepared.is_network and not fits(prepared.subject):
            self.misfit = prepared
            return False
        if prepared.is_doubtful:
            self.doubtful = self.doubtful or prepared
            return False
        return True

    def keep_raised(self, prepared: Prepared, thing: Any, small: bool) -> None:
        """Keep what was raised, where it cannot be the fault of the inputs.

        An operation on tensors may want others, and a layer for batches may take a single sample in forward alone.
        """
        if holds_stand_ins(thing):
            return
        error = prepared.raised.error
        if isinstance(thing, OwnTensorFunction) and len(thing.signatures[0].parameters) > 1:
            self.said = self.said or CannotCheck(
                _("{name}: {error}. It may be for other tensors than these", name=self.name, error=error)
            )
            return
        if small and self.said is not None and is_about_shapes(error.error):
            return
        self.raised = self.raised or prepared

    def best(self) -> Prepared:
        """Return the likeliest of what is in mind; raise CannotCheck where there is nothing."""
        found = self.fitting or self.misfit or self.doubtful or self.raised
        if found is None:
            raise self.said or CannotCheck(_("{name} could not be checked", name=self.name))
        return found


def is_made_a_batch(prepared: Prepared) -> bool:
    """Return whether forward took a single sample, (D,), and gave a batch of one, (1, M): it is for batches."""
    subject = prepared.subject
    if subject is None or prepared.is_network or subject.is_loss:
        return False
    x, shape = subject.point.inputs[0], subject.output_shapes[0]
    return np.ndim(x) == 1 and len(shape) == 2 and shape[0] == 1 and not fits(subject)


def is_about_shapes(error: BaseException) -> bool:
    """Return whether an error says that the shapes of arrays do not go together."""
    words = ("not aligned", "broadcast", "mismatch", "dimensions")
    return isinstance(error, ValueError) and any(word in str(error) for word in words)


def with_a_list(thing: Any, prepared: Prepared, seed: int) -> Prepared:
    """Return what was prepared; as a layer that takes a list of arrays, where its gradients fit only then."""
    subject = prepared.subject
    if subject is None or not may_take_a_list(subject):
        return prepared
    taking = OfList(thing, subject.manner.forward, subject.manner.backward)
    rng = np.random.default_rng(seed)
    try:
        found = prepare(taking, [("forward", "backward", False)], [tuple(rng.standard_normal((2, N, D)))], seed)
    except (CannotCheck, TypeError, ValueError):
        return prepared
    return found if found.subject is not None and fits(found.subject) else prepared


def telling(problem: CannotCheck) -> int:
    """Return how much a reason tells: what is not installed, then what was raised where forward works."""
    if isinstance(problem.__cause__, ImportError):
        return 2
    return int(problem.__cause__ is not None and not isinstance(problem, NoInputs))
