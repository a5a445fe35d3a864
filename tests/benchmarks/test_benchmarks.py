"""The benchmarks time the same work, and say so when it was not, or when somebody is missing."""

import dataclasses
import importlib
import json
import os
import re
import subprocess
import sys

import numpy as np
import pytest

from benchmarks import work
from benchmarks.charts import plot_growth, plot_ratios
from benchmarks.growth import SIZES, growth_job
from benchmarks.jobs import JOBS, OURS, PEERS, Steps
from benchmarks.tables import slower_row, verdict
from benchmarks.turns import Times, different_work, measure_in_turn, ratio
from datasets import ScaledImages
from datasets.opening import Dataset
from tests_support import few_quick

STEPS = [name for name, job in JOBS.items() if isinstance(job, Steps)]
EXACT = ["pytorch", "jax", "jax-scan", "textbook"]  # scikit-learn starts with weights of its own


@pytest.fixture
def small_data(monkeypatch):
    """Few images of MNIST's size, so that a step is all that takes time."""
    rng = np.random.default_rng(0)
    split = [(ScaledImages(rng.integers(0, 256, (n, 784), np.uint8)), rng.integers(0, 10, n)) for n in (600, 50)]
    small = Dataset("noise", "a test", (28, 28), *split[0], *split[1])
    monkeypatch.setattr(work, "data", lambda: small)


def contestant(peer, job):
    library = {"pytorch": "torch", "jax_steps": "jax", "scikit_learn": "sklearn"}.get(PEERS[peer][0])
    if library is not None:
        pytest.importorskip(library, reason=f"{library} is not installed (pip install -e '.[bench]')")
    return importlib.import_module(f"benchmarks.peers.{PEERS[peer][0]}").steps(job, peer)


def scores(trained, peer, x):
    """What a contestant's network answers."""
    if peer == OURS:
        return trained.network.predict(x)
    if peer == "pytorch":
        import torch

        return trained.module(torch.from_numpy(x)).detach().numpy()
    if peer.startswith("jax"):
        from benchmarks.peers import jax_steps

        return np.asarray(jax_steps.scores(trained.state[0], x))
    for W, b in zip(trained.params[:-2:2], trained.params[1:-2:2], strict=True):
        x = np.maximum(x @ W + b, 0)
    return x @ trained.params[-2] + trained.params[-1]


@pytest.mark.parametrize("peer", few_quick(EXACT, "textbook"))
@pytest.mark.parametrize("name", ["two-layer", "wide-adam"])
def test_the_peers_make_the_same_steps(small_data, name, peer):
    job = dataclasses.replace(JOBS[name], repeats=3)
    ours, theirs = contestant(OURS, job), contestant(peer, job)
    for trained in (ours, theirs):
        trained.turn()
        trained.turn()
    x = work.as_floats(work.data().x_test)
    close = 5e-3 if job.optimizer == "sgd" else 5e-2  # Adam's first steps make much of rounding in tiny gradients
    np.testing.assert_allclose(scores(theirs, peer, x), scores(ours, OURS, x), rtol=close, atol=close)


def test_the_trainer_makes_the_steps_of_the_bare_loop(small_data):
    job = dataclasses.replace(JOBS["trainer"], repeats=6)
    module = importlib.import_module("benchmarks.peers.chainrule")
    within, bare = module.trainer(job, OURS), module.trainer(job, "bare")
    for trained in (within, bare):
        trained.turn()
    for name, param in bare.network.params.items():
        np.testing.assert_array_equal(within.trainer.network.params[name], param)


@pytest.mark.exhaustive
def test_a_job_beside_others_has_a_row_for_how_much_slower_it_is():
    job = JOBS["trainer"]
    quiet, beside_one = (measure_in_turn("width:64", [OURS], rounds=1, threads=1, busy=busy) for busy in (0, 1))
    slower = beside_one[OURS].median / quiet[OURS].median
    row = slower_row("trainer", job, slower, 1)
    assert row == {
        "job": "trainer",
        "title": f"{job.title}, beside 1 busy process",
        "peer": "chainrule, quiet",
        "ratio": slower,
        "limit": 1.5,
    }
    assert slower_row("trainer", job, slower, 2)["limit"] is None
    assert verdict(row | {"ratio": 1.2}) == "   ratio  1.20   to reach 1.50"
    assert verdict(row | {"ratio": 1.6}).endswith("MISSED")


