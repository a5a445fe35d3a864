import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.images import ScaledImages
from figures.evaluation import evaluate, most_confident_mistakes
from layers import IdentityWithLoss
from networks import Network, TwoLayerNet


class Scores:
    """A network whose scores are its input."""

    def predict(self, x):
        return np.asarray(x, float)


def random_case(N, K, seed):
    rng = np.random.default_rng(seed)
    return evaluate(Scores(), rng.standard_normal((N, K)), rng.integers(0, K, N), chunk_size=3)


cases = st.builds(random_case, st.integers(1, 20), st.integers(2, 5), st.integers(0, 2**32 - 1))


@given(cases)
def test_probabilities_lie_in_0_to_1_and_sum_to_1(evaluation):
    assert ((evaluation.probabilities >= 0) & (evaluation.probabilities <= 1)).all()
    np.testing.assert_allclose(evaluation.probabilities.sum(axis=1), 1)


@given(cases)
def test_the_rows_of_the_confusion_matrix_count_the_labels_and_its_columns_the_predictions(evaluation):
    K = len(evaluation.confusion)
    np.testing.assert_array_equal(evaluation.confusion.sum(axis=1), np.bincount(evaluation.labels, minlength=K))
    np.testing.assert_array_equal(evaluation.confusion.sum(axis=0), np.bincount(evaluation.predicted, minlength=K))


@given(cases)
def test_the_diagonal_of_the_confusion_matrix_counts_what_is_right(evaluation):
    assert np.trace(evaluation.confusion) == (evaluation.predicted == evaluation.labels).sum()


@given(cases)
def test_the_confidence_is_the_highest_probability(evaluation):
    np.testing.assert_array_equal(evaluation.confidence, evaluation.probabilities.max(axis=1))


@given(cases, st.integers(0, 30))
def test_the_mistakes_are_wrong_and_come_in_order_of_confidence(evaluation, count):
    chosen = most_confident_mistakes(evaluation, count)
    wrong = evaluation.predicted != evaluation.labels
    assert len(chosen) == min(count, wrong.sum())
    assert wrong[chosen].all()
    assert (np.diff(evaluation.confidence[chosen]) <= 0).all()


def test_the_accuracy_is_the_networks_own(rng):
    network = TwoLayerNet(6, 5, 3, weight_init_std=1.0, seed=0)
    x, t = rng.random((50, 6), np.float32), rng.integers(0, 3, 50)
    assert evaluate(network, x, t).accuracy == network.accuracy(x, t)


def test_one_hot_labels_are_labels_too(rng):
    x, t = rng.standard_normal((9, 4)), rng.integers(0, 4, 9)
    np.testing.assert_array_equal(
        evaluate(Scores(), x, np.eye(4)[t]).confusion, evaluate(Scores(), x, t.astype(np.uint8)).confusion
    )


def test_a_class_that_no_sample_has_gets_an_empty_row():
    evaluation = evaluate(Scores(), np.eye(3)[:2], np.array([0, 1]))
    np.testing.assert_array_equal(evaluation.confusion, np.diag([1, 1, 0]))


def test_the_chunks_do_not_change_the_answer(rng):
    network = TwoLayerNet(6, 5, 3, seed=0)
    x, t = ScaledImages(rng.integers(0, 256, (50, 6), dtype=np.uint8)), rng.integers(0, 3, 50)
    small, whole = evaluate(network, x, t, chunk_size=7), evaluate(network, x, t)
    np.testing.assert_allclose(small.probabilities, whole.probabilities, atol=1e-6)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_scores_that_are_not_finite_are_answers_too(value):
    evaluation = evaluate(Scores(), np.array([[value, 0.0], [0.0, 1.0]]), np.array([1, 1]))
    assert evaluation.confusion.sum() == 2
    assert len(most_confident_mistakes(evaluation, 5)) <= 1


def test_a_mistake_without_a_confidence_comes_last():
    evaluation = evaluate(Scores(), np.array([[np.nan, 0.0], [1.0, 0.0]]), np.array([1, 1]))
    assert list(most_confident_mistakes(evaluation, 5)) == [1, 0]


def test_what_cannot_be_evaluated_is_refused():
    with pytest.raises(ValueError, match="got 3 samples and 2 labels"):
        evaluate(Scores(), np.eye(3), np.array([0, 1]))
    with pytest.raises(ValueError, match="got 0 samples and 0 labels"):
        evaluate(Scores(), np.eye(3)[:0], np.array([], int))
    with pytest.raises(ValueError, match="evaluate: labels must lie in"):
        evaluate(Scores(), np.eye(3), np.array([0, 1, 3]))
    with pytest.raises(ValueError, match="chunk size must be at least 1"):
        evaluate(Scores(), np.eye(3), np.arange(3), chunk_size=0)
    regression = Network(TwoLayerNet(3, 2, 1, seed=0).layers, IdentityWithLoss())
    with pytest.raises(ValueError, match="IdentityWithLoss is for regression"):
        evaluate(regression, np.eye(3), np.zeros((3, 1)))
