"""Gradients by hand in frameworks that differentiate by themselves: called as there, named as everywhere."""

import json
from importlib.util import find_spec

import pytest

HEAD = """
import tensorflow as tf
from tensorflow import keras
"""
MISTAKES = {
    "sign-flipped": ("tf.cos(x)", "dy * tf.sin(x)"),
    "constant-factor": ("tf.square(x)", "dy * x"),
    "ignores-dout": ("tf.exp(x)", "tf.exp(x)"),
    "not-computed": ("tf.sin(x)", "None"),
    "mask-inverted": ("tf.nn.relu(x)", "tf.where(x > 0, tf.zeros_like(dy), dy)"),
    "mask-missing": ("tf.nn.relu(x)", "dy"),
    "wrong-point": ("tf.sigmoid(x)", "dy * x * (1 - x)"),
    "transposed": ("tf.square(x)", "tf.transpose(2 * x * dy)"),
    "extra-batch-average": ("tf.square(x)", "2 * x * dy / tf.cast(tf.shape(x)[0], dy.dtype)"),
    "raises": ("tf.square(x)", "(2 * x * dy, dy)"),
}
FUNCTION = """

@tf.custom_gradient
def {name}(x):
    def grad(dy):
        return {gradient}

    return {value}, grad
"""


def check(run_command, folder, text, *arguments):
    """The exit status of the command, and the content of its JSON file."""
    (folder / "work.py").write_text(text, encoding="utf-8")
    result = run_command("gradient_check.py", "work.py", "--json", "found.json", *arguments, timeout=300)
    assert "the check itself failed" not in result.stdout + result.stderr
    return result.returncode, json.loads((folder / "found.json").read_text(encoding="utf-8"))


def need(*libraries):
    for name in libraries:
        if find_spec(name) is None:
            pytest.skip(f"needs {name}")


@pytest.mark.exhaustive
def test_mistakes_in_functions_of_tensorflow_have_the_same_names_as_elsewhere(run_command, tmp_path):
    need("tensorflow")
    functions = [
        FUNCTION.format(name=code.replace("-", "_"), value=value, gradient=gradient)
        for code, (value, gradient) in MISTAKES.items()
    ]
    _, found = check(run_command, tmp_path, HEAD + "".join(functions))
    named = {report["subject"].split(" on ")[0]: report["findings"][0]["code"] for report in found["reports"]}
    assert named == {code.replace("-", "_"): code for code in MISTAKES}


def test_tensorflow_does_not_make_stand_ins_of_what_it_does_without(run_command, tmp_path):
    need("tensorflow")
    status, found = check(run_command, tmp_path, HEAD + FUNCTION.format(name="f", value="x * x", gradient="2 * x * dy"))
    assert (status, found["about"]) == (0, [])


PLAIN = """

class Twice(keras.layers.Layer):
    def call(self, x):
        return 2 * x


class Model(keras.Model):
    def call(self, x):
        return tf.nn.relu(x)
"""


@pytest.mark.exhaustive
def test_layers_and_models_of_keras_without_a_gradient_of_their_own_are_left_out(run_command, tmp_path):
    need("tensorflow")
    _, found = check(run_command, tmp_path, HEAD + PLAIN)
    assert (found["reports"], found["not checked"], sorted(found["left out"])) == ([], [], ["Model", "Twice"])


LAYER = (
    HEAD
    + FUNCTION.format(name="cube", value="x ** 3", gradient="{} * dy * x ** 2")
    + """

class Cubes(keras.layers.Layer):
    def __init__(self, units, steepness):
        super().__init__()
        self.inner, self.steepness = [keras.layers.Dense(units), keras.layers.Dense(2)], float(steepness)

    def call(self, x, training=False):
        if not training:
            raise RuntimeError("it is checked in training")
        for layer in self.inner:
            x = layer(cube(x) * self.steepness)
        return x
"""
)


@pytest.mark.exhaustive
@pytest.mark.parametrize(("factor", "status"), [("3", 0), ("2", 1)])
def test_a_layer_made_by_the_user_is_checked_with_the_weights_of_the_layers_in_it(
    run_command, tmp_path, factor, status
):
    need("tensorflow")
    make = ("--make", "Cubes(3, steepness=0.5)", "--input", "4,5")
    got, found = check(run_command, tmp_path, LAYER.replace("{} * dy", f"{factor} * dy"), *make)
    assert got == status
    assert len(found["reports"][0]["arrays"]) == 5


ON_PURPOSE = {
    "tensorflow": HEAD + FUNCTION.format(name="f", value="{value}", gradient="{gradient}"),
    "torch": """
import torch


class Operation(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return {value}

    @staticmethod
    def backward(ctx, dy):
        return {gradient}
""",
    "jax": """
import jax
import jax.numpy as jnp


@jax.custom_vjp
def f(x):
    return {value}


def f_fwd(x):
    return f(x), None


def f_bwd(_, dy):
    return ({gradient},)


f.defvjp(f_fwd, f_bwd)
""",
}
SIGN = {"tensorflow": "tf.sign(x)", "torch": "torch.sign(x)", "jax": "jnp.sign(x)"}


@pytest.mark.exhaustive
@pytest.mark.parametrize("library", ON_PURPOSE)
@pytest.mark.parametrize(("value", "gradient"), [("1 * x", "-0.3 * dy"), ("sign", "dy")])
def test_another_gradient_on_purpose_is_a_note(run_command, tmp_path, library, value, gradient):
    need(library)
    value = SIGN[library] if value == "sign" else value
    text = ON_PURPOSE[library].replace("{value}", value).replace("{gradient}", gradient)
    status, found = check(run_command, tmp_path, text)
    assert (status, [note["code"] for note in found["reports"][0]["notes"]]) == (0, ["on-purpose"])


@pytest.mark.exhaustive
def test_a_layer_on_arrays_has_no_other_gradient_on_purpose(run_command, tmp_path):
    text = "class Same:\n    def forward(self, x):\n        return 1 * x\n\n    def backward(self, dout):\n"
    status, found = check(run_command, tmp_path, f"{text}        return -dout\n")
    assert (status, found["reports"][0]["findings"][0]["code"]) == (1, "sign-flipped")


ABSENT = """
import no_such_library as nsl


@nsl.custom_gradient
def my_loss(x):
    return x, lambda dy: 3 * dy


class Scale(nsl.keras.layers.Layer):
    def call(self, x):
        return 2 * x


class Double:
    def forward(self, x):
        return 2 * x

    def backward(self, dout):
        return 2 * dout
"""


@pytest.mark.exhaustive
def test_what_a_library_that_is_absent_would_make_is_left_out_and_nothing_else(run_command, tmp_path):
    status, found = check(run_command, tmp_path, ABSENT)
    assert status == 0
    assert [report["subject"].split(" on ")[0] for report in found["reports"]] == ["Double"]
    assert found["left out"] == {
        "my_loss": "it is made by no_such_library.custom_gradient, and no_such_library is not installed",
        "Scale": "it inherits from no_such_library.keras.layers.Layer, and no_such_library is not installed",
    }


@pytest.mark.parametrize("library", ["torch", "jax", "tensorflow"])
def test_a_layer_is_checked_though_a_framework_that_its_file_imports_is_absent(run_command, tmp_path, library):
    if find_spec(library) is not None:
        pytest.skip(f"{library} is installed")
    status, found = check(run_command, tmp_path, f"import {library}\n" + ABSENT.split("\n\n\n")[-1])
    assert (status, len(found["reports"])) == (0, 1)
