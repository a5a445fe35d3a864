"""Functions, static methods and networks on PyTorch's tensors, with a backward by hand."""

import pytest

from written import check_text

pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch==2.13.0)")


@pytest.fixture
def check(tmp_path):
    """Write a file and check it."""

    def run(text):
        return check_text(tmp_path, text)

    return run


LINEAR = """
    import torch

    class Linear:
        @staticmethod
        def forward(x, w, b):
            return x.mm(w) + b, {"all": (x, w)}

        @staticmethod
        def backward(dout, cache):
            x, w = cache["all"]
            return dout.mm(w.t()), x.t().mm(dout), BIAS
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize(("bias", "ok"), [("dout.sum(dim=0)", True), ("dout.mean(dim=0)", False)])
def test_static_methods_get_tensors_and_find_them_in_their_cache(check, bias, ok):
    _, reports = check(LINEAR.replace("BIAS", bias))
    assert [report.ok for report in reports] == [ok]


SCALED = """
    import torch

    def scaled_forward(x, w):
        mask = torch.zeros(x.shape, dtype=torch.float32, device="cuda") + 2
        return (x * mask).mm(w), (x, w, mask)

    def scaled_backward(dout, cache):
        x, w, mask = cache
        return dout.mm(w.t()) * FACTOR, (x * mask).t().mm(dout)
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize(("factor", "ok"), [("mask.cuda().float()", True), ("mask.cuda().float() / 2", False)])
def test_functions_run_in_double_precision_and_where_there_is_no_gpu(check, factor, ok):
    _, reports = check(SCALED.replace("FACTOR", factor))
    assert [report.ok for report in reports] == [ok]
    assert [note.code for note in reports[0].notes] == []


NETWORK = """
    import torch

    class TwoLayerNet:
        def __init__(self, input_dim=4, hidden_dim=6, num_classes=3, dtype=torch.float32, device="cuda"):
            self.dtype = dtype
            self.params = {
                "W1": 0.5 * torch.randn(input_dim, hidden_dim, dtype=dtype, device=device),
                "W2": 0.5 * torch.randn(hidden_dim, num_classes, dtype=dtype, device=device),
            }

        def loss(self, X, y=None):
            return nn_forward_backward(self.params, X.to(self.dtype), y)

    def nn_forward(params, X):
        hidden = X.mm(params["W1"]).clamp(min=0)
        return hidden.mm(params["W2"]), hidden

    def nn_forward_backward(params, X, y=None):
        scores, hidden = nn_forward(params, X)
        if y is None:
            return scores
        p = torch.softmax(scores, dim=1)
        rows = torch.arange(len(y))
        loss = -torch.log(p[rows, y]).mean()
        p[rows, y] -= 1
        dscores = p / COUNT
        dhidden = dscores.mm(params["W2"].t()) * (hidden > 0)
        return loss, {"W1": X.t().mm(dhidden), "W2": hidden.t().mm(dscores)}
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize(("count", "ok"), [("len(y)", True), ("1", False)])
def test_parameters_lie_in_a_dictionary_that_is_given_or_held(check, count, ok):
    _, reports = check(NETWORK.replace("COUNT", count))
    assert [report.ok for report in reports] == [ok, ok]
    names = {array.name.replace("dparams['", "d").rstrip("']") for report in reports for array in report.arrays}
    assert {"dW1", "dW2"} <= names


@pytest.mark.exhaustive
def test_a_module_of_pytorch_keeps_its_parameters(check):
    _, (report,) = check(
        """
        import torch

        class Linear(torch.nn.Module):
            def __init__(self, in_features=4, out_features=3):
                super().__init__()
                self.W = torch.nn.Parameter(torch.randn(in_features, out_features))

            def forward(self, x):
                self.x = x
                return x @ self.W

            def backward(self, dout):
                self.dW = self.x.T @ dout
                return dout @ self.W.T
        """
    )
    assert report.ok
    assert [array.name for array in report.arrays] == ["dx", "dW"]


@pytest.mark.exhaustive
def test_a_gradient_that_autograd_computes_is_not_judged(check):
    found, reports = check(
        """
        import torch

        class Squared:
            @staticmethod
            def forward(x):
                watched = x.detach()
                watched.requires_grad = True
                return watched**2, (watched, watched**2)

            @staticmethod
            def backward(dout, cache):
                watched, y = cache
                try:
                    y.backward(dout)
                except RuntimeError:
                    return torch.zeros_like(dout)
                return watched.grad
        """
    )
    assert reports == []
    assert len(found.problems) == 1
