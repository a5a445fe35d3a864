"""The network with one hidden layer, with which *Deep Learning from Scratch* begins."""

import numpy as np

from layers import Affine
from layers.initializers import Initializer
from networks.network import Network
from networks.stack import activation_layer, check_sizes, loss_layer, starting_values


class TwoLayerNet(Network):
    """Affine, activation, affine; behind them the loss layer, by default softmax with cross entropy.

    Parameters
    ----------
    input_size, hidden_size, output_size : int
        Features of a sample, units of the hidden layer, classes (in regression: values of a target).
    weight_init_std : {"he", "xavier", "uniform"}, float or initializer
        How the weights start (:mod:`layers.initializers`), or the standard deviation of normally
        distributed weights, or a function of one's own. Biases start at zero.
    activation : {"relu", "sigmoid", "tanh", "leaky_relu", "gelu", "softplus"}
    dtype : numpy dtype
        float32 for training, float64 for checking gradients.
    seed : int, optional
        The same seed gives the same weights.
    loss : {"softmax", "identity"}
        The loss layer: ``SoftmaxWithLoss`` for classification, ``IdentityWithLoss`` for regression.

    Raises
    ------
    ValueError
        For a size smaller than 1, an unknown activation, initialiser or loss, and a dtype that is no float.

    Examples
    --------
    >>> network = TwoLayerNet(784, 50, 10, seed=0)
    >>> list(network.layers)
    ['Affine1', 'ReLU1', 'Affine2']
    >>> {name: param.shape for name, param in network.params.items()}
    {'W1': (784, 50), 'b1': (50,), 'W2': (50, 10), 'b2': (10,)}
    """

    keeps_arguments = True

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        weight_init_std: str | float | Initializer = "he",
        activation: str = "relu",
        dtype: type = np.float32,
        seed: int | None = None,
        loss: str = "softmax",
    ) -> None:
        check_sizes("TwoLayerNet", input_size=input_size, hidden_size=hidden_size, output_size=output_size)
        weights, zeros = starting_values("TwoLayerNet", weight_init_std, dtype, np.random.default_rng(seed))
        layers = [
            Affine(W=weights((input_size, hidden_size)), b=zeros(hidden_size)),
            activation_layer("TwoLayerNet", activation),
            Affine(W=weights((hidden_size, output_size)), b=zeros(output_size)),
        ]
        super().__init__(layers, loss_layer("TwoLayerNet", loss))
