"""The manner in which a layer is called: which methods, with which arguments, and where their results are found.

The usual one, :data:`PLAIN`, is ``y = layer.forward(x)`` and ``dx = layer.backward(dout)``. Others keep y on self, hand
out a cache, take the learning rate, or give the slope f'(x) that is still to be multiplied by dout.
"""

from ast import literal_eval
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradients.measuring.arguments import positional_arguments, shapes_text
from gradients.measuring.half_squares import HalfSquares
from gradients.measuring.losses import loss_of, one_hot
from gradients.measuring.point import LayerRaised
from language import N_, _

RETURNED, WITH_CACHE = "what forward returns", "what forward returns first, a cache after it"
LAST = "what forward returns last"  # behind other outputs, of which backward is given no gradient
GRADIENT, SLOPE = "gradient", "slope"
# Of an output with the losses of elements or samples: what the gradient is that of.
SUM, MEAN, MEAN_OF_SAMPLES = N_("sum"), N_("mean"), N_("sum over a sample, averaged over the samples")
ONE = "the only element"
RATE = 0.5  # the learning rate that a backward is given which moves its parameters
NONE = TypeError(N_("an array or a number was expected"))


@dataclass
class Instance:
    """One copy of a layer, and what its last calls left."""

    thing: Any
    outputs: list[np.ndarray] = field(default_factory=list)
    cache: Any = None
    before: Any = None  # the parameters before backward, where backward moves them
    told_rate: bool = False  # whether backward was given a learning rate
    rate: float | None = None  # the learning rate that the layer holds, where that was found out


@dataclass(frozen=True)
class Manner:
    """How a layer is called.

    Attributes
    ----------
    forward, backward : str
        The methods' names; backward's is empty where forward gives the gradients behind the loss.
    output : str
        Where the output is: :data:`RETURNED`, :data:`WITH_CACHE`, :data:`LAST`, or an attribute that forward sets.
    takes : tuple of str, or None
        What backward's arguments stand for, one after the other: ``dout``, ``input 0``, ``output``, ``cache``,
        ``outputs`` (those of all layers, in a list),
        ``rate`` (the learning rate), ``loss`` and ``loss slope`` (a loss, or its derivative; ``turned`` behind it where
        the target comes first), ``kept NAME`` (an attribute that forward sets), ``value 0.5`` (that number, or
        word), ``zero`` (a gradient that there is none of), ``True``, ``None``, ``0``. None: dout alone, as much of it
        as backward takes.
    named : tuple of pairs
        Further arguments of forward by name, such as ``("training", True)``.
    gives : str
        :data:`GRADIENT`, or :data:`SLOPE` where backward returns dy/dx, element by element, without dout.
    total : str
        :data:`SUM`, :data:`MEAN` or :data:`MEAN_OF_SAMPLES` where the outputs are the losses of elements or samples, to
        be added up or averaged; :data:`ONE` where the output is an array with nothing but the loss.
    wanted : tuple of int, or None
        Which inputs get a gradient, where that is known.
    also : tuple of pairs
        Arguments of backward that may be left out, by name, and what they stand for.
    names : tuple of str
        What the gradient of each input is called; where it is empty, dx, or dx1 and dx2.
    outputs : int
        How many of the values that forward returns with a cache are outputs.
    guessed : bool
        Whether no name says what an argument of backward stands for.
    loss : str
        The loss that is taken of a network's output, by its name in :mod:`gradients.measuring.losses`; the last input
        is its target then, and forward does not see it. Of several outputs, as of all layers, the last is meant. Empty
        where forward gives what is differentiated.
    """

    forward: str = "forward"
    backward: str = "backward"
    output: str = RETURNED
    takes: tuple[str, ...] | None = None
    named: tuple[tuple[str, Any], ...] = ()
    gives: str = GRADIENT
    total: str = ""
    wanted: tuple[int, ...] | None = None
    also: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    outputs: int = 1
    guessed: bool = False
    loss: str = ""

    def call_forward(self, instance: Instance, inputs: Sequence[Any]) -> list[np.ndarray]:
        """Return the outputs for these very arrays, as new float arrays."""
        sent = inputs[:-1] if self.loss else inputs
        call = f"{self.forward}({shapes_text(sent)})"
        try:
            returned = getattr(instance.thing, self.forward)(*sent, **dict(self.named))
        except (Exception, SystemExit) as error:
            raise LayerRaised(call, error) from error
        if self.output == LAST and isinstance(returned, (tuple, list)):
            returned = returned[-1]
        elif self.output not in (RETURNED, WITH_CACHE):
            returned = last_of(getattr(instance.thing, self.output, None))
        if returned is None:
            raise LayerRaised(_("{call} returned None (does it lack a return?); using that", call=call), NONE)
        if self.output == WITH_CACHE:
            if not isinstance(returned, (tuple, list)) or len(returned) <= self.outputs:
                raise LayerRaised(_("{call} returned no cache beside its output; using that", call=call), NONE)
            returned, instance.cache = handed_out(returned, self.outputs)
        outputs = list(returned) if has_several(returned) else [returned]
        try:
            instance.outputs = [np.array(y, float) for y in outputs]
        except (TypeError, ValueError) as error:
            raise LayerRaised(
                _("{call} returned {kind}, and using that", call=call, kind=type(returned).__name__), error
            ) from error
        if self.loss:
            return [np.array(self.loss_at(instance.outputs[-1], inputs[-1], call))]
        if self.total:
            return [np.array(total_of(self.total, instance.outputs))]
        return instance.outputs

    def loss_at(self, y: np.ndarray, t: np.ndarray, call: str) -> float:
        """Return the loss of a network's output."""
        t = one_hot(t, y)
        if y.shape != t.shape:
            text = _(
                "{call} gave shape {shape}; taking the loss with targets of shape {t}",
                call=call,
                shape=y.shape,
                t=t.shape,
            )
            raise LayerRaised(text, NONE)
        with np.errstate(all="ignore"):
            return loss_of(self.loss, y, t)

    def call_backward(self, instance: Instance, douts: Sequence[np.ndarray], inputs: Sequence[Any], loss: bool) -> Any:
        """Return what backward returns for these very arrays; ``inputs`` are those of the forward before."""
        named = {name: self.argument(role, instance, douts, inputs, loss) for name, role in self.also}
        instance.told_rate = self.takes_rate
        if not self.backward:
            return instance.cache
        if self.takes is None:
            arguments = plain_arguments(instance.thing, self.backward, douts, loss)
        else:
            arguments = tuple(self.argument(role, instance, douts, inputs, loss) for role in self.takes)
        try:
            return getattr(instance.thing, self.backward)(*arguments, **named)
        except (Exception, SystemExit) as error:
            raise LayerRaised(f"{self.backward}({shapes_text(arguments)})", error) from error

    def argument(
        self, role: str, instance: Instance, douts: Sequence[np.ndarray], inputs: Sequence[Any], loss: bool
    ) -> Any:
        """Return what an argument of backward stands for."""
        if role == "dout":
            return float(douts[0]) if loss else douts[0] if len(douts) == 1 else tuple(douts)
        kind, _, number = role.partition(" ")
        if kind == "dout":
            return douts[int(number)]
        if kind == "kept":
            return np.array(last_of(getattr(instance.thing, number)))
        if kind == "input":
            return inputs[int(number)]
        if kind == "loss":
            loss = HalfSquares("turned" in number)
            return loss.slope if "slope" in number else loss
        if kind == "value":
            return literal_eval(number)
        if kind == "cache" and number:
            return instance.cache[int(number)]
        if kind == "outputs":
            return [np.array(y) for y in instance.outputs]
        if kind == "output":
            return np.array(instance.outputs[int(number) if number else -1 if self.loss else 0])
        if kind == "zero":
            return np.float64(0.0)
        return {"cache": instance.cache, "rate": RATE, "True": True, "False": False, "None": None, "0": 0}[kind]

    @property
    def takes_rate(self) -> bool:
        """Whether backward is given a learning rate."""
        return "rate" in (*(self.takes or ()), *(role for _, role in self.also))

    def is_told_dout(self, thing: Any) -> bool:
        """Return whether backward is told dout, in one way or another."""
        if self.takes is None:
            return bool(self.backward) and positional_arguments(thing, self.backward) > 0
        return any(role.startswith("dout") for role in self.takes)