@pytest.mark.exhaustive
def test_pytorch_makes_the_same_steps_with_images(small_data):
    job = dataclasses.replace(JOBS["simple-conv"], repeats=2, batch_size=20)
    ours, theirs = contestant(OURS, job), contestant("pytorch", job)
    for trained in (ours, theirs):
        trained.turn()
    x = work.as_floats(work.data().as_images().x_test)
    np.testing.assert_allclose(scores(theirs, "pytorch", x), scores(ours, OURS, x), rtol=5e-3, atol=5e-3)


@pytest.mark.exhaustive
def test_scikit_learn_makes_as_many_steps(small_data):
    job = dataclasses.replace(JOBS["two-layer"], repeats=5)
    trained = contestant("scikit-learn", job)
    trained.turn()
    assert trained.classifier.t_ == 5 * 100  # samples seen
    assert trained.classifier.coefs_[0].dtype == np.float32


@pytest.mark.parametrize("name", STEPS)
def test_every_network_can_be_measured(small_data, name):
    job = dataclasses.replace(JOBS[name], repeats=1, batch_size=10)
    for peer in (OURS, "products", "parameters"):
        each = contestant(peer, job)
        each.turn()
        assert peer != OURS or 0 <= each.result() <= 1


def test_the_limit_makes_the_products_of_a_step(small_data):
    products = contestant("products", dataclasses.replace(JOBS["two-layer"], repeats=1))
    shapes = [(a.shape, b.shape) for a, b, _ in products.pairs]
    assert shapes == [
        ((100, 784), (784, 50)),
        ((784, 100), (100, 50)),
        ((100, 50), (50, 10)),
        ((50, 100), (100, 10)),
        ((100, 10), (10, 50)),
    ]


@pytest.mark.parametrize("what", SIZES)
def test_every_size_of_the_growth_has_a_job(what):
    for size in SIZES[what]:
        job = growth_job(f"{what}:{size}")
        layers = [layer for layer in job.build().layers.values() if hasattr(layer, "W")]
        assert {"width": layers[0].W.shape[1], "batch": job.batch_size, "depth": len(layers)}[what] == size
        assert 2 <= job.repeats <= 600


def test_a_library_that_cannot_be_imported_is_left_out_and_named(tmp_path, monkeypatch):
    (tmp_path / "sklearn.py").write_text("raise ImportError('no scikit-learn here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    times = measure_in_turn("width:64", ["scikit-learn"], rounds=1, threads=1)
    assert times["scikit-learn"].missing == "no scikit-learn here"
    assert times["scikit-learn"].seconds == []


def test_a_contestant_that_fails_is_an_error_that_says_what_it_said():
    with pytest.raises(RuntimeError, match=r"chainrule failed at nonsense:(.|\n)*ValueError"):
        measure_in_turn("nonsense", [OURS], rounds=1, threads=1)


def test_the_ratio_is_the_median_of_the_rounds_ratios():
    assert ratio(Times("a", [1.0, 9.0, 2.0]), Times("b", [2.0, 3.0, 4.0])) == 0.5


def test_other_results_are_other_work():
    job = JOBS["two-layer"]
    same = {OURS: Times(OURS, result=0.95), "pytorch": Times("pytorch", result=0.953), "products": Times("products")}
    assert different_work(job, same) == ""
    other = same | {"pytorch": Times("pytorch", result=0.90)}
    assert different_work(job, other) == "results differ: chainrule 0.95, PyTorch 0.9"


def test_the_pictures_show_every_ratio_that_has_a_limit_and_every_size():
    rows = [
        {"title": "a job", "peer": "PyTorch", "ratio": 0.4, "limit": 0.5},
        {"title": "a job", "peer": "JAX", "ratio": 1.0, "limit": 0.9},
        {"title": "a job", "peer": "textbook", "ratio": 0.3, "limit": None},
    ]
    labels = [label.get_text() for label in plot_ratios(rows).axes[0].get_yticklabels()]
    assert labels == ["a job\nagainst JAX", "a job\nagainst PyTorch"]
    sizes = [
        {"what": what, "size": n, OURS: n / 1e6, "PyTorch": n / 1e5} for what in ("width", "batch") for n in (1, 8)
    ]
    panels = plot_growth(sizes).axes
    assert [axes.get_xlabel() for axes in panels] == ["width", "batch"]
    assert [line.get_label() for line in panels[0].lines] == [OURS, "PyTorch"]


def run(root, *words, module="benchmarks"):
    return subprocess.run([sys.executable, "-m", module, *words], cwd=root, capture_output=True, text=True, timeout=300)


@pytest.mark.exhaustive
def test_the_command_prints_a_table_and_writes_it(root, tmp_path):
    result = run(root, "--only", "two-layer", "--pairs", "1", "--threads", "1", "--out", str(tmp_path / "bench"))
    assert result.returncode == 0, result.stderr
    assert "step, TwoLayerNet 784-50-10, batch 100, SGD" in result.stdout
    assert "bare matrix products" in result.stdout
    assert "NOT THE SAME WORK" not in result.stdout
    for peer in JOBS["two-layer"].limits:
        assert PEERS[peer][1] in result.stdout  # with its time, or left out
    content = json.loads((tmp_path / "bench" / "benchmarks.json").read_text())
    assert content["machine"]["threads"] == 1
    assert {"chainrule", "bare matrix products"} <= {row["peer"] for row in content["jobs"]}
    assert (tmp_path / "bench" / "ratios.png").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--only", "nonsense"), "argument --only: invalid choice: 'nonsense'"),
        (("--pairs", "0"), "expected a whole number of at least 1, got 0"),
        (("--threads", "x"), "expected a whole number of at least 1, got x"),
    ],
)
def test_wrong_arguments_take_one_line(root, words, said):
    result = run(root, *words)
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert said in line


