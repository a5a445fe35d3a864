"""The trials of a search, which Optuna chooses and a journal keeps, shared out among any number of processes.

Optuna's journal does not tell whether the process is still there that runs a trial. So each running trial is covered by
a lock of the system, which vanishes with its process, however it ended; whoever finds a trial that runs and is not
locked takes it over, with its number and its parameters. Trials are begun and taken over under a lock of the search, by
one process at a time.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

from language import _
from training.search.definition import Definition, SearchFolder
from training.search.differences import by_flag
from training.search.journal import Journal
from training.search.locks import FileLock, free_lock
from training.search.space import Varied
from training.search.tried import CUT, DIVERGED, FAILED, WHOLE, Tried, tried

BEFORE_CUTTING = 5  # trials that must be whole, and ...
SHARE_BEFORE_CUTTING = 1 / 4  # of a trial's epochs


def optuna_module() -> ModuleType:
    """Return Optuna, which says nothing by itself.

    Raises
    ------
    ValueError
        When it is not installed.
    """
    try:
        import optuna
    except ImportError:
        said = _('a search needs Optuna, which is not installed: python -m pip install "chainrule[search]"')
        raise ValueError(said) from None
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    return optuna


class Task(NamedTuple):
    """A trial that this process runs.

    Attributes
    ----------
    trial : optuna.trial.Trial
    number : int
    params : dict
    lock : FileLock
    taken_over : bool
        Whether another process began it.
    """

    trial: Any
    number: int
    params: dict[str, Any]
    lock: FileLock
    taken_over: bool


class SharedStudy:
    """The trials of a search; made by one process at a time, in turn.

    Parameters
    ----------
    folder : SearchFolder
    definition : Definition
    seed : int
        Of what Optuna draws: one process alone makes the same trials again.

    Raises
    ------
    FileNotFoundError, ValueError
        When the journal is gone, or is that of another search.
    """

    def __init__(self, folder: SearchFolder, definition: Definition, seed: int = 0) -> None:
        self.optuna = optuna_module()
        self.folder, self.definition, self.seed = folder, definition, seed
        if not folder.journal.is_file():
            said = _("the journal of the search is gone: there is no {journal}", journal=folder.journal)
            raise FileNotFoundError(said)
        storage = self.optuna.storages.JournalStorage(Journal(folder.journal, folder.lock("journal")))
        names = [study.study_name for study in storage.get_all_studies()]
        if names and names != [definition.id]:
            said = _("{journal} is the journal of another search than {file}")
            raise ValueError(said.format(journal=folder.journal, file=folder.definition))
        pruner = self.optuna.pruners.MedianPruner(BEFORE_CUTTING, epochs_before_cutting(definition))
        if names:
            self.study = self.optuna.load_study(study_name=definition.id, storage=storage, pruner=pruner)
        else:
            direction = "minimize" if definition.kind == "values" else "maximize"
            self.study = self.optuna.create_study(
                study_name=definition.id, storage=storage, pruner=pruner, direction=direction
            )

    def begin(self, usual: Callable[[Varied], Any]) -> None:
        """Let the first trial be what is usual, as far as that lies in what is varied; called in turn."""
        if not self.trials():
            self.study.enqueue_trial({each.name: usual(each) for each in self.definition.vary})

    def trials(self) -> list[Any]:
        """Return all trials, as Optuna has them."""
        return self.study.get_trials(deepcopy=False)

    def seen(self) -> list[Tried]:
        """Return all trials that have begun, as plain data."""
        return [tried(trial) for trial in self.trials() if trial.state.name != "WAITING"]

    def next_task(self) -> Task | None:
        """Return a trial to run, one that was left behind before a new one; None when there is none; called in turn."""
        with self.folder.writing():
            self.definition = self.folder.read()._replace(places=self.definition.places)
            return self.left_behind() or self.new()

    def left_behind(self) -> Task | None:
        """Return a trial whose process is gone."""
        for frozen in self.trials():
            if frozen.state.name != "RUNNING":
                continue
            lock = free_lock(self.folder.lock(f"trial-{frozen.number}"))
            if lock is None:
                continue
            if self.study.get_trials(deepcopy=False)[frozen.number].state.name == "RUNNING":
                trial = self.optuna.trial.Trial(self.study, frozen._trial_id)
                return Task(trial, frozen.number, self.parameters(trial), lock, taken_over=True)
            lock.release()  # it came to its end between the two looks
        return None

    def new(self) -> Task | None:
        """Return a new trial, while there are fewer than there are to be."""
        trials = self.trials()
        waiting = any(trial.state.name == "WAITING" for trial in trials)
        if not waiting and len(trials) >= self.definition.trials:
            return None
        self.study.sampler = self.optuna.samplers.TPESampler(seed=self.seed + len(trials), constant_liar=True)
        trial = self.study.ask()
        lock = FileLock(self.folder.lock(f"trial-{trial.number}"))
        return Task(trial, trial.number, self.parameters(trial), lock, taken_over=False)

    def parameters(self, trial: Any) -> dict[str, Any]:
        """Return a trial's parameters: those that it has, and of what it has none, new ones."""
        return {each.name: suggested(trial, each) for each in self.definition.vary}

    def running(self) -> int:
        """Return how many trials have not come to their end."""
        return sum(not trial.state.is_finished() for trial in self.trials())

    def report(self, task: Task, epoch: int, value: float) -> bool:
        """Record what was measured after an epoch, and return whether the trial is hopeless; the first never is."""
        with self.folder.writing():
            frozen = self.trials()[task.number]
            if epoch not in frozen.intermediate_values:
                task.trial.report(value, epoch)
            return task.number > 0 and bool(task.trial.should_prune())

    def finish(self, task: Task, state: str, value: float | None = None, **known: Any) -> Tried:
        """Record how a trial ended, and let go of it."""
        states = self.optuna.trial.TrialState
        own = {WHOLE: states.COMPLETE, CUT: states.PRUNED, DIVERGED: states.PRUNED, FAILED: states.FAIL}[state]
        with self.folder.writing():
            for name, what in {"ended": state, **known}.items():
                task.trial.set_user_attr(name, what)
            self.study.tell(task.number, value if state == WHOLE else None, state=own)
        task.lock.release()
        return tried(self.trials()[task.number])


def epochs_before_cutting(definition: Definition) -> int:
    """Return how many epochs every trial has, whatever comes of them."""
    epochs = by_flag(definition.fixed).get("--epochs", "")  # not there where it is varied
    return max(1, round(SHARE_BEFORE_CUTTING * int(epochs or 4)))


def suggested(trial: Any, each: Varied) -> Any:
    """Return what Optuna suggests for an option, or what the trial has."""
    if each.choices:
        return trial.suggest_categorical(each.name, each.choices)
    if each.whole:
        return trial.suggest_int(each.name, int(each.low), int(each.high), log=each.log)
    return trial.suggest_float(each.name, each.low, each.high, log=each.log)
