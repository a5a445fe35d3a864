"""True is no number: wherever a whole number is asked for, it is refused, and the argument named."""

import numpy as np
import pytest

from datasets import batches, load_digits, spiral
from figures.evaluation import evaluate
from graph import Variable, draw
from layers import AveragePooling, Convolution, MaxPooling
from layers.im2col import im2col
from networks import DeepConvNet, MultiLayerNet, ResidualNet, SimpleConvNet, TwoLayerNet
from training import Cosine, Milestones, StepDecay, Trainer, WarmUp, get_schedule

RNG = np.random.default_rng(0)
IMAGE, W, b = np.zeros((1, 1, 4, 4)), np.zeros((2, 1, 3, 3)), np.zeros(2)
NETWORK = TwoLayerNet(64, 3, 10, seed=0)
(X, T), _ = load_digits()


def train(**changes):
    Trainer(NETWORK, X, T, X, T, **changes)


@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("stride", lambda n: Convolution(W, b, stride=n)),
        ("pad", lambda n: Convolution(W, b, pad=n)),
        ("pool_h", lambda n: MaxPooling(n, 2)),
        ("pool_w", lambda n: AveragePooling(2, n)),
        ("stride", lambda n: MaxPooling(2, 2, stride=n)),
        ("filter_h", lambda n: im2col(IMAGE, n, 2)),
        ("input_size", lambda n: TwoLayerNet(n, 3, 2)),
        (r"hidden_size_list\[0\]", lambda n: MultiLayerNet(4, [n], 2)),
        (r"input_dim\[1\]", lambda n: SimpleConvNet((1, n, 9))),
        ("filter_num", lambda n: DeepConvNet(conv_param_1={"filter_num": n})),
        ("blocks", lambda n: ResidualNet(blocks=n)),
        ("chunk size", lambda n: NETWORK.accuracy(X, T, chunk_size=n)),
        ("chunk size", lambda n: evaluate(NETWORK, X, T, chunk_size=n)),
        ("epochs", lambda n: train(epochs=n)),
        ("batch_size", lambda n: train(batch_size=n)),
        ("checkpoint_every", lambda n: train(checkpoint_every=n)),
        ("steps", lambda n: Cosine(n)),
        ("every", lambda n: StepDecay(every=n, factor=0.1)),
        ("every step of at", lambda n: Milestones(at=[n], factor=0.1)),
        ("steps", lambda n: WarmUp(n)),
        ("total_steps", lambda n: get_schedule("cosine", n, 10)),
        ("batch size", lambda n: batches(X, T, n, RNG)),
        ("samples", lambda n: spiral(n)),
        ("depth", lambda n: draw(Variable(1.0), depth=n)),
        ("elements", lambda n: draw(Variable(1.0), elements=n)),
    ],
)
@pytest.mark.parametrize("number", [True, np.True_, 1.5])
def test_what_is_no_whole_number_is_refused(name, ask, number):
    with pytest.raises(ValueError, match=rf"{name} must be .*got (np\.)?{number}"):
        ask(number)
