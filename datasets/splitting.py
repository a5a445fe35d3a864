"""A part of the training data that is held out, to judge a network by while it is chosen."""

from typing import Any

import numpy as np

from datasets.images import ScaledImages
from datasets.opening import Dataset
from language import _


def hold_out(data: Dataset, share: float) -> Dataset:
    """Return the data with a share of the training samples, always the same ones, held out for validation.

    Raises
    ------
    ValueError
        When no sample would be held out, or none would be left.
    """
    chosen = held_out(data.t_train, share)
    if chosen.all() or not chosen.any():
        raise ValueError(
            _(
                "a share of {share:g} of {samples:,} training samples leaves none for the training or for validation",
                share=share,
                samples=len(chosen),
            )
        )
    note = _(
        "{count:,} of the {samples:,} training samples are held out for validation",
        count=np.count_nonzero(chosen),
        samples=len(chosen),
    )
    return data._replace(
        x_train=selected(data.x_train, ~chosen),
        t_train=data.t_train[~chosen],
        x_validation=selected(data.x_train, chosen),
        t_validation=data.t_train[chosen],
        notes=(*data.notes, note),
    )


def held_out(t: np.ndarray, share: float, seed: int = 0) -> np.ndarray:
    """Return which samples are held out, in proportion to their classes (of values: to their size), as booleans (N,).

    The samples are sorted by label, those of a label at random, and of that row equally distant ones are taken.

    Parameters
    ----------
    t : ndarray, shape (N,) or (N, M)
        Labels; or targets, of which the first value counts.
    share : float
    seed : int

    >>> t = np.array([0, 1, 0, 1, 0, 1, 0, 1])
    >>> np.bincount(t[held_out(t, 0.25)])
    array([1, 1])
    """
    values = t.reshape(len(t), -1)[:, 0]
    in_order = np.lexsort((np.random.default_rng(seed).random(len(t)), values))
    counted = np.floor(np.arange(len(t) + 1) * share + 1e-9)  # how many are held out of so many
    chosen = np.zeros(len(t), bool)
    chosen[in_order] = np.diff(counted) > 0
    return chosen


def selected(samples: Any, chosen: np.ndarray) -> Any:
    """Return some of the samples, kept as they were."""
    if isinstance(samples, ScaledImages):
        return ScaledImages(samples.pixels[chosen], int(samples.white))
    return samples[chosen]
