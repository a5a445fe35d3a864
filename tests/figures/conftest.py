"""Trained networks, every kind of picture of them, and the judge of texts."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from datasets import curve, load_digits, moons, spiral
from figures import (
    plot_boundary,
    plot_confusion,
    plot_curves,
    plot_distributions,
    plot_fit,
    plot_mistakes,
    plot_traces,
    plot_weights,
)
from figures.evaluation import evaluate
from figures.search import plot_search
from networks import SimpleConvNet, TwoLayerNet
from training import Adam, Trainer

FILTERS = {"filter_num": 8, "filter_size": 3, "pad": 1, "stride": 1}
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class Trained:
    """A network after three epochs on the digits, and what was measured meanwhile."""

    def __init__(self, network, image_shape):
        (x_train, t_train), (self.x, self.t) = (
            (x.reshape(-1, *image_shape) if image_shape else x, t) for x, t in load_digits()
        )
        self.network, self.distributions = network, []
        self.traces = {"step": [], "lr": [], "gradient_norm": [], "loss": []}
        gradient = network.gradient

        def traced(x, t):
            grads = gradient(x, t)
            norm = np.sqrt(sum(np.sum(grad**2) for grad in grads.values()))
            values = (len(self.traces["step"]) + 1, trainer.optimizer.lr, float(norm), network.last_loss)
            for trace, value in zip(self.traces.values(), values, strict=True):
                trace.append(value)
            return grads

        network.gradient = traced
        trainer = Trainer(network, x_train, t_train, self.x, self.t, optimizer=Adam(lr=0.01), epochs=3, seed=0)
        self.history = trainer.train(lambda record: self.distributions.append(self.measure(record["epoch"])))
        self.evaluation = evaluate(network, self.x, self.t)

    def measure(self, epoch):
        activations, gradients, y = {}, {}, self.x[:100]
        for name, layer in self.network.layers.items():
            y = activations[name] = layer.forward(y)
        self.network.loss_layer.forward(y, self.t[:100])
        dout = self.network.loss_layer.backward()
        for name, layer in reversed(self.network.layers.items()):
            gradients[name] = dout
            dout = layer.backward(dout)
        return {"epoch": epoch, "layers": [self.quantiles(name, activations, gradients) for name in activations]}

    @staticmethod
    def quantiles(name, activations, gradients):
        layer = {"name": name}
        for kind, values in (("activation", activations[name]), ("gradient", gradients[name])):
            layer |= {kind: np.quantile(values, QUANTILES).tolist(), f"{kind}_std": float(values.std())}
        return layer


def make_records(layers, epochs, factor=0.5, name="Affine{}"):
    """Records of a network through which signals are multiplied by a factor from layer to layer."""
    spread = np.array([-1.6, -0.7, 0.1, 0.7, 1.6])
    return [
        {
            "epoch": epoch,
            "layers": [
                {
                    "name": name.format(number),
                    "activation": (spread * factor**number).tolist(),
                    "activation_std": factor**number,
                    "gradient": (spread * factor ** (layers - number)).tolist(),
                    "gradient_std": factor ** (layers - number),
                }
                for number in range(1, layers + 1)
            ],
        }
        for epoch in range(1, epochs + 1)
    ]


def broken_records():
    """Records in which a layer has no spread and another is not finite."""
    records = make_records(8, 1000)
    records[-1]["layers"][2] |= {"activation": [0] * 5, "activation_std": 0, "gradient": [0] * 5, "gradient_std": 0}
    records[-1]["layers"][3] |= {"gradient": [None] * 5, "gradient_std": None}
    return records


def make_traces(steps):
    rng, share = np.random.default_rng(0), np.arange(1, steps + 1) / steps
    lr, loss = 0.1 * 0.01**share, 2.3 * np.exp(-6 * share + 0.3 * rng.standard_normal(steps))
    return {"step": list(range(1, steps + 1)), "lr": lr, "gradient_norm": 40 * loss, "loss": loss}


def many_classes(count):
    rng = np.random.default_rng(0)
    return rng.poisson(1, (count, count)) + np.diag(rng.integers(500, 10000, count))


def mistakes(trained, **options):
    evaluation = trained.evaluation
    return plot_mistakes(trained.x, evaluation.labels, evaluation.predicted, evaluation.confidence, **options)


def boundary(train, test=(None, None), **options):
    classes = int(train[1].max()) + 1
    return plot_boundary(TwoLayerNet(2, 20, classes, weight_init_std=2.0, seed=0), *train, *test, **options)


def marked_curves(**options):
    """The curves of 100 epochs, with findings at both ends and in the middle, two of them at once."""
    history = [{"epoch": n, "train_loss": 1 / n, "train_accuracy": 0.9, "test_accuracy": 0.8} for n in range(1, 101)]
    epochs = {"overfitting": 87, "plateau": 1, "learning-rate-too-high": 52, LONG[0]: 100, "unfinished": 100}
    return plot_curves(history, findings=[{"code": code, "epoch": epoch} for code, epoch in epochs.items()], **options)


def regression(features):
    return TwoLayerNet(features, 20, 1, seed=0, loss="identity")


def values(count):
    x = np.random.default_rng(count).standard_normal((count, 3)).astype(np.float32)
    return x, x.sum(axis=1, keepdims=True)


LONG = [f"a class with the long name {number}" for number in range(26)]
# name: (how it is drawn, the name of the argument that takes axes, how many axes that are)
PICTURES = {
    "curves": (lambda nets, **o: plot_curves(nets[0].history, **o), "axes", 2),
    "curves of 100 epochs": (
        lambda nets, **o: plot_curves([{**nets[0].history[-1], "epoch": n} for n in range(1, 101)], **o),
        "axes",
        2,
    ),
    "curves with findings": (lambda nets, **o: marked_curves(**o), "axes", 2),
    "confusion": (lambda nets, **o: plot_confusion(nets[0].evaluation.confusion, **o), "ax", 1),
    "confusion of 2": (lambda nets, **o: plot_confusion([[9, 1], [0, 12345]], labels=LONG[:2], **o), "ax", 1),
    "confusion of 26": (lambda nets, **o: plot_confusion(many_classes(26), labels=LONG, **o), "ax", 1),
    "mistakes": (lambda nets, **o: mistakes(nets[0], **o), "ax", 1),
    "mistakes of images": (lambda nets, **o: mistakes(nets[1], **o), "ax", 1),
    "mistakes with names": (lambda nets, **o: mistakes(nets[0], labels=LONG, **o), "ax", 1),
    "one mistake": (lambda nets, **o: mistakes(nets[0], count=1, **o), "ax", 1),
    "weights": (lambda nets, **o: plot_weights(nets[0].network.params["W1"], (8, 8), **o), "ax", 1),
    "filters": (lambda nets, **o: plot_weights(nets[1].network.params["W1"], **o), "ax", 1),
    "filters with channels": (lambda nets, **o: plot_weights(np.ones((9, 30, 3, 3)), **o), "ax", 1),
    "one filter": (lambda nets, **o: plot_weights(np.ones((1, 1, 5, 3)), **o), "ax", 1),
    "distributions": (lambda nets, **o: plot_distributions(nets[0].distributions, **o), "axes", 4),
    "distributions of a convolution": (lambda nets, **o: plot_distributions(nets[1].distributions, **o), "axes", 4),
    "distributions of 60": (lambda nets, **o: plot_distributions(make_records(60, 100), **o), "axes", 4),
    "distributions with broken layers": (lambda nets, **o: plot_distributions(broken_records(), **o), "axes", 4),
    "distributions with long names": (
        lambda nets, **o: plot_distributions(make_records(20, 1, 2.0, "BatchNormalization{}"), **o),
        "axes",
        4,
    ),
    "traces": (lambda nets, **o: plot_traces(nets[0].traces, **o), "axes", 3),
    "traces of 50,000 steps": (lambda nets, **o: plot_traces(make_traces(50_000), **o), "axes", 3),
    "boundary": (lambda nets, **o: boundary(spiral(60), spiral(30, seed=1), **o), "ax", 1),
    "boundary without a test": (lambda nets, **o: boundary(moons(40), **o), "ax", 1),
    "boundary with long names": (
        lambda nets, **o: boundary(spiral(60, classes=12), labels=LONG[:12], features=("$x^2 \\no$", "W" * 60), **o),
        "ax",
        1,
    ),
    "fit": (lambda nets, **o: plot_fit(regression(1), *curve(50), *curve(20, seed=1), **o), "ax", 1),
    "fit of several features": (lambda nets, **o: plot_fit(regression(3), *values(50), *values(9), **o), "ax", 1),
    "search": (
        lambda nets, **o: plot_search([5.0, 90.0, 3.0, None] * 10, [True, False, True, False] * 10, **o),
        "axes",
        1,
    ),
    "trace of one step": (lambda nets, **o: plot_traces({"step": [1], "loss": [2.3]}, **o), "axes", 1),
}


@pytest.fixture(scope="session")
def trained():
    """A TwoLayerNet and a SimpleConvNet."""
    return (
        Trained(TwoLayerNet(64, 30, 10, seed=0), None),
        Trained(SimpleConvNet((1, 8, 8), FILTERS, hidden_size=20, seed=0), (1, 8, 8)),
    )


@pytest.fixture(params=["curves", "boundary", "fit", "confusion", "mistakes", "weights", "distributions", "traces"])
def picture(request, trained):
    """A function that draws one kind of picture; ``picture.axes`` is the argument that takes axes, and their number."""
    return picture_named(request.param, trained)


@pytest.fixture(params=list(PICTURES))
def any_picture(request, trained):
    """The same for every kind in small and large."""
    return picture_named(request.param, trained)


def picture_named(name, trained):
    draw, argument, count = PICTURES[name]

    def picture(**options):
        return draw(trained, **options)

    picture.axes = argument, count
    return picture


@pytest.fixture
def records():
    return make_records


@pytest.fixture
def drawn_texts(monkeypatch):
    """A function that draws a figure and returns its visible texts, each with its box in pixels."""

    def texts_of(figure):
        drawn, draw = {}, Text.draw

        def note(text, renderer):
            if text.get_visible() and text.get_text().strip():
                drawn[id(text)] = text
            draw(text, renderer)

        canvas = FigureCanvasAgg(figure)
        with monkeypatch.context() as patch:
            patch.setattr(Text, "draw", note)
            canvas.draw()
        return [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in drawn.values()]

    return texts_of


@pytest.fixture
def assert_texts_are_readable(drawn_texts):
    """Judge a figure: no text covers another, and none is cut off by the figure's edge."""

    def check(figure):
        texts = drawn_texts(figure)
        width, height = figure.bbox.size
        for text, box in texts:
            assert min(box.x0, box.y0) >= -0.5, text
            assert (box.x1 <= width + 0.5) & (box.y1 <= height + 0.5), text
        for (text, box), (other, other_box) in combinations(texts, 2):
            apart = (
                min(box.x1, other_box.x1) - max(box.x0, other_box.x0) < 1
                or min(box.y1, other_box.y1) - max(box.y0, other_box.y0) < 1
            )
            assert apart, (text, other)
        return texts

    return check
