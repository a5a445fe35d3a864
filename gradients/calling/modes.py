"""Layers that behave otherwise in training: the check looks at what they do then."""

from typing import Any

from gradients.calling.roles import FLAG, arguments_of, is_required
from gradients.measuring.held_arrays import attributes_of


def switch_on_training(thing: Any) -> str:
    """Put an object into training mode, in place; return what was done, in words, empty where nothing was."""
    done = []
    for name in sorted(FLAG):
        value = attributes_of(thing).get(name, getattr(type(thing), name, None))
        if value is False and name not in ("trainable", "requires_grad"):
            setattr(thing, name, True)
            done.append(f"{name} = True")
    if not done and getattr(type(thing), "mode", getattr(thing, "mode", None)) in ("test", "eval", "predict"):
        thing.mode = "train"
        done.append('mode = "train"')
    if not done and has_modes(thing):
        thing.train()
        done.append("train()")
    return ", ".join(done)


def has_modes(thing: Any) -> bool:
    """Return whether an object has methods train() and eval() that take nothing, as those that set a mode do."""
    train = getattr(type(thing), "train", None)
    back = any(callable(getattr(type(thing), name, None)) for name in ("eval", "test", "predict_mode", "evaluation"))
    return callable(train) and back and not any(is_required(p) for p in arguments_of(train)[1:])
