"""Submissions in all the forms in which course systems and teachers hand them on."""

import io
import zipfile

import pytest

from coursework.grading.submissions import MOST_BYTES, read_submissions

NAMES = ["affine", "relu"]


def zipped(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/") + ".py", text)
    return stream.getvalue()


def written(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(path):
    return {one.student: sorted(one.files) for one in read_submissions(path, NAMES)}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"anna/affine.py": "", "ben/work/affine.ipynb": ""}, {"anna": ["affine.py"], "ben": ["work/affine.ipynb"]}),
        ({"anna.zip": zipped(affine=""), "ben.zip": zipped(b__relu="")}, {"anna": ["affine.py"], "ben": ["b/relu.py"]}),
        ({"anna/work.zip": zipped(affine="")}, {"anna": ["affine.py"]}),
        ({"anna.py": "", "ben.ipynb": ""}, {"anna": ["anna.py"], "ben": ["ben.ipynb"]}),
        ({"affine.py": "", "relu.py": ""}, {"submissions": ["affine.py", "relu.py"]}),
        ({"김 '철수' \"x\"/affine.py": ""}, {"김 '철수' \"x\"": ["affine.py"]}),
        ({"Anna Kim_4711_assignsubmission_file_/affine.py": ""}, {"Anna Kim": ["affine.py"]}),
        ({"Anna Kim_4711_assignsubmission_file_affine.py": ""}, {"Anna Kim": ["affine.py"]}),
        ({"Anna Kim_4711_assignsubmission_file/a.zip": zipped(affine="")}, {"Anna Kim": ["affine.py"]}),
        (
            {"Kim_1_assignsubmission_file_/affine.py": "", "Kim_2_assignsubmission_file_/affine.py": ""},
            {"Kim (1)": ["affine.py"], "Kim (2)": ["affine.py"]},
        ),
        ({"all/anna/affine.py": "", "all/ben/affine.py": ""}, {"anna": ["affine.py"], "ben": ["affine.py"]}),
        (
            {"all/anna.zip": zipped(affine=""), "all/ben.zip": zipped(affine="")},
            {"anna": ["affine.py"], "ben": ["affine.py"]},
        ),
        (
            {"all/Anna Kim_4711_assignsubmission_file_/affine.py": "", "all/Bo_1_assignsubmission_file_/relu.py": ""},
            {"Anna Kim": ["affine.py"], "Bo": ["relu.py"]},
        ),
        ({"anna/1/affine.py": "", "anna/2/relu.py": ""}, {"anna": ["1/affine.py", "2/relu.py"]}),
        ({"anna/affine.py": "", "__MACOSX/anna/._affine.py": "", ".DS_Store": "x"}, {"anna": ["affine.py"]}),
        ({"anna/affine.py": "", "anna/.git/x.py": "", "anna/notes.txt": "", "anna/__MACOSX/a.py": ""}, None),
    ],
)
def test_each_student_has_the_files_that_are_theirs(tmp_path, files, expected):
    folder = written(tmp_path / "submissions", files)
    assert read(folder) == (expected or {"anna": [".git/x.py", "affine.py"]})
    archive = tmp_path / "submissions.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    assert read(archive) == (expected or {"anna": [".git/x.py", "affine.py"]})


def test_an_export_of_gradescope_has_the_names_that_it_lists(tmp_path):
    metadata = """
submission_12:
  :submitters:
  - :name: "Anna Kim"
    :sid: 1
submission_13:
  :submitters:
  - :name: 김철수
"""
    files = {"submission_12/affine.py": "", "submission_13/affine.py": "", "submission_metadata.yml": metadata}
    assert read(written(tmp_path / "export", files)) == {"Anna Kim": ["affine.py"], "김철수": ["affine.py"]}


def test_the_names_in_an_export_are_not_those_that_a_student_hands_in(tmp_path):
    metadata = "submission_12:\n  :submitters:\n  - :name: {}\n"
    files = {"submission_12/affine.py": "", "submission_12/submission_metadata.yml": metadata.format("Ben")}
    export = written(tmp_path / "export", {**files, "submission_metadata.yml": metadata.format("Anna")})
    assert read(export) == {"Anna": ["affine.py"]}
    inside = {f"assignment_1_export/{path.relative_to(export)}": path.read_bytes() for path in export.rglob("*.*")}
    assert read(written(tmp_path / "unpacked", inside)) == {"Anna": ["affine.py"]}


