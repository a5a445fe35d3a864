"""Are the batches shuffled, different from one another, and large enough?"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from language import _
from training.diagnosis.finding import Finding
from training.diagnosis.laboratory import Remedy
from training.diagnosis.look import Look
from training.diagnosis.remedies import other_batches
from training.diagnosis.scores import answers_of
from training.signs.labels import rows_of

PIECES = 10
SMALL = 8  # samples, up to which a batch is called small


def stale(look: Look) -> Iterator[Finding]:
    """Look for batches that repeat themselves, or show only a part of the data."""
    if look.case.by_trainer:
        yield from repeated(look)
        return
    piece = not_like_the_rest(look) or learned_piece(look)
    if piece is not None:
        message, evidence = piece
        yield Finding(
            "stale-data",
            message,
            _("Draw each batch at random: rng.permutation(len(x)) once an epoch, then take one slice after another."),
            evidence,
            look.trial(Remedy(_("with shuffled batches from all of the data")), share=0.2, steps=200),
        )


def repeated(look: Look) -> Iterator[Finding]:
    """Look for training samples that are the same again and again, whichever are asked for."""
    rows = drawn_rows(look)
    different, shares = len(set(rows)), look.scores.above_guessing
    behind = look.test is None or shares(look.end) - shares(look.test) > 0.05 or look.falls_short
    if len(rows) < 40 or different > 0.2 * len(rows) or not behind:
        return
    yield Finding(
        "stale-data",
        _(
            "Of {count} training samples only {different} are different: the same ones come again and again.",
            count=len(rows),
            different=different,
        ),
        _("See how the samples are put together: copies, a buffer that is filled again, an index that stays the same?"),
        {"samples": len(rows), "different": different},
    )


def drawn_rows(look: Look) -> list[int]:
    """Return samples as they are drawn in batches."""
    case, rng = look.case, np.random.default_rng(11)
    order = rng.permutation(len(case.x_train))[:2000]
    found: list[int] = []
    for start in range(0, len(order), case.batch_size):
        found += rows_of(case.x_train[order[start : start + case.batch_size]])
    return found


def not_like_the_rest(look: Look) -> tuple[str, dict[str, object]] | None:
    """Return the sentence and the numbers of batches with a far smaller loss than all of the training data have."""
    losses = look.case.losses
    if len(losses) < 20 or look.broken or look.rose or look.scores.guess is None:
        return None
    last = float(np.mean(losses[-max(5, len(losses) // 20) :]))
    if not math.isfinite(last) or last > 0.35 * look.end.loss or look.end.loss < 0.15 * look.scores.guess:
        return None
    return _(
        "The loss on the batches came down to {batches:.3g}, on all training data it is {all:.3g}: the batches are "
        "the same few samples again and again.",
        batches=last,
        all=look.end.loss,
    ), {"batches": last, "all": look.end.loss}


def learned_piece(look: Look) -> tuple[str, dict[str, object]] | None:
    """Return the sentence and the numbers of a piece of the data that alone was learned, None where there is none."""
    case, labels = look.case, look.scores.labels
    count = len(case.x_train)
    if count < 2 * PIECES or labels is None or not look.falls_short:
        return None
    quality = np.array([piece_quality(look, slice(start, stop)) for start, stop in pieces_of(count)])
    if not np.isfinite(quality).all():
        return None
    in_order = labels is not None and is_sorted(labels)
    if in_order and quality.max() > 0.6 and quality.min() < 0.3:
        best = int(quality.argmax()) + 1
        return _(
            "The samples are sorted by label, and what came last is known best: {best:.0%} are right in tenth {tenth} "
            "of the training data, {least:.0%} in the worst one.",
            best=quality.max(),
            tenth=best,
            least=quality.min(),
        ), {"sorted": True, "tenths": quality.tolist()}
    for name, place in ((_("first"), 0), (_("last"), -1)):
        others = np.delete(quality, place)
        if (
            not in_order
            and quality[place] > 0.6
            and quality[place] - others.mean() > 0.3
            and quality[place] > others.max()
        ):
            return _(
                "Only the {which} tenth of the training data was learned: {here:.0%} right there, {there:.0%} "
                "elsewhere.",
                which=name,
                here=quality[place],
                there=others.mean(),
            ), {"tenth": name, "there": others.mean()}
    return None


def pieces_of(count: int) -> list[tuple[int, int]]:
    """Return the bounds of ten equal pieces."""
    edges = np.linspace(0, count, PIECES + 1).astype(int)
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def piece_quality(look: Look, piece: slice) -> float:
    """Return the network's accuracy on a piece of the training data."""
    case = look.case
    piece = slice(piece.start, min(piece.stop, piece.start + 100))
    network = look.copy()
    answers = answers_of(network, np.array(case.x_train[piece]))
    if answers is None or look.scores.labels is None:
        return math.nan
    return float(np.mean(answers == look.scores.labels[piece]))


def is_sorted(labels: np.ndarray) -> bool:
    """Return whether equal labels stand together."""
    changes = np.count_nonzero(np.diff(labels))
    return bool(len(labels) >= 10 and changes <= 2 * len(np.unique(labels)))


def noisy(look: Look) -> Iterator[Finding]:
    """See whether the gradients of the batches point everywhere, and larger batches help."""
    case = look.case
    if not case.by_trainer or not look.falls_short:
        return
    noise, small = noise_of(look), case.batch_size <= SMALL
    if noise is None or noise < (1.5 if small else 4):
        return
    larger = min(len(case.x_train), max(32, 16 * case.batch_size))
    if larger < 2 * case.batch_size:
        return
    tried = look.trial(other_batches(larger), share=0.15)
    if tried is None:
        return
    yield Finding(
        "batch-too-small" if small else "noisy",
        _(
            "The gradient of a batch of {size} is mostly chance: its noise is {noise:.0f} times its mean.",
            size=case.batch_size,
            noise=noise,
        ),
        _("Take larger batches, or a lower learning rate towards the end."),
        {"batch_size": case.batch_size, "noise": noise},
        tried,
    )


def noise_of(look: Look, batches: int = 12) -> float | None:
    """Return the spread of the batches' gradients in multiples of their mean, at the start."""
    network, rng = look.laboratory.start(), np.random.default_rng(10)
    common = in_a_row(network.gradient(look.scores.train.x, look.scores.train.t))
    distances = []
    for _number in range(batches):
        rows = rng.permutation(len(look.case.x_train))[: look.case.batch_size]
        gradient = in_a_row(network.gradient(look.case.x_train[rows], look.case.t_train[rows]))
        distances.append(float(np.sum((gradient - common) ** 2)))
    size = float(common @ common)
    return math.sqrt(float(np.mean(distances)) / size) if size > 0 else None


def in_a_row(grads: Mapping[str, Any]) -> np.ndarray:
    """Return the gradients as one vector, of each parameter the first 20,000."""
    return np.concatenate([np.ravel(grad)[:20_000] for grad in grads.values()]).astype(float)
