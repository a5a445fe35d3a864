"""What the page gives to take along: the model file, ONNX where it is installed, the Python that trains the same."""

import base64
import io
import tempfile
from pathlib import Path
from typing import Any

from language import _
from networks.files.archive import write_archive
from networks.files.model_file import arrays_of, meta_of
from page.inside.training.asked import Asked
from page.inside.training.one_run import OneRun
from page.inside.training.own_layers import definitions_of

MODEL = "model.npz"
COMMAND = "chainrule export . --to onnx"


def model_file(run: OneRun) -> dict[str, Any]:
    """Return the network as a model file, which ``Network.load`` reads; with the student's layers, ``load_params``."""
    file = io.BytesIO()
    write_archive(file, meta_of(run.network), arrays_of(run.network))
    if run.built.own:
        note = _(
            "The file holds the numbers, not your code: build the network by the Python file, then call "
            'network.load_params("{file}").',
            file=MODEL,
        )
    else:
        note = _('Network.load("{file}") of chainrule reads it, and so does every command.', file=MODEL)
    return {"name": MODEL, "bytes": base64.b64encode(file.getvalue()).decode("ascii"), "note": note}


def onnx_file(run: OneRun) -> dict[str, Any]:
    """Return the network in ONNX where that is installed; else in words how the model file becomes one."""
    if run.built.own:
        names = ", ".join(run.built.own)
        return {"note": _("ONNX has no rule for your layers ({names}), only for ours.", names=names)}
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "model.onnx")
            run.network.export(path, input_shape=(run.data.features,))
            content = path.read_bytes()
    except (ImportError, OSError):
        note = _(
            "ONNX is not installed in the browser. Save the model file {file}; where Python is, "
            "pip install chainrule[export], and in the file's folder this command writes model.onnx:",
            file=MODEL,
        )
        return {"note": note, "command": COMMAND}
    return {"name": "model.onnx", "bytes": base64.b64encode(content).decode("ascii"), "note": ""}


def python_file(run: OneRun) -> dict[str, Any]:
    """Return the Python that trains the same, as far as the training has come, and ends at the same numbers."""
    return {"name": "train_the_same.py", "text": source(run), "note": _("It needs chainrule, and nothing else.")}


def source(run: OneRun) -> str:
    """Return the Python that makes the same steps."""
    parts = [
        f'"""Trains what the page trained: {run.trainer.step} steps, to the same numbers."""',
        imports(run),
        *([f"# Your layers, as you wrote them.\n\n{definitions_of(run.text)}"] if run.built.own else []),
        data_lines(run),
        "\n".join([*([f"np.random.seed({run.asked.seed})"] if run.built.own else []), *run.built.lines]),
        training_lines(run),
        'print(f"loss {network.loss(x_test, t_test):.4f}, accuracy {network.accuracy(x_test, t_test):.2%}")\n'
        f'network.save("{MODEL}")',
    ]
    return "\n\n".join(parts) + "\n"


def imports(run: OneRun) -> str:
    """Return the imports that the file needs, in their order."""
    stack = any("Stack(" in line for line in run.built.lines)
    rest = run.trainer.batch > 0
    ours = ["layers"] if any("layers.SoftmaxWithLoss" in line for line in run.built.lines) else []
    numpy = stack or bool(run.built.own)
    lines = [
        *(["from itertools import islice", ""] if rest else []),
        *(["import numpy as np", ""] if numpy else []),
        f"from chainrule import {', '.join(['datasets', *ours, 'networks', 'training'])}",
        *(["from chainrule.networks.stack import Stack"] if stack else []),
    ]
    return "\n".join(lines)


def data_lines(run: OneRun) -> str:
    """Return the lines that make the data."""
    asked: Asked = run.asked
    if asked.data == "digits":
        return "(x_train, t_train), (x_test, t_test) = datasets.load_digits()"
    noise = "" if asked.noise is None else f", noise={asked.noise:g}"
    made = f"datasets.{asked.data}"
    return (
        f"x_train, t_train = {made}({asked.samples}{noise}, seed={asked.data_seed})\n"
        f"x_test, t_test = {made}({len(run.data.x_test)}{noise}, seed={asked.data_seed + 1})"
    )


def training_lines(run: OneRun) -> str:
    """Return the lines that train: the whole epochs, and the steps of one that was not ended."""
    asked, trainer = run.asked, run.trainer
    optimizer = f"training.{type(trainer.optimizer).__name__}(lr={asked.lr!r})"
    whole, rest = len(trainer.history), trainer.batch
    arguments = "network, x_train, t_train, x_test, t_test"
    options = f"optimizer={optimizer}, epochs={max(1, whole)}, batch_size={asked.batch_size}, seed={asked.seed}"
    lines = [f"trainer = training.Trainer(\n    {arguments},\n    {options},\n)"]
    if whole:
        lines.append("trainer.train()")
    if rest:
        lines += [
            f"for x, t in islice(trainer.mini_batches(), {rest}):  # the epoch in which the page was paused",
            "    gradients = network.gradient(x, t)",
            "    trainer.optimizer.update(network.params, gradients)",
        ]
    return "\n".join(lines)
