"""A filter of system calls (seccomp): what a reader may still ask of the system.

Everything that is not named here is refused with "not permitted": above all sockets, other
programs, other processes, signals, and opening anything for writing. Numbers are those of the
kernel's tables for x86-64 and for ARM64; on other machines there is no filter.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from typing import NamedTuple

_SET_NO_NEW_PRIVS = 38
_FILTER = 1
_ALL_THREADS = 1
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _EQUAL, _SET, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_TMPFILE
_WRITING &= ~os.O_DIRECTORY
"""O_TMPFILE has the bit of O_DIRECTORY in it, with which folders are opened for listing."""

_X86_64, _ARM64 = 0xC000003E, 0xC00000B7
_KNOWN = {"x86_64": (_X86_64, 0), "aarch64": (_ARM64, 1)}

_ALONE = {
    # memory, time, and what the process knows of itself
    "brk": (12, 214),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "mprotect": (10, 226),
    "madvise": (28, 233),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "gettimeofday": (96, 169),
    "times": (100, 153),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "uname": (63, 160),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "gettid": (186, 178),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "getrandom": (318, 278),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "futex": (202, 98),
    "membarrier": (324, 283),
    "rseq": (334, 293),
    "set_robust_list": (273, 99),
    "set_tid_address": (218, 96),
    "restart_syscall": (219, 128),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "exit": (60, 93),
    "exit_group": (231, 94),
    # what is open already, and opening files for reading (Landlock says which)
    "read": (0, 63),
    "readv": (19, 65),
    "pread64": (17, 67),
    "write": (1, 64),
    "writev": (20, 66),
    "lseek": (8, 62),
    "close": (3, 57),
    "dup": (32, 23),
    "fcntl": (72, 25),
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    "sendto": (44, 206),
    "recvfrom": (45, 207),
    "stat": (4, None),
    "lstat": (6, None),
    "fstat": (5, 80),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "getdents64": (217, 61),
    "getcwd": (79, 17),
}
_FOR_CHILDREN = {
    # what the process that starts the readers needs besides: it never sees a document
    "clone": (56, 220),
    "wait4": (61, 260),
    "waitid": (247, 95),
    "sendmsg": (46, 211),
    "recvmsg": (47, 212),
    "prctl": (157, 167),
    "seccomp": (317, 277),
}
_OPENING = {"open": (2, None, 1), "openat": (257, 56, 2)}
"""With the place of the flags among their arguments."""
_PRLIMIT = (302, 261)
_SECCOMP = (317, 277)
_CLONE3 = 435
"""Its flags cannot be looked at; told that it is not there, the C library takes `clone`."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


class _Instruction(NamedTuple):
    code: int
    if_true: int
    if_false: int
    value: int


def filter_calls(*, children: bool) -> bool:
    """From now on, for good, and for all processes that are started: only the calls named above.

    Whether it holds: False on machines and systems that do not know such filters.
    """
    known = _KNOWN.get(platform.machine())
    if known is None:
        return False
    instructions = _program(*known, children=children)
    body = b"".join(struct.pack("=HBBI", *each) for each in instructions)
    program = _Program(len(instructions), body)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    number = _SECCOMP[known[1]]
    return bool(libc.syscall(number, _FILTER, _ALL_THREADS, ctypes.byref(program)) == 0)


def _program(architecture: int, column: int, *, children: bool) -> list[_Instruction]:
    allowed = _ALONE | (_FOR_CHILDREN if children else {})
    numbers = [number for row in allowed.values() if (number := row[column]) is not None]
    program = [
        _Instruction(_LOAD, 0, 0, _ARCHITECTURE),
        _Instruction(_EQUAL, 1, 0, architecture),
        _Instruction(_RETURN, 0, 0, _KILL),
        _Instruction(_LOAD, 0, 0, _NUMBER),
    ]
    for number in numbers:
        program += _if_equal(number, [_Instruction(_RETURN, 0, 0, _ALLOW)])
    for *row, place in _OPENING.values():
        if (number := row[column]) is not None:
            program += _if_equal(number, _unless(place, _SET, _WRITING))
    program += _if_equal(_PRLIMIT[column], _only_itself())
    program += _if_equal(_CLONE3, [_Instruction(_RETURN, 0, 0, _ERRNO | errno.ENOSYS)])
    return [*program, _Instruction(_RETURN, 0, 0, _ERRNO | errno.EPERM)]


def _if_equal(number: int, then: list[_Instruction]) -> list[_Instruction]:
    return [_Instruction(_EQUAL, 0, len(then), number), *then]


def _unless(argument: int, how: int, value: int) -> list[_Instruction]:
    """Allowed, unless the lower half of an argument has one of these bits."""
    return [
        _Instruction(_LOAD, 0, 0, 16 + 8 * argument),
        _Instruction(how, 0, 1, value),
        _Instruction(_RETURN, 0, 0, _ERRNO | errno.EPERM),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    ]


def _only_itself() -> list[_Instruction]:
    """Limits of one's own process (0), nobody else's."""
    return [
        _Instruction(_LOAD, 0, 0, 16),
        _Instruction(_EQUAL, 0, 1, 0),
        _Instruction(_RETURN, 0, 0, _ALLOW),
        _Instruction(_RETURN, 0, 0, _ERRNO | errno.EPERM),
    ]
