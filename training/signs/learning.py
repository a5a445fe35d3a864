"""Did it learn anything at all?"""

import math
from collections.abc import Iterator

from language import _
from training.diagnosis.finding import Finding
from training.diagnosis.look import Look
from training.diagnosis.remedies import new_weights, own_optimizer, together


def not_learning(look: Look, others: list[Finding]) -> Iterator[Finding]:
    """Report a loss that stays at what guessing gives, with the finding that is the reason."""
    hopeless = look.reference is not None and look.reference.held_out < 0.1
    if not (look.broken or look.learned < 0.05) or not (look.falls_short or others or hopeless):
        return
    codes = [finding.code for finding in others]
    guess, loss = look.scores.guess, look.end.loss
    if not math.isfinite(loss):
        message = _("The loss is NaN or infinite.")
    elif guess is not None:
        message = _("The loss is {loss:.3g}; guessing gives {guess:.3g}.", loss=loss, guess=guess)
    else:
        message = _("The network is no better than guessing (loss {loss:.3g}).", loss=loss)
    tried = None
    if codes:
        remedy = _("The reason: {code}.", code=codes[0])
    else:
        he, adam = new_weights(look.scores.train.x), own_optimizer(0.003, adam=True)
        tried = look.trial(adam) or look.trial(together(f"{he.change} {_('and')} {adam.change}", he, adam), share=0.2)
        if hopeless:
            remedy = _(
                "Another network learns nothing from these data either: check whether the inputs say anything about "
                "the targets."
            )
        else:
            remedy = _("Try another optimizer and new weights; then gradient_check, and a look at the data.")
    yield Finding("not-learning", message, remedy, {"loss": loss, "guess": guess}, tried, is_effect=bool(codes))
