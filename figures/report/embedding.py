"""One file out of many: style, scripts and data are put into the page that names them.

``page.html`` is an ordinary page that links its styles and its main script, a module that imports from others
(linking.py). In the report they stand in the page itself, and its content security policy allows these very texts and
nothing else: no other script, no other style, and no request to anywhere.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from figures.report.linking import linked

SOURCES = Path(__file__).parent
STYLE = re.compile(r'<link rel="stylesheet" href="([\w./-]+\.css)">')
SCRIPT = re.compile(r'<script type="module" src="([\w./-]+\.js)"></script>')
DATA = '<script type="application/json" id="data"></script>'
FILLED = re.compile(r'(?<=<script type="application/json" id="data">)\{.*?(?=</script>)', re.S)
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def one_page(data: dict[str, Any]) -> str:
    """Return the page with everything in it."""
    page = (SOURCES / "page.html").read_text(encoding="utf-8")
    page, styles = fill_placeholder(page, STYLE, "style", lambda path: [path.read_text(encoding="utf-8")])
    page, scripts = fill_placeholder(page, SCRIPT, "script", linked)
    page = page.replace("script-src 'self'", f"script-src {scripts}").replace("style-src 'self'", f"style-src {styles}")
    before, _, after = page.partition(DATA)
    return f'{before}<script type="application/json" id="data">{as_json(data)}</script>{after}'


def with_changed_data(page: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> str:
    """Return a page of ours with other data: what ``change`` returns for those that are in it.

    Raises
    ------
    ValueError
        When there are none in it.

    >>> page = with_changed_data(one_page({"epochs": 1}), lambda data: data | {"epochs": 2})
    >>> page == one_page({"epochs": 2})
    True
    """
    found = FILLED.search(page)
    if found is None:
        raise ValueError("it is not a report of ours: there are no data in it")
    return page[: found.start()] + as_json(change(json.loads(found[0]))) + page[found.end() :]


def fill_placeholder(
    page: str, link: re.Pattern[str], tag: str, texts_of: Callable[[Path], list[str]]
) -> tuple[str, str]:
    """Return the page with the texts of the linked files in elements of that tag, and the hashes that allow them."""
    hashes: list[str] = []

    def elements(found: re.Match[str]) -> str:
        texts = ["\n" + text for text in texts_of(SOURCES / found[1])]
        hashes.extend(f"'sha256-{digest(text)}'" for text in texts)
        return "\n".join(f"<{tag}>{text}</{tag}>" for text in texts)

    return link.sub(elements, page), " ".join(hashes)


def digest(text: str) -> str:
    """Return the SHA-256 of a text, as a content security policy wants it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def as_json(data: dict[str, Any]) -> str:
    r"""Return JSON in which nothing looks like HTML, whatever its texts hold.

    >>> as_json({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, allow_nan=False, separators=(",", ":"))
    for character, escape in UNSAFE.items():
        text = text.replace(character, escape)
    return text
