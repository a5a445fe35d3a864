"""What is measured, and what has to come out: the jobs, who else does them, and the ratios to be reached."""

from collections.abc import Callable
from dataclasses import dataclass, field

from networks import DeepConvNet, MultiLayerNet, Network, SimpleConvNet, TwoLayerNet

OURS = "chainrule"
PEERS = {  # the module of benchmarks.peers that does a peer's work, and the peer's name in tables
    OURS: ("chainrule", "chainrule"),
    "bare": ("chainrule", "the same step without Trainer"),
    "pytorch": ("pytorch", "PyTorch"),
    "pytorch-compile": ("pytorch", "PyTorch compile"),
    "jax": ("jax_steps", "JAX, jit a step"),
    "jax-scan": ("jax_steps", "JAX, scan an epoch"),
    "scikit-learn": ("scikit_learn", "scikit-learn"),
    "textbook": ("textbook", "textbook NumPy, float64"),
    "products": ("limit", "bare matrix products"),
    "parameters": ("limit", "parameters, read and written once"),
}


@dataclass(frozen=True)
class Job:
    """Work that is timed, and what our time divided by each peer's may be at most.

    Attributes
    ----------
    title : str
    limits : dict of str to float or None
        The peers by their names in ``PEERS``; None where there is no ratio to reach.
    repeats : int
        How often the work is done in a turn, so that a turn takes some tenths of a second.
    kind : str
        The name of the method of a peer's module that prepares the work.
    beside : tuple of int
        Beside how many busy processes it is measured, each of which would like a core for itself.
    slower_beside_one : float or None
        What our time beside one busy process divided by that beside none may be at most.
    """

    title: str
    limits: dict[str, float | None]
    repeats: int = 1
    kind: str = "steps"
    beside: tuple[int, ...] = (0,)
    slower_beside_one: float | None = None


@dataclass(frozen=True)
class Steps(Job):
    """Steps of training: draw a batch, loss and gradients, update.

    Attributes
    ----------
    build : callable
        Returns the network as it starts; the peers begin with its weights.
    noise : float
        By how much the test accuracies may differ after the same number of steps.
    """

    build: Callable[[], Network] = field(default=lambda: TwoLayerNet(784, 50, 10, seed=0))
    batch_size: int = 100
    optimizer: str = "sgd"
    lr: float = 0.1
    noise: float = 0.02


def wide() -> Network:
    """Return the network with two wide hidden layers."""
    return MultiLayerNet(784, [512, 512], 10, seed=0)


BESIDE = (0, 1, 2)
JOBS: dict[str, Job] = {
    "trainer": Steps(
        "step within Trainer, 784-50-10, batch 100, SGD",
        {"bare": 1.10, "pytorch": 0.55},
        repeats=600,
        kind="trainer",
        beside=BESIDE,
        slower_beside_one=1.5,
    ),
    "two-layer": Steps(
        "bare step, TwoLayerNet 784-50-10, batch 100, SGD",
        {
            "pytorch": 0.50,
            "pytorch-compile": 0.45,
            "jax": 0.85,
            "jax-scan": None,
            "scikit-learn": 0.75,
            "textbook": None,
            "products": 2.0,
            "parameters": None,
        },
        repeats=600,
    ),
    "wide": Steps(
        "step, 784-512-512-10, batch 128, SGD",
        {
            "pytorch": 1.0,
            "pytorch-compile": None,
            "jax": None,
            "scikit-learn": None,
            "textbook": None,
            "products": None,
            "parameters": None,
        },
        repeats=120,
        build=wide,
        batch_size=128,
    ),
    "wide-adam": Steps(
        "step, 784-512-512-10, batch 128, Adam",
        {"pytorch": 1.0, "pytorch-compile": None, "jax": None, "scikit-learn": None, "textbook": None},
        repeats=100,
        build=wide,
        batch_size=128,
        optimizer="adam",
        lr=0.001,
    ),
    "simple-conv": Steps(
        "step, SimpleConvNet, batch 100, Adam",
        {"pytorch": 0.65, "pytorch-compile": None, "products": None, "parameters": None},
        repeats=40,
        beside=BESIDE,
        build=lambda: SimpleConvNet(seed=0),
        optimizer="adam",
        lr=0.001,
        noise=0.03,
    ),
    "deep-conv": Steps(
        "step, DeepConvNet, batch 100, Adam",
        {"pytorch": 1.1, "pytorch-compile": None, "products": None, "parameters": None},
        repeats=12,
        beside=BESIDE,
        build=lambda: DeepConvNet(seed=0),
        optimizer="adam",
        lr=0.001,
        noise=0.25,  # each draws its own dropout, and 72 steps are few
    ),
    "load": Job("load MNIST from its four .gz files", {"pytorch": 1.0}, kind="load"),
    "accuracy": Job("accuracy on 60,000 images, 784-50-10", {"pytorch": 1.0}, repeats=5, kind="accuracy"),
    "accuracy-bytes": Job("the same of images kept as bytes", {"pytorch": None}, repeats=5, kind="accuracy_of_bytes"),
    "check": Job("full gradient check of 784-50-10, 3 samples", {"textbook": 0.25}, kind="check"),
}
