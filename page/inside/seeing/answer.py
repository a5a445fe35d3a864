"""The job "see": a text goes in, the graph that it computes comes out."""

from typing import Any

import numpy as np

from graph.picture.labels import CLEARER
from graph.picture.nodes import MOST
from graph.walk import topological_order
from language import _
from page.inside.seeing.choosing import choose
from page.inside.seeing.explaining import Explaining
from page.inside.seeing.flow import Flow
from page.inside.seeing.mathematics import name_text, value_text
from page.inside.seeing.naming import take_names
from page.inside.seeing.placing import node_sign, placed, sizes_of
from page.inside.seeing.problems import CannotSee
from page.inside.seeing.running import Ran, captured, run


def see(request: dict[str, Any]) -> dict[str, Any]:
    """Return the graph of a text, ready to be drawn, or in words why there is none.

    Parameters
    ----------
    request : dict
        ``text``: some lines of Python.

    Returns
    -------
    dict
        ``graph``, or ``problem`` with a message and perhaps the line; ``printed``: what the text printed; ``notes``.
    """
    ran = Ran()
    try:
        with captured(ran):
            run(str(request.get("text", "")), ran)
            chosen = choose(ran)
            order = topological_order(chosen.output)
            refuse_too_many(len(order))
            take_names(ran.names, order)
            flow = Flow(chosen.output, chosen.dout, chosen.is_layer)
    except CannotSee as problem:
        return {"problem": {"message": problem.message, "line": problem.line}, "printed": ran.printed, "notes": []}
    return {"graph": drawn(flow), "printed": ran.printed, "notes": [*chosen.notes, *not_finite(flow)]}


def refuse_too_many(count: int) -> None:
    """Raise CannotSee for more nodes than a picture can hold."""
    if count > MOST:
        raise CannotSee(
            _(
                "The graph has {count} nodes, more than the {most} that the page draws. Let the last line be a value "
                "in the middle, or compute with fewer steps.",
                count=count,
                most=MOST,
            )
        )


def drawn(flow: Flow) -> dict[str, Any]:
    """Return a graph as the page draws it."""
    sizes = sizes_of(flow)
    picture = placed(flow, [size for size, _above, _below in sizes])
    explaining = Explaining(flow)
    nodes = []
    for place, (variable, (_size, above, below)) in enumerate(zip(flow.order, sizes, strict=True)):
        nodes.append(
            {
                **picture.node(place),
                "kind": kind_of(variable),
                "operation": "" if variable.creator is None else type(variable.creator).__name__,
                "sign": node_sign(flow, place),
                "title": title_of(variable),
                "name": flow.names[place],
                "shown": name_text(flow.names[place]),
                "inputs": list(flow.inputs[place]),
                "value": above,
                "valueText": value_text(variable.data),
                "gradient": below,
                "gradientText": value_text(variable.grad) if below else "",
                "explanation": explaining.node(place),
            }
        )
    return {
        "width": picture.width,
        "height": picture.height,
        "nodes": nodes,
        "wires": picture.wires(),
        "forward": list(flow.forwards()),
        "backward": list(flow.backwards()),
        "top": name_text(flow.top),
    }


def title_of(variable: Any) -> str:
    """Return an operation's sign in one line of text, empty where there is none."""
    symbol = "" if variable.creator is None else " ".join(variable.creator.symbol.split())
    return CLEARER.get(symbol, symbol)


def kind_of(variable: Any) -> str:
    """Return whether a value was given, is a constant, or was computed."""
    if variable.creator is not None:
        return "operation"
    return "input" if variable.takes_gradient else "constant"


def not_finite(flow: Flow) -> list[str]:
    """Return where a value or a gradient first stops being finite."""
    said = []
    first = next((k for k, v in enumerate(flow.order) if not np.isfinite(v.data).all()), None)
    if first is not None:
        said.append(
            _(
                "{name} is not finite: {value}.",
                name=name_text(flow.names[first]),
                value=value_text(flow.order[first].data),
            )
        )
    back = [k for k in reversed(range(len(flow.order))) if flow.order[k].grad is not None]
    first = next((k for k in back if not np.isfinite(np.asarray(flow.order[k].grad)).all()), None)
    if first is not None:
        said.append(
            _(
                "The gradient of {name} is not finite: {value}.",
                name=name_text(flow.names[first]),
                value=value_text(flow.order[first].grad),
            )
        )
    return said
