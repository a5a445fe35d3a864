"""The page's TypeScript: its own tests, and its types."""

import json
import re
import subprocess

import pytest

from page.building.npm import WEB, install_packages, program


@pytest.fixture(scope="module")
def packages(node):
    install_packages()


@pytest.mark.exhaustive
def test_the_tests_beside_the_sources_pass(packages):
    done = run("building/test.mjs")
    assert done.returncode == 0, done.stdout
    assert re.search(r"^. pass [1-9]", done.stdout, re.MULTILINE)


@pytest.mark.exhaustive
@pytest.mark.parametrize("project", [WEB, WEB.parents[1] / "figures" / "drawing" / "jsconfig.json"])
def test_the_types_are_right(packages, project):
    done = run("node_modules/typescript/bin/tsc", "-p", str(project))
    assert done.returncode == 0, done.stdout


def run(script, *arguments):
    command = [*program("node"), script, *arguments]
    return subprocess.run(command, cwd=WEB, capture_output=True, text=True, encoding="utf-8", timeout=300)


CALL = re.compile(r"""\bt\(\s*("(?:[^"\\]|\\.)*")""")
KEPT = re.compile(r"""\bN_\(\s*("(?:[^"\\]|\\.)*")""")  # a text that is translated where it is shown


def sources():
    return [
        path for path in WEB.rglob("*.ts") if "node_modules" not in path.parts and not path.name.endswith(".test.ts")
    ]


def catalogue():
    found = {}
    for path in WEB.rglob("ko.json"):
        if "node_modules" not in path.parts:
            found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def test_every_text_has_a_translation():
    korean = catalogue()
    texts = {
        json.loads(text)
        for path in sources()
        for rule in (CALL, KEPT)
        for text in rule.findall(path.read_text(encoding="utf-8"))
    }
    assert texts
    assert sorted(texts - set(korean)) == []


def test_a_translation_has_the_values_of_its_text_and_is_korean():
    for text, korean in catalogue().items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", korean)), text


def test_nothing_that_is_typed_can_become_html():
    for path in sources():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"insertAdjacentHTML|outerHTML|document\.write|\beval\(|new Function", text), path
        assert "innerHTML" not in text or path.relative_to(WEB).as_posix() == "check/prose.ts", path
