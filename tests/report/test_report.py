"""The report as a file: what is in it, and what is not."""

import base64
import hashlib
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from datasets import load_digits
from datasets.opening import open_toy
from figures import report as package
from figures.evaluation import evaluate, most_confident_mistakes
from figures.report.linking import in_order
from layers import Affine, ReLU, Residual, SoftmaxWithLoss
from networks import Network, TwoLayerNet
from networks.network import name_layers
from tests_support import few_quick, folder_contents
from training.command.networks import NETWORKS

SOURCES = Path(package.__file__).parent
DRAWING = SOURCES.parent / "drawing"
SCRIPTS = sorted([*SOURCES.glob("*.js"), *DRAWING.glob("*.js")])
HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "</script <b ",
    "<!--<script>",
    "]]>&amp;&lt;\u2028\u2029",
    "'\"><svg onload=alert(1)>",
    "\udce9 no UTF-8, 손글씨/手書き, \x00\x1b[31m, \u202etxt.exe",
]
MEGABYTE = 1_000_000


class Elements(HTMLParser):
    """The elements of a page and the texts of its scripts and styles."""

    def __init__(self, path):
        super().__init__()
        self.elements, self.texts, self.policy = [], [], ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if dict(attributes).get("http-equiv") == "Content-Security-Policy":
            self.policy = dict(attributes)["content"]

    def handle_data(self, data):
        if self.elements and self.elements[-1][0] in ("script", "style"):
            self.texts.append((*self.elements[-1], data))
            self.elements.append(("end", {}))


def weights_in(data):
    return np.frombuffer(base64.b64decode(data["network"]["weights"]), "<f4")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_texts_add_no_element_to_the_page_and_arrive_as_they_are(report, data_of, hostile):
    layers = {hostile: Affine(np.ones((64, 10)), np.zeros(10))}
    config = {"command": hostile, "dataset": hostile, "network": hostile, hostile: [hostile, {"a": hostile}]}
    names = [{"name": hostile, "activation": [0.0] * 5, "activation_std": 1.0}]
    path = report(
        Network(layers, SoftmaxWithLoss()), config=config, distributions=[{"epoch": hostile, "layers": names}]
    )
    usual = Elements(report(name="usual.html"))
    assert [tag for tag, _ in Elements(path).elements] == [tag for tag, _ in usual.elements]
    data = data_of(path)
    assert data["config"] == config
    assert data["network"]["layers"][0]["name"] == data["distributions"][0]["layers"][0]["name"] == hostile


def test_the_command_in_the_page_can_be_given_again(report, data_of):
    given = "python train.py --dataset mnist --data-dir '/home/kim/my data' --quiet --out runs/mine --hidden 50 --out=b"
    config = data_of(report(config={"command": given}))["config"]
    assert config == {"command": "python train.py --dataset mnist --data-dir '/home/kim/my data' --hidden 50"}


@pytest.mark.parametrize("command", ["python train.py --seed 1", "python 'train.py", "python  train.py --out x"])
def test_a_command_with_nothing_to_leave_out_or_not_from_the_command_line_stays(report, data_of, command):
    assert data_of(report(config={"command": command}))["config"] == {"command": command}


def test_the_page_tells_the_name_of_the_data_and_not_where_they_lay(report, data_of):
    config = {"source": "/home/kim/data/mnist", "arguments": ["--data-dir", "/home/kim/data/mnist"], "seed": 0}
    path = report(config=config)
    assert data_of(path)["config"] == {"source": "mnist", "seed": 0}
    assert "kim" not in path.read_text(encoding="utf-8")


def test_traces_and_distributions_are_rounded_to_what_a_chart_can_show(report, data_of):
    layer = {"name": "Affine1", "activation": [0.123456789] * 5, "activation_std": 1.23456789e-9}
    traces = {"step": [1234567], "loss": [2.3456789]}
    data = data_of(report(distributions=[{"epoch": 123456, "layers": [layer]}], traces=traces))
    rounded = {"name": "Affine1", "activation": [0.12346] * 5, "activation_std": 1.2346e-9}
    assert data["distributions"] == [{"epoch": 123456, "layers": [rounded]}]
    assert data["traces"] == {"step": [1234567], "loss": [2.3457]}


