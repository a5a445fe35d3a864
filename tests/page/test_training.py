"""Training in the page, without the page: what it asks, and what it is answered."""

import base64
import contextlib
import io
import json
import sys

import numpy as np
import pytest

from coursework.course.course import read_course
from datasets import load_digits, spiral
from language import speaking
from networks import MultiLayerNet, Network
from page.inside.answering import plain
from page.inside.training.jobs import RUNS, TRAIN_JOBS
from training import SGD, Adam, Trainer

MINUS = "\N{MINUS SIGN}"
OWN = """
import numpy as np

class MyReLU:
    def forward(self, x):
        self.mask = x > 0
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * self.mask

class MyAffine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T

class MyDropout:  # which draws from the global random numbers, and nobody tells it to predict
    def __init__(self, ratio):
        self.ratio = ratio

    def forward(self, x):
        self.mask = np.random.rand(*x.shape) > self.ratio
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask

class MySoftmaxWithLoss:
    def forward(self, x, t):
        y = np.exp(x - x.max(axis=1, keepdims=True))
        self.y, self.t = y / y.sum(axis=1, keepdims=True), np.eye(x.shape[1])[t] if t.ndim == 1 else t
        return -np.sum(self.t * np.log(self.y + 1e-12)) / len(x)

    def backward(self, dout=1.0):
        return dout * (self.y - self.t) / len(self.y)

class Convolution:
    def __init__(self, filters, size, stride):
        pass

    def forward(self, x):
        return x

    def backward(self, dout):
        return dout

class Add:
    def forward(self, x, other):
        return x + other

    def backward(self, dout):
        return dout, dout

print("a script, which is not run")
raise SystemExit
"""
ALL_OWN = {
    "hidden": [{"units": 6, "activation": "own:MyReLU"}],
    "own": {"affine": "MyAffine", "dropout": "MyDropout", "loss": "MySoftmaxWithLoss"},
    "dropout": 0.2,
}


def layer_of(forward="return x", backward="return dout"):
    return f"class Mine:\n  def forward(self, x):\n    {forward}\n  def backward(self, dout):\n    {backward}\n"


def ask(job, **request):
    """Return an answer as it comes through JSON."""
    return json.loads(json.dumps(plain(TRAIN_JOBS[job](request)), allow_nan=False))


def started(text="", *runs, **settings):
    answer = ask("train.start", text=text, runs=list(runs) or [settings])
    assert answer["problem"] is None, answer["problem"]
    return answer["runs"]


def problem(text="", **settings):
    return ask("train.start", text=text, runs=[settings])["problem"]


def trained(**request):
    """Train to the end, and return the last answer."""
    answer = ask("train.advance", milliseconds=100, **request)
    while any(run["state"] == "ready" for run in answer["runs"]):
        answer = ask("train.advance", milliseconds=100, **request)
    return answer


def unpacked(array):
    kind = {"float32": "<f4", "uint8": "u1", "int32": "<i4"}[array["kind"]]
    return np.frombuffer(base64.b64decode(array["data"]), kind).reshape(array["shape"])


def same(network, other):
    theirs = {**other.params, **other.state}
    return all(np.array_equal(array, theirs[name]) for name, array in {**network.params, **network.state}.items())


def test_a_training_in_slices_has_the_bits_of_one_at_once():
    started(hidden=[{"units": 8, "activation": "tanh"}], batch_norm=True, dropout=0.1, epochs=3)
    while ask("train.advance", milliseconds=2, side=12, maps=2, signals=True, accuracies=True)["runs"][0]["epoch"] < 3:
        pass
    network = MultiLayerNet(2, [8], 3, "tanh", use_batchnorm=True, use_dropout=True, dropout_ratio=0.1, seed=0)
    x_train, t_train = spiral(400)
    x_test, t_test = spiral(100, seed=1)
    trainer = Trainer(network, x_train, t_train, x_test, t_test, Adam(0.01), 3, 10, seed=0)
    trainer.train()
    assert same(RUNS[0].network, network)
    history = ask("train.advance", milliseconds=0)["runs"][0]["history"]
    assert [record["test_accuracy"] for record in history] == [record["test_accuracy"] for record in trainer.history]


