"""The data set that ``train.py`` trains on."""

import argparse
import sys
from urllib.parse import urlsplit

from datasets import DownloadError
from datasets.formats.choices import ERROR
from datasets.opening import Dataset, open_digits, open_mnist, open_table, open_toy
from datasets.splitting import hold_out
from datasets.toy import TOYS
from language import _


def choose_dataset(options: argparse.Namespace) -> Dataset:
    """Return the data set that was asked for, with the share held out that was asked for."""
    data = open_dataset(options)
    return data if options.validation is None else hold_out(data, options.validation)


def open_dataset(options: argparse.Namespace) -> Dataset:
    """Return the data set that was asked for; ``auto`` is MNIST, or the digits where MNIST is not to be had."""
    if options.data is not None:
        if options.data.is_dir():
            raise FileNotFoundError(_("{path} is a folder; --data takes a file", path=options.data))
        if not options.data.is_file():
            raise FileNotFoundError(_("there is no file {path}", path=options.data))
        return open_table(options.data, options.target, options.kind, options.missing or ERROR, options.without or ())
    if options.dataset in TOYS:
        return toy(options)
    if options.dataset == "digits":
        return open_digits(options.data_dir)
    try:
        return open_mnist(options.data_dir)
    except DownloadError as error:
        if options.dataset == "mnist":
            raise
        said = "; ".join(f"{urlsplit(place).hostname or place}: {reason}" for place, reason in error.failures.items())
        print(
            _(
                "MNIST is not on this machine and cannot be downloaded ({said}). To train on it, connect to the "
                "network, or pass the folder that holds its four files as --data-dir. Training on the embedded digits "
                "instead.",
                said=said,
            ),
            file=sys.stderr,
        )
        return open_digits()


def toy(options: argparse.Namespace) -> Dataset:
    """Return the toy set that was asked for, which lies in no folder."""
    if options.data_dir is not None:
        raise ValueError(_("{name} is made by the program: leave out --data-dir", name=options.dataset))
    return open_toy(options.dataset)
