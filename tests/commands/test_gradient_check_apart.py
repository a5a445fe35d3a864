"""The command cannot be talked into a verdict by the file that it checks, and always ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

WRONG = """
    def forward(self, x):
        self.x = x
        return x ** 2

    def backward(self, dout):
        return dout * self.x
"""
RIGHT_BESIDE = """

class Beside:
    def forward(self, x):
        return 2 * x

    def backward(self, dout):
        return 2 * dout
"""


def check(run_command, folder, text, *arguments):
    (folder / "work.py").write_text(text, encoding="utf-8")
    return run_command("gradient_check.py", "work.py", *arguments)


def backward_that(statement):
    """A layer whose backward does something else, and a right one behind it."""
    lines = "\n".join(f"        {line}" for line in statement.splitlines())
    head = "import os, sys, time\n\n\nclass Bad:\n    def forward(self, x):\n        return 2 * x\n\n"
    return f"{head}    def backward(self, dout):\n{lines}\n{RIGHT_BESIDE}"


@pytest.mark.exhaustive
def test_a_patched_report_does_not_make_a_wrong_layer_right(run_command, tmp_path):
    patch = (
        "class Wrong:\n    import gradients.report\n    import gradients.judging.one_gradient as judge\n"
        "    gradients.report.Report.ok = property(lambda self: True)\n"
        "    judge.result_of = lambda *a, **k: 1 / 0\n"
    )
    result = check(run_command, tmp_path, patch + WRONG)
    assert result.returncode == 1
    assert "1. constant-factor in dx" in result.stdout


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("os._exit(0)", "Python ended with exit status 0 during Bad"),
        ("os.kill(os.getpid(), 9)", "Python ended by signal 9 during Bad"),
        ("while True: pass", "backward (line 9) did not end within 2 s"),
        ("time.sleep(1000)", "backward (line 9) did not end within 2 s"),
    ],
)
def test_a_layer_that_ends_python_or_never_ends_gets_no_verdict_and_the_next_one_does(
    run_command, tmp_path, statement, said
):
    started = time.monotonic()
    result = check(run_command, tmp_path, backward_that(statement), "--timeout", 2)
    assert time.monotonic() - started < 60
    assert result.returncode == 2
    assert said in result.stderr
    assert "Beside on (5, 4): backward is right" in result.stdout
    assert "Bad on" not in result.stdout


@pytest.mark.exhaustive
def test_a_process_that_stops_in_the_middle_of_its_answer_is_ended(run_command, tmp_path):
    half = """import gc, struct
