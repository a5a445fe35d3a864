"""``python gradient_check.py`` as a user types it."""

import re

import numpy as np
import pytest

import gradient_check
from datasets.opening import open_digits
from layers import Affine, ReLU


def rows(output):
    return {line.split()[0]: line for line in output.splitlines() if re.match(r"[Wb]\d ", line)}


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


def test_it_takes_real_mnist_where_that_is_present(run_command, mnist_folder):
    result = run_command("gradient_check.py", CHAINRULE_DATA=mnist_folder.parent)
    assert result.returncode == 0, result.stderr
    assert "TwoLayerNet 784-50-10, 39,760 parameters, 3 samples" in result.stdout
    assert all(line.endswith("agree") for line in rows(result.stdout).values())


def broken_affine(self, dout):
    Affine.backward_params(self, dout)
    self.db = self.db * 2
    return dout @ self.W.T


def broken_relu(self, dout):
    return dout * (1 - self.mask)


@pytest.mark.parametrize(
    ("layer", "backward", "wrong"), [(Affine, broken_affine, {"b1", "b2"}), (ReLU, broken_relu, {"W1", "b1"})]
)
def test_a_wrong_backward_is_found_where_it_is(monkeypatch, capsys, layer, backward, wrong):
    monkeypatch.setattr(layer, "backward", backward)
    monkeypatch.setattr(gradient_check, "open_what_is_here", open_digits)
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
