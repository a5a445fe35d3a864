"""A sealed process can do its work, and reaches nothing else: each claim in a real process, as root and as a user."""

import re
import signal
import subprocess
from pathlib import Path

import pytest

from coursework.apart.sealing import FILES, what_cannot_be_enforced
from coursework.apart.system_calls import CALLS

# What a sealed process can do


def test_numpy_computes_saves_and_loads(sealed):
    code = """
import numpy as np
a = np.random.default_rng(0).standard_normal((60, 60))
np.testing.assert_allclose(a @ np.linalg.inv(a), np.eye(60), atol=1e-8)
np.linalg.svd(np.random.rand(200, 200)), np.linalg.eigh(a + a.T), np.fft.fft(a)
np.save("a.npy", a)
np.savez_compressed("b.npz", a=a)
assert (np.load("a.npy") == a).all() and (np.load("b.npz")["a"] == a).all()
os.replace("a.npy", "c.npy")
os.remove("c.npy")
print(sorted(name for name in os.listdir() if "npy" in name or "npz" in name))
os.remove("b.npz")
"""
    assert sealed.answer(code) == "['b.npz']"


def test_modules_are_imported_when_they_are_wanted(sealed):
    names = "decimal sqlite3 xml.etree.ElementTree zoneinfo asyncio concurrent.futures unittest email.message lzma ssl"
    code = f"""
import importlib
for name in {names.split()}:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        assert error.name.startswith("_")  # this Python was built without it
import numpy.ma, numpy.polynomial, numpy.testing
print(zoneinfo.__name__ if (zoneinfo := sys.modules["zoneinfo"]) else "", time.localtime(0).tm_year > 1960)
"""
    assert sealed.answer(code) == "zoneinfo True"


def test_modules_are_found_though_their_folder_cannot_be_listed(sealed):
    code = "import decimal, array; print(decimal.Decimal(1) / array.array('b', [4])[0])"
    assert sealed.answer(code, first="import resource; sys.path_importer_cache.clear()") == "0.25"


def test_threads_work(sealed):
    code = """
from concurrent.futures import ThreadPoolExecutor
import numpy as np
with ThreadPoolExecutor(8) as pool:
    print(sum(pool.map(lambda n: int(np.ones((50, 50)).sum()), range(8))))
"""
    assert sealed.answer(code) == "20000"


def test_what_is_written_to_the_null_device_is_gone(sealed):
    assert sealed.answer("print(open(os.devnull, 'w').write('gone'))") == "4"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("os._exit(3)", 3),
        ("sys.exit(4)", 4),
        ("os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM),
        ("os.abort()", -signal.SIGABRT),
        ("signal.raise_signal(signal.SIGINT)", -signal.SIGINT),
    ],
)
def test_it_can_end_itself(sealed, code, status):
    assert sealed.run(code).returncode == status


def test_faulthandler_says_where_it_crashed(sealed):
    crashed = sealed.run("import faulthandler; faulthandler.enable()\ndef here():\n  ctypes.string_at(0)\nhere()")
    assert crashed.returncode == -signal.SIGSEGV
    assert "in here" in crashed.complaint


# What it may take


@pytest.mark.exhaustive
def test_an_endless_loop_is_ended_by_a_signal(sealed):
    assert sealed.run("while True: pass", limits={"cpu_seconds": 1}).returncode == -signal.SIGXCPU


@pytest.mark.exhaustive
def test_an_endless_loop_that_ignores_the_signal_is_ended_by_another(sealed):
    code = "signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"
    assert sealed.run(code, limits={"cpu_seconds": 1}).returncode == -signal.SIGKILL


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    "code",
    [
        "x = bytearray(2 << 30)",
        "import mmap; mmap.mmap(-1, 2 << 30)",
        "x = []\nwhile True: x.append(bytearray(1 << 20))",
        "import numpy as np; np.ones((20000, 20000))",
    ],
)
def test_a_memory_bomb_gets_an_error(sealed, code):
    ended = sealed.run(code, limits={"memory_megabytes": 600})
    assert ended.returncode == 1
    assert re.search(r"MemoryError|Cannot allocate memory", ended.complaint)


def test_numpy_needs_few_megabytes(sealed):
    code = "import numpy as np; a = np.random.rand(400, 400); print((a @ a).shape, np.linalg.svd(a)[0].shape)"
    assert sealed.answer(code, limits={"memory_megabytes": 256}) == "(400, 400) (400, 400)"


def test_a_file_does_not_grow_beyond_its_limit(sealed):
    code = """
try:
    open("big", "wb").write(bytes(3 << 20))
except OSError as error:
    print(error.strerror)
print(os.path.getsize("big") <= 1 << 20)
os.remove("big")
"""
    assert sealed.answer(code, limits={"file_megabytes": 1}).splitlines()[-1] == "True"


