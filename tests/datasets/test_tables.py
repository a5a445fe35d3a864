"""Tables become inputs and targets: numbers scaled, words one-hot, a fixed part held out."""

import csv
import re
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets import DataError, read_table
from datasets.formats.held_out import hold_out, scattered
from datasets.formats.named_columns import one_line
from datasets.formats.number_rows import is_number
from formats_support import write

FLOWERS = ("rose", "tulip", "daisy")


def flowers(separator=",", header=True, ending="\n", count=30):
    """A table of two numbers, a word and the flower; the numbers are 1, 2, ... and their squares."""
    rows = [["length", "width", "colour", "flower"]] if header else []
    rows += [[str(n), str(n * n), "red" if n % 2 else "blue", FLOWERS[n % 3]] for n in range(1, count + 1)]
    return "".join(separator.join(row) + ending for row in rows)


@pytest.fixture
def table(tmp_path):
    """Write a table, and read it."""

    def read(text, target, name="my.csv", **options):
        content = text if isinstance(text, bytes) else text.encode()
        return read_table(write(tmp_path / name, content), target, **options)

    return read


def rows_of(found):
    """The samples with their targets, in any order."""
    x, t = np.concatenate([found.x_train, found.x_test]), np.concatenate([found.t_train, found.t_test])
    return sorted(map(tuple, np.column_stack([x, t]).round(4).tolist()))


def test_numbers_are_scaled_by_the_training_part_and_words_become_one_hot(table):
    found = table(flowers(), "flower")
    assert found.feature_names == ("length", "width", "colour = blue", "colour = red")
    np.testing.assert_allclose(found.x_train[:, :2].mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(found.x_train[:, :2].std(axis=0), 1, atol=1e-6)
    assert np.unique(found.x_train[:, 2:], axis=0).tolist() == [[0, 1], [1, 0]]
    assert found.x_train.dtype == found.x_test.dtype == np.float32
    assert found.class_names == ("daisy", "rose", "tulip")
    assert found.kind == "classes"


def test_a_fifth_of_each_class_is_held_out_and_always_the_same(table):
    found = table(flowers(), "flower")
    assert np.bincount(found.t_test).tolist() == [2, 2, 2]
    assert np.bincount(found.t_train).tolist() == [8, 8, 8]
    assert found.notes == ("6 of 30 lines are held out as the test set, 20% of each class, always the same ones",)
    again = table(flowers(";"), "flower", "another.txt")
    np.testing.assert_array_equal(again.x_test, found.x_test)


def test_the_held_out_samples_follow_from_a_formula_and_not_from_numpys_generators():
    assert scattered(3).tolist() == [16294208416658607535, 7960286522194355700, 487617019471545679]
    assert np.flatnonzero(hold_out(np.arange(30) % 3)).tolist() == [2, 4, 6, 8, 10, 18]


@given(st.lists(st.integers(0, 4), min_size=2, max_size=60))
def test_every_class_of_two_keeps_a_sample_and_gives_one(labels):
    t = np.array(labels)
    held_out = hold_out(t)
    for label, count in zip(*np.unique(t, return_counts=True), strict=True):
        given_away = held_out[t == label].sum()
        assert given_away == 0 if count == 1 else 1 <= given_away < count
        assert abs(given_away - 0.2 * count) <= 1


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60))
def test_of_values_small_and_large_ones_are_held_out(values):
    t = np.array(values)
    held_out = hold_out(t)
    groups = np.array_split(np.sort(t), held_out.sum())
    assert 1 <= held_out.sum() < len(t)
    assert all(group[0] <= value <= group[-1] for value, group in zip(np.sort(t[held_out]), groups, strict=True))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_separators_line_endings_and_marks_make_no_difference(table, separator, ending, mark):
    expected = rows_of(table(flowers(), "flower"))
    assert rows_of(table(mark + flowers(separator, ending=ending).encode(), "flower")) == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("red", '"red"'),
        lambda text: text.replace("red", '"r;e,d"').replace("flower", '"flower"'),
        lambda text: text.replace("red", '"r\ned"'),
        lambda text: text.replace("red", '"r""ed"'),
        lambda text: text.replace("length", '"len;,\n gth"').replace("width", " width\u00a0"),
        lambda text: text.replace(",", ", "),
        lambda text: text + "\n\n",
        lambda text: "\n" + text.replace("\n", "\n\n"),
        lambda text: text.replace("\n", ",\n"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(",", "  "),
        lambda text: " " + text.replace(",", " ").replace("\n", " \n "),
        lambda text: "sep=;\r\n" + text.replace(",", ";"),
    ],
)
def test_quotes_blank_lines_and_trailing_separators_make_no_difference(table, change):
    assert rows_of(table(change(flowers()), "flower")) == rows_of(table(flowers(), "flower"))


