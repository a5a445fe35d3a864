"""Finding the parameters of anybody's layer, and the gradients that its backward leaves for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradients.measuring.held_arrays import Way, attributes_of, way_text

PARAMETER_HOLDERS = ("params", "parameters", "weights")
GRADIENT_HOLDERS = ("grads", "gradients")
# Names under which a float array is taken for a parameter even when backward leaves no gradient for it.
PARAMETER_NAME = re.compile(r"[WUb]\d?|[WUb]_?[xhioz]{1,2}|w\d?|[Ww]eights?\d?|[Bb]ias(es)?\d?|gamma\d?|beta\d?")
# Averages over batches, which lie among the parameters and get no gradient.
RUNNING = re.compile(r"running|moving|_avg|avg_")
# Names of gradients, made of the parameter's.
PATTERNS = (
    "d{} d_{} grad_{} {}_grad grad{} delta_{} {}_gradient gradient_{} {}_gradients {}_grads grads_{} "
    "nabla_{} g{} g_{} {}Grad {}grad d{}s {}_delta grad_of_{} D{}"
).split()
OVER = tuple(f"d{loss}{joint}d" for loss in "L J E C Loss loss Cost cost Error".split() for joint in ("_", ""))
SHORT = {("weights", "weight", "kernel", "kernels", "W"): ("w", "W"), ("bias", "biases", "B"): ("b",)}


@dataclass(frozen=True)
class Slot:
    """Where a parameter and its gradient are, in any copy of the layer.

    ``path`` leads from the layer to the sub-layer that owns it; ``holder`` names the dictionary or list it is kept in,
    None for an attribute; ``tied`` are the places of the same array in other sub-layers: its gradient is the sum of
    theirs.
    """

    key: Any
    path: tuple[Any, ...] = ()
    holder: str | None = None
    tied: tuple["Slot", ...] = ()

    @property
    def name(self) -> str:
        """The parameter's name: ``W``, or ``layers[0].W`` in a sub-layer."""
        return self.prefix + (f"params[{self.key}]" if isinstance(self.key, int) else str(self.key))

    @property
    def gradient_name(self) -> str:
        """The gradient's name: ``dW``, or ``layers[0].dW`` in a sub-layer."""
        return self.prefix + (f"grads[{self.key}]" if isinstance(self.key, int) else f"d{self.key}")

    @property
    def prefix(self) -> str:
        """The way to the sub-layer, as it is written in Python."""
        text = way_text(self.path)
        return f"{text}." if text else ""

    def owner(self, layer: Any) -> Any:
        """Return the sub-layer that owns the parameter."""
        for kind, step in self.path:
            layer = layer[step] if kind == "item" else getattr(layer, step)
        return layer

    def read(self, layer: Any) -> Any:
        """Return the parameter itself: an array that may be moved in place, or a number."""
        owner = self.owner(layer)
        return getattr(owner, self.key) if self.holder is None else getattr(owner, self.holder)[self.key]

    def write(self, layer: Any, value: np.ndarray) -> None:
        """Set the parameter; an array keeps its place in memory."""
        live = self.read(layer)
        if isinstance(live, np.ndarray) and live.dtype == np.float64 and live.shape == np.shape(value):
            live[...] = value
        elif self.holder is None:
            setattr(self.owner(layer), self.key, np.array(value) if isinstance(live, np.ndarray) else float(value))
        else:
            getattr(self.owner(layer), self.holder)[self.key] = np.array(value)

    def gradient(self, layer: Any) -> Any:
        """Return the gradient that backward left, None where there is none."""
        parts = [self.own_gradient(layer), *(slot.own_gradient(layer) for slot in self.tied)]
        if len(parts) == 1 or any(np.shape(part) != np.shape(parts[0]) or part is None for part in parts):
            return parts[0]
        return sum(np.asarray(part) for part in parts)

    @property
    def is_moved(self) -> bool:
        """Whether its gradient is only seen in how far backward moves it."""
        return False

    @property
    def way(self) -> Way:
        """The way from the layer to the parameter."""
        if self.holder is None:
            return (*self.path, ("attribute", self.key))
        return (*self.path, ("attribute", self.holder), ("item", self.key))

    def gradient_in(self, instance: Any, returned: Any) -> Any:
        """Return the gradient that backward left in a copy of the layer; what it returned is looked at elsewhere."""
        return self.gradient(instance.thing)

    def own_gradient(self, layer: Any) -> Any:
        """Return the gradient in this place, None where there is none."""
        owner = self.owner(layer)
        grads = next((g for n in GRADIENT_HOLDERS if (g := attribute(owner, n)) is not None), None)
        if isinstance(self.key, int):
            return grads[self.key] if isinstance(grads, (list, tuple)) and len(grads) > self.key else None
        if isinstance(grads, dict):
            for key in (self.key, *gradient_names(self.key)):
                if grads.get(key) is not None:
                    return grads[key]
        if hasattr(owner, f"d{self.key}"):
            return getattr(owner, f"d{self.key}")
        return next((value for name in gradient_names(self.key) if (value := attribute(owner, name)) is not None), None)


def gradient_names(name: str) -> tuple[str, ...]:
    """Return the names that people give to the gradient of a parameter."""
    names = [name, *(short for long, shorts in SHORT.items() if name in long for short in shorts)]
    spelled = [f"d{name}", f"d{name.lower()}"]
    spelled += [pattern.format(name) for name in names for pattern in PATTERNS]
    capital = name[:1].upper() + name[1:]
    spelled += [f"{over}{name}" for over in OVER for name in names]
    return (*spelled, *(f"{before}{capital}" for before in ("d", "grad", "delta", "dL", *OVER)))


