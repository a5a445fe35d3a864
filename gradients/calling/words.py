"""Names as people write them, taken apart: ``sigmoidPrime``, ``d_sigmoid`` and ``sigmoid_derivative`` are one thing."""

import re

LOSS = re.compile(r"(?i)loss|cost|entropy|bce|cce|criterion|likelihood|nll")  # in the name of a loss
# Parts of a name that say that it is the way back, or a derivative.
BACK = set(
    """
    backward backwards bwd back backprop backpropagation backpropagate bprop bp vjp pullback adjoint rueckwaerts
    zurueck zurück rueck rück
    rückwärts rueckwarts atras atrás retropropagacion arriere retro 역전파 逆伝播 反向 反向传播 gyaku
    """.split()
)
DERIVATIVE = set(
    """
    prime derivative derivatives derivate derivation deriv der grad gradient gradients grads diff differential slope d
    dx df derv ableitung derivada derivee 미분 도함수 微分 导数
    """.split()
)
# Parts that say that it is the way there.
FORTH = set(
    """
    forward forwards fwd fw fprop forwardprop feedforward ff vorwaerts vorwärts vorwarts adelante avant 순전파 順伝播
    vor hin 正向 前向 前向传播
    """.split()
)
FILLERS = set(
    """
    of the function func fn fun activation act pass propagation prop compute calculate calc get
    """.split()
)


def words(name: str) -> list[str]:
    """Return the parts of a name, in small letters.

    >>> words("sigmoidPrime"), words("d_ReLU"), words("relu_forward"), words("softmaxCELoss")
    (['sigmoid', 'prime'], ['d', 'relu'], ['relu', 'forward'], ['softmax', 'ce', 'loss'])
    """
    spaced = re.sub(r"([a-z0-9])([A-Z][a-z])", r"\1_\2", re.sub(r"([A-Z]+)([A-Z][a-z]{2,})", r"\1_\2", name))
    spaced = re.sub(r"([a-z])([A-Z]{2,})", r"\1_\2", spaced)
    spaced = spaced.replace("e_LU", "eLU")  # ReLU, PReLU
    return [part for part in re.split(r"[_\W]+", spaced.lower()) if part]


def direction(name: str) -> tuple[str, tuple[str, ...]]:
    """Return whether a name is that of a way "forth", "back", of a "derivative", or plain "", and what is left of it.

    >>> direction("affine_backward"), direction("sigmoid_prime"), direction("d_sigmoid"), direction("sigmoid")
    (('back', ('affine',)), ('derivative', ('sigmoid',)), ('derivative', ('sigmoid',)), ('', ('sigmoid',)))
    >>> direction("cast_on_backward")
    ('', ('cast', 'on', 'backward'))
    """
    parts = words(name)
    if "on" in parts[:-1]:  # cast_on_backward, which does something while the gradient goes back
        return "", tuple(parts)
    for kind, marks in (("back", BACK), ("derivative", DERIVATIVE), ("forth", FORTH)):
        if any(part in marks for part in parts):
            left = [p for p in parts if p not in BACK | DERIVATIVE | FORTH and p not in FILLERS]
            return kind, tuple(left)
    return "", tuple(parts)


def goes_both_ways(name: str) -> bool:
    """Return whether a name is that of the way there and back at once.

    >>> goes_both_ways("forward_backward_prop"), goes_both_ways("backward_prop")
    (True, False)
    """
    parts = set(words(name))
    return bool(parts & FORTH) and bool(parts & BACK)


def undirected(name: str) -> tuple[str, ...]:
    """Return the parts of a name but for those of its direction.

    >>> undirected("linear_activation_forward"), direction("linear_activation_forward")[1]
    (('linear', 'activation'), ('linear',))
    """
    return tuple(part for part in words(name) if part not in BACK | DERIVATIVE | FORTH)
