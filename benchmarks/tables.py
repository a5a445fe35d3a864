"""The jobs measured and printed as tables; each line of a table is a row of what is written."""

from collections.abc import Sequence
from statistics import median
from typing import Any

from benchmarks.growth import PEERS_MEASURED, SIZES
from benchmarks.jobs import JOBS, OURS, PEERS, Job
from benchmarks.processes import beside
from benchmarks.turns import Times, different_work, measure_in_turn, ratio, run_job
from benchmarks.whole_process import TARGET, measure_pairs, ratios, with_pictures

Row = dict[str, Any]
WHOLE_TITLE = f"whole process to {TARGET:.0%} on MNIST, 784-50-10"
WHOLE_BESIDE = (0, 1)
WHOLE_LIMITS = {"wall time": 0.40, "peak memory": 0.25, "peak memory with pictures": 0.25}


def job_rows(name: str, rounds: int, threads: int | None, levels: Sequence[int]) -> list[Row]:
    """Measure a job beside as many busy processes as it wants, print a table for each number, and return the rows."""
    job, rows, quiet = JOBS[name], [], None
    for busy in (level for level in job.beside if level in levels):
        print(f"{job.title}{beside(busy)}", flush=True)
        times = run_job(name, rounds, threads, busy)
        for peer, each in times.items():
            if each.missing:
                print(f"  {PEERS[peer][1]:<34}left out: {each.missing}")
                continue
            rows.append(peer_row(name, job, peer, times, busy))
            print(f"  {PEERS[peer][1]:<34}{readable(each):>12}" + (verdict(rows[-1]) if peer != OURS else ""))
        if quiet is not None:
            rows.append(slower_row(name, job, times[OURS].median / quiet, busy))
            print(f"  {'chainrule, quiet':<34}{'':>12}{verdict(rows[-1])}")
        quiet = times[OURS].median if busy == 0 else quiet
        wrong = different_work(job, times)
        print(f"  NOT THE SAME WORK: {wrong}\n" if wrong else "", flush=True)
    return rows


def peer_row(name: str, job: Job, peer: str, times: dict[str, Times], busy: int) -> Row:
    """Return what a contestant took, and the ratio of ours to it."""
    return {
        "job": name,
        "title": job.title + beside(busy),
        "peer": PEERS[peer][1],
        "seconds": times[peer].seconds,
        "ratio": ratio(times[OURS], times[peer]),
        "limit": job.limits.get(peer) if busy == 0 else None,
        "result": times[peer].result,
    }


def slower_row(name: str, job: Job, slower: float, busy: int) -> Row:
    """Return how much slower we are beside busy processes."""
    limit = job.slower_beside_one if busy == 1 else None
    return {"job": name, "title": job.title + beside(busy), "peer": "chainrule, quiet", "ratio": slower, "limit": limit}


def whole_process_rows(pairs: int, levels: Sequence[int]) -> list[Row]:
    """Measure whole processes, print their tables, and return their rows."""
    rows: list[Row] = []
    for busy in (level for level in WHOLE_BESIDE if level in levels):
        print(WHOLE_TITLE + beside(busy), flush=True)
        try:
            costs = measure_pairs(min(pairs, 2) if busy else pairs, busy=busy)  # PyTorch takes a minute and a half then
            ours, theirs = (
                {"wall time": median(c.seconds for c in side), "peak memory": median(c.megabytes for c in side)}
                for side in zip(*costs, strict=True)
            )
            found = {what: (ours[what], theirs[what], value) for what, value in ratios(costs).items()}
            if busy == 0:
                megabytes, value = with_pictures(theirs["peak memory"])
                found["peak memory with pictures"] = megabytes, theirs["peak memory"], value
        except RuntimeError as error:
            print(f"  left out: {str(error).strip().splitlines()[-1]}\n")
            continue
        for what, (mine, other, value) in found.items():
            row = {"job": "whole-process", "title": f"{WHOLE_TITLE}{beside(busy)}: {what}", "peer": "PyTorch"}
            row |= {"ours": mine, "theirs": other, "unit": "s" if what == "wall time" else "MB", "ratio": value}
            rows.append(row | {"limit": WHOLE_LIMITS[what]})
            print(f"  {what:<27}{mine:>9.2f} {row['unit']:<3}PyTorch{other:>9.2f} {row['unit']:<3}{verdict(rows[-1])}")
        print(flush=True)
    return rows


def growth_rows(rounds: int, threads: int | None, quick: bool) -> list[Row]:
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


def verdict(row: Row) -> str:
    """Return a row's ratio in words, with the one that is to be reached."""
    said = f"   ratio {row['ratio']:>5.2f}"
    if row["limit"] is None:
        return said
    return f"{said}   to reach {row['limit']:.2f}" + ("" if row["ratio"] <= row["limit"] else "   MISSED")


def readable(times: Times) -> str:
    """Return a contestant's median as text."""
    seconds = times.median
    return f"{seconds:,.2f} s" if seconds >= 0.5 else f"{1e6 * seconds:,.0f} us"
