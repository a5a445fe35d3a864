"""The network with one hidden layer, with which *Deep Learning from Scratch* begins."""

from collections import OrderedDict

import numpy as np

from layers import Affine, ReLU, Sigmoid, SoftmaxWithLoss
from layers.initializers import Initializer, get_initializer
from networks.network import Network

ACTIVATIONS = {"relu": ReLU, "sigmoid": Sigmoid}


class TwoLayerNet(Network):
    """Affine, activation, affine; softmax with cross entropy behind them.

    Parameters
    ----------
    input_size, hidden_size, output_size : int
        Features of a sample, units of the hidden layer, classes.
    weight_init_std : {"he", "xavier", "uniform"}, float or initializer
        How the weights start (:mod:`layers.initializers`), or the standard deviation of normally
        distributed weights, or a function of one's own. Biases start at zero.
    activation : {"relu", "sigmoid"}
    dtype : numpy dtype
        float32 for training, float64 for checking gradients.
    seed : int, optional
        The same seed gives the same weights.

    Raises
    ------
    ValueError
        For a size smaller than 1, an unknown activation or initialiser, and a dtype that is no float.

    Examples
    --------
    >>> network = TwoLayerNet(784, 50, 10, seed=0)
    >>> list(network.layers)
    ['Affine1', 'ReLU1', 'Affine2']
    >>> {name: param.shape for name, param in network.params.items()}
    {'W1': (784, 50), 'b1': (50,), 'W2': (50, 10), 'b2': (10,)}
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        weight_init_std: str | float | Initializer = "he",
        activation: str = "relu",
        dtype: type = np.float32,
        seed: int | None = None,
    ) -> None:
        sizes = {"input_size": input_size, "hidden_size": hidden_size, "output_size": output_size}
        for name, size in sizes.items():
            if not isinstance(size, (int, np.integer)) or size < 1:
                raise ValueError(f"TwoLayerNet: {name} must be an integer of at least 1, got {size!r}")
        if activation not in ACTIVATIONS:
            raise ValueError(f"TwoLayerNet: activation must be one of {', '.join(ACTIVATIONS)}, got {activation!r}")
        if np.dtype(dtype).kind != "f":
            raise ValueError(f"TwoLayerNet: dtype must be a float such as float32, got {np.dtype(dtype)}")
        rng = np.random.default_rng(seed)
        initialize = get_initializer(weight_init_std)

        def affine(inputs: int, outputs: int) -> Affine:
            return Affine(initialize((inputs, outputs), rng, dtype), np.zeros(outputs, dtype))

        layer = ACTIVATIONS[activation]
        layers = OrderedDict()
        layers["Affine1"] = affine(input_size, hidden_size)
        layers[f"{layer.__name__}1"] = layer()
        layers["Affine2"] = affine(hidden_size, output_size)
        super().__init__(layers, SoftmaxWithLoss())
        self.arguments = {
            **{name: int(size) for name, size in sizes.items()},
            "weight_init_std": initialize.__name__ if callable(weight_init_std) else as_plain(weight_init_std),
            "activation": activation,
            "seed": as_plain(seed),
        }


def as_plain(value: str | float | None) -> str | float | None:
    """Return a NumPy number as the Python number that a model file can hold, and anything else as it is."""
    return value.item() if isinstance(value, np.generic) else value
