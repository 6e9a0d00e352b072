"""Landlock: of all files, a reader can open Python and its libraries, and only to read them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
"""Numbers of the three system calls, the same on every machine."""
_VERSION = 1
_BENEATH = 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""By version: how many rights over files there are. All are taken, two are given back."""
_NET_VERSION, _NET = 4, 0b11
_SCOPE_VERSION, _SCOPE = 6, 0b11
"""No TCP, and no signals or abstract sockets beyond the processes that are locked in together."""
_SET_NO_NEW_PRIVS = 38
_FONTS = "/usr/share/fonts"
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", _FONTS)


class _Rules(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scope", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def lock_files() -> bool:
    """From now on, for good, and for all processes that are started: only libraries, only read.

    Whether it holds: False on systems without Landlock.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, 0, _VERSION)
    if version < 1 or libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    rules = _Rules(
        files=(1 << _RIGHTS[min(version, max(_RIGHTS))]) - 1,
        net=_NET if version >= _NET_VERSION else 0,
        scope=_SCOPE if version >= _SCOPE_VERSION else 0,
    )
    size = 24 if version >= _SCOPE_VERSION else 16 if version >= _NET_VERSION else 8
    ruleset = libc.syscall(_CREATE, ctypes.byref(rules), size, 0)
    if ruleset < 0:
        return False
    try:
        for path in readable():
            _allow(libc, ruleset, path)
        return bool(libc.syscall(_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def readable() -> Iterable[Path]:
    """Where Python and its libraries lie: the folders it imports from, and those of the system."""
    found = [*sys.path, *_SYSTEM, *_folders_of_libraries()]
    return sorted({Path(path).resolve() for path in found if path and Path(path).exists()})


def _folders_of_libraries() -> Iterator[str]:
    """The folders of the shared libraries that are in use."""
    with contextlib.suppress(OSError), open("/proc/self/maps", encoding="utf-8") as maps:
        for line in maps:
            path = line.split(maxsplit=5)[-1].strip()
            if path.startswith("/") and ".so" in path:
                yield os.path.dirname(path)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path) -> None:
    """Reading this file, or what is in this folder. What cannot be opened stays locked."""
    with contextlib.suppress(OSError):
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            rights = _READ_FILE | (_READ_FOLDER if path.is_dir() else 0)
            beneath = _Beneath(rights=rights, folder=folder)
            libc.syscall(_ADD, ruleset, _BENEATH, ctypes.byref(beneath), 0)
        finally:
            os.close(folder)
