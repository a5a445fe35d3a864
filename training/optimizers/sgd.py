"""Stochastic gradient descent, with and without momentum."""

from dataclasses import dataclass

import numpy as np

from training.optimizers.base import Optimizer


@dataclass(eq=False)
class SGD(Optimizer):
    """Stochastic gradient descent, ``W <- W - lr g``, in place.

    ``g`` is the gradient dL/dW of the mini-batch.

    Parameters
    ----------
    lr : float
        The learning rate.
    weight_decay : float
        Adds ``weight_decay * W`` to the gradient (:class:`training.optimizers.base.Optimizer`).

    Raises
    ------
    ValueError
        When the learning rate is not a positive number, or another option lies outside its limits.

    Examples
    --------
    >>> params, grads = {"W": np.array([1.0, 2.0])}, {"W": np.array([10.0, -10.0])}
    >>> SGD(lr=0.1).update(params, grads)
    >>> params["W"]
    array([0., 3.])
    """

    lr: float = 0.01
    weight_decay: float = 0.0

    def rule(self, W: np.ndarray, g: np.ndarray) -> None:
        """Make one step."""
        W -= self.lr * g


@dataclass(eq=False)
class Momentum(Optimizer):
    """SGD with momentum: the gradients are forces that push a ball with friction.

    ``v`` is its velocity::

        v <- momentum v + g
        W <- W - lr v

    as in PyTorch. In *Deep Learning from Scratch* and in Polyak's paper the velocity contains the learning rate,
    ``v <- momentum v - lr g``, ``W <- W + v``. The steps are the same as long as the learning rate is; when it
    changes, here the whole velocity follows at once, there only what is added from then on.

    Source: B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.

    Parameters
    ----------
    lr : float
    momentum : float
        In [0, 1): the share of the velocity that is left after a step; 0 is SGD.
    weight_decay : float
        Adds ``weight_decay * W`` to the gradient.

    Examples
    --------
    A steady gradient of 1 pushes further with every step:

    >>> W, optimizer = np.array([0.0]), Momentum(lr=1.0, momentum=0.5)
    >>> for _ in range(3):
    ...     optimizer.update({"W": W}, {"W": np.array([1.0])})
    ...     print(W)
    [-1.]
    [-2.5]
    [-4.25]
    """

    state_names = ("v",)
    lr: float = 0.01
    momentum: float = 0.9
    weight_decay: float = 0.0

    def rule(self, W: np.ndarray, g: np.ndarray, v: np.ndarray) -> None:
        """Make one step."""
        v *= self.momentum
        v += g
        W -= self.lr * v


@dataclass(eq=False)
class Nesterov(Optimizer):
    """SGD with Nesterov's momentum: the gradient is taken where the velocity is about to lead.

    ::

        v <- momentum v + g
        W <- W - lr (g + momentum v)

    as in PyTorch: W is the point looked ahead to, so that the gradient at W is all that is needed. *Deep Learning from
    Scratch* writes it with a velocity that contains the learning rate, ``W <- W + momentum^2 v - (1 + momentum) lr g``
    and then ``v <- momentum v - lr g``: the same steps as long as the learning rate does not change.

    Source: Y. Nesterov, "A method of solving a convex programming problem with convergence rate O(1/k^2)", Soviet
    Mathematics Doklady 27, 1983; in this form Y. Bengio et al., "Advances in optimizing recurrent networks", ICASSP
    2013, section 3.5.

    Parameters
    ----------
    lr : float
    momentum : float
        In [0, 1): the share of the velocity that is left after a step; 0 is SGD.
    weight_decay : float
        Adds ``weight_decay * W`` to the gradient.

    Examples
    --------
    >>> W, optimizer = np.array([0.0]), Nesterov(lr=1.0, momentum=0.5)
    >>> for _ in range(3):
    ...     optimizer.update({"W": W}, {"W": np.array([1.0])})
    ...     print(W)
    [-1.5]
    [-3.25]
    [-5.125]
    """

    state_names = ("v",)
    lr: float = 0.01
    momentum: float = 0.9
    weight_decay: float = 0.0

    def rule(self, W: np.ndarray, g: np.ndarray, v: np.ndarray) -> None:
        """Make one step."""
        v *= self.momentum
        v += g
        W -= self.lr * (g + self.momentum * v)
