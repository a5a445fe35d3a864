"""What an optimizer remembers from step to step: arrays by the names of the parameters, and their flat form for a file.

``state["v"]["W1"]`` is the array ``v`` of the parameter ``W1``; in the flat form it is called ``v.W1``.
"""

from collections.abc import Mapping

import numpy as np

from layers.common.devices import as_array, beside, to_numpy

State = dict[str, dict[str, np.ndarray]]


def computing_dtype(param: np.ndarray) -> np.dtype:
    """Return the dtype in which a parameter's update is computed: its own, but float32 for float16.

    In float16 the square of a small gradient is zero, and so is an epsilon of 1e-8.
    """
    return param.dtype if param.itemsize >= 4 else np.dtype(np.float32)


def new_state(kinds: tuple[str, ...], params: Mapping[str, np.ndarray]) -> State:
    """Return zeros of every kind for every parameter."""
    return {
        kind: {name: np.zeros_like(as_array(param), computing_dtype(param)) for name, param in params.items()}
        for kind in kinds
    }


def check_state(owner: str, state: State, params: Mapping[str, np.ndarray]) -> None:
    """Raise ValueError unless there is a state of every parameter, of its shape; give it the parameter's dtype."""
    for arrays in state.values():
        for name, param in params.items():
            if name not in arrays:
                raise ValueError(
                    f"{owner}: {name} is new, the updates before were of {', '.join(arrays) or 'nothing'}; "
                    "another network needs a new optimizer"
                )
            if arrays[name].shape != param.shape:
                raise ValueError(
                    f"{owner}: {name} has shape {param.shape}, in the updates before it had {arrays[name].shape}; "
                    "another network needs a new optimizer"
                )
            if type(arrays[name]) is not type(param):  # the network has moved to a GPU, or back
                arrays[name] = beside(arrays[name], as_array(param))
            arrays[name] = arrays[name].astype(computing_dtype(param), copy=False)


def to_flat(steps: int, state: State) -> dict[str, np.ndarray]:
    """Return copies of the arrays under their flat names, and the number of steps as an array."""
    arrays = {
        f"{kind}.{name}": to_numpy(array.copy()) for kind, named in state.items() for name, array in named.items()
    }
    return {"steps": np.array(steps), **arrays}


def from_flat(owner: str, kinds: tuple[str, ...], arrays: Mapping[str, np.ndarray]) -> tuple[int, State]:
    """Return the steps and the state of the flat form, copied.

    Raises
    ------
    ValueError
        When a name is not of the form, or the kinds differ in the parameters or shapes they hold.
    """
    if "steps" not in arrays:
        raise ValueError(f"{owner}: the state has no number of steps; there are {', '.join(arrays) or 'no arrays'}")
    state: State = {kind: {} for kind in kinds}
    for flat_name in arrays:
        if flat_name != "steps":
            kind, _, name = flat_name.partition(".")
            if kind not in state or not name:
                raise ValueError(
                    f"{owner}: {flat_name} is not part of its state, which is {' and '.join(kinds) or 'empty'}"
                )
            state[kind][name] = float_array(owner, flat_name, arrays[flat_name])
    shapes = [{name: array.shape for name, array in named.items()} for named in state.values()]
    if any(other != shapes[0] for other in shapes):
        raise ValueError(f"{owner}: {' and '.join(kinds)} differ in the parameters they hold or in their shapes")
    return whole_steps(owner, arrays["steps"]), state


def float_array(owner: str, name: str, values: np.ndarray) -> np.ndarray:
    """Return a copy of an array of floats."""
    array = np.array(values)
    if array.dtype.kind != "f":
        raise ValueError(f"{owner}: {name} must hold floats, it holds {array.dtype}")
    return array


def whole_steps(owner: str, values: np.ndarray) -> int:
    """Return the number of steps, a single whole number."""
    array = np.asarray(values)
    if array.dtype.kind not in "iu" or array.shape != () or array < 0:
        raise ValueError(f"{owner}: the number of steps must be a whole number >= 0, got {array}")
    return int(array)
