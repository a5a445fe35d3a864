"""The pictures and the report that a run leaves in its folder."""

import json
import re

import pytest

from datasets.opening import open_digits
from networks import TwoLayerNet
from training import SGD, Trainer, diagnose
from training.command.pictures import leave_pictures
from training.diagnosis.finding import Finding
from training.run.folder import RunFolder

CONFIG = {"command": "python train.py", "dataset": "digits", "network": "TwoLayerNet"}


@pytest.fixture
def leave(tmp_path):
    """Leave the pictures of a short run with a learning rate of 50; return its trainer and what leaves them."""
    data = open_digits()
    network = TwoLayerNet(64, 20, 10, seed=0)
    trainer = Trainer(network, data.x_train, data.t_train, data.x_test, data.t_test, SGD(50), 3, 100, seed=0)
    trainer.train()

    def leave(name, **given):
        folder = RunFolder.create(tmp_path / name, CONFIG)
        leave_pictures(trainer, folder, data, **given)
        folder.close()
        return tmp_path / name

    return trainer, leave


def findings_in(folder):
    page = (folder / "report.html").read_text(encoding="utf-8")
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    return json.loads(data)["findings"]


@pytest.mark.exhaustive
def test_the_findings_of_a_run_are_in_its_report(leave):
    trainer, leave = leave
    findings = diagnose(trainer)
    told = findings_in(leave("diagnosed", findings=findings))
    assert [each["code"] for each in told] == [finding.code for finding in findings]
    assert told[0]["code"] == "learning-rate-too-high"
    assert told[0]["tried"] == str(findings[0].tried)


@pytest.mark.exhaustive
def test_a_run_without_a_diagnosis_differs_from_one_in_which_nothing_was_found(leave):
    _, leave = leave
    assert findings_in(leave("not diagnosed")) is None
    assert findings_in(leave("healthy", findings=[])) == []


@pytest.mark.exhaustive
def test_the_curves_of_a_run_mark_the_epoch_of_a_finding(leave):
    _, leave = leave
    unmarked, marked = (
        (
            leave(name, findings=[Finding("overfitting", "By heart.", "More data.", epoch=epoch)]) / "curves.png"
        ).read_bytes()
        for name, epoch in (("no epoch", None), ("second", 2))
    )
    assert unmarked != marked