def test_digits_train_to_the_bits_of_a_native_training():
    started(
        data="digits", hidden=[{"units": 20, "activation": "relu"}], optimizer="sgd", lr=0.1, batch_size=20, epochs=1
    )
    trained(maps=1)
    network = MultiLayerNet(64, [20], 10, seed=0)
    (x_train, t_train), (x_test, t_test) = load_digits()
    Trainer(network, x_train, t_train, x_test, t_test, SGD(0.1), 1, 20, seed=0).train()
    assert same(RUNS[0].network, network)


@pytest.mark.exhaustive
def test_the_spiral_is_learned():
    started(hidden=[{"units": 16, "activation": "relu"}] * 2)
    answer = trained(accuracies=True)
    assert answer["runs"][0]["accuracies"]["test_accuracy"] > 0.95


def test_two_runs_side_by_side_make_the_same_number_of_steps():
    started("", {"epochs": 2}, {"epochs": 2, "initialization": "zeros"})
    for _ in range(3):
        one, other = ask("train.advance", milliseconds=10)["runs"]
        assert one["step"] == other["step"] > 0
    one, other = trained()["runs"]
    assert (one["state"], other["state"], one["epoch"], other["epoch"]) == ("done", "done", 2, 2)
    assert not np.array_equal(RUNS[0].network.params["W1"], RUNS[1].network.params["W1"])


def test_two_equal_runs_stay_equal_also_with_layers_that_draw_global_random_numbers():
    started(OWN, ALL_OWN, ALL_OWN)
    for _ in range(3):
        ask("train.advance", milliseconds=10)
    assert same(RUNS[0].network, RUNS[1].network)


def test_a_single_step_can_be_asked_for_and_an_epoch_is_told_when_its_last_step_was_made():
    started(epochs=1)
    assert ask("train.advance", steps=1)["runs"][0]["step"] == 1
    run = ask("train.advance", steps=39)["runs"][0]
    assert (run["step"], run["epoch"], run["state"]) == (40, 1, "done")
    run = ask("train.advance", steps=1, epochs=2)["runs"][0]
    assert (run["step"], run["epochs"], run["state"]) == (41, 3, "ready")


def test_looking_changes_neither_the_training_nor_the_random_numbers_nor_what_is_printed(capsys):
    looks = {
        "side": 10,
        "maps": 2,
        "signals": True,
        "accuracies": True,
        "weights": True,
        "unit": {"stage": 0, "unit": 1},
    }
    text = OWN.replace("return dout * self.mask\n", "print('back'); return dout * self.mask\n")
    results = []
    for asked in ({}, looks):
        started(text, **ALL_OWN)
        before = random_numbers()
        for _ in range(4):
            ask("train.advance", steps=5, **asked)
        assert random_numbers() == before
        results.append(RUNS[0].network)
    assert same(*results)
    assert capsys.readouterr().out == ""


def test_the_boundary_is_what_the_network_answers_on_the_grid():
    (run,) = started()
    answer = ask("train.advance", steps=20, side=20, maps=2)["runs"][0]["boundary"]
    shares = unpacked(answer["shares"])
    (left, right), (bottom, top) = run["data"]["extents"]
    x = np.array([[left + 3.5 / 20 * (right - left), top - 7.5 / 20 * (top - bottom)]], np.float32)
    scores = RUNS[0].network.predict(x)[0]
    expected = np.exp(scores) / np.exp(scores).sum()
    assert shares.shape == (400, 3)
    assert np.allclose(shares[7 * 20 + 3] / 255, expected, atol=0.003)
    assert unpacked(answer["maps"][0]["pictures"]).shape == (8, 10, 10)


