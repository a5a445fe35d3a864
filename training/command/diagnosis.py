"""What is wrong with a run, found out and said at its end."""

import argparse
from collections.abc import Sequence

from language import _
from training.diagnosis.finding import Finding
from training.run.folder import RunFolder
from training.trainer import Trainer


def diagnose_run(trainer: Trainer, folder: RunFolder, options: argparse.Namespace) -> list[Finding] | None:
    """Return what is wrong with a run, and write it to its ``history.json``; None where nobody wants to know."""
    if options.no_diagnosis:
        return None
    folder.findings = [finding.as_json() for finding in trainer.findings]
    folder.write_history(trainer.history)
    return trainer.findings


def say_findings(findings: Sequence[Finding] | None, options: argparse.Namespace) -> None:
    """Print the findings: causes whole, with their remedies; what follows from them by its code."""
    if findings is not None and not options.quiet:
        print("\n".join(lines_of(findings)))


def lines_of(findings: Sequence[Finding]) -> list[str]:
    """Return the findings as lines of text; one that says so where there are none."""
    if not findings:
        return [_("diagnosis: nothing was found that is wrong")]
    causes = [finding for finding in findings if not finding.is_effect]
    effects = [finding.code for finding in findings if finding.is_effect]
    lines = [_("diagnosis:"), *(f"  {finding}" for finding in causes)]
    return lines + ([_("  what follows from it: {codes}", codes=", ".join(effects))] if effects else [])
