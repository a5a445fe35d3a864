"""What happens at a node, in formulas with the numbers put in: forward, its own derivatives, and the chain rule."""

from typing import Any

import numpy as np

from graph.operations.operation import Operation
from language import _
from page.inside.seeing.equations import commas, distinct, sum_over, summed_axes, told, without_axes
from page.inside.seeing.flow import Flow, Share
from page.inside.seeing.formulas import Part, computed, in_letters, in_numbers, name_part, value_part
from page.inside.seeing.mathematics import (
    Tree,
    mo,
    name_text,
    name_tree,
    parenthesised,
    partial,
    row,
    text_of,
    value_text,
    value_tree,
)
from page.inside.seeing.putting_in import gradient_by, letters_of, product_of, values_in
from page.inside.seeing.rules import Rule, rules_of

MOST_SHARES = 6  # that are written out in a sum


class Explaining:
    """Explains the nodes of a graph.

    Parameters
    ----------
    flow : Flow
    """

    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    def node(self, place: int) -> dict[str, Any]:
        """Return what the page says of a node: words, its formula, what it hands back, and the sum of what it gets."""
        variable = self.flow.order[place]
        said: dict[str, Any] = {"sum": self.sum_of_shares(place), "meaning": self.meaning(place)}
        operation = variable.creator
        if operation is None:
            return said
        rules = rules_of(operation)
        back = [self.back(place, share) for share in self.flow.shares if share.target == place]
        words = _(rules.words) if rules else _("The layer is one node; its own forward and backward compute.")
        forward = self.forward(place)
        flowing = [variable.data, *operation.values]
        in_line = told(forward) if all(np.ndim(value) == 0 for value in flowing) else ""
        return said | {"words": words, "forward": forward, "back": back, "told": in_line}

    def operation(self, place: int) -> Operation:
        """Return the operation that computed a value."""
        operation = self.flow.order[place].creator
        assert operation is not None
        return operation

    def letters(self, place: int) -> dict[str, Part]:
        """Return what the letters of a node's formulas are called in the graph."""
        flow = self.flow
        operation, sources = self.operation(place), flow.inputs[place]
        parts = [self.part(source) for source in sources]
        letters = dict(zip(letters_of(operation), parts, strict=False))
        letters["z"] = self.part(place)
        letters["dout"] = Part(self.gradient(place), is_array=np.ndim(flow.order[place].data) > 0)
        return letters

    def part(self, place: int) -> Part:
        """Return the name of a value, or the number of a constant."""
        variable = self.flow.order[place]
        if not variable.takes_gradient and variable.name is None and np.ndim(variable.data) == 0:
            return value_part(variable.data)
        return name_part(self.flow.names[place], np.ndim(variable.data) > 0)

    def gradient(self, place: int) -> Tree:
        """Return dL/d(a value) as a fraction."""
        return partial(name_tree(self.flow.top), self.part(place).tree)

    def forward(self, place: int) -> list[Tree]:
        """Return the sides of the equation by which a node computes its output."""
        variable, operation = self.flow.order[place], self.operation(place)
        rules = rules_of(operation)
        if rules is None:
            names = [self.part(source).tree for source in self.flow.inputs[place]]
            call = row(["mtext", operation.symbol], parenthesised(row(*commas(names))))
            return distinct(self.part(place).tree, call, value_tree(variable.data))
        values = values_in(operation, variable.data, None)
        formula = in_letters(rules.forward, self.letters(place))
        return distinct(self.part(place).tree, formula, in_numbers(rules.forward, values), value_tree(values["z"]))

    def back(self, place: int, share: Share) -> dict[str, Any]:
        """Return how a node comes to what it hands back to one of its inputs."""
        variable = self.flow.order[place]
        rules = rules_of(self.operation(place))
        rule = rules.inputs[share.place] if rules else None
        product = self.product(place, share, rule)
        only = self.flow.uses(share.source) == 1
        return {
            "towards": name_text(self.flow.names[share.source]),
            "source": share.source,
            "place": share.place,
            "local": self.local(place, share, rule) if rule else [],
            "product": product,
            "is_share": not only,
            "value": value_text(share.value),
            "told": told(product) if rule and np.ndim(share.value) == np.ndim(variable.data) == 0 else "",
            "notes": self.notes(place, share, rule),
        }

    def local(self, place: int, share: Share, rule: Rule) -> list[Tree]:
        """Return the equation of a node's own derivative towards an input."""
        variable = self.flow.order[place]
        operation, letters = self.operation(place), self.letters(place)
        values = values_in(operation, variable.data, variable.grad)
        if rule.slope:
            left = partial(letters["z"].tree, self.part(share.source).tree)
            slope = computed(rule.slope, values)
            numbers = in_numbers(rule.slope, values)
            return distinct(left, in_letters(rule.slope, letters), numbers, value_tree(slope))
        texts = rule.local if type(operation).__name__ == "MatMul" else without_axes(rule.local, values)
        above, below, formula = (in_letters(text, letters) for text in texts)
        return [partial(above, below), formula]

    def product(self, place: int, share: Share, rule: Rule | None) -> list[Tree]:
        """Return the equation of the chain rule: what comes back, times the node's own derivative."""
        variable, source = self.flow.order[place], self.flow.order[share.source]
        left, result = self.gradient(share.source), value_tree(share.value)
        if rule is None:
            return [left, result]
        operation, letters = self.operation(place), self.letters(place)
        values = values_in(operation, variable.data, variable.grad)
        if not rule.slope:
            formula = in_letters(product_of(rule), letters)
            lifted = np.shape(values[letters_of(operation)[share.place]])
            result = value_tree(np.reshape(share.value, lifted))
            return distinct(left, formula, in_numbers(product_of(rule), values), result)
        slope = computed(rule.slope, values)
        own = Part(
            partial(letters["z"].tree, self.part(share.source).tree),
            is_array=np.ndim(slope) > 0 or np.ndim(source.data) > 0,
        )
        formula = in_letters("dout * slope", letters | {"slope": own})
        numbers = in_numbers("dout * slope", {"dout": variable.grad, "slope": slope})
        axes = summed_axes(np.shape(variable.data), np.shape(source.data), operation)
        if axes:
            formula, numbers = (row(sum_over(axes), parenthesised(tree)) for tree in (formula, numbers))
        expected = gradient_by(rule, operation, share.place, variable.data, variable.grad)
        sides = distinct(left, formula, numbers, result)
        return sides if np.allclose(expected, share.value, equal_nan=True) else [left, formula, result]

    def notes(self, place: int, share: Share, rule: Rule | None) -> list[str]:
        """Return what else there is to say: why it is summed, and that it is a share."""
        variable, source = self.flow.order[place], self.flow.order[share.source]
        said = []
        name = name_text(self.flow.names[share.source])
        axes = summed_axes(np.shape(variable.data), np.shape(source.data), variable.creator)
        if rule and rule.slope and axes:
            said.append(
                _(
                    "{name} was repeated along axis {axes} to fit. Each copy had its influence, and the influences add "
                    "up: the gradient is summed over axis {axes}.",
                    name=name,
                    axes=", ".join(map(str, axes)),
                )
            )
        if self.flow.uses(share.source) > 1:
            said.append(
                _(
                    "{name} is used {count} times. This is the share of the gradient that comes back by way of this "
                    "node; the shares add up.",
                    name=name,
                    count=self.flow.uses(share.source),
                )
            )
        return said

    def sum_of_shares(self, place: int) -> list[Tree]:
        """Return the equation by which the shares of a gradient add up; only one is worth a word at what was given."""
        shares, variable = self.flow.to(place), self.flow.order[place]
        if len(shares) < (1 if variable.creator is None else 2):
            return []
        total = value_tree(variable.grad)
        if len(shares) == 1 or len(shares) > MOST_SHARES:
            return [self.gradient(place), total]
        parts = [in_numbers("part", {"part": share.value}) for share in shares]
        parts = [
            parenthesised(part) if k and text_of(part)[0] == "\N{MINUS SIGN}" else part for k, part in enumerate(parts)
        ]
        return [self.gradient(place), row(*[tree for part in parts for tree in (mo("+"), part)][1:]), total]

    def meaning(self, place: int) -> str:
        """Return in words what the gradient of one number says."""
        variable = self.flow.order[place]
        name, top = name_text(self.flow.names[place]), name_text(self.flow.top)
        if not variable.takes_gradient:
            return _("{name} is a constant: nothing flows back to it.", name=name)
        if np.ndim(variable.data) or not np.isfinite(variable.grad or 0.0) or not self.flow.is_one_number:
            return ""
        if place == len(self.flow.order) - 1:
            return _(
                "This is the output. Backward begins here: {top} changes as much as itself, so the gradient is 1.",
                top=top,
            )
        change = value_text(0.01 * float(variable.grad or 0.0))
        return _("If {name} grew by 0.01, {top} would change by about {change}.", name=name, top=top, change=change)
