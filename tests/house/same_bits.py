"""Whether two checkouts train to the same bits: for a change that must not change what is learned.

::

    python tests/house/same_bits.py OTHER_CHECKOUT [STEPS]

Every network of ``train.py`` is trained with every optimizer for 100 steps, or as many as are asked for, on the
embedded digits, with seed 0, in this checkout and in the other one. Parameters, running statistics, losses and traces
are compared to the last bit.
"""

import contextlib
import hashlib
import itertools
import json
import subprocess
import sys
from pathlib import Path

STEPS, LR = "100", "0.003"  # at which none of them diverges
HERE = Path(__file__).resolve().parents[2]


class Enough(Exception):
    """So many steps have been made."""


def digest(network, optimizer, steps):
    """Train, and return a digest of all that training left."""
    import train

    words = ["--dataset", "digits", "--network", network, "--optimizer", optimizer, "--seed", "0", "--lr", LR]
    options = train.parse("", [*words, "--epochs", "2", "--checkpoint-every", str(steps)])
    trainer = train.make_trainer(train.choose_dataset(options), options)

    def stop():
        if trainer.step >= steps:
            raise Enough

    with contextlib.suppress(Enough):
        trainer.train(on_checkpoint=stop)
    seen = hashlib.sha256()
    for name, array in {**trainer.network.params, **trainer.network.state}.items():
        seen.update(name.encode() + array.tobytes())
    losses = [record["train_loss"] for record in trainer.history]
    seen.update(repr((trainer.step, losses, trainer.traces.columns)).encode())
    return seen.hexdigest()


def digests_in(checkout, steps):
    """The digests of all trainings in a checkout, by network and optimizer."""
    words = [sys.executable, __file__, "--here", steps]
    result = subprocess.run(words, cwd=checkout, capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def main(other, steps=STEPS):
    """Compare, print the trainings that differ, and return the exit status."""
    ours, theirs = digests_in(HERE, steps), digests_in(other, steps)
    differ = [name for name in ours if ours[name] != theirs.get(name)]
    print(f"{len(ours) - len(differ)} of {len(ours)} trainings end with the same bits", *differ, sep="\n")
    return 1 if differ else 0


if __name__ == "__main__":
    if sys.argv[1] != "--here":
        sys.exit(main(*sys.argv[1:]))
    sys.path.insert(0, ".")
    from training import OPTIMIZERS
    from training.command.networks import NETWORKS

    pairs = itertools.product(NETWORKS, OPTIMIZERS)
    print(json.dumps({" ".join(pair): digest(*pair, int(sys.argv[2])) for pair in pairs}))
