"""A new layer is added in every place that CONTRIBUTING.md names."""

import inspect

import pytest

import layers
from networks.stack import ACTIVATIONS

NO_PEER = {"Add", "Multiply", "Sequence"}  # PyTorch has no layer to compare with
NAMES = [name for name in layers.__all__ if inspect.isclass(getattr(layers, name)) and name != "Layer"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "paths",
    [
        ["tests/layers/test_results_stay.py"],
        ["tests/peers/test_layers.py", "tests/peers/test_images.py", "tests/peers/test_pytorch.py"],
        ["tests/gradient_check/test_right_layers.py", "tests/layers"],
        ["tests/graph_formulas/by_class.py", "tests/graph_formulas/expressions.py"],
        ["networks/export/onnx_rules.py"],
        ["tests/random_stacks.py", "tests/networks/export/test_onnx.py", "tests/networks/export/test_pytorch.py"],
        ["tests/another_processor/cases.py"],
        ["docs/hand-over.md", "networks/export/pytorch_classes.py"],
        ["CHANGELOG.md"],
    ],
)
def test_every_layer_is_in(root, name, paths):
    if "tests/peers/test_layers.py" in paths and name in NO_PEER:
        return
    places = [root / path for path in paths]
    files = [file for place in places for file in (place.glob("*.py") if place.is_dir() else [place])]
    assert any(name in file.read_text(encoding="utf-8") for file in files), f"{name} is in none of {', '.join(paths)}"


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_is_in_the_report_page_and_in_the_docstrings(root, activation):
    for script in ("report/activations.js", "drawing/forward.js"):
        text = (root / "figures" / script).read_text(encoding="utf-8")
        assert f"{ACTIVATIONS[activation].__name__}:" in text, script
    for network in ("two_layer_net.py", "multi_layer_net.py"):
        assert f'"{activation}"' in (root / "networks" / network).read_text(encoding="utf-8"), network
