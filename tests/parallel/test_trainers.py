"""``Trainer(..., parallel=communicator)`` in programs of one's own, several processes of each."""

import subprocess
import sys

import pytest

from parallel_support import ROOT, environment

pytestmark = pytest.mark.exhaustive

BEGIN = """
import hashlib, sys
import numpy as np
from mpi4py import MPI
from networks import MultiLayerNet, TwoLayerNet
from training import SGD, Adam, Trainer

here = MPI.COMM_WORLD
rng = np.random.default_rng(0)
x, t = rng.normal(size=(96, 8)).astype(np.float32), rng.integers(0, 3, 96)

def digest(network):
    return hashlib.sha256(b"".join(param.tobytes() for param in network.params.values())).hexdigest()[:12]

def train(network, optimizer, **options):
    usual = {"epochs": 3, "batch_size": 24, "seed": 0, "shards": 6, "parallel": here}
    trainer = Trainer(network, x, t, x[:40], t[:40], optimizer, **usual | options)
    trainer.train()
    for line in here.gather(f"{digest(network)} {trainer.history[-1]['test_accuracy']}") or []:
        print(line)
"""


@pytest.fixture
def run(mpiexec, tmp_path):
    """Run a program in some processes, and return its status, its lines, and what it says is wrong."""

    def run(ranks, program, *options):
        (tmp_path / "program.py").write_text(BEGIN + program, encoding="utf-8")
        command = [mpiexec, *options, "-n", str(ranks), sys.executable, "-m", "mpi4py", str(tmp_path / "program.py")]
        surroundings = {**environment(), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, timeout=200)
        return done.returncode, done.stdout.splitlines(), done.stderr

    return run


def one_line_of(lines):
    (line,) = set(lines)
    return line


OWN = """
class Keeps(SGD):
    "Adds the gradients of the step before, which it has kept."
    before = None
    def update(self, params, grads):
        super().update(params, grads)
        if self.before is not None:
            super().update(params, self.before)
        self.before = grads

class Writes(SGD):
    "Scales the gradients where they are."
    def update(self, params, grads):
        for grad in grads.values():
            grad *= 0.5
        super().update(params, grads)

train(MultiLayerNet(8, [6], 3, use_batchnorm=True, seed=0), {kind}(0.1))
"""


@pytest.mark.parametrize("kind", ["Keeps", "Writes", "SGD", "Adam"])
def test_an_optimizer_of_ones_own_may_keep_gradients_and_write_to_them(run, kind):
    alone, *others = (run(ranks, OWN.replace("{kind}", kind)) for ranks in (1, 2, 3))
    assert alone[0] == 0, alone[2]
    for status, lines, said in others:
        assert status == 0, said
        assert one_line_of(lines) == alone[1][0]


MANY = """
train(TwoLayerNet(8, 4, 3, seed=0), SGD(0.1), epochs=1100, batch_size=96, shards=2)
"""


def test_a_thousand_epochs_take_no_more_memory_to_share_than_one(run):
    """MPICH gives about a thousand pieces of it, and no more."""
    status, lines, said = run(2, MANY)
    assert status == 0, said
    one_line_of(lines)


CLIPPED = """
train(MultiLayerNet(8, [60, 60], 3, seed=0), SGD(0.5), clip_norm=0.1, epochs=20)
"""


def test_the_parameters_stay_the_same_where_the_processors_add_up_otherwise(mpiexec, run):
    """OpenBLAS has a norm for each kind of processor; all take that of the first."""
    kinds = ["-n", "1", "-env", "OPENBLAS_CORETYPE", "Sandybridge", sys.executable, "-m", "mpi4py", "program.py", ":"]
    status, lines, said = run(1, CLIPPED, *kinds)
    assert status == 0, said
    assert len(lines) == 2
    one_line_of(lines)


@pytest.mark.parametrize(
    ("program", "differs"),
    [
        ("train(TwoLayerNet(8, 4, 3, seed=0), SGD(0.1), seed=None)", "the seed"),
        ("train(TwoLayerNet(8, 4, 3), SGD(0.1))", "the network's parameters"),
        (
            "train(TwoLayerNet(8, 4, 3, seed=0), SGD(0.1), epochs=here.rank + 1)",
            "the number of samples, epochs or shards",
        ),
        (
            "x = x[here.rank:]; t = t[here.rank:]\ntrain(TwoLayerNet(8, 4, 3, seed=0), SGD(0.1))",
            "the number of samples",
        ),
    ],
)
def test_trainers_that_differ_are_refused(run, program, differs):
    status, lines, said = run(2, program)
    assert status != 0
    assert lines == []
    assert f"differs from rank 0: {differs}" in said


ONCE = """
from training.parallel.group import Ranks

read = []
def make():
    read.append(here.rank)
    return {"x": np.zeros((2, 3), np.float32), "name": "data"}

data = Ranks(here).once_a_machine(make)
data["x"][here.rank] = here.rank + 1  # each writes a row, which the other sees
here.Barrier()
for line in here.gather(f"{data['name']} {data['x'].tolist()}") or []:
    print(line)
print("read by", read)
"""


def test_data_are_read_by_one_process_of_a_machine_and_lie_in_memory_once(run):
    status, lines, said = run(2, ONCE)
    assert status == 0, said
    assert sorted(lines) == [*["data [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]"] * 2, "read by [0]", "read by []"]
