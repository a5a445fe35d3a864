"""Optimizers, clipping and schedules against PyTorch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from training import (
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    Constant,
    Cosine,
    Milestones,
    Momentum,
    Nesterov,
    RMSprop,
    StepDecay,
    WarmUp,
    clip_gradient_norm,
)

torch = pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch==2.13.0)")


def torch_adam(cls):
    return lambda tensors, beta1, beta2, **options: cls(tensors, betas=(beta1, beta2), **options)


PEERS = {
    SGD: torch.optim.SGD,
    Momentum: torch.optim.SGD,
    Nesterov: lambda tensors, **options: torch.optim.SGD(tensors, nesterov=True, **options),
    AdaGrad: torch.optim.Adagrad,
    RMSprop: lambda tensors, decay_rate, **options: torch.optim.RMSprop(tensors, alpha=decay_rate, **options),
    Adam: torch_adam(torch.optim.Adam),
    AdamW: torch_adam(torch.optim.AdamW),
}
OPTIONS = {
    "momentum": st.sampled_from([0.1, 0.5, 0.9, 0.99]),
    "decay_rate": st.sampled_from([0.5, 0.9, 0.99]),
    "beta1": st.sampled_from([0.0, 0.5, 0.9]),
    "beta2": st.sampled_from([0.9, 0.99, 0.999]),
    "eps": st.sampled_from([1e-10, 1e-8, 1e-3, 1.0]),
    "weight_decay": st.sampled_from([0.0, 1e-4, 0.01, 0.5]),
    "lr": st.sampled_from([1e-4, 0.003, 0.05]),
}
rules = pytest.mark.parametrize("cls", PEERS, ids=lambda cls: cls.__name__)
some_shapes = st.lists(hnp.array_shapes(min_dims=0, max_dims=3, max_side=4), min_size=1, max_size=3)
seeds = st.integers(0, 2**32 - 1)


def assert_same_path(ours, shapes, seed, dtype, change_lr=1.0, steps=100, **close):
    """Update the same parameters by the same gradients with both, and compare them after every step."""
    rng = np.random.default_rng(seed)
    params = {f"W{number}": np.asarray(rng.standard_normal(shape), dtype) for number, shape in enumerate(shapes)}
    tensors = [torch.nn.Parameter(torch.tensor(param)) for param in params.values()]
    theirs = PEERS[type(ours)](tensors, **ours.options)
    for _ in range(steps):
        scale = 10.0 ** rng.integers(-3, 2)
        grads = {
            name: np.asarray(scale * rng.standard_normal(W.shape) * (rng.random(W.shape) < 0.8), dtype)
            for name, W in params.items()
        }
        for tensor, grad in zip(tensors, grads.values(), strict=True):
            tensor.grad = torch.tensor(grad)
        ours.update(params, grads)
        theirs.step()
        for tensor, param in zip(tensors, params.values(), strict=True):
            np.testing.assert_allclose(param, tensor.detach().numpy(), **close)
        ours.lr *= change_lr
        theirs.param_groups[0]["lr"] *= change_lr


@pytest.mark.exhaustive
@rules
@settings(max_examples=20)
@given(st.data(), some_shapes, seeds, st.sampled_from([1.0, 0.97, 1.02]))
def test_every_optimizer_takes_the_path_of_pytorch(cls, data, shapes, seed, change_lr):
    ours = cls(**{name: data.draw(OPTIONS[name], label=name) for name in cls().options})
    assert_same_path(ours, shapes, seed, np.float64, change_lr, rtol=1e-10, atol=1e-12)


@rules
@pytest.mark.parametrize("seed", range(3))
def test_every_optimizer_takes_the_path_of_pytorch_with_its_own_options(cls, seed):
    assert_same_path(cls(), [(5, 4), (4,)], seed, np.float64, rtol=1e-10, atol=1e-12)


@pytest.mark.first_is_quick
@rules
@pytest.mark.parametrize("seed", range(3))
def test_in_float32_the_paths_differ_by_rounding_only(cls, seed):
    assert_same_path(cls(weight_decay=0.01), [(5, 4), (4,), ()], seed, np.float32, rtol=1e-5, atol=1e-5)


@rules
def test_matrices_that_are_updated_in_pieces_take_the_path_of_pytorch(cls):
    assert_same_path(cls(weight_decay=0.01), [(1000, 600)], 0, np.float64, steps=3, rtol=1e-10, atol=1e-12)


@rules
def test_the_options_that_pytorch_has_too_are_the_same_by_default(cls):
    tensors = [torch.nn.Parameter(torch.zeros(1))]
    ours = PEERS[cls](tensors, **cls().options)
    theirs = type(ours)(tensors, lr=cls().lr)
    names = {"betas", "alpha", "eps", "weight_decay"} & theirs.defaults.keys()
    assert {name: ours.defaults[name] for name in names} == {name: theirs.defaults[name] for name in names}


@given(some_shapes, seeds, st.sampled_from([1e-3, 0.5, 2.0, 1e3]), st.sampled_from([np.float32, np.float64]))
def test_clipping(shapes, seed, max_norm, dtype):
    rng = np.random.default_rng(seed)
    grads = {str(number): np.asarray(rng.standard_normal(shape), dtype) for number, shape in enumerate(shapes)}
    tensors = [torch.zeros(grad.shape, dtype=torch.tensor(grad).dtype) for grad in grads.values()]
    for tensor, grad in zip(tensors, grads.values(), strict=True):
        tensor.grad = torch.tensor(grad)
    norm = clip_gradient_norm(grads, max_norm)
    their_norm = torch.nn.utils.clip_grad_norm_(tensors, max_norm).item()
    rtol = 1e-12 if dtype == np.float64 else 1e-6
    np.testing.assert_allclose(norm, their_norm, rtol=rtol)
    for tensor, grad in zip(tensors, grads.values(), strict=True):
        np.testing.assert_allclose(grad, tensor.grad.numpy(), rtol=rtol)


def factors_of(make_scheduler, steps):
    """Return the learning rates that a PyTorch schedule makes of 1."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler, factors = make_scheduler(optimizer), []
    for _ in range(steps):
        factors.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return factors