def test_of_many_epochs_some_distributions_are_kept_the_first_and_the_last_among_them(report, data_of):
    records = [{"epoch": epoch, "layers": []} for epoch in range(1, 1002)]
    epochs = [record["epoch"] for record in data_of(report(distributions=records))["distributions"]]
    assert (len(epochs), epochs[0], epochs[-1]) == (200, 1, 1001)
    assert set(np.diff(epochs)) <= {5, 6}


@pytest.mark.exhaustive
def test_the_page_asks_for_nothing(report):
    path = report()
    for tag, attributes in Elements(path).elements:
        assert "src" not in attributes, tag
        assert tag not in ("iframe", "object", "embed", "base", "img", "form")
        assert attributes.get("href", "#").startswith(("#", "data:")), attributes
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
    page = path.read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|WebSocket|import\(", page)
    assert set(re.findall(r"\w+://[\w./]+", page)) == {"http://www.w3.org/2000/svg"}


def test_the_policy_allows_the_scripts_and_styles_of_the_page_and_nothing_else(report):
    page = Elements(report())
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        texts = [text for found, attributes, text in page.texts if found == tag and "type" not in attributes]
        hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
        assert len(texts) > 5
        assert " ".join([directive, *(f"'sha256-{each}'" for each in hashes)]) + ";" in page.policy
    assert page.policy.startswith("default-src 'none';")
    assert "unsafe" not in page.policy
    assert "'self'" not in page.policy


def test_every_source_file_is_in_the_page_and_packaged(root):
    page = (SOURCES / "page.html").read_text(encoding="utf-8")
    styles = {(SOURCES / name).resolve() for name in re.findall(r'href="([\w./-]+\.css)"', page)}
    assert styles == {*SOURCES.glob("*.css"), *DRAWING.glob("*.css")}
    assert in_order(SOURCES / "main.js", {}, ()).keys() == set(SCRIPTS)
    setup = (root / "setup.py").read_text(encoding="utf-8")
    assert '"chainrule.figures": ["drawing/*.css", "drawing/*.js"]' in setup
    assert '"chainrule.figures.report": ["page.html", "*.css", "*.js"]' in setup


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_of_classes_stand_out_from_the_paper(scheme):
    light, dark = (DRAWING / "colours.css").read_text(encoding="utf-8").split("@media")
    colours = {
        name: rgb(digits) for name, digits in re.findall(r"--(\w+): #(\w{6});", light if scheme == "light" else dark)
    }
    classes = [colours[f"class{k}"] for k in range(8)]
    assert min(contrast(colour, colours["paper"]) for colour in classes) > 2.5
    assert len({tuple(colour) for colour in classes}) == 8


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_numbers_on_full_cells_of_the_matrix_can_be_read(scheme):
    light, dark = (DRAWING / "colours.css").read_text(encoding="utf-8").split("@media")
    source = light if scheme == "light" else dark
    colours = {name: rgb(digits) for name, digits in re.findall(r"--(\w+): #(\w{6});", source)}
    full = float(re.search(r"--full: ([\d.]+);", source)[1])
    for tone in ("positive", "negative"):
        cell = colours["paper"] + full * (colours[tone] - colours["paper"])
        assert contrast(colours["ink"], cell) > 4.5
    assert contrast(colours["track"], colours["paper"]) > 1.25


def rgb(digits):
    return np.array([int(digits[at : at + 2], 16) for at in (0, 2, 4)])


def contrast(one, other):
    """Return the contrast of two colours, as WCAG 2.2 defines it."""
    shares = np.array([one, other]) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    darker, lighter = np.sort(linear @ [0.2126, 0.7152, 0.0722])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_scripts_set_texts_and_never_html(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|</script", source)


@pytest.mark.parametrize("name", few_quick(NETWORKS, "TwoLayerNet", "SimpleConvNet"))
def test_the_weights_in_the_page_are_those_of_the_network(report, data_of, trained, name):
    network, x_test = trained(name)
    data = data_of(report(network, x_test))
    arrays = []

    def collect(layers):
        for layer in layers:
            inside = [*layer.get("layers", []), *([layer["projection"]] if "projection" in layer else [])]
            collect(inside)
            arrays.extend(layer.get("arrays", {}).values())

    collect(data["network"]["layers"])
    values = weights_in(data)
    shapes = [tuple(place["shape"]) for place in arrays]
    assert sum(np.prod(shape, dtype=int) for shape in shapes) == len(values)
    expected = [*network.params.values(), *network.state.values()]
    assert sorted(shapes) == sorted(array.shape for array in expected)
    np.testing.assert_array_equal(np.sort(values), np.sort(np.concatenate([array.ravel() for array in expected])))
    assert data["network"]["parameters"] == sum(array.size for array in network.params.values())


def test_layers_that_are_not_the_projects_own_have_no_class(report, data_of):
    class ReLU:
        option_names = ("a",)
        a = object()

        def forward(self, x):
            return x**2

        def backward(self, dout):
            return dout

    network = Network([Affine(np.ones((64, 10)), np.zeros(10)), ReLU(), Residual(ReLU())], SoftmaxWithLoss())
    layers = data_of(report(network))["network"]["layers"]
    assert [layer["class"] for layer in layers] == ["Affine", None, "Residual"]
    assert layers[2]["layers"][0]["class"] is None


def test_the_page_has_the_confusion_matrix_and_the_samples_behind_it(report, data_of, digits):
    network = TwoLayerNet(64, 12, 10, seed=0)
    data = data_of(report(network))
    evaluation = evaluate(network, digits.x_test, digits.t_test)
    assert data["test"]["confusion"] == evaluation.confusion.tolist()
    assert data["test"]["accuracy"] == evaluation.accuracy
    samples = data["samples"]
    for row, column in np.argwhere(evaluation.confusion > 0):
        places = samples["cells"][f"{row},{column}"]
        assert len(places) == min(12, evaluation.confusion[row, column])
        assert {(samples["label"][place], samples["predicted"][place]) for place in places} == {(row, column)}
    assert len(samples["cells"]) == (evaluation.confusion > 0).sum()


def test_the_pictures_in_the_page_are_the_test_images_to_the_bit(report, data_of, digits):
    samples = data_of(report())["samples"]
    pixels = np.frombuffer(base64.b64decode(samples["pixels"]), np.uint8).reshape(-1, 64)
    np.testing.assert_array_equal(pixels, digits.x_test.pixels[samples["number"]])
    assert samples["label"] == digits.t_test[samples["number"]].tolist()
    assert len(samples["number"]) == len(set(samples["number"])) <= len(digits.x_test)


def test_the_page_has_the_most_confident_mistakes_and_examples_of_every_class(report, data_of, digits):
    network = TwoLayerNet(64, 12, 10, seed=0)
    samples = data_of(report(network))["samples"]
    expected = most_confident_mistakes(evaluate(network, digits.x_test, digits.t_test), 40)
    assert [samples["number"][place] for place in samples["mistakes"]] == expected.tolist()
    assert len(samples["examples"]) == 120
    assert {samples["label"][place] for place in samples["examples"]} == set(range(10))


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), None])
def test_what_is_not_a_number_becomes_null(report, data_of, bad):
    record = {"epoch": 1, "train_loss": bad, "train_accuracy": bad, "test_accuracy": bad, "seconds": bad}
    layer = {"name": "Affine1", "activation": [bad] * 5, "activation_std": np.float32(bad or np.nan)}
    path = report(
        config={"lr": bad, "seed": 2**60},
        history=[record],
        distributions=[{"epoch": 1, "layers": [layer]}],
        traces={"step": [1], "lr": np.array([bad], float)},
    )
    data = data_of(path)
    assert data["history"] == [dict.fromkeys(record) | {"epoch": 1}]
    assert data["distributions"][0]["layers"][0]["activation"] == [None] * 5
    assert data["distributions"][0]["layers"][0]["activation_std"] is None
    assert data["traces"]["lr"] == [None]
    assert data["config"] == {"lr": None, "seed": str(2**60)}


