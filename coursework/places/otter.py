"""otter-grader's plugin that keeps a student's code out of the kernel in which the tests run.

The master notebook that make writes names it. The tests read the notebook's file, and grade it in a process of its own.
"""

import shutil
from pathlib import Path
from typing import Any

TESTS, TEACHER = "tests", "teacher"


class TestsAlone:
    """Leave of a submission nothing that is run: neither its cells, nor modules that the tests might import.

    otter-grader calls the methods of a plugin by their names; it needs no base.
    """

    def __init__(
        self, submission_path: str, submission_metadata: dict[str, Any], plugin_config: dict[str, Any]
    ) -> None:
        self.path = Path(submission_path)

    def before_execution(self, submission: Any) -> Any:
        """Return the notebook without its code; beside it remain the tests and the teacher's files."""
        folder = self.path.parent
        for path in folder.iterdir():
            if path != self.path and path.name != TESTS:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        ours = folder.parent / "source" / "files" / TEACHER  # in the folder that otter lays out
        shutil.copytree(ours, folder / TEACHER)
        submission.cells = [cell for cell in submission.cells if cell.cell_type != "code"]
        return submission
