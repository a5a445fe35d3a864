import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from training.optimizers.blocks import blocks

shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=7)


@given(shapes, st.integers(1, 3), st.integers(1, 100), st.sampled_from(["C", "F"]))
def test_every_value_is_in_exactly_one_piece_and_beside_its_partners(shape, count, values, order):
    arrays = [np.zeros(shape, order=order) for _ in range(count)]
    seen = 0
    for pieces in blocks(*arrays, values=values):
        for piece in pieces:
            piece += np.arange(seen, seen + piece.size).reshape(piece.shape)
        seen += pieces[0].size
    for array in arrays:
        np.testing.assert_array_equal(array, arrays[0])
        np.testing.assert_array_equal(np.sort(array, axis=None), np.arange(array.size))


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 4), st.integers(1, 1000))
def test_pieces_of_contiguous_arrays_hold_no_more_than_was_asked_for(rows, columns, count, values):
    arrays = [np.zeros((rows, columns)) for _ in range(count)]
    for pieces in blocks(*arrays, values=values):
        assert sum(piece.size for piece in pieces) <= max(values, count)


def test_small_arrays_come_as_they_are():
    W, g = np.ones((3, 2)), np.ones((3, 2))
    ((same_W, same_g),) = blocks(W, g)
    assert same_W is W
    assert same_g is g


def test_an_array_that_is_not_contiguous_is_cut_along_its_first_axis():
    W = np.zeros((6, 100)).T
    assert [piece.shape for (piece,) in blocks(W, values=240)] == [(40, 6), (40, 6), (20, 6)]
    assert all(np.shares_memory(piece, W) for (piece,) in blocks(W, values=240))
