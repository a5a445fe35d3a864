"""Steps of training as scikit-learn's MLPClassifier makes them."""

import warnings
from itertools import count

import numpy as np
from sklearn.neural_network import MLPClassifier

from benchmarks.jobs import Steps
from benchmarks.work import Contestant, as_floats, data_for

OPTIONS = {
    "sgd": {"solver": "sgd", "momentum": 0.0, "nesterovs_momentum": False, "learning_rate": "constant"},
    "adam": {"solver": "adam"},
}


class Training:
    """Passes over as many samples as the steps of a turn use, each in mini-batches; weights and order are its own."""

    def __init__(self, job: Steps) -> None:
        source = data_for(job)
        hidden = [layer.W.shape[1] for layer in job.build().layers.values() if hasattr(layer, "W")][:-1]
        self.samples = job.repeats * job.batch_size
        self.x, self.t, self.turns = as_floats(source.x_train), source.t_train, count()
        self.x_test, self.t_test = as_floats(source.x_test), source.t_test
        self.classifier = MLPClassifier(
            hidden,
            alpha=0,
            batch_size=job.batch_size,
            learning_rate_init=job.lr,
            random_state=0,
            **OPTIONS[job.optimizer],
        )

    def turn(self) -> None:
        """Make the steps of a turn."""
        start = next(self.turns) * self.samples % (len(self.x) - self.samples + 1)
        part = slice(start, start + self.samples)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it has not converged yet
            self.classifier.partial_fit(self.x[part], self.t[part], classes=np.arange(10))

    def result(self) -> float:
        """Return the test accuracy."""
        return float(self.classifier.score(self.x_test, self.t_test))


def steps(job: Steps, peer: str) -> Contestant:
    """Prepare steps of training."""
    return Training(job)
