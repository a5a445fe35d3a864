"""``python gradient_check.py`` as a user types it."""

import json
import re

import numpy as np
import pytest

import datasets.opening
import gradient_check
from datasets.opening import open_digits
from layers import Affine, ReLU


def rows(output):
    return {line.split()[0]: line for line in output.splitlines() if re.match(r"[Wb]\d ", line)}


@pytest.mark.exhaustive
def test_every_parameter_agrees_on_the_digits(run_command):
    result = run_command("gradient_check.py")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("digits from the package")
    assert "TwoLayerNet 64-50-10, 3,760 parameters, 3 samples" in result.stdout
    table = rows(result.stdout)
    assert list(table) == ["W1", "b1", "W2", "b2"]
    for line in table.values():
        assert line.endswith("agree")
        mean_difference, largest_error = map(float, re.findall(r"\d\.\d\de[+-]\d\d", line))
        assert mean_difference < 1e-9
        assert largest_error < 1e-7
    (times,) = re.findall(
        r"backpropagation took .* ms, numerical differentiation .* s: ([\d,]+) times faster", result.stdout
    )
    assert int(times.replace(",", "")) > 10


@pytest.mark.exhaustive
def test_it_takes_real_mnist_where_that_is_present(run_command, mnist_folder):
    result = run_command("gradient_check.py", CHAINRULE_DATA=mnist_folder.parent)
    assert result.returncode == 0, result.stderr
    assert "TwoLayerNet 784-50-10, 39,760 parameters, 3 samples" in result.stdout
    assert all(line.endswith("agree") for line in rows(result.stdout).values())


def broken_affine(self, dout, backward=Affine.backward):
    dx = backward(self, dout)
    self.db = self.db * 2
    return dx


def broken_relu(self, dout):
    return dout * (1 - self.mask)


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("layer", "backward", "wrong"), [(Affine, broken_affine, {"b1", "b2"}), (ReLU, broken_relu, {"W1", "b1"})]
)
def test_a_wrong_backward_is_found_where_it_is(monkeypatch, capsys, layer, backward, wrong):
    monkeypatch.setattr(layer, "backward", backward)
    monkeypatch.setattr(datasets.opening, "open_available", open_digits)
    assert gradient_check.main([]) == 1
    table = rows(capsys.readouterr().out)
    assert {name for name, line in table.items() if "DIFFER, most at [" in line} == wrong
    assert {name for name, line in table.items() if line.endswith("agree")} == set(table) - wrong


def test_arguments_that_it_does_not_know_take_one_line(run_command):
    result = run_command("gradient_check.py", "--frobnicate")
    assert result.returncode == 2
    assert result.stderr == (
        "gradient_check.py: error: unrecognized arguments: --frobnicate (see gradient_check.py --help)\n"
    )


def test_numerical_gradient_is_to_be_had_from_here():
    x = np.array([1.0, 2.0])
    np.testing.assert_allclose(gradient_check.numerical_gradient(lambda x: (x**2).sum(), x), [2, 4])


HOMEWORK = """
import numpy as np
from utils import sigmoid


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


class MySigmoid:
    def forward(self, x):
        self.y = sigmoid(x)
        return self.y

    def backward(self, dout):
        return dout * self.y


class NotALayer:
    pass
"""
UTILS = "import numpy as np\n\n\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n"


@pytest.fixture
def homework(tmp_path):
    (tmp_path / "utils.py").write_text(UTILS)
    (tmp_path / "homework.py").write_text(HOMEWORK)
    return tmp_path / "homework.py"


@pytest.mark.exhaustive
def test_every_layer_in_a_file_is_checked(run_command, homework):
    result = run_command("gradient_check.py", homework)
    assert result.returncode == 1
    assert result.stderr == ""
    assert "MyAffine on (5, 4): backward is right" in result.stdout
    assert "MySigmoid on (5, 4): backward is WRONG" in result.stdout
    assert "NotALayer" not in result.stdout


@pytest.mark.exhaustive
def test_one_class_of_a_file_is_checked_by_its_name(run_command, homework):
    result = run_command("gradient_check.py", f"{homework}:MyAffine")
    assert result.returncode == 0, result.stderr
    assert "MySigmoid" not in result.stdout


