"""What students handed in: folders, archives and the exports of course systems, as the files of each student."""

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from language import _

SUFFIXES = (".py", ".ipynb")
MOST_BYTES = 2_000_000  # of a file
MOST_FILES = 10_000  # in an archive
MOST_UNPACKED = 50_000_000  # bytes of all files of a student's archive
MOODLE = re.compile(r"^(?P<student>.+?_\d+)_assignsubmission_(?:file|onlinetext)_?(?P<rest>.*)$")
NUMBERED = re.compile(r"^(?P<name>.+)_(?P<number>\d+)$")  # whose it is in an export of Moodle's
DAMAGED = (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, struct.error, zlib.error, lzma.LZMAError)
METADATA = "submission_metadata.yml"  # of Gradescope's export
File = tuple[int, bytes | None]  # its size, and its content where it can be read


@dataclass
class Submission:
    """What one student handed in.

    Attributes
    ----------
    student : str
        The name of the folder or archive, or that of an export.
    files : dict of str to bytes
        Python files and notebooks, by their paths in it.
    remarks : list of str
        What was left out, and why.
    """

    student: str
    files: dict[str, bytes] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def add(self, path: str, size: int, content: bytes | None) -> None:
        """Take a file, unless it is too large or of another kind."""
        if not path.lower().endswith(SUFFIXES) or "__MACOSX" in path or PurePosixPath(path).name.startswith("."):
            return
        path = writable(path)
        if size > MOST_BYTES:
            said = _("{path} has {size:,} bytes; at most {most:,} are read", path=path, size=size, most=MOST_BYTES)
            self.remarks.append(said)
            self.files[path] = b""
        elif content is None:
            self.remarks.append(_("{path} cannot be read", path=path))
        else:
            self.files[path] = content


def read_submissions(path: Path, exercises: list[str]) -> list[Submission]:
    """Return the submissions in a folder or archive, in the order of the students' names.

    Each student has a folder, an archive, or, where one exercise is asked for, a file. A folder that holds the files of
    the exercises itself is one submission.

    Raises
    ------
    ValueError
        When there is nothing.
    """
    if not path.exists():
        raise ValueError(_("there are no submissions in {path}: no such folder or archive", path=path))
    tree = without_common_folder({name: file for name, file in files_of(path) if is_handed_in(name)}, exercises)
    listed = tree.pop(METADATA, (0, b""))[1]
    names = export_names((listed or b"").decode("utf-8", "replace")) | moodle_names(tree)
    found: dict[str, Submission] = {}
    top = {PurePosixPath(name).parts[0] for name in tree}
    one = any(PurePosixPath(name).stem in exercises for name in top if name.lower().endswith(SUFFIXES))
    for name, (size, content) in tree.items():
        student, rest = (path.stem, name) if one else owner(name)
        submission = found.setdefault(student, Submission(writable(names.get(student, student))))
        if rest.lower().endswith(".zip") and content is not None:
            add_archive(submission, content)
        else:
            submission.add(rest, size, content)
    if not found:
        raise ValueError(_("{path} holds no submissions: expected a folder or archive for each student", path=path))
    return sorted(found.values(), key=lambda submission: submission.student)


def writable(name: str) -> str:
    """Return a name as one that can be written: a file's name may hold bytes that are no letters."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def owner(name: str) -> tuple[str, str]:
    """Return whose file it is, and its path in what that student handed in.

    >>> owner("anna/affine.py"), owner("anna.zip"), owner("Anna Kim_4711_assignsubmission_file_/relu.py")
    (('anna', 'affine.py'), ('anna', 'anna.zip'), ('Anna Kim_4711', 'relu.py'))
    """
    path = PurePosixPath(name)
    first, rest = path.parts[0], "/".join(path.parts[1:])
    moodle = MOODLE.match(first)
    if moodle:
        return moodle["student"], rest or moodle["rest"]
    return (first, rest) if rest or name.endswith("/") else (path.stem, name)


def is_handed_in(name: str) -> bool:
    """Return whether a path is a student's: not what systems put beside theirs, nor a stray file such as notes.txt."""
    first = PurePosixPath(name).parts[0]
    is_stray = first == name and not (name.lower().endswith((*SUFFIXES, ".zip", METADATA)) or MOODLE.match(name))
    return not (first.startswith(".") or first == "__MACOSX" or is_stray)


