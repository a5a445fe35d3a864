"""The losses that a network's backward may be meant for, where it does not say which: they are tried.

y is what the network's forward gives, t what it should give, both (N, K) or (K, N), (K, 1), (K,).
"""

from collections.abc import Callable

import numpy as np

from language import N_, _

Loss = Callable[[np.ndarray, np.ndarray], float]


def half_squared(y: np.ndarray, t: np.ndarray) -> float:
    """Return 1/2 sum (y - t)^2."""
    return float(0.5 * ((y - t) ** 2).sum())


def squared(y: np.ndarray, t: np.ndarray) -> float:
    """Return sum (y - t)^2."""
    return float(((y - t) ** 2).sum())


def cross_entropy(y: np.ndarray, t: np.ndarray) -> float:
    """Return -sum t log y."""
    return float(-(t * np.log(y)).sum())


def binary_cross_entropy(y: np.ndarray, t: np.ndarray) -> float:
    """Return -sum (t log y + (1 - t) log(1 - y))."""
    return float(-(t * np.log(y) + (1 - t) * np.log(1 - y)).sum())


def softmax_cross_entropy(y: np.ndarray, t: np.ndarray) -> float:
    """Return -sum t log softmax(y), where y are scores."""
    shifted = y - y.max(axis=-1, keepdims=True)
    return float(-(t * (shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))).sum())


def sigmoid_cross_entropy(y: np.ndarray, t: np.ndarray) -> float:
    """Return -sum (t log sigmoid(y) + (1 - t) log(1 - sigmoid(y))), where y are scores."""
    return float((np.logaddexp(0, y) - t * y).sum())


SUMS: dict[str, tuple[Loss, str]] = {
    N_("half the squared error"): (half_squared, "any"),
    N_("the squared error"): (squared, "any"),
    N_("the cross entropy"): (cross_entropy, "rows"),
    N_("the binary cross entropy"): (binary_cross_entropy, "between"),
    N_("the cross entropy of the softmax"): (softmax_cross_entropy, "scores"),
    N_("the cross entropy of the sigmoid"): (sigmoid_cross_entropy, "scores"),
}
# Those that may be of targets that are whole numbers.
OF_LABELS = ("the cross entropy, ", "the cross entropy of the softmax, ")
OVER = (N_("summed"), N_("averaged over the rows"), N_("averaged over the columns"), N_("averaged over all elements"))


def loss_names(y: np.ndarray) -> list[str]:
    """Return the losses that suit an output, the likeliest first."""
    between = bool((y > 0).all() and (y < 1).all())
    rows = between and any(np.allclose(y.sum(axis=axis), 1) for axis in range(y.ndim))
    fits = {"any": True, "rows": rows, "between": between, "scores": not between}
    names = [name for name, (_, needs) in SUMS.items() if fits[needs]]
    if rows:
        names = ["the cross entropy", *(name for name in names if name != "the cross entropy")]
    divisors = {divisor(over, y): over for over in reversed(OVER)}  # where two say the same, the first
    return [f"{name}, {over}" for over in reversed(divisors.values()) for name in names]


def divisor(over: str, y: np.ndarray) -> int:
    """Return by what a loss is divided."""
    if over == OVER[0] or not y.ndim:
        return 1
    return {OVER[1]: len(y), OVER[2]: y.shape[-1], OVER[3]: y.size}[over]


def loss_of(name: str, y: np.ndarray, t: np.ndarray) -> float:
    """Return a loss by its name.

    >>> loss_of("half the squared error, summed", np.array([[1.0, 2.0]]), np.array([[0.0, 0.0]]))
    2.5
    """
    kind, _, over = name.rpartition(", ")
    return SUMS[kind][0](y, t) / divisor(over, y)


def loss_text(name: str) -> str:
    """Return the name of a loss in the language that is spoken."""
    kind, over = name.rpartition(", ")[::2]
    return _("{loss}, {average}", loss=_(kind), average=_(over))


def labels_for(y: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return whole numbers as targets for an output of (N, K), or (K, N): which class each sample should be."""
    axis = 0 if np.allclose(y.sum(axis=0), 1) and not np.allclose(y.sum(axis=1), 1) else 1
    return rng.integers(0, y.shape[axis], y.shape[1 - axis])


def one_hot(t: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return targets of an output's shape, also where they were given as whole numbers.

    >>> one_hot(np.array([1, 0, 1]), np.zeros((2, 3)))
    array([[0., 1., 0.],
           [1., 0., 1.]])
    """
    if t.ndim != y.ndim - 1 or t.dtype.kind not in "iu":
        return t
    if len(t) == len(y):
        return np.asarray(t[:, np.newaxis] == np.arange(y.shape[1]), float)
    return np.asarray(np.arange(len(y))[:, np.newaxis] == t, float) if y.shape[1:] == t.shape else t


def targets_for(y: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return targets for an output: one-hot for rows of probabilities, 0 and 1 for numbers between, else any."""
    between = (y > 0).all() and (y < 1).all()
    if not between:
        return rng.standard_normal(y.shape)
    for axis in reversed(range(y.ndim)):
        if y.shape[axis] > 1 and np.allclose(y.sum(axis=axis), 1):
            moved = np.zeros_like(np.moveaxis(y, axis, -1))
            flat = moved.reshape(-1, moved.shape[-1])
            flat[np.arange(len(flat)), rng.integers(0, flat.shape[1], len(flat))] = 1.0
            return np.ascontiguousarray(np.moveaxis(moved, -1, axis))
    return rng.integers(0, 2, y.shape).astype(float)
