"""Find out whether a layer computes in single precision, somewhere inside."""

import numpy as np

from gradients.measuring.arguments import is_float_array
from gradients.measuring.case import Case
from gradients.measuring.evaluator import own_magnitudes
from gradients.measuring.exam import Exam
from gradients.measuring.point import LayerRaised, Point
from gradients.report import Finding
from language import _

ROUGH = 3e-8  # relative; rounding in float32 is 6e-8, in float64 1e-16


def single_precision(exam: Exam) -> list[Finding]:
    """Return the finding that a right layer rounds to single precision; none where it does not."""
    case = exam.cases[-1]
    if case.truth.evaluator.is_coarse:
        return [
            Finding(
                "precision",
                None,
                _(
                    "forward computes in single precision or worse, though its input and parameters are float64: look "
                    "for float32, float16 or integers inside. backward agrees, as far as this precision shows."
                ),
                {"relative error of forward by rounding": case.truth.evaluator.precision},
            )
        ]
    return [
        Finding(
            "precision",
            name,
            _(
                "{name} is right, but only to single precision, though everything that comes in is float64: look for "
                "float32 inside (astype, or zeros and empty with a dtype).",
                name=name,
            ),
            {"relative error by rounding": rough},
        )
        for name, rough in roughness(exam, case).items()
        if rough > ROUGH
    ]


def roughness(exam: Exam, case: Case) -> dict[str, float]:
    """Return how rough each gradient is when inputs and dout move by a hundredth of what float32 can tell."""
    rng, worst = np.random.default_rng(0), dict.fromkeys(exam.subject.names, 0.0)
    base = case.run.gradients
    # What is zero but for rounding is as rough as it likes: a bias before a batch normalisation, say.
    floor = 1e-6 * max(np.abs(g).max(initial=0.0) for g in (*base.values(), *case.douts))
    for _trial in range(exam.plan.trials):
        signs = [1e-8 * rng.choice([-1.0, 1.0], np.shape(x)) if is_float_array(x) else 0 for x in case.point.inputs]
        shifts = [1e-8 * rng.choice([-1.0, 1.0], d.shape) for d in case.douts]
        sides = []
        for side in (1, -1):
            inputs = tuple(
                x + side * s * own_magnitudes(x) if is_float_array(x) and i in exam.subject.differentiable else x
                for i, (x, s) in enumerate(zip(case.point.inputs, signs, strict=True))
            )
            douts = [d * (1 + side * s) for d, s in zip(case.douts, shifts, strict=True)]
            params = {n: p * (1 + side * 1e-8) for n, p in case.point.params.items()}
            try:
                sides.append(exam.subject.run(Point(inputs, params), douts).gradients)
            except LayerRaised:
                return worst
        for name in worst:
            bend, size = np.abs(sides[0][name] - 2 * base[name] + sides[1][name]), np.abs(base[name])
            large = size > 1e-3 * size.max(initial=0.0)
            if size.max(initial=0.0) > floor and large.any():
                worst[name] = max(worst[name], float((bend[large] / size[large]).max()))
    return worst
