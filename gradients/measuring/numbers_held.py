"""The numbers that a layer holds: slopes, guards, strides and paddings."""

from typing import Any

import numpy as np


def numbers_in(layer: Any) -> tuple[list[float], list[int]]:
    """Return the floats and the small whole numbers that a layer holds, as slopes, guards, strides and paddings."""
    held = list(vars(layer).values()) if hasattr(layer, "__dict__") else []
    flat = [item for value in held for item in (value if isinstance(value, (tuple, list)) else (value,))]
    floats = [float(v) for v in flat if isinstance(v, (float, np.floating))]
    whole = [int(v) for v in flat if isinstance(v, (int, np.integer)) and not isinstance(v, bool) and 0 <= v < 16]
    return floats, whole
