"""Packages that only an export needs."""

from importlib import import_module
from typing import Any

INSTALL = 'python -m pip install "chainrule[export]"'


def package(name: str, purpose: str) -> Any:
    """Return a package, imported now that it is needed.

    Raises
    ------
    ImportError
        When it is not installed; the message has the command that installs it.

    >>> package("no_such_package", "model.xyz")
    Traceback (most recent call last):
        ...
    ImportError: model.xyz needs the package no_such_package, which is not installed; install it by: python -m pip
    install "chainrule[export]"
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name.partition(".")[0]:
            raise  # it is there, and lacks something itself
        raise ImportError(
            f"{purpose} needs the package {error.name}, which is not installed; install it by: {INSTALL}",
            name=error.name,
        ) from None
