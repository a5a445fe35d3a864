"""Every public name, used by somebody who has installed chainrule: it runs, and pleases a strict type checker.

::

    python tests/house/typed_use.py FOLDER      # where it may leave files
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from chainrule.coursework import check
from chainrule.datasets import (
    DataError,
    DownloadError,
    IdxError,
    ScaledImages,
    batches,
    circles,
    curve,
    find_mnist,
    load_digits,
    load_mnist,
    moons,
    read_idx,
    read_images,
    read_table,
    spiral,
    xor,
)
from chainrule.figures import (
    plot_boundary,
    plot_confusion,
    plot_curves,
    plot_distributions,
    plot_fit,
    plot_mistakes,
    plot_traces,
    plot_weights,
    save_figure,
)
from chainrule.gradients import (
    ArrayResult,
    Comparison,
    Finding,
    Report,
    check_functions,
    check_layer,
    check_network,
    compare,
    numerical_gradient,
    relative_error,
    rounding_noise,
)
from chainrule.graph import Variable, animate, draw, from_network, no_grad, softmax_cross_entropy
from chainrule.graph.operations.operation import Operation
from chainrule.layers import (
    GELU,
    Add,
    Affine,
    AveragePooling,
    BatchNormalization,
    Checkpoint,
    Convolution,
    Dropout,
    Flatten,
    IdentityWithLoss,
    Layer,
    LayerNormalization,
    LeakyReLU,
    MaxPooling,
    Multiply,
    ReLU,
    Residual,
    Sequence,
    Sigmoid,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    Softplus,
    Tanh,
    grads_of,
    params_of,
    sigmoid,
    softmax,
    state_of,
)
from chainrule.networks import (
    DeepConvNet,
    ModelFileError,
    MultiLayerNet,
    Network,
    ResidualNet,
    SimpleConvNet,
    TwoLayerNet,
    from_safetensors,
)
from chainrule.training import (
    OPTIMIZERS,
    SCHEDULES,
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    Constant,
    Cosine,
    Milestones,
    Momentum,
    Nesterov,
    Optimizer,
    RMSprop,
    StepDecay,
    Trainer,
    TrainingDiverged,
    WarmUp,
    clip_gradient_norm,
    diagnose,
    get_optimizer,
    get_schedule,
)
from chainrule.training import (
    Finding as FindingOfTraining,
)
from matplotlib.figure import Figure

from chainrule import gradient_check, graph

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:

    def assert_type(value, kind):
        return value


class Square(Layer):
    """A layer of one's own."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = x
        y: np.ndarray = x**2
        return y

    def backward(self, dout: np.ndarray) -> np.ndarray:
        dx: np.ndarray = dout * 2 * self.x
        return dx


class Cube(Operation):
    """An operation of one's own."""

    symbol = "cube"

    def forward(self, x: np.ndarray) -> np.ndarray:
        y: np.ndarray = x * x * x
        return y

    def backward(self, dout: Any) -> tuple[np.ndarray]:
        (x,) = self.values
        return (dout * 3 * x * x,)


@dataclass(eq=False)
class SignSGD(Optimizer):
    """A rule of one's own."""

    lr: float = 0.01

    def rule(self, W: np.ndarray, g: np.ndarray) -> None:
        W -= self.lr * np.sign(g)


