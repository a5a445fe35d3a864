"""How a layer or functions are meant to be called, and with what: found out by names and by trial."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradients.calling.likeness import gives_scores, is_multiple
from gradients.calling.modes import switch_on_training
from gradients.calling.other_inputs import for_other_inputs
from gradients.calling.prepared import Prepared, Raised
from gradients.calling.problems import CannotCheck, NoInputs, no_gradient, nothing_to_differentiate, wants_old_division
from gradients.calling.readings import Reading, readings
from gradients.calling.roles import arguments_of
from gradients.calling.scenes import N
from gradients.calling.set_elsewhere import is_set_elsewhere, or_through_call
from gradients.calling.settling import settle
from gradients.calling.suitable import UNWRITTEN, fits, is_alternative, working, worth_going_on
from gradients.measuring.arguments import kind_of
from gradients.measuring.manner import NONE
from gradients.measuring.point import LayerRaised
from gradients.measuring.precise_copy import deep_copy
from gradients.measuring.remembering import remembers
from gradients.measuring.subject import Subject
from gradients.measuring.surroundings import class_state
from language import _

Pair = tuple[str, str, bool]  # the names of forward and backward, and whether the second is that of a derivative
PATIENCE = 6.0  # seconds of the processor, after which no other inputs are tried that are not needed
MOST_INPUTS = 14  # with which forward works, that are tried
# Errors that no other input mends.
BROKEN = (SystemExit, NameError, UnboundLocalError, SyntaxError)


@dataclass
class Attempt:
    """A subject that ran, with the share of its gradients that are right at a first look."""

    subject: Subject
    share: float


def prepare(thing: Any, pairs: Sequence[Pair], candidates: Iterable[Any], seed: int, fixed: bool = False) -> Prepared:
    """Find out how a layer or functions are meant to be called, and with what.

    Parameters
    ----------
    thing : object
    pairs : sequence of (forward, backward, gives a derivative)
        The methods that may be meant.
    candidates : iterable of tuple
        Inputs to try.
    fixed : bool
        Whether they were given, and not guessed: the layer must run with them.

    Raises
    ------
    CannotCheck
        When forward works with none of the inputs, or no way to call backward is found.
    TypeError
        When there is nothing to differentiate.
    """
    name = getattr(thing, "names", "") or type(thing).__name__
    twin, mode = in_training(thing)
    state, inputs = class_state(thing), list(candidates)
    attempt, raised = or_through_call(first_attempt, twin, state, pairs, inputs, seed, name, fixed)
    if attempt is not None:
        attempt.subject.remembers = remembers(attempt.subject)
    if attempt is not None and not fixed:
        attempt.subject.batch_axis = batch_axis(attempt.subject.point.inputs)
    return Prepared(name, attempt and attempt.subject, raised, mode, share=0.5 if attempt is None else attempt.share)


def batch_axis(inputs: Sequence[Any]) -> int:
    """Return the axis of samples of inputs that were drawn here, which are always as many."""
    shape = next((np.shape(x) for x in inputs if np.ndim(x) and N in (np.shape(x)[0], np.shape(x)[-1])), ())
    return -1 if len(shape) > 1 and shape[0] != N == shape[-1] else 0


def in_training(thing: Any) -> tuple[Any, str]:
    """Return a thing in training mode, a copy where it was not, and what was done."""
    try:
        twin = deep_copy(thing)
        done = switch_on_training(twin)
    except Exception:
        return thing, ""
    return (twin, done) if done else (thing, "")


def first_attempt(
    thing: Any, state: Any, pairs: Sequence[Pair], candidates: list[Any], seed: int, name: str, fixed: bool
) -> tuple[Attempt | None, Any]:
    """Return the attempt that comes out right, else the likeliest that runs; where none does, what was raised."""
    attempts: list[Attempt] = []
    raised: Raised | None = None
    errors: list[tuple[Any, BaseException]] = []
    unbound, empty, started = "", False, time.process_time()
    for forward, backward, slope in pairs:
        for number, inputs in enumerate(working(thing, state, forward, candidates, errors, fixed)):
            if attempts and not is_alternative(attempts[0].subject, inputs):
                continue
            found = readings(thing, forward, backward, slope, inputs)
            settled = settle(thing, found, seed, name, closely=bool(attempts))
            if settled.subject is not None:
                keep(attempts, Attempt(settled.subject, settled.share), seed)
                if is_enough(attempts, time.process_time() - started):
                    break
            elif settled.empty:
                empty = True
                if fixed:
                    raise TypeError(nothing_to_differentiate(name, inputs))
            elif settled.raised is not None:
                raised = raised or Raised(settled.raised, _(" and ").join(map(kind_of, inputs)))
                if not is_plain(found) or is_called_wrongly(thing, forward, backward, settled.raised):
                    unbound = unbound or str(settled.raised)
            if number == MOST_INPUTS:
                break
        if attempts or (raised is not None and not unbound and not is_of_another(thing, backward, raised)):
            break
    if attempts and not fixed and all(attempt.share < 1.0 for attempt in attempts):
        other = for_other_inputs(thing, pairs[0], attempts[0].subject, seed, name)
        attempts += [Attempt(other, 1.0)] if other is not None else []
    if attempts:
        right = [attempt for attempt in attempts if attempt.share == 1.0]
        return (right[0] if right else attempts[-1]), None
    if empty and raised is None:
        raise CannotCheck(no_gradient(name, pairs[0][1]))
    return None, none_ran(name, pairs, raised, errors, unbound, fixed)


def keep(attempts: list[Attempt], attempt: Attempt, seed: int) -> None:
    """Keep the first attempt, one that comes out right, and one that tells more than the first."""
    if not attempts or attempt.share == 1.0:
        attempts.append(attempt)
    elif attempt.share > attempts[0].share or tells_more(attempt.subject, attempts[0].subject, seed):
        attempts[0] = attempt


def tells_more(subject: Subject, other: Subject, seed: int) -> bool:
    """Return whether one of two subjects that came out wrong tells more than the other.

    Its inputs fit where those of the other do not; or it is a loss that is right but for a factor, or as the gradient
    of scores, which for other targets, such as some that are no probabilities, is wrong in a way that has no name.
    """
    if not fits(subject) or not fits(other):
        return fits(subject)
    return any(tells(subject, seed) and not tells(other, seed) for tells in (is_multiple, gives_scores))


def is_enough(attempts: list[Attempt], seconds: float) -> bool:
    """Return whether no other inputs are to be tried, after so many seconds."""
    if attempts[-1].share == 1.0 or not worth_going_on(attempts[0].subject):
        return True
    return seconds > PATIENCE and fits(attempts[0].subject)


def none_ran(
    name: str, pairs: Sequence[Pair], raised: Raised | None, errors: list[Any], unbound: str, fixed: bool
) -> Raised:
    """Return what the layer raised, where it is its own fault; raise CannotCheck where it may be that of the call."""
    if raised is None and any(e is UNWRITTEN for _, e in errors):
        raise CannotCheck(
            _("{name}: left out, it is unfinished: the output of {forward} is None", name=name, forward=pairs[0][0])
        )
    if errors and raised is None and all(isinstance(e, NotImplementedError) for _, e in errors):
        raise CannotCheck(_("{name}: left out, it is unfinished or only a base class (NotImplementedError)", name=name))
    if raised is not None and not unbound and (fixed or is_own_fault(raised.error.error)):
        return raised
    if raised is not None:
        raise CannotCheck(
            _(
                "{name}: {error}. It may be right, but called in another way than it is meant. Give the shapes that "
                "forward takes, as in --input 4,5 (once for each), or say how to make the object, as in --make",
                name=name,
                error=unbound or raised.error,
            )
        ) from raised.error.error
    inputs, error = most_telling(errors)
    if error is not None and (fixed or all(isinstance(e, BROKEN) for _, e in errors)):
        shapes = ", ".join(f"shape {np.shape(x)}" if isinstance(x, np.ndarray) else repr(x) for x in inputs)
        broken = LayerRaised(f"{pairs[0][0]}({shapes})", error)
        return Raised(broken, _(" and ").join(map(kind_of, inputs)))
    shapes = _(" and ").join(str(np.shape(x)) for x in inputs)
    said = (
        _("on shape {shapes} it raised {kind}: {error}", shapes=shapes, kind=type(error).__name__, error=error)
        if error
        else _("its results were not finite")
    )
    raise NoInputs(
        _(
            "{name}: forward works with none of the inputs that were tried; {said}. Give the shapes that it takes, as "
            "in --input 4,5 (once for each input; --labels 10 for labels), or say how to make the object, as in --make",
            name=name,
            said=said,
        )
    ) from error


def is_own_fault(error: BaseException) -> bool:
    """Return whether an error is the layer's own: it does not look like that of a call with something unexpected."""
    if error is NONE:  # forward returns nothing, whatever it is given
        return True
    if isinstance(error, IndexError):
        return "integer" not in str(error)
    if isinstance(error, AttributeError):
        return not any(word in str(error) for word in ("'numpy.ndarray'", "'NoneType'", "attribute 'backward'"))
    if isinstance(error, ValueError) and ("reshape" in str(error) or "inhomogeneous" in str(error)):
        return False
    return not isinstance(error, (TypeError, AssertionError, NotImplementedError, ImportError, KeyError))


