"""``chainrule export``: the network of a run's folder, for other programs."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest

import train
from networks import Network, TwoLayerNet, from_safetensors
from tests_support import folder_contents
from training.command.export import main

pytest.importorskip("onnx", reason='onnx is not installed (pip install -e ".[export]")')
pytest.importorskip("safetensors", reason='safetensors is not installed (pip install -e ".[export]")')


@pytest.fixture
def run_folder(tmp_path):
    TwoLayerNet(4, 3, 2, seed=0).save(tmp_path / "model.npz")
    return tmp_path


@pytest.mark.parametrize(
    ("form", "files"),
    [
        ("onnx", ["model.onnx"]),
        ("safetensors", ["model.safetensors", "model.py"]),
        ("pytorch", ["model.safetensors", "model.py"]),
    ],
)
def test_the_files_appear_in_the_folder_of_the_run(run_folder, capsys, form, files):
    assert main([str(run_folder), "--to", form]) == 0
    assert capsys.readouterr().out == f"wrote to {run_folder}: {', '.join(files)}\n"
    assert folder_contents(run_folder) == sorted(["model.npz", *files])


def test_the_weights_are_those_of_the_model(run_folder):
    main([str(run_folder), "--to", "safetensors"])
    expected = Network.load(run_folder / "model.npz").params
    for name, array in from_safetensors(run_folder / "model.safetensors").params.items():
        np.testing.assert_array_equal(array, expected[name])


def test_probabilities_are_asked_for_by_an_option(run_folder, capsys):
    import onnx

    main([str(run_folder), "--to", "onnx", "--probabilities"])
    assert onnx.load(run_folder / "model.onnx").graph.output[0].name == "probabilities"
    with pytest.raises(SystemExit, match="2"):
        main([str(run_folder), "--to", "pytorch", "--probabilities"])
    assert "--probabilities is for --to onnx" in capsys.readouterr().err


def test_a_folder_without_a_model_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"there is no run with a model in .*: expected .*model.npz"):
        main([str(tmp_path), "--to", "onnx"])


def test_what_can_be_asked_for_is_listed(run_folder, capsys):
    for given in (["--to", "keras"], []):
        with pytest.raises(SystemExit, match="2"):
            main([str(run_folder), *given])
    shown = capsys.readouterr().err
    assert "choose from" in shown
    assert all(form in shown for form in ("onnx", "safetensors", "pytorch"))


def test_a_package_that_is_missing_is_one_line(run_folder, capsys, monkeypatch):
    def refuse(name):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name.partition(".")[0])

    monkeypatch.setattr("networks.export.extras.import_module", refuse)
    with pytest.raises(SystemExit, match="2"):
        main([str(run_folder), "--to", "onnx"])
    shown = capsys.readouterr().err
    assert 'python -m pip install "chainrule[export]"' in shown
    assert shown.count("\n") == 1


@pytest.mark.exhaustive
def test_the_report_of_a_run_offers_the_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    train.main(["--dataset", "digits", "--epochs", "1", "--quiet", "--out", "run"])
    for form in ("onnx", "pytorch", "onnx"):
        main(["run", "--to", form])
    page = Path("run/report.html").read_text(encoding="utf-8")
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    offered = {entry["name"]: base64.b64decode(entry["content"]) for entry in json.loads(text)["downloads"]}
    assert list(offered) == ["model.onnx", "model.safetensors", "model.py"]
    for name, content in offered.items():
        assert content == Path("run", name).read_bytes()