def test_a_user_starts_few_threads(sealed):
    code = """
threading.stack_size(1 << 16)
count, go_on = 0, threading.Event()
try:
    while count < 3000:
        threading.Thread(target=go_on.wait, daemon=True).start()
        count += 1
except RuntimeError:
    pass
print(count)
sys.stdout.flush()
os._exit(0)
"""
    if 0 in sealed.ids:
        pytest.skip("the system does not count root's threads")
    assert 16 <= int(sealed.answer(code, limits={"threads": 16, "memory_megabytes": 4000})) < 3000


def test_files_that_are_open_at_once_are_few(sealed):
    code = "files = []\nwhile len(files) < 99: files.append(open(os.devnull))"
    assert "Too many open files" in sealed.run(code, limits={"open_files": 30}).complaint


# What it cannot do

REACHING = """
open("/etc/passwd") | open("/etc/shadow") | os.listdir("/") | os.listdir("/tmp") | os.listdir(given["home"])
os.listdir("/home") | os.listdir(outside) | open(secret) | open("../outside/secret.txt") | open("/proc/self/environ")
open("/proc/self/maps") | open("/proc/self/mem", "r+b") | open(f"/proc/{parent}/environ") | os.listdir("/proc")
open(f"/proc/{parent}/mem", "rb") | open(f"/proc/self/root{secret}") | open(f"/proc/self/cwd/../outside/secret.txt")
open("/dev/tty") | open("/dev/zero", "rb") | os.listdir(f"/proc/{parent}/fd") | open(f"/proc/{parent}/fd/1", "w")
os.open("secret.txt", 0, dir_fd=os.open(outside, os.O_PATH)) | open(f"/proc/self/fd/{os.open(secret, os.O_PATH)}")
os.readlink(f"/proc/{parent}/cwd") | os.chdir(f"/proc/{parent}/root") | open(f"/proc/{parent}/cmdline")
open("/sys/kernel/notes", "rb") | os.listdir("/dev/shm") | open("/dev/shm/left", "w")
"""
CHANGING = """
open(outside + "/new", "w") | open(secret, "w") | open(secret, "a") | open("/tmp/left", "w") | os.remove(secret)
os.link(secret, "mine") | os.symlink(secret, "mine") | os.link("kept", outside + "/new") | os.mkdir("deep")
os.rename("kept", outside + "/new") | os.rename(secret, "mine") | os.replace("kept", secret) | os.mkfifo("pipe")
os.mknod("device", 0o20600, os.makedev(1, 3)) | os.truncate(secret, 0) | os.chmod(secret, 0) | os.chmod("kept", 0o777)
os.utime(secret) | os.setxattr(secret, "user.x", b"x") | os.chown("kept", -1, -1) | os.fchmod(kept.fileno(), 0o777)
os.mkdir(outside + "/new") | os.rmdir(outside) | os.open(readable, os.O_RDONLY | os.O_TRUNC) | os.open(secret, 3)
open(readable, "a") | os.remove(readable)
"""
STARTING = """
os.fork() | os.forkpty() | subprocess.run(["/bin/true"]) | os.posix_spawn("/bin/true", ["true"], {})
os.execv("/bin/true", ["true"]) | os.execv(sys.executable, ["python"]) | os.setsid() | os.setpgid(0, 0)
__import__("multiprocessing").Process(target=print).start()
"""
SPEAKING = """
socket.socket() | socket.socketpair() | socket.socket(socket.AF_UNIX) | socket.create_connection(("127.0.0.1", 80))
socket.socket(socket.AF_INET, socket.SOCK_DGRAM) | socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)
"""
DISTURBING = """
os.kill(parent, 0) | os.kill(parent, signal.SIGKILL) | os.kill(0, 0) | os.kill(-1, 0) | os.killpg(os.getpgid(parent), 0)
signal.pidfd_send_signal(0, 0) | os.setpriority(os.PRIO_PROCESS, parent, 19) | os.nice(5)
os.sched_setaffinity(parent, {0}) | os.pidfd_open(parent)
__import__("fcntl").fcntl(0, 8, parent) | __import__("fcntl").fcntl(0, 10, signal.SIGKILL)
__import__("fcntl").ioctl(0, 0x5412, b"x") | __import__("fcntl").ioctl(0, 0x8901, parent.to_bytes(4, "little"))
"""
LIFTING = """
resource.setrlimit(resource.RLIMIT_AS, (-1, -1)) | resource.setrlimit(resource.RLIMIT_CPU, (99, 99))
resource.prlimit(parent, resource.RLIMIT_CPU, (1, 1)) | resource.prlimit(0, resource.RLIMIT_FSIZE, (-1, -1))
os.setuid(1) | os.setgroups([]) | os.chroot(".") | os.memfd_create("hidden")
"""


