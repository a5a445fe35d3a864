"""Networks whose forward hands out what all layers give, in lists, and whose backward is given them again."""

import textwrap

import pytest

from written import check_text

NETWORK = """
    import numpy as np

    class Network:
        def __init__(self, sizes):
            self.weights = [np.random.randn(a, b) for a, b in zip(sizes[:-1], sizes[1:])]
            self.biases = [np.zeros((1, b)) for b in sizes[1:]]

        def forward(self, X):
            activations, zs = [X], []
            for W, b in zip(self.weights, self.biases):
                zs.append(activations[-1] @ W + b)
                activations.append(np.tanh(zs[-1]))
            return HANDED

        def backward(self, X, y, HANDED):
            dW, db = [], []
            delta = (activations[-1] - y) * (1 - activations[-1] ** 2)
            for i in reversed(range(len(self.weights))):
                dW.insert(0, activations[i].T @ delta / len(X))
                db.insert(0, delta.sum(axis=0, keepdims=True) / len(X))
                delta = delta @ self.weights[i].T * (1 - activations[i] ** 2)
            return dW, db
"""


@pytest.fixture
def check(tmp_path):
    """Check the network with what it hands out, and what is replaced in its source."""

    def run(handed, *changes):
        text = textwrap.dedent(NETWORK).replace("HANDED", handed)
        for was, becomes in zip(changes[::2], changes[1::2], strict=True):
            assert was in text
            text = text.replace(was, becomes)
        found, reports = check_text(tmp_path, text, "Network")
        return reports[0] if reports else found.problems[0]

    return run


@pytest.mark.exhaustive
@pytest.mark.parametrize("handed", ["activations", "activations, zs"])
def test_lists_of_all_layers_are_handed_on(check, handed):
    report = check(handed)
    assert report.ok
    assert {array.name for array in report.arrays} == {"dweights[0]", "dweights[1]", "dbiases[0]", "dbiases[1]"}


@pytest.mark.exhaustive
def test_a_step_that_is_wrong_in_such_a_network_is_named(check):
    report = check("activations, zs", " * (1 - activations[i] ** 2)\n", "\n")
    assert {finding.code for finding in report.findings} == {"missing-factor"}


@pytest.mark.exhaustive
def test_lists_of_which_it_is_not_known_which_holds_the_output_are_not_judged(check):
    assert "It may be right" in check("zs, activations")


@pytest.mark.exhaustive
def test_lists_under_names_that_say_nothing_are_taken_in_the_order_in_which_they_are_handed_out(check):
    was = "def backward(self, X, y, activations, zs):"
    report = check("activations, zs", was, "def backward(self, X, y, p, q):\n        activations, zs = p, q")
    assert report.ok


@pytest.mark.exhaustive
@pytest.mark.parametrize("given", ["activations", "activations, zs", "output, activations, zs"])
def test_lists_behind_the_output_are_handed_on_too(check, given):
    behind = given.removeprefix("output, ")
    report = check(behind, f"return {behind}", f"return activations[-1], {behind}", f"X, y, {behind}", f"X, y, {given}")
    assert report.ok
