"""The course has all that the five documents say: their worked examples with every digit, and a list of the rest."""

import re

import pytest

PRINTED = {  # what the documents print, by the chapter in which it must stand
    "02-numerical-differentiation": ["10,000", "100,000,000"],
    "06-one-node": [r"1 \cdot 1 = 1", "1 - 2 = -1", "s^2 = 1", "2s = -2", r"-2 \cdot 1 = -2"],
    "09-softmax-with-loss": ["y_1 + y_2 + y_3 = 1", "t_1 + t_2 + t_3 = 1", "y_1 - t_1", "y_2 - t_2", "y_3 - t_3"],
    "10-two-layers-by-hand": ["1.2", "1.78", "0.74", "-1.22", "-1.46", "-0.73", "-0.98", "-1.96", "0.01"],
    "13-linear-model-and-autograd": ["-2", "4.0", "20 epochs", "0.01", "zero"],
    "14-initialisation": ["0.5^{10}", "0.001", "2^{10} = 1024", "NaN"],
    "20-depth": ["clip_grad_norm_", "max_norm", "1986", "Rumelhart", "Hinton", "Williams"],
    "21-on-to-pytorch": ["nn.Sequential", "nn.Linear(2, 4)", "nn.Linear(4, 1)", "named_parameters", "loss.backward()"],
}


@pytest.mark.parametrize("name", PRINTED)
def test_what_the_documents_print_stands_in_its_chapter(chapters, name):
    text = chapters[name].path.read_text(encoding="utf-8")
    missing = [printed for printed in PRINTED[name] if printed not in text]
    assert missing == []


def test_the_list_has_as_many_rows_as_it_says_and_each_leads_to_a_section(root):
    text = (root / "docs" / "seeds.md").read_text(encoding="utf-8")
    counts = [int(count) for count in re.findall(r"^\| \[\d{3}\]\(#.*\| (\d+) \|$", text, re.M)]
    parts = re.split(r"^## Document \d{3}.*$", text, flags=re.M)[1:]
    rows = [re.findall(r"^\|(.*)\|$", part, re.M)[2:] for part in parts]
    assert [len(of_one) for of_one in rows] == counts
    assert sum(counts) > 300
    for row in (row for of_one in rows for row in of_one):
        _statement, where, _remark = row.split(" | ") if row.count(" | ") == 2 else row.rsplit("|", 2)
        assert re.search(r"\]\((course/\d\d-|performance|training|gradient-check|diagnosis|graph)", where), row
