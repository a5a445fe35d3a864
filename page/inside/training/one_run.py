"""A training as the page has it: it is advanced, it may diverge or fail, and it is looked at meanwhile."""

import contextlib
import io
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from layers.common.generators import generators_of, set_states, states_of
from page.inside.training.asked import Asked, Problem
from page.inside.training.building import Owns, build
from page.inside.training.data import data_of
from page.inside.training.own_layers import raised
from page.inside.training.paced import trainer_of
from training import TrainingDiverged, get_optimizer
from training.diagnosis.copies import copied, undisturbed


class OneRun:
    """A network, its data and its trainer.

    Attributes
    ----------
    state : str
        ``ready``, ``done``, ``diverged`` or ``failed``.
    said : dict or None
        What was said when it diverged or failed (:meth:`page.inside.training.asked.Problem.as_json`).
    """

    def __init__(self, asked: Asked, owns: Owns, text: str) -> None:
        self.asked, self.text, self.owns = asked, text, owns
        self.data = data_of(asked)
        with own_random_numbers(None, asked.seed) as keep:
            self.built = build(asked, self.data, owns, text)
            self.network = self.built.network
            try:
                optimizer = get_optimizer(asked.optimizer, asked.lr)
            except ValueError as error:
                raise Problem(str(error), "lr") from None
            self.trainer = trainer_of(self.network, self.data, optimizer, asked.epochs, asked.batch_size, asked.seed)
            self.begin()
        self.drawn = keep()
        self.state = "ready"
        self.said: dict[str, Any] | None = None

    def begin(self) -> None:
        """Do what comes before the first step; a layer of the student's may raise in it."""
        try:
            self.trainer.begin()
        except Exception as error:
            raise raised(error, self.text) from None

    def advance(self, milliseconds: float, until: int | None = None) -> None:
        """Train for a while, as long as nothing is wrong."""
        if self.state != "ready":
            return
        with own_random_numbers(self.drawn, 0) as keep:
            try:
                self.trainer.advance(milliseconds, until)
            except TrainingDiverged as error:
                self.state, self.said = "diverged", Problem(str(error), "lr").as_json()
            except Exception as error:
                self.fail(error)
        self.drawn = keep()
        if self.state == "ready" and self.trainer.finished:
            self.state = "done"

    def fail(self, error: Exception) -> None:
        """End the training for what a layer of the student's raised."""
        self.state, self.said = "failed", raised(error, self.text).as_json()

    def go_on(self, epochs: int) -> None:
        """Train for more epochs than were asked for at first."""
        if epochs and self.state == "done":
            self.trainer.goal += epochs
            self.state = "ready"

    @contextlib.contextmanager
    def looked_at(self) -> Iterator[Any]:
        """Hand out the network to look into: nothing that happens to it changes the training.

        Of the student's layers nobody knows what a forward changes, so that then it is a copy.
        """
        generators = generators_of(self.network.layers.values())
        states = states_of(generators)
        with undisturbed():
            yield copied(self.network) if self.built.own else self.network
        set_states(generators, states)


@contextlib.contextmanager
def own_random_numbers(state: Any, seed: int) -> Iterator[Callable[[], Any]]:
    """Let a training draw from NumPy's global random numbers as if it were alone, and print nothing.

    Hands out a function that returns, afterwards, the state with which it goes on.
    """
    before = np.random.get_state()  # noqa: NPY002 - the student's layers may draw from it
    kept: list[Any] = []
    if state is None:
        np.random.seed(seed)  # noqa: NPY002
    else:
        np.random.set_state(state)  # noqa: NPY002
    try:
        with contextlib.redirect_stdout(Nowhere()):
            yield lambda: kept[0]
    finally:
        kept.append(np.random.get_state())  # noqa: NPY002
        np.random.set_state(before)  # noqa: NPY002


class Nowhere(io.TextIOBase):
    """Where goes what a layer prints in every step."""

    def write(self, text: str) -> int:
        """Drop the text."""
        return len(text)
