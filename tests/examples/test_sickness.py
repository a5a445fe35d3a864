"""Each code of the diagnosis has a training that goes wrong, and a picture of it in docs/diagnosis.md."""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from examples.sickness.__main__ import CASES, draw
from tests_support import few_quick, folder_contents
from training.diagnosis.finding import ORDER

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "images" / "diagnosis"
PAGE = (ROOT / "docs" / "diagnosis.md").read_text(encoding="utf-8")


@cache
def trained(code):
    """The sick and the mended training of a code, which are looked at twice."""
    return CASES[code].train()


def some(*quick):
    return pytest.mark.parametrize("code", few_quick(sorted(CASES), *quick))


def test_every_code_of_the_diagnosis_has_a_sick_training():
    assert sorted(CASES) == sorted(ORDER)


@pytest.mark.exhaustive
@some("learning-rate-too-high", "dead-units", "wrong-sign")
def test_a_sick_training_gets_its_code_first_and_the_mended_one_does_not_get_it(code):
    sick, mended = trained(code)
    assert sick.findings()[0].code == code
    assert code not in [finding.code for finding in mended.findings()]


@pytest.mark.exhaustive
@some("leak", "symmetric", "stale-data")
def test_the_picture_of_a_code_can_be_drawn(code):
    assert_is_small_and_clear(draw(CASES[code], *trained(code)))


def assert_is_small_and_clear(image):
    pixels = np.asarray(image.convert("L"), float)
    assert image.mode == "P"
    assert image.size == (640, 240)
    assert pixels[0].min() == pixels[-1].min() == 255, "something touches the edge"
    assert 0.01 < (pixels < 200).mean() < 0.7, "blank, or black"


def test_the_page_tells_of_every_code_and_shows_its_picture():
    sections = re.findall(r"^### (\S+)\n\n((?:.+\n)+)\n!\[.{30,}\]\(images/diagnosis/(\S+)\.png\)$", PAGE, re.M)
    assert sorted(code for code, _, _ in sections) == sorted(ORDER)
    for code, text, picture in sections:
        assert picture == code
        assert 150 < len(text) < 600, code


def test_the_page_on_training_leads_to_every_code():
    text = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
    linked = re.findall(r"^\| \[`(\S+)`\]\(diagnosis\.md#(\S+)\) \| .+ \|$", text, re.M)
    assert all(code == place for code, place in linked)
    assert sorted(code for code, _ in linked) == sorted(ORDER)


def test_the_pictures_on_the_page_are_small_and_no_others_are_there():
    assert folder_contents(PICTURES) == sorted(f"{code}.png" for code in ORDER)
    for code in ORDER:
        assert (PICTURES / f"{code}.png").stat().st_size < 25_000
        with Image.open(PICTURES / f"{code}.png") as image:
            assert_is_small_and_clear(image)


def test_every_link_on_the_page_leads_somewhere():
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", PAGE):
        assert (ROOT / "docs" / target).exists(), target
