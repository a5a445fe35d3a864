"""A part of the training data that is held out, to judge a network by while it is chosen."""

from typing import Any

import numpy as np

from datasets.formats.held_out import hold_out as held_out
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


def selected(samples: Any, chosen: np.ndarray) -> Any:
    """Return some of the samples, kept as they were."""
    if isinstance(samples, ScaledImages):
        return ScaledImages(samples.pixels[chosen], int(samples.white))
    return samples[chosen]
