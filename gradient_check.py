"""Say whether backward is right and, where it is not, what is wrong with it.

::

    python gradient_check.py                          # our own network, on real digits
    python gradient_check.py homework.py              # every layer, loss, network and pair of functions in it
    python gradient_check.py homework.py:MyAffine     # one of them
    python gradient_check.py homework/                # every file and notebook in a folder
    python gradient_check.py homework.py --make "MyAffine(randn(5, 3), randn(3))" --input 4,5

In Python::

    from gradient_check import check_layer, check_network
    print(check_layer(layer, x))

``backward`` is right when its gradients agree with those of numerical differentiation, which is slow and too simple
to be wrong. Where they differ, the report names the mistake.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    from training.command.beginning import let_ctrl_c_end

    let_ctrl_c_end()
    from gradients.apart.starting import before_check
    from language import speak_as_told

    speak_as_told(sys.argv[1:])
    before_check(sys.argv[1:])

import numpy as np

import gradients
from gradients import Finding, Report, compare, numerical_gradient, rounding_noise
from gradients.apart.checking import FileCheck
from gradients.apart.folder import files_in, summary
from gradients.apart.starting import imports_are_done
from gradients.calling.problems import CannotCheck
from gradients.comparison import comparison_table
from gradients.homework.options import Options
from gradients.homework.source import Source, read_source
from language import N_, _, speak_as_told
from training.command.command_line import Parser, number, run, seed_number, shape, whole_number
from training.command.form import Form

__all__ = ["Finding", "Report", "check_functions", "check_layer", "check_network", "main", "numerical_gradient"]

SCRIPT = Form(("python", "gradient_check.py"))
SAMPLES = 3
HIDDEN = 50
TOLERANCE = 1e-7


@contextmanager
def one_thread() -> Iterator[None]:
    """Have one thread compute a check's small products (:mod:`layers.common.threads`)."""
    from layers.common.threads import blas_threads

    with blas_threads(1):
        yield


check_layer, check_network = one_thread()(gradients.check_layer), one_thread()(gradients.check_network)
check_functions = one_thread()(gradients.check_functions)


def main(arguments: list[str] | None = None, form: Form = SCRIPT) -> int:
    """Check as the command line says; return 0 (all right), 1 (something wrong) or 2 (cannot be told)."""
    options = parse(arguments, form)
    return one_thread()(check_own_network)() if options.file is None else check_file(options)


def check_own_network() -> int:
    """Compare backpropagation with numerical differentiation, for every parameter of a two-layer network."""
    from datasets.opening import open_available
    from networks import TwoLayerNet

    data = open_available()
    x, t = data.x_train[:SAMPLES], data.t_train[:SAMPLES]
    network = TwoLayerNet(x.shape[1], HIDDEN, data.classes, dtype=np.float64, seed=0)
    count = sum(param.size for param in network.params.values())
    print(f"{data}")
    name = f"{type(network).__name__} {x.shape[1]}-{HIDDEN}-{data.classes}"
    print(_("{name}, {count:,} parameters, {samples} samples", name=name, count=count, samples=SAMPLES), end="\n\n")

    analytic, backward_seconds = timed(lambda: network.gradient(x, t))
    numerical, numerical_seconds = timed(lambda: network.numerical_gradient(x, t))
    noise = rounding_noise(network.loss(x, t))
    comparisons = [compare(name, analytic[name], numerical[name], TOLERANCE, noise) for name in network.params]
    print(comparison_table(comparisons), end="\n\n")
    print(
        _(
            "backpropagation took {milliseconds:.2f} ms, numerical differentiation {seconds:.2f} s: {times:,.0f} "
            "times faster",
            milliseconds=backward_seconds * 1e3,
            seconds=numerical_seconds,
            times=numerical_seconds / backward_seconds,
        )
    )
    return 0 if all(comparison.ok for comparison in comparisons) else 1


def timed(compute: Callable[[], Any]) -> tuple[Any, float]:
    """Return the result and the seconds it took."""
    started = time.perf_counter()
    result = compute()
    return result, time.perf_counter() - started


