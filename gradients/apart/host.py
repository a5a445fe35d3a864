"""The side on which a student's file runs: it does the calls that it is asked for, and answers with arrays."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gradients.apart.described import describe, received
from gradients.locating.lines import lines_of
from gradients.locating.raised import lines_of_error
from gradients.measuring.arguments import copied
from gradients.measuring.manner import Instance
from gradients.measuring.point import LayerRaised, Point
from gradients.measuring.subject import Subject


class Host:
    """Subjects by number, their copies by number, and the calls that can be asked for.

    Attributes
    ----------
    subjects : list of Subject
    copies : dict of int to (Instance, rewinder)
    kept : list
        Inputs that cannot be sent.
    file : str
        The student's file.
    """

    def __init__(self) -> None:
        self.subjects: list[Subject] = []
        self.copies: dict[int, tuple[Instance, Callable[[], None]]] = {}
        self.kept: list[Any] = []
        self.file = ""

    def add(self, subject: Subject) -> dict[str, Any]:
        """Keep a subject, and return its description."""
        self.subjects.append(subject)
        return describe(subject, len(self.subjects) - 1, self.kept)

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked for, and return the answer."""
        for number in request.get("dropped", ()):
            self.copies.pop(number, None)
        subject = self.subjects[request["subject"]]
        subject.seeded = bool(request.get("seeded"))
        try:
            return getattr(self, f"do_{request['call']}")(subject, request)
        except LayerRaised as raised:
            return raised_answer(raised, self.file)

    def copy_of(self, subject: Subject, request: dict[str, Any]) -> Instance:
        """Return the copy that a call is for, a new one where it is not there yet, with the parameters sent along."""
        number, params = request["copy"], request["params"]
        if number not in self.copies:
            instance = subject.fresh(Point((), params))
            self.copies[number] = instance, subject.rewinder(instance)
        else:
            subject.set_params(self.copies[number][0], params)
        instance, rewind = self.copies[number]
        if request.get("rewind"):
            rewind()
        return instance

    def inputs_of(self, request: dict[str, Any], key: str = "inputs") -> tuple[Any, ...]:
        """Return the inputs that were sent."""
        return tuple(received(value, self.kept) for value in request[key])

    def do_forward(self, subject: Subject, request: dict[str, Any]) -> dict[str, Any]:
        """Return what forward gives."""
        instance = self.copy_of(subject, request)
        _, outputs = subject.forward(instance, list(self.inputs_of(request)))
        return {"outputs": outputs}

    def do_forward_each(self, subject: Subject, request: dict[str, Any]) -> dict[str, Any]:
        """Return what forward gives with each of several sets of arrays, None where it raises."""
        instance = self.copy_of(subject, request)
        rewind, at_rest = self.copies[request["copy"]][1], subject.params_of(instance)
        outputs: list[list[np.ndarray] | None] = []
        for number in range(request["count"]):
            moved = {name: np.array(stack[number, ...]) for name, stack in request["moved"].items()}
            inputs = [copied(x) for x in self.inputs_of(request)]
            for name, place in subject.input_names.items():
                inputs[place] = moved.pop(name, inputs[place])
            subject.set_params(instance, moved)
            rewind()
            try:
                outputs.append(subject.forward(instance, inputs)[1])
            except LayerRaised:
                outputs.append(None)
        subject.set_params(instance, at_rest)
        return {"outputs": outputs}

    def do_run(self, subject: Subject, request: dict[str, Any]) -> dict[str, Any]:
        """Return what a forward and backward give, and what they changed."""
        instance = self.copy_of(subject, request)
        point = Point(self.inputs_of(request), request["at"])
        run = subject.run(point, request["douts"], instance, request["protect"])
        return {
            "outputs": run.outputs,
            "gradients": run.gradients,
            "overwritten": run.overwritten,
            "params": subject.params_of(instance),
        }

    def do_beside(self, subject: Subject, request: dict[str, Any]) -> dict[str, Any]:
        """Return the gradients when another object runs forward between forward and backward."""
        point, other = (Point(self.inputs_of(request, key), request["at"]) for key in ("inputs", "others"))
        return {"gradients": subject.run_beside(point, request["douts"], other)}

    def do_lines(self, subject: Subject, request: dict[str, Any]) -> dict[str, Any]:
        """Return the lines at which gradients are computed."""
        point = Point(self.inputs_of(request), request["at"])
        found = lines_of(subject, point, request["douts"], request["names"], self.file)
        return {"lines": {name: list(lines) for name, lines in found.items()}}

    def do_without_decay(self, subject: Any, request: dict[str, Any]) -> dict[str, Any]:
        """Return a network's decay, and the network without it."""
        name, other = subject.without_decay()
        return {"name": name, "subject": None if other is None else self.add(other)}

    def do_layers(self, subject: Any, request: dict[str, Any]) -> dict[str, Any]:
        """Return the layers of a network at a point, each as a subject; up to the first that raises."""
        subject.point = Point(self.inputs_of(request), request["at"])
        found: list[dict[str, Any]] = []
        try:
            for layer in subject.layer_subjects():
                found.append({"name": layer.name, "subject": self.add(layer.subject), "names": layer.names})
        except LayerRaised as raised:
            return {"layers": found, **raised_answer(raised, self.file)}
        except (TypeError, ValueError) as error:
            return {"layers": found, "failed": str(error)}
        return {"layers": found}


def raised_answer(raised: LayerRaised, file: str) -> dict[str, Any]:
    """Return what the layer raised, in words, and at which lines of the file; at none where it was elsewhere."""
    _, lines = lines_of_error(raised.error, file) or ("", ())
    return {"raised": [raised.call, type(raised.error).__name__, str(raised.error), list(lines)]}
