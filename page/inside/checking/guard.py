"""What stands around a student's code while it runs: what it cannot do is said in words, what it changes is undone.

The code runs in the very interpreter that checks it. On the command line it has a process of its own, which ends.
"""

import builtins
import gc
import math
import os
import random
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import ModuleType
from typing import Any

import numpy as np

from language import N_, _
from page.inside.checking.flags import flags

NOBODY = N_("in this page nobody can answer input(); give the value in the code")
NO_PROCESS = N_("in this page no other program can be started")
NO_END = N_("in this page a file cannot end Python with os.{name}")
NO_THREADS = N_("in this page there are no threads")
KEPT = (builtins, math, np, np.linalg, np.random, os, random, sys, time, warnings)  # whose names are put back
OWN = (
    "stdout",
    "stderr",
    "stdin",
    "modules",
    "meta_path",
    "path",
)  # of sys: put back one by one
STARTERS = ("system", "popen", "fork", "forkpty", "execv", "execve", "spawnv", "spawnve", "posix_spawn", "kill")


class Forbidden(RuntimeError):
    """Something that a student's code cannot do in a page."""


def refusal(message: str, **words: str) -> Callable[..., Any]:
    """Return a function that raises, with a message in the language that is spoken then."""

    def refused(*arguments: Any, **options: Any) -> Any:
        raise Forbidden(_(message, **words))

    return refused


@contextmanager
def guarded() -> Iterator[None]:
    """Let a student's code run within, and leave everything as it was found."""
    with ExitStack() as stack:
        stack.enter_context(as_before())
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(np.errstate(all="warn", under="ignore"))
        stack.enter_context(flags())
        refuse()
        yield


def refuse() -> None:
    """Put functions that raise in the place of those that a page does not have; :func:`as_before` takes them away."""
    builtins.input = refusal(NOBODY)
    for name in ("_exit", "abort"):
        setattr(os, name, refusal(NO_END, name=name))
    for name in STARTERS:
        if hasattr(os, name):
            setattr(os, name, refusal(NO_PROCESS))
    for module, names, message in (
        ("subprocess", ("Popen", "run", "call", "check_call", "check_output", "getoutput"), NO_PROCESS),
        ("_thread", ("start_new_thread", "start_new", "start_joinable_thread"), NO_THREADS),
        ("threading", ("_start_new_thread", "_start_joinable_thread"), NO_THREADS),
    ):
        with suppress(ImportError):
            found = __import__(module)
            for name in (name for name in names if hasattr(found, name)):
                setattr(found, name, refusal(message))


@contextmanager
def as_before() -> Iterator[None]:
    """Put back what a student's code may have changed: modules and their names, streams, random numbers, the folder."""
    modules = [*KEPT, *(sys.modules[name] for name in ("subprocess", "_thread", "threading") if name in sys.modules)]
    names = [(module, dict(vars(module))) for module in modules]
    loaded, path, finders = dict(sys.modules), list(sys.path), list(sys.meta_path)
    streams, environment, folder = (sys.stdin, sys.stdout, sys.stderr), dict(os.environ), os.getcwd()  # noqa: PTH109
    generators, limit = (np.random.get_state(), random.getstate()), sys.getrecursionlimit()  # noqa: NPY002
    tracer, profiler, collects = sys.gettrace(), sys.getprofile(), gc.isenabled()
    try:
        yield
    finally:
        sys.settrace(tracer)
        sys.setprofile(profiler)
        for module, content in names:
            restore(module, content)
        restore_modules(loaded)
        sys.path[:], sys.meta_path[:] = path, finders
        sys.stdin, sys.stdout, sys.stderr = streams
        sys.setrecursionlimit(limit)
        (gc.enable if collects else gc.disable)()
        np.random.set_state(generators[0])  # noqa: NPY002
        random.setstate(generators[1])
        restore_environment(environment, folder)


def restore(module: ModuleType, content: dict[str, Any]) -> None:
    """Give the names of a module the values that they had."""
    now = vars(module)
    own = OWN if module is sys else ()
    for name in [name for name in now if name not in content and not isinstance(now[name], ModuleType)]:
        if name not in own:
            del now[name]
    for name, value in content.items():
        if name not in own and now.get(name, now) is not value:
            now[name] = value


def restore_modules(loaded: dict[str, ModuleType]) -> None:
    """Put modules back that were replaced, and forget those that were made of a text and not imported."""
    for name in [name for name in sys.modules if name not in loaded]:
        if getattr(sys.modules[name], "__spec__", None) is None:
            del sys.modules[name]
    sys.modules.update({name: module for name, module in loaded.items() if sys.modules.get(name) is not module})


def restore_environment(environment: dict[str, str], folder: str) -> None:
    """Give the variables of the environment their values, and go back to the folder."""
    if dict(os.environ) != environment:
        os.environ.clear()
        os.environ.update(environment)
    with suppress(OSError):
        os.chdir(folder)
