"""Batch normalisation."""

from numbers import Real

import numpy as np

from layers.common.base import Layer, as_parameter
from layers.common.checks import checked_backward, checked_forward
from layers.common.moments import check_alike, check_eps, mean, root_mean_square, with_eps


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
        dxhat_i/dx_j = ([i = j] - 1/m - xhat_i xhat_j / m) / std
        dL/dx_j      = sum_i gamma dout_i dxhat_i/dx_j = gamma/std (dout_j - dbeta/m - xhat_j dgamma/m)

    In prediction a sample must not depend on others beside it. Mean and variance are then the running ones, averages
    over the batches seen in training. They are constants, so that ``dL/dx = gamma/std dout``.

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
    option_names = ("momentum", "eps")
    state_names = ("running_mean", "running_var")

    def __init__(
        self,
        gamma: np.ndarray,
        beta: np.ndarray,
        momentum: float = 0.9,
        running_mean: np.ndarray | None = None,
        running_var: np.ndarray | None = None,
        eps: float = 1e-5,
    ) -> None:
        self.gamma, self.beta = as_parameter(gamma), as_parameter(beta)
        self.running_mean = np.zeros_like(self.gamma) if running_mean is None else as_parameter(running_mean)
        self.running_var = np.ones_like(self.gamma) if running_var is None else as_parameter(running_var)
        self.momentum, self.eps = momentum, eps
        self.check_arguments()
        self.momentum, self.eps = float(momentum), float(eps)

    @checked_forward
    def forward(self, x: np.ndarray, training: bool | None = None) -> np.ndarray:
        """Return ``gamma xhat + beta`` with x's shape.

        Parameters
        ----------
        x : ndarray, shape (N, D) or (N, C, H, W)
        training : bool, optional
            Whether mean and variance are the batch's and the running ones follow them; without it ``self.training``
            says so.
        """
        learning = self.learns(training)
        centred, deviation = self.centred_by_batch(x) if learning else self.centred_by_past(x)
        self.learning, self.std = learning, with_eps(deviation, self.eps)
        self.xhat = centred / self.std
        return broadcastable(self.gamma, x) * self.xhat + broadcastable(self.beta, x)

    @checked_backward
    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Store ``dgamma`` and ``dbeta``, return dL/dx with x's shape."""
        axes, m = all_but_features(dout), dout.size // len(self.gamma)
        self.dbeta = dout.sum(axis=axes)
        self.dgamma = (dout * self.xhat).sum(axis=axes)
        slope = broadcastable(self.gamma, dout) / self.std
        if not self.learning:
            return slope * dout
        return slope * (dout - broadcastable(self.dbeta / m, dout) - self.xhat * broadcastable(self.dgamma / m, dout))

    def centred_by_batch(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return x minus the batch's mean, and the root of its variance; the running ones follow."""
        axes, m = all_but_features(x), x.size // len(self.gamma)
        if m == 1:
            raise ValueError(
                f"BatchNormalization: training needs at least two values of each feature, got one (x.shape {x.shape}); "
                "pass a larger batch, or predict: forward(x, training=False)"
            )
        batch_mean = mean(x, axes)
        centred = x - batch_mean
        deviation = root_mean_square(centred, axes)
        with np.errstate(over="ignore"):
            unbiased = np.minimum(deviation**2 * (m / (m - 1)), np.finfo(x.dtype).max)
        for running, new in ((self.running_mean, batch_mean), (self.running_var, unbiased)):
            running *= self.momentum
            running += (1 - self.momentum) * new.ravel()
        return centred, deviation

    def centred_by_past(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return x minus the running mean, and the root of the running variance."""
        return x - broadcastable(self.running_mean, x), broadcastable(np.sqrt(self.running_var), x)

    def check(self, x: np.ndarray) -> None:
        """Raise ValueError unless x holds rows or images with gamma's number of features."""
        if x.ndim not in (2, 4) or x.size == 0:
            raise ValueError(
                f"BatchNormalization: expected x of shape (N, D) or images (N, C, H, W), got x.shape {x.shape}"
            )
        if x.shape[1] != len(self.gamma):
            raise ValueError(
                f"BatchNormalization: x has {x.shape[1]} {'features' if x.ndim == 2 else 'channels'}, gamma expects "
                f"{len(self.gamma)} (x.shape {x.shape}, gamma.shape {self.gamma.shape})"
            )

    def check_arguments(self) -> None:
        """Raise ValueError for arrays that do not fit, and options out of their range."""
        who = "BatchNormalization"
        if self.gamma.ndim != 1 or self.gamma.size == 0:
            raise ValueError(f"{who}: expected gamma of shape (D,), got gamma.shape {self.gamma.shape}")
        check_alike(who, self.gamma, beta=self.beta, running_mean=self.running_mean, running_var=self.running_var)
        if (self.running_var < 0).any():
            raise ValueError(f"{who}: a variance is never negative, got running_var {self.running_var}")
        if not (isinstance(self.momentum, Real) and 0 <= self.momentum <= 1):
            raise ValueError(f"{who}: momentum must lie in [0, 1], got {self.momentum!r}")
        if not (self.running_mean.flags.writeable and self.running_var.flags.writeable):
            raise ValueError(f"{who}: running_mean and running_var are changed in place, got a read-only array")
        check_eps(who, self.eps)


def all_but_features(x: np.ndarray) -> tuple[int, ...]:
    """Return the axes of (N, D) or (N, C, H, W) over which a feature's values lie: all but axis 1."""
    return (0, *range(2, x.ndim))


def broadcastable(values: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return one value for each feature in a shape that broadcasts with x: (D,) or (C, 1, 1)."""
    return values.reshape(-1, *[1] * (x.ndim - 2))
