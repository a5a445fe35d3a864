"""The filter of system calls, against calls that are made by their numbers, as a hostile file would make them."""

import os
import re
import struct
from pathlib import Path

import pytest

from coursework.apart.system_calls import FORBIDDEN, GUARDED, MACHINES, NEWEST, UNKNOWN, filter_for

MACHINE = os.uname().machine if hasattr(os, "uname") else ""
CALL = """
errno_of = errno.errorcode
def call(number, *arguments):
    ctypes.set_errno(0)
    if libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments)) == -1:
        raise OSError(ctypes.get_errno(), "")
def address(low):  # of memory that can be read, with 0 in its lower half where it is asked for
    libc.mmap.restype = ctypes.c_void_p
    return libc.mmap(ctypes.c_void_p(0x7E << 32 | low), ctypes.c_size_t(4096), 3, 0x32, -1, ctypes.c_long(0))
"""
BY_NUMBER = {
    "a process": "call({clone}, 17, 0, 0, 0, 0)",
    "a process with the memory of this one": "call({clone}, 0x4111, 0, 0, 0, 0)",
    "a thread in another namespace": "call({clone}, 0x40010F00, 0, 0, 0, 0)",
    "a process, its flags in upper halves": "call({clone}, 0x10000 << 32 | 17, 0, 0, 0, 0)",
    "limits of this process": "call({prlimit64}, 0, 7, address(4096), 0)",
    "limits at an address whose lower half is 0": "call({prlimit64}, 0, 7, address(0), 0)",
    "limits of the parent": "call({prlimit64}, parent, 0, address(0), 0)",
    "a signal for the parent": "call({kill}, parent, 0)",
    "a signal for the parent, with bits in the upper half": "call({kill}, os.getpid() << 32 | parent, 0)",
    "a signal for all": "call({kill}, -1, 0)",
    "a signal for the parent's thread": "call({tgkill}, parent, parent, 0)",
    "a signal for any thread": "call({tkill}, parent, 0)",
    "a signal with a value": "call({rt_sigqueueinfo}, parent, 0, address(4096))",
    "an owner that is signalled": "call({fcntl}, 0, 15, address(4096))",
    "a key pressed at the terminal": "call({ioctl}, 0, 0x5412, address(4096))",
    "a file emptied while it is read": "call({openat}, -100, ctypes.addressof(name), 0o1000)",
    "a file emptied without access": "call({openat}, -100, ctypes.addressof(name), 0o1003)",
}
ABSENT = {
    "clone3": "call({clone3}, address(4096), 88)",
    "openat2": "call({openat2}, -100, ctypes.addressof(name), address(4096), 24)",
    "a call of tomorrow": f"call({NEWEST + 1})",
    "a call that there cannot be": "call(-1)",
    "fork of x32": "call(0x40000000 | 57)",
    "socket of x32": "call(0x40000000 | 41, 1, 1, 0)",
    "execve of x32": "call(0x40000000 | 520, 0, 0, 0)",
}


def numbers_on(machine):
    """The numbers of all calls of the tables, by their names."""
    column = 1 + list(MACHINES).index(machine)
    tables = [*FORBIDDEN.values(), UNKNOWN, *(calls for calls, *_ in GUARDED)]
    calls = [call.split() for table in tables for call in table.split(",")]
    return {call[0]: int(call[column]) for call in calls if call[column] != "-"}


@pytest.fixture(scope="module")
def by_number(sealed):
    if MACHINE not in MACHINES:
        pytest.skip(f"no filter is known for {MACHINE}")
    numbers = numbers_on(MACHINE)
    attempts = {what: code.format(**numbers) for what, code in (BY_NUMBER | ABSENT).items()}
    attempts |= {name: f"call({number}, 0, 0, 0, 0, 0, 0)" for name, number in numbers.items()}
    before = f"name = ctypes.create_string_buffer({str(sealed.outside / 'secret.txt').encode()!r})"
    outcomes = sealed.outcomes(CALL + before, attempts.values())
    return {what: outcomes[code] for what, code in attempts.items()}


@pytest.mark.parametrize("what", BY_NUMBER)
def test_a_call_with_wrong_arguments_is_refused(by_number, what):
    assert by_number[what] == "EPERM"


@pytest.mark.parametrize("what", ABSENT)
def test_a_call_that_no_filter_understands_is_not_there(by_number, what):
    assert by_number[what] == "ENOSYS"


def test_all_forbidden_calls_are_refused(by_number):
    names = [call.split()[0] for table in FORBIDDEN.values() for call in table.split(",")]
    assert {by_number.get(name, "EPERM") for name in names} == {"EPERM"}


