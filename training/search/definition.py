"""What a search is: its data, what is fixed and what is varied; kept in ``search.json`` for all its processes."""

import argparse
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from datasets.opening import IN_PACKAGE, Dataset
from language import _
from networks.files.whole_file import UNFINISHED, whole_file
from training.command.dataset import open_dataset
from training.search.locks import locked
from training.search.options import TRIALS, VALIDATION, parse_trial, place_words, places_of
from training.search.space import Varied, usual_space, usual_values, varied

FORMAT, VERSION, NAME = "chainrule search", 1, "search.json"
RESOLVED = ("epochs", "batch_size")  # of the whole training data: what is usual may depend on how many there are


class Definition(NamedTuple):
    """What a search is.

    Attributes
    ----------
    id : str
        Another one for each search.
    fixed : tuple of str
        Words for ``train.py``, without the places of its data.
    vary : tuple of Varied
    validation : float
        The share of the training data that is held out.
    trials : int
        How many there will be; the only part that may change.
    dataset, source, checksum, kind : str
        Of the whole data.
    places : dict of str to str
        Where they are: ``data`` or ``data_dir``, as far as it was said.
    """

    id: str
    fixed: tuple[str, ...]
    vary: tuple[Varied, ...]
    validation: float
    trials: int
    dataset: str
    source: str
    checksum: str
    kind: str
    places: dict[str, str]

    def as_json(self) -> str:
        """Return it as the content of ``search.json``."""
        own = {**self._asdict(), "fixed": list(self.fixed), "vary": [str(each) for each in self.vary]}
        return json.dumps({"format": FORMAT, "version": VERSION, **own}, indent=2, ensure_ascii=False) + "\n"

    def words(self) -> list[str]:
        """Return the words for ``train.py`` that stay fixed, with the places of the data."""
        return [*self.fixed, *place_words(self.places)]


class SearchFolder:
    """The folder of a search and what lies in it.

    Attributes
    ----------
    path : Path
    definition, journal, page : Path
        Files.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.definition, self.journal, self.page = path / NAME, path / "journal.log", path / "search.html"
        self.locks, self.trials = path / "locks", path / "trials"

    def lock(self, name: str) -> Path:
        """Return the file that stands for a lock."""
        return self.locks / name

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Decide something as the only process that does."""
        with locked(self.lock("turn")):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Name the folder in errors of writing to it, such as a full disk."""
        try:
            yield
        except OSError as error:
            said = _("cannot write to the search in {folder}: {error}; what it has recorded is not lost")
            raise OSError(said.format(folder=self.path, error=error.strerror or error)) from None

    def require_own(self) -> None:
        """Raise an error where the folder is a file, or holds something else."""
        if self.path.exists() and not self.path.is_dir():
            raise NotADirectoryError(_("{path} is a file, expected a folder for the search", path=self.path))
        if self.path.is_dir() and not self.definition.exists() and self.has_other_files():
            said = _("{folder} holds files and no {name}, so it is no search; choose another folder")
            raise FileExistsError(said.format(folder=self.path, name=NAME))

    def prepare(self) -> None:
        """Make what is needed to take part, also by two processes at the same moment."""
        self.require_own()
        with self.writing():
            for folder in (self.path, self.locks, self.trials):
                folder.mkdir(parents=True, exist_ok=True)

    def has_other_files(self) -> bool:
        """Return whether there are files that no search has left that was killed when it began."""
        own = {self.locks, self.trials, self.journal, *self.path.glob(UNFINISHED)}
        return any(each not in own or (each == self.journal and each.stat().st_size) for each in self.path.iterdir())

    def read(self) -> Definition:
        """Return the search that is in the folder.

        Raises
        ------
        FileNotFoundError, ValueError
            When there is none, or its file is none of a search.
        """
        if not self.definition.is_file():
            raise FileNotFoundError(_("there is no search in {folder}: it has no {name}", folder=self.path, name=NAME))
        try:
            content = json.loads(self.definition.read_text(encoding="utf-8"))
            found = content["format"], content["version"]
            if found != (FORMAT, VERSION):
                raise ValueError(_("it is of format {found}, expected {right}", found=found, right=(FORMAT, VERSION)))
            own = {name: content[name] for name in Definition._fields}
            own |= {"fixed": tuple(own["fixed"]), "vary": tuple(varied(text) for text in own["vary"])}
            return Definition(**own)
        except (ValueError, KeyError, TypeError, argparse.ArgumentTypeError) as error:
            raise ValueError(
                _("{file} is not the file of a search: {error}", file=self.definition, error=error)
            ) from None

    def write(self, definition: Definition) -> None:
        """Write the search, whole or not at all."""
        with self.writing():
            if not self.definition.exists():
                self.journal.touch()
            with whole_file(self.definition) as file:
                file.write(definition.as_json().encode())

    def keep_page(self, save: Callable[[Any], None]) -> None:
        """Write the page, whole or not at all."""
        with self.writing(), whole_file(self.page) as file:
            save(file)


def asked(options: argparse.Namespace, program: str) -> tuple[Definition, Dataset]:
    """Return the search that the command line asks for, and its whole data."""
    places = places_of(options)
    began = parse_trial(options.fixed, places, (), {}, program)
    data = open_dataset(began)
    space = tuple(options.vary or usual_space(data, began))
    usual, names = usual_values(data, began), {each.name for each in space}
    fixed = [*options.fixed]
    if began.data is None and "--dataset" not in fixed:  # not what another machine has instead
        fixed += ["--dataset", "digits" if data.source == IN_PACKAGE else "mnist"]
    for name in RESOLVED:
        if getattr(began, name) is None and name not in names:
            fixed += [f"--{name.replace('_', '-')}", str(usual[name])]
    return (
        Definition(
            secrets.token_hex(8),
            tuple(fixed),
            space,
            options.validation or VALIDATION,
            options.trials or TRIALS,
            data.name,
            data.source if data.source == IN_PACKAGE else str(Path(data.source).resolve()),
            data.checksum(),
            data.kind,
            places,
        ),
        data,
    )


def data_of(definition: Definition, folder: Path, program: str) -> Dataset:
    """Return the data of a search; an error where those that are here are others."""
    data = open_dataset(parse_trial(definition.fixed, definition.places, (), {}, program))
    require_data(definition, folder, data)
    return data


def require_data(definition: Definition, folder: Path, data: Dataset) -> None:
    """Raise ValueError where data are not those of the search."""
    if data.checksum() != definition.checksum:
        said = _(
            "the data in {source} are not those of the search in {folder}, which were in {began}; say with {options} "
            "where they are"
        )
        began = {"source": _(data.source), "folder": folder, "began": _(definition.source)}
        raise ValueError(said.format(options="--data, --data-dir", **began))
