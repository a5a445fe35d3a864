"""What a search has found, as a table for the terminal and as a page."""

import warnings
from collections.abc import Sequence

from language import N_, _
from training.search.definition import Definition
from training.search.study import SharedStudy
from training.search.tried import STATES, WHOLE, Tried, in_order, measured, what_is_measured

HEAD = (N_("trial"), N_("state"), N_("epochs"), N_("seconds"))
ENOUGH = 10  # whole trials, for a judgement of what mattered
TOP = 5  # trials, at least, that count as good in it


def rows_of(trials: Sequence[Tried], definition: Definition) -> tuple[list[str], list[list[str]]]:
    """Return the head and the rows of the table, the best trials first."""
    trial, state, epochs, seconds = map(_, HEAD)
    head = [trial, what_is_measured(definition.kind), *(each.name for each in definition.vary), epochs, seconds, state]
    rows = [
        [
            str(each.number),
            measured(each.value, definition.kind),
            *(one.word(each.params[one.name]) if one.name in each.params else "-" for one in definition.vary),
            str(each.epochs),
            "-" if each.seconds is None else f"{each.seconds:.1f}",
            f"{_(STATES[each.state])}: {each.reason}" if each.reason else _(STATES[each.state]),
        ]
        for each in in_order(trials, definition.kind)
    ]
    return head, rows


def table_of(trials: Sequence[Tried], definition: Definition, most: int | None) -> str:
    """Return the table as text, with at most so many rows."""
    head, rows = rows_of(trials, definition)
    rows = [row if len(row[-1]) <= 60 else [*row[:-1], f"{row[-1][:57]}..."] for row in rows]
    shown = rows if most is None else rows[:most]
    widths = [max(map(width, column)) for column in zip(head, *shown, strict=True)]
    lines = [
        "  ".join(padded(cell, size, i) for i, (cell, size) in enumerate(zip(row, widths, strict=True)))
        for row in [head, *shown]
    ]
    lines = [line.rstrip() for line in lines]
    return "\n".join(
        [*lines, _("... and {count} more", count=len(rows) - len(shown))] if len(shown) < len(rows) else lines
    )


def width(text: str) -> int:
    """Return how many columns a text takes in a terminal, where Korean letters take two."""
    from unicodedata import east_asian_width

    return sum(1 + (east_asian_width(letter) in "WF") for letter in text)


def padded(cell: str, size: int, place: int) -> str:
    """Return a cell as wide as its column: numbers to the right, the trial to the left."""
    space = " " * (size - width(cell))
    return cell + space if place == 0 else space + cell


def importances(study: SharedStudy) -> dict[str, float] | None:
    """Return how much each option mattered, shares that sum to 1; None where there are too few trials to tell.

    PED-ANOVA (Watanabe, Bansal & Hutter, 2023): how differently the good trials' values are distributed from those of
    all.
    """
    whole = [trial for trial in study.seen() if trial.state == WHOLE]
    if len(whole) < ENOUGH or len({trial.value for trial in whole}) < 2:
        return None
    importance = study.optuna.importance
    evaluator = importance.PedAnovaImportanceEvaluator(target_quantile=max(0.1, TOP / len(whole)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found: dict[str, float] = importance.get_param_importances(study.study, evaluator=evaluator)
    return found