def test_a_line_feed_in_a_columns_name_is_a_blank(table):
    found = table('"weight\n(kg)",t\n' + "".join(f"{n * n},{n % 2}\n" for n in range(20)), "t")
    assert found.feature_names == ("weight (kg)",)


@pytest.mark.exhaustive
def test_a_table_of_very_many_columns_is_read_in_little_time(table):
    count = 30_000
    lines = "".join(",".join([str(n), *["0"] * (count - 2), str(n % 2)]) + "\n" for n in range(4))
    began = time.process_time()
    found = table(",".join(f"c{number}" for number in range(count)) + "\n" + lines, f"c{count - 1}")
    assert time.process_time() - began < 10
    assert found.feature_names == ("c0",)


def test_a_compressed_table_is_read(tmp_path):
    path = write(tmp_path / "my.csv.gz", flowers().encode(), compressed=True)
    assert read_table(path, "flower").x_train.shape == (24, 4)


def test_without_names_the_columns_have_numbers(table):
    found = table(flowers(header=False), "4")
    assert found.feature_names == ("1", "2", "3 = blue", "3 = red")
    assert rows_of(found) == rows_of(table(flowers(), "flower"))


def test_a_decimal_comma_is_one_where_the_separator_is_another(table):
    lines = [f"{n / 4};{'yes' if n % 2 else 'no'};{n * n / 8}\n" for n in range(20)]
    expected = table("a;b;c\n" + "".join(lines), "c")
    assert rows_of(table("a;b;c\n" + "".join(lines).replace(".", ","), "c")) == rows_of(expected)


def test_a_comma_between_thousands_is_left_out(table):
    lines = [f'"{n * 1234567:,}",{n % 2}\n' for n in range(20)]
    found = table("people,t\n" + "".join(lines), "t")
    assert rows_of(found) == rows_of(table("people,t\n" + "".join(f"{n},{n % 2}\n" for n in range(20)), "t"))


@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize(
    "written",
    [
        ["1,234.5", "999", "2,000.25"],
        ["1.234,5", "999", "2.000,25"],
        ["1.234,5", "999,0", "2000,25"],
        ["1,234,000.5", "0.125", "-1,000"],
        ["1.234.000,5", "0,125", "-1.000"],
        ["0,125", "-0,250", "0,375"],
        ["1\u202f234\u202f000,5", "999", "2\u00a0000,25"],
    ],
)
def test_what_a_comma_means_a_column_tells_where_it_can(table, written, separator):
    point = max(".,", key=lambda mark: max(cell.rfind(mark) for cell in written))
    plain = [re.sub(f"[^0-9{point}-]", "", cell).replace(point, ".") for cell in written]
    found, expected = (
        table(f"a{separator}t\n" + "".join(f'"{cells[n % 3]}"{separator}{n % 2}\n' for n in range(20)), "t")
        for cells in (written, plain)
    )
    assert rows_of(found) == rows_of(expected)
    assert found.feature_names == ("a",)


@pytest.mark.parametrize(
    ("words", "encoding", "named"),
    [
        (("남자", "여자"), "utf-8", None),
        (("남자", "여자"), "cp949", "cp949"),
        (("Mädchen", "Frühstück"), "latin-1", "cp1252"),
    ],
)
def test_an_encoding_is_guessed_and_said_or_told(table, words, encoding, named):
    text = "a,성별\n" if encoding != "latin-1" else "a,Größe\n"
    target = text.strip().split(",")[1]
    content = (text + "".join(f"{n},{words[n % 2]}\n" for n in range(20))).encode(encoding)
    found = table(content, target)
    assert found.class_names == tuple(sorted(words))
    assert [note for note in found.notes if "UTF-8" in note] == (
        []
        if named is None
        else [note for note in found.notes if note.endswith(f"my.csv is not in UTF-8; it is read as {named}")]
    )
    assert table(content, target, encoding=encoding).class_names == tuple(sorted(words))


