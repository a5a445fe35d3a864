"""Functions that are called on variables before backward can run, and what is said of an attribute that nobody set."""

import pytest

from written import check_text


@pytest.fixture
def check(tmp_path):
    """Write a file and return the reports on it and what could not be checked."""

    def run(text):
        found, reports = check_text(tmp_path, text)
        return reports, found.problems

    return run


def codes(reports):
    return [[finding.code for finding in report.findings] for report in reports]


SIXTH_STEP = """
    import numpy as np

    class Variable:
        def __init__(self, data):
            self.data = data
            self.grad = None

    class Function:
        def __call__(self, input):
            output = Variable(self.forward(input.data))
            self.input = input
            return output

    class Square(Function):
        def forward(self, x):
            return x ** 2

        def backward(self, gy):
            x = self.input.data
            return SLOPE * gy
"""


@pytest.mark.parametrize(("slope", "found"), [("2 * x", [[]]), ("x", [["constant-factor"]])])
def test_a_function_is_called_on_variables_that_have_no_backward_yet(check, slope, found):
    assert codes(check(SIXTH_STEP.replace("SLOPE", slope))[0]) == found


def test_a_mistake_in_backward_that_raises_is_said(check):
    (report,), _ = check(SIXTH_STEP.replace("SLOPE", "(1 + self.inputt)"))
    assert [finding.code for finding in report.findings] == ["raises"]


CALLED = """
    import numpy as np

    class Scale:
        def __init__(self):
            self.W = np.random.randn(4, 3)

        def __call__(self, x):
            self.x = x
            return self.forward(x)

        def forward(self, x):
            return x @ self.W

        def backward(self, dout):
            self.dW = FACTOR * self.x.T @ dout
            return dout @ self.W.T
"""


@pytest.mark.first_is_quick
@pytest.mark.parametrize(("factor", "found"), [("1", [[]]), ("2", [["constant-factor"]])])
def test_a_layer_is_called_where_the_call_keeps_what_backward_needs(check, factor, found):
    assert codes(check(CALLED.replace("FACTOR", factor))[0]) == found


def test_what_only_another_method_sets_is_no_accusation(check):
    reports, problems = check(
        """
        class Double:
            def connect_to(self, before):
                self.before = before

            def forward(self, x):
                return 2 * x

            def backward(self, dout):
                return self.before.scale * dout
        """
    )
    assert reports == []
    assert "no attribute 'before'" in problems[0]


def test_an_attribute_that_nobody_sets_is_one(check):
    reports, _ = check(
        """
        class Double:
            def forward(self, x):
                return 2 * x

            def backward(self, dout):
                return self.scale * dout
        """
    )
    assert codes(reports) == [["raises"]]


SEEDED = """
    import numpy as np

    class Variable:
        def __init__(self, data, parents=()):
            self.data, self.parents, self.grad = np.asarray(data), parents, None

        def __add__(self, other):
            return Variable(self.data + other.data, ((self, lambda g: g), (other, lambda g: g)))

        def __mul__(self, other):
            x, y = self.data, other.data
            return Variable(x * y, ((self, lambda g: g * y), (other, lambda g: g * x)))

        def backward(self, verbose=False):
            SEED
            for parent, pull in self.parents:
                before = 0 if parent.grad is None else parent.grad
                parent.grad = before + pull(self.grad)
                passed = Variable(0, parent.parents)
                passed.grad = pull(self.grad)
                if parent.parents:
                    passed.backward()
"""


@pytest.mark.exhaustive
def test_expressions_go_on_from_the_gradient_that_the_output_has(check):
    seed = "self.grad = np.ones_like(self.data) if self.grad is None else self.grad"
    reports, _ = check(SEEDED.replace("SEED", seed))
    assert {report.subject.partition(" on ")[0]: report.ok for report in reports} == {
        "Variable, a + b": True,
        "Variable, a * b": True,
        "Variable, c * a + c with c = a * b": True,
    }


@pytest.mark.exhaustive
def test_a_backward_that_begins_with_ones_is_not_said_to_ignore_dout(check):
    reports, _ = check(SEEDED.replace("SEED", "self.grad = np.ones_like(self.data) * (1 if self.parents else 1)"))
    assert "ignores-dout" not in str(codes(reports))
