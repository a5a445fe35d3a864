"""Which part of a data set a file is, by its name: training or test, images or labels; and the prefix that is left."""

import re
from typing import NamedTuple

TRAIN, TEST = "train", "test"

PART = re.compile(
    r"(?<![a-z])(?:(train(?:ing)?(?:[-_ ]?set)?)|(t10k|test(?:ing)?(?:[-_ ]?set)?|val(?:id(?:ation)?)?))(?![a-z])",
    re.IGNORECASE,
)
ENDINGS = re.compile(r"(\.(gz|csv|tsv|txt|npz|idx\d-\w+)|[-.]idx\d-(ubyte|int))+$", re.IGNORECASE)
WHAT = re.compile(r"[-_. ]?(images?|imgs?|labels?)[-_. ]?", re.IGNORECASE)


class Part(NamedTuple):
    """What a name says: the prefix that a set's files share, and the part of it, None where the name has none."""

    prefix: str
    part: str | None


def part_of(name: str) -> Part:
    """Return what the name of a file or folder says.

    >>> part_of("emnist-letters-train-images-idx3-ubyte.gz")
    Part(prefix='emnist-letters', part='train')
    >>> part_of("t10k-labels-idx1-ubyte"), part_of("mnist_test.csv")
    (Part(prefix='', part='test'), Part(prefix='mnist', part='test'))
    >>> part_of("letters.csv")
    Part(prefix='letters', part=None)
    """
    stem = WHAT.sub("-", ENDINGS.sub("", name))
    found = list(PART.finditer(stem.replace("_", "-")))
    if not found:
        return Part(stem.strip("-_. "), None)
    last = found[-1]
    rest = stem[: last.start()].strip("-_. "), stem[last.end() :].strip("-_. ")
    return Part("-".join(filter(None, rest)), TRAIN if last[1] else TEST)
