"""Images kept as bytes, read as floats."""

from typing import Any

import numpy as np


class ScaledImages:
    """Images that are stored in one byte a pixel and come out as float32 in 0..1.

    It stands where an array of images is only ever read in batches, as in training: a quarter of the memory.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (N, ...)
    white : int
        The pixel value that becomes 1.

    Examples
    --------
    >>> images = ScaledImages(np.array([[0, 255], [51, 0]], np.uint8))
    >>> images[1:]
    array([[0.2, 0. ]], dtype=float32)
    >>> len(images), images.shape
    (2, (2, 2))
    """

    dtype = np.dtype(np.float32)

    def __init__(self, pixels: np.ndarray, white: int = 255) -> None:
        if pixels.dtype != np.uint8:
            raise TypeError(f"ScaledImages: expected pixels in bytes (uint8), got {pixels.dtype}")
        self.pixels, self.white = pixels, np.float32(white)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array that it stands for."""
        return self.pixels.shape

    def reshape(self, *sample_shape: int) -> "ScaledImages":
        """Return the same images with samples of another shape; the pixels are shared."""
        return ScaledImages(self.pixels.reshape(len(self.pixels), *sample_shape), int(self.white))

    def __len__(self) -> int:
        return len(self.pixels)

    def __getitem__(self, index: Any) -> np.ndarray:
        chosen = self.pixels.take(index, axis=0) if is_list_of_numbers(index) else self.pixels[index]
        if not isinstance(chosen, np.ndarray):
            return chosen / self.white  # a single pixel
        values = chosen.astype(np.float32)
        values /= self.white
        return values

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self[:].astype(dtype or self.dtype, copy=False)


def is_list_of_numbers(index: Any) -> bool:
    """Return whether an index is an array of row numbers, for which ``take`` is twice as fast as ``[]``."""
    return isinstance(index, np.ndarray) and index.dtype.kind in "iu"
