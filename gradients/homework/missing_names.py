"""Why a unit could not be prepared: a global name that is not there, and where it should have come from."""

import ast
import contextlib
import linecache

from gradients.calling.prepared import Prepared
from gradients.calling.problems import CannotCheck
from gradients.homework.loading import Loaded
from gradients.homework.python2 import parsed
from language import N_


def is_imported(name: str, error: BaseException, work: Loaded) -> bool:
    """Return whether a name that is missing is imported by the file, or by the one in which it was missed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    trees = [tree_of(work)]
    if trace is not None and trace.tb_frame.f_code.co_filename != str(work.source.path):
        with contextlib.suppress(SyntaxError):
            file = trace.tb_frame.f_code.co_filename
            trees.append(parsed("".join(linecache.getlines(file)), file, old_division=False))
    nodes = (node for tree in trees for node in ast.walk(tree))
    imports = (node for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom)))
    return any(name == (alias.asname or alias.name).partition(".")[0] for node in imports for alias in node.names)


def takes_names_from_elsewhere(work: Loaded) -> bool:
    """Return whether a file takes names in that it does not name: by ``import *``, or a notebook's ``%run``."""
    imports = (node for node in ast.walk(tree_of(work)) if isinstance(node, ast.ImportFrom))
    return any(alias.name == "*" for node in imports for alias in node.names) or bool(work.source.left_out)


def is_set_by_a_function(name: str, work: Loaded) -> bool:
    """Return whether a global name is set by a function of the file."""
    return any(isinstance(node, ast.Global) and name in node.names for node in ast.walk(tree_of(work)))


def tree_of(work: Loaded) -> ast.Module:
    """Return the syntax tree of a file."""
    return parsed(work.source.text, str(work.source.path), old_division=False)


def name_missed(prepared: Prepared | None, problem: CannotCheck | None) -> str | None:
    """Return the global name whose absence stopped a unit, None where it was not that."""
    error = error_of(prepared, problem)
    return error.name if isinstance(error, NameError) else None


def error_of(prepared: Prepared | None, problem: CannotCheck | None) -> BaseException | None:
    """Return what a unit raised, where that is why it could not be checked."""
    if prepared is not None and prepared.raised is not None:
        return prepared.raised.error.error
    return problem.__cause__ if problem is not None else None


def is_missing_something(problem: CannotCheck) -> bool:
    """Return whether a unit lacks a name, a module or what is not written yet, which no other object has either."""
    return isinstance(problem.__cause__, (NameError, ImportError, NotImplementedError))


def why_missed(name: str, error: BaseException | None, work: Loaded) -> str:
    """Return what is said of a unit without a global name; empty where that it is not there is the unit's own fault."""
    if error is not None and is_imported(name, error, work):
        return N_("{name} needs {missed}, which could not be imported")
    if work.failed or takes_names_from_elsewhere(work):
        return N_("{name} needs {missed}, and not all of the file could be run")
    if is_set_by_a_function(name, work):
        return N_("{name} needs {missed}, which is set only when a function of the file is called")
    return ""
