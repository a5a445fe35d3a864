"""Handing the site out on this machine."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Hands out files, and says nothing."""

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


def server_of(folder: Path, port: int = 0) -> http.server.ThreadingHTTPServer:
    """Return a server of a folder's files, for this machine alone; port 0 is any that is free.

    Raises
    ------
    OSError
        When the port cannot be used.
    """
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Quiet, directory=str(folder)))


def address_of(server: http.server.ThreadingHTTPServer) -> str:
    """Return where a server's files are."""
    return f"http://127.0.0.1:{server.server_port}/"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder's files for a while, and return where."""
    with server_of(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield address_of(server)
        finally:
            server.shutdown()
