"""A softmax whose backward leaves its derivative to the cross entropy behind it."""

import io
import re
import tokenize
from typing import Any

import numpy as np

from gradients.diagnosis.shared import softmax
from gradients.locating.functions import text_of_backward
from gradients.locating.with_places import own_source
from gradients.measuring.case import Case
from gradients.report import Finding
from language import N_, _

GIVES, FORWARD = N_("backward gives"), N_("forward is a")
DOUT, ONES = N_("dout as it came"), N_("ones, whatever dout is")
# What a comment speaks of that tells why: the loss that the softmax is combined with.
EXPLAINS = re.compile(
    r"entrop|cross.?ent|交叉熵|クロスエントロピー|엔트로피|combin|kombin|fused|together with"
    r"|\b(in|by|with|inside|into) (the |its |a )?\w*loss",
    re.IGNORECASE,
)


def what_is_left(case: Case, name: str) -> str:
    """Return what backward gives where forward is a softmax and its derivative is left out: dout, or ones; else ""."""
    given = case.given(name)
    if given is None or not which_softmax(case, name) or given.shape != case.douts[0].shape:
        return ""
    return DOUT if np.array_equal(given, case.douts[0]) else ONES if (given == 1).all() else ""


def which_softmax(case: Case, name: str) -> str:
    """Return whether forward is a ``softmax``, a ``log-softmax``, or neither, ``""``."""
    x, y = case.point.inputs[case.subject.input_names[name]], case.output()
    if y is None or np.shape(x) != y.shape:
        return ""
    over = [softmax_over(x, axis) for axis in range(y.ndim)]
    with np.errstate(all="ignore"):
        of_x = {"softmax": y, "log-softmax": np.exp(y)}
    return next((which for which, p in of_x.items() if any(np.allclose(p, each) for each in over)), "")


def softmax_over(x: np.ndarray, axis: int) -> np.ndarray:
    """Return the softmax over an axis."""
    return np.moveaxis(softmax(np.moveaxis(x, axis, -1)), -1, axis)


def is_explained(subject: Any) -> bool:
    """Return whether a comment or docstring of a subject's backward speaks of the loss that it is combined with."""
    source = own_source(subject)
    return source is not None and any(map(EXPLAINS.search, remarks_in(text_of_backward(source, subject))))


def remarks_in(text: str) -> list[str]:
    """Return the comments and the strings of some lines of Python, as far as they can be read."""
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in (tokenize.COMMENT, tokenize.STRING):
                found.append(token.string)
    except (tokenize.TokenError, SyntaxError):
        return found
    return found


def left_to_loss(name: str, which: str, given: str, more: str = "") -> Finding:
    """Return the note that a softmax or log-softmax leaves its derivative to the loss."""
    is_log = which == "log-softmax"
    message = _(
        "backward gives {given}: the derivative of the {softmax} is left to the {loss}. That is right where the loss "
        "gives {gives}, the gradient with respect to the scores before the {softmax}, and wrong before any other loss.",
        given=_(given),
        softmax=which,
        loss=_("negative log-likelihood") if is_log else _("cross entropy"),
        gives="exp(log p) - t" if is_log else "p - t",
    )
    seen = {"leaves out": _("the derivative of the {softmax}", softmax=which)}
    return Finding("combined", name, f"{message} {more}".rstrip(), seen)


def unexplained(name: str, which: str) -> Finding:
    """Return the finding that a softmax passes dout on, with the convention by which that may be right."""
    derivative, loss, gives = (
        ("dout - exp(y) * sum(dout)", _("negative log-likelihood"), "exp(log p) - t")
        if which == "log-softmax"
        else ("y * (dout - sum(dout * y))", _("cross entropy"), "p - t")
    )
    return Finding(
        "missing-term",
        name,
        _(
            "{name} is dout as it came: the derivative of the {softmax} is missing, {derivative}. If it is left to a "
            "{loss} that gives {gives}, say so in a comment: then it is right, but with that loss alone.",
            name=name,
            softmax=which,
            derivative=derivative,
            loss=loss,
            gives=gives,
        ),
        {GIVES: DOUT, FORWARD: which},
    )
