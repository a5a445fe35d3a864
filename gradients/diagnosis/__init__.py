"""From two gradients that differ to the name of the mistake.

Each mistake is a hypothesis with a prediction: if backward lacked the sum over the samples, it would give THIS. The
predictions come from numerical differentiation of forward alone; what backward gives is compared with them in several
cases, and the first that holds in all of them, the most specific, is the finding.
"""

from gradients.diagnosis.added_several_times import added_several_times
from gradients.diagnosis.constant_factor import one_factor
from gradients.diagnosis.cross_sample import cross_sample
from gradients.diagnosis.forward_wrong import forward_is_known, forward_wrong
from gradients.diagnosis.hidden_layer import wrong_hidden_value
from gradients.diagnosis.large_arrays import from_a_sample, is_costly
from gradients.diagnosis.mask import mask_mistake, open_where_zero
from gradients.diagnosis.missing_term import missing_term
from gradients.diagnosis.not_computed import ignores_dout, not_computed
from gradients.diagnosis.not_linear import product_for_sum, summed_too_early
from gradients.diagnosis.not_summed import one_contribution, one_part_only
from gradients.diagnosis.one_step_wrong import bias_several_times, network_forward_wrong, one_step_wrong
from gradients.diagnosis.only_a_mask import only_a_mask
from gradients.diagnosis.partly_wrong import partly_wrong, wrong_at_fixed_places
from gradients.diagnosis.precision import few_digits
from gradients.diagnosis.reversed_or_shifted import reversed_axes, shifted
from gradients.diagnosis.reversed_or_shifted_source import shifted_or_reversed_source
from gradients.diagnosis.softmax_over_batch import softmax_over_batch
from gradients.diagnosis.stale_cache import stale_parameter
from gradients.diagnosis.straight_through import straight_through
from gradients.diagnosis.suspect import Suspect
from gradients.diagnosis.unknown import not_finite, unknown
from gradients.diagnosis.updates import updated_too_early, weight_decay
from gradients.diagnosis.wrong_point import wrong_point
from gradients.diagnosis.wrong_shape import exchanged, transposed, unsummed, wrong_shape
from gradients.known_networks.matching import known_network
from gradients.measuring.exam import Exam
from gradients.report import Finding

__all__ = ["diagnose"]

# The order is that of specificity: what predicts more about the gradient stands before what predicts less.
HYPOTHESES = (
    not_computed,
    not_finite,
    stale_parameter,
    ignores_dout,
    product_for_sum,
    summed_too_early,
    transposed,
    exchanged,
    unsummed,
    added_several_times,
    one_factor,
    softmax_over_batch,
    mask_mistake,
    reversed_axes,
    one_part_only,
    one_contribution,
    wrong_shape,
    weight_decay,
    updated_too_early,
    shifted,
    few_digits,
    cross_sample,
    only_a_mask,
    wrong_at_fixed_places,
    wrong_hidden_value,
    open_where_zero,
    wrong_point,
    shifted_or_reversed_source,
    missing_term,
    partly_wrong,
    unknown,
)
SURE = {
    "stale-cache",
    "precision",
    "missing-term",
    "not-summed",
    "cross-sample",
    "updated-too-early",
    "weight-decay",
    "product-for-sum",
    "summed-too-early",
    "forward-wrong",
}  # too special for forward to be blamed instead
VAGUE = {
    "unknown",
    "partly-wrong",
    "not-computed",
    "constant-factor",
}  # what a mistake in a network looks like from afar
BEFORE_FORWARD = {"not-computed", "ignores-dout"}


def diagnose(exam: Exam, wrong: list[str]) -> list[Finding]:
    """Return the findings about the gradients that are wrong, the most likely first."""
    exam.start_clock()
    costly = [name for name in wrong if is_costly(exam, name)]
    suspects = [Suspect(exam, name) for name in wrong if name not in costly]
    through = None if costly or not suspects else straight_through(exam, suspects)
    if through is not None:
        return [through]
    findings = [first_that_holds(suspect) for suspect in suspects] + [from_a_sample(exam, name) for name in costly]
    findings.sort(key=lambda finding: ORDER.index(finding.code))
    if costly or not suspects:
        return findings
    return in_network(exam, suspects, findings) or in_forward(exam, suspects, findings) or findings


def in_network(exam: Exam, suspects: list[Suspect], findings: list[Finding]) -> list[Finding]:
    """Return the finding about one step of a whole network that explains what is vague, where there is one."""
    if not any(finding.code in VAGUE for finding in findings):
        return []
    tapes = known_network(exam)
    found = None if tapes is None else one_step_wrong(exam, suspects, tapes)
    found = found or bias_several_times(exam, suspects) or network_forward_wrong(exam)
    return [] if found is None else [found]


def in_forward(exam: Exam, suspects: list[Suspect], findings: list[Finding]) -> list[Finding]:
    """Return the finding that forward is to blame, where backward is right for a well-known one."""
    codes = {finding.code for finding in findings}
    if codes & (BEFORE_FORWARD | SURE) or (exam.subject.is_loss and any(code.startswith("mask-") for code in codes)):
        return []
    if forward_is_known(exam) is not None and "unknown" not in codes:
        return []
    found = forward_wrong(exam, suspects)
    return [] if found is None else [found]


def first_that_holds(suspect: Suspect) -> Finding:
    """Return the finding of the first hypothesis that holds; the last one always does."""
    return next(finding for hypothesis in HYPOTHESES if (finding := hypothesis(suspect)) is not None)


# Of findings in several arrays, that with the clearest cause comes first.
ORDER = (
    "not-computed",
    "stale-cache",
    "ignores-dout",
    "product-for-sum",
    "summed-too-early",
    "updated-too-early",
    "transposed",
    "swapped",
    "not-summed",
    "sign-flipped",
    "missing-batch-average",
    "extra-batch-average",
    "constant-factor",
    "forward-wrong",
    "mask-inverted",
    "mask-missing",
    "mask-from-dout",
    "reversed",
    "wrong-shape",
    "shifted",
    "wrong-point",
    "cross-sample",
    "missing-term",
    "weight-decay",
    "partly-wrong",
    "precision",
    "unknown",
)
