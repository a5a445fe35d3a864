"""Expressions of the tensors of a framework that somebody built: ``a * b``, ``a.sum()``, on arrays."""

from gradients.calling.calls import of_names
from gradients.other_arrays.own_tensors import Operation, OwnTensorFunction, makes_tensors, ways_to_make
from gradients.other_arrays.scalar_values import BINARY, SIGNS, TWICE, UNARY, used_twice

REDUCTIONS = ("sum", "mean", "max", "softmax", "log_softmax", "transpose")


def tensor_expressions(cls: type) -> list[OwnTensorFunction]:
    """Return an expression of tensors for each operation that their class has; none where it is no class of tensors."""
    make = next(filter(makes_tensors, ways_to_make(cls)), None)
    if make is None:
        return []
    own = vars(cls)
    found: list[tuple[str, Operation, tuple[str, ...]]] = [
        (SIGNS[name], lambda t, f=function: f(*t), ("a", "b")) for name, function in BINARY.items() if name in own
    ]
    found += [("a @ b", lambda t: t[0] @ t[1], ("a", "b"))] if "__matmul__" in own else []
    found += [("-a", lambda t: -t[0], ("a",))] if "__neg__" in own else []
    found += [("a ** 3", lambda t: t[0] ** 3, ("a",))] if "__pow__" in own else []
    methods = [name for name in (*UNARY, *REDUCTIONS) if callable(own.get(name))]
    found += [(f"a.{name}()", lambda t, n=name: getattr(t[0], n)(), ("a",)) for name in methods]
    if {"__add__", "__mul__"} <= own.keys():
        found.append((TWICE, lambda t: used_twice(*t), ("a", "b")))
    return [OwnTensorFunction(f"{cls.__name__}, {text}", f, make, of_names(*names)) for text, f, names in found]
