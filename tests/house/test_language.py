"""Every message has its translation; the language is chosen by option, variable and locale."""

import ast
import gettext
import re
import subprocess
import sys
from string import Formatter

import pytest

import language
from chainrule import MODULES, ROOMS
from chainrule.messages import messages
from coursework.course.prose import messages as prose_messages
from language import LANGUAGES, _, ngettext, set_language, speak_as_told

TRANSLATED = [name for name in LANGUAGES if name != "en"]


def code(root):
    rooms = [path for room in (*ROOMS, "page", "chainrule") for path in (root / room).rglob("*.py")]
    rooms = [path for path in rooms if "node_modules" not in path.parts]
    return [root / f"{module}.py" for module in MODULES] + rooms


@pytest.fixture(scope="module")
def extracted(root):
    """The messages of the code, each with the files in which it stands; those with two forms as pairs."""
    found = {}
    for path in code(root):
        with path.open("rb") as source:
            for _line, _function, text, _comments in messages(source, {}, (), {}):
                found.setdefault(text, []).append(path.relative_to(root).as_posix())
    return found


def catalogue(root, name):
    """The texts of a compiled catalogue by their messages, without its head."""
    with (root / "locale" / name / "LC_MESSAGES" / "chainrule.mo").open("rb") as file:
        texts = gettext.GNUTranslations(file)._catalog
    return {message: text for message, text in texts.items() if message}


def first_form(message):
    return message if isinstance(message, str) else message[0]


def placeholders(text):
    """Those of str.format, and those of argparse, such as ``%(default)s``."""
    found = {(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None}
    return found | set(re.findall(r"%\(\w+\)\w", text))


@pytest.mark.parametrize("name", TRANSLATED)
def test_every_message_has_a_translation_that_is_not_fuzzy(root, extracted, name):
    known = set(map(first_form, catalogue(root, name)))
    assert {text: files for text, files in extracted.items() if first_form(text) not in known} == {}


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_catalogue_has_no_message_that_the_code_has_not(root, extracted, name):
    assert set(map(first_form, catalogue(root, name))) <= set(map(first_form, extracted))


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_message(root, extracted, prose, name):
    of = {text[0]: text[1] for text in extracted if isinstance(text, tuple)}
    for message, text in catalogue(root, name).items():
        english = of[message[0]] if isinstance(message, tuple) else message
        if english in prose:
            assert sorted(CODE.findall(text)) == sorted(CODE.findall(english)), text
        else:
            assert placeholders(text) == placeholders(english), text


CODE = re.compile(r"`[^`]+`|\$[^$]+\$")  # in prose: what a translation must not change


@pytest.fixture(scope="module")
def prose(root):
    """What of the exercises is text, and no message of their code."""
    files = (root / "coursework" / "exercises").glob("*.py")
    return {message for file in files for _line, message in prose_messages(file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name", TRANSLATED)
def test_what_judges_tell_apart_in_english_they_tell_apart_in_a_translation(root, extracted, prose, name):
    """A mistake is named by what a judge says of it, so that no two of its sentences may become one."""
    texts = catalogue(root, name)
    said = [texts[m] for m, files in extracted.items() if "coursework/exercises/" in " ".join(files) and m not in prose]
    assert len(said) > 50
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("name", TRANSLATED)
def test_the_compiled_catalogue_is_that_of_its_source(root, name):
    pofile = pytest.importorskip("babel.messages.pofile")
    with (root / "locale" / name / "LC_MESSAGES" / "chainrule.po").open("rb") as file:
        source = pofile.read_po(file, locale=name)
    expected = {}
    for message in source:
        if message.id and not message.fuzzy:
            one = isinstance(message.id, str)
            expected |= {message.id: message.string} if one else {(message.id[0], 0): message.string[0]}
    assert catalogue(root, name) == expected


@pytest.mark.parametrize("name", TRANSLATED)
def test_every_code_of_a_mistake_has_its_meaning_in_the_catalogue(root, name):
    page = (root / "docs" / "gradient-check.md").read_text(encoding="utf-8")
    codes = re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)
    assert len(codes) > 30
    texts = catalogue(root, name)
    assert [code for code in codes if not texts.get(code, "").startswith(f"{code} (")] == []


@pytest.mark.exhaustive
def test_no_message_is_put_together_before_it_is_translated(root):
    """``_(f"...")`` would look for a text that is in no catalogue."""
    for path in code(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_", "N_", "ngettext")
            ):
                assert not any(isinstance(argument, ast.JoinedStr) for argument in node.args), (path, node.lineno)


@pytest.mark.exhaustive
def test_a_function_that_translates_has_no_variable_called_like_that(root):
    """But for those of a comprehension, which has names of its own."""
    for path in code(root):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                nodes = list(ast.walk(function))
                own = {id(n) for c in nodes if isinstance(c, ast.comprehension) for n in ast.walk(c.target)}
                names = [n for n in nodes if isinstance(n, ast.Name) and n.id == "_" and id(n) not in own]
                assert len({isinstance(name.ctx, ast.Store) for name in names}) < 2, (path, function.name)


@pytest.fixture
def environment(monkeypatch):
    """Set the variables that choose a language to these alone."""

    def choose(**variables):
        for variable in language.LOCALE:
            monkeypatch.setenv(variable, variables.get(variable, ""))

    return choose


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LC_ALL": "C.UTF-8", "LANG": "ko_KR.UTF-8"}, "en"),
        ({"LC_MESSAGES": "ko", "LANG": "de_DE.UTF-8"}, "ko"),
        ({"CHAINRULE_LANG": "ko", "LC_ALL": "C"}, "ko"),
        ({"CHAINRULE_LANG": "en", "LANG": "ko_KR.UTF-8"}, "en"),
        ({"CHAINRULE_LANG": "fr", "LANG": "ko_KR.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_the_variable_or_else_of_the_locale(environment, variables, expected):
    environment(**variables)
    assert language.language() == expected


@pytest.mark.parametrize("words", [["--language", "ko"], ["homework.py", "--language=ko", "--full"]])
def test_the_option_goes_before_the_variable(environment, words):
    environment(CHAINRULE_LANG="en")
    speak_as_told(words)
    assert language.language() == "ko"


def test_a_language_without_a_catalogue_cannot_be_set(environment):
    environment()
    with pytest.raises(ValueError, match="expected a language of en, ko, got fr"):
        set_language("fr")
    speak_as_told(["--language", "fr"])
    speak_as_told(["--language"])
    assert language.language() == "en"


def test_a_message_is_translated_when_it_is_made(environment):
    environment()
    assert _("shape") == "shape"
    set_language("ko")
    assert _("shape") == "형상"


def test_a_number_chooses_between_two_forms(environment):
    environment()
    assert [ngettext("{count} file", "{count} files", n) for n in (0, 1, 2)] == ["0 files", "1 file", "2 files"]


def test_a_message_without_a_translation_is_english(environment):
    environment(CHAINRULE_LANG="ko")
    assert _("{x} of which nobody has heard", x=3) == "3 of which nobody has heard"


def test_the_folder_of_catalogues_does_not_hide_the_module_of_python(root):
    code = "import locale; print(locale.__file__); locale.getlocale()"
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert not result.stdout.startswith(str(root))


def test_english_reads_no_catalogue(root):
    code = "import sys, language; language._('shape'); print('gettext' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
