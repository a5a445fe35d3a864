"""What is known of the trials of a search, as plain data, which the table, the page and the pictures show."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from language import N_, _
from training.search.definition import Definition
from training.search.space import in_words

WHOLE, CUT, DIVERGED, FAILED, RUNNING = "whole", "cut", "diverged", "failed", "running"
STATES = {
    WHOLE: N_("complete"),
    CUT: N_("stopped early"),
    DIVERGED: N_("diverged"),
    FAILED: N_("failed"),
    RUNNING: N_("running"),
}


class Tried(NamedTuple):
    """A trial.

    Attributes
    ----------
    number : int
    state : {"whole", "cut", "diverged", "failed", "running"}
    value : float or None
        The accuracy, or in regression the loss, on the validation data after its last epoch so far.
    loss : float or None
        On the validation data, of a trial that is whole.
    params : dict
    epochs : int
        That were trained and reported.
    seconds : float or None
    reason : str or None
        Why it diverged or failed.
    """

    number: int
    state: str
    value: float | None
    loss: float | None
    params: dict[str, Any]
    epochs: int
    seconds: float | None
    reason: str | None


def tried(trial: Any) -> Tried:
    """Return a trial of Optuna's as plain data."""
    attrs, steps = trial.user_attrs, trial.intermediate_values
    state = attrs.get("ended") or {"COMPLETE": WHOLE, "PRUNED": CUT, "FAIL": FAILED}.get(trial.state.name, RUNNING)
    if not trial.state.is_finished():
        state = RUNNING
    value = steps[max(steps)] if steps else None
    return Tried(
        trial.number,
        state,
        value,
        attrs.get("validation_loss"),
        dict(trial.params),
        len(steps),
        attrs.get("seconds"),
        attrs.get("reason") if state in (DIVERGED, FAILED) else None,
    )


def is_better(first: Tried, second: Tried, kind: str) -> bool:
    """Return whether a whole trial is better than another: in accuracy, then in loss, then because it came before."""
    return rank(first, kind) < rank(second, kind)


def rank(trial: Tried, kind: str) -> tuple[float, float, int]:
    """Return a key by which better trials come first."""
    value = trial.value if trial.value is not None else float("inf") if kind == "values" else float("-inf")
    loss = float("inf") if trial.loss is None else trial.loss
    return (value if kind == "values" else -value, loss, trial.number)


def best_of(trials: Sequence[Tried], kind: str) -> Tried | None:
    """Return the best of the trials that are whole."""
    return min((trial for trial in trials if trial.state == WHOLE), key=lambda trial: rank(trial, kind), default=None)


def in_order(trials: Sequence[Tried], kind: str) -> list[Tried]:
    """Return the trials, the best of those that are whole first, then the others by number."""
    whole = sorted((trial for trial in trials if trial.state == WHOLE), key=lambda trial: rank(trial, kind))
    return whole + [trial for trial in trials if trial.state != WHOLE]


def measured(value: float | None, kind: str) -> str:
    """Return an accuracy or a loss as it is written.

    >>> measured(0.9712, "classes"), measured(0.01234, "values")
    ('97.12%', '0.01234')
    """
    if value is None:
        return "-"
    return f"{value:.4g}" if kind == "values" else f"{value:.2%}"


def what_is_measured(kind: str) -> str:
    """Return the name of what is measured on the validation data."""
    return _("validation loss") if kind == "values" else _("validation accuracy")


def line_of(trial: Tried, definition: Definition, best: Tried | None) -> str:
    """Return the line that tells of a trial that has come to its end."""
    kind, params = definition.kind, in_words(definition.vary, trial.params)
    words = {"number": trial.number, "params": params, "what": what_is_measured(kind), "epochs": trial.epochs}
    value = measured(trial.value, kind)
    if trial.state == WHOLE:
        said = _("trial {number}: {what} {value}, {seconds:.1f} s  ({params})")
        line = said.format(value=value, seconds=trial.seconds or 0, **words)
        if best is not None and best.number != trial.number:
            said = _("best {value}, trial {number}")
            return f"{line}  {said.format(value=measured(best.value, kind), number=best.number)}"
        return f"{line}  {_('the best so far')}"
    if trial.state == CUT:
        return _("trial {number}: stopped after epoch {epochs} at {what} {value}  ({params})", value=value, **words)
    return _(
        "trial {number}: {state}: {reason}  ({params})", state=_(STATES[trial.state]), reason=trial.reason, **words
    )


def counted(trials: Sequence[Tried]) -> str:
    """Return how many trials are in each state."""
    counts = {state: sum(trial.state == state for trial in trials) for state in STATES}
    return ", ".join(f"{count} {_(STATES[state])}" for state, count in counts.items() if count)
