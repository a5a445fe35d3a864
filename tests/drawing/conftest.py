"""What the tests of the modules that draw share: the data of reports."""

import json

import pytest

from datasets.opening import open_digits, open_toy
from figures.report import write_report
from figures.report.embedding import FILLED
from networks import TwoLayerNet


@pytest.fixture
def reports(tmp_path):
    """Return the data of the report of a run that has learned nothing."""

    def data_of(name):
        data = open_digits() if name == "digits" else open_toy(name)
        loss = "softmax" if data.classes else "identity"
        network = TwoLayerNet(data.features, 12, data.outputs, weight_init_std=1.0, seed=0, loss=loss)
        history = [{"epoch": n, "train_loss": 1 / n, "seconds": 0.5} for n in (1, 2, 3)]
        given = {"x_test": data.x_test, "t_test": data.t_test, "history": history, "config": {"dataset": name}}
        shape = (8, 8) if name == "digits" else None
        write_report(tmp_path / "written.html", network, image_shape=shape, data=data, **given)
        return json.loads(FILLED.search((tmp_path / "written.html").read_text(encoding="utf-8"))[0])

    return data_of