def use_layers(rng: np.random.Generator) -> None:
    x, images = rng.standard_normal((4, 3)), rng.standard_normal((2, 2, 6, 6))
    affine = Affine(rng.standard_normal((3, 3)), np.zeros(3))
    assert_type(affine.W, np.ndarray)
    y = assert_type(affine.forward(x), np.ndarray)
    assert_type(affine.backward(y), np.ndarray)
    print(affine.dW.shape, affine.db.shape, affine.params["W"].shape, affine.grads["W"])
    alike = [affine, ReLU(), LeakyReLU(0.1), Sigmoid(), Tanh(), GELU(), Softplus(), Dropout(0.2, rng=0), Square()]
    for layer in [*alike, LayerNormalization(np.ones(3), np.zeros(3)), BatchNormalization(np.ones(3), np.zeros(3))]:
        layer.training = True
        x = layer.forward(x)
        layer.backward(np.ones_like(x))
    of_images = [Convolution(rng.standard_normal((2, 2, 3, 3)), np.zeros(2), pad=1), MaxPooling(2, 2)]
    for layer in [*of_images, AveragePooling(2, 2, stride=1), Flatten()]:
        images = layer.forward(images)
    for joined in (Add(), Multiply()):
        assert_type(joined.forward(x, x), np.ndarray)
        dx, dy = joined.backward(x)
        print(dx + dy)
    for made in (Sequence(Affine(np.eye(3), np.zeros(3)), ReLU()), Residual(Square()), Checkpoint(Tanh())):
        made.training = False
        assert_type(made.forward(x), np.ndarray)
        made.backward(x)
    scores, labels = x[:, :3], np.array([0, 1, 2, 0])
    assert_type(SoftmaxWithLoss().forward(scores, labels), float)
    assert_type(SigmoidWithLoss().forward(scores[:, 0], labels > 0), float)
    regression = IdentityWithLoss()
    assert_type(regression.forward(scores, np.zeros_like(scores)), float)
    assert_type(regression.backward(), np.ndarray)
    assert_type(softmax(scores), np.ndarray)
    assert_type(sigmoid(scores), np.ndarray)
    assert_type(params_of(affine), dict[str, np.ndarray])
    assert_type(grads_of(affine), dict[str, np.ndarray | None])
    assert_type(state_of(BatchNormalization(np.ones(3), np.zeros(3))), dict[str, np.ndarray])


def use_networks(folder: Path, rng: np.random.Generator) -> None:
    x, t = rng.standard_normal((6, 4)), np.array([0, 1, 2, 0, 1, 2])
    network = TwoLayerNet(4, 5, 3, weight_init_std="he", activation="tanh", dtype=np.float64, seed=0)
    scores: np.ndarray = network.predict(x)
    loss: float = network.loss(x, t)
    print(scores.shape, f"{loss:.3f}", network.summary(), network.params["W1"].shape)
    assert_type(network.accuracy(x, t), float)
    assert_type(network.gradient(x, t), dict[str, np.ndarray])
    assert_type(network.numerical_gradient(x, t), dict[str, np.ndarray])
    network.save(folder / "model.npz")
    try:
        print(TwoLayerNet.load(folder / "model.npz").loss(x, t))
        network.load_params(str(folder / "model.npz"))
        network.export(folder / "model.safetensors")
        assert_type(from_safetensors(folder / "model.safetensors"), Network)
    except (ModelFileError, ImportError) as error:  # safetensors may not be installed
        print(error)
    MultiLayerNet(4, [5, 5], 3, use_batchnorm=True, use_dropout=True, seed=0).gradient(x, t)
    images = rng.random((2, 1, 16, 16))
    for of_images in (
        SimpleConvNet((1, 16, 16), {"filter_num": 2, "filter_size": 3}, 4, 3, seed=0),
        DeepConvNet((1, 16, 16), hidden_size=4, output_size=3, seed=0),
        ResidualNet((1, 16, 16), [2, 4], 1, 3, seed=0),
    ):
        print(of_images.predict(images).shape)
    own = Network([Affine(np.ones((4, 3)), np.zeros(3)), Square()], SoftmaxWithLoss())
    Network({"first": Affine(np.ones((4, 1)), np.zeros(1))}, IdentityWithLoss()).loss(x, x[:, :1])
    for name, layer in own.layers.items():
        x = layer.forward(x)
        print(name, x.shape)


