"""The networks that ``train.py`` trains: what each is made of, and what suits it when nothing is said.

The arguments of the functions here, behind ``data`` and ``seed``, are the options that the network has on the command
line, with their defaults.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from datasets.minibatches import count_batches
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


# On data that are no images, where regression takes part: the sum of squares has larger gradients than cross entropy.
LEARNING_RATES_OF_POINTS = {
    "sgd": 0.05,
    "momentum": 0.02,
    "nesterov": 0.02,
    "adagrad": 0.05,
    "rmsprop": 0.005,
    "adam": 0.01,
    "adamw": 0.01,
}
FEW_IMAGES = 5000  # with fewer, what suits the embedded digits does
STEPS = 2000  # on data that are no images, about; more where 10 epochs are more
STEPS_OF_AN_EPOCH = 40
LOSSES = {"classes": "softmax", "values": "identity"}  # by what is learned


def two_layer_net(
    data: Dataset, seed: int, *, hidden: Sequence[int] = (200,), activation: str = "relu", init: Weights = "he"
) -> Network:
    """Return a TwoLayerNet for the data."""
    units = one_layer("TwoLayerNet", hidden)
    return TwoLayerNet(data.features, units, data.outputs, init, activation, seed=seed, loss=LOSSES[data.kind])


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
        data.features,
        list(hidden),
        data.outputs,
        activation,
        init,
        use_dropout=dropout > 0,
        dropout_ratio=dropout,
        use_batchnorm=batch_norm,
        seed=seed,
        loss=LOSSES[data.kind],
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
    return SimpleConvNet(image_of("SimpleConvNet", data), filters_asked, units, data.classes, init, seed=seed)


def deep_conv_net(
    data: Dataset, seed: int, *, hidden: Sequence[int] = (50,), init: Weights = "he", dropout: float = 0.5
) -> Network:
    """Return a DeepConvNet for the data."""
    units = one_layer("DeepConvNet", hidden)
    return DeepConvNet(
        image_of("DeepConvNet", data),
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
    return ResidualNet(image_of("ResidualNet", data), list(channels), blocks, data.classes, init, seed=seed)


def image_of(network: str, data: Dataset) -> tuple[int, int, int]:
    """Return the shape of the images that a convolutional network classifies; an error where the data are none."""
    if data.image_shape is None:
        suitable = ", ".join(name for name, choice in NETWORKS.items() if not choice.takes_images)
        raise ValueError(
            _(
                "{network} is for images, and the samples of {data} are none; train {suitable}",
                network=network,
                data=data.name,
                suitable=suitable,
            )
        )
    return (1, *data.image_shape)


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
class Usual:
    """How a network is trained on some data when nothing is said."""

    epochs: int
    batch_size: int
    optimizer: str
    lr: float
    schedule: str


@dataclass(frozen=True)
class Choice:
    """A network that can be trained, and what suits it on MNIST, on the embedded digits and on data without images."""

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

    def usual(self, data: Dataset, optimizer: str | None) -> Usual:
        """Return what suits it on the data, with its own optimizer or the one of that name."""
        if data.image_shape is None:
            return usual_of_points(data, optimizer)
        name = optimizer or self.optimizer
        lr = LEARNING_RATES[name] if optimizer else self.lr or LEARNING_RATES[name]
        if len(data.x_train) < FEW_IMAGES:
            return Usual(self.epochs_digits, self.batch_size_digits, name, lr, self.schedule)
        return Usual(self.epochs, self.batch_size, name, lr, self.schedule)


def usual_of_points(data: Dataset, optimizer: str | None) -> Usual:
    """Return what suits the fully connected networks on data that are no images: some thousand steps of Adam."""
    name, samples = optimizer or "adam", len(data.x_train)
    batch_size = min(max(samples // STEPS_OF_AN_EPOCH, 10), 100)
    epochs = min(max(STEPS // count_batches(samples, batch_size), 10), 100)
    return Usual(epochs, batch_size, name, LEARNING_RATES_OF_POINTS[name], "cosine")


NETWORKS = {
    "TwoLayerNet": Choice(two_layer_net, "sgd", epochs=10, epochs_digits=40, takes_images=False, schedule="constant"),
    "MultiLayerNet": Choice(multi_layer_net, "adam", epochs=10, epochs_digits=40, takes_images=False),
    "SimpleConvNet": Choice(simple_conv_net, "adam", epochs=5, epochs_digits=20),
    "DeepConvNet": Choice(deep_conv_net, "adam", epochs=12, epochs_digits=30),
    "ResidualNet": Choice(residual_net, "adam", epochs=5, epochs_digits=15, lr=0.005),
}