def test_a_network_that_diverged_is_reported_too(report, data_of):
    network = TwoLayerNet(64, 12, 10, seed=0)
    network.params["W2"][...] = np.nan
    data = data_of(report(network, history=[], distributions=None, traces=None))
    assert (data["history"], data["distributions"], data["traces"]) == ([], [], {})
    assert set(data["samples"]["confidence"]) == {None}


@pytest.mark.parametrize("normalized", [True, False])
def test_plain_arrays_of_flat_images_or_of_images_with_a_channel_will_do(report, data_of, digits, normalized):
    (_, _), (x_test, t_test) = load_digits(flatten=normalized)
    network = Network(name_layers([Affine(np.ones((64, 10)), np.zeros(10)), ReLU()]), SoftmaxWithLoss())
    data = data_of(report(network, x_test, t_test=np.eye(10)[t_test]))
    assert data["image"] == {"height": 8, "width": 8, "white": 16, "making": "blocks"}
    pixels = np.frombuffer(base64.b64decode(data["samples"]["pixels"]), np.uint8).reshape(-1, 64)
    np.testing.assert_array_equal(pixels, digits.x_test.pixels[data["samples"]["number"]])


def test_images_of_another_shape_are_refused(report, digits):
    with pytest.raises(ValueError, match=r"got x_test.shape \(359, 64\) and image_shape \(8, 9\)"):
        report(image_shape=(8, 9))
    with pytest.raises(ValueError, match="images of one channel"):
        report(x_test=np.zeros((359, 3, 8, 8)))