def test_a_units_map_is_what_it_answers():
    (run,) = started(hidden=[{"units": 4, "activation": "sigmoid"}])
    answer = ask("train.advance", steps=20, side=10, maps=1)["runs"][0]["boundary"]["maps"][0]
    (left, right), (bottom, top) = run["data"]["extents"]
    at = [left + 2.5 / 10 * (right - left), top - 6.5 / 10 * (top - bottom)]
    shown = (unpacked(answer["pictures"]).astype(float)[1, 6, 2] - 128) / 127 * answer["limits"][1]
    assert ask("train.unit", stage=0, unit=1, at=at)["value"] == pytest.approx(shown, abs=0.01)


def test_a_units_formula_has_its_weights_put_in():
    started(hidden=[{"units": 3, "activation": "relu"}])
    network = RUNS[0].network
    network.params["W1"] = np.array([[0.1, 0.2, 0.52], [0.3, 0.4, -1.31]])
    network.params["b1"] = np.array([0.0, 0.0, 0.08])
    answer = ask("train.unit", stage=0, unit=2, at=[1.0, -0.5])
    assert answer["name"] == "h3"
    assert answer["formula"] == f"relu(0.52 x1 {MINUS} 1.31 x2 + 0.08)"
    assert answer["put_in"] == f"relu(0.52 · 1 {MINUS} 1.31 · ({MINUS}0.5) + 0.08)"
    assert answer["value"] == pytest.approx(1.255)
    assert [weight["name"] for weight in answer["weights"]] == ["x1", "x2"]
    score = ask("train.unit", stage=1, unit=0)
    assert score["name"] == "score of class 0"
    assert "h1" in score["formula"]


def test_a_formula_with_batch_normalization_is_what_the_unit_answers():
    started(hidden=[{"units": 3, "activation": "none"}], batch_norm=True)
    ask("train.advance", steps=30)
    answer = ask("train.unit", stage=0, unit=0, at=[0.3, 0.4])
    text = answer["formula"].replace(MINUS, "-").replace(" (", " * (").replace("x1", "* 0.3").replace("x2", "* 0.4")
    assert eval(text) == pytest.approx(answer["value"], abs=0.05)


def test_of_a_long_formula_the_largest_terms_are_written():
    started(data="digits")
    answer = ask("train.unit", stage=0, unit=0)
    assert "(58 more)" in answer["formula"]
    assert len(answer["weights"]) == 64


def test_units_of_a_network_for_digits_are_shown_by_their_weights_and_by_their_classes():
    started(data="digits", hidden=[{"units": 5, "activation": "relu"}, {"units": 4, "activation": "relu"}])
    first, second = ask("train.advance", steps=3, maps=1)["runs"][0]["maps"]
    assert (first["kind"], second["kind"]) == ("weights", "classes")
    assert unpacked(first["pictures"]).shape == (5, 8, 8)
    assert unpacked(second["pictures"]).shape == (4, 1, 10)
    W = RUNS[0].network.params["W1"]
    shown = (unpacked(first["pictures"]).astype(float)[0] - 128) / 127 * first["limits"][0]
    assert np.allclose(shown.ravel(), W[:, 0], atol=first["limits"][0] / 100)


def test_a_drawn_digit_is_answered_by_every_run():
    started("", {"data": "digits"}, {"data": "digits", "initialization": "zeros"})
    ask("train.advance", steps=300)
    x_test = load_digits()[1][0]
    one, other = ask("train.predict", pixels=x_test[0].tolist())["runs"]
    expected = RUNS[0].network.predict(x_test[:1])[0]
    assert np.argmax(one["probabilities"]) == np.argmax(expected)
    assert sum(one["probabilities"]) == pytest.approx(1, abs=1e-4)
    assert [layer["name"] for layer in one["layers"]] == ["Affine1", "ReLU1", "Affine2"]
    assert np.allclose(unpacked(one["layers"][-1]["values"]), expected, atol=1e-5)
    assert max(other["probabilities"]) < 0.2


