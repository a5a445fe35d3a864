"""What the page asks: one request, one answer, both JSON."""

import json
import math
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from language import LANGUAGES, _, set_language
from page.inside.checking import jobs as checking
from page.inside.seeing import see

Job = Callable[[dict[str, Any]], dict[str, Any]]

asked: list[None] = []
LINES = 12  # of a traceback, that the page is told


def about(request: dict[str, Any]) -> dict[str, Any]:
    """Say what runs here, and how often it was asked for that."""
    asked.append(None)
    import platform

    return {"python": platform.python_version(), "numpy": np.__version__, "asked": len(asked)}


def train(request: dict[str, Any]) -> dict[str, Any]:
    """Do a job of the part *Train*, which is imported when it is first asked for."""
    from page.inside.training.jobs import TRAIN_JOBS

    return TRAIN_JOBS[request["job"]](request)


TRAIN = ("own", "start", "advance", "unit", "predict", "diagnose", "export")
JOBS: dict[str, Job] = {"about": about, **checking.JOBS, "see": see, **{f"train.{name}": train for name in TRAIN}}


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Return ``{"answer": ...}``, or ``{"failed": ..., "trace": ...}`` where the job raises.

    Parameters
    ----------
    request : dict
        ``job``, one of :data:`JOBS`; ``language``; and what the job takes.

    Examples
    --------
    >>> answer({"job": "dance"})["failed"].partition(";")[0]
    "there is no job 'dance'"
    """
    spoken = request.get("language")
    set_language(spoken if spoken in LANGUAGES else "en")
    job = JOBS.get(request.get("job", ""))
    if job is None:
        return {"failed": f"there is no job {request.get('job')!r}; there are {', '.join(JOBS)}", "trace": ""}
    try:
        return {"answer": job(request)}
    except MemoryError:
        return {"failed": _("There is not enough memory for this."), "trace": ""}
    except Exception as error:
        lines = traceback.format_exc().splitlines()[-LINES:]
        return {"failed": f"{type(error).__name__}: {error}", "trace": "\n".join(lines)}


def answer_file(asked: str, answered: str) -> None:
    """Answer the request in one file by the other."""
    Path(answered).write_text(answer_text(Path(asked).read_text(encoding="utf-8")), encoding="utf-8")


def answer_text(request: str) -> str:
    """Answer a request, both as texts."""
    return json.dumps(plain(answer(json.loads(request))), allow_nan=False)


def plain(value: Any) -> Any:
    """Return what JSON can hold: NumPy's numbers as Python's, and None for what is not finite.

    >>> plain({"loss": float("nan"), "shape": (np.int64(2), 3)})
    {'loss': None, 'shape': [2, 3]}
    """
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (np.ndarray, np.generic)):
        return plain(value.tolist())
    return value if not isinstance(value, float) or math.isfinite(value) else None
