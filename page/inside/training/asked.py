"""What the page wants trained: its settings, or in words what is wrong with one of them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from language import N_, _

ACTIVATIONS = ("relu", "sigmoid", "tanh", "leaky_relu", "gelu", "softplus", "none")
DATA = ("spiral", "moons", "circles", "xor", "digits")
INITIALIZATIONS: dict[str, str | float] = {"zeros": 0.0, "small": 0.01, "xavier": "xavier", "he": "he", "large": 2.0}
MOST_LAYERS, MOST_UNITS = 12, 200
OWN = "own:"  # begins the name of a layer of the student's
ROLES = ("affine", "batch_norm", "dropout", "loss")  # in which the student's layers can stand in for ours

# The least and the most that a number may be, and whether it is a whole one.
LIMITS: dict[str, tuple[float, float, bool]] = {
    "samples": (10, 2000, True),
    "noise": (0, 1, False),
    "data_seed": (0, 2**31, True),
    "units": (1, MOST_UNITS, True),
    "dropout": (0, 0.9, False),
    "lr": (0, math.inf, False),
    "batch_size": (1, 2000, True),
    "epochs": (1, 10_000, True),
    "seed": (0, 2**31, True),
}
NAMES = {
    "samples": N_("the number of points"),
    "noise": N_("the noise"),
    "data_seed": N_("the seed of the data"),
    "units": N_("the number of units"),
    "dropout": N_("the share of dropout"),
    "lr": N_("the learning rate"),
    "batch_size": N_("the batch size"),
    "epochs": N_("the number of epochs"),
    "seed": N_("the seed"),
}


class Problem(ValueError):
    """Something that the student can put right: said in words, with the setting or the line that it is about."""

    def __init__(self, message: str, about: str = "", line: int = 0, code: str = "") -> None:
        super().__init__(message)
        self.about, self.line, self.code = about, line, code

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"message": str(self), "about": self.about, "line": self.line, "code": self.code}


@dataclass(frozen=True)
class Hidden:
    """A hidden layer: its units, and the name of its activation, which may be a layer of the student's."""

    units: int
    activation: str


@dataclass(frozen=True)
class Asked:
    """The settings of a training, as the page has them."""

    data: str = "spiral"
    samples: int = 400
    noise: float | None = None
    data_seed: int = 0
    hidden: tuple[Hidden, ...] = (Hidden(8, "relu"),)
    initialization: str = "he"
    batch_norm: bool = False
    dropout: float = 0.0
    optimizer: str = "adam"
    lr: float = 0.01
    batch_size: int = 10
    epochs: int = 100
    seed: int = 0
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def weights(self) -> str | float:
        """How the weights start, as :func:`layers.initializers.get_initializer` takes it."""
        return INITIALIZATIONS[self.initialization]


def read(given: Mapping[str, Any]) -> Asked:
    """Return the settings that the page sent.

    Raises
    ------
    Problem
        For a setting that cannot be.
    """
    from training.optimizers import OPTIMIZERS

    usual = Asked()
    numbers = {name: number(name, given.get(name, getattr(usual, name))) for name in LIMITS if name != "units"}
    asked = Asked(
        data=choice("data", given.get("data", usual.data), DATA),
        hidden=read_hidden(given.get("hidden", [{"units": 8, "activation": "relu"}])),
        initialization=choice("initialization", given.get("initialization", "he"), tuple(INITIALIZATIONS)),
        batch_norm=bool(given.get("batch_norm", False)),
        optimizer=choice("optimizer", given.get("optimizer", usual.optimizer), tuple(OPTIMIZERS)),
        own={role: str(name) for role, name in dict(given.get("own") or {}).items() if role in ROLES and name},
        **numbers,
    )
    if asked.lr == 0:
        raise Problem(_("the learning rate is 0: nothing would be learned; give one above 0, such as 0.01"), "lr")
    if asked.batch_norm and asked.batch_size < 2:
        message = _(
            "batch normalization needs batches of at least 2 samples: of a single one, it cannot take the variance"
        )
        raise Problem(message, "batch_size")
    return asked


def read_hidden(given: Any) -> tuple[Hidden, ...]:
    """Return the hidden layers."""
    if not isinstance(given, list) or len(given) > MOST_LAYERS:
        raise Problem(_("the page trains networks of at most {most} hidden layers", most=MOST_LAYERS), "hidden")
    layers = []
    for place, layer in enumerate(given):
        units, name = layer.get("units"), str(layer.get("activation", "relu"))
        if not name.startswith(OWN):
            name = choice("activation", name, ACTIVATIONS)
        layers.append(Hidden(int(number("units", units, f"units{place}")), name))
    return tuple(layers)


def choice(about: str, given: Any, choices: tuple[str, ...]) -> str:
    """Return one of some names."""
    if given not in choices:
        raise Problem(_("expected one of {choices}, got {given}", choices=", ".join(choices), given=given), about)
    return str(given)


def number(name: str, given: Any, about: str = "") -> Any:
    """Return a number that lies within its limits; the noise may be left open, which is what the data set has."""
    least, most, whole = LIMITS[name]
    if given is None and name == "noise":
        return None
    try:
        value = float(given)
    except (TypeError, ValueError):
        value = math.nan
    if not (math.isfinite(value) and least <= value <= most) or (whole and value != int(value)):
        said = {"name": _(NAMES[name]), "given": "NaN" if given is None else given, "least": f"{least:g}"}
        if most == math.inf:
            message = _("{name} must be a number of at least {least}, got {given}", **said)
        elif whole:
            message = _("{name} must be a whole number from {least} to {most}, got {given}", most=f"{most:g}", **said)
        else:
            message = _("{name} must be a number from {least} to {most}, got {given}", most=f"{most:g}", **said)
        raise Problem(message, about or name)
    return int(value) if whole else value
