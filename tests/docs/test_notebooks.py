"""Each chapter is a notebook, too: in step with its page, and it runs; every number in the text is computed."""

import json
import re

import pytest

from guide_support import NAMES
from language import LANGUAGES
from tests_support import part


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_in_step_with_its_page(guide, chapters, name, language):
    notebooks = guide["notebooks"]
    kept = notebooks.path_of(name, language).read_text(encoding="utf-8")
    assert kept == notebooks.text_of_notebook(chapters[name], language), "python -m docs.guide.notebooks"


@pytest.mark.parametrize("name", NAMES)
def test_the_notebooks_of_both_languages_have_the_same_code(guide, name):
    english, korean = (read(guide, name, language) for language in LANGUAGES)
    assert [code(cell) for cell in english["cells"]] == [code(cell) for cell in korean["cells"]]


def read(guide, name, language):
    return json.loads(guide["notebooks"].path_of(name, language).read_text(encoding="utf-8"))


def code(cell):
    return cell["source"] if cell["cell_type"] == "code" else None


def test_a_notebook_installs_one_package_where_it_is_missing_and_has_no_outputs(guide):
    notebook = read(guide, NAMES[7], "en")
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    installs = "".join(cells[0]["source"])
    assert "%pip install --quiet --no-deps git+https" in installs
    assert not any(re.search(r"%|pip", "".join(cell["source"]).replace("% ", "")) for cell in cells[1:])
    assert all(cell["outputs"] == [] for cell in cells)
    assert "colab.research.google.com/github/" in "".join(notebook["cells"][0]["source"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_of_a_notebook_lead_to_files(guide, language):
    for name in NAMES:
        folder = guide["notebooks"].path_of(name, language).parent
        words = ["".join(c["source"]) for c in read(guide, name, language)["cells"] if c["cell_type"] == "markdown"]
        for target in re.findall(r"\]\((?!http)([^)#]+)", "\n".join(words)):
            assert (folder / target).exists(), (name, target)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_the_cells_of_its_page_after_the_one_that_installs(guide, chapters, name):
    notebook = guide["notebooks"].notebook_of(chapters[name])
    install, *cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert install == guide["notebooks"].INSTALL
    assert cells == [cell.source for cell in chapters[name].notebook.cells if cell.cell_type == "code"]


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", part(NAMES, 7))  # the cells of all run when the site is built
def test_a_notebook_runs(guide, chapters, name):
    from docs.guide.pages import Chapter, complaints_of, printed
    from docs.guide.try_chapter import executed

    notebook = guide["notebooks"].notebook_of(chapters[name])
    notebook = executed(Chapter(chapters[name].path, notebook))
    assert complaints_of(chapters[name], printed(notebook.cells)) == []


@pytest.mark.exhaustive
@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_every_number_in_the_text_is_computed(chapters, executed_pages, name):
    from docs.guide.pages import complaints_of, printed

    assert complaints_of(chapters[name], printed(executed_pages[name].cells)) == []
