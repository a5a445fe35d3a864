"""One call of a layer: what its backward gave, beside what it should have given."""

from collections.abc import Sequence

import numpy as np

from gradients.measuring.differences import Gradient, Truth
from gradients.measuring.point import LayerRaised, Point, Run
from gradients.measuring.subject import Subject

SAME = 1e-5  # how far, relative to the largest, two arrays may differ that are to be the same
MOST_OUTPUTS = 400  # up to which backward is asked about each output alone


class Case:
    """A layer at one point with one dout: what its backward gave, and what it should have given."""

    def __init__(self, subject: Subject, truth: Truth, douts: Sequence[np.ndarray]) -> None:
        self.subject, self.truth, self.douts = subject, truth, list(douts)
        self.run: Run = subject.run(truth.point, self.douts)
        self.rights: dict[str, Gradient] = {}
        self.students: dict[str, np.ndarray | None] = {}

    @property
    def point(self) -> Point:
        """Where it is."""
        return self.truth.point

    @property
    def dout(self) -> np.ndarray:
        """All of dout, in one row."""
        return np.concatenate([np.ravel(dout) for dout in self.douts])

    def gradients_for(self, douts: Sequence[np.ndarray]) -> dict[str, np.ndarray | None]:
        """Return what backward gives here for another dout; nothing where it raises."""
        try:
            return self.subject.run(self.point, douts).gradients
        except LayerRaised:
            return dict.fromkeys(self.subject.names)

    def given(self, name: str) -> np.ndarray | None:
        """Return the gradient that backward gave."""
        return self.run.gradients[name]

    def right(self, name: str) -> Gradient:
        """Return the right gradient."""
        if name not in self.rights:
            self.rights[name] = self.truth.gradient(name, self.dout)
        return self.rights[name]

    def student_jacobian(self, name: str) -> np.ndarray | None:
        """Return what backward gives for a dout of one at each output alone, (elements, outputs).

        None where there are too many outputs, or backward is not linear in dout.
        """
        if name not in self.students:
            self.students[name] = self.compute_student(name) if self.dout.size <= MOST_OUTPUTS else None
        return self.students[name]

    def compute_student(self, name: str) -> np.ndarray | None:
        """Return the Jacobian that backward stands for."""
        given = self.given(name)
        if len(self.douts) != 1 or given is None or given.shape != self.right(name).value.shape:
            return None
        columns = []
        for index in range(self.dout.size):
            dout = np.zeros(self.dout.size)
            dout[index] = 1.0
            column = self.gradients_for([dout.reshape(self.douts[0].shape)])[name]
            if column is None or column.shape != given.shape:
                return None
            columns.append(column.ravel())
        jacobian = np.array(columns).T
        linear = np.abs(jacobian @ self.dout - given.ravel()).max(initial=0.0) <= SAME * np.abs(given).max(initial=0.0)
        return jacobian if linear else None

    def output(self) -> np.ndarray | None:
        """Return the only output, None where there are several."""
        return self.run.outputs[0] if len(self.run.outputs) == 1 else None
