"""Layer normalisation."""

import numpy as np

from layers.common.base import Layer
from layers.common.moments import add_eps, mean_over, moments
from layers.common.options import positive


class LayerNormalization(Layer):
    """Give each sample mean 0 and variance 1 over its features, then the scale and mean that the network learns.

    The features are the last axes of x, those of gamma. Mean and variance are taken over them::

        std  = sqrt(var + eps)
        xhat = (x - mean) / std
        y    = gamma xhat + beta

    ``dL/dbeta`` is the sum of dout over the samples, ``dL/dgamma`` that of dout xhat. With dL/dxhat = gamma dout, the
    derivation is that of :class:`~layers.batch_normalization.BatchNormalization`, over the features in place of the
    batch::

        dL/dx = (dL/dxhat - mean of dL/dxhat - xhat * mean of (dL/dxhat * xhat)) / std

    Samples do not touch each other, so prediction is the same as training, and a batch of one will do.

    Parameters
    ----------
    gamma, beta : ndarray, shape (D,), or any other shape of a sample, such as (C, H, W)
    eps : float
        Keeps std from being 0.

    Raises
    ------
    ValueError
        When shapes or dtypes do not fit, or eps is not positive.

    Source: J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization", arXiv:1607.06450, 2016, section 3.

    Examples
    --------
    >>> layer = LayerNormalization(np.array([10.0, 10.0]), np.array([5.0, 5.0]))
    >>> layer.forward(np.array([[1.0, 3.0], [200.0, 100.0]])).round(3)
    array([[-5., 15.],
           [15., -5.]])
    >>> layer.backward(np.array([[1.0, 1.0], [2.0, 2.0]]))
    array([[0., 0.],
           [0., 0.]])
    >>> layer.dbeta
    array([3., 3.])
    """

    param_names = ("gamma", "beta")
    shapes = {"gamma": "S..", "beta": "S..", "x": "N ... S.."}
    options = {"eps": positive}

    def __init__(self, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5) -> None:
        self.store(gamma=gamma, beta=beta, eps=eps)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ``gamma xhat + beta`` with x's shape, for x of shape ``(N, ..., *gamma.shape)``."""
        mean, std = moments(x, self.feature_axes)
        self.std = add_eps(std, self.eps)  # sqrt(std^2 + eps)
        self.xhat = (x - mean) / self.std
        return self.gamma * self.xhat + self.beta

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Store ``dgamma`` and ``dbeta``, return dL/dx with x's shape."""
        samples, features = tuple(range(dout.ndim - self.gamma.ndim)), self.feature_axes
        self.dbeta = dout.sum(axis=samples)
        self.dgamma = (dout * self.xhat).sum(axis=samples)
        dxhat = self.gamma * dout
        return (dxhat - mean_over(dxhat, features) - self.xhat * mean_over(dxhat * self.xhat, features)) / self.std

    @property
    def feature_axes(self) -> tuple[int, ...]:
        """The axes of a sample's features, counted from the last: (-1,) for gamma of shape (D,)."""
        return tuple(range(-self.gamma.ndim, 0))