def use_datasets(folder: Path) -> None:
    (x_train, t_train), (_, t_test) = load_digits(one_hot_label=True)
    assert_type(x_train, np.ndarray)
    load: Callable[..., Any] = load_mnist  # it may want to download
    print(load, find_mnist(), t_test.shape)
    for x, t in batches(x_train, t_train, 500, np.random.default_rng(0)):
        assert_type(x, np.ndarray)
        assert_type(t, np.ndarray)
    images = ScaledImages(np.zeros((4, 2, 2), np.uint8), white=16)
    for x, t in batches(images, np.arange(4), 2, np.random.default_rng(0)):
        print(x.shape, t.shape)
    for points, labels in (spiral(30, classes=2), moons(seed=1), circles(noise=0.1), xor(), curve(20)):
        print(points.shape, labels.shape)
    (folder / "few.idx").write_bytes(bytes([0, 0, 8, 1, 0, 0, 0, 2, 7, 8]))
    try:
        assert_type(read_idx(folder / "few.idx"), np.ndarray)
    except (IdxError, DownloadError) as error:
        print(error)
    (folder / "few.csv").write_text("".join(f"{n},{n % 2}\n" for n in range(20)))
    assert_type(read_table(folder / "few.csv", "2", kind="classes", without=[]).x_train, np.ndarray)
    try:
        print(read_images(folder / "few.csv").notes)
    except DataError as error:
        print(error)


def use_training() -> Trainer:
    (x_train, t_train), (x_test, t_test) = load_digits()
    every = [SGD(0.1), Momentum(lr=0.1), Nesterov(), AdaGrad(), RMSprop(), Adam(beta1=0.8), AdamW(), SignSGD()]
    params, grads = {"W": np.ones(3)}, {"W": np.array([3.0, 4.0, 0.0])}
    assert_type(clip_gradient_norm(grads, 1.0), float)
    for optimizer in [*every, get_optimizer("adam", lr=0.1), *(make(lr=0.1) for make in OPTIMIZERS.values())]:
        optimizer.update(params, grads)
        print(optimizer.lr, optimizer.options, optimizer.state_arrays())
    schedules: list[Callable[[int], float]] = [get_schedule(name, 100, 10) for name in SCHEDULES]
    schedules += [Constant(), Cosine(100), StepDecay(10, 0.5), Milestones((20,), 0.1), WarmUp(5, Cosine(95))]
    for schedule in schedules:
        assert_type(schedule(3), float)
    network = TwoLayerNet(64, 10, 10, seed=0)
    trainer = Trainer(
        network, x_train, t_train, x_test, t_test, Adam(), epochs=2, schedule=Cosine(30), clip_norm=5.0, seed=0
    )
    try:
        history = trainer.train(after_epoch=lambda record: print(record["train_loss"]))
    except TrainingDiverged as error:
        print(error)
    else:
        assert_type(history.plot("a run"), Figure)
        print(len(history), history[-1]["test_accuracy"])
    assert_type(trainer.findings, list[FindingOfTraining])
    for finding in diagnose(trainer):
        print(finding.code, finding.message, finding.evidence, finding.remedy, finding.tried and finding.tried.helped)
    trainer.restore(trainer.snapshot())
    images = ScaledImages(np.zeros((4, 64), np.uint8), white=16)
    Trainer(network, images, np.arange(4), images, [0, 1, 2, 3], x_validation=images, t_validation=np.arange(4))
    return trainer


def use_figures(folder: Path, trainer: Trainer) -> None:
    scores: np.ndarray = trainer.network.predict(trainer.x_test)
    predicted, true = scores.argmax(axis=1), trainer.t_test
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (true, predicted), 1)
    images, surest = np.asarray(trainer.x_test).reshape(-1, 8, 8), softmax(scores).max(axis=1)
    drawn = [plot_curves(trainer.history, "a run"), plot_confusion(counts, labels=list("0123456789"))]
    drawn += [plot_traces(trainer.traces.columns), plot_distributions(trainer.distributions)]
    drawn += [plot_weights(trainer.network.params["W1"], (8, 8)), plot_mistakes(images, true, predicted, surest)]
    drawn += [plot_boundary(TwoLayerNet(2, 5, 3, seed=0), *spiral(30), *spiral(9, seed=1), labels=["a", "b", "c"])]
    drawn += [plot_fit(TwoLayerNet(1, 5, 1, seed=0, loss="identity"), *curve(30), title="a run")]
    for number, figure in enumerate(drawn):
        assert_type(figure, Figure)
        save_figure(figure, folder / f"{number}.png")


