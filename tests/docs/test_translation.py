"""The Korean guide has all of the English one, with the same numbers, formulas, code and links."""

import re

import pytest


def test_every_message_of_every_page_is_translated_and_goes_with_it(guide):
    translation = guide["translation"]
    assert [complaint for page in translation.pages() for complaint in translation.complaints(page)] == []


def test_a_page_that_has_changed_is_noticed(guide, monkeypatch):
    translation = guide["translation"]
    text = translation.text_of("course/08-affine").replace("Most of the numbers", "Nearly all numbers")
    monkeypatch.setattr(translation, "text_of", lambda page: text)
    (complaint,) = translation.complaints("course/08-affine")
    assert complaint.startswith("course/08-affine: not translated: Nearly all numbers")


@pytest.mark.parametrize(
    ("message", "translation", "complaints"),
    [
        ("$y$ is 3", "$y$는 3", []),
        ("$y$ is 3", "$z$는 3", ["other formulas"]),
        ("$y$ is 1,234", "$y$는 1,235", ["other numbers"]),
        ("see `dW`", "`db` 참고", ["other code"]),
        ("see [it](a.md)", "[그것](b.md) 참고", ["other links"]),
    ],
)
def test_what_a_translation_must_keep(guide, message, translation, complaints):
    assert list(guide["translation"].differences(message, translation)) == complaints


TO_THE_OTHER = r"^\[(English|한국어)\]\(README(\.ko)?\.md\)$"


def test_the_korean_readme_has_the_commands_code_and_links_of_the_english_one(root):
    english, korean = ((root / name).read_text(encoding="utf-8") for name in ("README.md", "README.ko.md"))
    assert re.findall(r"^```.*?^```", english, re.M | re.S) == re.findall(r"^```.*?^```", korean, re.M | re.S)
    for pattern in (r"\]\((?!#)([^)]+)\)", r"`[^`\n]+`"):
        plain = [re.sub(rf"^```.*?^```|{TO_THE_OTHER}", "", text, flags=re.M | re.S) for text in (english, korean)]
        assert sorted(re.findall(pattern, plain[0])) == sorted(re.findall(pattern, plain[1]))
    assert len(re.findall(r"^#+ ", english, re.M)) == len(re.findall(r"^#+ ", korean, re.M))
    assert len(re.findall("[가-힣]", korean)) > 3000


def test_pages_find_the_headings_of_the_korean_readme_by_their_english_anchors(root):
    from docs.guide.readme import readme

    text = readme(root / "docs", "ko")
    for page in (root / "docs").glob("*.md"):
        for anchor in re.findall(r"\]\(\.\./README\.md#([^)]+)\)", page.read_text(encoding="utf-8")):
            assert re.search(rf"^\({anchor}\)=\n#+ .*[가-힣]", text, re.M), (page, anchor)
    assert "](README" not in text


@pytest.mark.exhaustive
def test_sphinx_finds_the_messages_that_we_find(guide, tmp_path):
    pytest.importorskip("babel", reason="Babel is not installed (pip install babel)")
    guide["translation"].extract(tmp_path)
    for page in guide["translation"].pages():
        found = {m.id for m in guide["translation"].read_catalogue(tmp_path / f"{page}.pot") if m.id}
        ours = set(guide["markdown"].messages(guide["translation"].text_of(page)))
        assert {message for message in found - ours if not is_formula(message)} == set(), page


def is_formula(message):
    """Sphinx has a formula that stands by itself as a message, too; it is the same in all languages."""
    return "\\" in message or not re.search(r"[A-Za-z]{3,}", message)
