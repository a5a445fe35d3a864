"""Our gradient check beside ``torch.autograd.gradcheck``, on the wrong layers of ``tests/gradient_check/mistakes``.

::

    python -m benchmarks.gradient_checkers

For each checker: how many of the wrong layers it finds, how many it names, how many right layers it accuses, and the
seconds it takes, one layer after the other, both in the same run. For ``gradcheck`` each layer is wrapped as an
``autograd.Function`` of its inputs and parameters.
"""

import argparse
import contextlib
import copy
import sys
import time
import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from gradient_check import check_layer, check_network
from gradients.measuring.network_subject import NetworkSubject
from gradients.measuring.point import LayerRaised
from gradients.measuring.subject import Subject

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests" / "gradient_check"))
from mistakes import Mistake, Right, origins


class Result(NamedTuple):
    """What a checker said of one layer, and what it took."""

    found: bool
    named: bool
    seconds: float


def main() -> None:
    """Check all layers with both, and print the table."""
    warnings.simplefilter("ignore")
    results = {"gradient_check": ([], []), "torch gradcheck": ([], [])}
    for module in origins().values():
        for seed, entry in enumerate([*module.RIGHT, *module.MISTAKES]):
            for checker, check in (("gradient_check", ours), ("torch gradcheck", theirs)):
                right, wrong = results[checker]
                (wrong if isinstance(entry, Mistake) else right).append(check(entry, seed))
    print(f"{'':<18}{'wrong layers':>14}{'found':>8}{'named':>8}{'right layers':>14}{'accused':>9}{'seconds':>10}")
    for checker, (right, wrong) in results.items():
        seconds = sum(result.seconds for result in right + wrong)
        print(
            f"{checker:<18}{len(wrong):>14}{sum(r.found for r in wrong):>8}{sum(r.named for r in wrong):>8}"
            f"{len(right):>14}{sum(r.found for r in right):>9}{seconds:>10.1f}"
        )


def made(entry: Mistake | Right, seed: int):
    """Return the layer or network and its inputs."""
    rng = np.random.default_rng(seed)
    return entry.make(rng), entry.inputs(rng)


def ours(entry: Mistake | Right, seed: int) -> Result:
    """Check with this project."""
    thing, inputs = made(entry, seed)
    started = time.perf_counter()
    report = (check_network if entry.network else check_layer)(thing, *inputs, seed=seed)
    seconds = time.perf_counter() - started
    named = bool(report.findings) and report.findings[0].code == getattr(entry, "code", None)
    return Result(not report.ok, named, seconds)


def theirs(entry: Mistake | Right, seed: int) -> Result:
    """Check with PyTorch; whatever it raises counts as found, and it names no mistake."""
    thing, inputs = made(entry, seed)
    started = time.perf_counter()
    try:
        with contextlib.redirect_stdout(None), np.errstate(all="ignore"):
            found = not torch.autograd.gradcheck(*as_function(thing, inputs, entry.network), raise_exception=True)
    except Exception:
        found = True
    return Result(found, False, time.perf_counter() - started)


def as_function(thing, inputs, is_network: bool):
    """Return a differentiable function of PyTorch that runs the layer, and its arguments."""
    try:
        subject = NetworkSubject(thing, *inputs) if is_network else Subject(thing, inputs)
    except LayerRaised as raised:
        raise raised.error from raised
    layer, names = copy.deepcopy(subject.pristine), subject.names
    arguments = [torch.tensor(array_of(subject, name), dtype=torch.float64, requires_grad=True) for name in names]

    class Wrapped(torch.autograd.Function):
        @staticmethod
        def forward(ctx, *tensors):
            arrays = dict(zip(names, (tensor.detach().numpy() for tensor in tensors), strict=True))
            subject.set_params(layer, {n: a for n, a in arrays.items() if n not in subject.input_names})
            places = {place: arrays[name] for name, place in subject.input_names.items()}
            ctx.inputs = [places.get(place, x) for place, x in enumerate(subject.point.inputs)]
            _, outputs = subject.forward(layer, ctx.inputs)
            return tuple(torch.tensor(y) for y in outputs)

        @staticmethod
        def backward(ctx, *douts):
            returned = subject.call_backward(layer, [dout.numpy() for dout in douts], ctx.inputs)
            gradients = subject.collect(layer, returned)
            factor = float(douts[0]) if is_network else 1.0
            return tuple(None if gradients[n] is None else torch.tensor(factor * gradients[n]) for n in names)

    return Wrapped.apply, tuple(arguments)


def array_of(subject: Subject, name: str) -> np.ndarray:
    """Return the input or parameter that a gradient belongs to."""
    place = subject.input_names.get(name)
    return subject.point.params[name] if place is None else subject.point.inputs[place]


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args()
    main()