def linear_then(optimizer, steps, after):
    """Return PyTorch's warm-up of so many steps: the first has the rate 1 / steps, the last the whole."""
    schedulers = torch.optim.lr_scheduler
    linear = schedulers.LinearLR(optimizer, start_factor=1 / steps, end_factor=1, total_iters=max(1, steps - 1))
    return schedulers.SequentialLR(optimizer, [linear, after(optimizer)], milestones=[steps])


SCHEDULERS = torch.optim.lr_scheduler
schedule_pairs = {
    "constant": (Constant(), lambda o: SCHEDULERS.ConstantLR(o, factor=1.0)),
    "step": (StepDecay(7), lambda o: SCHEDULERS.StepLR(o, step_size=7)),
    "step half": (StepDecay(1, 0.5), lambda o: SCHEDULERS.StepLR(o, step_size=1, gamma=0.5)),
    "milestones": (Milestones((4, 20, 21), 0.3), lambda o: SCHEDULERS.MultiStepLR(o, [4, 20, 21], gamma=0.3)),
    "cosine": (Cosine(50), lambda o: SCHEDULERS.CosineAnnealingLR(o, T_max=50)),
    "cosine lowest": (Cosine(80, 0.1), lambda o: SCHEDULERS.CosineAnnealingLR(o, T_max=80, eta_min=0.1)),
    "warm-up": (WarmUp(10), lambda o: linear_then(o, 10, lambda o: SCHEDULERS.ConstantLR(o, factor=1.0))),
    "warm-up 1": (WarmUp(1), lambda o: linear_then(o, 1, lambda o: SCHEDULERS.ConstantLR(o, factor=1.0))),
    "warm-up-cosine": (
        WarmUp(10, Cosine(40)),
        lambda o: linear_then(o, 10, lambda o: SCHEDULERS.CosineAnnealingLR(o, T_max=40)),
    ),
    "warm-up-step": (WarmUp(5, StepDecay(9)), lambda o: linear_then(o, 5, lambda o: SCHEDULERS.StepLR(o, 9))),
}


@pytest.mark.parametrize("name", schedule_pairs)
@pytest.mark.filterwarnings("ignore::UserWarning:torch.optim.lr_scheduler")
def test_schedules(name):
    ours, theirs = schedule_pairs[name]
    np.testing.assert_allclose([ours(step) for step in range(50)], factors_of(theirs, 50), rtol=1e-10, atol=1e-12)
