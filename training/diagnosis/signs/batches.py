"""Are the batches shuffled, different from one another, and large enough?"""

import math
from collections.abc import Iterator

import numpy as np

from language import _
from training.diagnosis.finding import Finding
from training.diagnosis.laboratory import Remedy
from training.diagnosis.look import Look
from training.diagnosis.remedies import other_batches
from training.diagnosis.scores import answers_of, loss_of
from training.diagnosis.signs.labels import rows_of

PIECES = 10
SMALL = 8  # samples, up to which a batch is called small


def stale(look: Look) -> Iterator[Finding]:
    """Look for training data that repeat themselves, or of which only a piece, or the last class, was learned."""
    rows = rows_of(look.case.x_train, 5000)
    different = len(set(rows))
    if len(rows) >= 50 and different <= 0.2 * len(rows) and look.case.by_trainer and not look.learned > 0.95:
        yield Finding(
            "stale-data",
            _(
                "Of {count} training samples only {different} are different: the same ones come again and again.",
                count=len(rows),
                different=different,
            ),
            _("See how the samples are put together: a buffer that is filled again, or an index that stays the same?"),
            {"samples": len(rows), "different": different},
        )
    if look.case.by_trainer:
        return
    piece = learned_piece(look)
    if piece is None:
        return
    message, evidence = piece
    yield Finding(
        "stale-data",
        message,
        _("Draw each batch at random: rng.permutation(len(x)) once an epoch, then slice after slice of it."),
        evidence,
        look.trial(Remedy(_("with shuffled batches from all of the data")), share=0.2, steps=200),
    )


def learned_piece(look: Look) -> tuple[str, dict[str, object]] | None:
    """Return the sentence and the numbers of a piece of the data that alone was learned, None where there is none."""
    case, labels = look.case, look.scores.labels
    count = len(case.x_train)
    if count < 2 * PIECES or not look.falls_short:
        return None
    quality = np.array([piece_quality(look, slice(start, stop)) for start, stop in pieces_of(count)])
    if not np.isfinite(quality).all():
        return None
    for name, place in ((_("first"), 0), (_("last"), -1)):
        others = np.delete(quality, place)
        if quality[place] > others.max() and quality[place] - others.mean() > 0.3 and quality[place] > 0.6:
            if labels is not None and is_sorted(labels):
                break
            return _(
                "Only the {which} tenth of the training data was learned: {here:.0%} are right there, else {there:.0%}.",
                which=name,
                here=quality[place],
                there=others.mean(),
            ), {"tenth": name, "there": others.mean()}
    if labels is not None and is_sorted(labels):
        answers = answers_of(look.copy(), look.scores.train.x)
        if answers is not None and np.mean(answers == labels[-1]) > 0.6:
            return _(
                "The samples are sorted by label, and {share:.0%} get the class that came last as answer, {last}.",
                last=int(labels[-1]),
                share=np.mean(answers == labels[-1]),
            ), {"sorted": True}
    return None


def pieces_of(count: int) -> list[tuple[int, int]]:
    """Return the bounds of ten equal pieces."""
    edges = np.linspace(0, count, PIECES + 1).astype(int)
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def piece_quality(look: Look, piece: slice) -> float:
    """Return how good the network is on a piece of the training data: its accuracy, or its share above guessing."""
    case = look.case
    piece = slice(piece.start, min(piece.stop, piece.start + 100))
    network = look.copy()
    if look.scores.labels is not None:
        answers = answers_of(network, case.x_train[piece])
        return math.nan if answers is None else float(np.mean(answers == look.scores.labels[piece]))
    loss = loss_of(network, case.x_train[piece], case.t_train[piece])
    return 1 - loss / look.scores.guess if look.scores.guess and math.isfinite(loss) else math.nan


def is_sorted(labels: np.ndarray) -> bool:
    """Return whether equal labels stand together."""
    changes = np.count_nonzero(np.diff(labels))
    return bool(len(labels) >= 10 and changes <= 2 * len(np.unique(labels)))


def noisy(look: Look) -> Iterator[Finding]:
    """See whether the gradients of the batches point everywhere, and larger batches help."""
    case = look.case
    if not case.by_trainer or not look.falls_short:
        return
    noise = noise_of(look)
    if noise is None or noise < 4:
        return
    larger = min(len(case.x_train), max(32, 16 * case.batch_size))
    if larger < 2 * case.batch_size:
        return
    tried = look.trial(other_batches(larger), share=0.15)
    if tried is None:
        return
    small = case.batch_size <= SMALL
    yield Finding(
        "batch-too-small" if small else "noisy",
        _(
            "The gradients of batches of {size} differ {noise:.0f} times as much as they have in common.",
            size=case.batch_size,
            noise=noise,
        ),
        _("Take larger batches, or a lower learning rate towards the end."),
        {"batch_size": case.batch_size, "noise": noise},
        tried,
    )


def noise_of(look: Look, batches: int = 12) -> float | None:
    """Return the spread of the batches' gradients in multiples of their mean, at the start."""
    try:
        network, rng = look.laboratory.start(), np.random.default_rng(10)
        vectors = []
        for _number in range(batches):
            rows = rng.permutation(len(look.case.x_train))[: look.case.batch_size]
            grads = network.gradient(look.case.x_train[rows], look.case.t_train[rows])
            vectors.append(np.concatenate([np.ravel(grad)[:20_000] for grad in grads.values()]))
        found = np.array(vectors, float)
        mean = found.mean(axis=0)
        common = float(mean @ mean)
        spread = float(np.mean(np.sum((found - mean) ** 2, axis=1)))
        return math.sqrt(spread / common) if common > 0 else None
    except Exception:
        return None
