"""A subject whose layer lives in another process: each of its calls is a message."""

import copy
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from gradients.apart.described import manner_of
from gradients.calling.problems import CannotCheck
from gradients.homework.source import Source
from gradients.locating.statements import Lines
from gradients.measuring.network_subject import LayerSubject
from gradients.measuring.plan import SECONDS
from gradients.measuring.point import LayerRaised, Point, Run
from language import _

LOOKING = 10.0  # seconds in which the lines must be found, after all is judged


class RemoteSlot(NamedTuple):
    """A parameter of a layer in another process, as far as it is spoken of."""

    gradient_name: str
    name: str
    is_moved: bool


@dataclass
class RemoteCopy:
    """A copy of the layer in the other process: its number there, and its parameters, which may be moved here."""

    subject: "RemoteSubject"
    number: int
    params: dict[str, np.ndarray]
    sent: dict[str, np.ndarray]
    rewind: bool = False

    def __del__(self) -> None:
        self.subject.worker.dropped.append(self.number)


class RemoteSubject:
    """What :class:`gradients.measuring.subject.Subject` is, for a layer in another process.

    Parameters
    ----------
    worker : Worker
        Whom to ask.
    described : dict
        What :func:`gradients.apart.described.describe` returned there.
    """

    is_apart = True

    def __init__(self, worker: Any, described: dict[str, Any]) -> None:
        self.worker, self.number = worker, described["number"]
        self.name, self.is_loss = str(described["name"]), bool(described["is_loss"])
        self.output_shapes = [tuple(shape) for shape in described["output_shapes"]]
        self.differentiable = list(described["differentiable"])
        self.input_names = dict(described["input_names"])
        self.slots = [RemoteSlot(*words) for words in described["slots"]]
        self.takes_dout, self.manner = bool(described["takes_dout"]), manner_of(described["manner"])
        self.point = Point(tuple(described["inputs"]), dict(described["params"]))
        self.numbers = tuple(map(list, described["numbers"]))
        self.without_gradient, self.made_late = list(described["without_gradient"]), bool(described["made_late"])
        self.kept_gradients = dict(described["kept_gradients"])
        self.piles_up, self.custom = bool(described["piles_up"]), bool(described["custom"])
        self.remembers = bool(described["remembers"])
        self.remarks = [str(remark) for remark in described["remarks"]]
        self.batch_axis = -1 if described["batch_axis"] == -1 else 0
        self.seeded = self.forgetful = False
        self.precision: float | None = None
        self.forward_seconds = self.run_seconds = float("inf")
        self.allowed_seconds = SECONDS

    @property
    def names(self) -> list[str]:
        """All gradients by name: those of the inputs, then those of the parameters."""
        return [*self.input_names, *(slot.gradient_name for slot in self.slots)]

    def at(self, point: Point) -> "RemoteSubject":
        """Return the same subject, looked at elsewhere."""
        other = copy.copy(self)
        other.point = Point(point.inputs, self.point.params)
        _, outputs = other.forward(other.fresh(), point.inputs)
        other.output_shapes = [y.shape for y in outputs]
        return other

    def fresh(self, point: Point | None = None) -> RemoteCopy:
        """Return a new copy of the layer, as it was, with the parameters of the point."""
        params = self.point.params | (point.params if point is not None else {})
        return RemoteCopy(self, self.worker.next_number(), {n: np.array(p) for n, p in params.items()}, {})

    def live_params(self, instance: RemoteCopy) -> dict[str, Any]:
        """Return a copy's parameters, which may be moved in place."""
        return instance.params

    def params_of(self, instance: RemoteCopy) -> dict[str, np.ndarray]:
        """Return copies of a copy's parameters."""
        return {name: np.array(param) for name, param in instance.params.items()}

    def set_params(self, instance: RemoteCopy, params: dict[str, np.ndarray]) -> None:
        """Set parameters of a copy."""
        for name, value in params.items():
            instance.params[name][...] = value

    def rewinder(self, instance: RemoteCopy) -> Any:
        """Return what puts the random generators of a copy back to where they were when it was made."""

        def rewind() -> None:
            instance.rewind = True

        return rewind

    def ask(self, call: str, **content: Any) -> dict[str, Any]:
        """Return the answer to a call; raise what the layer raised."""
        answer = self.worker.ask(subject=self.number, call=call, seeded=self.seeded, **content)
        if "failed" in answer and "layers" not in answer:
            raise CannotCheck(_("{name}: the check itself failed, {error}", name=self.name, error=answer["failed"]))
        if "raised" in answer and "layers" not in answer:
            raise layer_raised(answer["raised"], self.source)
        return answer

    def with_copy(self, call: str, instance: RemoteCopy, **content: Any) -> dict[str, Any]:
        """Return the answer to a call of a copy, whose parameters are sent along as far as they have changed."""
        changed = {
            name: param
            for name, param in instance.params.items()
            if name not in instance.sent or not np.array_equal(instance.sent[name], param, equal_nan=True)
        }
        rewind, instance.rewind = instance.rewind, False
        instance.sent |= {name: np.array(param) for name, param in changed.items()}
        return self.ask(call, copy=instance.number, params=changed, rewind=rewind, **content)

    def forward(self, instance: RemoteCopy, inputs: Sequence[Any]) -> tuple[RemoteCopy, list[np.ndarray]]:
        """Call forward; return the copy and its outputs."""
        started = time.perf_counter()
        answer = self.with_copy("forward", instance, inputs=tuple(inputs))
        self.forward_seconds = min(self.forward_seconds, time.perf_counter() - started)
        return instance, list(answer["outputs"])

    def forward_each(
        self, instance: RemoteCopy, inputs: Sequence[Any], arrays: Sequence[dict[str, np.ndarray]]
    ) -> list[list[np.ndarray] | None]:
        """Return the outputs of a copy with each of several sets of arrays, None where forward raises."""
        stacks = {name: np.stack([each[name] for each in arrays]) for name in arrays[0]}
        at_rest = instance.params | {name: inputs[place] for name, place in self.input_names.items()}
        moved = {name: stack for name, stack in stacks.items() if (stack != at_rest[name]).any()}
        answer = self.with_copy("forward_each", instance, inputs=tuple(inputs), moved=moved, count=len(arrays))
        return list(answer["outputs"])

    def run(self, point: Point, douts: Sequence[np.ndarray], instance: Any = None, protect: bool = False) -> Run:
        """Run forward and backward, of a new copy unless one is given."""
        instance = self.fresh(point) if instance is None else instance
        started = time.perf_counter()
        answer = self.with_copy(
            "run", instance, inputs=tuple(point.inputs), at=point.params, douts=list(douts), protect=protect
        )
        self.run_seconds = min(self.run_seconds, time.perf_counter() - started)
        for name, value in answer["params"].items():
            if np.shape(value) != instance.params[name].shape:
                instance.sent.pop(name, None)  # backward moved it to another shape; it is sent again
                continue
            instance.params[name][...] = value
            instance.sent[name] = np.array(value)
        return Run(list(answer["outputs"]), dict(answer["gradients"]), dict(answer["overwritten"]))

    def run_beside(self, point: Point, douts: Sequence[np.ndarray], other: Point) -> dict[str, np.ndarray | None]:
        """Return the gradients at a point when another object runs forward elsewhere between forward and backward."""
        answer = self.ask(
            "beside", inputs=tuple(point.inputs), others=tuple(other.inputs), at=point.params, douts=list(douts)
        )
        return dict(answer["gradients"])

    def lines_of(self, point: Point, douts: Sequence[np.ndarray], names: list[str]) -> dict[str, Lines]:
        """Return the lines at which some gradients are computed, by name, as far as the other process finds them."""
        with self.worker.a_moment(LOOKING):
            answer = self.ask("lines", inputs=tuple(point.inputs), at=point.params, douts=list(douts), names=names)
        found = {name: lines_in(self.source, answer["lines"].get(name)) for name in names}
        return {name: lines for name, lines in found.items() if lines is not None}

    @property
    def source(self) -> Source:
        """The file, as it was read on this side."""
        return self.worker.source

    def without_decay(self) -> tuple[str, "RemoteSubject | None"]:
        """Return the name of the weight of a network's decay, and the network without it."""
        answer = self.ask("without_decay")
        return answer["name"], answer["subject"] and RemoteSubject(self.worker, answer["subject"])

    def layer_subjects(self) -> Iterator[LayerSubject]:
        """Yield each layer of a network and the loss layer, with what reaches them."""
        answer = self.ask("layers", inputs=tuple(self.point.inputs), at=self.point.params)
        for layer in answer["layers"]:
            subject = RemoteSubject(self.worker, layer["subject"])
            subject.allowed_seconds = self.allowed_seconds / len(answer["layers"])
            yield LayerSubject(layer["name"], subject, layer["names"])
        if "raised" in answer:
            raise layer_raised(answer["raised"], self.source)
        if "failed" in answer:
            raise ValueError(answer["failed"])


def layer_raised(words: list[Any], source: Source) -> LayerRaised:
    """Return what the layer raised in the other process, with an exception of the same name."""
    call, name, message, at = words
    lines = lines_in(source, at)
    place = ("", "") if lines is None else (source.place(lines.first), source.statement(*lines))
    return LayerRaised(call, type(name, (Exception,), {})(message), place)


def lines_in(source: Source, answer: Any) -> Lines | None:
    """Return lines that the other process named, None where they are none of the file."""
    if not isinstance(answer, list) or len(answer) != 2 or not all(type(number) is int for number in answer):
        return None
    first, last = answer
    return Lines(first, last) if 1 <= first <= last <= len(source.text.splitlines()) else None
