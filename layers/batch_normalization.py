"""Batch normalisation."""

import numpy as np

from layers.common.base import Layer
from layers.common.moments import add_eps, all_but_features, moments, per_feature, update_running
from layers.common.options import positive, share


class BatchNormalization(Layer):
    """Give each feature mean 0 and variance 1 over the batch, then the scale and the mean that the network learns.

    A feature is a column of x of shape (N, D), or a channel of images (N, C, H, W). With its m values in the batch,
    N or N H W::

        mean = 1/m sum of x        var = 1/m sum of (x - mean)^2        std = sqrt(var + eps)
        xhat = (x - mean) / std
        y    = gamma xhat + beta

    ``dL/dbeta`` is the sum of dout, and ``dL/dgamma`` that of dout xhat. For dL/dx note that each x_j moves its own
    xhat, and through mean and std those of the whole batch::

        dmean/dx_j   = 1/m        dstd/dx_j = xhat_j / m
        dxhat_i/dx_j = ((1 if i = j else 0) - 1/m - xhat_i xhat_j / m) / std
        dL/dx_j      = sum_i gamma dout_i dxhat_i/dx_j
                     = gamma/std (dout_j - 1/m sum_i dout_i - xhat_j 1/m sum_i dout_i xhat_i)
                     = gamma/std (dout_j - dbeta/m - xhat_j dgamma/m)

    In prediction, ``forward(x, training=False)``, a sample must not depend on others beside it. Mean and variance are
    then the running ones, averages over the batches seen in training. They are constants: ``dL/dx = gamma/std dout``.

    Parameters
    ----------
    gamma, beta : ndarray, shape (D,)
        D features; for images, C channels.
    momentum : float
        After each batch, ``running = momentum running + (1 - momentum) batch``; PyTorch's momentum is 1 - ours.
    running_mean, running_var : ndarray, shape (D,), optional
        Changed in place; zeros and ones without them. The running variance is that of the batch times m / (m - 1), the
        unbiased estimate, as in PyTorch.
    eps : float
        Keeps std from being 0.

    Raises
    ------
    ValueError
        When shapes or dtypes do not fit, an option is out of its range, or, in training, a feature has one value only.

    Source: S. Ioffe, C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal
    Covariate Shift", ICML 2015, section 3.

    Examples
    --------
    >>> layer = BatchNormalization(np.array([10.0]), np.array([5.0]))
    >>> layer.forward(np.array([[1.0], [3.0]])).round(3)
    array([[-5.],
           [15.]])
    >>> layer.backward(np.array([[1.0], [1.0]]))
    array([[0.],
           [0.]])
    >>> layer.running_mean, layer.running_var
    (array([0.2]), array([1.1]))
    """

    param_names = ("gamma", "beta")
    state_names = ("running_mean", "running_var")
    shapes = {"gamma": "D", "beta": "D", "running_mean": "D", "running_var": "D", "x": "N D or N C H W"}
    options = {"momentum": share, "eps": positive}
    momentum: float

    def __init__(
        self,
        gamma: np.ndarray,
        beta: np.ndarray,
        momentum: float = 0.9,
        running_mean: np.ndarray | None = None,
        running_var: np.ndarray | None = None,
        eps: float = 1e-5,
    ) -> None:
        mean = np.zeros_like(gamma) if running_mean is None else running_mean
        var = np.ones_like(gamma) if running_var is None else running_var
        self.store(gamma=gamma, beta=beta, running_mean=mean, running_var=var, momentum=momentum, eps=eps)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ``gamma xhat + beta`` with x's shape, (N, D) or (N, C, H, W).

        ``training=True`` or ``False`` tells one call whether mean and variance are the batch's
        (:mod:`layers.common.training_mode`); without it ``self.training`` does.
        """
        self.by_batch = self.training  # which backward needs to know
        if self.training:
            mean, std = moments(x, all_but_features(x))
            update_running(self, mean, std, m=x.size // len(self.gamma))
        else:
            mean, std = per_feature(self.running_mean, x), per_feature(np.sqrt(self.running_var), x)
        self.std = add_eps(std, self.eps)  # sqrt(std^2 + eps)
        self.xhat = (x - mean) / self.std
        return per_feature(self.gamma, x) * self.xhat + per_feature(self.beta, x)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Store ``dgamma`` and ``dbeta``, return dL/dx with x's shape."""
        axes, m = all_but_features(dout), dout.size // len(self.gamma)
        self.dbeta = dout.sum(axis=axes)
        self.dgamma = (dout * self.xhat).sum(axis=axes)
        slope = per_feature(self.gamma, dout) / self.std
        if not self.by_batch:
            return slope * dout
        return slope * (dout - per_feature(self.dbeta / m, dout) - self.xhat * per_feature(self.dgamma / m, dout))
