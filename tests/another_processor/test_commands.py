"""``train.py --device cuda``, and the benchmark, in processes of their own in which the stand-in takes CuPy's place."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from benchmarks import gpu
from networks import TwoLayerNet

FAST = ["--dataset", "digits", "--epochs", "2", "--no-diagnosis", "--no-pictures", "--quiet"]


@pytest.fixture
def run(root, tmp_path):
    def run(*words, stand_in=True, **environment):
        paths = [str(root), *([str(root / "tests" / "stand_in")] if stand_in else [])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **environment}
        return subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.fixture
def train(root, run):
    return lambda *words, **how: run(root / "train.py", *words, **how)


def arrays(path):
    with np.load(path) as file:
        return {name: file[name] for name in file.files if name != "meta"}


def test_without_a_gpu_the_benchmark_says_so_in_a_line_and_ends_well(run):
    result = run("-m", "benchmarks.gpu", CHAINRULE_STAND_IN="no GPU")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("nothing was measured: CuPy finds no GPU")
    assert result.stdout.count("\n") == 1


def test_the_benchmark_measures_a_case_on_both_processors(cupy, monkeypatch, capsys):
    small = gpu.Case("small", lambda: TwoLayerNet(8, 4, 10, seed=0), (5, 8))
    monkeypatch.setattr(gpu, "CASES", [small])
    assert gpu.main(["--seconds", "0.001"]) == 0
    head, _, titles, line = capsys.readouterr().out.splitlines()
    assert head.startswith(f"stand-in, CuPy {cupy.__version__}, PyTorch left out")
    assert titles.split()[-1] == "CuPy/PyTorch"
    name, cpu, there, pytorch, ratio, other = line.split()
    assert (name, pytorch, other) == ("small", "-", "-")
    assert float(cpu) / float(there) == pytest.approx(float(ratio), rel=0.2)


def test_every_case_of_the_benchmark_takes_its_samples():
    for case in gpu.CASES:
        if "4096" not in case.title:
            x, t = gpu.samples((2, *case.shape[1:]))
            assert np.isfinite(case.build().loss(x, t))


@pytest.mark.exhaustive
def test_a_run_on_the_gpu_leaves_the_model_that_it_leaves_on_the_cpu(train, tmp_path):
    for device in ("cpu", "cuda"):
        result = train(*FAST, "--device", device, "--out", device)
        assert (result.returncode, result.stderr) == (0, "")
    here, there = (arrays(tmp_path / device / "model.npz") for device in ("cpu", "cuda"))
    for name in here:
        np.testing.assert_array_equal(there[name], here[name])
    config = json.loads((tmp_path / "cuda" / "history.json").read_text())["config"]
    assert config["device"] == "cuda"


@pytest.mark.exhaustive
def test_a_whole_run_leaves_diagnosis_pictures_and_report(train, tmp_path):
    result = train("--dataset", "digits", "--epochs", "1", "--device", "cuda", "--out", "run")
    assert (result.returncode, result.stderr) == (0, "")
    assert "diagnosis" in result.stdout
    assert {"model.npz", "report.html", "weights.png", "distributions.png"} <= {
        path.name for path in (tmp_path / "run").iterdir()
    }


@pytest.mark.exhaustive
def test_a_run_goes_on_on_either_processor_to_the_same_bits(root, run, train, tmp_path):
    assert train(*FAST, "--device", "cuda", "--out", "whole").returncode == 0
    for device in ("cpu", "cuda"):
        script = f"""
import train
from training.run.folder import RunFolder
keep = RunFolder.keep_checkpoint
def keep_and_stop(self, snapshot):
    keep(self, snapshot)
    raise SystemExit(9)
RunFolder.keep_checkpoint = keep_and_stop
train.main({[*FAST, "--device", "cuda", "--checkpoint-every", "30", "--out", f"cut-{device}"]!r})
"""
        assert run("-c", script).returncode == 9
        result = train("--resume", f"cut-{device}", "--device", device, "--no-diagnosis", "--no-pictures", "--quiet")
        assert (result.returncode, result.stderr) == (0, "")
        whole, cut = arrays(tmp_path / "whole" / "model.npz"), arrays(tmp_path / f"cut-{device}" / "model.npz")
        for name in whole:
            np.testing.assert_array_equal(cut[name], whole[name])
    result = run("-m", "training.diagnose", "cut-cuda", stand_in=False, CHAINRULE_STAND_IN="no GPU")
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.exhaustive
def test_a_run_without_a_gpu_says_so_and_leaves_nothing(train, tmp_path):
    result = train(*FAST, "--device", "cuda", "--out", "run", CHAINRULE_STAND_IN="no GPU")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("train.py: error: CuPy finds no GPU: the device cuda needs one of NVIDIA's")
    assert not (tmp_path / "run").exists()


@pytest.mark.exhaustive
def test_a_run_without_cupy_names_the_command_that_installs_it(train, tmp_path):
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text("import sys\nsys.modules['cupy'] = None\n")
    result = train(*FAST, "--device", "cuda", "--out", "run", PYTHONPATH=str(hidden))
    assert result.returncode == 2
    assert result.stderr == (
        "train.py: error: the device cuda needs CuPy, which is not installed; install it by: "
        'python -m pip install "chainrule[cuda]"\n'
    )
    assert not (tmp_path / "run").exists()


@pytest.mark.exhaustive
def test_a_cupy_that_cannot_be_loaded_says_why(train, tmp_path):
    broken = tmp_path / "broken" / "cupy"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('libcuda.so.1:\\n cannot open shared object file')\n")
    result = train(*FAST, "--device", "cuda", "--out", "run", PYTHONPATH=str(broken.parent))
    assert result.returncode == 2
    assert "CuPy, which cannot be loaded: libcuda.so.1: cannot open shared object file" in result.stderr


@pytest.mark.exhaustive
def test_another_device_is_no_option(train):
    result = train(*FAST, "--device", "tpu")
    assert result.returncode == 2
    assert "argument --device: invalid choice: 'tpu'" in result.stderr


@pytest.mark.exhaustive
def test_shards_and_a_gpu_do_not_go_together(train):
    result = train(*FAST, "--device", "cuda", "--shards", "4")
    assert result.returncode == 2
    assert "shards are for processes that compute with NumPy; leave them out on a GPU" in result.stderr
