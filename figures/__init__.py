"""Pictures: functions that take numbers and return a Matplotlib figure."""

from figures.boundary import plot_boundary
from figures.confusion import plot_confusion
from figures.curves import plot_curves
from figures.distributions import plot_distributions
from figures.files import save_figure
from figures.fitted import plot_fit
from figures.mistakes import plot_mistakes
from figures.traces import plot_traces
from figures.weights import plot_weights

__all__ = [
    "plot_boundary",
    "plot_confusion",
    "plot_curves",
    "plot_distributions",
    "plot_fit",
    "plot_mistakes",
    "plot_traces",
    "plot_weights",
    "save_figure",
]
