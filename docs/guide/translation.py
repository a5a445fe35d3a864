"""The Korean of the guide: catalogues in docs/locale, one for each page, as Sphinx and sphinx-intl have them.

::

    python -m docs.guide.translation update          after pages have changed; what has changed is fuzzy
    python -m docs.guide.translation missing         what is still to be translated, or does not go with its message
"""

import argparse
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from docs.guide.generated import here, write_generated
from docs.guide.markdown import CODE, MATH, messages, needs_no_words
from docs.guide.pages import DOCS, numbers_in

LOCALE = DOCS / "locale"
# The pages that there are in Korean.
TRANSLATED = ("index", "how-to", "teachers", "from-the-book", "glossary", "reference/index", "course/*")
TARGET = re.compile(r"\]\(([^)]*)\)")


def pages() -> list[str]:
    """Return the names of the pages that are translated, as Sphinx has them: ``course/08-affine``."""
    found = {path for pattern in TRANSLATED for path in DOCS.glob(f"{pattern}.md")}
    return sorted(path.relative_to(DOCS).with_suffix("").as_posix() for path in found)


def catalogue_path(page: str, language: str = "ko") -> Path:
    """Return where the translations of a page are."""
    return LOCALE / language / "LC_MESSAGES" / f"{page}.po"


def text_of(page: str) -> str:
    """Return the text of a page as Sphinx reads it."""
    path = DOCS / f"{page}.md"
    return here(DOCS, f"{page}.md", path.read_text(encoding="utf-8"))


@cache
def translations(page: str, language: str = "ko") -> dict[str, str]:
    """Return the translated messages of a page that are not fuzzy."""
    path = catalogue_path(page, language)
    if not path.exists():
        return {}
    with open(path, "rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string and not m.fuzzy}


def complaints(page: str) -> Iterator[str]:
    """Yield what is wrong with the translation of a page: what is missing, and what does not go with its message."""
    known = translations(page)
    for message in messages(text_of(page)):
        if message not in known:
            yield f"{page}: not translated: {message}"
        else:
            yield from (f"{page}: {complaint}: {message}" for complaint in differences(message, known[message]))


def differences(message: str, translation: str) -> Iterator[str]:
    """Yield in what a translation differs from its message and must not: formulas, code, links, numbers.

    >>> list(differences("$y$ is 3.5", "$y$는 4.5"))
    ['other numbers']
    """
    for name, pattern in (("formulas", MATH), ("code", CODE), ("links", TARGET)):
        if Counter(pattern.findall(message)) != Counter(pattern.findall(translation)):
            yield f"other {name}"
    if re.match(r"\d+\. ", translation):
        yield "a number with a point begins a list; write 1\\."
    plain, other = (MATH.sub(" ", CODE.sub(" ", TARGET.sub("]", text))) for text in (message, translation))
    if Counter(numbers_in(spaced(plain))) != Counter(numbers_in(spaced(other))):
        yield "other numbers"


def spaced(text: str) -> str:
    """Return a text in which Hangul does not touch numbers, as its particles do."""
    return re.sub(r"(?<=[가-힣])(?=[\d-])|(?<=\d)(?=[가-힣])", " ", text)


def extract(folder: Path) -> None:
    """Write the messages of the pages into .pot files: those that Sphinx finds, and the words of pictures."""
    write_generated(DOCS)
    options = "-m sphinx -q -b gettext -D nb_execution_mode=off".split()
    words = [sys.executable, *options, str(DOCS), str(folder)]
    result = subprocess.run(words, cwd=DOCS, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"Sphinx could not extract the messages: {result.stderr}")
    wanted = {folder / f"{page}.pot" for page in pages()}
    for path in folder.rglob("*.pot"):
        if path not in wanted:
            path.unlink()
    for page in pages():
        path = folder / f"{page}.pot"
        catalogue = read_catalogue(path)
        for message in messages(text_of(page)):
            if message not in catalogue:
                catalogue.add(message)
        write_catalogue(path, catalogue)


def read_catalogue(path: Path) -> Catalog:
    """Return a catalogue from its file."""
    with open(path, "rb") as file:
        return read_po(file)


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue into its file, without a head that changes each time; a brace is a brace here."""
    for message in catalogue:
        message.flags.discard("python-brace-format")
        message.flags.discard("python-format")
    with open(path, "wb") as file:
        write_po(file, catalogue, width=120, omit_header=True, ignore_obsolete=True, no_location=True)


def update() -> None:
    """Bring the catalogues up to date with the pages."""
    folder = DOCS / "_build" / "gettext"
    extract(folder)
    words = [sys.executable, *"-m sphinx_intl update -l ko -w 120".split(), "-p", str(folder), "-d", str(LOCALE)]
    subprocess.run(words, check=True, cwd=DOCS, stdout=subprocess.DEVNULL)
    for page in pages():
        catalogue = read_catalogue(catalogue_path(page))
        for message in catalogue:
            if message.id and not message.string and needs_no_words(str(message.id)):
                message.string = message.id
        write_catalogue(catalogue_path(page), catalogue)


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["update", "missing"])
    parser.add_argument("page", nargs="*", help="course/08-affine, for example; without, all pages")
    options = parser.parse_args()
    if options.what == "update":
        update()
        return 0
    found = [complaint for page in options.page or pages() for complaint in complaints(page)]
    print("\n".join(found) or "nothing is missing")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
