"""Everything that is to be fast, measured beside others in one run.

::

    CHAINRULE_DATA=... python -m benchmarks
    python -m benchmarks --only two-layer check --pairs 9
    python -m benchmarks --quick

Each job is done by us and by its peers in turn, round after round after a warm-up; what counts are the medians of the
rounds' ratios, ours / theirs. Prints a table, and writes it as JSON and as pictures. Peers that are not installed
(``pip install -e ".[bench]"``) are left out and named. Run nothing else meanwhile.
"""

import argparse
import importlib.metadata
import json
import platform
import sys
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.growth import PEERS_MEASURED, SIZES
from benchmarks.jobs import JOBS, OURS, PEERS
from benchmarks.turns import Times, different_work, measure_in_turn, ratio, run_job
from benchmarks.whole_process import TARGET, measure_pairs, ratios
from datasets import find_mnist
from layers.common.threads import cores
from training.command.command_line import Parser, folder_path, run, whole_number

WHOLE, GROWTH = "whole-process", "growth"
NEED_MNIST = ("load", WHOLE)
WHOLE_LIMITS = {"wall time": 0.33, "peak memory": 0.35}
LIBRARIES = ("numpy", "torch", "jax", "scikit-learn")


def main() -> int:
    """Measure what the command line asks for, print it, and write it."""
    options = parse()
    rounds = options.pairs or (2 if options.quick else 5)
    about = machine(options.threads, rounds)
    print(f"{about['processor']}, {options.threads} threads, {rounds} rounds; " + ", ".join(about["versions"]) + "\n")
    rows: list[dict[str, Any]] = []
    growth: list[dict[str, Any]] = []
    for name in options.only:
        if name in NEED_MNIST and not find_mnist():
            print(f"{name}: left out, MNIST is not on this machine (set CHAINRULE_DATA)\n")
        elif name == WHOLE:
            rows += whole_process_rows(rounds)
        elif name == GROWTH:
            growth = growth_rows(2 if options.quick else rounds, options.threads, options.quick)
        else:
            rows += job_rows(name, rounds, options.threads)
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
    add("--threads", type=whole_number, default=cores(), metavar="N", help="of each contestant (%(default)s)")
    add("--out", type=folder_path, default=Path("runs", "benchmarks"), metavar="DIR", help="folder (%(default)s)")
    return parser.parse_args()


def job_rows(name: str, rounds: int, threads: int) -> list[dict[str, Any]]:
    """Measure a job, print its table, and return its rows."""
    job = JOBS[name]
    print(job.title, flush=True)
    times = run_job(name, rounds, threads)
    ours = times[OURS]
    rows = []
    for peer, each in times.items():
        label = PEERS[peer][1]
        if each.missing:
            print(f"  {label:<34}left out: {each.missing}")
            continue
        limit = job.limits.get(peer)
        ours_to_theirs = ratio(ours, each)
        rows.append(
            {
                "job": name,
                "title": job.title,
                "peer": label,
                "seconds": each.seconds,
                "ratio": ours_to_theirs,
                "limit": limit,
                "result": each.result,
            }
        )
        print(f"  {label:<34}{readable(each):>12}{'' if peer == OURS else verdict(ours_to_theirs, limit)}")
    wrong = different_work(job, times)
    print(f"  NOT THE SAME WORK: {wrong}\n" if wrong else "", flush=True)
    return rows


def whole_process_rows(pairs: int) -> list[dict[str, Any]]:
    """Measure whole processes, print their table, and return its rows."""
    title = f"whole process to {TARGET:.0%} on MNIST, 784-50-10, without pictures"
    print(title, flush=True)
    try:
        costs = measure_pairs(pairs)
    except RuntimeError as error:
        print(f"  left out: {str(error).strip().splitlines()[-1]}\n")
        return []
    rows = []
    for (what, value), (mine, theirs) in zip(ratios(costs).items(), sides(costs), strict=True):
        limit = WHOLE_LIMITS[what]
        unit = "s" if what == "wall time" else "MB"
        print(f"  {what:<12}{mine:>9.2f} {unit:<3}PyTorch{theirs:>9.2f} {unit:<3}{verdict(value, limit)}")
        rows.append(
            {"job": WHOLE, "title": f"{title}: {what}", "peer": "PyTorch", "ratio": value, "limit": limit, "unit": unit}
            | {"ours": mine, "theirs": theirs}
        )
    print(flush=True)
    return rows


def sides(costs: list[Any]) -> list[tuple[float, float]]:
    """Return our and their median seconds, and our and their median megabytes."""
    return [
        tuple(float(np.median([getattr(pair[side], field) for pair in costs])) for side in (0, 1))
        for field in ("seconds", "megabytes")
    ]


def growth_rows(rounds: int, threads: int, quick: bool) -> list[dict[str, Any]]:
    """Measure how the time of a step grows, print it, and return a row for every size."""
    rows = []
    for what, sizes in SIZES.items():
        print(f"step by {what}: SGD, microseconds")
        for size in sizes[::3] if quick else sizes:
            times = measure_in_turn(f"{what}:{size}", [OURS, *PEERS_MEASURED], rounds, threads)
            present = {peer: each for peer, each in times.items() if not each.missing}
            row = {"what": what, "size": size, **{PEERS[peer][1]: each.median for peer, each in present.items()}}
            rows.append(row)
            said = "".join(f"  {PEERS[peer][1]} {1e6 * each.median:>10,.0f}" for peer, each in present.items())
            others = [f"{ratio(times[OURS], each):.2f}" for peer, each in present.items() if peer != OURS]
            print(f"  {size:>5}{said}   ratio {' '.join(others)}", flush=True)
        print()
    return rows


def verdict(value: float, limit: float | None) -> str:
    """Return a ratio in words, with the one that is to be reached."""
    said = f"   ratio {value:>5.2f}"
    if limit is None:
        return said
    return f"{said}   to reach {limit:.2f}" + ("" if value <= limit else "   MISSED")


def readable(times: Times) -> str:
    """Return a contestant's median as text."""
    seconds = times.median
    return f"{seconds:,.2f} s" if seconds >= 0.5 else f"{1e6 * seconds:,.0f} us"


def machine(threads: int, rounds: int) -> dict[str, Any]:
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