@pytest.mark.parametrize(
    ("targets", "kind"),
    [
        ([n % 3 for n in range(60)], "classes"),
        ([n % 20 for n in range(60)], "classes"),
        ([n % 21 for n in range(60)], "values"),
        ([n % 2 + 0.5 for n in range(60)], "values"),
        ([float(n % 3) for n in range(60)], "classes"),
        (list(range(12)), "values"),
        (["a", "b"] * 30, "classes"),
    ],
)
def test_words_and_few_whole_numbers_are_classes_and_other_numbers_values(table, targets, kind):
    text = "x,t\n" + "".join(f"{n * n},{target}\n" for n, target in enumerate(targets))
    assert table(text, "t").kind == kind


def test_classes_that_are_large_numbers_keep_names_of_their_own(table):
    found = table("x,t\n" + "".join(f"{n},{12345678 + n % 2}\n" for n in range(20)), "t")
    assert found.class_names == ("12345678", "12345679")


def test_the_kind_can_be_chosen(table):
    text = "x,t\n" + "".join(f"{n * n},{n % 3 + 1}\n" for n in range(60))
    assert table(text, "t").class_names == ("1", "2", "3")
    values = table(text, "t", kind="values")
    assert values.kind == "values"
    assert values.t_train.shape == (48, 1)


def test_values_are_scaled_and_the_scale_is_kept(table):
    text = "x,price\n" + "".join(f"{n % 7},{1000 + n * n}\n" for n in range(60))
    found = table(text, "price")
    assert found.t_train.mean() == pytest.approx(0, abs=1e-6)
    assert found.t_train.std() == pytest.approx(1, abs=1e-6)
    mean, deviation = found.target_scale
    prices = np.concatenate([found.t_train, found.t_test]) * deviation + mean
    np.testing.assert_allclose(np.sort(prices[:, 0]), [1000 + n * n for n in range(60)], rtol=1e-5)


@pytest.mark.parametrize(
    ("name", "values", "reason"),
    [
        ("name", [f"Kim {n}" for n in range(30)], "another word in every line"),
        ("date", [f"2024-01-{n // 2 + 1}" for n in range(29)] + ["2024-02-01"], ""),
        ("PassengerId", [n + 892 for n in range(30)], "another whole number in every line"),
        ("", range(30), "another whole number in every line"),
        ("unit", ["cm"] * 30, "the same everywhere"),
        ("ticket", [f"A{n % 20}" for n in range(30)], "20 different words in 30 lines"),
    ],
)
def test_what_cannot_be_an_input_is_left_out_and_this_is_said(table, name, values, reason):
    lines = [f"{value},{n * n},{n % 2}" for n, value in enumerate(values)]
    found = table(f"{name},x,t\n" + "\n".join(lines), "t")
    assert found.feature_names == ("x",)
    assert found.notes[-1].startswith(f"column {name or 'column 1'} is left out ({reason}")


def test_a_number_that_counts_is_an_input_where_its_name_is_no_identifiers(table):
    assert table("time,t\n" + "".join(f"{n},{n * n}\n" for n in range(30)), "t").feature_names == ("time",)


HOLES = "age,colour,t\n" + "".join(
    f"{'' if n in (3, 9) else n},{'NA' if n == 5 else 'red' if n % 3 else 'blue'},{n % 2}\n" for n in range(30)
)


def test_missing_values_are_named_with_their_lines(table):
    with pytest.raises(DataError, match=r"values are missing: age: lines 5, 11; colour: line 7\. With --missing"):
        table(HOLES, "t")


def test_lines_with_missing_values_can_be_left_out(table):
    found = table(HOLES, "t", missing="leave-out")
    assert len(found.x_train) + len(found.x_test) == 27
    assert found.notes[0].startswith("3 lines are left out, in which values are missing: age: lines 5, 11; colour")


