"""Functions that are given their parameters in a dictionary or a list: the gradients of those are checked, too."""

import numpy as np
import pytest

from gradient_check import check_functions

RNG = np.random.default_rng(0)
X = RNG.standard_normal((5, 4))
PARAMS = {"W": RNG.standard_normal((4, 3)), "b": RNG.standard_normal(3)}
LAYERS = [(RNG.standard_normal((4, 3)), np.zeros(3)), (RNG.standard_normal((3, 2)), np.zeros(2))]


def affine(params, x):
    """Return x W + b, and a cache."""
    return x @ params["W"] + params["b"], (x, params)


def affine_backward(factor, prefix=""):
    """Return a backward whose db is a multiple of the right one."""

    def backward(dout, cache):
        x, params = cache
        return dout @ params["W"].T, {f"{prefix}W": x.T @ dout, f"{prefix}b": factor * dout.sum(axis=0)}

    return backward


def chain(x, layers):
    """Return the output of layers with tanh."""
    for W, b in layers:
        x = np.tanh(x @ W + b)
    return x


def chain_backward(factor):
    """Return a backward with the gradients in a list like that of the layers, db times a factor."""

    def backward(dout, x, layers):
        outputs = [x]
        for W, b in layers:
            outputs.append(np.tanh(outputs[-1] @ W + b))
        gradients = []
        for (W, _), x, y in zip(layers[::-1], outputs[-2::-1], outputs[::-1], strict=False):
            dz = dout * (1 - y**2)
            gradients.append((x.T @ dz, factor * dz.sum(axis=0)))
            dout = dz @ W.T
        return dout, gradients[::-1]

    return backward


@pytest.mark.parametrize("prefix", ["", "d"])
def test_a_dictionary_of_parameters_is_right(prefix):
    report = check_functions(affine, affine_backward(1, prefix), PARAMS, X)
    assert report.ok
    assert len(report.arrays) == 3


@pytest.mark.parametrize("prefix", ["", "d"])
def test_a_mistake_in_a_dictionary_of_gradients_is_found(prefix):
    report = check_functions(affine, affine_backward(2, prefix), PARAMS, X)
    assert [finding.code for finding in report.findings] == ["constant-factor"]
    assert report.findings[0].array in ("dparams['b']", "ddb", "db")


@pytest.mark.exhaustive
def test_the_gradients_of_a_list_of_layers_are_named_by_their_place():
    report = check_functions(chain, chain_backward(1), X, LAYERS)
    assert report.ok
    assert [result.name for result in report.arrays] == ["dx", *(f"dlayers[{i}][{j}]" for i in (0, 1) for j in (0, 1))]


@pytest.mark.exhaustive
def test_a_mistake_in_a_list_of_layers_is_found():
    report = check_functions(chain, chain_backward(2), X, LAYERS)
    assert [(finding.code, finding.array) for finding in report.findings] == [
        ("constant-factor", "dlayers[0][1]"),
        ("constant-factor", "dlayers[1][1]"),
    ]


@pytest.mark.exhaustive
def test_gradients_alone_may_be_returned_in_a_list():
    report = check_functions(chain, lambda dout, x, layers: chain_backward(1)(dout, x, layers)[1], X, LAYERS)
    assert report.ok
    assert sum(result.checked > 0 for result in report.arrays) == 4


def test_parameters_without_a_gradient_are_named():
    report = check_functions(chain, lambda dout, x, layers: chain_backward(1)(dout, x, layers)[0], X, LAYERS)
    assert "layers[1][1]" in str(report)


def test_settings_are_no_parameters():
    def scale(x, settings):
        return x * settings["factor"]

    def scale_backward(dout, settings):
        return dout * settings["factor"]

    report = check_functions(scale, scale_backward, X, {"factor": 3.0, "mode": "train"})
    assert report.ok
    assert [result.name for result in report.arrays] == ["dx"]