def check_file(options: argparse.Namespace) -> int:
    """Check what is in a file or folder, print what is found, and return the exit status."""
    require_writable(options.json)
    name, unit = options.file.rpartition(":")[::2] if is_unit_named(options.file) else (options.file, "")
    if not Path(name).is_dir():
        checks = [check_one(Path(name), unit or None, options)]
        problems = checks[0][0].problems
        if checks[0][0].is_empty:
            problems.append(
                _(
                    "{name} has no class with forward and backward, and no functions such as relu and relu_backward",
                    name=name,
                )
            )
        content = checks[0][0].to_dict(checks[0][1])
    elif unit or options.make:
        raise ValueError(_("{name} is a folder; a class, a function and --make go with a file", name=name))
    else:
        checks = [check_one(path, None, options, title=True) for path in files_in(Path(name))]
        print(summary(checks))
        problems = [problem for check, _ in checks for problem in check.problems]
        content = {"folder": name, "files": [check.to_dict(reports) for check, reports in checks]}
    for problem in problems:
        print(_("{program}: cannot check: {why}", program=options.form, why=" ".join(problem.split())), file=sys.stderr)
    if options.json is not None:
        from networks.files.whole_file import whole_file

        with whole_file(options.json) as file:
            file.write(json.dumps(content, indent=1).encode())
    wrong = any(not report.ok for _, reports in checks for report in reports)
    return 1 if wrong else 2 if problems else 0


def check_one(
    path: Path, unit: str | None, options: argparse.Namespace, title: bool = False
) -> tuple[FileCheck, list[Report]]:
    """Check one file, print what is found, and return it; ``title`` to print the file's name before its reports."""
    asked = Options(options.make, tuple(options.input), options.labels, options.seed)
    check = FileCheck(Source(path, ""), unit, asked, options.full, options.strict, options.timeout)
    reports: list[Report] = []
    try:
        check.source = read_source(path)
        for report in check.reports():
            if title and not reports:
                print(f"--- {path}\n")
            print(f"{report}\n", flush=True)
            reports.append(report)
    except CannotCheck as problem:
        check.problems.append(str(problem))
    left_out = [_("{name}: left out, {reason}", name=name, reason=reason) for name, reason in check.left_out.items()]
    for line in [*left_out, *check.about]:
        print(line if not title or reports else f"{path}: {line}")
    return check, reports


def require_writable(path: Path | None) -> None:
    """Raise ValueError when a report must not be written to a path: to a Python file, a folder, or nowhere."""
    if path is None:
        return
    if path.suffix == ".py":
        raise ValueError(_("--json {path}: a report is not written over a Python file", path=path))
    if path.is_dir() or not path.parent.is_dir():
        raise ValueError(_("--json {path}: expected a file in a folder that exists", path=path))


def is_unit_named(text: str) -> bool:
    """Return whether a class stands behind the file, as in ``homework.py:MyAffine`` (and not a drive, as in ``C:``)."""
    name, _, cls = text.rpartition(":")
    return bool(name) and cls.isidentifier() and not Path(text).exists()


def parser_of(form: Form) -> Parser:
    """Return the parser of all options."""
    description = _("Say whether backward is right and, where it is not, what is wrong with it.")
    parser = Parser(prog=str(form), description=description, allow_abbrev=False)
    add = parser.add_argument
    add(
        "file",
        nargs="?",
        metavar="FILE[:NAME]",
        help=_("a Python file or a notebook with layers, or a folder of them; without it, our own network is checked"),
    )
    add("--make", metavar="EXPR", help=_('how to make the layer, such as "MyAffine(randn(5, 3), randn(3))"'))
    add(
        "--input",
        type=shape,
        action="append",
        default=[],
        metavar="N,D",
        help=_("shape of an input; repeat it for each input"),
    )
    add("--labels", type=whole_number, metavar="K", help=_("the last input holds labels in 0..K-1"))
    add("--strict", action="store_true", help=_("count as mistakes what else is only noted, such as conventions"))
    add(
        "--timeout",
        type=number(N_("a number of seconds above 0"), lambda value: value > 0),
        default=60.0,
        metavar="S",
        help=_("seconds that a class or function may take (%(default)g)"),
    )
    add("--full", action="store_true", help=_("check every element of large arrays"))
    add("--seed", type=seed_number, default=0, metavar="N", help=_("seed for all random numbers (%(default)s)"))
    add("--json", type=Path, metavar="FILE", help=_("also write the reports to a JSON file"))
    return parser


def parse(arguments: list[str] | None, form: Form) -> argparse.Namespace:
    """Return the options, checked."""
    speak_as_told(sys.argv[1:] if arguments is None else arguments)
    parser = parser_of(form)
    options = parser.parse_args(arguments)
    options.form = form
    needs_file = options.make or options.input or options.labels or options.json
    if options.json is not None and not str(options.json).strip("."):
        parser.error(_("argument --json: expected a file name, got an empty one"))
    if options.file is None and needs_file:
        parser.error(_("--make, --input, --labels and --json go with a file, as in: {form} homework.py", form=form))
    return options


def command(arguments: list[str] | None = None, form: Form = SCRIPT) -> int:
    """Check as the command line says; an error of the user's takes one line, and the exit status is 2."""
    imports_are_done()
    return run(str(form), lambda: main(arguments, form))


if __name__ == "__main__":
    sys.exit(command())
