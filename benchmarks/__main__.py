"""Everything that is to be fast, measured beside others in one run.

::

    CHAINRULE_DATA=... python -m benchmarks
    python -m benchmarks --only two-layer check --pairs 9
    python -m benchmarks --quick

Each job is done by us and by its peers in turn, round after round after a warm-up; what counts are the medians of the
rounds' ratios, ours / theirs. What students wait for is measured quiet, and again beside one and two busy processes.
Each library uses as many threads as it chooses itself, or as ``--threads`` says. Prints a table, and writes it as JSON
and as pictures. Peers that are not installed (``pip install -e ".[bench]"``) are left out and named. Run nothing else
meanwhile.
"""

import argparse
import importlib.metadata
import json
import platform
import sys
from pathlib import Path
from typing import Any

from benchmarks.jobs import BESIDE, JOBS
from benchmarks.tables import growth_rows, job_rows, whole_process_rows
from datasets import find_mnist
from layers.common.threads import cores
from training.command.command_line import Parser, folder_path, run, whole_number

WHOLE, GROWTH = "whole-process", "growth"
NEED_MNIST = ("load", WHOLE)
LIBRARIES = ("numpy", "torch", "jax", "scikit-learn")


def main() -> int:
    """Measure what the command line asks for, print it, and write it."""
    options = parse()
    rounds = options.pairs or (2 if options.quick else 5)
    about = machine(options.threads, rounds)
    threads = f"{options.threads} threads each" if options.threads else "threads as each chooses"
    print(f"{about['processor']}, {cores()} cores, {threads}, {rounds} rounds; " + ", ".join(about["versions"]) + "\n")
    rows: list[dict[str, Any]] = []
    growth: list[dict[str, Any]] = []
    for name in options.only:
        if name in NEED_MNIST and not find_mnist():
            print(f"{name}: left out, MNIST is not on this machine (set CHAINRULE_DATA)\n")
        elif name == WHOLE:
            rows += whole_process_rows(rounds, options.beside)
        elif name == GROWTH:
            growth = growth_rows(2 if options.quick else rounds, options.threads, options.quick)
        else:
            rows += job_rows(name, rounds, options.threads, options.beside)
    write(options.out, {"machine": about, "jobs": rows, "growth": growth})
    return 0


def parse() -> argparse.Namespace:
    """Return the options."""
    names = [*JOBS, WHOLE, GROWTH]
    parser = Parser(prog="python -m benchmarks", description=(__doc__ or "").split("\n")[0], allow_abbrev=False)
    add = parser.add_argument
    add("--only", nargs="+", choices=names, default=names, metavar="JOB", help=f"some of {', '.join(names)}")
    add("--quick", action="store_true", help="two rounds, and few sizes: to see that it works")
    add("--pairs", type=whole_number, metavar="N", help="rounds after the warm-up (5, quick 2)")
    add("--threads", type=whole_number, metavar="N", help="of each contestant (without it, each chooses)")
    add(
        "--beside",
        type=int,
        nargs="+",
        choices=BESIDE,
        default=BESIDE,
        metavar="N",
        help="beside how many busy processes (0 1 2)",
    )
    add("--out", type=folder_path, default=Path("runs", "benchmarks"), metavar="DIR", help="folder (%(default)s)")
    return parser.parse_args()


def machine(threads: int | None, rounds: int) -> dict[str, Any]:
    """Return what the figures depend on."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {
        "processor": processor(),
        "system": platform.platform(),
        "cores": cores(),
        "threads": threads,
        "rounds": rounds,
        "python": platform.python_version(),
        "versions": [f"{name} {version}" for name, version in found.items()],
    }


def processor() -> str:
    """Return the processor's name, where the system tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def write(folder: Path, content: dict[str, Any]) -> None:
    """Write the table as JSON, and the pictures."""
    from benchmarks.charts import plot_growth, plot_ratios
    from figures.files import save_figure

    folder.mkdir(parents=True, exist_ok=True)
    written = ["benchmarks.json"]
    (folder / written[0]).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    if any(row.get("limit") for row in content["jobs"]):
        written.append("ratios.png")
        save_figure(plot_ratios(content["jobs"]), folder / written[-1])
    if content["growth"]:
        written.append("growth.png")
        save_figure(plot_growth(content["growth"]), folder / written[-1])
    print(f"wrote to {folder}: {', '.join(written)}")


if __name__ == "__main__":
    sys.exit(run("python -m benchmarks", main))