@pytest.mark.exhaustive
def test_the_layer_and_its_inputs_can_be_given(run_command, homework):
    result = run_command(
        "gradient_check.py", homework, "--make", "MyAffine(randn(5, 3), randn(3))", "--input", "4,5", "--seed", 3
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("MyAffine on (4, 5): backward is right")


@pytest.mark.exhaustive
def test_the_report_is_kept_as_json(run_command, homework, tmp_path):
    run_command("gradient_check.py", homework, "--json", "report.json")
    kept = json.loads((tmp_path / "report.json").read_text())
    assert [report["ok"] for report in kept["reports"]] == [True, False]
    assert kept["reports"][1]["findings"][0]["array"] == "dx"


@pytest.mark.exhaustive
def test_the_students_layers_py_and_ours_do_not_collide(run_command, tmp_path):
    (tmp_path / "layers.py").write_text(
        "class Twice:\n"
        "    def forward(self, x):\n        return 2 * x\n\n"
        "    def backward(self, dout):\n        return 2 * dout\n"
    )
    (tmp_path / "mine.py").write_text("from layers import Twice\n\n\nclass Same(Twice):\n    pass\n")
    result = run_command("gradient_check.py", tmp_path / "mine.py")
    assert result.returncode == 0, result.stderr
    assert "Same on (5, 4): backward is right" in result.stdout
    assert run_command("gradient_check.py", tmp_path / "layers.py").returncode == 0


@pytest.mark.exhaustive
def test_a_file_may_use_our_layers(run_command, tmp_path):
    (tmp_path / "mine.py").write_text(
        "from layers import ReLU\n\n\nclass Mine(ReLU):\n"
        "    def backward(self, dout):\n        return -super().backward(dout)\n"
    )
    result = run_command("gradient_check.py", tmp_path / "mine.py")
    assert "1. sign-flipped in dx" in result.stdout


@pytest.mark.first_is_quick
@pytest.mark.parametrize("labels", [(), ("--labels", 7)])
def test_a_loss_is_given_labels(run_command, tmp_path, labels):
    (tmp_path / "loss.py").write_text(
        "import numpy as np\n\n\nclass Loss:\n"
        "    def forward(self, x, t):\n"
        "        self.t = np.eye(x.shape[1])[t] if t.ndim == 1 else t\n"
        "        e = np.exp(x - x.max(axis=1, keepdims=True))\n"
        "        self.y = e / e.sum(axis=1, keepdims=True)\n"
        "        return -(self.t * np.log(self.y)).sum() / len(x)\n\n"
        "    def backward(self, dout=1):\n"
        "        return dout * (self.y - self.t)\n"
    )
    result = run_command("gradient_check.py", tmp_path / "loss.py", *labels)
    assert result.returncode == 1
    assert result.stdout.count("1. missing-batch-average in dx") == 1


@pytest.mark.exhaustive
def test_a_network_in_a_file_is_checked_too(run_command, tmp_path):
    (tmp_path / "net.py").write_text(
        "import numpy as np\n\n\nclass Line:\n"
        "    def __init__(self, input_size, output_size):\n"
        "        self.params = {'W': np.random.default_rng(0).standard_normal((input_size, output_size))}\n\n"
        "    def loss(self, x, t):\n"
        "        return ((x @ self.params['W'] - t) ** 2).sum() / len(x)\n\n"
        "    def gradient(self, x, t):\n"
        "        return {'W': x.T @ (x @ self.params['W'] - t) / len(x)}\n"
    )
    result = run_command("gradient_check.py", tmp_path / "net.py")
    assert result.returncode == 1
    assert "1. constant-factor in W" in result.stdout


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        (None, [], "there is no file"),
        ("def f(:\n", [], "cannot be imported: work.py:1: SyntaxError: invalid syntax"),
        ("x = 1\n", [], "has no class with forward and backward"),
        (HOMEWORK, [":Nothing"], "has no class Nothing; what can be checked in it: MyAffine, MySigmoid"),
        (HOMEWORK, ["--make", "MyAffine("], "raised SyntaxError"),
        (HOMEWORK, ["--make", "3"], "gave int, which has no forward and backward"),
        (
            "class Odd:\n    def __init__(self, foo):\n        foo.bar()\n    forward = backward = lambda self, x: x\n",
            [],
            "it is not known what to give for foo; make it yourself",
        ),
        (
            "class Odd:\n    def forward(self, x):\n        return x.reshape(7, 11, 13)\n    backward = forward\n",
            [],
            "forward works with none of the inputs that were tried",
        ),
    ],
)
def test_what_cannot_be_checked_takes_one_line_and_exit_status_2(run_command, tmp_path, content, arguments, message):
    (tmp_path / "utils.py").write_text(UTILS)
    if content is not None:
        (tmp_path / "work.py").write_text(content)
    file = "work.py" + "".join(word for word in arguments if word.startswith(":"))
    result = run_command("gradient_check.py", file, *[word for word in arguments if not word.startswith(":")])
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("gradient_check.py: cannot check: ")
    assert message in line


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--input", "4,5"], "go with a file"),
        (["x.py", "--json", "x.py"], "a report is not written over a Python file"),
        (["x.py", "--json", "nowhere/r.json"], "expected a file in a folder that exists"),
        (["x.py", "--json="], "--json: expected a file name, got an empty one"),
        (["x.py", "--input", "4,zero"], "--input: expected a shape such as 4,5, got 4,zero"),
        (["x.py", "--labels", "0"], "--labels: expected a whole number of at least 1, got 0"),
    ],
)
def test_options_out_of_range_take_one_line(run_command, arguments, message):
    result = run_command("gradient_check.py", *arguments)
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert message in line


