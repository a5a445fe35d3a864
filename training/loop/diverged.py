"""The error of a training that has lost its numbers; it stands alone, so that a command knows it without a trainer."""


class TrainingDiverged(ArithmeticError):
    """The loss, a gradient or a parameter became infinite or not a number."""