def attribute(thing: Any, name: str) -> Any:
    """Return an attribute, or None where there is none or reading it raises."""
    try:
        return getattr(thing, name, None)
    except Exception:
        return None


def is_float(value: Any) -> bool:
    """Return whether a value can be a parameter: a float array, or one float."""
    return (isinstance(value, np.ndarray) and value.dtype.kind == "f") or isinstance(value, (float, np.floating))


def is_layer(value: Any) -> bool:
    """Return whether a value has forward and backward."""
    return (
        not isinstance(value, type) and callable(attribute(value, "forward")) and callable(attribute(value, "backward"))
    )


def find_slots(
    before: Any, after: Any, demand: bool = True, path: tuple[Any, ...] = (), seen: frozenset[int] = frozenset()
) -> list[Slot]:
    """Return the parameters of a layer, its sub-layers' included.

    Parameters
    ----------
    before, after : object
        A copy before its first forward, and one after a forward and backward: a parameter is there before, its
        gradient after.
    demand : bool
        Whether arrays named as parameters count without a gradient.
    seen : frozenset of int
        The layers that are looked through above, which these may lead back to, as layers that know their neighbours.
    """
    kept = [slot for slot in own_slots(before, path) if is_float(slot_value(slot, before))]
    kept = [slot for slot in kept if not RUNNING.search(str(slot.key)) or slot.gradient(after) is not None]
    found = kept + list(attribute_slots(before, after, demand and not kept, path))
    below = [(step, id(layer)) for step, layer in sub_layers(before, path) if id(layer) not in seen]
    seen |= {layer for _, layer in below}
    for step, _ in below:
        found += find_slots(before, after, demand, step, seen)
    return without_repetition(found, before)


def without_repetition(slots: list[Slot], layer: Any) -> list[Slot]:
    """Return the slots without those whose array another one, before them, holds already.

    An array that two sub-layers share is one parameter, with two gradients that add up.
    """
    unique: list[Slot] = []
    for slot in slots:
        value = slot.read(layer)
        same = (
            place for place, other in enumerate(unique) if isinstance(value, np.ndarray) and other.read(layer) is value
        )
        place = next(same, None)
        if place is None:
            unique.append(slot)
        elif is_another_use(slot, unique[place], layer):
            unique[place] = replace(unique[place], tied=(*unique[place].tied, slot))
    return unique


def is_another_use(slot: Slot, other: Slot, layer: Any) -> bool:
    """Return whether the same array in two places is used twice, with a gradient for each use."""
    if isinstance(slot.key, int) and isinstance(other.key, int) and slot.path == other.path:
        return True
    return bool(slot.path and other.path) and slot.owner(layer) is not other.owner(layer)


def slot_value(slot: Slot, layer: Any) -> Any:
    """Return a parameter as floats, where it is one of integers."""
    value = slot.read(layer)
    return value.astype(float) if isinstance(value, np.ndarray) and value.dtype.kind in "iu" else value


def own_slots(before: Any, path: tuple[Any, ...]) -> list[Slot]:
    """Return the parameters in a layer's dictionary or list ``params``."""
    owner = Slot(None, path).owner(before)
    for holder in PARAMETER_HOLDERS:
        params = attribute(owner, holder)
        if isinstance(params, dict):
            return [Slot(key, path, holder) for key in params]
    params = attribute(owner, "params")
    if isinstance(params, (list, tuple)) and all(isinstance(p, np.ndarray) for p in params):
        grads = next((g for n in GRADIENT_HOLDERS if isinstance(g := attribute(owner, n), (list, tuple)) and g), params)
        return [Slot(index, path, "params") for index in range(min(len(params), len(grads)))]
    return []


def attribute_slots(before: Any, after: Any, demand: bool, path: tuple[Any, ...]) -> Iterator[Slot]:
    """Yield the parameters that are attributes of a layer, and were so before its first forward."""
    owner, later = Slot(None, path).owner(before), Slot(None, path).owner(after)
    attributes = attributes_of(owner)
    for name, value in attributes.items():
        if isinstance(value, np.ndarray) and value.dtype.kind in "iu":
            value = value.astype(float)
        if not is_float(value) or any(name in gradient_names(other) for other in attributes):
            continue
        slot = Slot(name, path)
        wanted = demand and isinstance(value, np.ndarray) and PARAMETER_NAME.fullmatch(name)
        announced = any(hasattr(later, other) for other in gradient_names(name))
        if not wanted and is_replaced(value, attribute(later, name)):
            continue  # a cache that the constructor prepared
        if slot.gradient(after) is not None or announced or wanted:
            yield slot


def is_replaced(before: Any, after: Any) -> bool:
    """Return whether an attribute holds something else after the call, as a cache does and a parameter does not."""
    return np.shape(before) != np.shape(after) or not np.array_equal(before, after)


def sub_layers(before: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the layers that a layer holds, with the way to each."""
    owner = Slot(None, path).owner(before)
    for name, value in attributes_of(owner).items():
        here = (*path, ("attribute", name))
        if is_layer(value):
            yield here, value
        elif isinstance(value, (list, tuple)):
            yield from (((*here, ("item", i)), item) for i, item in enumerate(value) if is_layer(item))
        elif isinstance(value, dict):
            yield from (((*here, ("item", key)), item) for key, item in value.items() if is_layer(item))
