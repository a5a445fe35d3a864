"""A filter of system calls: what the process of a student's code may ask of the kernel (Linux, seccomp).

A filter is a program of the Berkeley Packet Filter, a small machine in the kernel, which looks at each call before it
is made. It reads the call as ``struct seccomp_data``::

    0  int     number of the call
    4  int     architecture
    8  long    address from which it is made
    16 long    its six arguments

Source: https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import ctypes
import os
import struct
from collections.abc import Iterator, Sequence
from errno import ENOSYS, EPERM

CALLS = "connections can be opened, other processes started and signalled, and modes of files changed"
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # and how the kernel calls them: AUDIT_ARCH_...

# Names of calls, and their numbers on these machines.
FORBIDDEN = {
    "connections; a pair of sockets could send to any that has a name": """
        socket 41 198, socketpair 53 199, connect 42 203, accept 43 202, accept4 288 242, bind 49 200, listen 50 201,
        sendmsg 46 211, sendmmsg 307 269, io_uring_setup 425 425, io_uring_enter 426 426, io_uring_register 427 427""",
    "processes, and leaving the group with which this one is ended": """
        fork 57 -, vfork 58 -, execve 59 221, execveat 322 281, setsid 112 157, setpgid 109 154""",
    "what other processes hold, and how fast they are": """
        ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271, process_madvise 440 440, kcmp 312 272,
        process_mrelease 448 448, pidfd_open 434 434, pidfd_getfd 438 438, pidfd_send_signal 424 424,
        move_pages 279 239, migrate_pages 256 238, setrlimit 160 164, setpriority 141 140, ioprio_set 251 30,
        sched_setparam 142 118, sched_setscheduler 144 119, sched_setattr 314 274, sched_setaffinity 203 122""",
    "memory that counts nowhere, and memory and messages that stay when the process has ended": """
        memfd_create 319 279, memfd_secret 447 447, shmget 29 194, shmat 30 196, shmctl 31 195, semget 64 190,
        semop 65 193, semctl 66 191, semtimedop 220 192, msgget 68 186, msgsnd 69 189, msgrcv 70 188, msgctl 71 187,
        mq_open 240 180, mq_unlink 241 181""",
    "what Landlock leaves open of files: modes, owners, times, names that appear; in old versions, truncating": """
        chmod 90 -, fchmod 91 52, fchmodat 268 53, fchmodat2 452 452, chown 92 -, fchown 93 55, lchown 94 -,
        fchownat 260 54, utime 132 -, utimes 235 -, futimesat 261 -, utimensat 280 88, setxattr 188 5, lsetxattr 189 6,
        fsetxattr 190 7, setxattrat 463 463, removexattr 197 14, lremovexattr 198 15, fremovexattr 199 16,
        removexattrat 466 466, file_setattr 469 469, truncate 76 45, inotify_init 253 -, inotify_init1 294 26,
        inotify_add_watch 254 27, fanotify_init 300 262, fanotify_mark 301 263, name_to_handle_at 303 264,
        open_by_handle_at 304 265, quotactl 179 60, quotactl_fd 443 443""",
    "another user, another root, other namespaces": """
        setuid 105 146, setgid 106 144, setreuid 113 145, setregid 114 143, setresuid 117 147, setresgid 119 149,
        setgroups 116 159, setfsuid 122 151, setfsgid 123 152, capset 126 91, personality 135 92, mount 165 40,
        umount2 166 39, pivot_root 155 41, chroot 161 51, unshare 272 97, setns 308 268, open_tree 428 428,
        open_tree_attr 467 467, move_mount 429 429, fsopen 430 430, fsconfig 431 431, fsmount 432 432, fspick 433 433,
        mount_setattr 442 442""",
    "the whole machine, and parts of the kernel that have often been its weak ones": """
        bpf 321 280, perf_event_open 298 241, add_key 248 217, request_key 249 218, keyctl 250 219,
        userfaultfd 323 282, kexec_load 246 104, kexec_file_load 320 294, init_module 175 105, finit_module 313 273,
        delete_module 176 106, swapon 167 224, swapoff 168 225, reboot 169 142, acct 163 89, syslog 103 116,
        vhangup 153 58, settimeofday 164 170, clock_settime 227 112, adjtimex 159 171, clock_adjtime 305 266,
        sethostname 170 161, setdomainname 171 162, iopl 172 -, ioperm 173 -, modify_ldt 154 -, sync 162 81,
        syncfs 306 267, io_setup 206 0""",
}
UNKNOWN = "clone3 435 435, openat2 437 437"  # say what they want where no filter looks; the C library does without them
NEWEST = 469  # what comes later is unknown, too


# Calls that are allowed with some arguments. Of 32 bits of one, 0 and 1 being the lower and the upper half of the first
# argument, those of a mask must be one of some values.
ALL = 0xFFFFFFFF
NAMESPACES, THREAD = 0x7E020000, 0x00010000  # flags of clone
TRUNCATE = 0o1000  # O_TRUNC: old versions of Landlock let it truncate what is opened for reading, or for nothing (3)
OPENING = (0, 1, 2, TRUNCATE | 1, TRUNCATE | 2)
TERMINALS = (0x5401, 0x802C542A, 0x5413)  # TCGETS, TCGETS2, TIOCGWINSZ: is it a terminal, and how wide
DESCRIPTORS = (0x5421, 0x541B, 0x5450, 0x5451)  # FIONBIO, FIONREAD, FIONCLEX, FIOCLEX
FCNTL = (*range(8), 36, 37, 38, 1030, 1032)  # without F_SETOWN and F_SETSIG, by which the kernel signals others
OWN = ()  # the number of this process

GUARDED = (
    ("clone 56 220", 0, THREAD | NAMESPACES, (THREAD,)),
    ("kill 62 129, tkill 200 130, tgkill 234 131, rt_sigqueueinfo 129 138, rt_tgsigqueueinfo 297 240", 0, ALL, OWN),
    ("prlimit64 302 261", 4, ALL, (0,)),  # the address of new limits: there is none
    ("prlimit64 302 261", 5, ALL, (0,)),
    ("open 2 -", 2, 3 | TRUNCATE, OPENING),
    ("openat 257 56", 4, 3 | TRUNCATE, OPENING),
    ("ioctl 16 29", 2, ALL, TERMINALS + DESCRIPTORS),
    ("fcntl 72 25", 2, ALL, FCNTL),
)

LOAD, AND, IF_EQUAL, IF_GREATER, RETURN = 0x20, 0x54, 0x15, 0x25, 0x06  # instructions, for one register of 32 bits
ALLOWED, REFUSED, ABSENT = 0x7FFF0000, 0x00050000 | EPERM, 0x00050000 | ENOSYS  # what the program returns


def filter_calls(libc: ctypes.CDLL) -> list[str]:
    """Let the kernel filter the calls of this thread and of those that it starts; return in words where it does not."""
    machine = os.uname().machine
    if machine not in MACHINES or struct.calcsize("P") != 8:
        return [f"{CALLS} (no filter is known for {machine})"]
    program = filter_for(machine, os.getpid())
    kept = ctypes.create_string_buffer(program)
    described = struct.pack("HP", len(program) // len(instruction(RETURN, ALLOWED)), ctypes.addressof(kept))
    if libc.prctl(22, 2, described, 0, 0) != 0:  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
        return [f"{CALLS} (no filter of system calls in this kernel: {os.strerror(ctypes.get_errno())})"]
    return []


def filter_for(machine: str, process: int) -> bytes:
    """Return the program for a machine and the process of this number."""
    program = [
        instruction(LOAD, 4),
        instruction(IF_EQUAL, MACHINES[machine], if_true=1),  # no call as on 32 bits, whose numbers are others
        instruction(RETURN, REFUSED),
        instruction(LOAD, 0),  # the number, which stays in the register
        instruction(IF_GREATER, NEWEST, if_false=1),  # a call of tomorrow, or one of x32, whose numbers are above 2^30
        instruction(RETURN, ABSENT),
    ]
    for number in numbers(UNKNOWN, machine):
        program += [instruction(IF_EQUAL, number, if_false=1), instruction(RETURN, ABSENT)]
    for calls in FORBIDDEN.values():
        for number in numbers(calls, machine):
            program += [instruction(IF_EQUAL, number, if_false=1), instruction(RETURN, REFUSED)]
    for calls, half, mask, values in GUARDED:
        for number in numbers(calls, machine):
            program += guard(number, half, mask, values or (process,))
    return b"".join([*program, instruction(RETURN, ALLOWED)])


def guard(number: int, half: int, mask: int, values: Sequence[int]) -> list[bytes]:
    """Return the instructions that refuse a call unless ``argument & mask`` is one of the values."""
    accept = [
        instruction(IF_EQUAL, value, if_true=len(values) - place)  # over the other values and the refusal
        for place, value in enumerate(values)
    ]
    body = [
        instruction(LOAD, 16 + 4 * half),
        instruction(AND, mask),
        *accept,
        instruction(RETURN, REFUSED),
        instruction(LOAD, 0),  # the number, for what comes next
    ]
    return [instruction(IF_EQUAL, number, if_false=len(body)), *body]


def instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """Return one instruction; the last two say how many are left out behind it."""
    return struct.pack("HBBI", code, if_true, if_false, value)


def numbers(calls: str, machine: str) -> Iterator[int]:
    """Yield the numbers that calls have on a machine.

    >>> list(numbers("fork 57 -, execve 59 221", "aarch64"))
    [221]
    """
    column = 1 + list(MACHINES).index(machine)
    for call in calls.split(","):
        number = call.split()[column]
        if number != "-":
            yield int(number)
