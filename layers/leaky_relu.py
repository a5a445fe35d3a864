"""The leaky rectified linear unit."""

import numpy as np

from layers.common.base import Layer
from layers.common.options import finite


class LeakyReLU(Layer):
    """Leaky rectified linear unit, ``y = x`` where x > 0 and ``y = negative_slope * x`` elsewhere.

    Forward multiplies each element by the slope on its side of 0, so backward does the same::

        dy/dx = 1 where x > 0, negative_slope elsewhere
        dL/dx = dout * dy/dx

    A unit whose inputs are all negative still gets a gradient, and can recover; with ReLU it cannot. At exactly 0,
    where there is no derivative, the slope is ``negative_slope``, as in PyTorch.

    Parameters
    ----------
    negative_slope : float

    Raises
    ------
    ValueError
        When the slope is not a finite number.

    Source: A. Maas, A. Hannun, A. Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", ICML 2013
    workshop on deep learning for audio, speech and language processing, section 2.

    Examples
    --------
    >>> layer = LeakyReLU(0.1)
    >>> layer.forward(np.array([-1.0, 0.0, 2.0]))
    array([-0.1,  0. ,  2. ])
    >>> layer.backward(np.array([5.0, 5.0, 5.0]))
    array([0.5, 0.5, 5. ])
    """

    options = {"negative_slope": finite}
    negative_slope: float

    def __init__(self, negative_slope: float = 0.01) -> None:
        self.store(negative_slope=negative_slope)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return x, times ``negative_slope`` where it is not positive."""
        positive = (x > 0).astype(x.dtype)
        self.dydx = positive + self.negative_slope * (1 - positive)
        return x * self.dydx

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return dL/dx for dout of x's shape."""
        return dout * self.dydx