def test_missing_values_can_be_filled_in_with_the_mean_or_a_word_of_their_own(table):
    found = table(HOLES, "t", missing="fill")
    assert len(found.x_train) + len(found.x_test) == 30
    assert found.feature_names == ("age", "colour = (missing)", "colour = blue", "colour = red")
    x = np.concatenate([found.x_train, found.x_test])
    assert (x[:, 0] == 0).sum() == 2
    assert np.isfinite(x).all()


@pytest.mark.parametrize(
    ("usual", "other", "missing"), [("", "7", "fill"), ("0", "1000000", "error"), ("red", "blue", "error")]
)
def test_a_column_that_never_changes_in_the_training_part_is_left_out(table, usual, other, missing):
    held_out = hold_out(np.arange(30) % 3)
    lines = [f"{other if held_out[n] else usual},{n * n},{n % 3}\n" for n in range(30)]
    found = table("a,b,t\n" + "".join(lines), "t", missing=missing)
    assert found.feature_names == ("b",)
    assert found.notes[-1] == "column a is left out (the same in every line that is not held out)"


def test_a_missing_target_is_never_filled_in(table):
    with pytest.raises(DataError, match="the target age is missing in lines 5, 11, and is not filled in"):
        table(HOLES, "age", missing="fill")


def test_columns_can_be_left_out(table):
    found = table(HOLES, "t", without=["age"], missing="leave-out")
    assert found.feature_names == ("colour = blue", "colour = red")


def test_arrays_are_read_as_tables(tmp_path):
    n = np.arange(30)
    np.savez(
        tmp_path / "my.npz",
        length=n,
        size=np.stack([n * n, n % 7], axis=1),
        colour=np.array(["red", "blue"])[n % 2],
        t=n % 3,
    )
    found = read_table(tmp_path / "my.npz", "t")
    assert found.feature_names == ("length", "size[1]", "size[2]", "colour = blue", "colour = red")
    assert found.kind == "classes"


def test_arrays_that_are_split_stay_split(tmp_path):
    n = np.arange(30.0)
    np.savez(tmp_path / "my.npz", x_train=n[:20, None], y_train=n[:20] ** 2, x_test=n[20:, None], y_test=n[20:] ** 2)
    for target in ("y", "y_train"):
        found = read_table(tmp_path / "my.npz", target)
        assert (len(found.x_train), len(found.x_test)) == (20, 10)
        mean, deviation = found.target_scale
        np.testing.assert_allclose(found.t_test[:, 0] * deviation + mean, n[20:] ** 2, rtol=1e-5)
        assert found.notes[0].startswith("the target is")


def test_a_matrix_is_read_as_a_table_whose_columns_have_numbers(tmp_path):
    n = np.arange(30.0)
    np.save(tmp_path / "my.npy", np.stack([n, n * n, n % 2], axis=1))
    assert read_table(tmp_path / "my.npy", "3").feature_names == ("1", "2")


words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=5).map(str.strip).filter(bool)


@pytest.mark.exhaustive
@given(
    numbers=st.lists(st.integers(-999, 999), min_size=8, max_size=30, unique=True),
    separator=st.sampled_from(",;\t"),
    names=st.lists(words.filter(lambda word: not is_number(word)), min_size=2, max_size=2, unique_by=one_line),
)
def test_a_table_comes_back_from_its_text(tmp_path_factory, numbers, separator, names):
    path = tmp_path_factory.mktemp("table") / "my.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow(names)
        writer.writerows([number / 8, n % 2] for n, number in enumerate(numbers))
    found = read_table(path, names[1], kind="classes")
    inputs = np.concatenate([found.x_train, found.x_test])[:, 0]
    labels = np.concatenate([found.t_train, found.t_test])
    np.testing.assert_array_equal(labels[inputs.argsort()], (np.arange(len(numbers)) % 2)[np.argsort(numbers)])


def test_a_column_is_named_as_it_stands_in_the_file_or_without_blanks_that_are_not_seen(tmp_path):
    path = tmp_path / "my.csv"
    lines = [f"{number},{number % 3},{number % 2}" for number in range(12)]
    path.write_text("\n".join(["body\u00a0mass,wing  span,kind", *lines]), encoding="utf-8")
    for target, without in (("body\u00a0mass", "wing  span"), ("body mass", "wing span")):
        assert read_table(path, target, kind="values", without=[without]).feature_names == ("kind",)
