"""Arrays in pieces that stay in the processor's cache."""

from itertools import combinations

import numpy as np

from layers.common.devices import is_elsewhere

BLOCK_SIZE = 2**20  # 4 MB of float32; a quarter of it is as fast for Adam, and slower for SGD


def blocks(*arrays: np.ndarray, values: int = BLOCK_SIZE) -> list[tuple[np.ndarray, ...]]:
    """Return arrays of one shape in matching pieces, views with about ``values`` values together.

    A formula such as ``W -= lr * m / (np.sqrt(v) + eps)`` goes over its arrays once for every operation, with a
    temporary array for the result of each. With large matrices all of that travels to the memory and back; with
    pieces that stay in the cache only ``W``, ``m`` and ``v`` do, once.

    Contiguous arrays are cut as if they were flat, others along their first axis. Arrays that are small enough come
    as they are, and so do those that share memory, where a change of one piece might be seen in another.

    Parameters
    ----------
    *arrays : ndarray
        Of one shape, whatever their dtypes.
    values : int
        How many values the pieces at one place have together.

    Examples
    --------
    >>> W, g = np.ones((600, 1000)), np.ones((600, 1000))
    >>> for W_piece, g_piece in blocks(W, g):
    ...     W_piece -= 0.5 * g_piece
    >>> bool((W == 0.5).all())
    True
    >>> [piece.shape for piece, _ in blocks(W, g)]
    [(524288,), (75712,)]
    """
    size = len(arrays) * arrays[0].size
    if size <= values or is_elsewhere(arrays[0]):
        return [arrays]
    if any(np.may_share_memory(*pair) for pair in combinations(arrays, 2)):
        return [arrays]
    if all(array.flags.c_contiguous for array in arrays):
        arrays = tuple(array.reshape(-1) for array in arrays)
    length = len(arrays[0])
    rows = max(1, values * length // size)
    return [tuple([array[start : start + rows] for array in arrays]) for start in range(0, length, rows)]
