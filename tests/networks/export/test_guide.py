"""What stands in docs/hand-over.md works and is true."""

import re
import runpy
import sys

import pytest

import layers
from networks.export import onnx_rules, pytorch_rules

NEEDED = {"onnx": "onnx", "onnxruntime": "ONNX Runtime", "safetensors": "safetensors", "torch": "PyTorch"}


@pytest.fixture
def guide(root):
    return (root / "docs" / "hand-over.md").read_text(encoding="utf-8")


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


@pytest.mark.exhaustive
def test_the_examples_run_one_after_the_other(guide, tmp_path, monkeypatch, capsys):
    for package, name in NEEDED.items():
        pytest.importorskip(package, reason=f"{name} is not installed")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)  # as it is for a script in that folder
    printed = []
    try:
        for number, example in enumerate(blocks(guide, "python")):
            script = tmp_path / f"example{number}.py"
            script.write_text(example, encoding="utf-8")
            runpy.run_path(str(script))
            printed.append(capsys.readouterr().out.split("\n"))
    finally:
        sys.modules.pop("model", None)
        for cls in [cls for cls in onnx_rules.ONNX_RULES if cls.__name__ == "Swish"]:
            onnx_rules.ONNX_RULES.pop(cls)
            pytorch_rules.PYTORCH_RULES.pop(cls)
    assert float(printed[0][0]) < 1e-5
    assert printed[1][0] == "['Affine1.weight', 'Affine1.bias', 'Affine2.weight', 'Affine2.bias']"
    assert float(printed[2][0]) < 0.3
    assert float(printed[3][0]) > 0.9
    assert printed[3][1] == "True"
    assert float(printed[4][0]) < 1e-12
    assert blocks(guide, "text")[1] in (tmp_path / "model.py").read_text(encoding="utf-8")


def test_the_graph_that_is_shown_is_that_of_the_example(guide):
    pytest.importorskip("onnx", reason="onnx is not installed")
    from networks import TwoLayerNet
    from networks.export.onnx_file import onnx_model

    graph = onnx_model(TwoLayerNet(64, 50, 10), probabilities=True).graph
    nodes = [f"{node.op_type:<11} {node.name:<16} {', '.join(node.input)}" for node in graph.node]
    assert blocks(guide, "text")[0].splitlines() == nodes


def test_the_table_has_every_layer(guide):
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", guide, re.M)
    named = {name for row in rows for name in re.findall(r"\w+", row)}
    classes = {name for name in layers.__all__ if isinstance(getattr(layers, name), type)}
    assert named == {name for name in classes if not name.endswith("WithLoss")} - {"Layer"}


def test_every_link_to_a_file_leads_to_one(guide, root):
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", guide) if not target.startswith("http")]
    assert targets
    for target in targets:
        assert (root / "docs" / target).exists(), target
