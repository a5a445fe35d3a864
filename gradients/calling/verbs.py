"""The methods of a class that are its forward and its backward, whatever they are called."""

import inspect
from typing import Any

from gradients.calling.hidden_verbs import hidden_pair
from gradients.calling.words import direction, goes_both_ways, undirected, words

# The most usual first, in any spelling: forward_pass is forwardPass too.
FORWARD = tuple(
    """
    forward forward_pass forward_propagation forward_propagate forward_prop forwardprop fprop fwd feed_forward
    feedforward propagate __call__ call activate activation
    activation_function function func fn f loss calculate_loss compute_loss get_loss cost evaluate compute
    calculate calc value apply output run eval predict transform fun act error _forward forward_ get_output
    get_value step_forward forward_step
    """.split()
)
BACKWARD = tuple(
    """
    backward backward_pass backward_propagation backward_propagate backward_prop backprop back_prop bprop bwd
    back_propagation backpropagation back_propagate backpropagate propagate_backward
    pullback vjp back feed_backward feedbackward _backward backward_
    feed_back backwards gradient_descent update_weights backward_and_update
    step_backward backward_step
    """.split()
)
SLOPE = tuple(
    """
    gradient grad derivative deriv derivate prime gradients grads diff d df dx bprime f_prime fprime
    function_prime func_prime activation_prime activation_derivative derivation calculate_gradient
    compute_gradient compute_grad get_gradient loss_gradient loss_derivative loss_prime calc_gradient calc_grad get_grad
    differentiate der dfunc df_dx delta d_loss dloss activation_gradient derive activate_prime activate_derivative
    cost_derivative d_activation gradient_function slope dactivation activation_backward _gradient _derivative
    calc_derivative backward_function function_derivative loss_grad dF get_derivative compute_derivative gradx
    """.split()
)
# Methods that may give the loss and its gradients at once.
BOTH = tuple(
    """
    compute_loss_and_gradients compute_loss_and_grads compute_loss_and_gradient loss_and_grad loss_and_grads
    loss_and_gradients loss compute_loss cost loss_grad cost_grad
    """.split()
)


# Words at the end of a name that say that it is another way to the same.
VARIANTS = set(
    "alt alternative naive fast slow vectorized vec simple loop loops new old 2 v1 v2 v3 opt optimized".split()
)


def methods_of(cls: type) -> dict[str, Any]:
    """Return the methods of a class that are written in Python, by name, those that it inherits included."""
    found: dict[str, Any] = {}
    for base in reversed(cls.__mro__[:-1]):
        for name, value in vars(base).items():
            function = value.__func__ if isinstance(value, (staticmethod, classmethod)) else value
            if inspect.isfunction(function) or (inspect.isroutine(function) and not isinstance(value, type)):
                found[name] = value
            elif callable(value) and not isinstance(value, type) and not name.startswith("__"):
                found[name] = value  # forward = other_function, wrapped by a decorator
    return found


def squashed(name: str) -> str:
    """Return a name in small letters and without underscores, but for those at its ends."""
    return name if name.startswith("_") else name.replace("_", "").lower()


def first_of(verbs: tuple[str, ...], names: dict[str, Any], but: str | None = None) -> str | None:
    """Return the method that bears the first of the verbs, in whatever spelling; None where none does."""
    spelled = {squashed(name): name for name in reversed(names) if name != but}
    return next((spelled[squashed(verb)] for verb in verbs if squashed(verb) in spelled), None)


def verb_pairs(cls: type) -> list[tuple[str, str, bool]]:
    """Return the pairs of a forward and a backward in a class, and whether the second gives a slope, by its name.

    A class that has several forwards of those names is meant by the most usual of each kind. Where the name of the
    backward is empty, the forward may give the loss and its gradients at once.
    """
    names = methods_of(cls)
    forward = first_of(FORWARD, names)
    backward = first_of(BACKWARD, names)
    slope = first_of(SLOPE, names, but=forward)
    if forward is None and (backward or slope):
        plain = [name for name in names if direction(name)[0] == "forth" and not name.startswith("__")]
        forward = plain[0] if len(plain) == 1 else None
    own = [name for name in names if not name.startswith("__")]
    of_losses = [pair for pair in named_pairs(own) if is_of_a_loss(pair[0]) and takes_self(names[pair[0]])]
    pairs = [] if backward else of_losses
    if slope == "delta" and forward and count(names[slope]) > count(names[forward]):
        slope = None  # cost and delta(z, a, y), which is that of a layer before it too
    if backward and slope and not count(names[slope]):
        slope = None  # gradients(), which hands out what backward left
    if forward and backward:
        pairs += [*hidden_pair(cls, forward, backward), (forward, backward, False)]
    if forward and slope:
        loss = first_of(("loss",), names) if slope and "loss" in slope.lower() else None
        pairs.append((loss or forward, slope, True))
    if not pairs:
        pairs = [pair for pair in named_pairs(own) if takes_self(names[pair[0]]) and not direction(pair[0])[1]]
    both = first_of(BOTH, names)
    is_numerical = any("numerical" in words(name) for name in own)  # whose gradients are differences of the loss
    if both and not backward and not is_numerical and both not in [pair[0] for pair in pairs]:
        pairs.append((both, "", False))
    return pairs


def is_of_a_loss(name: str) -> bool:
    """Return whether a name is that of a loss."""
    return "loss" in name.lower() or "cost" in name.lower()


def count(method: Any) -> int:
    """Return how many arguments a method has, the object not counted."""
    names = list(inspect.signature(getattr(method, "__func__", method)).parameters)
    return len(names) - (names[:1] == ["self"])


def takes_self(method: Any) -> bool:
    """Return whether a method is one of an object."""
    return inspect.isfunction(method) and list(inspect.signature(method).parameters)[:1] == ["self"]


def named_pairs(names: list[str]) -> list[tuple[str, str, bool]]:
    """Return the pairs among names of functions that belong together, such as ``swish`` and ``swish_prime``."""
    forth: dict[tuple[str, ...], str] = {}
    exactly: dict[tuple[str, ...], str] = {}
    back: list[tuple[tuple[str, ...], str, bool]] = []
    names = [name for name in names if not goes_both_ways(name)]
    for name in names:
        kind, rest = direction(name)
        if kind in ("back", "derivative"):
            back.append((rest, name, kind == "derivative"))
            continue
        exactly.setdefault(undirected(name), name)
        if kind == "forth" or rest not in forth:
            forth[rest] = name
    for rest, name, _ in back:
        if rest not in forth and rest[-1:] and rest[-1] in VARIANTS and rest[:-1] in forth:
            forth[rest] = exactly.get(undirected(name)[:-1], forth[rest[:-1]])
    partners = [(exactly.get(undirected(name)) or forth.get(rest), name, slope) for rest, name, slope in back]
    pairs = [(partner, name, slope) for partner, name, slope in partners if partner]
    paired = {name for pair in pairs for name in pair[:2]}
    plain = {"".join(rest): name for rest, name in forth.items()}
    for name in names:
        low = name.lower().replace("_", "")
        if name not in paired and low.startswith("d") and low[1:] in plain and plain[low[1:]] != name:
            pairs.append((plain[low[1:]], name, True))
    return pairs
