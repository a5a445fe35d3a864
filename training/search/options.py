"""The command line of a search: its own options, and those of ``train.py`` that stay fixed."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from language import _
from training.command.command_line import Parser, folder_path, seed_number, whole_number
from training.command.data_options import add_data_options, check_data_options
from training.command.form import Form
from training.command.options import add_network_options, add_options, flag, given_to_network, parse
from training.search.space import Varied, arguments_of, varied

OWN = ("folder", "trials", "vary", "validation", "show", "train_best", "quiet")
PLACES = ("data", "data_dir")  # where the data are, which may differ from machine to machine
FREE_ON_JOINING = ("folder", "trials", "show", "train_best", "quiet", *PLACES)
TRIALS, VALIDATION = 40, 0.1


def parser_of(form: Form) -> Parser:
    """Return the parser of the command line."""
    says = _(
        "Search for good hyperparameters of train.py. Any number of processes, started with the same folder, share the "
        "work; one that is killed and started again goes on."
    )
    parser = Parser(prog=str(form), description=says, allow_abbrev=False)
    add = parser.add_argument
    add("folder", type=folder_path, metavar="FOLDER", help=_("of the search: a new one, or one to take part in"))
    usual = _("how many trials, by all processes together ({count})", count=TRIALS)
    add("--trials", type=whole_number, metavar="N", help=usual)
    add(
        "--vary",
        type=varied,
        nargs="+",
        metavar="NAME=RANGE",
        help=_("what is varied: lr=0.001:1 hidden=20:400 optimizer=sgd,adam (what matters most of the network)"),
    )
    add("--show", action="store_true", help=_("only show what has been found so far, and write the page"))
    add(
        "--train-best",
        action="store_true",
        help=_("at the end, train the best network anew with all training data, in a folder of its own"),
    )
    add("--quiet", action="store_true", help=_("print the result and errors only"))
    fixed = _("seed for weights and batches of every trial (0)")
    add("--seed", type=seed_number, metavar="N", help=fixed)
    add("--shards", type=whole_number, metavar="N", help=_("cut each batch into N shards"))
    add_data_options(parser)
    add_options(parser)
    add_network_options(parser)
    parser.set_defaults(network=None, dataset=None)
    return parser


def read(arguments: Sequence[str], form: Form) -> argparse.Namespace:
    """Return the options of a search, checked as far as it goes without its data.

    ``fixed`` are the words for ``train.py`` that stay fixed, without the places of the data, and ``joins`` says whether
    nothing was given that makes a search what it is.
    """
    parser = parser_of(form)
    options = parser.parse_args(arguments)
    given = {name: value for name, value in vars(options).items() if value not in (None, False)}
    options.fixed = []
    options.joins = not given.keys() - set(FREE_ON_JOINING)
    if options.show and options.train_best:
        parser.error(_("--show only shows, and --train-best trains; give one of them"))
    if options.joins:
        return options
    seen = argparse.Namespace(**{**vars(options), "resume": None, "dataset": options.dataset or "auto"})
    seen.network = options.network or "TwoLayerNet"
    check_data_options(parser, seen)
    given_to_network(parser, seen)
    options.fixed = words_of(options)
    check_vary(parser, options, str(form))
    return options


def words_of(options: argparse.Namespace) -> list[str]:
    """Return the options of ``train.py`` that were given, as words in an order that is always the same."""
    words: list[str] = []
    for name, value in sorted(vars(options).items()):
        if name in (*OWN, *PLACES, "joins", "fixed") or value is None or value is False:
            continue
        words.append(flag(name))
        if value is not True:
            words += map(str, value) if isinstance(value, (list, tuple)) else [str(value)]
    return words


def check_vary(parser: Parser, options: argparse.Namespace, program: str) -> None:
    """Make it an error to vary what is fixed, to vary it twice, or to ask for what ``train.py`` would refuse."""
    names = [each.name for each in options.vary or ()]
    for name in names:
        if names.count(name) > 1:
            parser.error(_("--vary names {name} twice", name=name))
        if getattr(options, name, None) not in (None, False):
            parser.error(_("{flag} is fixed and varied; leave out one of them", flag=flag(name)))
    for each in options.vary or ():
        for value in each.choices or (each.low, each.high):
            parse_trial(options.fixed, places_of(options), [each], {each.name: value}, program)


def places_of(options: argparse.Namespace) -> dict[str, str]:
    """Return where the data are, as far as it was said."""
    return {name: str(Path(value).resolve()) for name in PLACES if (value := getattr(options, name)) is not None}


def place_words(places: dict[str, str]) -> list[str]:
    """Return the words that say where the data are."""
    return [word for name, path in sorted(places.items()) for word in (flag(name), path)]


def parse_trial(
    fixed: Sequence[str],
    places: dict[str, str],
    space: Sequence[Varied],
    params: dict[str, Any],
    program: str,
    *more: str,
) -> argparse.Namespace:
    """Return the options of ``train.py`` with which a trial is made; what it refuses ends the program with a line."""
    return parse("", [*fixed, *place_words(places), *arguments_of(space, params), *more], program)