def test_a_report_that_cannot_be_made_leaves_nothing(report, tmp_path):
    with pytest.raises(ValueError, match="359 samples and 3 labels"):
        report(t_test=np.arange(3))
    assert folder_contents(tmp_path) == []


def test_a_report_that_cannot_be_written_leaves_the_old_one(report, tmp_path, monkeypatch):
    path = report()
    before = path.read_bytes()
    monkeypatch.setattr("networks.files.whole_file.os.fsync", fail_like_a_full_disk)
    with pytest.raises(OSError, match="No space left"):
        report(TwoLayerNet(64, 5, 10, seed=1))
    assert path.read_bytes() == before
    assert folder_contents(tmp_path) == ["report.html"]


def fail_like_a_full_disk(descriptor):
    raise OSError(28, "No space left on device")


def test_the_report_of_the_default_run_is_written_in_2_s_and_has_at_most_3_mb(report, rng):
    network = TwoLayerNet(784, 200, 10, seed=0)
    x, t = rng.random((10_000, 784), np.float32), rng.integers(0, 10, 10_000)
    network.params["W2"][...] *= 30  # answers all over the confusion matrix: the most samples that there can be
    traces = {name: rng.random(6000).tolist() for name in ("step", "lr", "gradient_norm", "loss")}
    started = time.perf_counter()
    path = report(network, x, t_test=t, image_shape=(28, 28), traces=traces)
    assert time.perf_counter() - started < 2
    assert path.stat().st_size < 3 * MEGABYTE


def test_many_classes_and_large_images_keep_the_pixels_within_bounds(report, data_of, rng):
    x, t = rng.random((3000, 2500), np.float32), rng.integers(0, 40, 3000)
    network = TwoLayerNet(2500, 5, 40, weight_init_std=1.0, seed=0)
    samples = data_of(report(network, x, t_test=t, image_shape=(50, 50)))["samples"]
    assert len(base64.b64decode(samples["pixels"])) < 4 * MEGABYTE
    assert len(samples["examples"]) == 120


