"""Which test samples go into the page: enough of everything that it shows, and not too many."""

from typing import NamedTuple

import numpy as np

from figures.evaluation import Evaluation, most_confident_mistakes

MISTAKES = 40
EXAMPLES = 120
IN_A_CELL = 12
ROOM = 1_000_000  # bytes for all pixels


class Chosen(NamedTuple):
    """Test samples by their numbers: all that go into the page, in ascending order, and what each is for."""

    numbers: np.ndarray
    examples: np.ndarray
    mistakes: np.ndarray
    cells: dict[tuple[int, int], np.ndarray]

    def places(self, members: np.ndarray) -> list[int]:
        """Return where some of the samples stand among all of them."""
        return np.searchsorted(self.numbers, members).tolist()


def choose(evaluation: Evaluation, pixels: int) -> Chosen:
    """Return examples of every class, the most confident mistakes, and the most confident of every pair of classes.

    Parameters
    ----------
    evaluation : Evaluation
    pixels : int
        Of one sample; what is chosen for the pairs fits into a megabyte of pixels with the rest.
    """
    examples = first_of_each_class(evaluation)
    mistakes = most_confident_mistakes(evaluation, MISTAKES)
    pairs = np.argwhere(evaluation.confusion > 0)
    room = max(0, ROOM // pixels - len(examples) - len(mistakes))
    each = min(IN_A_CELL, max(1, room // len(pairs)))
    cells = {(int(row), int(column)): members_of_cell(evaluation, row, column)[:each] for row, column in pairs}
    return Chosen(np.unique(np.concatenate([examples, mistakes, *cells.values()])), examples, mistakes, cells)


def first_of_each_class(evaluation: Evaluation) -> np.ndarray:
    """Return the first samples of each class, as many of one as of another where there are so many."""
    classes = len(evaluation.confusion)
    each = max(1, EXAMPLES // classes)
    return np.concatenate([np.flatnonzero(evaluation.labels == label)[:each] for label in range(classes)])


def members_of_cell(evaluation: Evaluation, row: int, column: int) -> np.ndarray:
    """Return the samples of one class that were taken for another, or for their own; the most confident first."""
    members = np.flatnonzero((evaluation.labels == row) & (evaluation.predicted == column))
    return members[np.argsort(-evaluation.confidence[members], kind="stable")]