PLAIN = Manner()


def total_of(total: str, outputs: Sequence[np.ndarray]) -> float:
    """Return the total of the losses of elements or samples."""
    everything = np.concatenate([y.ravel() for y in outputs])
    count = {MEAN: everything.size, MEAN_OF_SAMPLES: len(np.atleast_1d(outputs[0]))}.get(total, 1)
    return float(everything.sum() / count)


def plain_arguments(thing: Any, backward: str, douts: Sequence[np.ndarray], loss: bool) -> tuple[Any, ...]:
    """Return dout as backward takes it: nothing or a number in a loss, one array or several, or all in a tuple."""
    accepts = positional_arguments(thing, backward)
    if loss:
        return (float(douts[0]),) if accepts else ()
    return tuple(douts) if len(douts) == 1 or accepts >= len(douts) else (tuple(douts),)


def handed_out(returned: Sequence[Any], outputs: int) -> tuple[Any, Any]:
    """Return the output, or a tuple of several, and the cache of what forward returned.

    Of what is handed out behind the output, a collection at the end is the cache, and arrays before it, such as the
    prediction that a recurrent cell makes beside its state, are not.
    """
    first, rest = returned[0] if outputs == 1 else tuple(returned[:outputs]), tuple(returned[outputs:])
    before_last = all(isinstance(part, np.ndarray) for part in rest[:-1])
    if len(rest) == 1 or (before_last and isinstance(rest[-1], (tuple, list, dict))):
        return first, rest[-1]
    return first, rest


def has_several(returned: Any) -> bool:
    """Return whether what forward returned are several outputs, and not one array written as a list of numbers."""
    numbers = isinstance(returned, list) and returned and all(map(is_single, returned))
    return isinstance(returned, (tuple, list)) and not numbers


def is_single(value: Any) -> bool:
    """Return whether a value is one number, or None, and no collection."""
    return not isinstance(value, (tuple, list, dict)) and np.ndim(value) == 0


def last_of(value: Any) -> Any:
    """Return the last element of a list, as of the activations of all layers; anything else as it is."""
    return value[-1] if isinstance(value, list) and value else value
