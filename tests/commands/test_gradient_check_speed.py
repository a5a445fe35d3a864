"""The command starts quickly, reports on slow layers in time, and shows meanwhile what it is looking at."""

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from gradients.apart import progress, starting
from gradients.apart.limits import MEMORY
from gradients.apart.progress import Progress
from gradients.apart.worker import Worker
from tests_support import part

SLOW = Path(__file__).parent / "slow_layers"
IN_TIME = 60  # seconds: 15 on a quiet machine, and four times as long where tests use every core


def check(run_command, file, *arguments):
    started = time.monotonic()
    result = run_command("gradient_check.py", file, *arguments, "--timeout", 200)
    assert time.monotonic() - started < IN_TIME
    return result


@pytest.mark.exhaustive
def test_a_slow_layer_is_reported_in_time_with_what_was_not_looked_at(run_command):
    result = check(run_command, SLOW / "attention.py", "--input", "5,6,16")
    assert result.returncode == 0, result.stdout
    assert result.stderr == ""
    text = " ".join(result.stdout.split())
    assert "SelfAttention on (5, 6, 16): backward is right" in text
    assert re.search(
        r"Note: one forward takes 0\.\d+ s, so \d+ of the 480 elements of dx, .* of dWv were looked at", text
    )
    assert re.search(r"all of them together along (a random direction|2 random directions)\.", text)


@pytest.mark.exhaustive
def test_a_wrong_slow_layer_is_found(run_command, tmp_path):
    text = (SLOW / "attention.py").read_text(encoding="utf-8")
    line = "dk[n, b] += ds[b] * self.q[n, a] / np.sqrt(D)"
    assert line in text
    (tmp_path / "work.py").write_text(text.replace(line, line.removesuffix(" / np.sqrt(D)")), encoding="utf-8")
    result = check(run_command, "work.py", "--input", "5,6,16")
    assert result.returncode == 1
    assert "constant-factor in dWk" in result.stdout
    assert re.search(r"^dWq .*right$", result.stdout, re.M)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("file", "given", "mistakes"),
    part(
        [
            ("network.py", [], {"* (1 - self.a1**2)": "* (1 - self.a1)"}),
            ("lstm.py", ["--input", "2,50,8"], {"dc = dc * f": "dc = dc * i", "self.db += da": "self.db = da"}),
            ("convolution.py", ["--input", "2,3,32,32"], {"return dxp[": "dxp[0, 0, 3, 5] = 0\n        return dxp["}),
        ],
        3,
    ),
)
def test_slow_layers_of_every_kind_are_told_apart(run_command, tmp_path, file, given, mistakes):
    text = (SLOW / file).read_text(encoding="utf-8")
    (tmp_path / "right.py").write_text(text, encoding="utf-8")
    assert check(run_command, "right.py", *given).returncode == 0
    for right, wrong in mistakes.items():
        assert right in text
        (tmp_path / "wrong.py").write_text(text.replace(right, wrong), encoding="utf-8")
        assert check(run_command, "wrong.py", *given).returncode == 1


def test_importing_the_command_imports_no_layers_no_networks_and_no_trainer(root):
    code = (
        "import sys, gradient_check; print(*{m.split('.')[0] for m in sys.modules}, 'training.trainer' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    *modules, trainer = result.stdout.split()
    assert trainer == "False"
    assert not {"layers", "networks", "datasets", "figures", "matplotlib", "tqdm"} & set(modules)


@pytest.fixture
def started_ahead():
    starting.start_ahead()
    yield starting.ahead[0]
    starting.end_ahead()


def test_the_process_that_was_started_ahead_is_the_one_that_is_asked(started_ahead, tmp_path):
    with Worker(tmp_path / "work.py", 20.0, MEMORY) as worker:
        assert worker.started is started_ahead
        assert starting.ahead == []


def test_only_for_a_file_a_process_is_started_ahead(tmp_path):
    file = tmp_path / "work.py"
    file.write_text("x = 1")
    assert all(map(starting.is_a_file, (str(file), f"{file}:Affine", str(tmp_path))))
    assert not any(map(starting.is_a_file, ("--strict", "3,4", "x" * 5000, "\0", f"{file}.txt")))


def test_a_process_that_nobody_asks_ends(started_ahead):
    starting.end_ahead()
    assert started_ahead.process.poll() is not None
    assert not started_ahead.watch.parent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT that could be sent to one process")
def test_an_interrupt_during_the_imports_leaves_nothing_behind(root):
    folder = tempfile.mkdtemp(prefix="t")  # a short name: addresses of sockets have at most 107 letters
    code = (
        "import os, runpy, signal, sys; from gradients.apart import starting; begin = starting.start_ahead\n"
        "starting.start_ahead = lambda: (begin(), os.kill(os.getpid(), signal.SIGINT))\n"
        "sys.argv = ['gradient_check.py', '.']; runpy.run_path('gradient_check.py', run_name='__main__')"
    )
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=root, env=os.environ | {"TMPDIR": folder}, capture_output=True, text=True)
    assert result.returncode == -signal.SIGINT
    assert result.stderr == ""
    assert list(Path(folder).iterdir()) == []
    Path(folder).rmdir()


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(progress, "AFTER", -1.0)
    monkeypatch.setattr(progress, "EVERY", -1.0)


@pytest.mark.usefixtures("at_once")
def test_the_line_is_written_over_and_erased():
    terminal = Terminal()
    line = Progress(terminal)
    line.show("Affine: a long line")
    line.show("Affine: short")
    line.erase()
    assert terminal.getvalue() == ("\rAffine: a long line, 0 s\rAffine: short, 0 s      \r                  \r")


@pytest.mark.usefixtures("at_once")
def test_a_name_cannot_give_orders_to_the_terminal():
    terminal = Terminal()
    Progress(terminal).show("\x1b[2J\nW")
    assert terminal.getvalue() == "\r?[2J?W, 0 s"


@pytest.mark.usefixtures("at_once")
def test_nothing_is_shown_where_there_is_no_terminal():
    pipe = io.StringIO()
    line = Progress(pipe)
    line.show("Affine")
    line.erase()
    assert pipe.getvalue() == ""


@pytest.mark.exhaustive
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals for Python's pty")
def test_a_terminal_shows_what_is_looked_at_and_is_left_empty(root, tmp_path):
    import pty

    (tmp_path / "work.py").write_text(
        "import time\n\n\nclass Slow:\n    def forward(self, x):\n        time.sleep(0.01)\n        return 2 * x\n\n"
        "    def backward(self, dout):\n        return 2 * dout\n",
        encoding="utf-8",
    )
    ours, theirs = pty.openpty()
    command = [sys.executable, root / "gradient_check.py", "work.py"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: read(ours), b"")).decode()
        assert b"Slow on (5, 4): backward is right" in process.stdout.read()
    os.close(ours)
    assert "\rSlow: how the output changes with dx, " in shown
    assert re.search(r"\r +\r$", shown)


def read(terminal):
    try:
        return os.read(terminal, 1024)
    except OSError:  # the other end is closed
        return b""
