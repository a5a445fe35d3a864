"""Draw the picture of each code of the diagnosis, or of those that are named, and say what was found.

::

    python -m examples.sickness FOLDER                   all pictures, into FOLDER
    python -m examples.sickness FOLDER dead-units leak   some of them
"""

import argparse
import io
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure
from PIL import Image

from examples.sickness import batches, data, fit, mistakes, rates, weights
from examples.sickness.common import Case, Training

CASES = {case.code: case for room in (rates, weights, data, mistakes, batches, fit) for case in room.CASES}
SIZE, DPI, COLOURS = (6.4, 2.4), 100, 96
STYLE = {
    "font.size": 8.5,
    "axes.titlesize": 9.5,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
}


def draw(case: Case, sick: Training, mended: Training) -> Image.Image:
    """Return the picture of a case, in few colours."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=SIZE, dpi=DPI, layout="constrained")
        case.draw(figure, sick, mended)
        file = io.BytesIO()
        figure.savefig(file, format="png")
    return Image.open(file).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


def main() -> None:
    """Train, diagnose and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("codes", nargs="*", metavar="code", help="one of " + ", ".join(CASES))
    options = parser.parse_args()
    for code in options.codes or CASES:
        sick, mended = CASES[code].train()
        draw(CASES[code], sick, mended).save(options.folder / f"{code}.png", optimize=True)
        print(f"{code}: {'; '.join(map(str, sick.findings())) or 'nothing was found'}")


if __name__ == "__main__":
    main()
