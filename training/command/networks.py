"""The networks that ``train.py`` trains: what each is made of, and what suits it when nothing is said.

The arguments of the functions here, behind ``data`` and ``seed``, are the options that the network has on the command
line, with their defaults.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from datasets.opening import Dataset
from language import _
from layers.initializers import Initializer
from networks import DeepConvNet, MultiLayerNet, Network, ResidualNet, SimpleConvNet, TwoLayerNet

Weights = str | float | Initializer

# With these every network here learns; a network's own optimizer comes with the best of them.
LEARNING_RATES = {
    "sgd": 0.5,
    "momentum": 0.05,
    "nesterov": 0.05,
    "adagrad": 0.02,
    "rmsprop": 0.001,
    "adam": 0.001,
    "adamw": 0.001,
}


def two_layer_net(
    data: Dataset, seed: int, *, hidden: Sequence[int] = (200,), activation: str = "relu", init: Weights = "he"
) -> Network:
    """Return a TwoLayerNet for the data."""
    units = one_layer("TwoLayerNet", hidden)
    return TwoLayerNet(data.pixels, units, data.classes, init, activation, seed=seed)


def multi_layer_net(
    data: Dataset,
    seed: int,
    *,
    hidden: Sequence[int] = (200, 100),
    activation: str = "relu",
    init: Weights = "he",
    batch_norm: bool = False,
    dropout: float = 0.0,
) -> Network:
    """Return a MultiLayerNet for the data."""
    return MultiLayerNet(
        data.pixels,
        list(hidden),
        data.classes,
        activation,
        init,
        use_dropout=dropout > 0,
        dropout_ratio=dropout,
        use_batchnorm=batch_norm,
        seed=seed,
    )


def simple_conv_net(
    data: Dataset,
    seed: int,
    *,
    hidden: Sequence[int] = (100,),
    init: Weights = "he",
    filters: int = 30,
    filter_size: int = 5,
) -> Network:
    """Return a SimpleConvNet for the data."""
    units = one_layer("SimpleConvNet", hidden)
    filters_asked = {"filter_num": filters, "filter_size": filter_size}
    return SimpleConvNet((1, *data.image_shape), filters_asked, units, data.classes, init, seed=seed)


def deep_conv_net(
    data: Dataset, seed: int, *, hidden: Sequence[int] = (50,), init: Weights = "he", dropout: float = 0.5
) -> Network:
    """Return a DeepConvNet for the data."""
    units = one_layer("DeepConvNet", hidden)
    return DeepConvNet(
        (1, *data.image_shape),
        hidden_size=units,
        output_size=data.classes,
        weight_init_std=init,
        dropout_ratio=dropout,
        seed=seed,
    )


def residual_net(
    data: Dataset, seed: int, *, init: Weights = "he", channels: Sequence[int] = (16, 32), blocks: int = 1
) -> Network:
    """Return a ResidualNet for the data."""
    return ResidualNet((1, *data.image_shape), list(channels), blocks, data.classes, init, seed=seed)


def one_layer(network: str, hidden: Sequence[int]) -> int:
    """Return the units of the only hidden layer."""
    if len(hidden) != 1:
        raise ValueError(
            _(
                "{network} has one hidden layer, got --hidden {hidden}",
                network=network,
                hidden=" ".join(map(str, hidden)),
            )
        )
    return hidden[0]


@dataclass(frozen=True)
class Choice:
    """A network that can be trained, and what suits it on MNIST and on the embedded digits."""

    build: Callable[..., Network]
    optimizer: str
    epochs: int
    epochs_digits: int
    batch_size: int = 100
    batch_size_digits: int = 20
    takes_images: bool = True
    schedule: str = "cosine"
    lr: float | None = None  # None: that of the optimizer in LEARNING_RATES

    @property
    def options(self) -> dict[str, Any]:
        """The network's own options by name, with their defaults."""
        parameters = inspect.signature(self.build).parameters.values()
        return {
            parameter.name: parameter.default for parameter in parameters if parameter.kind == parameter.KEYWORD_ONLY
        }

    def learning_rate(self, optimizer: str | None) -> float:
        """Return the learning rate that suits it, with its own optimizer or the one of that name."""
        return LEARNING_RATES[optimizer] if optimizer else self.lr or LEARNING_RATES[self.optimizer]

    def training(self, data: Dataset) -> dict[str, int]:
        """Return the epochs and the batch size that suit it on the data."""
        if data.name == "digits":
            return {"epochs": self.epochs_digits, "batch_size": self.batch_size_digits}
        return {"epochs": self.epochs, "batch_size": self.batch_size}


NETWORKS = {
    "TwoLayerNet": Choice(two_layer_net, "sgd", epochs=10, epochs_digits=40, takes_images=False, schedule="constant"),
    "MultiLayerNet": Choice(multi_layer_net, "adam", epochs=10, epochs_digits=40, takes_images=False),
    "SimpleConvNet": Choice(simple_conv_net, "adam", epochs=5, epochs_digits=20),
    "DeepConvNet": Choice(deep_conv_net, "adam", epochs=12, epochs_digits=30),
    "ResidualNet": Choice(residual_net, "adam", epochs=5, epochs_digits=15, lr=0.005),
}