def test_who_hands_in_an_empty_folder_is_one_of_the_class(tmp_path):
    folder = written(tmp_path / "submissions", {"anna/affine.py": ""})
    (folder / "ben v.2").mkdir()
    assert read(folder) == {"anna": ["affine.py"], "ben v.2": []}


def test_two_students_of_one_name_are_two(tmp_path):
    metadata = "submission_1:\n  :submitters:\n  - :name: Kim\nsubmission_2:\n  :submitters:\n  - :name: Kim\n"
    files = {"submission_1/affine.py": "a", "submission_2/affine.py": "b", "submission_metadata.yml": metadata}
    assert sorted(read(written(tmp_path / "export", files))) == ["Kim", "Kim (submission_2)"]


def test_a_list_of_names_that_a_student_hands_in_names_nobody(tmp_path):
    metadata = "submission_1:\n  :submitters:\n  - :name: Ben\n"
    files = {"eve/submission_metadata.yml": metadata, "submission_1/affine.py": "", "ben/affine.py": ""}
    assert sorted(read(written(tmp_path / "export", files))) == ["ben", "eve", "submission_1"]


def test_who_is_named_like_the_second_of_two_is_a_third(tmp_path):
    names = ["Kim (submission_3)", "Kim", "Kim"]
    metadata = "".join(f"submission_{i}:\n  :submitters:\n  - :name: {n}\n" for i, n in enumerate(names, start=1))
    files = {f"submission_{i}/affine.py": "" for i in (1, 2, 3)} | {"submission_metadata.yml": metadata}
    assert len(read(written(tmp_path / "export", files))) == 3


def damaged():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("affine.py", "x = 1\n" * 1000)
    start = stream.getvalue().index(b"affine.py") + len("affine.py")
    return stream.getvalue()[:start] + b"\xff" * 8 + stream.getvalue()[start + 8 :]


@pytest.mark.parametrize("content", [damaged(), zipped(äffine="").replace("ä".encode(), b"\xff\xfe")])
def test_an_archive_with_damaged_parts_is_told_of_and_stops_nothing(tmp_path, content):
    files = {"eve.zip": content, "anna/affine.py": ""}
    anna, eve = read_submissions(written(tmp_path / "submissions", files), NAMES)
    assert list(anna.files) == ["affine.py"]
    assert not eve.files
    assert "cannot be read" in eve.remarks[0]


@pytest.mark.exhaustive
def test_of_an_archive_with_many_large_files_not_all_are_read(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(60):
            archive.writestr(f"{number}.py", b"#" * MOST_BYTES)
    (anna,) = read_submissions(written(tmp_path / "submissions", {"anna.zip": stream.getvalue()}), NAMES)
    assert sum(map(len, anna.files.values())) < 60_000_000
    assert "cannot be read" in anna.remarks[0]


def test_a_file_that_is_too_large_and_an_archive_that_is_damaged_are_told(tmp_path):
    files = {"anna/affine.py": b"#" * (MOST_BYTES + 1), "ben.zip": b"no archive"}
    anna, ben = read_submissions(written(tmp_path / "submissions", files), NAMES)
    assert "at most" in anna.remarks[0]
    assert "archive cannot be read" in ben.remarks[0]


@pytest.mark.exhaustive
def test_an_archive_that_unpacks_to_much_more_than_it_is_is_not_unpacked(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("affine.py", b"#" * 200_000_000)
    (anna,) = read_submissions(written(tmp_path / "submissions", {"anna.zip": stream.getvalue()}), NAMES)
    assert "200,000,000" in anna.remarks[0]


def test_what_an_archive_names_outside_is_not_written_there(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../../affine.py", "x = 1")
    (anna,) = read_submissions(written(tmp_path / "submissions", {"anna.zip": stream.getvalue()}), NAMES)
    assert anna.files == {"../../affine.py": b"x = 1"}
    assert not (tmp_path / "affine.py").exists()


@pytest.mark.parametrize("name", ["nowhere", "empty", "text.txt"])
def test_no_submissions_are_an_error(tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.txt").write_text("x")
    with pytest.raises(ValueError, match=r"no submissions|neither a folder nor a zip"):
        read_submissions(tmp_path / name, NAMES)


def test_a_stray_file_beside_the_students_is_nobody(tmp_path):
    files = {"anna/affine.py": "", "notes.txt": "", "class list.csv": ""}
    assert read(written(tmp_path / "submissions", files)) == {"anna": ["affine.py"]}