@pytest.mark.skipif(MACHINE != "x86_64", reason="only there a call can be made as on 32 bits")
@pytest.mark.parametrize("number", [2, 20, 37, 102, 11])  # fork, getpid, kill, socketcall, execve
def test_no_call_is_made_as_on_32_bits(sealed, number):
    code = f"""
import mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(b"\\xb8" + ({number}).to_bytes(4, "little") + b"\\xcd\\x80\\xc3")  # mov eax, number; int 0x80; ret
place = ctypes.addressof(ctypes.c_char.from_buffer(page))
print(ctypes.CFUNCTYPE(ctypes.c_int)(place)() & 0xFFFFFFFF == 0xFFFFFFFF)
"""
    assert sealed.answer(code) == "True"


# The program itself, for both machines


def verdict(program, architecture, number, *arguments):
    """What the kernel's small machine returns for a call, as it is described in linux/filter.h."""
    data = struct.pack(
        "iIQ6Q", number, architecture, 0, *(value & (1 << 64) - 1 for value in (*arguments, *[0] * 6)[:6])
    )
    instructions = list(struct.iter_unpack("HBBI", program))
    register = place = 0
    while True:
        code, if_true, if_false, value = instructions[place]
        place += 1
        if code == 0x20:
            (register,) = struct.unpack_from("I", data, value)
        elif code == 0x54:
            register &= value
        elif code in (0x15, 0x25):
            place += if_true if (register == value if code == 0x15 else register > value) else if_false
        else:
            assert code == 0x06
            return {0x7FFF0000: "allowed", 0x50001: "EPERM", 0x50026: "ENOSYS"}[value]


ME = 4711
READING, WRITING = 0o2000000, 0o2001101  # O_CLOEXEC; with O_WRONLY, O_CREAT and O_TRUNC


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("clone", (0x3D0F00,), "allowed"),  # as the C library starts a thread
        ("clone", (0x1200011,), "EPERM"),  # as it forks
        ("kill", (ME, 9), "allowed"),
        ("kill", (ME + 1, 9), "EPERM"),
        ("kill", (-ME, 9), "EPERM"),
        ("tgkill", (ME, ME + 7, 6), "allowed"),
        ("tgkill", (1, 1, 6), "EPERM"),
        ("prlimit64", (0, 7, 0, 0x7F0000001000), "allowed"),
        ("prlimit64", (0, 7, 0x7F0000000000, 0), "EPERM"),
        ("prlimit64", (0, 7, 0x1000, 0), "EPERM"),
        ("openat", (-100, 0x1000, READING), "allowed"),
        ("openat", (-100, 0x1000, WRITING, 0o666), "allowed"),
        ("openat", (-100, 0x1000, 0o1000), "EPERM"),
        ("openat", (-100, 0x1000, 3), "EPERM"),
        ("ioctl", (1, 0x5401, 0x1000), "allowed"),
        ("ioctl", (1, 0x5412, 0x1000), "EPERM"),
        ("fcntl", (0, 1, 0), "allowed"),
        ("fcntl", (0, 8, 1), "EPERM"),
        ("clone3", (0x1000, 88), "ENOSYS"),
        ("socket", (1, 1, 0), "EPERM"),
        ("execve", (0x1000, 0, 0), "EPERM"),
    ],
)
def test_the_filter_of_each_machine_knows_right_from_wrong(machine, name, arguments, expected):
    number = numbers_on(machine)[name]
    assert verdict(filter_for(machine, ME), MACHINES[machine], number, *arguments) == expected


@pytest.mark.parametrize("machine", MACHINES)
def test_the_filter_of_each_machine_allows_what_is_in_no_table(machine):
    program, known = filter_for(machine, ME), set(numbers_on(machine).values())
    verdicts = {verdict(program, MACHINES[machine], number) for number in range(NEWEST + 1) if number not in known}
    assert verdicts == {"allowed"}


@pytest.mark.parametrize("machine", MACHINES)
def test_the_filter_refuses_calls_of_another_machine(machine):
    program = filter_for(machine, ME)
    others = [0x40000003, 0x40000028, *(code for name, code in MACHINES.items() if name != machine)]
    assert {verdict(program, other, number) for other in others for number in range(300)} == {"EPERM"}


@pytest.mark.parametrize("machine", MACHINES)
def test_no_number_stands_in_the_table_twice(machine):
    column = 1 + list(MACHINES).index(machine)
    calls = [call.split() for table in FORBIDDEN.values() for call in table.split(",")]
    numbers = [call[column] for call in calls if call[column] != "-"]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("machine", "header"),
    [("x86_64", "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), ("aarch64", "/usr/include/asm-generic/unistd.h")],
)
def test_the_numbers_are_those_of_the_kernel(machine, header):
    if not Path(header).exists():
        pytest.skip(f"the kernel's headers are not installed: {header}")
    lines = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", Path(header).read_text())
    kernel = {name: int(number) for name, number in lines}
    ours = numbers_on(machine)
    assert {name: ours[name] for name in ours.keys() & kernel.keys()} == {
        n: kernel[n] for n in ours.keys() & kernel.keys()
    }
    assert len(ours.keys() & kernel.keys()) > 100
    assert not {name for name, number in ours.items() if name not in kernel and number <= max(kernel.values())}
