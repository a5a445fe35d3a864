"""A learning rate for every single value of a parameter, by the size of its gradients: AdaGrad and RMSprop."""

from dataclasses import dataclass

import numpy as np

from training.optimizers.base import Optimizer


@dataclass(eq=False)
class AdaGrad(Optimizer):
    """AdaGrad: a value that has seen large gradients takes smaller steps.

    ``h`` is the sum of their squares, for every single value of W::

        h <- h + g^2
        W <- W - lr g / (sqrt(h) + eps)

    as in PyTorch. *Deep Learning from Scratch* has a larger eps, 1e-7.

    Source: J. Duchi et al., "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", JMLR 12,
    2011, section 1.1.

    Parameters
    ----------
    lr : float
        The length of the first step, whatever the size of the gradient.
    weight_decay : float
        Adds ``weight_decay * W`` to the gradient.
    eps : float
        Keeps values whose gradients were all zero from 0/0.

    Examples
    --------
    >>> params, grads = {"W": np.array([1.0, 2.0, 3.0])}, {"W": np.array([10.0, -0.1, 0.0])}
    >>> AdaGrad(lr=0.5).update(params, grads)
    >>> params["W"].round(6)
    array([0.5, 2.5, 3. ])
    """

    state_names = ("h",)
    lr: float = 0.01
    weight_decay: float = 0.0
    eps: float = 1e-10

    def rule(self, W: np.ndarray, g: np.ndarray, h: np.ndarray) -> None:
        """Make one step."""
        h += g * g
        W -= self.lr * g / (np.sqrt(h) + self.eps)


@dataclass(eq=False)
class RMSprop(Optimizer):
    """RMSprop: AdaGrad that forgets, so that its steps do not die away.

    ``h`` is a running mean of the squares of the gradients::

        h <- decay_rate h + (1 - decay_rate) g^2
        W <- W - lr g / (sqrt(h) + eps)

    as in PyTorch, which calls the decay rate alpha. *Deep Learning from Scratch* has a larger eps, 1e-7. Because h
    starts at zero, the first steps are longer than lr: 10 lr with a decay rate of 0.99.

    Source: T. Tieleman, G. Hinton, "Lecture 6.5: RMSProp", Neural Networks for Machine Learning, Coursera, 2012.

    Parameters
    ----------
    lr : float
    decay_rate : float
        In [0, 1): the share of the old mean in the new one.
    weight_decay : float
        Adds ``weight_decay * W`` to the gradient.
    eps : float
        Keeps values whose gradients were all zero from 0/0.

    Examples
    --------
    >>> params, grads = {"W": np.array([1.0, 2.0, 3.0])}, {"W": np.array([10.0, -0.1, 0.0])}
    >>> RMSprop(lr=0.1, decay_rate=0.96).update(params, grads)
    >>> params["W"].round(6)
    array([0.5, 2.5, 3. ])
    """

    state_names = ("h",)
    lr: float = 0.01
    decay_rate: float = 0.99
    weight_decay: float = 0.0
    eps: float = 1e-8

    def rule(self, W: np.ndarray, g: np.ndarray, h: np.ndarray) -> None:
        """Make one step."""
        h *= self.decay_rate
        h += (1 - self.decay_rate) * (g * g)
        W -= self.lr * g / (np.sqrt(h) + self.eps)
