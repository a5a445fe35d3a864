"""Functions of TensorFlow whose gradient is written by hand, ``@tf.custom_gradient``, and layers that use them."""

import copy
import inspect
from typing import Any

import numpy as np

from gradients.calling.calls import Calls, of_names
from gradients.other_arrays.tensorflow_recorder import Recorder


class Taped(Calls):
    """A function of TensorFlow, or a layer, in the shape of a layer on arrays.

    Its variables lie here as arrays, and so do the gradients that they get. The recorder is held by its methods: what
    TensorFlow keeps in its objects are no arrays of the layer.
    """

    has_custom_gradient = True
    none_is_meant = True  # a None among the gradients says that there is none to be had

    def __init__(self, names: str, recorder: Recorder, signature: inspect.Signature) -> None:
        super().__init__(names)
        self.signatures = signature, of_names("dout")
        self.arrays: dict[str, np.ndarray] = {}
        self.left: dict[str, Any] = {}
        self.hold(recorder)

    def hold(self, recorder: Recorder) -> None:
        """Call through this recorder from now on."""
        self.record, self.differentiate, self.twin = recorder.record, recorder.differentiate, recorder.twin

    def __deepcopy__(self, memo: dict[int, Any]) -> "Taped":
        other = copy.copy(self)
        other.arrays, other.left = copy.deepcopy(self.arrays), {}
        other.hold(self.twin())
        return other

    def call_forward(self, *arguments: Any, **named: Any) -> Any:
        """Return the outputs."""
        return self.record(self.arrays, arguments, named)

    def call_backward(self, dout: Any) -> Any:
        """Return the gradients of the inputs; those of the variables are kept."""
        douts = dout if isinstance(dout, tuple) else (dout,)
        gradients, of_variables = self.differentiate(self.arrays, douts)
        self.left = {f"d{name}": gradient for name, gradient in of_variables.items() if gradient is not None}
        return gradients[0] if len(gradients) == 1 else tuple(gradients)
