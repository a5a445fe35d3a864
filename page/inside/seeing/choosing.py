"""Which value of a text is the output of the graph that is drawn."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graph.operations.reductions import Sum
from graph.variable import Variable as Recorded
from language import _
from page.inside.seeing.layer_graph import LayerGraph, graph_of_class, graph_of_layer, is_layer
from page.inside.seeing.problems import CannotSee
from page.inside.seeing.running import Ran
from page.inside.seeing.tracing import Variable, current

OUTPUTS = ("L", "loss", "y")


@dataclass
class Chosen:
    """The output of the graph, what flows back into it, and what is to be said about the choice."""

    output: Recorded
    dout: Any = None
    notes: list[str] = field(default_factory=list)
    is_layer: bool = False


def choose(ran: Ran) -> Chosen:
    """Return the output of the graph: the last line's value, or L, loss or y, or what was computed last; or a layer's.

    Raises
    ------
    CannotSee
        When there is none.
    """
    last, names = current(ran.last), {name: current(value) for name, value in ran.names.items()}
    if isinstance(last, Recorded):
        return one_number(computed(last), names)
    if isinstance(last, (list, tuple)) and any(isinstance(value, Recorded) for value in last):
        raise CannotSee(
            _("The last line gives {count} values; a graph ends in one. Add them up, or take one.", count=len(last))
        )
    if is_layer(last):
        return of_layer(graph_of_class(last) if isinstance(last, type) else graph_of_layer(last))
    found = [names[name] for name in OUTPUTS if has_creator(names.get(name))]
    found += [value for value in reversed(names.values()) if has_creator(value)]
    if found:
        return one_number(found[0], names)
    return layer_of(names) or nothing(last, names)


def has_creator(value: Any) -> bool:
    """Return whether a value was computed from Variables."""
    return isinstance(value, Recorded) and value.creator is not None


def computed(value: Recorded) -> Recorded:
    """Return a Variable that was computed; raise CannotSee for one that was given."""
    if value.creator is None:
        raise CannotSee(
            _(
                "The output, {value}, was given: nothing is computed from Variables yet, such as y = x * w.",
                value=repr(value),
            )
        )
    return value


def one_number(output: Recorded, names: dict[str, Any]) -> Chosen:
    """Return an output of one number, or with a dout of its shape that the text has; else the sum of its elements."""
    if np.size(output.data) == 1:
        return Chosen(output)
    if np.size(output.data) == 0:
        raise CannotSee(_("The output has no elements (shape {shape}).", shape=output.shape))
    dout = names.get("dout")
    if dout is not None and not isinstance(dout, Recorded) and np.shape(dout) == output.shape:
        return Chosen(output, np.asarray(dout, float), [_("What comes back first is dout, as the text has it.")])
    total = Variable.record(Sum(), output)
    note = _(
        "The output has the shape {shape}. Backward starts from one number, so its elements are summed first.",
        shape=output.shape,
    )
    return Chosen(total, None, [note])


def of_layer(layer: LayerGraph) -> Chosen:
    """Return the output of a layer."""
    return Chosen(layer.output, layer.dout, layer.notes, True)


def layer_of(names: dict[str, Any]) -> Chosen | None:
    """Return the graph of a layer that the text makes or defines, None where there is none."""
    objects = [value for value in names.values() if is_layer(value) and not isinstance(value, type)]
    if objects:
        return of_layer(graph_of_layer(objects[-1]))
    classes = [value for value in names.values() if isinstance(value, type) and is_layer(value)]
    if not classes:
        return None
    problem: CannotSee | None = None
    for cls in classes:
        try:
            chosen = of_layer(graph_of_class(cls))
        except CannotSee as found:
            problem = problem or found
            continue
        if len(classes) > 1:
            others = ", ".join(other.__name__ for other in classes if other is not cls)
            chosen.notes.insert(
                0,
                _(
                    "{name} is shown. To see another layer ({others}), make one in the last line.",
                    name=cls.__name__,
                    others=others,
                ),
            )
        return chosen
    raise problem or CannotSee("")


def nothing(last: Any, names: dict[str, Any]) -> Chosen:
    """Raise CannotSee: say what is missing."""
    if any(isinstance(value, Recorded) for value in names.values()):
        raise CannotSee(_("Nothing is computed from the Variables yet: add a line such as y = x * w."))
    if isinstance(last, (int, float, np.ndarray, np.generic)):
        raise CannotSee(_("The result is a plain number; a graph grows from Variables: x = Variable(1.0)."))
    raise CannotSee(_("There is no Variable in the text: begin with a line such as x = Variable(1.0)."))