def without_common_folder(tree: dict[str, File], exercises: list[str]) -> dict[str, File]:
    """Return files by their paths in the one folder that holds all of them, where that is no student's.

    It is none where several in it have handed in the same, or where Gradescope or Moodle has written their names.
    """
    parts = {name: PurePosixPath(name).parts for name in tree}
    if len({path[0] for path in parts.values()}) != 1 or any(MOODLE.match(path[0]) for path in parts.values()):
        return tree
    inside = {"/".join(path[1:]) + "/" * name.endswith("/"): tree[name] for name, path in parts.items() if path[1:]}
    owners = {(path[1], PurePosixPath(path[-1]).stem) for path in parts.values() if len(path) > 2}
    handed_in = [stem for _, stem in owners if stem in exercises]
    archives = [path for path in parts.values() if len(path) == 2 and path[1].lower().endswith(".zip")]
    of_export = METADATA in inside or any(map(MOODLE.match, inside))
    is_common = of_export or len(handed_in) > len(set(handed_in)) or len(archives) > 1
    return inside if is_common else tree


def moodle_names(tree: dict[str, File]) -> dict[str, str]:
    """Return the names of students in an export of Moodle's: with the number where two have the same."""
    found = {match["student"] for name in tree if (match := MOODLE.match(PurePosixPath(name).parts[0]))}
    split = {student: match for student in found if (match := NUMBERED.match(student))}
    plain = [match["name"] for match in split.values()]
    return {
        student: match["name"] if plain.count(match["name"]) == 1 else f"{match['name']} ({match['number']})"
        for student, match in split.items()
    }


def files_of(path: Path) -> Iterator[tuple[str, File]]:
    """Yield the files in a folder or archive: their paths in it, sizes and contents. A folder's path ends with /."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield file.relative_to(path).as_posix(), read(file)
            elif file.is_dir() and file.parent == path:
                yield f"{file.relative_to(path).as_posix()}/", (0, None)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield from members(archive)
    except DAMAGED as error:
        said = _("{path} is neither a folder nor a zip archive: {error}", path=path, error=error)
        raise ValueError(said) from error


def read(file: Path) -> File:
    """Return a file's size and content; no content where it cannot be read, or is too large."""
    try:
        size = file.stat().st_size
        limit = 50 * MOST_BYTES if file.suffix.lower() == ".zip" else MOST_BYTES
        return size, file.read_bytes() if size <= limit else None
    except OSError:
        return 0, None


def members(archive: zipfile.ZipFile) -> Iterator[tuple[str, File]]:
    """Yield the files in an archive; whatever its names say, nothing is written."""
    for info in archive.infolist()[:MOST_FILES]:
        if info.is_dir():
            yield info.filename, (0, None)
            continue
        wanted = info.file_size <= MOST_BYTES and info.filename.lower().endswith((*SUFFIXES, ".zip", METADATA))
        try:
            yield info.filename, (info.file_size, archive.read(info)[: MOST_BYTES + 1] if wanted else None)
        except DAMAGED:  # or with a password
            yield info.filename, (0, None)


def add_archive(submission: Submission, content: bytes) -> None:
    """Take the files in a student's archive."""
    import io

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            left = MOST_UNPACKED
            for name, (size, text) in members(archive):
                left -= len(text or b"")
                submission.add(name, size, text if left >= 0 else None)
                if left < 0:
                    return
    except DAMAGED as error:
        submission.remarks.append(_("the archive cannot be read: {error}", error=error))


def export_names(text: str) -> dict[str, str]:
    """Return the students' names by their folders, as Gradescope's export lists them."""
    names: dict[str, str] = {}
    folder = ""
    for line in text.splitlines():
        if match := re.match(r"^(submission_\d+):", line):
            folder = match[1]
        elif folder and folder not in names and (match := re.match(r"^\s*-?\s*:?name: (.+)$", line)):
            name = match[1].strip().strip("\"'")
            while name in names.values():
                name = f"{name} ({folder})"
            names[folder] = name
    return names
