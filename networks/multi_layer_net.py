"""The fully connected network of any depth, with all that keeps a deep one trainable."""

from collections.abc import Sequence
from numbers import Real

import numpy as np

from layers.common.devices import number
from layers.common.options import share_below_1
from layers.initializers import Initializer
from networks.network import Network
from networks.parts import takes_any_layers
from networks.stack import Stack, activation_layer, check_sizes, loss_layer


class MultiLayerNet(Network):
    """Affine and activation for every hidden layer, affine at the end; behind them the loss layer, by default softmax.

    Every hidden layer is: affine, batch normalisation (if asked for), activation, dropout (if asked for). The
    arguments are those of ``MultiLayerNetExtend`` in *Deep Learning from Scratch*, chapter 6.

    Weight decay adds to the loss what large weights cost, and so pulls every weight towards zero::

        L  = loss of the data + 1/2 weight_decay_lambda  sum over all W of  W^2
        dL/dW gets  weight_decay_lambda W  besides

    Parameters
    ----------
    input_size : int
    hidden_size_list : sequence of int
        The units of each hidden layer; without any, the network is linear.
    output_size : int
    activation : {"relu", "sigmoid", "tanh", "leaky_relu", "gelu", "softplus"}
    weight_init_std : {"he", "xavier", "uniform"}, float or initializer
        How the weights start (:mod:`layers.initializers`), or the standard deviation of normally
        distributed weights, or a function of one's own. Biases start at zero.
    weight_decay_lambda : float
    use_dropout : bool
    dropout_ratio : float
        The share of units that dropout silences, in [0, 1).
    use_batchnorm : bool
    dtype : numpy dtype
        float32 for training, float64 for checking gradients.
    seed : int, optional
        The same seed gives the same weights and the same dropout.
    loss : {"softmax", "identity"}
        The loss layer: ``SoftmaxWithLoss`` for classification, ``IdentityWithLoss`` for regression.

    Raises
    ------
    ValueError
        For a size smaller than 1, an unknown activation, initialiser or loss, a negative weight decay, a dropout ratio
        outside [0, 1), and a dtype that is no float.

    Examples
    --------
    >>> network = MultiLayerNet(64, [50, 30], 10, use_batchnorm=True, seed=0)
    >>> print(network.summary())
    layer                output shape  parameters
    Affine1                   (N, 50)       3,250
    BatchNormalization1       (N, 50)         100
    ReLU1                     (N, 50)           0
    Affine2                   (N, 30)       1,530
    BatchNormalization2       (N, 30)          60
    ReLU2                     (N, 30)           0
    Affine3                   (N, 10)         310
    SoftmaxWithLoss            number           0
    total                                   5,250
    """

    keeps_arguments = True
    weight_decay_lambda = 0.0

    def __init__(
        self,
        input_size: int,
        hidden_size_list: Sequence[int],
        output_size: int,
        activation: str = "relu",
        weight_init_std: str | float | Initializer = "he",
        weight_decay_lambda: float = 0.0,
        use_dropout: bool = False,
        dropout_ratio: float = 0.5,
        use_batchnorm: bool = False,
        dtype: type = np.float32,
        seed: int | None = None,
        loss: str = "softmax",
    ) -> None:
        if not isinstance(hidden_size_list, (list, tuple)):
            raise ValueError(f"MultiLayerNet: hidden_size_list must be a list of sizes, got {hidden_size_list!r}")
        check_sizes("MultiLayerNet", input_size=input_size, output_size=output_size)
        check_sizes("MultiLayerNet", **{f"hidden_size_list[{i}]": size for i, size in enumerate(hidden_size_list)})
        if not (isinstance(weight_decay_lambda, Real) and 0 <= weight_decay_lambda < float("inf")):
            raise ValueError(f"MultiLayerNet: weight_decay_lambda must be at least 0, got {weight_decay_lambda!r}")
        activation_layer("MultiLayerNet", activation)  # complains, also where there is no hidden layer to use them
        share_below_1("MultiLayerNet", "dropout_ratio", dropout_ratio)
        stack = Stack("MultiLayerNet", (input_size,), weight_init_std, dtype, seed)
        for size in hidden_size_list:
            stack.affine(size)
            if use_batchnorm:
                stack.batch_normalization()
            stack.activation(activation)
            if use_dropout:
                stack.dropout(dropout_ratio)
        stack.affine(output_size)
        super().__init__(stack.layers, loss_layer("MultiLayerNet", loss))
        self.weight_decay_lambda = float(weight_decay_lambda)

    @takes_any_layers
    def loss(self, x: np.ndarray, t: np.ndarray, training: bool = False) -> float:
        """Return the loss of the outputs for x against the labels t, and what the weights cost."""
        return super().loss(x, t, training) + self.weight_penalty()

    def gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """Return dL/d(parameter) of every parameter by name."""
        grads = super().gradient(x, t)
        if self.weight_decay_lambda:
            for name, W in self.weights().items():
                grads[name] = grads[name] + self.weight_decay_lambda * W
        return grads

    def weight_penalty(self) -> float:
        """Return ``1/2 weight_decay_lambda sum(W^2)`` over all weights; biases, gamma and beta cost nothing."""
        if not self.weight_decay_lambda:
            return 0.0
        return 0.5 * self.weight_decay_lambda * sum(number(np.vdot(W, W)) for W in self.weights().values())

    def weights(self) -> dict[str, np.ndarray]:
        """Return the weights of the affine layers by name."""
        return {name: param for name, param in self.params.items() if name.startswith("W")}
