"""Pictures: functions that take numbers and return a Matplotlib figure."""

from figures.curves import plot_curves
from figures.files import save_figure

__all__ = ["plot_curves", "save_figure"]
