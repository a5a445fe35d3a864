"""The page of a search: what is best, how the search came there, what mattered, and every trial."""

import base64
import io
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from language import _, language
from training.command.form import Form
from training.search.best import train_form
from training.search.definition import Definition
from training.search.space import in_words
from training.search.study import SharedStudy
from training.search.table import ENOUGH, importances, rows_of
from training.search.tried import WHOLE, Tried, best_of, counted, in_order, measured, what_is_measured

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STYLE = Path(__file__).with_name("page.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def leave_page(trials: Sequence[Tried], study: SharedStudy, form: Form, words: list[str] | None) -> None:
    """Write the page that shows the search."""
    line = None if words is None else train_form(form).line(*words)
    content: Any = page_of(trials, study.definition, importances(study), line)
    study.folder.keep_page(lambda file: file.write(content.encode()))


def page_of(
    trials: Sequence[Tried], definition: Definition, importances: Mapping[str, float] | None, command: str | None
) -> str:
    """Return the page.

    Parameters
    ----------
    trials : sequence of Tried
    definition : Definition
    importances : mapping of str to float, or None
        How much each option mattered, None where there are too few trials to tell.
    command : str or None
        What trains the best network anew.
    """
    title = _("Search on {data}", data=definition.dataset)
    parts = [
        f"<h1>{escape(title)}</h1>",
        *overview(trials, definition, command),
        *course(trials, definition),
        *mattered(trials, definition, importances),
        *all_trials(trials, definition),
    ]
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body>\n</html>\n"
    )


def overview(trials: Sequence[Tried], definition: Definition, command: str | None) -> list[str]:
    """Return what was searched, what is best, and how it is trained."""
    best, kind = best_of(trials, definition.kind), definition.kind
    fixed = " ".join(definition.words())
    about = _(
        "{count} of {trials} trials: {states}. Each was judged on {share:.0%} of the training data, which it was not "
        "trained on; the test data were not used.",
        count=len(trials),
        trials=definition.trials,
        states=counted(trials),
        share=definition.validation,
    )
    parts = [paragraph(about), f'<p class="faint">{escape(_("Fixed:"))} <code>{escape(fixed)}</code></p>']
    if best is None or command is None:
        return [*parts, paragraph(_("No trial has come to its end yet."))]
    first = trials[0]
    tiles = [
        tile(
            measured(best.value, kind),
            _("best {what}, trial {number}", what=what_is_measured(kind), number=best.number),
            "best",
        ),
        tile(measured(first.value if first.state == WHOLE else None, kind), _("the defaults, trial 0")),
        tile(f"{sum(each.seconds or 0 for each in trials):,.0f} s", _("of training, in all trials together")),
    ]
    return [
        *parts,
        f'<div class="tiles">{"".join(tiles)}</div>',
        paragraph(
            _(
                "The best trial has: {params}. This trains its network anew, with all training data:",
                params=in_words(definition.vary, best.params),
            )
        ),
        f"<pre>{escape(command)}</pre>",
    ]


def tile(number: str, text: str, kind: str = "") -> str:
    """Return a number with what it is."""
    return f'<div class="tile {kind}"><b>{escape(number)}</b>{escape(text)}</div>'


def course(trials: Sequence[Tried], definition: Definition) -> list[str]:
    """Return the picture of all trials in their order."""
    from figures.search import plot_search

    if not any(each.value is not None for each in trials):
        return []
    said = _("Each point is a trial; hollow ones were stopped early, with the error that they had then.")
    alternative = _("The error of each trial on the validation data, and the best so far")
    figure = plot_search(*drawn(trials, definition))
    return [heading(_("The course of the search")), paragraph(said), picture(figure, alternative)]


def mattered(trials: Sequence[Tried], definition: Definition, importances: Mapping[str, float] | None) -> list[str]:
    """Return what mattered: a bar for each option, and the trials by its value."""
    from figures.search import plot_varied

    parts = [heading(_("What mattered"))]
    if importances is None:
        few = _(
            "With fewer than {count} complete trials there is no telling how much each option mattered.", count=ENOUGH
        )
        parts.append(paragraph(few))
    else:
        said = _(
            "How much the values of the good trials differ from those of all (PED-ANOVA), as shares of 100 %. With few "
            "trials this is a hint, no measurement; look at the pictures below, too."
        )
        rows = [
            f"<tr><td><code>{escape(name)}</code></td><td>{share:.0%}</td>"
            f'<td><span class="bar" style="width: {100 * share:.1f}%"></span></td></tr>'
            for name, share in importances.items()
        ]
        parts += [paragraph(said), f'<table class="bars"><tbody>{"".join(rows)}</tbody></table>']
    if not any(each.value is not None for each in trials):
        return parts
    columns = {each.name: [each.seen(one.params.get(each.name)) for one in trials] for each in definition.vary}
    logarithmic = [each.name for each in definition.vary if each.log]
    errors, whole, label = drawn(trials, definition)
    best = best_of(trials, definition.kind)
    figure = plot_varied(columns, errors, whole, logarithmic, None if best is None else trials.index(best), label)
    return [*parts, picture(figure, _("The error of each trial by the value of each option"))]


def drawn(trials: Sequence[Tried], definition: Definition) -> tuple[list[float | None], list[bool], str]:
    """Return what the pictures take: errors, which trials are whole, and what the errors are."""
    whole = [each.state == WHOLE for each in trials]
    if definition.kind == "values":
        return [each.value for each in trials], whole, "validation loss"
    errors = [None if each.value is None else 100 * (1 - each.value) for each in trials]
    return errors, whole, "validation error (%)"


def all_trials(trials: Sequence[Tried], definition: Definition) -> list[str]:
    """Return the table of all trials, the best first."""
    head, rows = rows_of(trials, definition)
    best = best_of(trials, definition.kind)
    lines = [f"<tr>{''.join(f'<th>{escape(cell)}</th>' for cell in head)}</tr>"]
    for each, row in zip(in_order(trials, definition.kind), rows, strict=True):
        kind = "best" if each is best else "" if each.state == WHOLE else "part"
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row[:-1])
        lines.append(f'<tr class="{kind}">{cells}<td class="reason">{escape(row[-1])}</td></tr>')
    body = "\n".join(lines[1:])
    table = f'<div class="scroll"><table><thead>{lines[0]}</thead><tbody>\n{body}\n</tbody></table></div>'
    return [heading(_("All trials")), table]


def picture(figure: "Figure", alternative: str) -> str:
    """Return a figure as part of the page."""
    content: Any = io.BytesIO()
    figure.savefig(content, format="svg")
    data = base64.b64encode(content.getvalue()).decode()
    return f'<img alt="{escape(alternative)}" src="data:image/svg+xml;base64,{data}">'


def heading(text: str) -> str:
    """Return a heading."""
    return f"<h2>{escape(text)}</h2>"


def paragraph(text: str) -> str:
    """Return a paragraph."""
    return f"<p>{escape(text)}</p>"