def written(lists):
    return [attempt.strip() for lines in lists for attempt in re.split(r" \| (?!os\.O_)|\n", lines) if attempt.strip()]


ATTEMPTS = written((REACHING, CHANGING, STARTING, SPEAKING, DISTURBING, LIFTING))


FILES_OF_IT = "import resource\nkept, readable = open('kept', 'w'), given['house'] + '/apart/sealing.py'"
REFUSED = ("EACCES", "EPERM", "EXDEV", "ValueError: not allowed to raise maximum limit")


@pytest.fixture(scope="module")
def outcomes(sealed):
    """What came of each attempt, all in one process."""
    return sealed.outcomes(FILES_OF_IT, ATTEMPTS)


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_reaches_beyond_is_refused(outcomes, attempt):
    assert outcomes[attempt] in REFUSED


@pytest.mark.parametrize("rights", [13, 14, 15], ids=["Linux 5.13", "Linux 5.19", "Linux 6.2"])
def test_it_is_refused_by_earlier_versions_of_landlock_as_well(sealed, rights):
    """Where Landlock knows fewer rights, the filter stands in; what the kernel handles is set to these rights."""
    first = f"RIGHTS.update(dict.fromkeys(range(1, 99), {rights}))"
    assert set(sealed.outcomes(FILES_OF_IT, ATTEMPTS, first=first).values()) <= set(REFUSED)


def test_after_all_attempts_nothing_is_changed(sealed, outcomes):
    assert [path.name for path in sealed.outside.iterdir()] == ["secret.txt"]
    assert (sealed.outside / "secret.txt").read_text() == "the solution"
    assert [path.name for path in sealed.own.iterdir()] == ["kept"]


def test_root_keeps_no_capability_but_to_read_and_write_the_files_of_others(sealed):
    code = """
import struct
held = ctypes.create_string_buffer(24)
libc.capget(struct.pack("Ii", 0x20080522, 0), held)
effective, permitted, inheritable, *upper = struct.unpack("6I", held)
print((effective | permitted) & ~0b110, inheritable, *upper)
"""
    assert sealed.answer(code) == "0 0 0 0 0"


# What it says where a system cannot do it


OUTER = """
import json, os, sys
sys.path.append(sys.argv[1])
import ctypes, struct
from apart.sealing import Limits, seal
from apart.system_calls import ALLOWED, IF_EQUAL, LOAD, RETURN, instruction
refused, answer = int(sys.argv[2]), int(sys.argv[3])
libc = ctypes.CDLL(None, use_errno=True)
program = b"".join([
    instruction(LOAD, 0),
    instruction(IF_EQUAL, refused, if_false=1),
    instruction(RETURN, 0x50000 | answer),
    instruction(RETURN, ALLOWED),
])
kept = ctypes.create_string_buffer(program)
libc.prctl(38, 1, 0, 0, 0)
assert libc.prctl(22, 2, struct.pack("HP", 4, ctypes.addressof(kept)), 0, 0) == 0
print(*seal(Limits(), [sys.argv[1]], []), sep="\\n")
print(open("/etc/passwd").read(4))
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("error", "words"), [(1, "Landlock is forbidden here"), (38, "no Landlock in this kernel"), (95, "switched off")]
)
def test_it_says_that_files_can_be_read_where_there_is_no_landlock(sealed, error, words):
    command = [sealed.python, "-I", "-S", "-c", OUTER, str(sealed.folder / "house"), "444", str(error)]
    missing, read = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-2:]
    assert missing.startswith(FILES)
    assert words in missing
    assert read == "root"


def test_it_says_that_calls_are_open_where_there_is_no_filter(sealed):
    command = ["setarch", "i686", sealed.python, "-I", "-S", "-c", OUTER, str(sealed.folder / "house"), "999", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert f"{CALLS} (no filter is known for i686)" in done.stdout.splitlines(), done.stderr


def test_it_refuses_to_seal_when_there_are_threads(sealed):
    begin = "from threading import Event, Thread; go = Event(); Thread(target=go.wait, daemon=True).start()"
    code = f"import sys; sys.path.append(sys.argv[1])\n{begin}\nfrom apart.sealing import *\nseal(Limits(), [], [])"
    command = [sealed.python, "-I", "-S", "-c", code, str(sealed.folder / "house")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "RuntimeError: seal: must be called before there are other threads" in done.stderr


def test_what_cannot_be_enforced_is_told_without_sealing_this_process(sealed):
    told = sealed.answer("print(*missing, sep='\\n')").splitlines()
    if sealed.user is None:
        assert what_cannot_be_enforced() == told
    assert Path("/etc/passwd").read_text()


def test_a_user_misses_nothing(sealed):
    if 0 in sealed.ids:
        assert sealed.answer("print(missing)") == "['the number of threads cannot be limited for root']"
    else:
        assert sealed.answer("print(missing)") == "[]"
