"""Reads the lines of a class's methods, and notes what they do with the arguments of its constructor."""

import ast
from collections.abc import Sequence
from typing import Any

TEXT_METHODS = {"lower", "upper", "strip", "title", "capitalize", "casefold"}
SAME_THINGS = {"list", "tuple", "reversed", "iter", "sorted"}  # of which the elements are those of what they are given


class Use:
    """What is done with a value.

    Attributes
    ----------
    is_called : bool
    methods : set of str
        The methods of it that are called.
    words : list of str
        The texts that it is compared with, and the keys of the tables in which it is looked up.
    is_sequence : bool
        Whether it is gone through, or indexed.
    length : int
        How many parts it is taken apart into; 0 where that is not told.
    item : Use or None
        What is done with its elements.
    parts : list of Use
        What is done with each of them, where they are taken apart.
    is_asked : bool
        Whether it is asked of which type it is, so that it may be of several.
    """

    def __init__(self) -> None:
        self.is_called, self.is_sequence, self.is_asked, self.length = False, False, False, 0
        self.methods: set[str] = set()
        self.words: list[str] = []
        self.item: Use | None = None
        self.parts: list[Use] = []

    @property
    def tells(self) -> bool:
        """Return whether anything is done with it that says what it is."""
        return bool(self.is_called or self.is_sequence or self.methods or self.words or self.length)

    def element(self) -> "Use":
        """Return what is done with the elements."""
        self.is_sequence = True
        self.item = self.item or Use()
        return self.item

    def part(self, place: int) -> "Use":
        """Return what is done with one of the parts."""
        self.is_sequence = True
        self.parts += [Use() for _ in range(place + 1 - len(self.parts))]
        return self.parts[place]


def tables_in(methods: Sequence[tuple[ast.FunctionDef, Any]]) -> dict[str, list[str]]:
    """Return the texts that are keys of the dictionaries written in a class, by the dictionaries' names."""
    tables: dict[str, list[str]] = {}
    for method, _ in methods:
        for node in ast.walk(method):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
                tables |= {ast.unparse(target): keys_of(node.value) for target in node.targets}
    return tables


def keys_of(table: ast.Dict) -> list[str]:
    """Return the texts that are keys of a dictionary."""
    return [key.value for key in table.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]


