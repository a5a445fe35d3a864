"""What a search varies: options of ``train.py``, each between two numbers or among some words."""

import argparse
import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from datasets.opening import Dataset
from language import _
from training.command.networks import NETWORKS
from training.command.options import flag

NUMBERS = ("lr", "weight_decay", "clip_norm", "dropout", "init")
WHOLE_NUMBERS = ("hidden", "batch_size", "epochs", "filters", "filter_size", "channels", "blocks")
WORDS = ("optimizer", "schedule", "activation")
SWITCHES = ("batch_norm",)
VARIABLE = (*NUMBERS, *WHOLE_NUMBERS, *WORDS, *SWITCHES)
SCALES = ("log", "linear")
LEAST_BATCH = 8  # of smaller ones the gradient is mostly chance
DIGITS = 4  # of a number that is tried, so that it is written in full everywhere


class Varied(NamedTuple):
    """An option that is varied.

    Attributes
    ----------
    name : str
        As in ``options.lr``.
    low, high : float
        What it is between; NaN where there are choices.
    log : bool
        Whether it is its logarithm that is spread evenly.
    choices : tuple of str
        As they are typed; empty where there is a range.
    """

    name: str
    low: float = math.nan
    high: float = math.nan
    log: bool = False
    choices: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it is a whole number."""
        return self.name in WHOLE_NUMBERS and not self.choices

    def __str__(self) -> str:
        """Return it as it is typed behind ``--vary``."""
        if self.choices:
            return f"{self.name}={','.join(self.choices)}"
        return f"{self.name}={self.low:g}:{self.high:g}:{SCALES[not self.log]}"

    def word(self, value: Any) -> str:
        """Return a value as it is typed behind its option: a number with four digits.

        >>> Varied("lr", 0.001, 1.0, log=True).word(0.0123456)
        '0.01235'
        """
        if self.choices:
            return str(value)
        if self.whole:
            return str(int(value))
        return repr(min(max(float(f"{value:.{DIGITS}g}"), self.low), self.high))

    def arguments(self, value: Any) -> list[str]:
        """Return the words for ``train.py``.

        >>> Varied("hidden", choices=("100", "200 100")).arguments("200 100")
        ['--hidden', '200', '100']
        """
        if self.name in SWITCHES:
            return [flag(self.name)] if value == "yes" else []
        return [flag(self.name), *self.word(value).split()]

    def seen(self, value: Any) -> Any:
        """Return a value as it was used, as a number where it is one; None where there is none."""
        return value if self.choices or value is None else float(self.word(value))

    def nearest(self, usual: Any) -> Any:
        """Return what is nearest to the value that ``train.py`` would take; where that is none, the middle.

        >>> Varied("lr", 0.001, 0.1, log=True).nearest(0.5), Varied("optimizer", choices=("adam", "sgd")).nearest("sgd")
        (0.1, 'sgd')
        """
        if self.choices:
            word = " ".join(map(str, usual)) if isinstance(usual, tuple) else str(usual)
            word = {"True": "yes", "False": "no"}.get(word, word) if self.name in SWITCHES else word
            same = [choice for choice in self.choices if choice == word or as_number(choice) == as_number(word)]
            return same[0] if same else self.choices[0]
        number = as_number(usual[0] if isinstance(usual, tuple) and len(usual) == 1 else usual)
        if math.isnan(number):
            number = math.sqrt(self.low * self.high) if self.log else (self.low + self.high) / 2
        number = min(max(number, self.low), self.high)
        return int(number) if self.whole else number


def as_number(value: Any) -> float:
    """Return a value as a number, NaN where it is none."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def varied(text: str) -> Varied:
    """Parse what stands behind ``--vary``.

    >>> varied("lr=0.001:1"), str(varied("optimizer=sgd,adam"))
    (Varied(name='lr', low=0.001, high=1.0, log=True, choices=()), 'optimizer=sgd,adam')

    Raises
    ------
    argparse.ArgumentTypeError
    """
    name, equals, what = text.partition("=")
    name = name.strip().lstrip("-").replace("-", "_")
    if not equals or not name or not what.strip():
        said = _("expected NAME=LOW:HIGH or NAME=ONE,OTHER, such as lr=0.001:1, got {text} (the folder stands first)")
        raise argparse.ArgumentTypeError(said.format(text=text or "''"))
    if name not in VARIABLE:
        known = ", ".join(VARIABLE)
        raise argparse.ArgumentTypeError(_("{name} cannot be varied; {known} can", name=name, known=known))
    if ":" in what:
        return between(name, what)
    choices = tuple(dict.fromkeys(" ".join(word.split()) for word in what.split(",") if word.strip()))
    if len(choices) < 2:
        said = _("{text} is one value only; give it as {flag}, or several: NAME=ONE,OTHER or NAME=LOW:HIGH")
        raise argparse.ArgumentTypeError(said.format(text=text, flag=f"{flag(name)} {what}"))
    if name in SWITCHES and set(choices) != {"yes", "no"}:
        raise argparse.ArgumentTypeError(_("{name} is varied as {name}=yes,no, got {text}", name=name, text=text))
    return Varied(name, choices=choices)


