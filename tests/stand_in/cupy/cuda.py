"""Whether there is a GPU: there is, unless the environment variable CHAINRULE_STAND_IN says that there is none."""

import os
from contextlib import nullcontext


def is_available():
    """Return whether there is a GPU."""
    return os.environ.get("CHAINRULE_STAND_IN") != "no GPU"


class Device:
    """The only device."""

    def synchronize(self):
        """Wait until everything has been computed, as everything has."""


class runtime:
    """What is known of the device."""

    @staticmethod
    def getDeviceProperties(_):
        """Return its name."""
        return {"name": b"stand-in"}


Stream = nullcontext
