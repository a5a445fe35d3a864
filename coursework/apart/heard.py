"""What a student's process says, taken for what it should be: it may say anything at all."""

import builtins
from typing import TYPE_CHECKING, Any

from coursework.apart.answering import MOST_PARTS, plain, printable
from gradients.apart.wire import LENGTH, NotSent, unpack

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MOST_BYTES = 32_000_000  # of all messages with which a request is answered, most of them arrays
MOST_LETTERS = 1_000_000  # of the text in one of them


class Ear:
    """Receives the messages with which one request is answered, and no more than that."""

    def __init__(self) -> None:
        self.left = MOST_BYTES

    def message(self, connection: "Connection") -> dict[str, Any]:
        """Return the next message; raise NotSent or OSError where it is none, or too much."""
        content = connection.recv_bytes(max(0, self.left))
        self.left -= len(content) + LENGTH.size
        if len(content) < LENGTH.size or LENGTH.unpack_from(content)[0] > MOST_LETTERS:
            raise NotSent("expected a short text, and arrays behind it")
        message = unpack(content)
        if not isinstance(message, dict):
            raise NotSent("expected a dictionary")
        return message


def answered(said: dict[str, Any]) -> dict[str, Any]:
    """Return the answers to a question, an exception and what was noticed, each in its form."""
    answers, noticed = said.get("answers"), said.get("noticed")
    return {
        "answers": parts(answers) if isinstance(answers, dict) else {},
        "raised": raised(said.get("raised")),
        "noticed": plain(noticed) if isinstance(noticed, dict) else {},
    }


def parts(answers: dict[Any, Any]) -> dict[str, Any]:
    """Return answers by part."""
    return {printable(str(part)): plain(value) for part, value in list(answers.items())[:MOST_PARTS]}


def raised(said: Any) -> list[Any] | None:
    """Return the kind and text of an exception and a line, None where there is none."""
    if not isinstance(said, list) or len(said) != 3:
        return None if said is None else ["Exception", "", 0]
    kind, text, line = said
    return [words(kind)[:100], words(text), line if type(line) is int and 0 <= line < 2**31 else 0]


def all_raised(said: Any, most: int) -> list[list[Any]]:
    """Return the first exceptions of a list."""
    found = map(raised, said[:most]) if isinstance(said, list) else []
    return [one for one in found if one]


def words(said: Any) -> str:
    """Return a text, empty where it is something else."""
    return printable(said) if isinstance(said, str) else ""


def known(failed: Any) -> str:
    """Return which of Python's own exceptions a request failed with: no name that the process may have made up."""
    kind = failed[0] if isinstance(failed, list) and failed and isinstance(failed[0], str) else ""
    return kind if hasattr(builtins, kind) else "Exception"