def test_vanishing_and_exploding_are_said_in_words():
    deep = [{"units": 10, "activation": "sigmoid"}] * 6
    started(hidden=deep, initialization="small")
    words = ask("train.advance", steps=1, signals=True)["runs"][0]["signals"]["words"]
    assert any(word["code"] == "vanishing" and "The gradients shrink by 10^" in word["text"] for word in words)
    started(hidden=[{"units": 20, "activation": "relu"}] * 5, initialization="large")
    words = ask("train.advance", milliseconds=0, signals=True)["runs"][0]["signals"]["words"]
    assert {word["kind"] for word in words if word["code"] == "exploding"} == {"activation", "gradient"}
    started(hidden=[{"units": 20, "activation": "relu"}] * 3)
    assert ask("train.advance", milliseconds=0, signals=True)["runs"][0]["signals"]["words"] == []


def test_of_weights_that_are_all_zero_it_is_said_that_nothing_reaches_any_layer():
    started(initialization="zeros", hidden=[{"units": 5, "activation": "relu"}] * 2)
    words = ask("train.advance", steps=5, signals=True)["runs"][0]["signals"]["words"]
    assert [word["text"] for word in words] == [
        "Every sample looks the same to the last hidden layer: vanishing.",
        "No gradient at all reaches the first hidden layer: vanishing.",
    ]


def test_a_second_run_goes_on_step_by_step_where_the_first_has_ended():
    started("", {"epochs": 1}, {"epochs": 2})
    trained_first = ask("train.advance", steps=40)["runs"]
    assert [run["state"] for run in trained_first] == ["done", "ready"]
    assert [run["step"] for run in ask("train.advance", steps=1)["runs"]] == [40, 41]


def test_a_layer_with_a_korean_name_trains_and_is_exported():
    text = layer_of("self.x = x; return np.tanh(x)", "return dout * (1 - np.tanh(self.x) ** 2)").replace(
        "Mine", "내_활성화"
    )
    started(text, hidden=[{"units": 4, "activation": "own:내_활성화"}])
    assert ask("train.advance", steps=3)["runs"][0]["state"] == "ready"
    assert ask("train.unit", stage=0, unit=0)["formula"].startswith("내_활성화(")
    assert "stack.add(내_활성화())" in ask("train.export", form="python")["text"]


def test_a_text_tells_its_layers_and_where_they_can_stand():
    found = {layer["name"]: layer for layer in ask("train.own", text=OWN)["layers"]}
    roles = {name: layer["role"] for name, layer in found.items()}
    assert roles == {
        "MyReLU": "activation",
        "MyAffine": "affine",
        "MyDropout": "dropout",
        "MySoftmaxWithLoss": "loss",
        "Convolution": "",
        "Add": "",
    }
    assert "filters, size, stride" in found["Convolution"]["why"]
    assert "x, other" in found["Add"]["why"]


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("x = 3", "There is no layer", 0),
        ("class A:\n  def forward(self, x)\n", "line 2 is not Python", 2),
        ("import nowhere_at_all", "line 1 of your code raises ModuleNotFoundError", 1),
        ("a = 1\nb = max(1 / (a - 1), 2)", "ZeroDivisionError", 2),
        ("\0", "is not Python", 0),
    ],
)
def test_of_a_text_without_layers_it_is_said_why(text, says, line):
    answer = ask("train.own", text=text)
    assert answer["layers"] == []
    assert says in answer["problem"]["message"]
    assert answer["problem"]["line"] == line


def test_an_empty_text_is_no_problem():
    assert ask("train.own", text=" \n") == {"layers": [], "problem": None}


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        (layer_of(forward="return x[:, :1] / nothing"), "Mine.forward raises in line 3 of your code: NameError", 3),
        (layer_of(backward="raise KeyError('mask')"), "Mine.backward raises in line 5 of your code: KeyError", 5),
        (layer_of(forward="return x.T"), "Mine.forward must return an array of shape (3, 8)", 0),
        (layer_of(forward="pass"), "got None", 0),
        (layer_of(backward="return dout.T"), "Mine.backward must return an array of x's shape (3, 8), got one of", 0),
        ("class Other:\n  forward = backward = print", "your code has no layer Mine; its layers are: Other", 0),
        ("class Mine:\n  def __init__(self, W, b): pass\n  forward = backward = print", "Mine cannot stand here", 0),
    ],
)
def test_a_layer_that_cannot_work_is_said_before_it_trains(text, says, line):
    said = problem(text, hidden=[{"units": 8, "activation": "own:Mine"}])
    assert says in said["message"]
    assert (said["about"], said["line"]) == ("text", line)


