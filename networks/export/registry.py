"""Rules by which layers are written, found by the layer's very class."""

from typing import Any


def rule_of(rules: dict[type, Any], layer: Any, name: str, decorator: str) -> Any:
    """Return the rule for a layer; ``decorator`` is the name of that which gives rules.

    A subclass may compute something else than its parent, so it has no rule but its own.

    Raises
    ------
    ValueError
        When there is none; the message names the layer and says how to give a rule.
    """
    kind = type(layer)
    if kind not in rules:
        raise ValueError(
            f"{name}: there is no rule by which the class {kind.__name__} is written; give it one with "
            f"@{decorator}({kind.__name__}) from {__package__}, as docs/hand-over.md shows"
        )
    return rules[kind]
