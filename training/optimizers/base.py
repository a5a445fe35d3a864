"""What the optimizers share: the checks, the weight decay, the pieces, and the state that goes from step to step."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, ClassVar

import numpy as np

from layers.common.devices import as_array, beside
from training.optimizers.blocks import blocks
from training.optimizers.checks import check_gradients, checked_option
from training.optimizers.state import State, check_state, computing_dtype, from_flat, new_state, to_flat


class Optimizer:
    """A rule by which gradients change parameters; a subclass is a dataclass of its options, and writes ``rule``.

    Weight decay adds ``weight_decay / 2 * sum(W^2)`` to the loss, whose gradient joins the loss's own::

        g = dL/dW + weight_decay * W

    It applies to every parameter, biases included, as in PyTorch.

    Attributes
    ----------
    lr : float
        The learning rate; it may be set to another value between updates.
    state_names : tuple of str
        What the rule remembers of every parameter, such as ``("m", "v")``.
    state : dict of str to dict of str to ndarray
        ``state["v"]["W1"]`` has the shape of the parameter ``W1``; zeros before the first update.
    steps : int
        The number of updates so far.

    Examples
    --------
    A rule of one's own:

    >>> from dataclasses import dataclass
    >>> @dataclass(eq=False)
    ... class SignSGD(Optimizer):
    ...     lr: float = 0.01
    ...     def rule(self, W, g):
    ...         W -= self.lr * np.sign(g)
    >>> params, grads = {"W": np.array([1.0, 2.0])}, {"W": np.array([10.0, -10.0])}
    >>> SignSGD(lr=0.5).update(params, grads)
    >>> params["W"]
    array([0.5, 2.5])
    """

    __dataclass_fields__: ClassVar[dict[str, Any]]  # of the subclass
    state_names: ClassVar[tuple[str, ...]] = ()
    lr: float
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        for name, value in self.options.items():
            setattr(self, name, checked_option(type(self).__name__, name, value))
        self.steps = 0
        self.state: State = {kind: {} for kind in self.state_names}

    @property
    def options(self) -> dict[str, float]:
        """The options by name, as they are now."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def rule(self, W: np.ndarray, g: np.ndarray, *state: Any, **named: Any) -> None:  # a subclass names its state
        """Change a piece of a parameter and of its state in place, given the same piece of its gradient.

        W comes last: g may be an array in the same memory.
        """
        raise NotImplementedError(f"{type(self).__name__} has no method rule")

    def rule_with_decay(self, W: np.ndarray, g: np.ndarray, *state: np.ndarray) -> None:
        """Do the same with a gradient that the weight decay has joined."""
        self.rule(W, g + self.weight_decay * W, *state)

    def update(self, params: dict[str, np.ndarray], grads: dict[str, np.ndarray]) -> None:
        """Change every parameter in place by its gradient.

        Parameters
        ----------
        params, grads : dict of str to ndarray
            Arrays of floats, and their gradients under the same names and with the same shapes. Gradients of other
            names are left alone.

        Raises
        ------
        TypeError, ValueError
            When a gradient does not fit its parameter (:func:`training.optimizers.checks.check_gradients`), or the
            parameters are not those of the updates before. Nothing has been changed then.
        """
        check_gradients(params, grads)
        if self.state_names:
            self.state = new_state(self.state_names, params) if self.steps == 0 else self.state
            check_state(type(self).__name__, self.state, params)
        self.steps += 1
        self.lr = float(self.lr)
        rule = self.rule_with_decay if self.weight_decay else self.rule
        for name, param in params.items():
            arrays = [as_array(param), beside(grads[name], param, computing_dtype(param))]
            if self.state_names:
                arrays += [state[name] for state in self.state.values()]
            for pieces in blocks(*arrays):
                rule(*pieces)

    def state_arrays(self) -> dict[str, np.ndarray]:
        """Return copies of all that the updates left, under names such as ``v.W1`` and ``steps``: for a file.

        >>> from training import Momentum
        >>> optimizer = Momentum()
        >>> optimizer.update({"W1": np.ones(2)}, {"W1": np.ones(2)})
        >>> optimizer.state_arrays()
        {'steps': array(1), 'v.W1': array([1., 1.])}
        """
        return to_flat(self.steps, self.state)

    def load_state_arrays(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Go on from copies of what :meth:`state_arrays` returned.

        With the same options, the updates that follow give the same bits as if nothing had come between.

        Raises
        ------
        ValueError
            When the arrays are not the state of such an optimizer. Its own state stays as it was then.
        """
        self.steps, self.state = from_flat(type(self).__name__, self.state_names, arrays)