def test_a_layer_that_changes_the_number_of_features_is_followed_by_weights_that_fit():
    started(layer_of(forward="return x[:, :3]", backward="return np.pad(dout, ((0, 0), (0, 5)))"), **mine())
    assert ask("train.advance", steps=2)["runs"][0]["state"] == "ready"
    assert RUNS[0].network.params["W2"].shape == (3, 3)


def test_a_layer_that_raises_in_the_middle_of_a_training_ends_it_with_its_line():
    text = (
        "class Mine:\n  calls = 0\n  def forward(self, x):\n    Mine.calls += 1\n    assert Mine.calls < 30, 'tired'\n"
    )
    started(text + "    return x\n  def backward(self, dout):\n    return dout\n", **mine())
    answer = ask("train.advance", steps=100)["runs"][0]
    assert answer["state"] == "failed"
    assert answer["said"]["message"] == "line 5 of your code raises AssertionError: tired"
    assert answer["said"]["code"] == "assert Mine.calls < 30, 'tired'"
    assert answer["step"] > 10
    assert ask("train.advance", steps=1)["runs"][0]["step"] == answer["step"]


def test_a_wrong_backward_trains_on_and_is_named_at_the_end():
    started(layer_of("self.on = x > 0; return x * self.on", "return 0.5 * dout * self.on"), **mine(epochs=2))
    assert trained()["runs"][0]["state"] == "done"
    answer = ask("train.diagnose")
    assert (answer["own"][0]["name"], answer["own"][0]["code"]) == ("Mine", "constant-factor")
    assert "wrong-gradient" in [finding["code"] for finding in answer["findings"]]


def test_right_layers_of_the_students_are_said_to_be_right():
    started(OWN, **ALL_OWN, epochs=1)
    trained()
    assert {own["name"]: own["ok"] for own in ask("train.diagnose")["own"]} == dict.fromkeys(
        ["MyReLU", "MyAffine", "MyDropout", "MySoftmaxWithLoss"], True
    )


@pytest.mark.exhaustive
def test_zeros_are_diagnosed_as_symmetric():
    started(initialization="zeros", epochs=10)
    trained()
    assert ask("train.diagnose")["findings"][0]["code"] == "symmetric"


def test_a_diagnosis_before_the_first_step_says_that_nothing_was_trained():
    started()
    answer = ask("train.diagnose")
    assert (answer["findings"], answer["message"][:25]) == ([], "Nothing was trained yet: ")


DIVERGING = {
    "optimizer": "sgd",
    "lr": 50,
    "hidden": [{"units": 20, "activation": "relu"}] * 3,
    "initialization": "large",
}


def test_a_training_that_diverges_says_so_and_names_the_learning_rate():
    started(**DIVERGING)
    run = trained()["runs"][0]
    assert run["state"] == "diverged"
    assert "learning rate 50" in run["said"]["message"]
    assert run["said"]["about"] == "lr"
    assert ask("train.advance", steps=1, side=10, maps=2, signals=True)["runs"][0]["step"] == run["step"]


@pytest.mark.exhaustive
def test_a_training_that_has_diverged_is_diagnosed():
    started(**DIVERGING)
    trained()
    assert ask("train.diagnose")["findings"]


