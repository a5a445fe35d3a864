"""Rules by which gradients change parameters, by name.

=============  ==========================================  =====================
name           class                                       file
=============  ==========================================  =====================
sgd            :class:`SGD`                                training/optimizers/sgd.py
momentum       :class:`Momentum`                           training/optimizers/sgd.py
nesterov       :class:`Nesterov`                           training/optimizers/sgd.py
adagrad        :class:`AdaGrad`                            training/optimizers/adagrad.py
rmsprop        :class:`RMSprop`                            training/optimizers/adagrad.py
adam           :class:`Adam`                               training/optimizers/adam.py
adamw          :class:`AdamW`                              training/optimizers/adam.py
=============  ==========================================  =====================
"""

from collections.abc import Callable

from training.optimizers.adagrad import AdaGrad, RMSprop
from training.optimizers.adam import Adam, AdamW
from training.optimizers.base import Optimizer
from training.optimizers.checks import check_gradients
from training.optimizers.sgd import SGD, Momentum, Nesterov

__all__ = [
    "OPTIMIZERS",
    "SGD",
    "AdaGrad",
    "Adam",
    "AdamW",
    "Momentum",
    "Nesterov",
    "Optimizer",
    "RMSprop",
    "check_gradients",
    "get_optimizer",
]

OPTIMIZERS: dict[str, Callable[..., Optimizer]] = {
    cls.__name__.lower(): cls for cls in (SGD, Momentum, Nesterov, AdaGrad, RMSprop, Adam, AdamW)
}


def get_optimizer(name: str, lr: float | None = None, **options: float) -> Optimizer:
    """Return a new optimizer by its name.

    Parameters
    ----------
    name : str
        One of ``OPTIMIZERS``.
    lr : float, optional
        The learning rate; by default the class's own.
    **options : float
        Such as ``momentum`` or ``weight_decay``.

    Raises
    ------
    ValueError
        For an unknown name or option, with the list of the known ones, and for values outside their limits.

    Examples
    --------
    >>> get_optimizer("momentum", lr=0.1)
    Momentum(lr=0.1, momentum=0.9, weight_decay=0.0)
    """
    if name not in OPTIMIZERS:
        raise ValueError(f"unknown optimizer {name!r}: expected one of {', '.join(OPTIMIZERS)}")
    cls = OPTIMIZERS[name]
    known = cls().options
    for option in options:
        if option not in known:
            raise ValueError(f"{name} has no option {option}; it has {', '.join(known)}")
    return cls(**options) if lr is None else cls(lr=lr, **options)
