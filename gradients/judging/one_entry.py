"""A backward that is made for a dout with one entry, as the gradient of a cross entropy has it."""

import numpy as np

from gradients.judging.one_gradient import result_of
from gradients.measuring.exam import Exam
from gradients.measuring.point import LayerRaised
from gradients.measuring.subject import Subject

MOST = 12  # outputs up to which each is tried


def is_for_one_entry(subject: Subject, seed: int) -> bool:
    """Return whether all gradients are right for every dout with one entry that is not zero, of any size."""
    if subject.is_loss or len(subject.output_shapes) != 1 or np.prod(subject.output_shapes[0]) > MOST:
        return False
    try:
        exam = Exam(subject, np.random.default_rng(seed), cases=1)
    except LayerRaised:
        return False
    case, shape = exam.cases[0], subject.output_shapes[0]
    for place in range(int(np.prod(shape))):
        for size in (1.0, -2.5):
            dout = np.zeros(shape)
            dout.flat[place] = size
            given = case.gradients_for([dout])
            for name in subject.names:
                right = case.truth.gradient(name, dout.ravel())
                if not result_of(exam, case, name, right, given[name]).ok:
                    return False
    return True
