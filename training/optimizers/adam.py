"""Adam, and AdamW, whose weight decay is not part of the gradient."""

import math
from dataclasses import dataclass

import numpy as np

from training.optimizers.base import Optimizer


@dataclass(eq=False)
class Adam(Optimizer):
    """Adam: momentum, and a step size for every single value of W.

    ``m`` is a running mean of the gradient, ``v`` one of its square::

        m <- beta1 m + (1 - beta1) g
        v <- beta2 v + (1 - beta2) g^2
        W <- W - lr m' / (sqrt(v') + eps)

    Both means start at zero, so after t updates they are too small by known factors, which are divided out::

        m' = m / (1 - beta1^t)
        v' = v / (1 - beta2^t)

    as in PyTorch. The code multiplies these factors into the numbers lr and eps, which is cheaper than dividing the
    arrays: ``lr m' / (sqrt(v') + eps)`` times ``c / c``, where ``c = sqrt(1 - beta2^t)``, is::

        (lr c / (1 - beta1^t)) m / (sqrt(v) + eps c)

    *Deep Learning from Scratch* folds the factors into lr in the same way, but leaves eps, 1e-7, as it is.

    Source: D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1 and section 2.

    Parameters
    ----------
    lr : float
        About the length of a step, whatever the size of the gradient.
    beta1, beta2 : float
        In [0, 1): the shares of the old means in the new ones.
    weight_decay : float
        Adds ``weight_decay * W`` to the gradient.
    eps : float
        Keeps values whose gradients were all zero from 0/0.

    Examples
    --------
    >>> params, grads = {"W": np.array([1.0, 2.0, 3.0])}, {"W": np.array([10.0, -0.1, 0.0])}
    >>> Adam(lr=0.5).update(params, grads)
    >>> params["W"].round(6)
    array([0.5, 2.5, 3. ])
    """

    state_names = ("m", "v")
    lr: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    weight_decay: float = 0.0
    eps: float = 1e-8

    def rule(self, W: np.ndarray, g: np.ndarray, m: np.ndarray, v: np.ndarray) -> None:
        """Make one step."""
        part = np.empty_like(g)  # one array for all that is computed: it stays in the cache
        np.multiply(1 - self.beta1, g, out=part)
        m *= self.beta1
        m += part
        np.multiply(g, g, out=part)
        part *= 1 - self.beta2
        v *= self.beta2
        v += part
        c = math.sqrt(1 - self.beta2**self.steps)
        lr, eps = self.lr * c / (1 - self.beta1**self.steps), self.eps * c
        np.sqrt(v, out=part)
        part += eps
        np.divide(m, part, out=part)
        part *= lr
        W -= part


@dataclass(eq=False)
class AdamW(Adam):
    """Adam with decoupled weight decay: every step also shrinks the weights by a share of themselves.

    ::

        W <- W - lr m' / (sqrt(v') + eps) - lr weight_decay W        m' and v' as in Adam, from the gradient alone

    In Adam, the decay is part of the gradient and is divided by its size: where gradients are large, the weights
    hardly decay. Here all decay alike.

    Source: I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2; the decay is
    multiplied by the learning rate as in PyTorch, in the paper only by its schedule.

    Parameters
    ----------
    lr : float
    beta1, beta2 : float
        In [0, 1): the shares of the old means in the new ones.
    weight_decay : float
        The share, in units of lr, by which a step shrinks the weights; biases too.
    eps : float
        Keeps values whose gradients were all zero from 0/0.

    Examples
    --------
    >>> params, grads = {"W": np.array([1.0, 2.0, 3.0])}, {"W": np.array([10.0, -0.1, 0.0])}
    >>> AdamW(lr=0.5, weight_decay=0.2).update(params, grads)
    >>> params["W"].round(6)
    array([0.4, 2.3, 2.7])
    """

    weight_decay: float = 0.01

    def rule_with_decay(self, W: np.ndarray, g: np.ndarray, *state: np.ndarray) -> None:
        """Make Adam's step, and shrink the weights."""
        decay = self.lr * self.weight_decay * W
        self.rule(W, g, *state)
        W -= decay
