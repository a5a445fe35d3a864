"""Mistakes inside a network that shows its loss alone: seen at one sample, where each gradient is a product.

For one sample, an affine layer z = h W + b has dL/db = delta and dL/dW = h delta^T (an outer product). So what a
gradient of W was multiplied from can be read off, and a hidden unit's delta is off by the factor by which its
activation's derivative is.
"""

from collections.abc import Callable, Iterator

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.diagnosis.wrong_point import taken_elsewhere
from gradients.known_networks.activations import sigmoid
from gradients.measuring.case import Case
from gradients.report import Finding
from language import N_, _

SAMPLES = 3  # single samples that a hypothesis must hold for


# f, its derivative at z, and that derivative written in terms of y = f(z)
ACTIVATIONS: dict[str, tuple[Callable, Callable, Callable]] = {
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z)), lambda y: y * (1 - y)),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2, lambda y: 1 - y**2),
}


def wrong_hidden_value(suspect: Suspect) -> Finding | None:
    """The gradient of a network's weight is formed with another value than the one that its layer used."""
    subject = suspect.subject
    if not subject.is_loss or suspect.name in subject.input_names or not suspect.fits:
        return None
    cases = [suspect.exam.resized(1) for _ in range(SAMPLES)]
    if any(case is None or case.given(suspect.name) is None for case in cases):
        return None
    if suspect.right[0].ndim == 2 and any(has_wrong_left_factor(cases, suspect.name, bias) for bias in biases(suspect)):
        return taken_elsewhere(
            suspect,
            _("with a value other than its layer's input"),
            _("for one sample, the product of some other value and the right delta of its layer"),
        )
    return wrong_activation(suspect, cases)


def biases(suspect: Suspect) -> Iterator[str]:
    """Yield the parameters that may be the bias beside a weight: as many elements as it has columns."""
    columns = suspect.right[0].shape[1]
    for name, value in suspect.subject.point.params.items():
        if name != suspect.name and value.size == columns and value.ndim <= 2:
            yield name


def has_wrong_left_factor(cases: list[Case], name: str, bias: str) -> bool:
    """Return whether right and given are both an outer product with the bias's gradient, but of different vectors."""
    differs = False
    for case in cases:
        delta = case.right(bias).value.ravel()
        if not np.any(delta):
            return False
        right, given = case.right(name).value, case.given(name)
        vectors = [part @ delta / (delta @ delta) for part in (right, given)]
        for part, vector in zip((right, given), vectors, strict=True):
            if np.abs(part - np.outer(vector, delta)).max() > 1e-5 * np.abs(part).max(initial=1e-300):
                return False
        h, v = vectors
        factor = float(h @ v / max(h @ h, 1e-300))
        differs |= bool(np.abs(v - factor * h).max() > 1e-3 * np.abs(v).max(initial=1e-300))
    return differs


def wrong_activation(suspect: Suspect, cases: list[Case]) -> Finding | None:
    """The delta of each hidden unit is off by the factor by which its activation's derivative is, taken elsewhere."""
    for weight, bias in first_layers(suspect):
        for name, (f, slope, slope_of_output) in ACTIVATIONS.items():
            for how, factor in (
                (N_("of a hidden {name} at the output, f'(f(z))"), lambda z, f=f, s=slope: s(f(z)) / s(z)),
                (N_("of a hidden {name} as if z were the output"), lambda z, s=slope, g=slope_of_output: g(z) / s(z)),
                (
                    N_("of a hidden {name} as if f(f(z)) were the output"),
                    lambda z, f=f, s=slope, g=slope_of_output: g(f(f(z))) / s(z),
                ),
            ):
                if all(is_scaled(case, suspect.name, weight, bias, factor) for case in cases):
                    return taken_elsewhere(
                        suspect,
                        _(how, name=name),
                        _("for one sample, the right gradient times (wrong derivative / right derivative)"),
                    )
    return None


def first_layers(suspect: Suspect) -> Iterator[tuple[str, str]]:
    """Yield the weights and biases that take the network's input, of which the suspect is one."""
    params, x = suspect.subject.point.params, suspect.subject.point.inputs[0]
    for weight, W in params.items():
        if W.ndim != 2 or np.ndim(x) != 2 or len(W) != x.shape[1]:
            continue
        for bias, b in params.items():
            if b.ndim == 1 and b.size == W.shape[1] and suspect.name in (weight, bias):
                yield weight, bias


def is_scaled(case: Case, name: str, weight: str, bias: str, factor: Callable[[np.ndarray], np.ndarray]) -> bool:
    """Return whether each unit's gradient is the right one times a factor of its z."""
    z = case.point.inputs[0][0] @ case.point.params[weight] + case.point.params[bias]
    expected, given = case.right(name).value * factor(z), case.given(name)
    close = np.abs(given - expected).max() <= 1e-4 * np.abs(given).max(initial=1e-300)
    return bool(close and np.abs(factor(z) - 1).max() > 1e-3)
