"""``python -m coursework``."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
if Path(sys.path[0]).resolve() != HERE:  # the files of a sheet, such as training.py, are no modules of ours
    sys.path.pop(0)

from coursework.command import command

sys.exit(command())
