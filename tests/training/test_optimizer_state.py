"""What an optimizer remembers: whose it is, and that a file can hold it."""

import numpy as np
import pytest

from training import OPTIMIZERS, Adam, Momentum

every_optimizer = pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=OPTIMIZERS)
every_optimizer_with_state = pytest.mark.parametrize("cls", [c for c in OPTIMIZERS.values() if c.state_names])


def some_params(dtype=np.float64, seed=0, shapes=((4, 3), (3,))):
    rng = np.random.default_rng(seed)
    return {f"W{number}": rng.standard_normal(shape).astype(dtype) for number, shape in enumerate(shapes, 1)}


def run(optimizer, params, steps, first=0):
    """Update with random gradients; those of a step are always the same."""
    for step in range(first, first + steps):
        rng = np.random.default_rng(step)
        optimizer.update(params, {name: rng.standard_normal(param.shape) for name, param in params.items()})
    return params


def assert_same_bits(ours, others):
    assert ours.keys() == others.keys()
    for name, array in ours.items():
        assert array.dtype == others[name].dtype
        np.testing.assert_array_equal(array, others[name])


@every_optimizer_with_state
def test_a_network_of_another_shape_needs_a_new_optimizer(cls):
    optimizer, W = cls(), np.ones((4, 3))
    optimizer.update({"W": np.ones((3, 3))}, {"W": np.ones((3, 3))})
    with pytest.raises(ValueError, match=rf"{cls.__name__}: W has shape \(4, 3\), in the updates before .* \(3, 3\)"):
        optimizer.update({"W": W}, {"W": W.copy()})
    assert (W == 1).all()
    assert optimizer.steps == 1


@every_optimizer_with_state
def test_a_network_with_other_names_needs_a_new_optimizer(cls):
    optimizer, W = cls(), np.ones(3)
    optimizer.update({"W1": np.ones(3)}, {"W1": np.ones(3)})
    with pytest.raises(ValueError, match=f"{cls.__name__}: W2 is new, the updates before were of W1; "):
        optimizer.update({"W1": np.ones(3), "W2": W}, {"W1": np.ones(3), "W2": np.ones(3)})
    assert (W == 1).all()


@every_optimizer
def test_some_of_the_parameters_may_stay_as_they_are(cls):
    params, optimizer = some_params(), cls()
    run(optimizer, params, 2)
    W1 = params["W1"].copy()
    run(optimizer, {"W2": params["W2"]}, 2)
    np.testing.assert_array_equal(params["W1"], W1)


@every_optimizer
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_training_that_goes_on_from_a_file_gives_the_same_bits(cls, dtype, tmp_path):
    without_break = run(cls(weight_decay=0.01), some_params(dtype), 9)
    first, params = cls(weight_decay=0.01), some_params(dtype)
    run(first, params, 5)
    np.savez(tmp_path / "state.npz", **first.state_arrays())
    second = cls(weight_decay=0.01)
    with np.load(tmp_path / "state.npz") as file:
        second.load_state_arrays(file)
    assert second.steps == 5
    assert_same_bits(run(second, params, 4, first=5), without_break)
    assert second.steps == 9


@every_optimizer_with_state
def test_the_saved_state_is_a_copy_and_so_is_the_loaded(cls):
    optimizer, other, params = cls(), cls(), some_params()
    run(optimizer, params, 2)
    saved = optimizer.state_arrays()
    kept = {name: array.copy() for name, array in saved.items()}
    other.load_state_arrays(saved)
    run(optimizer, params, 1)
    run(other, params, 1)
    assert_same_bits(saved, kept)


def test_the_state_has_a_name_for_every_array_and_the_number_of_steps():
    optimizer = Adam()
    run(optimizer, some_params(), 3)
    assert list(optimizer.state_arrays()) == ["steps", "m.W1", "m.W2", "v.W1", "v.W2"]
    assert optimizer.state_arrays()["steps"] == 3
    np.testing.assert_array_equal(optimizer.state["m"]["W1"], optimizer.state_arrays()["m.W1"])


def test_names_with_dots_come_back_whole():
    optimizer, params = Momentum(), {"block.1.W": np.ones(2)}
    run(optimizer, params, 1)
    other = Momentum()
    other.load_state_arrays(optimizer.state_arrays())
    assert list(other.state["v"]) == ["block.1.W"]


def test_a_state_follows_its_parameters_to_another_dtype():
    optimizer, params = Adam(), some_params(np.float64)
    run(optimizer, params, 2)
    run(optimizer, {name: W.astype(np.float32) for name, W in params.items()}, 1)
    assert optimizer.state["m"]["W1"].dtype == np.float32


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({}, "Adam: the state has no number of steps; there are no arrays"),
        ({"m.W": np.ones(2), "v.W": np.ones(2)}, "no number of steps; there are m.W, v.W"),
        ({"steps": np.array(-1)}, "the number of steps must be a whole number >= 0, got -1"),
        ({"steps": np.array(1.5)}, "the number of steps must be a whole number >= 0, got 1.5"),
        ({"steps": np.array([1, 2])}, r"the number of steps must be a whole number >= 0, got \[1 2\]"),
        ({"steps": np.array(1), "h.W": np.ones(2)}, "Adam: h.W is not part of its state, which is m and v"),
        ({"steps": np.array(1), "m": np.ones(2)}, "Adam: m is not part of its state"),
        ({"steps": np.array(1), "m.W": np.ones(2)}, "Adam: m and v differ in the parameters they hold"),
        ({"steps": np.array(1), "m.W": np.ones(2), "v.W": np.ones(3)}, "m and v differ in .* or in their shapes"),
        ({"steps": np.array(1), "m.W": np.ones(2), "v.W": np.array(["a", "b"])}, "v.W must hold floats, it holds <U1"),
    ],
)
def test_a_state_that_is_not_of_this_optimizer_is_refused_and_changes_nothing(arrays, message):
    optimizer = Adam()
    run(optimizer, some_params(), 2)
    before = optimizer.state_arrays()
    with pytest.raises(ValueError, match=message):
        optimizer.load_state_arrays(arrays)
    assert_same_bits(optimizer.state_arrays(), before)


def test_a_loaded_state_of_another_network_is_refused_by_the_first_update():
    optimizer, other = Adam(), Adam()
    run(optimizer, some_params(), 2)
    other.load_state_arrays(optimizer.state_arrays())
    with pytest.raises(ValueError, match="gamma is new, the updates before were of W1, W2"):
        other.update({"gamma": np.ones(3)}, {"gamma": np.ones(3)})
