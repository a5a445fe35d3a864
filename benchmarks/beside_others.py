"""What a training step takes while other programs use the cores: alone, beside one, and beside two busy processes.

::

    python -m benchmarks.beside_others [ROUNDS] [--quick]

Every line is a step within ``Trainer``, with the number of BLAS threads that the network's sizes call for
(:mod:`networks.threads`) or with two. In each round every case runs for a moment in a process of its own; shown are the
medians, and the medians of the ratios to the case alone of the same round. The data are random.
"""

import os
import statistics
import subprocess
import sys
from collections import defaultdict

from benchmarks.processes import busy_processes
from training.command.command_line import Parser, whole_number

STEPS = """
import sys
import numpy as np
from networks import TwoLayerNet
from training import SGD, Trainer

hidden, threads, samples = int(sys.argv[1]), int(sys.argv[2]) or None, int(sys.argv[3])
rng = np.random.default_rng(0)
x, t = rng.random((samples, 784), np.float32), rng.integers(0, 10, samples)
network = TwoLayerNet(784, hidden, 10, seed=0)
trainer = Trainer(network, x, t, x[:10], t[:10], SGD(0.01), epochs=3, threads=threads)
trainer.accuracy = lambda x, t: 0.0  # only the steps are to be measured
trainer.train()
print(sum(record["seconds"] for record in trainer.history) / (3 * samples / 100) * 1e6)
"""
CASES = [(hidden, threads) for hidden in (50, 800) for threads in (0, 2)]  # 0: as many as the sizes call for


def main() -> None:
    """Measure and print."""
    parser = Parser(prog="python -m benchmarks.beside_others", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("rounds", nargs="?", type=whole_number, default=7, help="rounds (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="a tenth of the steps: to see that it works")
    options = parser.parse_args()
    samples = 1200 if options.quick else 12_000
    times = defaultdict(list)
    for _ in range(options.rounds):
        for case in CASES:
            for others in range(3):
                times[case, others].append(microseconds(*case, samples, others))
    print(f"{'step within Trainer':<32}{'alone':>10}{'beside one':>20}{'beside two':>20}")
    for case in CASES:
        alone = times[case, 0]
        line = f"784-{case[0]}-10, {f'{case[1]} threads' if case[1] else 'threads by its sizes':<22}".ljust(32)
        line += f"{statistics.median(alone):>7,.0f} us"
        for others in (1, 2):
            ratio = statistics.median(a / b for a, b in zip(times[case, others], alone, strict=True))
            line += f"{statistics.median(times[case, others]):>10,.0f} us, {ratio:4.2f}x"
        print(line)


def microseconds(hidden: int, threads: int, samples: int, others: int) -> float:
    """Return what a step takes beside other busy processes, on average over three epochs."""
    own = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    environment = {"OPENBLAS_THREAD_TIMEOUT": "12"} | own  # as train.py does
    with busy_processes(others):
        command = [sys.executable, "-c", STEPS, str(hidden), str(threads), str(samples)]
        return float(subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout)


if __name__ == "__main__":
    main()
