import re

from tests_support import folder_contents


def test_the_guide_shows_the_pictures_that_its_examples_draw(root):
    text = (root / "docs" / "graph.md").read_text(encoding="utf-8")
    code = "".join(re.findall(r"^```python\n(.*?)^```", text, re.M | re.S))
    drawn = re.findall(r'"(\w+\.(?:png|gif))"', code)
    assert drawn == re.findall(r"^!\[.{10,}\]\(images/graph/(\w+\.\w+)\)$", text, re.M)
    assert sorted(drawn) == folder_contents(root / "docs" / "images" / "graph")


def test_every_link_of_the_guide_leads_to_a_file(root):
    targets = re.findall(r"\]\(([^)#]+)\)", (root / "docs" / "graph.md").read_text(encoding="utf-8"))
    assert targets
    assert all((root / "docs" / target).exists() for target in targets)
