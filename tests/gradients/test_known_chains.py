"""Which parameters may be those of layers in a row; and that the search ends where none are."""

import numpy as np
import pytest

from gradients.known_networks.chains import MOST_TRIED, Layer, continued, plans

SQUARE = {f"W{i}": np.ones((4, 4)) for i in range(5)}


def test_layers_are_found_by_the_shapes_of_their_parameters():
    params = {"b2": np.ones(2), "W2": np.ones((3, 2)), "W1": np.ones((3, 4)), "b1": np.ones((1, 3))}
    assert list(plans(params, 4)) == [[Layer("W1", True, "b1"), Layer("W2", False, "b2")]]


@pytest.mark.parametrize("others", [{f"U{i}": np.ones((4, 4)) for i in range(8)}, {"c": np.ones(7)}])
def test_the_search_ends_where_many_parameters_of_one_shape_are_no_row_of_layers(others):
    biases = {f"b{i}": np.ones(4) for i in range(4)}
    assert list(plans({**SQUARE, **biases, **others}, 4)) == []


def test_a_row_that_leads_nowhere_is_counted():
    tried = list(continued({"W": np.ones((4, 3)), "V": np.ones((5, 2))}, 4, []))
    assert tried == [None]
    assert MOST_TRIED < 10_000
