"""How Sphinx builds the guide. ``python docs/build.py`` calls it, once for each language."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from chainrule import __version__  # noqa: E402

project = "chainrule"
author = "the authors of chainrule"
copyright = f"2026, {author}"
version = release = __version__

extensions = [
    "myst_nb",  # pages whose cells are executed
    "sphinx.ext.autosummary",
    "numpydoc",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx-mathjax-offline",  # formulas without another host
    "docs.guide.extension",
]
exclude_patterns = ["_build", "README.md", "guide", "notebooks", "**/.ipynb_checkpoints"]
templates_path = ["_templates"]
suppress_warnings = ["mystnb.unknown_mime_type"]

# Pages are written in MyST, which is Markdown; GitHub shows them, too.
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 4
nb_execution_mode = "cache"
nb_execution_in_temp = True  # what a cell writes is gone when its page is done
nb_execution_raise_on_error = True
nb_execution_timeout = 120  # seconds for a cell
nb_merge_streams = True

# The reference comes from the docstrings.
autosummary_generate = True
autodoc_typehints = "none"  # the docstrings have the types, and in words
numpydoc_show_class_members = False  # the template lists them

# Translations: docs/locale/ko, by sphinx-intl. Which language is built, build.py says.
locale_dirs = ["locale"]
gettext_compact = False
gettext_uuid = False
gettext_location = False

html_theme = "furo"
html_title = "chainrule"
html_static_path = ["_static"]
html_css_files = ["guide.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