def between(name: str, what: str) -> Varied:
    """Return a range: LOW:HIGH, and log or linear; without them log, where HIGH is ten times LOW or more."""
    low, high, *scale = what.split(":")
    ends = [as_number(end.strip()) for end in (low, high)]
    text = f"{name}={what}"
    if name in (*WORDS, *SWITCHES):
        raise argparse.ArgumentTypeError(_("{name} has no range; name some: {name}=ONE,OTHER", name=name))
    if not all(map(math.isfinite, ends)) or ends[0] >= ends[1] or len(scale) > 1 or not set(scale) <= set(SCALES):
        said = _("expected {name}=LOW:HIGH with numbers LOW < HIGH, and :log or :linear where you like, got {text}")
        raise argparse.ArgumentTypeError(said.format(name=name, text=text))
    if name in WHOLE_NUMBERS and any(end != int(end) for end in ends):
        raise argparse.ArgumentTypeError(_("{name} is a whole number, got {text}", name=name, text=text))
    if scale == ["log"] and ends[0] <= 0:
        raise argparse.ArgumentTypeError(_("a logarithmic range begins above 0, got {text}", text=text))
    log = scale == ["log"] if scale else 0 < 10 * ends[0] <= ends[1]
    return Varied(name, ends[0], ends[1], log)


def usual_values(data: Dataset, options: argparse.Namespace) -> dict[str, Any]:
    """Return what ``train.py`` takes for each option that can be varied, with the given ones."""
    choice = NETWORKS[options.network]
    usual = choice.usual(data, options.optimizer)
    given = {name: getattr(options, name) for name in VARIABLE if getattr(options, name, None) is not None}
    decay = 0.01 if (options.optimizer or usual.optimizer) == "adamw" else 0.0
    return {"weight_decay": decay, "clip_norm": None, **choice.options, **usual.__dict__, **given}


def usual_space(data: Dataset, options: argparse.Namespace) -> list[Varied]:
    """Return what is varied when nothing is said: what matters most of what is not given, around what is usual."""
    usual = usual_values(data, options)
    space = [around("lr", usual["lr"], 25, 4), around("batch_size", usual["batch_size"], 4, 4, LEAST_BATCH)]
    space.append(Varied("schedule", choices=("constant", "cosine")))
    own = NETWORKS[options.network].options
    if "hidden" in own and len(own["hidden"]) == 1:
        space.append(around("hidden", own["hidden"][0], 4, 2))
    elif "hidden" in own:
        space.append(Varied("hidden", choices=("100", "200 100", "400 200", "200 200 100")))
    if "dropout" in own:
        space.append(Varied("dropout", 0.0, 0.6))
    space += [around(name, own[name], 3, 2) for name in ("filters",) if name in own]
    if "blocks" in own:
        space.append(Varied("blocks", 1, 3))
    return [each for each in space if getattr(options, each.name, None) is None]


def around(name: str, usual: float, below: float, above: float, least: int = 1) -> Varied:
    """Return the range from a part of what is usual to a multiple of it; whole numbers are at least ``least``."""
    low, high = usual / below, usual * above
    if name in WHOLE_NUMBERS:
        low, high = max(least, round(low)), max(least + 1, round(high))
    return Varied(name, low, high, log=True)


def arguments_of(space: Sequence[Varied], params: Mapping[str, Any]) -> list[str]:
    """Return a trial's parameters as words for ``train.py``."""
    return [word for each in space if each.name in params for word in each.arguments(params[each.name])]


def in_words(space: Sequence[Varied], params: Mapping[str, Any]) -> str:
    """Return a trial's parameters in one line.

    >>> in_words([Varied("lr", 0.001, 1.0), Varied("hidden", 20, 400)], {"lr": 0.0123456, "hidden": 50})
    'lr 0.01235, hidden 50'
    """
    return ", ".join(f"{each.name} {each.word(params[each.name])}" for each in space if each.name in params)
