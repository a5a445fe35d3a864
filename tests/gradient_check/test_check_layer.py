"""The rules of a good check, applied without being asked, and the report that comes of it."""

import json

import numpy as np
import pytest

from gradient_check import check_layer
from layers import Affine, Multiply, ReLU, SoftmaxWithLoss


@pytest.fixture
def x(rng):
    return rng.standard_normal((5, 4))


@pytest.fixture
def affine(rng):
    return Affine(rng.standard_normal((4, 3)), rng.standard_normal(3))


class NegativeWeights(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = -self.dW
        return dx


def names(report):
    return [array.name for array in report.arrays]


def test_a_right_layer_gives_an_empty_list_of_findings(affine, x):
    report = check_layer(affine, x)
    assert report.ok
    assert report.findings == []
    assert names(report) == ["dx", "dW", "db"]
    assert all(array.ok and array.kinks == 0 and array.max_relative_error < 1e-7 for array in report.arrays)
    assert [(array.shape, array.checked) for array in report.arrays] == [((5, 4), 20), ((4, 3), 12), ((3,), 3)]
    report.raise_if_wrong()


def test_a_wrong_layer_is_named_with_its_numbers(rng, x):
    report = check_layer(NegativeWeights(rng.standard_normal((4, 3)), np.zeros(3)), x)
    assert not report.ok
    assert [array.ok for array in report.arrays] == [True, False, True]
    (finding,) = report.findings
    assert (finding.code, finding.array) == ("sign-flipped", "dW")
    assert finding.evidence["backward / right"] == pytest.approx(-1)
    (wrong,) = (array for array in report.arrays if not array.ok)
    assert wrong.analytic == pytest.approx(-wrong.numerical)
    assert wrong.max_relative_error == pytest.approx(2)


def test_the_report_can_be_printed_raised_kept_as_json_and_shown_in_a_notebook(rng, x):
    report = check_layer(NegativeWeights(rng.standard_normal((4, 3)), np.zeros(3)), x)
    text = str(report)
    assert "WRONG, most at" in text
    assert "1. sign-flipped in dW" in text
    assert "Seen: backward / right = -1" in text
    with pytest.raises(AssertionError, match="sign-flipped in dW"):
        report.raise_if_wrong()
    kept = json.loads(json.dumps(report.to_dict()))
    assert kept["ok"] is False
    assert kept["findings"][0]["code"] == "sign-flipped"
    assert kept["arrays"][1]["name"] == "dW"
    assert "<b>sign-flipped</b> in <code>dW</code>" in report._repr_html_()


def test_the_same_seed_gives_the_same_report(affine, x):
    assert str(check_layer(affine, x, seed=3)) == str(check_layer(affine, x, seed=3))


def test_the_layer_and_the_inputs_come_back_as_they_were(x):
    class Careless:
        def __init__(self):
            self.W, self.calls = np.ones(4), 0

        def forward(self, x):
            self.calls += 1
            self.W *= 2
            x[0] = 7
            return x * self.W

        def backward(self, dout):
            raise ZeroDivisionError("on purpose")

    layer, before = Careless(), x.copy()
    report = check_layer(layer, x)
    assert "raises" in {finding.code for finding in report.findings}
    np.testing.assert_array_equal(layer.W, np.ones(4))
    np.testing.assert_array_equal(x, before)
    assert layer.calls == 0


@pytest.mark.exhaustive
def test_the_shared_random_generator_comes_back_as_it_was(x):
    class GlobalNoise:
        def forward(self, x):
            self.noise = np.random.rand(*x.shape)  # noqa: NPY002
            return x * self.noise

        def backward(self, dout):
            return dout * self.noise

    before = np.random.get_state()[1].copy()  # noqa: NPY002
    report = check_layer(GlobalNoise(), x)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002
    assert [note.code for note in report.notes] == ["nondeterministic"]
    assert report.ok
    assert all(array.ok for array in report.arrays)
    assert [f.code for f in check_layer(GlobalNoise(), x, strict=True).findings] == ["nondeterministic"]


def test_a_layer_made_in_single_precision_is_checked_in_double(rng, x):
    layer = Affine(rng.standard_normal((4, 3)).astype("f4"), np.zeros(3, "f4"))
    report = check_layer(layer, x.astype("f4"))
    assert report.ok
    assert max(array.max_relative_error for array in report.arrays) < 1e-7
    assert layer.W.dtype == np.float32


def test_kinks_are_left_out_and_counted():
    x = np.array([[0.0, 1.0, -1.0], [2.0, 0.0, -3.0]])
    report = check_layer(ReLU(), x)
    assert report.ok
    assert (report.arrays[0].checked, report.arrays[0].kinks) == (4, 2)


def test_where_all_is_kink_the_other_inputs_still_tell(rng):
    class Backwards(ReLU):
        def backward(self, dout):
            return dout * (1 - self.mask)

    report = check_layer(Backwards(), np.zeros((6, 5)))
    assert report.findings[0].code == "mask-inverted"


@pytest.mark.exhaustive
def test_one_wrong_element_of_a_million_is_found_and_located(rng):
    class OneWrong(Affine):
        def backward(self, dout):
            dx = super().backward(dout)
            self.dW[123, 456] *= 1.01
            return dx

    layer = OneWrong(rng.standard_normal((1000, 1000)) * 0.03, np.zeros(1000))
    report = check_layer(layer, rng.standard_normal((4, 1000)))
    (finding,) = report.findings
    assert (finding.code, finding.array) == ("partly-wrong", "dW")
    assert "[123, 456]" in finding.message
    assert report.arrays[1].worst_index == (123, 456)


@pytest.mark.exhaustive
def test_full_checks_every_element(rng):
    layer = Affine(rng.standard_normal((60, 30)), np.zeros(30))
    x = rng.standard_normal((3, 60))
    assert check_layer(layer, x).arrays[1].checked < 100
    report = check_layer(layer, x, full=True)
    assert report.ok
    assert report.arrays[1].checked == 1800


@pytest.mark.exhaustive
def test_full_does_not_trust_that_elements_go_together_when_they_do_not(rng):
    class Entangled:
        """Output j depends on column j of W, but for one element of W, which reaches every output."""

        def __init__(self, W):
            self.W = W

        def forward(self, x):
            self.x = x
            return x @ self.W + self.W[17, 5] ** 2

        def backward(self, dout):
            self.dW = self.x.T @ dout
            self.dW[17, 5] += 2 * self.W[17, 5] * dout.sum()
            return dout @ self.W.T

    report = check_layer(Entangled(rng.standard_normal((40, 30))), rng.standard_normal((3, 40)), full=True)
    assert report.ok, report
    assert report.arrays[1].checked == 1200


def test_a_layer_with_its_own_generator_is_redrawn_with_the_same_noise(x):
    class Dropout:
        def __init__(self):
            self.rng = np.random.default_rng(0)

        def forward(self, x):
            self.mask = self.rng.random(x.shape) > 0.5
            return x * self.mask

        def backward(self, dout):
            return dout * self.mask

    assert check_layer(Dropout(), x).ok


def test_several_inputs_have_gradients_of_their_own(x, rng):
    report = check_layer(Multiply(), x, rng.standard_normal(4))
    assert report.ok
    assert names(report) == ["dx1", "dx2"]


@pytest.mark.first_is_quick
@pytest.mark.parametrize("one_hot", [False, True])
def test_a_loss_has_a_gradient_for_x_alone(x, one_hot):
    t = np.array([0, 1, 2, 3, 1])
    report = check_layer(SoftmaxWithLoss(), x, np.eye(4)[t] if one_hot else t)
    assert report.ok
    assert names(report) == ["dx"]


def test_a_loss_whose_backward_takes_no_dout_is_right(x):
    class MeanSquare:
        def forward(self, y, t):
            self.difference = y - t
            return float((self.difference**2).mean())

        def backward(self):
            return 2 * self.difference / self.difference.size

    assert check_layer(MeanSquare(), x, np.ones((5, 4))).ok


def test_a_parameter_may_be_one_number_or_have_any_name(x):
    class Leaky:
        def __init__(self):
            self.slope = 0.2

        def forward(self, x):
            self.x = x
            return np.where(x > 0, x, self.slope * x)

        def backward(self, dout):
            self.dslope = (dout * np.minimum(self.x, 0)).sum()
            return dout * np.where(self.x > 0, 1, self.slope)

    report = check_layer(Leaky(), x)
    assert report.ok
    assert names(report) == ["dx", "dslope"]


def test_parameters_in_lists_are_found_as_the_second_book_keeps_them(x, rng):
    class MatMul:
        def __init__(self, W):
            self.params, self.grads = [W], [np.zeros_like(W)]

        def forward(self, x):
            self.x = x
            return x @ self.params[0]

        def backward(self, dout):
            self.grads[0][...] = self.x.T @ dout
            return dout @ self.params[0].T

    report = check_layer(MatMul(rng.standard_normal((4, 2))), x)
    assert report.ok
    assert names(report) == ["dx", "grads[0]"]


def test_a_cache_that_is_kept_beside_its_gradient_is_no_parameter(x):
    class Tanh:
        def forward(self, x):
            self.out = np.tanh(x)
            return self.out

        def backward(self, dout):
            self.dout = dout * (1 - self.out**2)
            return self.dout

    layer = Tanh()
    assert names(check_layer(layer, x)) == ["dx"]


def test_a_mistake_in_one_array_is_not_blamed_on_another(x, rng):
    class TwoMistakes(Affine):
        def backward(self, dout):
            dx = super().backward(dout)
            self.dW, self.db = 2 * self.dW, self.db / len(dout)
            return dx

    report = check_layer(TwoMistakes(rng.standard_normal((4, 3)), np.zeros(3)), x)
    assert {(f.array, f.code) for f in report.findings} == {("dW", "constant-factor"), ("db", "extra-batch-average")}


@pytest.mark.parametrize(
    ("thing", "inputs", "message"),
    [
        (Affine, (), "needs an object, got the class Affine"),
        (object(), (np.ones(3),), "object has no forward and no backward"),
        (ReLU(), (np.arange(3),), "there is nothing to differentiate"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_words(thing, inputs, message):
    with pytest.raises(TypeError, match=message):
        check_layer(thing, *inputs)


def test_an_exception_is_a_finding_with_the_call_and_the_shapes(affine):
    report = check_layer(affine, np.ones((2, 5)))
    assert [finding.code for finding in report.findings] == ["raises"]
    assert (
        "forward(shape (2, 5)) raised ValueError: Affine: x has 5 features, W expects 4" in report.findings[0].message
    )


def test_a_gradient_that_is_not_finite_is_wrong(x):
    class DividesByZero(ReLU):
        def backward(self, dout):
            return dout / (0 * dout)

    report = check_layer(DividesByZero(), x)
    assert report.findings[0].code == "unknown"
    assert "not finite" in str(report) or "NaN" in str(report)
