"""A network: layers in order, and a loss layer behind them."""

import copy
import os
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from gradients import numerical_gradient
from layers.common.first_layer import backward_for_parameters
from layers.common.generators import generators_of, set_states, states_of
from layers.common.options import is_whole_number
from layers.common.sublayers import leaf_layers
from layers.common.threads import blas_threads
from layers.common.training_mode import forward_in_mode
from networks.arguments import constructor_arguments
from networks.counting import count_right
from networks.export.portable import Portable
from networks.files import model_file
from networks.layer_names import check_used_once, name_layers
from networks.moving import Movable
from networks.parameters import ParameterLookup, Parameters, collect_params, collect_state, convert_params
from networks.parts import in_parts, takes_any_layers
from networks.summary import summary_table
from networks.threads import suitable_threads, threads_for

if TYPE_CHECKING:
    from typing_extensions import Self  # which type checkers bring; for Python 3.10


class Network(Movable, Portable):
    """Layers in an OrderedDict and a loss layer.

    ``forward`` is called in the order of the layers, ``backward`` in the reverse order: each layer takes
    dL/d(its output), which the layer behind it gave, and returns dL/d(its input).

    Parameters
    ----------
    layers : mapping of str to layer, or iterable of layers
        Any objects with ``forward(x)`` and ``backward(dout)``. Without names they are named by their class
        and a number: ``Affine1``, ``ReLU1``, ``Affine2``.
    loss_layer : layer
        An object with ``forward(x, t)``, which returns a number, and ``backward(dout)``.

    Attributes
    ----------
    layers : OrderedDict
    loss_layer : layer
    last_loss : float or None
        The loss that the last :meth:`gradient` passed on its way.
    keeps_arguments : bool
        Whether a model file holds the constructor's ``arguments``, with which :meth:`load` makes the network again;
        without them it is made of its layers. A class sets it.

    Examples
    --------
    >>> from layers import Affine, IdentityWithLoss
    >>> network = Network([Affine(np.array([[1.0]]), np.array([0.0]))], IdentityWithLoss())
    >>> x, t = np.array([[1.0], [2.0]]), np.array([[2.0], [4.0]])
    >>> network.loss(x, t)
    1.25
    >>> network.gradient(x, t)
    {'W1': array([[-2.5]]), 'b1': array([-1.5])}
    """

    keeps_arguments = False
    arguments: dict[str, Any] | None = None
    known: ClassVar[dict[str, type["Network"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        Network.known.setdefault(cls.__name__, cls)

    def __new__(cls, *given: Any, **named: Any) -> "Self":
        """Note what the constructor is given, for the model file, where the class wants it."""
        network = super().__new__(cls)
        if cls.keeps_arguments:
            network.arguments = constructor_arguments(cls, given, named)
        return network

    def __init__(self, layers: Mapping[str, Any] | Iterable[Any], loss_layer: Any) -> None:
        self.layers = OrderedDict(layers) if isinstance(layers, Mapping) else name_layers(layers)
        self.loss_layer = loss_layer
        self.last_loss: float | None = None
        self.lookup = ParameterLookup()
        if not self.layers:
            raise ValueError(f"{type(self).__name__}: expected at least one layer, got none")
        for name, layer in (*self.layers.items(), ("loss_layer", loss_layer)):
            if not (hasattr(layer, "forward") and hasattr(layer, "backward")):
                raise TypeError(f"{name}: a layer needs forward and backward, got {layer!r}")
        check_used_once(self.layers)

    @takes_any_layers
    def predict(self, x: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the output of the last layer, before the loss layer: the scores, shape (N, K)."""
        x = self.sent(x)  # to the GPU, where the network is on one
        for layer in self.layers.values():
            x = forward_in_mode(layer, x, training)
        return x

    @takes_any_layers
    def loss(self, x: np.ndarray, t: np.ndarray, training: bool = False) -> float:
        """Return the loss of the outputs for x against the labels or targets t."""
        return self.loss_layer.forward(self.predict(x, training), t)

    def accuracy(self, x: np.ndarray, t: np.ndarray, chunk_size: int = 500) -> float:
        """Return the share of samples whose highest score is at the label.

        A loss layer for which something else is right, such as ``SigmoidWithLoss`` with its answers yes and no, has a
        method ``count_right(x, t)``. Works through x in chunks, so that memory does not grow with the data set.

        Parameters
        ----------
        x : array, shape (N, ...)
        t : ndarray, shape (N,) or one-hot (N, K)
        chunk_size : int

        Raises
        ------
        ValueError
            When x and t differ in length or are empty, or t holds neither labels in 0..K-1 nor one-hot rows, or
            the network does regression.
        TypeError
            When labels of shape (N,) are not integers.
        """
        if not is_whole_number(chunk_size, least=1):
            raise ValueError(f"the chunk size must be at least 1, got {chunk_size}; expected a whole number")
        if not self.counts_labels:
            raise ValueError(f"accuracy counts labels; {type(self.loss_layer).__name__} is for regression")
        if len(x) != len(t) or len(x) == 0:
            raise ValueError(f"accuracy needs as many labels as samples, got {len(x)} samples and {len(t)} labels")
        return count_right(self, x, t, chunk_size) / len(x)

    def gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """Return dL/d(parameter) of every parameter by name: forward, then backward in reverse order.

        A large batch of images goes through the first layers in parts (:mod:`networks.parts`). Those layers then have
        the gradients of their parameters, but keep nothing else of the batch.
        """
        x = self.sent(x)
        with suitable_threads(self, x):
            worker = in_parts(self, x)
            self.last_loss = worker.loss(x, t, training=True)
            dout = worker.loss_layer.backward(1.0)
            first, *others = worker.layers.values()
            for layer in reversed(others):
                dout = layer.backward(dout)
            backward_for_parameters(first, dout)  # its dL/dx would be the gradient of the data
        return self.lookup.grads(self.layers.values())

    def numerical_gradient(self, x: np.ndarray, t: np.ndarray, h: float = 1e-5) -> dict[str, np.ndarray]:
        """Return the same gradients by numerical differentiation, computed on a copy in float64.

        It takes two forward passes for every single parameter: for checking :meth:`gradient`, not for training.
        Layers with random numbers, such as dropout, draw the same ones each time: those that :meth:`gradient` would
        draw next.
        """
        network = self.astype(np.float64).to("cpu")
        generators = generators_of(network.layers.values())
        states = states_of(generators)

        def loss(_: np.ndarray) -> float:
            set_states(generators, states)
            return network.loss(x, t, training=True)

        with blas_threads(threads_for(self.params, len(x))):
            return {name: numerical_gradient(loss, param, h) for name, param in network.params.items()}

    @property
    def counts_labels(self) -> bool:
        """Whether the network classifies, so that it has an accuracy; False in regression."""
        return getattr(self.loss_layer, "counts_labels", True)

    @property
    def params(self) -> Parameters:
        """The parameters by name, ``W1 b1 W2 b2``; the arrays are those of the layers."""
        return collect_params(self.layers.values())

    @property
    def state(self) -> Parameters:
        """What the layers learn besides their parameters, by name: the running statistics of normalisations."""
        return collect_state(self.layers.values())

    def astype(self, dtype: type) -> "Self":
        """Return a copy of the network whose parameters have that dtype; it computes in it."""
        network = copy.deepcopy(self)
        for layer in leaf_layers(network.layers.values()):
            convert_params(layer, dtype)
        return network

    def summary(self, input_shape: tuple[int, ...] | None = None) -> str:
        """Return a table with each layer's output shape and number of parameters.

        Parameters
        ----------
        input_shape : tuple of int, optional
            The shape of one sample; without it, as many values as the first affine layer takes.
        """
        return summary_table(self, input_shape)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the network to a ``.npz`` file, whole or not at all."""
        model_file.save(self, path)

    def load_params(self, path: str | os.PathLike[str]) -> None:
        """Copy the parameters in a model file into this network, whose parameters have the same shapes.

        Raises
        ------
        ModelFileError
            When the file is damaged, of another format version, or holds other names or shapes.
        """
        model_file.load_params(self, path)

    @classmethod
    def from_layers(cls, layers: Mapping[str, Any], loss_layer: Any) -> "Self":
        """Return a network of this class with the given layers; its own constructor is passed over."""
        network = cls.__new__(cls)
        Network.__init__(network, layers, loss_layer)
        network.arguments = None
        return network

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> "Self":
        """Return the network in a model file, an object of the class that was saved.

        Raises
        ------
        ModelFileError
            When the file is damaged, of another format version, or holds another class or other shapes.
        FileNotFoundError
            When there is no such file.
        """
        network = model_file.load(path, {**Network.known, cls.__name__: cls})
        if not isinstance(network, cls):
            raise model_file.ModelFileError(f"{path} holds a {type(network).__name__}, expected a {cls.__name__}")
        return network


Network.known["Network"] = Network
