"""With differences of its own, element by element, a relative error of each, and a set of names."""

import numpy as np


def check_layer(layer, x):
    np.random.seed(0)  # noqa: NPY002
    dout = np.random.randn(*layer.forward(x).shape)  # noqa: NPY002
    gradients = {"dx": np.array(layer.backward(dout))}
    arrays = {"dx": x}
    for name, value in list(vars(layer).items()):
        if isinstance(value, np.ndarray) and hasattr(layer, "d" + name):
            arrays["d" + name] = value
            gradients["d" + name] = np.array(getattr(layer, "d" + name))
    wrong = set()
    for name, array in arrays.items():
        numerical = np.zeros(array.shape)
        iterator = np.nditer(array, flags=["multi_index"])
        for _ in iterator:
            place = iterator.multi_index
            before = array[place]
            array[place] = before + 1e-5
            above = layer.forward(x).copy()
            array[place] = before - 1e-5
            below = layer.forward(x).copy()
            array[place] = before
            numerical[place] = np.sum((above - below) * dout) / 2e-5
        gradient = gradients[name]
        if gradient.shape == numerical.shape:
            size = np.maximum(1e-8, np.abs(gradient) + np.abs(numerical))
            if np.max(np.abs(gradient - numerical) / size) <= 1e-3:
                continue
        wrong.add(name)
    return wrong
