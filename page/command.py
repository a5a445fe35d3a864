"""``python -m page``: build the page, and show it."""

import argparse
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from language import _, speak_as_told
from page.building.npm import CannotBuild
from page.building.site import PYODIDE, RUNTIMES, build
from page.serving import address_of, server_of
from training.command.command_line import Parser, folder_path, run
from training.command.form import Form

SCRIPT = Form(("python", "-m", "page"))
PORT = 8765


def parser_of(form: Form) -> Parser:
    """Return the parser of all options."""
    said = _("Build the page on which one writes a backward in the browser, and show it.")
    parser = Parser(prog=str(form), description=said, allow_abbrev=False)
    parser.add_argument(
        "what",
        nargs="?",
        choices=("show", "build"),
        default="show",
        metavar="show | build",
        help=_("show it in the browser (without a word), or build it into a folder for a web server"),
    )
    parser.add_argument("--out", type=folder_path, metavar="FOLDER", help=_("where to build it (site)"))
    parser.add_argument("--port", type=port_number, default=PORT, metavar="N", help=_("where to show it (%(default)s)"))
    parser.add_argument("--no-browser", action="store_true", help=_("do not open a browser"))
    parser.add_argument(
        "--runtime",
        choices=RUNTIMES,
        default="wasi",
        help=_("a Python that lies in the site itself (wasi), or Pyodide from its CDN (%(default)s)"),
    )
    parser.add_argument(
        "--pyodide", type=web_address, default=PYODIDE, metavar="ADDRESS", help=_("where Pyodide lies (%(default)s)")
    )
    return parser


def port_number(text: str) -> int:
    """Parse the number of a port."""
    if not (text.isdecimal() and text.isascii() and int(text) < 1 << 16):
        raise argparse.ArgumentTypeError(_("expected a port, 0 to 65535, got {text}", text=text))
    return int(text)


def web_address(text: str) -> str:
    """Parse the address of a folder on the web."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise argparse.ArgumentTypeError(_("expected an address such as https://host/folder/, got {text}", text=text))
    return text.rstrip("/") + "/"


def main(arguments: Sequence[str] | None = None, form: Form = SCRIPT) -> int:
    """Build, and serve until Ctrl-C."""
    options = parser_of(form).parse_args(arguments)
    if options.what == "build":
        out = options.out or Path("site")
        make(out, options)
        print(_("{out} holds the page: {megabytes:.1f} MB", out=out, megabytes=size_of(out) / 1e6))
        print(_("Any web server can hand it out, such as: python -m http.server --directory {out}", out=out))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        out = options.out or Path(folder) / "site"
        make(out, options)
        serve(out, options.port, not options.no_browser)
    return 0


def make(out: Path, options: argparse.Namespace) -> None:
    """Build the site; what prevents it becomes the user's error."""
    try:
        build(out, options.runtime, options.pyodide)
    except CannotBuild as problem:
        raise ValueError(str(problem)) from problem


def size_of(folder: Path) -> int:
    """Return how many bytes a folder's files have."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def serve(site: Path, port: int, opens: bool) -> None:
    """Hand the site out on this machine, until Ctrl-C."""
    try:
        server = server_of(site, port)
    except OSError as error:
        raise ValueError(
            _("port {port} cannot be used: {why}; name another one by --port", port=port, why=error)
        ) from error
    address = address_of(server)
    print(_("The page is at {address} until Ctrl-C.", address=address), flush=True)
    if opens:
        threading.Timer(0.3, webbrowser.open, [address]).start()
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


def command(arguments: Sequence[str] | None = None, form: Form = SCRIPT) -> int:
    """Do as the command line says; an error of the user's takes one line, and the exit status is 2."""
    speak_as_told(list(sys.argv[1:] if arguments is None else arguments))
    return run(str(form), lambda: main(arguments, form))
