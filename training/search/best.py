"""The best trial, and its network trained anew with all training data."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from language import _, language
from training.command.form import Form
from training.loop.interrupts import Interrupted, Interrupts
from training.search.definition import Definition, SearchFolder
from training.search.space import arguments_of, in_words
from training.search.tried import Tried, best_of, counted, measured, what_is_measured

TRAIN = Path(__file__).resolve().parents[2] / "train.py"


def best_words(trials: Sequence[Tried], definition: Definition, folder: SearchFolder) -> list[str] | None:
    """Return the words for ``train.py`` that train the best trial's network with all data; None where there is none."""
    best = best_of(trials, definition.kind)
    if best is None:
        return None
    out = str(folder.path / f"best-{best.number}")
    return [*definition.words(), *arguments_of(definition.vary, best.params), *out_words(out)]


def out_words(out: str) -> list[str]:
    """Return the option with a folder, whose name may begin with a dash."""
    return [f"--out={out}"] if out.startswith("-") else ["--out", out]


def train_form(form: Form) -> Form:
    """Return how ``train.py`` is called where the search is called like this.

    >>> str(train_form(Form(("chainrule", "search")))), str(train_form(Form(("python", "-m", "training.search"))))
    ('chainrule train', 'train.py')
    """
    return Form((*form.words[:-1], "train")) if form.words[-1] == "search" else Form(("python", "train.py"))


def say_best(trials: Sequence[Tried], definition: Definition, form: Form, words: list[str] | None) -> None:
    """Print how many trials there are, which is best, and how its network is trained anew."""
    best, kind = best_of(trials, definition.kind), definition.kind
    print(
        _("{count} of {trials} trials: {states}", count=len(trials), trials=definition.trials, states=counted(trials))
    )
    if best is None or words is None:
        print(_("no trial has come to its end"))
        return
    said = _("best: trial {number}, {what} {value}: {params}")
    values = {"what": what_is_measured(kind), "value": measured(best.value, kind)}
    print(said.format(number=best.number, params=in_words(definition.vary, best.params), **values))
    first = trials[0]
    print(
        _(
            "the defaults (trial 0): {value}",
            value=measured(first.value, kind) if first.state == "whole" else _("no value"),
        )
    )
    print(_("train it with all training data:"), f"  {train_form(form).line(*words)}", sep="\n")


def train_best(words: Sequence[str], form: Form) -> int:
    """Train the best trial's network, by the command that was printed, and return its exit status."""
    print(f"\n{train_form(form).line(*words)}\n", flush=True)
    with Interrupts(all_requests=True):
        child = subprocess.Popen([sys.executable, str(TRAIN), *words, "--language", language()])
        try:
            return child.wait()
        except Interrupted as request:  # Ctrl-C has reached it, too
            child.send_signal(request.number)
            return child.wait()