def use_gradients(rng: np.random.Generator) -> None:
    x, t = rng.standard_normal((4, 3)), np.array([0, 1, 2, 0])
    report = assert_type(check_layer(Square(), x, seed=1), Report)
    assert_type(report.ok, bool)
    for finding in [*report.findings, *report.notes]:
        assert_type(finding, Finding)
    for result in report.arrays:
        assert_type(result, ArrayResult)
        print(result.name, result.max_relative_error)
    network = TwoLayerNet(3, 4, 3, dtype=np.float64, seed=0)
    assert_type(check_network(network, x, t), Report)
    assert_type(check_functions(np.square, lambda x: 2 * x, x), Report)
    assert_type(gradient_check.check_layer(SoftmaxWithLoss(), x, t), Report)
    assert_type(gradient_check.check_network(network, x, t).ok, bool)
    gradient_check.check_functions(np.square, lambda x: 2 * x, x).raise_if_wrong()
    numerical = assert_type(numerical_gradient(lambda x: float((x**2).sum()), x), np.ndarray)
    compared = assert_type(compare("x", 2 * x, numerical, noise=rounding_noise(1.0)), Comparison)
    print(compared.ok, relative_error(2 * x, numerical).max())


def use_graph(folder: Path, rng: np.random.Generator) -> None:
    x, w = Variable(rng.standard_normal((4, 3)), "x"), Variable(rng.standard_normal((3, 3)), "w")
    y = assert_type(1 - (x @ w + 2.0) ** 2 / 3, Variable)
    for function in (graph.exp, graph.relu, graph.sigmoid, graph.tanh, graph.log):
        assert_type(function(graph.relu(y) + 1), Variable)
    reduced = [graph.sum(y), graph.mean(y, axis=0), graph.max(y, axis=1, keepdims=True)]
    moved = [graph.reshape(y, 3, 4), graph.transpose(y, 1, 0), y.T, y[0], -y, y.sum(), y.mean(), y.reshape((12,))]
    print([each.shape for each in (*reduced, *moved)], Variable.record(Cube(), y))
    loss = softmax_cross_entropy(y, [0, 1, 2, 0])
    loss.backward()
    assert_type(loss.data, float | np.ndarray)
    assert_type(w.grad, float | np.ndarray | None)
    with no_grad():
        print((w * w).creator)
    assert_type(draw(loss, folder / "graph.svg", depth=3), Figure)
    animate(loss, str(folder / "graph.gif"), elements=4)
    of_network = from_network(TwoLayerNet(3, 4, 3, seed=0), x.data, [0, 1, 2, 0])
    assert_type(of_network, Variable)


def use_coursework() -> None:
    class MySigmoid:
        def forward(self, x: np.ndarray) -> np.ndarray:
            y: np.ndarray = 1 / (1 + np.exp(-x))
            self.y = y
            return y

        def backward(self, dout: np.ndarray) -> np.ndarray:
            dx: np.ndarray = dout * self.y
            return dx

    result = check(MySigmoid, hint=True)
    assert_type(result.ok, bool)
    print(result)


def main(folder: Path) -> None:
    rng = np.random.default_rng(0)
    use_layers(rng)
    use_networks(folder, rng)
    use_datasets(folder)
    use_figures(folder, use_training())
    use_gradients(rng)
    use_graph(folder, rng)
    use_coursework()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