@pytest.mark.parametrize(
    ("settings", "about", "says"),
    [
        ({"lr": None}, "lr", "the learning rate must be a number of at least 0, got NaN"),
        ({"lr": "NaN"}, "lr", "got NaN"),
        ({"lr": -1}, "lr", "at least 0, got -1"),
        ({"lr": 0}, "lr", "the learning rate is 0"),
        (
            {"hidden": [{"units": 8}, {"units": 0}]},
            "units1",
            "the number of units must be a whole number from 1 to 200",
        ),
        ({"hidden": [{"units": 1e9}]}, "units0", "from 1 to 200, got 1000000000.0"),
        ({"hidden": [{"units": 8}] * 13}, "hidden", "at most 12 hidden layers"),
        ({"hidden": [{"units": 8, "activation": "swish"}]}, "activation", "expected one of relu"),
        ({"data": "mnist"}, "data", "expected one of spiral"),
        ({"batch_size": 0}, "batch_size", "the batch size must be a whole number"),
        ({"batch_size": 2.5}, "batch_size", "got 2.5"),
        ({"batch_size": 1, "batch_norm": True}, "batch_size", "at least 2 samples"),
        ({"dropout": 1}, "dropout", "the share of dropout must be a number from 0 to 0.9"),
        ({"noise": "much"}, "noise", "the noise must be a number from 0 to 1, got much"),
        ({"seed": -1}, "seed", "the seed must be"),
        ({"samples": 1}, "samples", "the number of points must be"),
        ({"optimizer": "magic"}, "optimizer", "expected one of sgd"),
    ],
)
def test_a_setting_that_cannot_be_is_named(settings, about, says):
    said = problem(**settings)
    assert said["about"] == about
    assert says in said["message"]


def test_of_two_runs_the_one_with_the_problem_is_told():
    assert ask("train.start", runs=[{}, {"lr": -1}])["problem"]["run"] == 1


def test_a_setting_that_cannot_be_leaves_the_training_as_it_was():
    started(epochs=1)
    problem(lr=-1)
    assert ask("train.advance", steps=1)["runs"][0]["step"] == 1


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("text", "settings", "steps"),
    [
        ("", {}, 50),
        ("", {}, 40),
        ("", {}, 3),
        ("", {"data": "moons", "noise": 0.2, "samples": 100, "data_seed": 3, "optimizer": "momentum", "lr": 0.02}, 30),
        ("", {"hidden": [{"units": 4, "activation": "relu"}, {"units": 3, "activation": "none"}], "dropout": 0.3}, 50),
        ("", {"hidden": [], "initialization": "xavier", "batch_size": 7}, 60),
        ("", {"data": "digits", "batch_norm": True, "dropout": 0.2, "batch_size": 50, "seed": 4}, 33),
        (OWN, ALL_OWN, 60),
    ],
)
def test_the_python_file_ends_at_the_same_numbers(tmp_path, monkeypatch, text, settings, steps):
    started(text, **settings)
    ask("train.advance", steps=steps, signals=True)
    assert RUNS[0].trainer.step == steps
    file = ask("train.export", form="python")
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(compile(file["text"], file["name"], "exec"), names)
    assert said.getvalue().startswith("loss ")
    assert same(RUNS[0].network, names["network"])
    assert (tmp_path / "model.npz").is_file()


def test_the_model_file_is_read_by_load(tmp_path):
    started(batch_norm=True)
    ask("train.advance", steps=20)
    (tmp_path / "model.npz").write_bytes(base64.b64decode(ask("train.export", form="model")["bytes"]))
    assert same(Network.load(tmp_path / "model.npz"), RUNS[0].network)


def test_the_model_file_of_a_mixed_network_is_read_by_load(tmp_path):
    started(hidden=[{"units": 4, "activation": "tanh"}, {"units": 3, "activation": "relu"}], dropout=0.2)
    (tmp_path / "model.npz").write_bytes(base64.b64decode(ask("train.export", form="model")["bytes"]))
    assert same(Network.load(tmp_path / "model.npz"), RUNS[0].network)


