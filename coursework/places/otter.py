"""otter-grader's plugin that keeps a student's code out of the kernel in which the tests run.

The master notebook that make writes names it. The tests read the notebook's file, and grade it in a process of its own.
"""

import shutil
from pathlib import Path
from typing import Any

from otter.plugins import AbstractOtterPlugin

OURS = ("tests", "teacher")


class TestsAlone(AbstractOtterPlugin):
    """Leave of a submission nothing that is run: neither its cells, nor modules that the tests might import."""

    def __init__(
        self, submission_path: str, submission_metadata: dict[str, Any], plugin_config: dict[str, Any]
    ) -> None:
        self.path = Path(submission_path)

    def before_execution(self, submission: Any) -> Any:
        """Return the notebook without its code."""
        for path in self.path.parent.iterdir():
            if path != self.path and path.name not in OURS:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        submission.cells = [cell for cell in submission.cells if cell.cell_type != "code"]
        return submission