from multiprocessing.connection import Connection
(ours,) = [thing for thing in gc.get_objects() if type(thing) is Connection]
os.write(ours.fileno(), struct.pack("!i", 1000) + b"half")
time.sleep(1000)"""
    result = check(run_command, tmp_path, backward_that(half), "--timeout", "2")
    assert result.returncode == 2
    assert "did not end within 2 s" in result.stderr
    assert "Beside on (5, 4): backward is right" in result.stdout


@pytest.mark.exhaustive
def test_sys_exit_is_said_to_be_raised(run_command, tmp_path):
    result = check(run_command, tmp_path, backward_that("sys.exit(0)"))
    assert result.returncode == 1
    assert "raised SystemExit" in result.stdout


@pytest.mark.exhaustive
def test_a_flood_of_words_is_not_passed_on(run_command, tmp_path):
    flood = "print('x' * 100_000)\nos.write(1, b'y' * 100_000)\nsys.__stderr__.write('z' * 100_000)\nreturn 2 * dout"
    result = check(run_command, tmp_path, backward_that(flood))
    assert result.returncode == 0, result.stderr
    assert len(result.stdout) + len(result.stderr) < 5_000


@pytest.mark.exhaustive
def test_threads_and_programs_that_a_file_starts_end_with_the_check(run_command, tmp_path):
    mark = tmp_path / "alive"
    program = f"import time\nwhile True: open({str(mark)!r}, 'w').write(str(time.time())); time.sleep(0.05)"
    start = (
        "import subprocess, threading\n"
        f"subprocess.Popen([sys.executable, '-c', {program!r}])\n"
        "threading.Thread(target=time.sleep, args=(1000,)).start()\n"
        "return 2 * dout"
    )
    result = check(run_command, tmp_path, backward_that(start))
    assert result.returncode == 0, result.stderr
    time.sleep(0.3)
    last = mark.read_text() if mark.exists() else ""
    time.sleep(0.5)
    assert (mark.read_text() if mark.exists() else "") == last


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    "change", ["open(__file__, 'w').write('x = 1')", "os.remove(__file__) if os.path.exists(__file__) else None"]
)
def test_a_file_that_changes_or_deletes_itself_is_checked_as_it_was(run_command, tmp_path, change):
    text = f"import os\n\n\nclass Wrong:\n    {change}\n{WRONG}"
    result = check(run_command, tmp_path, text)
    assert result.returncode == 1
    assert "1. constant-factor in dx" in result.stdout


@pytest.mark.exhaustive
def test_what_a_file_writes_beside_itself_is_not_taken_for_a_layer(run_command, tmp_path):
    text = "class Wrong:\n    open('beside.py', 'w').write('class Good: pass')\n" + WRONG
    result = check(run_command, tmp_path, text)
    assert result.returncode == 1
    assert "Good" not in result.stdout


@pytest.mark.exhaustive
def test_a_layer_that_takes_all_memory_is_stopped(run_command, tmp_path):
    made = "empty" if sys.platform == "linux" else "ones"  # there, what is not written to counts as well
    bomb = f"import numpy\nheld = []\nwhile True: held.append(numpy.{made}(10_000_000))"
    result = check(run_command, tmp_path, backward_that(bomb), "--timeout", 60)
    assert result.returncode in (1, 2)
    assert "Memory" in result.stdout or "Bad" in result.stderr
    assert "Beside on (5, 4): backward is right" in result.stdout


@pytest.mark.exhaustive
def test_a_folder_is_checked_file_by_file(run_command, tmp_path):
    (tmp_path / "homework").mkdir()
    for name, layer in (("one", "class Wrong:\n" + WRONG), ("two", RIGHT_BESIDE), ("three", "x = 1\n")):
        (tmp_path / "homework" / f"{name}.py").write_text(layer)
    result = run_command("gradient_check.py", "homework")
    assert result.returncode == 1
    assert "3 files: 1 right, 1 wrong, 1 file with nothing to check" in result.stdout


@pytest.mark.exhaustive
def test_what_is_only_a_convention_is_a_note_and_with_strict_a_mistake(run_command, tmp_path):
    dropout = (
        "import numpy as np\n\n\nclass Dropout:\n    def forward(self, x):\n"
        "        self.mask = np.random.rand(*x.shape) > 0.5\n        return x * self.mask\n\n"
        "    def backward(self, dout):\n        return dout * self.mask\n"
    )
    result = check(run_command, tmp_path, dropout)
    assert result.returncode == 0, result.stderr
    assert "Note, nondeterministic:" in result.stdout
    assert check(run_command, tmp_path, dropout, "--strict").returncode == 1


@pytest.mark.first_is_quick
@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "inf"])
def test_a_time_limit_is_a_positive_number(run_command, seconds):
    result = run_command("gradient_check.py", "x.py", f"--timeout={seconds}")
    assert result.returncode == 2
    assert f"--timeout: expected a number of seconds above 0, got {seconds}" in result.stderr


@pytest.mark.exhaustive
def test_two_checks_of_a_layer_with_random_weights_say_the_same(run_command, tmp_path):
    text = (
        "import numpy as np\n\nSCALE = np.random.randn(3)\n\n\n"
        "class Random:\n    def __init__(self):\n        self.W = np.random.randn(5, 3) * SCALE\n\n"
        "    def forward(self, x):\n        self.x = x\n        return x @ self.W\n\n"
        "    def backward(self, dout):\n        self.dW = 2 * self.x.T @ dout\n        return dout @ self.W.T\n"
    )
    first, second = (check(run_command, tmp_path, text, "--input", "4,5").stdout for _ in range(2))
    assert "dW" in first
    assert first == second


@pytest.mark.first_is_quick
@pytest.mark.parametrize(("set_by_user", "there"), [(None, "1"), ("2", "2")])
def test_the_number_of_threads_that_the_user_sets_holds_for_the_file_too(
    run_command, monkeypatch, tmp_path, set_by_user, there
):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if set_by_user:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", set_by_user)
    layer = RIGHT_BESIDE.replace("return 2 * x", "return THREADS * x").replace("2 * dout", "3 * dout")
    text = f"import os\n\nTHREADS = int(os.environ['OPENBLAS_NUM_THREADS'])\n{layer}"
    result = check(run_command, tmp_path, text)
    assert f"backward / right = {3 / int(there):g}" in result.stdout


@pytest.mark.exhaustive
@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell a process that its parent has ended")
@pytest.mark.parametrize("number", ["SIGKILL", "SIGTERM"])
def test_a_file_that_never_ends_goes_away_when_the_command_is_killed(tmp_path, number):
    told = tmp_path / "pid"
    (tmp_path / "endless.py").write_text(
        "import os, pathlib\n\n\nclass Endless:\n    def forward(self, x):\n"
        f"        pathlib.Path({str(told)!r}).write_text(str(os.getpid()))\n        while True:\n            pass\n\n"
        "    def backward(self, dout):\n        return dout\n"
    )
    command = [sys.executable, str(ROOT / "gradient_check.py"), str(tmp_path / "endless.py")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        wait_until(lambda: told.exists() and told.read_text())
        process.send_signal(getattr(signal, number))
    wait_until(lambda: not is_running(int(told.read_text())))


def wait_until(is_so, seconds=60):
    """Wait until something is so, and fail where that takes too long."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def is_running(pid):
    """Return whether there is a process of that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