def test_the_model_file_with_the_students_layers_is_read_by_load_params(tmp_path):
    started(OWN, **ALL_OWN)
    ask("train.advance", steps=20)
    file = ask("train.export", form="model")
    assert "load_params" in file["note"]
    (tmp_path / "model.npz").write_bytes(base64.b64decode(file["bytes"]))
    trained = RUNS[0].network
    started(OWN, **ALL_OWN)
    assert not same(trained, RUNS[0].network)
    RUNS[0].network.load_params(tmp_path / "model.npz")
    assert same(trained, RUNS[0].network)


def test_onnx_is_written_where_it_is_installed(tmp_path):
    onnx = pytest.importorskip("onnx", reason="the extra export is not installed")
    started()
    content = base64.b64decode(ask("train.export", form="onnx")["bytes"])
    onnx.checker.check_model(onnx.load_from_string(content))


def test_without_onnx_the_command_is_told_that_writes_it_from_the_model_file(tmp_path, monkeypatch):
    started()
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "onnx", None)
        answer = ask("train.export", form="onnx")
    assert answer["command"] == "chainrule export . --to onnx"
    assert "bytes" not in answer
    pytest.importorskip("onnx", reason="the extra export is not installed")
    from training.command.export import command

    (tmp_path / "model.npz").write_bytes(base64.b64decode(ask("train.export", form="model")["bytes"]))
    monkeypatch.chdir(tmp_path)
    assert command(answer["command"].split()[2:]) == 0
    assert (tmp_path / "model.onnx").is_file()


def test_onnx_has_no_rule_for_the_students_layers():
    started(OWN, **ALL_OWN)
    assert "MyReLU" in ask("train.export", form="onnx")["note"]


def test_the_answers_are_korean_where_that_is_wanted():
    with speaking("ko"):
        assert "학습률" in problem(lr=-1)["message"]


def random_numbers():
    return np.random.get_state()[1].tolist()  # noqa: NPY002 - what the students' layers may draw from


def mine(**settings):
    return {"hidden": [{"units": 8, "activation": "own:Mine"}], **settings}


OF_THE_SHEET = ("affine", "relu", "batch_normalization", "dropout", "softmax_with_loss")


def test_the_solutions_of_the_sheet_train_together_and_end_at_the_same_numbers(tmp_path, monkeypatch):
    solutions = [exercise.code(solved=True) for exercise in read_course() if exercise.name in OF_THE_SHEET]
    own = {"affine": "Affine", "batch_norm": "BatchNormalization", "loss": "SoftmaxWithLoss"}
    hidden = [{"units": 6, "activation": "own:ReLU"}, {"units": 5, "activation": "own:Dropout"}]
    started("\n\n\n".join(solutions), hidden=hidden, own=own, batch_norm=True, epochs=2)
    trained(signals=True, side=10, maps=2)
    monkeypatch.chdir(tmp_path)
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(ask("train.export", form="python")["text"], "train_the_same.py", "exec"), names)
    params = names["network"].params
    assert all(np.array_equal(param, params[name]) for name, param in RUNS[0].network.params.items())


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ["affine", "relu", "sigmoid", "batch_normalization", "dropout", "softmax_with_loss"])
def test_every_wrong_solution_of_the_sheet_trains_or_gets_its_answer_in_words(name):
    (exercise,) = [exercise for exercise in read_course() if exercise.name == name]
    assert exercise.wrong
    for wrong in exercise.wrong:
        text = f"{exercise.code(solved=True)}\n\n\n{wrong.text}"
        layers = {layer["role"]: layer["name"] for layer in ask("train.own", text=text)["layers"] if layer["role"]}
        activation = f"own:{layers.pop('activation')}" if "activation" in layers else "relu"
        settings = {
            "hidden": [{"units": 4, "activation": activation}],
            "own": layers,
            "batch_norm": name.startswith("batch"),
        }
        answer = ask("train.start", text=text, runs=[{**settings, "epochs": 1}])
        if answer["problem"]:
            assert answer["problem"]["message"]
            continue
        run = ask("train.advance", steps=10, side=8, maps=2, signals=True)["runs"][0]
        assert run["state"] == "ready" or run["said"]["message"]