def test_an_evaluation_that_was_made_before_is_used(report, data_of, digits, monkeypatch):
    network = TwoLayerNet(64, 12, 10, seed=0)
    evaluation = evaluate(network, digits.x_test, digits.t_test)
    expected = data_of(report(network))
    monkeypatch.setattr("figures.report.report.evaluate", None)
    assert data_of(report(network, evaluation=evaluation)) == expected


def test_of_data_in_the_plane_the_points_are_in_the_page_and_nothing_of_images(report_of_points, data_of):
    spiral = open_toy("spiral")
    network = TwoLayerNet(2, 12, 3, weight_init_std=1.0, seed=0)
    data = data_of(report_of_points(spiral, network))
    assert data["image"] is data["samples"] is None
    points = data["points"]
    assert points["features"] == ["x1", "x2"]
    np.testing.assert_allclose(points["train"]["x"], spiral.x_train, rtol=1e-4)
    np.testing.assert_allclose(points["test"]["x"], spiral.x_test, rtol=1e-4)
    assert points["test"]["t"] == spiral.t_test.tolist()
    evaluation = evaluate(network, spiral.x_test, spiral.t_test)
    assert points["test"]["predicted"] == evaluation.predicted.tolist()
    assert data["test"]["confusion"] == evaluation.confusion.tolist()


def test_of_a_regression_the_points_and_the_loss_are_in_the_page(report_of_points, data_of):
    curve = open_toy("curve")
    data = data_of(report_of_points(curve))
    assert data["test"] == {"samples": 100, "loss": 0.4}
    np.testing.assert_allclose(data["points"]["train"]["t"], curve.t_train[:, 0], rtol=1e-4)
    assert data["points"]["features"] == ["x"]


def test_of_many_points_some_are_in_the_page_with_their_labels(report_of_points, data_of):
    x = np.arange(5000, dtype=np.float32).reshape(-1, 2) / 2500
    t = (np.arange(2500) % 2).astype(int)
    data = open_toy("moons")._replace(x_train=x, t_train=t)
    train = data_of(report_of_points(data))["points"]["train"]
    assert (train["of"], len(train["x"]), len(train["t"])) == (2500, 800, 800)
    places = np.rint(np.array(train["x"])[:, 0] * 2500 / 2).astype(int)
    assert train["t"] == t[places].tolist()


def test_of_more_features_than_can_be_drawn_there_are_no_points(report_of_points, data_of, rng):
    x = rng.random((30, 5), np.float32)
    data = open_toy("moons")._replace(x_train=x, t_train=np.arange(30) % 2, x_test=x, t_test=np.arange(30) % 2)
    assert data_of(report_of_points(data))["points"] is None


def test_the_page_tells_of_each_finding_what_a_reader_wants_and_no_evidence(report, data_of, some_findings):
    first, second, *others = data_of(report(findings=some_findings))["findings"]
    assert first == {
        "code": "learning-rate-too-high",
        "message": "There is learning-rate-too-high.",
        "remedy": "Mend learning-rate-too-high.",
        "epoch": None,
        "tried": some_findings[0]["tried"]["text"],
        "is_effect": False,
    }
    assert (second["epoch"], second["tried"]) == (3, None)
    assert [other["is_effect"] for other in others] == [True, True]


def test_no_diagnosis_and_one_that_found_nothing_are_told_apart(report, data_of):
    assert data_of(report())["findings"] is None
    assert data_of(report(findings=[]))["findings"] == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_findings_add_no_element_to_the_page(report, data_of, hostile):
    findings = [dict.fromkeys(("code", "message", "remedy"), hostile) | {"tried": {"text": hostile}, "epoch": None}]
    path = report(findings=findings)
    usual = Elements(report(name="usual.html"))
    assert [tag for tag, _ in Elements(path).elements] == [tag for tag, _ in usual.elements]
    assert data_of(path)["findings"][0]["tried"] == hostile


def test_the_names_of_the_classes_are_in_the_page(report, data_of, digits):
    named = digits._replace(class_names=tuple("abcdefghij"))
    assert data_of(report(data=named))["classes"] == list("abcdefghij")
    assert data_of(report())["classes"] == []