class Reader:
    """Reads methods, and notes what they do with what is known to be an argument, under whatever name."""

    def __init__(self, tables: dict[str, list[str]], names: dict[str, Any]) -> None:
        self.tables, self.names = tables, names
        self.attributes: dict[str, Use] = {}

    def read(self, method: ast.FunctionDef, local: dict[str, Use]) -> None:
        """Note what a method does with its local names and with the attributes of the object."""
        self.local = local
        nodes = sorted(ast.walk(method), key=lambda node: (getattr(node, "lineno", 0), getattr(node, "col_offset", 0)))
        for node in nodes:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self.bind(target, node.value)
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                self.bind(node.target, node.value)
        for node in nodes:
            for loop in [node] if isinstance(node, ast.For) else getattr(node, "generators", []):
                self.bind_elements(loop.target, loop.iter)
        for node in nodes:
            self.note(node)

    def handed_on(self, method: ast.FunctionDef) -> dict[int | str, Use]:
        """Return the arguments that a constructor hands on to that of its base, by place or by name."""
        for node in ast.walk(method):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "__init__":
                places = [arg for arg in node.args if not is_self(arg)]
                given: dict[int | str, ast.expr] = {**dict(enumerate(places))}
                given |= {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
                return {key: use for key, value in given.items() if (use := self.use(value)) is not None}
        return {}

    def use(self, node: ast.expr | None) -> Use | None:
        """Return the use of what an expression stands for, None where that is no argument."""
        if isinstance(node, ast.Name):
            return self.local.get(node.id)
        if isinstance(node, ast.Attribute):
            return self.attributes.get(node.attr) if is_self(node.value) else None
        if isinstance(node, ast.Subscript):
            return self.use_of_subscript(node)
        if isinstance(node, ast.BoolOp):
            return self.use(node.values[0])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAME_THINGS and node.args:
            return self.use(node.args[0])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TEXT_METHODS:
            return self.use(node.func.value)
        return None

    def use_of_subscript(self, node: ast.Subscript) -> Use | None:
        """Return the use of an element, or of a part where its place is a number; of the whole for a slice."""
        whole = self.use(node.value)
        if whole is None or isinstance(node.slice, ast.Tuple):
            return None
        if isinstance(node.slice, ast.Slice):
            whole.is_sequence = True
            return whole
        if isinstance(node.slice, ast.Constant):
            if not isinstance(node.slice.value, int):
                return None
            return whole.part(node.slice.value)
        return whole.element()

    def bind(self, target: ast.expr, value: ast.expr) -> None:
        """Let a name stand for an argument that it is given, or several for its parts."""
        if isinstance(target, (ast.Tuple, ast.List)):
            if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
                for part, given in zip(target.elts, value.elts, strict=True):
                    self.bind(part, given)
            elif (whole := self.use(value)) is not None:
                self.bind_parts(target, whole)
        elif (use := self.use(value)) is not None:
            self.name(target, use)

    def bind_parts(self, target: ast.Tuple | ast.List, whole: Use) -> None:
        """Let names stand for the parts of an argument."""
        if not any(isinstance(part, ast.Starred) for part in target.elts):
            whole.length = len(target.elts)
            for place, part in enumerate(target.elts):
                self.name(part, whole.part(place))

    def name(self, target: ast.expr, use: Use) -> None:
        """Let a name or an attribute stand for an argument."""
        if isinstance(target, ast.Name):
            self.local[target.id] = use
        elif isinstance(target, ast.Attribute) and is_self(target.value):
            self.attributes.setdefault(target.attr, use)
        elif isinstance(target, (ast.Tuple, ast.List)):
            self.bind_parts(target, use)

    def bind_elements(self, target: ast.expr, iterated: ast.expr) -> None:
        """Let the names of a loop stand for the elements that it goes through."""
        called = iterated.func.id if isinstance(iterated, ast.Call) and isinstance(iterated.func, ast.Name) else ""
        parts = target.elts if isinstance(target, ast.Tuple) else []
        if called == "enumerate" and len(parts) == 2 and iterated.args:
            self.bind_elements(parts[1], iterated.args[0])
        elif called == "zip" and len(parts) == len(iterated.args):
            for part, given in zip(parts, iterated.args, strict=True):
                self.bind_elements(part, given)
        elif (whole := self.use(iterated)) is not None:
            self.name(target, whole.element())

    def note(self, node: ast.AST) -> None:
        """Note what is done with arguments in one place."""
        if isinstance(node, ast.Call):
            self.note_call(node)
        elif isinstance(node, ast.Subscript):
            self.use(node)
            self.note_table(ast.unparse(node.value), node.slice, node.value)
        elif isinstance(node, ast.Compare) and (use := self.use(node.left)) is not None:
            texts = [t for value in node.comparators for t in texts_in(value)]
            use.words += [text for text in texts if text not in use.words]
        elif isinstance(node, ast.Match) and (use := self.use(node.subject)) is not None:
            use.words += [t for case in node.cases for value in ast.walk(case.pattern) for t in texts_in(value)]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            for one, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(other, ast.List) and (use := self.use(one)) is not None:
                    use.is_sequence = True

    def note_call(self, node: ast.Call) -> None:
        """Note a call of an argument, of one of its methods, or of something that takes sequences."""
        if (use := self.use(node.func)) is not None:
            use.is_called = True
        if isinstance(node.func, ast.Attribute):
            if (use := self.use(node.func.value)) is not None and node.func.attr not in TEXT_METHODS:
                use.methods.add(node.func.attr)
            if node.func.attr == "get" and node.args:
                self.note_table(ast.unparse(node.func.value), node.args[0], node.func.value)
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        use = self.use(node.args[0]) if node.args else None
        if use is not None and called in ("len", "enumerate", *SAME_THINGS):
            use.is_sequence = True
        if use is not None and called in ("isinstance", "type"):
            use.is_asked = True

    def note_table(self, name: str, key: ast.expr, table: ast.expr) -> None:
        """Note the keys of the table in which an argument is looked up."""
        use = self.use(key)
        if use is None:
            return
        keys = keys_of(table) if isinstance(table, ast.Dict) else self.tables.get(name)
        if keys is None:
            value: Any = self.names.get(name.partition(".")[0])
            for part in name.split(".")[1:]:
                value = getattr(value, part, None)
            keys = [k for k in value if isinstance(k, str)] if isinstance(value, dict) else []
        use.words += [k for k in keys if k not in use.words]


def is_self(node: ast.expr) -> bool:
    """Return whether an expression is ``self``."""
    return isinstance(node, ast.Name) and node.id == "self"


def texts_in(node: ast.AST) -> list[str]:
    """Return the texts that an expression is, or is a list of."""
    parts = node.elts if isinstance(node, (ast.Tuple, ast.List, ast.Set)) else [node]
    values = [part.value for part in parts if isinstance(part, ast.Constant)]
    if isinstance(node, ast.MatchValue):
        return texts_in(node.value)
    return [value for value in values if isinstance(value, str)]