def test_without_mnist_the_jobs_that_need_it_are_left_out(root, tmp_path, monkeypatch):
    for name in ("CHAINRULE_DATA", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setitem(os.environ, name, str(tmp_path))
    result = run(root, "--only", "load", "--out", str(tmp_path / "bench"))
    assert result.returncode == 0, result.stderr
    assert "load: left out, MNIST is not on this machine" in result.stdout


@pytest.mark.exhaustive
def test_the_profile_names_every_part_of_a_step(root):
    result = run(root, "two-layer", "1", module="benchmarks.step_profile")
    assert result.returncode == 0, result.stderr
    for part in ("draw the batch", "Affine1.forward", "ReLU1.backward", "loss.forward", "update", "without layers"):
        assert part in result.stdout
    figures = re.search(r"([\d,]+) us\n.* Trainer +([\d,]+) us, (.*) of it", result.stdout).groups()
    plain, within, ratio = (float(figure.replace(",", "")) for figure in figures)
    np.testing.assert_allclose(within / plain, ratio, atol=0.1)


@pytest.mark.exhaustive
def test_the_profile_of_the_whole_process_shows_every_part_of_both(root, mnist_folder):
    pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch==2.13.0)")
    result = run(root, "--target-accuracy", "0.9", module="benchmarks.whole_profile")
    assert result.returncode == 0, result.stderr
    title, *lines = result.stdout.splitlines()
    assert title.split() == ["train.py", "PyTorch"]
    rows = [re.match(r"(.+?) +([\d.]+) s +([\d.]+) s$", line).groups() for line in lines]
    assert [name for name, *_ in rows] == [
        *("starting and ending", "importing", "loading", "steps", "accuracies", "all the rest"),
        "together",
    ]
    *parts, together = np.array([(float(ours), float(theirs)) for _, ours, theirs in rows])
    np.testing.assert_allclose(np.sum(parts, axis=0), together, atol=0.04)  # of rounding
    assert (parts[3] > 0).all()


@pytest.mark.exhaustive
def test_steps_are_measured_alone_and_beside_others(root):
    result = run(root, "1", "--quick", module="benchmarks.beside_others")
    assert result.returncode == 0, result.stderr
    head, *lines = result.stdout.splitlines()
    assert head.split() == "step within Trainer alone beside one beside two".split()
    assert [line.split(",")[0] for line in lines] == ["784-50-10", "784-50-10", "784-800-10", "784-800-10"]
    for line in lines:
        alone, *beside = re.findall(r"([\d,]+) us", line)
        assert len(beside) == len(re.findall(r"\d\.\d\dx", line)) == 2
        assert int(alone.replace(",", "")) > 0


@pytest.mark.exhaustive
@pytest.mark.skipif(
    not hasattr(os, "wait4"), reason="the benchmark measures memory by os.wait4, which this system lacks"
)
def test_the_command_of_the_gradient_check_is_measured_beside_the_import_of_numpy(root):
    result = run(root, "1", "--small", module="benchmarks.gradient_check_command")
    assert result.returncode == 0, result.stderr
    wall = next(line for line in result.stdout.splitlines() if line.startswith("wall time"))
    ours, numpy, ratio = map(float, re.findall(r"\d+\.\d\d", wall))
    assert ours > numpy > 0
    assert ratio > 1


@pytest.mark.parametrize("module", ["benchmarks.whole_process", "benchmarks.whole_profile"])
def test_an_accuracy_that_there_is_not_takes_one_line(root, module):
    result = run(root, "--target-accuracy", "2", module=module)
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert "argument --target-accuracy: expected an accuracy in (0, 1], got 2" in line
