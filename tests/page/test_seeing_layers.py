"""The graph of a layer: its own forward on Variables, or one node; and its own backward beside it."""

import numpy as np
import pytest

import layers
from coursework.course.exercise import Exercise
from page.inside.seeing import see

AFFINE = """
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = {db}
        return np.dot(dout, self.W.T)
"""
RELU = """
class Relu:
    def forward(self, x):
        self.mask = (x <= 0)
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        return dout
"""
TAKEN_APART = "Add Affine Flatten IdentityWithLoss LeakyReLU Multiply ReLU Sigmoid SoftmaxWithLoss Tanh".split()
WHOLE = (
    "AveragePooling BatchNormalization Convolution Dropout GELU LayerNormalization MaxPooling SigmoidWithLoss Softplus"
)


def operations(seen):
    return [node["operation"] for node in seen["graph"]["nodes"] if node["operation"]]


def test_a_students_layer_is_taken_apart_and_its_backward_is_the_graphs():
    seen = see({"text": AFFINE.format(db="dout.sum(axis=0)")})
    assert operations(seen) == ["MatMul", "Add"]
    assert [node["name"] for node in seen["graph"]["nodes"]] == ["x", "W", "u", "b", "y"]
    assert seen["notes"] == ["The backward of Affine computes the same gradients as the graph."]


def test_a_wrong_backward_is_told_with_the_array_that_differs():
    seen = see({"text": AFFINE.format(db="dout[0]")})
    assert seen["notes"] == [
        "The backward of Affine computes another db than the graph, whose gradients are shown here."
    ]


def test_a_backward_that_is_not_written_yet_is_told():
    text = RELU.replace("        dout[self.mask] = 0\n        return dout", "        raise NotImplementedError")
    assert "is not written yet" in see({"text": text})["notes"][0]


def test_a_backward_that_raises_is_told_with_its_line():
    seen = see({"text": RELU.replace("dout[self.mask] = 0", "dout[self.musk] = 0")})
    assert "AttributeError" in seen["notes"][0]
    assert "Line 10" in seen["notes"][0]


def test_a_relu_by_a_mask_is_a_product_with_a_constant():
    seen = see({"text": RELU})
    assert operations(seen) == ["Multiply"]
    assert "same gradients" in seen["notes"][0]


@pytest.mark.parametrize("name", TAKEN_APART)
def test_the_projects_own_formulas_are_taken_apart(name):
    seen = see({"text": f"{name}"})
    assert "WholeLayer" not in operations(seen)
    assert "computes the same gradients as the graph" in seen["notes"][0]


@pytest.mark.parametrize("name", WHOLE.split())
def test_what_cannot_be_taken_apart_is_one_node_with_a_reason(name):
    seen = see({"text": f"from layers import {name}\n{name}"})
    assert operations(seen) == ["WholeLayer"]
    assert f"{name} is shown as one node" in seen["notes"][0]
    params = [node["name"] for node in seen["graph"]["nodes"] if node["name"] in ("W", "b", "gamma", "beta")]
    assert params == list(getattr(layers, name).param_names)
    assert all(node["gradientText"] for node in seen["graph"]["nodes"])


def test_every_layer_of_the_project_is_one_of_these_or_made_of_others():
    there = {
        name
        for name in layers.__all__
        if isinstance(getattr(layers, name), type) and hasattr(getattr(layers, name), "forward")
    }
    assert there - {*TAKEN_APART, *WHOLE.split()} == {"Checkpoint", "Residual", "Sequence"}


EXERCISES = {
    "add_and_multiply": "Add",
    "affine": "MatMul Add",
    "batch_normalization": "Mean Subtract Mean Subtract Power Mean Add Power Divide Multiply Add",
    "dropout": "Multiply",
    "relu": "ReLU",
    "sigmoid": "Multiply Negative Exp Multiply Add Add Divide",
    "softmax_with_loss": "Max Subtract Exp Sum Log Subtract Multiply Sum Negative Divide",
}


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_of_an_exercise_is_taken_apart_and_its_backward_is_the_graphs(root, name):
    seen = see({"text": Exercise(root / f"coursework/exercises/{name}.py").code(solved=True)})
    assert operations(seen) == EXERCISES[name].split()
    assert seen["notes"][-1].endswith("computes the same gradients as the graph.")


@pytest.mark.parametrize("name", [*EXERCISES, "convolution", "max_pooling"])
def test_an_exercise_that_is_not_begun_is_answered_in_words(root, name):
    seen = see({"text": Exercise(root / f"coursework/exercises/{name}.py").code(solved=False)})
    assert "is not written yet" in seen["problem"]["message"]


@pytest.mark.parametrize("name", ["convolution", "max_pooling"])
def test_the_windows_of_an_exercise_are_one_node(root, name):
    seen = see({"text": Exercise(root / f"coursework/exercises/{name}.py").code(solved=True)})
    assert operations(seen) == ["WholeLayer"]


def test_one_node_hands_back_what_the_layers_backward_computes():
    seen = see({"text": "Softplus()"})
    x, y = seen["graph"]["nodes"]
    layer = layers.Softplus()
    array = np.array([[float(cell.replace("−", "-")) for cell in row] for row in x["value"]["rows"]])
    dout = np.array([[float(cell.replace("−", "-")) for cell in row] for row in y["gradient"]["rows"]])
    layer.forward(array)
    found = [[float(cell.replace("−", "-")) for cell in row] for row in x["gradient"]["rows"]]
    np.testing.assert_allclose(found, layer.backward(dout), rtol=1e-3)


def test_a_layer_that_the_text_makes_is_shown_with_its_own_arrays():
    seen = see({"text": "Affine(np.array([[2.0], [3.0]]), np.array([1.0]))"})
    W = next(node for node in seen["graph"]["nodes"] if node["name"] == "W")
    assert W["valueText"] == "[[2], [3]]"


def test_a_layer_on_variables_of_the_text_is_a_part_of_their_graph():
    seen = see(
        {"text": "x = Variable([[1.0, 2.0]])\nW = Variable([[1.0], [1.0]])\nL = Affine(W, [0.0]).forward(x).sum()"}
    )
    assert operations(seen) == ["MatMul", "Add", "Sum"]


def test_of_several_layers_one_is_shown_and_the_others_are_named():
    seen = see({"text": RELU + AFFINE.format(db="dout.sum(axis=0)")})
    assert seen["notes"][0] == "Relu is shown. To see another layer (Affine), make one in the last line."
    assert operations(see({"text": RELU + AFFINE.format(db="dout.sum(axis=0)") + "\nAffine"})) == ["MatMul", "Add"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RELU.replace("return out\n", "pass\n", 1), "Relu.forward returns nothing"),
        (RELU.replace("out = x.copy()", "raise NotImplementedError"), "Relu.forward is not written yet."),
        (RELU.replace("x.copy()", "y.copy()"), "NameError"),
        (
            RELU.replace("    def forward", "    def __init__(self, zork):\n        zork.begin()\n\n    def forward"),
            "zork",
        ),
    ],
)
def test_a_layer_without_a_graph_is_answered_in_words(text, said):
    assert said in see({"text": text})["problem"]["message"]
