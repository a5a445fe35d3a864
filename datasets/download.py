"""Downloading a file so that nothing but the right content ever bears its name."""

import contextlib
import errno
import gzip
import hashlib
import os
import secrets
import time
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from language import _

CHUNK = 1 << 16
LONGEST_DOWNLOAD = 600  # seconds, however slowly the bytes trickle in


class DownloadError(OSError):
    """No mirror gave the file.

    Attributes
    ----------
    name : str
        The file's name.
    failures : dict of str to str
        Each mirror's address, or the folder to write to, and what it said.
    """

    def __init__(self, name: str, failures: dict[str, str]) -> None:
        said = "; ".join(f"{url}: {reason}" for url, reason in failures.items())
        super().__init__(_("cannot download {name}; {said}", name=name, said=said))
        self.name, self.failures = name, failures


def download(
    urls: Sequence[str],
    path: str | os.PathLike[str],
    sha256: str,
    max_bytes: int,
    timeout: float = 10,
    progress: bool = True,
) -> Path:
    """Download a gzip file from the first mirror that gives the right content.

    Parameters
    ----------
    urls : sequence of str
        The mirrors, tried in turn.
    path : path
        The final name, which the file gets when it is complete and checked.
    sha256 : str
        The SHA-256 of the uncompressed content, in hexadecimal.
    max_bytes : int
        The largest size, compressed or not, that is accepted.
    timeout : float
        Seconds of silence after which a mirror is given up.
    progress : bool
        Whether to show a bar; it appears on a terminal only.

    Raises
    ------
    DownloadError
        When every mirror failed.
    """
    import http.client  # here, because it costs more than the rest of the package, and few runs download

    path, failures = Path(path), {}
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for url in urls:
            try:
                with open(temporary, "wb") as file:
                    fetch(url, file, max_bytes, timeout, progress)
                check_content(temporary, sha256, max_bytes)
                return temporary.replace(path)
            except (OSError, http.client.HTTPException, EOFError, zlib.error, ValueError) as error:
                if is_local(error, temporary):
                    raise
                failures[url] = reason_of(error)
    except OSError as error:
        raise DownloadError(path.name, {str(path.parent): reason_of(error)}) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    raise DownloadError(path.name, failures)


def is_local(error: Exception, path: Path) -> bool:
    """Return whether an error came from opening or writing the file, and no other mirror can help."""
    full = (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, OSError) and (str(error.filename) == str(path) or error.errno in full)


def reason_of(error: Exception) -> str:
    """Return what went wrong, without the wrapping of the library that noticed it."""
    inner = getattr(error, "reason", None)  # urllib's URLError is around it
    error = inner if isinstance(inner, OSError) else error
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def fetch(url: str, file: BinaryIO, max_bytes: int, timeout: float, progress: bool) -> None:
    """Write what the server sends to the file, down to the disk."""
    from urllib.request import urlopen

    from tqdm.auto import tqdm

    deadline = time.monotonic() + LONGEST_DOWNLOAD
    with urlopen(url, timeout=timeout) as response:
        promised = response.headers.get("Content-Length")
        total = int(promised) if promised else None
        if total is not None and total > max_bytes:
            raise ValueError(
                _("the server offers {offered:,} bytes, expected at most {most:,}", offered=total, most=max_bytes)
            )
        received = 0
        disable = None if progress else True  # None: on a terminal only
        with tqdm(total=total, unit="B", unit_scale=True, desc=Path(url).name, disable=disable) as bar:
            while chunk := response.read1(CHUNK):
                received += len(chunk)
                if received > max_bytes:
                    raise ValueError(_("the server sends more than the expected {most:,} bytes", most=max_bytes))
                if time.monotonic() > deadline:
                    raise TimeoutError(_("not complete after {seconds} seconds", seconds=LONGEST_DOWNLOAD))
                file.write(chunk)
                bar.update(len(chunk))
    if total is not None and received != total:
        raise ValueError(
            _("the connection broke off after {received:,} of {total:,} bytes", received=received, total=total)
        )
    file.flush()
    os.fsync(file.fileno())


def check_content(path: Path, sha256: str, max_bytes: int) -> None:
    """Raise ValueError unless the gzip file's content has that SHA-256."""
    digest, size = hashlib.sha256(), 0
    with gzip.open(path) as content:
        for chunk in chunks(content):
            size += len(chunk)
            if size > max_bytes:
                raise ValueError(_("its content is larger than the expected {most:,} bytes", most=max_bytes))
            digest.update(chunk)
    if digest.hexdigest() != sha256:
        raise ValueError(
            _("its content has SHA-256 {found}, expected {expected}", found=digest.hexdigest(), expected=sha256)
        )


def chunks(stream: Any) -> Iterable[bytes]:
    """Yield the stream's bytes, a chunk at a time."""
    return iter(lambda: stream.read(CHUNK), b"")