def check_text(run_command, tmp_path, text, *arguments):
    (tmp_path / "work.py").write_text(text)
    return run_command("gradient_check.py", "work.py", *arguments)


@pytest.mark.exhaustive
def test_an_exit_in_homework_is_not_taken_for_all_right(run_command, tmp_path):
    layer = "import sys\n\n\nclass Wrong:\n    def forward(self, x):\n        return x\n\n"
    result = check_text(run_command, tmp_path, layer + "    def backward(self, dout):\n        sys.exit(0)\n")
    assert result.returncode == 1
    assert "SystemExit" in result.stdout
    assert check_text(run_command, tmp_path, layer, "--make", "exit(0)").returncode == 2


@pytest.mark.exhaustive
def test_a_base_class_is_not_checked(run_command, tmp_path):
    result = check_text(
        run_command,
        tmp_path,
        "class Layer:\n"
        "    def forward(self, x):\n        raise NotImplementedError\n\n"
        "    def backward(self, dout):\n        raise NotImplementedError\n\n\n"
        "class Same(Layer):\n"
        "    def forward(self, x):\n        return 2 * x\n\n"
        "    def backward(self, dout):\n        return 2 * dout\n",
    )
    assert result.returncode == 0, result.stderr
    assert "Layer on" not in result.stdout


@pytest.mark.exhaustive
def test_homework_with_its_own_command_line_and_prints_is_checked(run_command, tmp_path):
    result = check_text(
        run_command,
        tmp_path,
        "import argparse\nimport io\nimport sys\n\n"
        "argparse.ArgumentParser().parse_args()\nsys.stdout = io.StringIO()\n\n\n"
        "class Same:\n"
        "    def forward(self, x):\n        return 2 * x\n\n"
        "    def backward(self, dout):\n        return 2 * dout\n",
    )
    assert result.returncode == 0, result.stderr
    assert "Same on (5, 4): backward is right" in result.stdout


@pytest.mark.exhaustive
def test_more_inputs_than_forward_takes_are_the_users_mistake(run_command, homework):
    result = run_command("gradient_check.py", f"{homework}:MySigmoid", "--input", "4,5", "--input", "4,5")
    assert result.returncode == 2
    assert "MySigmoid.forward(x) does not take 2 inputs" in result.stderr


@pytest.mark.exhaustive
def test_a_loss_without_a_gradient_cannot_be_checked(run_command, tmp_path):
    result = check_text(
        run_command,
        tmp_path,
        "class Odd:\n"
        "    def loss(self, x, t):\n        return 0.0\n\n"
        "    def gradient(self, x, t):\n        return {}\n",
    )
    assert result.returncode == 2
    assert "gradient neither returns one nor keeps one" in result.stderr
