"""The files that start our grader in Gradescope, Autolab and Classroom 50."""

import base64
import shutil
import tempfile
from pathlib import Path

from coursework.making.bundle import write_bundle, write_tar, write_zip
from coursework.making.sheet import ROOM, write

SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image: it unpacks NumPy for the image's Python.
set -e
source="${AUTOGRADER_ROOT:-/autograder}/source"
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
    apt-get update && apt-get install -y --no-install-recommends python3 python3-pip
fi
python3 "$source/start.py" --unpack
"""
RUN = """\
#!/usr/bin/env bash
# Gradescope runs this for each submission. It needs no network.
root="${AUTOGRADER_ROOT:-/autograder}"
export OPENBLAS_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1
cd "$root" || exit 1
mkdir -p results
as_nobody='import os, sys
os.setgid(65534)
os.setuid(65534)
os.execv(sys.executable, [sys.executable, "-ISc", sys.argv[1]])'
if [ "$(id -u)" = 0 ] && python3 -c "$as_nobody" "open('$root/source/start.py')" 2> /dev/null; then
    chmod 700 source/assignment
    export CHAINRULE_STUDENT=65534 # a student's code runs as nobody
fi
if ! python3 source/start.py ROOM.places.gradescope "$root"; then
    [ -s results/results.json ] ||
        echo '{"score": 0, "output": "The grader itself failed. Please tell your teacher."}' > results/results.json
fi
"""
MAKEFILE = """\
# Autolab runs this for each handin, which lies beside it. The last line of the output is the points.
all:
\t@tar xf autograde.tar
\t@OPENBLAS_NUM_THREADS=1 python3 autograde/start.py ROOM.places.autolab .
"""
AUTOGRADER = '''\
"""The grader of an assignment for Classroom 50: it grades the checkout in which it runs, and writes ./result.json.

All that it needs is in this file, packed: our grader, the exercises with their solutions, and the secret from which the
hidden inputs are drawn. So keep it where no student can read it. NumPy is installed by pip where it is missing.
"""

import base64
import io
import os
import subprocess
import sys
import tempfile
import zipfile

PACKED = """
{packed}
"""

with tempfile.TemporaryDirectory() as folder:
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(PACKED))) as archive:
        archive.extractall(folder)
    words = [os.path.join(folder, "start.py"), "{room}.places.classroom50", os.getcwd()]
    sys.exit(subprocess.run([sys.executable, *words], env={{**os.environ, "OPENBLAS_NUM_THREADS": "1"}}).returncode)
'''


def write_graders(folder: Path, assignment: Path, wheels: Path) -> None:
    """Write the assignment for Gradescope, Autolab and Classroom 50 into a folder.

    Parameters
    ----------
    folder : Path
    assignment : Path
        The teacher's folder.
    wheels : Path
        NumPy's, for Gradescope alone: Autolab's images are the teacher's own, and Classroom 50's have a network.
    """
    with tempfile.TemporaryDirectory() as place:
        bundle, packed = Path(place, "bundle"), Path(place, "packed.zip")
        write_bundle(bundle, assignment)
        (folder / "autolab").mkdir(parents=True)
        write_tar(folder / "autolab" / "autograde.tar", bundle, "autograde")
        write(folder / "autolab" / "autograde-Makefile", MAKEFILE.replace("ROOM", ROOM))
        write_zip(packed, bundle)
        write(folder / "classroom50" / "autograder.py", AUTOGRADER.format(packed=lines_of(packed), room=ROOM))
        shutil.copytree(wheels, bundle / "wheels")
        write(bundle / "setup.sh", SETUP)
        write(bundle / "run_autograder", RUN.replace("ROOM", ROOM))
        write_zip(folder / "gradescope.zip", bundle, ("setup.sh", "run_autograder"))


def lines_of(path: Path) -> str:
    """Return a file as lines of letters."""
    text = base64.b64encode(path.read_bytes()).decode()
    return "\n".join(text[at : at + 120] for at in range(0, len(text), 120))
