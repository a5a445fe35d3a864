"""Build the guide in English and Korean, side by side.

::

    python docs/build.py                    docs/_build/html/index.html
    python docs/build.py --out FOLDER       another folder
    python docs/build.py --language en      English alone

The pages are executed meanwhile; a cell that fails, and any warning, fails the build. Nothing is downloaded. What the
cells of a page gave is kept beside the folder, and computed anew when the page changes.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))

from docs.guide.generated import write_generated  # noqa: E402
from language import LANGUAGES  # noqa: E402

FIRST_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>chainrule</title>
<script>location.replace((navigator.language.startsWith("ko") ? "ko" : "en") + "/index.html")</script></head>
<body><p><a href="en/index.html">English</a> <a href="ko/index.html" lang="ko">한국어</a></p></body></html>
"""


def build(language: str, out: Path, kept: Path) -> subprocess.Popen:
    """Start to build the guide in one language, and return the process."""
    words = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet", "-b", "html"]
    words += ["-D", f"language={language}", "-D", f"nb_execution_cache_path={kept / 'executed' / language}"]
    words += ["-d", str(kept / "read" / language), str(DOCS), str(out / language)]
    return subprocess.Popen(words, env=environment(language), cwd=DOCS)


def environment(language: str) -> dict[str, str]:
    """Return what Sphinx, and the cells that it executes, run with: the language, the look of pictures, one thread."""
    look = {
        "MATPLOTLIBRC": str(DOCS / "guide" / "matplotlibrc"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
    search = os.pathsep.join(filter(None, (str(DOCS.parent), os.environ.get("PYTHONPATH"))))
    quiet = {"OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1", "PYTHONWARNINGS": "ignore"}
    words = {"CHAINRULE_LANG": language, "IPYTHONDIR": str(kernels_folder())}
    return os.environ | look | quiet | words | {"PYTHONPATH": search}


def kernels_folder() -> Path:
    """Return the folder of IPython's settings: kernels begin with what stands in guide/startup."""
    folder = DOCS / "_build" / "ipython"
    shutil.copytree(DOCS / "guide" / "startup", folder / "profile_default" / "startup", dirs_exist_ok=True)
    return folder


def main() -> int:
    """Build what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=DOCS / "_build" / "html", help="the folder (docs/_build/html)")
    parser.add_argument("--language", choices=LANGUAGES, help="one language alone")
    parser.add_argument("--fresh", action="store_true", help="forget what was executed before")
    options = parser.parse_args()
    try:
        import furo  # noqa: F401
        import myst_nb  # noqa: F401
    except ImportError as error:
        parser.error(
            f'the guide is built by Sphinx and MyST-NB ({error}); install them: python -m pip install -e ".[docs]"'
        )
    out = options.out.resolve()
    kept = out.parent
    for name in ("executed", "read") if options.fresh else ():
        shutil.rmtree(kept / name, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    chosen = [options.language] if options.language else LANGUAGES
    write_generated(DOCS)
    processes = [build(language, out, kept) for language in chosen]
    failed = [language for language, process in zip(chosen, processes, strict=True) if process.wait()]
    if failed:
        print(f"the guide could not be built in: {', '.join(failed)}", file=sys.stderr)
        return 1
    for language in chosen:
        shutil.copytree(DOCS / "notebooks" / language, out / language / "notebooks", dirs_exist_ok=True)
    (out / "index.html").write_text(FIRST_PAGE, encoding="utf-8")
    print(f"wrote {out / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
