"""Which modules of the large library the page's Python gets."""

import re

# Packages beside the standard library that stay.
PACKAGES = ("numpy", "tqdm")
# Of the standard library, what needs a screen, a network, processes or a debugger, or is large and of no use here.
NOT_USED = (
    "_aix_support _android_support _apple_support _ios_support _osx_support _pyrepl _sysconfigdata antigravity "
    "asyncio bdb cProfile cmd compileall concurrent ctypes curses dbm doctest ensurepip ftplib http idlelib "
    "imaplib lib2to3 mailbox modulefinder multiprocessing netrc nturl2path pdb plistlib poplib profile "
    "profiling pstats pty pyclbr pydoc pydoc_data sched smtplib socketserver sqlite3 ssl symtable tabnanny "
    "test this tkinter tomllib trace tty turtle turtledemo unittest venv wave webbrowser wsgiref xml xmlrpc "
    "zipapp zoneinfo"
).split()
# Parts of NumPy and tqdm for other purposes.
PARTS = re.compile(
    r"numpy/(f2py|distutils|_pyinstaller|testing/_private/extbuild|typing|.*/tests)/|.*/tests/|numpy/conftest|"
    r"tqdm/(contrib|keras|dask|rich|gui|tk|notebook|cli|asyncio)"
)
# What of the top level belongs to other packages.
THIRD_PARTY = (
    "PIL attr attrs bs4 charset_normalizer cloudpickle contourpy cycler dateutil defusedxml et_xmlfile "
    "fontTools formulaic fpdf html5lib interface_meta isympy jinja2 joblib kiwisolver lxml markupsafe "
    "matplotlib more_itertools mpl_toolkits mpmath narwhals networkx openpyxl packaging pandas patsy pylab "
    "pyparsing pypdf pytz regex reportlab reportlab_mods reportlab_settings scipy seaborn six sklearn "
    "soupsieve statsmodels sympy tabulate threadpoolctl tlz tomli_w toolz typing_extensions tzdata "
    "webencodings wrapt xlrd xlsxwriter xmltodict yaml"
).split()


def is_used(path: str) -> bool:
    """Return whether a file of the library goes into the site.

    >>> is_used("json/decoder.pyc"), is_used("scipy/optimize/__init__.pyc"), is_used("numpy/linalg/_linalg.pyc")
    (True, False, True)
    """
    first = re.split(r"[/.]", path)[0]
    if first in PACKAGES:
        return not PARTS.match(path)
    return first not in NOT_USED and first not in THIRD_PARTY and not path.partition("/")[0].endswith("-info")
