"""What of a file is run: its imports, definitions and constants, and not the script that trains or reads data.

A file with a layer in it often is a script too: below the class it loads data, trains for minutes and opens windows.
None of that is needed to check the layer. Kept are imports, functions, classes, and assignments of constants. What a
function or class reads besides is run when it is missed (:mod:`gradients.homework.loading`).
"""

import __future__

import ast
from types import ModuleType

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)
ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
# Statements that set something up for the definitions, by how the call begins.
SET_UP = (
    "sys.path",
    "np.random.seed",
    "numpy.random.seed",
    "random.seed",
    "np.seterr",
    "np.set_printoptions",
    "warnings.",
    "torch.manual_seed",
    "torch.set_default",
    "jax.config",
    "config.update",
    "tf.random.set_seed",
)
# Functions whose call makes a constant, and nothing else.
PLAIN_ROOTS = {"np", "numpy", "math", "os", "sys", "Path", "typing", "functools", "operator", "torch", "jnp", "jax"}
PLAIN_CALLS = set("range len dict list tuple set frozenset float int str bool abs min max sum round".split()) | {
    "namedtuple",
    "TypeVar",
    "OrderedDict",
    "defaultdict",
    "default_rng",
    "RandomState",
    "dataclass",
    "custom_gradient",
}
FILLING = {"append", "add", "update", "setdefault", "extend", "insert"}
NOT_PLAIN = {"load", "loadtxt", "genfromtxt", "fromfile", "save", "savez", "savetxt", "system", "listdir", "memmap"}


def split(tree: ast.Module) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """Return the statements to be run, and those to be left out, each in the order of the file."""
    kept: list[ast.stmt] = []
    left_out: list[ast.stmt] = []
    for statement in tree.body:
        if is_main(statement):
            left_out += statement.body
        else:
            (kept if is_kept(statement) else left_out).append(statement)
    return kept, left_out


def is_main(statement: ast.stmt) -> bool:
    """Return whether a statement asks whether the file is run as a script."""
    return isinstance(statement, ast.If) and any(
        isinstance(node, ast.Name) and node.id == "__name__" for node in ast.walk(statement.test)
    )


def is_kept(statement: ast.stmt) -> bool:
    """Return whether a statement imports, defines or sets up something."""
    if isinstance(statement, (*DEFINITIONS, *IMPORTS, ast.Pass, ast.Global)):
        return True
    if isinstance(statement, ASSIGNMENTS):
        return statement.value is None or is_plain(statement.value)
    if isinstance(statement, ast.Expr):
        return is_set_up(statement.value)
    if isinstance(statement, ast.For):
        return is_plain(statement.iter) and all(is_kept(s) or is_filling(s) for s in statement.body)
    if isinstance(statement, ast.If):
        return is_plain(statement.test) and all(is_kept(s) for s in [*statement.body, *statement.orelse])
    if isinstance(statement, ast.Try):
        handled = [s for handler in statement.handlers for s in handler.body]
        harmless = all(is_kept(s) or is_message(s) for s in handled)
        return harmless and all(is_kept(s) for s in [*statement.body, *statement.orelse, *statement.finalbody])
    return False


def is_filling(statement: ast.stmt) -> bool:
    """Return whether a statement adds to a list or dictionary, as a loop does that fills a table."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr not in FILLING:
        return False
    return all(is_plain(part) for part in [*call.args, *(k.value for k in call.keywords)]) and (
        not isinstance(call.func.value, ast.Call) or is_filling(ast.Expr(call.func.value))
    )


def is_message(statement: ast.stmt) -> bool:
    """Return whether a statement prints something or raises, as the handler of a failed import does."""
    if isinstance(statement, ast.Raise):
        return True
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and dotted(call.func) in ("print", "warnings.warn", "exit", "sys.exit")


def is_set_up(value: ast.expr) -> bool:
    """Return whether an expression is a text (a docstring), or sets up what definitions rely on."""
    if isinstance(value, ast.Constant):
        return True
    if not isinstance(value, ast.Call):
        return False
    return dotted(value.func).startswith(SET_UP) or dotted(value.func).endswith((".defvjp", ".defjvp"))


def is_plain(value: ast.expr) -> bool:
    """Return whether an expression makes a constant: no call but of functions that do nothing else."""
    return all(is_plain_call(node) for node in ast.walk(value) if isinstance(node, ast.Call)) and not any(
        isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)) for node in ast.walk(value)
    )


def is_plain_call(call: ast.Call) -> bool:
    """Return whether a call makes a constant."""
    name = dotted(call.func)
    root, _, last = name.rpartition(".")
    if last in NOT_PLAIN:
        return False
    return last in PLAIN_CALLS or (bool(root) and name.partition(".")[0] in PLAIN_ROOTS)


def dotted(value: ast.expr) -> str:
    """Return a name as it is written, ``np.random.seed``; empty where it is something else.

    >>> dotted(ast.parse("np.random.seed", mode="eval").body)
    'np.random.seed'
    """
    parts = []
    while isinstance(value, ast.Attribute):
        parts.append(value.attr)
        value = value.value
    return ".".join([value.id, *reversed(parts)]) if isinstance(value, ast.Name) else ""


def sets(statement: ast.stmt, name: str) -> bool:
    """Return whether a statement gives a global name its value."""
    stored = (n for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    return any(node.id == name for node in stored)


def run_with_missed(statement: ast.stmt, left_out: list[ast.stmt], text: str, path: str, module: ModuleType) -> None:
    """Run a statement; where it misses a name that one of those left out sets, that one before it."""
    try:
        execute(statement, text, path, module)
    except NameError as error:
        if not supply(error.name, left_out, text, path, module):
            raise
        run_with_missed(statement, left_out, text, path, module)


def supply(name: str | None, left_out: list[ast.stmt], text: str, path: str, module: ModuleType) -> bool:
    """Run the statements, of those left out, that give a global name its value; return whether there are any."""
    wanted = [statement for statement in left_out if name and sets(statement, name)]
    left_out[:] = [statement for statement in left_out if statement not in wanted]
    for statement in wanted:
        run_with_missed(statement, left_out, text, path, module)
    return bool(wanted)


def execute(statement: ast.stmt, text: str, path: str, module: ModuleType) -> None:
    """Run one statement of a file in its module."""
    flags = __future__.annotations.compiler_flag if "import annotations" in text else 0
    exec(compile(ast.Module([statement], []), path, "exec", flags=flags, dont_inherit=True), vars(module))
