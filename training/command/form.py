"""The form in which a program is called, which its messages name."""

import shlex
from typing import NamedTuple


class Form(NamedTuple):
    """The words before a program's arguments.

    >>> str(Form(("python", "train.py"))), str(Form(("chainrule", "train")))
    ('train.py', 'chainrule train')
    >>> Form(("chainrule", "train")).line("--out", "my run")
    "chainrule train --out 'my run'"
    """

    words: tuple[str, ...]

    def __str__(self) -> str:
        """Return the program's name, as error messages begin with it."""
        return self.words[-1] if self.words[-1].endswith(".py") else " ".join(self.words)

    def line(self, *arguments: str) -> str:
        """Return the whole command, as it is typed."""
        return shlex.join([*self.words, *arguments])
