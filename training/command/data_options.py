"""The options of ``train.py`` that say what is learned from."""

import argparse

from datasets.formats.choices import ERROR, KINDS, WAYS
from datasets.toy import TOYS
from language import N_, _
from training.command.command_line import Parser, file_path, folder_path, number

OF_TABLES = ("target", "kind", "missing", "without")  # beside --data, of which they say more
share_held_out = number(N_("a share between 0 and 1, such as 0.1"), lambda value: 0 < value < 1)


def add_data_options(parser: Parser) -> None:
    """Add them."""
    add = parser.add_argument
    which = _("auto (mnist, else digits), mnist, digits, or a toy set: {names}", names=", ".join(TOYS))
    add("--dataset", choices=["auto", "mnist", "digits", *TOYS], default="auto", metavar="NAME", help=which)
    add("--data-dir", type=folder_path, metavar="DIR", help=_("folder with MNIST's four files, or other images"))
    add("--data", type=file_path, metavar="FILE", help=_("a table instead: CSV or .npz, with --target"))
    add("--target", metavar="COLUMN", help=_("the column of the table that is to be learned"))
    kind = _("what the target is: classes or values (told by its content)")
    add("--kind", choices=KINDS, metavar="KIND", help=kind)
    what = _("where values are missing: {ways} ({usual})", ways=", ".join(WAYS), usual=ERROR)
    add("--missing", choices=WAYS, metavar="WAY", help=what)
    add("--without", nargs="+", metavar="COLUMN", help=_("columns of the table to leave out"))
    add(
        "--validation",
        type=share_held_out,
        metavar="SHARE",
        help=_("hold out this share of the training samples, and measure on it after each epoch"),
    )


def check_data_options(parser: Parser, options: argparse.Namespace) -> None:
    """Make it an error to say of one kind of data what belongs to another."""
    if options.resume is not None:  # the run's own options are checked, when it goes on
        return
    if options.data is None:
        given = [f"--{name}" for name in OF_TABLES if getattr(options, name) is not None]
        if given:
            parser.error(_("{options}: only a table has such options, and --data FILE is missing", options=given[0]))
        return
    if options.dataset != "auto" or options.data_dir is not None:
        other = "--dataset" if options.dataset != "auto" else "--data-dir"
        parser.error(_("--data is a table of one's own; leave out {other}", other=other))
    if options.target is None:
        parser.error(_("--data needs --target COLUMN: the column that is to be learned"))
