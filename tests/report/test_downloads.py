"""Files that the report offers as a download."""

import base64

import pytest

from figures.report import offer_downloads
from tests_support import folder_contents


def test_files_are_put_into_the_page_and_nothing_else_changes(report, data_of, tmp_path):
    path = report()
    before, page = data_of(path), path.read_text(encoding="utf-8")
    (tmp_path / "model.onnx").write_bytes(b"</script>\x00\xff")
    offer_downloads(path, [tmp_path / "model.onnx"])
    data = data_of(path)
    (offered,) = data.pop("downloads")
    assert offered["name"] == "model.onnx"
    assert base64.b64decode(offered["content"]) == b"</script>\x00\xff"
    assert data == before
    offered_page = path.read_text(encoding="utf-8")
    assert page.partition('id="data">')[0] == offered_page.partition('id="data">')[0]
    assert page.rpartition("}</script>")[2] == offered_page.rpartition("}</script>")[2]


def test_a_file_takes_the_place_of_the_one_of_its_name(report, data_of, tmp_path):
    path = report()
    for name, content in (("a.onnx", b"1"), ("b.py", b"2"), ("a.onnx", b"3")):
        (tmp_path / name).write_bytes(content)
        offer_downloads(path, [tmp_path / name])
    offered = {entry["name"]: base64.b64decode(entry["content"]) for entry in data_of(path)["downloads"]}
    assert offered == {"a.onnx": b"3", "b.py": b"2"}


@pytest.mark.parametrize("content", [b"", b"<html>mine</html>", b"\xff\xfe"])
def test_a_page_that_is_no_report_is_named_and_stays(tmp_path, content):
    page = tmp_path / "report.html"
    page.write_bytes(content)
    with pytest.raises(ValueError, match=r"cannot put downloads into .*report.html: "):
        offer_downloads(page, [])
    assert page.read_bytes() == content
    assert folder_contents(tmp_path) == ["report.html"]
