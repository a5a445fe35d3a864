"""The downloader against a real HTTP server on this machine that misbehaves in every way."""

import gzip
import hashlib
import http.server
import threading
import time
from pathlib import Path

import pytest

from datasets import DownloadError, load_mnist, mnist
from datasets.download import download
from tests_support import folder_contents

CONTENT = b"handwritten digits " * 500
PACKED = gzip.compress(CONTENT)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves /good, and each kind of trouble under its own name."""

    def do_GET(self):
        self.server.asked.append(self.path)
        name = self.path.strip("/").split("/")[0]
        body, length = self.server.bodies.get(self.path, PACKED), None
        if name == "missing":
            self.send_error(404, "gone for good")
            return
        if name == "silent":
            time.sleep(3)
            return
        if name == "breaks-off":
            body, length = PACKED[: len(PACKED) // 2], len(PACKED)
        elif name == "too-large":
            body = b"x" * 2_000_000
        elif name == "endless":
            body, length = b"x" * 2_000_000, False
        elif name == "other-content":
            body = gzip.compress(b"something else")
        elif name == "not-gzip":
            body = b"<html>please log in</html>"
        elif name == "truncated-gzip":
            body = PACKED[:-20]
        elif name == "trickle":
            body, length = b"", len(PACKED)
        elif name == "bomb":
            body = gzip.compress(b"\0" * 20_000_000)
        self.send_response(200)
        if length is not False:
            self.send_header("Content-Length", str(length or len(body)))
        self.end_headers()
        self.wfile.write(body)
        if name == "trickle":
            for i in range(20):
                self.wfile.write(PACKED[i : i + 1])
                self.wfile.flush()
                time.sleep(0.1)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """The client hangs up when it has seen enough."""


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Server(("127.0.0.1", 0), Handler) as server:
        server.asked, server.bodies = [], {}
        server.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def get(server, path, *names, timeout=5):
    return download([f"{server.url}/{name}/file.gz" for name in names], path, SHA256, 100_000, timeout)


def test_a_file_is_downloaded_checked_and_kept_as_it_came(server, tmp_path):
    path = get(server, tmp_path / "new" / "file.gz", "good")
    assert path.read_bytes() == PACKED
    assert folder_contents(path.parent) == ["file.gz"]


TROUBLES = {
    "missing": "HTTP Error 404: gone for good",
    "silent": "timed out",
    "breaks-off": r"the connection broke off after \d+ of \d+ bytes",
    "too-large": "the server offers 2,000,000 bytes, expected at most 100,000",
    "endless": "the server sends more than the expected 100,000 bytes",
    "other-content": f"its content has SHA-256 [0-9a-f]{{64}}, expected {SHA256}",
    "not-gzip": "Not a gzipped file",
    "truncated-gzip": "Compressed file ended",
    "bomb": "its content is larger than the expected 100,000 bytes",
}


@pytest.mark.first_is_quick
@pytest.mark.parametrize("trouble", list(TROUBLES))
def test_a_mirror_in_trouble_is_named_with_what_it_said_and_leaves_no_file(server, tmp_path, trouble):
    with pytest.raises(DownloadError, match=f"cannot download file.gz; .*/{trouble}/file.gz: .*{TROUBLES[trouble]}"):
        get(server, tmp_path / "file.gz", trouble, timeout=0.5)
    assert folder_contents(tmp_path) == []


@pytest.mark.first_is_quick
@pytest.mark.parametrize("trouble", list(TROUBLES))
def test_the_next_mirror_is_tried(server, tmp_path, trouble):
    assert get(server, tmp_path / "file.gz", trouble, "good", timeout=0.5).read_bytes() == PACKED
    assert server.asked == [f"/{trouble}/file.gz", "/good/file.gz"]


def test_the_error_names_every_mirror(server, tmp_path):
    with pytest.raises(DownloadError) as caught:
        get(server, tmp_path / "file.gz", "missing", "other-content")
    assert "/missing/file.gz: HTTP Error 404" in str(caught.value)
    assert "/other-content/file.gz: its content has SHA-256" in str(caught.value)


def test_a_server_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(DownloadError, match=r"http://127.0.0.1:9/file.gz: .*refused"):
        download(["http://127.0.0.1:9/file.gz"], tmp_path / "file.gz", SHA256, 100_000, timeout=2)


def test_an_old_file_stays_when_the_download_fails(server, tmp_path):
    (tmp_path / "file.gz").write_bytes(b"old")
    with pytest.raises(DownloadError):
        get(server, tmp_path / "file.gz", "missing")
    assert (tmp_path / "file.gz").read_bytes() == b"old"


def test_what_is_missing_of_mnist_is_downloaded_to_the_cache(server, tmp_path, monkeypatch):
    from tests_support import SHAPES, idx_bytes, small_arrays

    arrays = dict(zip(SHAPES, small_arrays(), strict=True))
    files = {}
    for name, array in arrays.items():
        content = idx_bytes(array)
        files[name] = mnist.File(hashlib.sha256(content).hexdigest(), len(content) + 100)
        server.bodies[f"/good/{name}.gz"] = gzip.compress(content)
    monkeypatch.setattr(mnist, "FILES", files)
    monkeypatch.setattr(mnist, "MIRRORS", (f"{server.url}/missing/", f"{server.url}/good/"))
    monkeypatch.setattr(mnist, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.delenv("CHAINRULE_DATA", raising=False)

    (x_train, _), _ = load_mnist()
    assert x_train.shape == (6, 12)
    assert folder_contents(tmp_path / "cache") == sorted(f"{name}.gz" for name in SHAPES)

    server.asked.clear()
    load_mnist()
    assert server.asked == []


def test_a_server_that_trickles_is_given_up(server, tmp_path, monkeypatch):
    monkeypatch.setattr("datasets.download.LONGEST_DOWNLOAD", 0.3)
    with pytest.raises(DownloadError, match=r"not complete after 0\.3 seconds"):
        get(server, tmp_path / "file.gz", "trickle")
    assert folder_contents(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_named_and_no_mirror_blamed(server, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DownloadError, match=r"cannot download mnist.gz; .*file: ") as caught:
        get(server, tmp_path / "file" / "mnist.gz", "good")
    assert "127.0.0.1" not in str(caught.value)
    assert server.asked == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full, a disk that is always full, is Linux's")
def test_a_full_disk_is_no_fault_of_the_mirrors(server, tmp_path, monkeypatch):
    monkeypatch.setattr("datasets.download.secrets.token_hex", lambda _: "x")
    (tmp_path / ".file.gz.x.tmp").symlink_to("/dev/full")
    with pytest.raises(DownloadError, match=f"cannot download file.gz; {tmp_path}: No space left on device"):
        get(server, tmp_path / "file.gz", "good", "good")
    assert server.asked == ["/good/file.gz"]