def most_telling(errors: Sequence[tuple[Any, BaseException]]) -> tuple[Any, BaseException | None]:
    """Return inputs and what forward raised for them: where that tells what is missing, else where it came farthest."""
    for inputs, error in errors:
        if isinstance(error, ImportError) or wants_old_division(error):
            return inputs, error
    return max(errors, key=lambda pair: steps_before(pair[1]), default=((), None))


def steps_before(error: BaseException) -> int:
    """Return in which line of the method that was called an error was raised."""
    trace = error.__traceback__
    return trace.tb_next.tb_lineno if trace is not None and trace.tb_next is not None else 0


def is_called_wrongly(thing: Any, forward: str, backward: str, raised: LayerRaised) -> bool:
    """Return whether a backward takes no dout, or lacks what only another method sets: it is not known here how."""
    takes_nothing = bool(backward) and raised.call.startswith(backward) and not arguments_of(getattr(thing, backward))
    return takes_nothing or is_set_elsewhere(raised.error, forward, backward)


def is_of_another(thing: Any, backward: str, raised: Raised) -> bool:
    """Return whether a backward is that of a base class, which calls what the class has in another way than it is."""
    return backward not in vars(type(thing)) and isinstance(raised.error.error, TypeError)


def is_plain(found: list[Reading]) -> bool:
    """Return whether backward takes dout, or nothing, and so cannot have been called wrongly."""
    return not found or found[0].manner.takes is None
