"""What a diagnosis says: a finding, and what came of trying its remedy."""

import math
from dataclasses import asdict, dataclass, field
from typing import Any

from language import _

# Causes before effects: what stands earlier explains what stands later.
ORDER = (
    "wrong-sign", "wrong-gradient", "not-updated", "labels-unrelated", "unscaled-input", "symmetric", "stale-data",
    "imbalanced", "mode", "saturated", "exploding", "vanishing", "dead-units", "batch-too-small",
    "learning-rate-too-high", "learning-rate-too-low", "leak", "noisy", "underfitting", "overfitting", "not-learning",
    "one-answer", "unfinished", "plateau",
)  # fmt: skip


@dataclass(frozen=True)
class Trial:
    """What happened when a remedy was tried on a copy.

    Attributes
    ----------
    change : str
        What was done, as in "with learning rate 0.5 instead of 50".
    steps : int
        How many steps of training it took; 0 where none was needed.
    measure : str
        What was measured: ``loss``, or ``accuracy``.
    as_is, changed : float
        That of the network as it is, and that with the remedy.
    """

    change: str
    steps: int
    measure: str
    as_is: float
    changed: float

    @property
    def helped(self) -> bool:
        """Whether it was better with the remedy."""
        if not math.isfinite(self.changed):
            return False
        if not math.isfinite(self.as_is):
            return True
        return self.changed > self.as_is if self.measure == "accuracy" else self.changed < self.as_is

    def __str__(self) -> str:
        values: dict[str, Any] = {"change": self.change, "steps": self.steps}
        if self.measure == "accuracy":
            values |= {"changed": f"{self.changed:.1%}", "as_is": f"{self.as_is:.1%}"}
            if not self.steps:
                return _("{change} the accuracy is {changed}; as it is, {as_is}", **values)
            return _("{change} the accuracy reaches {changed} in {steps} steps; as it is, it is {as_is}", **values)
        values |= {"changed": f"{self.changed:.3g}", "as_is": f"{self.as_is:.3g}"}
        if not math.isfinite(self.as_is):
            return _("{change} the loss falls to {changed} in {steps} steps; as it is, it is NaN or infinite", **values)
        if not self.steps:
            return _("{change} the loss is {changed}; as it is, {as_is}", **values)
        return _("{change} the loss falls to {changed} in {steps} steps; as it is, it is {as_is}", **values)


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with a training.

    Attributes
    ----------
    code : str
        One of the codes of docs/training.md, such as ``learning-rate-too-high``.
    message : str
        What is wrong, in a sentence.
    evidence : dict
        The numbers that show it, by name.
    remedy : str
        What to do about it.
    tried : Trial or None
        What happened when the remedy was tried.
    epoch : int or None
        The epoch from which on it holds, where there is one.
    is_effect : bool
        Whether it came about during training, so that another finding may be its cause.
    """

    code: str
    message: str
    remedy: str
    evidence: dict[str, Any] = field(default_factory=dict)
    tried: Trial | None = None
    epoch: int | None = None
    is_effect: bool = False

    def __str__(self) -> str:
        tried = f" ({self.tried})" if self.tried else ""
        return f"{self.code}: {self.message} {self.remedy}{tried}"

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data, for a file; numbers that are none as None."""
        return plain({**asdict(self), "tried": {**asdict(self.tried), "text": str(self.tried)} if self.tried else None})


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def ranked(findings: list[Finding]) -> list[Finding]:
    """Return the findings with causes before effects, each code once."""
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.code, finding)
    return sorted(first.values(), key=lambda finding: (finding.is_effect, ORDER.index(finding.code)))
