"""A course: a folder of exercises, in the order in which they are done."""

from collections.abc import Sequence
from pathlib import Path

from coursework.course.exercise import Exercise
from language import _

OURS = Path(__file__).resolve().parents[1] / "exercises"
ORDER = (
    *("numerical_gradient", "add_and_multiply", "relu", "sigmoid", "affine", "softmax_with_loss", "two_layer_net"),
    *(
        "training",
        "momentum_and_adam",
        "initialization",
        "batch_normalization",
        "dropout",
        "max_pooling",
        "convolution",
    ),
    *("gradient_checker", "scalar_autograd"),
)


def read_course(folder: Path | None = None, names: Sequence[str] = ()) -> list[Exercise]:
    """Return the exercises of a course, in its order: that of ``order.txt``, or of their names.

    Parameters
    ----------
    folder : Path, optional
        A teacher's own; without it, ours.
    names : sequence of str
        Those that are wanted; without any, all.

    Raises
    ------
    ValueError
        When there is no such folder or exercise, or a file is no exercise.
    """
    place = folder or OURS
    if not place.is_dir():
        raise ValueError(_("there is no folder {folder}", folder=place))
    files = {path.stem: path for path in sorted(place.glob("*.py")) if path.stem != "__init__"}
    if not files:
        said = _("{folder} holds no exercise: expected files in the percent format, NAME.py", folder=place)
        raise ValueError(said)
    unknown = [name for name in names if name not in files]
    if unknown:
        known = ", ".join(in_order(files, place))
        raise ValueError(_("there is no exercise {name}; there are {known}", name=unknown[0], known=known))
    read: dict[str, Exercise] = {}
    for name in in_order(files, place):
        read[name] = Exercise(files[name], read)
    return [exercise for name, exercise in read.items() if not names or name in names]


def in_order(names: dict[str, Path], folder: Path) -> list[str]:
    """Return the names of exercises in the order in which they are done."""
    listed = folder / "order.txt"
    order = listed.read_text(encoding="utf-8").split() if listed.is_file() else list(ORDER)
    return sorted(names, key=lambda name: (order.index(name) if name in order else len(order), name))
