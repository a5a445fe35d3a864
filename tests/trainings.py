"""Trainings that go wrong, and healthy ones: how the files in ``training/sick`` and ``training/healthy`` are written.

A case is a function that trains and returns what ``diagnose`` takes: a :class:`training.Trainer` after its ``train``,
or a :class:`Loop` of one's own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "training"
CODES = (
    "learning-rate-too-high", "learning-rate-too-low", "not-learning", "dead-units", "saturated", "vanishing",
    "exploding", "symmetric", "unscaled-input", "labels-unrelated", "leak", "imbalanced", "one-answer", "overfitting",
    "underfitting", "not-updated", "wrong-sign", "wrong-gradient", "stale-data", "batch-too-small", "noisy", "mode",
    "plateau", "unfinished",
)  # fmt: skip


@dataclass
class Loop:
    """A loop of one's own that has come to its end: the arguments of ``diagnose``."""

    network: Any
    x_train: Any
    t_train: Any
    x_test: Any = None
    t_test: Any = None
    options: dict[str, Any] = field(default_factory=dict)  # optimizer, losses


def loop(network: Any, x_train: Any, t_train: Any, x_test: Any = None, t_test: Any = None, **options: Any) -> Loop:
    """Return a loop that was run, with ``optimizer=`` and ``losses=`` (one a step) where there are such."""
    return Loop(network, x_train, t_train, x_test, t_test, options)


def sick(first: str | tuple[str, ...], also: tuple[str, ...] = (), needs: str = "") -> Callable[[Any], Any]:
    """Mark a training that goes wrong.

    ``first`` is the code of what is wrong (several where a fair expert could put either first), ``also`` those that are
    true besides, ``needs`` is "mnist" where it trains on that.
    """
    first = (first,) if isinstance(first, str) else first
    unknown = [code for code in (*first, *also) if code not in CODES]
    if unknown:
        raise ValueError(f"unknown codes {unknown}")

    def mark(function: Any) -> Any:
        function.first, function.also, function.needs = first, also, needs
        return function

    return mark


def healthy(may: tuple[str, ...] = (), needs: str = "") -> Callable[[Any], Any]:
    """Mark a training in which nothing is wrong; ``may`` holds which of overfitting, plateau, unfinished are true."""
    if not set(may) <= {"overfitting", "plateau", "unfinished"}:
        raise ValueError(f"a healthy training has no {may}")

    def mark(function: Any) -> Any:
        function.may, function.needs = may, needs
        return function

    return mark


def cases_in(folder: str) -> dict[str, Any]:
    """Return the cases of ``sick`` or ``healthy`` by file and name."""
    mark = {"sick": "first", "healthy": "may"}[folder]
    found = {}
    for path in sorted((HERE / folder).glob("*.py")):
        spec = spec_from_file_location(f"{folder}_{path.stem}", path)
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        found |= {f"{path.stem}.{name}": case for name, case in vars(module).items() if hasattr(case, mark)}
    return found
