"""After which line of a file an array of somebody else's is first changed."""

from types import FrameType
from typing import Any

import numpy as np

from gradients.locating.stepping import LineWatch, Visit
from gradients.measuring.arguments import same_bits


class ChangeWatch(LineWatch):
    """Watches arrays that must stay as they are.

    Parameters
    ----------
    file : str
    arrays : dict of str to ndarray

    Attributes
    ----------
    changed : dict of str to int
        The lines that changed them first.
    """

    def __init__(self, file: str, arrays: dict[str, Any]) -> None:
        self.arrays = {name: array for name, array in arrays.items() if isinstance(array, np.ndarray)}
        self.before_call = {name: array.copy() for name, array in self.arrays.items()}
        self.changed: dict[str, int] = {}
        super().__init__(file, bool(self.arrays))

    def look(self, frame: FrameType, visit: Visit, further: dict[str, Any]) -> None:
        """Note which of the arrays are no longer as they were."""
        for name, array in self.arrays.items():
            if name not in self.changed and not same_bits(array, self.before_call[name]):
                self.changed[name] = visit.line
