"""What the two processes say to each other, as bytes: JSON, and arrays behind it. Nothing in it is ever executed."""

import json
import math
import struct
from typing import Any

import numpy as np

LENGTH = struct.Struct("<Q")
KINDS = "biuf"  # of arrays that are sent


class NotSent(ValueError):
    """Bytes that are no message."""


def pack(message: dict[str, Any]) -> bytes:
    """Return a message as bytes.

    >>> unpack(pack({"x": np.array([1.0, 2.0]), "n": 3}))
    {'x': array([1., 2.]), 'n': 3}
    """
    arrays: list[np.ndarray] = []
    text = json.dumps(flattened(message, arrays)).encode()
    return b"".join([LENGTH.pack(len(text)), text, *(array.tobytes() for array in arrays)])


def flattened(value: Any, arrays: list[np.ndarray]) -> Any:
    """Return a value for JSON, its arrays replaced by where they will stand."""
    if isinstance(value, np.ndarray):
        array = value if value.dtype.kind in KINDS and value.dtype.isnative else value.astype(float)
        arrays.append(np.ascontiguousarray(array))
        return {"array": [array.dtype.str, list(value.shape)]}
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {"pairs": [[flattened(k, arrays), flattened(v, arrays)] for k, v in value.items()]}
    if isinstance(value, tuple):
        return {"tuple": [flattened(part, arrays) for part in value]}
    if isinstance(value, list):
        return [flattened(part, arrays) for part in value]
    return value


def unpack(data: bytes) -> Any:
    """Return the message in bytes.

    Raises
    ------
    NotSent
        When they are no message of :func:`pack`.
    """
    try:
        (length,) = LENGTH.unpack_from(data)
        content = json.loads(data[LENGTH.size : LENGTH.size + length])
        position = [LENGTH.size + length]
        return restored(content, data, position)
    except NotSent:
        raise
    except Exception as error:
        raise NotSent(f"{type(error).__name__}: {error}") from error


def restored(value: Any, data: bytes, position: list[int]) -> Any:
    """Return a value of :func:`flattened`, its arrays read from the bytes."""
    if isinstance(value, list):
        return [restored(part, data, position) for part in value]
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "pairs":
        return {restored(k, data, position): restored(v, data, position) for k, v in content}
    if kind == "tuple":
        return tuple(restored(part, data, position) for part in content)
    dtype, shape = np.dtype(content[0]), tuple(content[1])
    if kind != "array" or dtype.kind not in KINDS:
        raise NotSent(f"unexpected {kind}")
    count = math.prod(shape)
    array = np.frombuffer(data, dtype, count, position[0]).reshape(shape).copy()
    position[0] += count * dtype.itemsize
    return array
