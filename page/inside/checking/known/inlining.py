"""A call of the function that an override takes the place of, replaced by what that function does."""

import ast
import copy
from typing import Any

from page.inside.checking.known.statements import FUNCTIONS, compare


def inlined(new: Any, old: Any, olds: dict[str, Any], in_place: bool) -> tuple[Any, list[Any]]:
    """Return a function in which the call of the one that it overrides is replaced, and helpers that it needs."""
    calls = [node for node in ast.walk(new) if isinstance(node, ast.Call) and is_call_of(node, old, olds)]
    new.is_wrong = False
    if not calls:
        compare(new.body, old.body, new)
        return new, []
    holder = statement_with(new, calls[0])
    if in_place and len(calls) == 1 and holder is not None and ends_with_its_only_return(old):
        replace_star(new, old, calls[0])
        block, place = holder
        block[place : place + 1] = body_in_place(block[place], calls[0], old, new)
        return new, []
    return with_helper(new, old, calls)


def is_call_of(node: ast.Call, old: Any, olds: dict[str, Any]) -> bool:
    """Return whether a call is one of the function that is overridden."""
    if isinstance(node.func, ast.Name):
        return olds.get(node.func.id) is old
    return isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == f"super().{old.name}"


def statement_with(function: Any, call: ast.Call) -> tuple[list[ast.stmt], int] | None:
    """Return the block and the place of the simple statement that makes a call; None where it is in the head of one."""
    for node in ast.walk(function):
        for name in ("body", "orelse", "finalbody"):
            block: Any = getattr(node, name, None)
            for place, statement in enumerate(block if isinstance(block, list) else []):
                simple = (ast.Assign, ast.AugAssign, ast.Return, ast.Expr)
                if isinstance(statement, simple) and any(part is call for part in ast.walk(statement)):
                    inner = [n for n in ast.walk(statement) if isinstance(n, (ast.Lambda, ast.ListComp, ast.DictComp))]
                    return None if inner else (block, place)
    return None


def ends_with_its_only_return(function: Any) -> bool:
    """Return whether a function has no return but its last statement, as far as its own statements go."""
    returns = [node for node in ast.walk(function) if isinstance(node, (ast.Return, ast.Yield))]
    own_last = function.body[-1]
    inner = [
        n
        for f in ast.walk(function)
        if f is not function and isinstance(f, (*FUNCTIONS, ast.Lambda))
        for n in ast.walk(f)
    ]
    return all(node is own_last or any(node is other for other in inner) for node in returns)


def replace_star(new: Any, old: Any, call: ast.Call) -> None:
    """Give a function that passes on ``*arguments`` the arguments of the one that it calls."""
    star = new.args.vararg.arg if new.args.vararg else ""
    if star and [ast.unparse(a) for a in call.args][-1:] == [f"*{star}"]:
        given = len(new.args.args) - ("self" in [a.arg for a in new.args.args])
        rest = [a for a in old.args.args if a.arg != "self"][given:]
        new.args.args += copy.deepcopy(rest)
        new.args.defaults = copy.deepcopy(old.args.defaults)
        new.args.vararg = None
        call.args[-1:] = [ast.Name(a.arg, ast.Load()) for a in rest]
        names = [a.arg for a in rest]
        for node in list(ast.walk(new)):
            for name, value in ast.iter_fields(node):
                if isinstance(value, ast.Subscript) and ast.unparse(value.value) == star:
                    setattr(node, name, ast.Name(names[ast.literal_eval(value.slice)], ast.Load()))


def body_in_place(statement: Any, call: ast.Call, old: Any, new: Any) -> list[ast.stmt]:
    """Return the statements of a function, and behind them the statement that called it, with what it returned."""
    body = copy.deepcopy(old.body)
    if ast.get_docstring(old) is not None:
        body = body[1:]
    names = [a.arg for a in old.args.args if a.arg != "self"]
    defaults = dict(zip(reversed(names), reversed(old.args.defaults), strict=False))
    given = dict(zip(names, call.args, strict=False)) | {k.arg: k.value for k in call.keywords}
    elsewhere = names_read(new, call)
    before: list[ast.stmt] = []
    for name in names:
        value = given.get(name, defaults.get(name))
        if value is None or ast.unparse(value) == name:
            continue
        target = f"{name}_" if name in elsewhere else name
        rename(body, name, target)
        made = ast.Assign([ast.Name(target, ast.Store())], value)
        made.is_wrong = True  # type: ignore[attr-defined]
        before.append(made)
    for name in names_set(body) & (elsewhere | {a.arg for a in new.args.args}):
        if name in elsewhere and not any(ast.unparse(one) == f"{name}_" for one in ast.walk(ast.Module(body, []))):
            rename_from_first_set(body, name, f"{name}_")
    result = body.pop().value if isinstance(body[-1], ast.Return) else None
    put_in = result if result is not None else ast.Constant(None)
    if isinstance(statement, ast.Expr) and statement.value is call:
        if result is not None:  # it is missing now
            new.is_wrong = (body or [new])[-1].lacks = True
        return [*before, *body]
    if isinstance(statement, (ast.Assign, ast.Return)) and statement.value is call:
        last: Any = copy.copy(statement)
        last.value, last.is_wrong = put_in, False
        return [*before, *body, last]
    for node in list(ast.walk(statement)):
        for field_name, value in ast.iter_fields(node):
            if value is call:
                setattr(node, field_name, put_in)
            elif isinstance(value, list) and any(one is call for one in value):
                setattr(node, field_name, [put_in if one is call else one for one in value])
    return [*before, *body, statement]


def names_read(function: Any, call: ast.Call) -> set[str]:
    """Return the names that a function reads elsewhere than in a call."""
    inside = {id(node) for node in ast.walk(call)}
    return {
        n.id
        for n in ast.walk(function)
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load) and id(n) not in inside
    }


def names_set(body: list[ast.stmt]) -> set[str]:
    """Return the names that some statements set."""
    nodes = [node for statement in body for node in ast.walk(statement)]
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def rename(body: list[ast.stmt], name: str, other: str) -> None:
    """Give a variable another name."""
    for node in [node for statement in body for node in ast.walk(statement)]:
        if isinstance(node, ast.Name) and node.id == name:
            node.id = other


def rename_from_first_set(body: list[ast.stmt], name: str, other: str) -> None:
    """Give a variable another name from the first statement on that sets it; what that reads keeps its name."""
    is_set = False
    for statement in body:
        sets_now = name in names_set([statement])
        if is_set:
            rename([statement], name, other)
        elif sets_now:
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
                    node.id = other
            is_set = True


def with_helper(new: Any, old: Any, calls: list[ast.Call]) -> tuple[Any, list[Any]]:
    """Return a function that calls the right one by another name, and that one."""
    helper = copy.deepcopy(old)
    helper.name = f"{old.name.strip('_')}_right"
    for call in calls:
        if isinstance(call.func, ast.Name):
            call.func.id = helper.name
        else:
            call.func = ast.Attribute(ast.Name("self", ast.Load()), helper.name, ast.Load())
    return new, [helper]
