"""libarchive, as it comes inside the wheel `archi`, called by its C interface.

`archi` itself gives neither what kind of entry it is nor whether it is encrypted, and its `read`
has no bound. Here an archive lies in memory, entries come one after another, and their bytes in
pieces. Filters are never asked for: some of them would start other programs.
"""

from __future__ import annotations

import ctypes
import locale
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

import archi

Kind = Literal["zip", "rar", "rar5", "7zip", "tar", "zstd"]

_PIECE: Final = 256 * 1024
_END, _OK, _WARN = 1, 0, -20
_NO_MEMORY: Final = 12
"""ENOMEM: more was asked for than the limits of this process allow."""

# A symbol is looked for in the module and in the libraries that it was linked with.
_LIB: Final = ctypes.CDLL(archi.__file__)
_VOID, _BYTES, _INT, _LONG = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int64


def _function(name: str, answer: object, *arguments: object) -> ctypes._NamedFuncPointer:
    function = getattr(_LIB, name)
    function.restype, function.argtypes = answer, arguments
    return function  # type: ignore[no-any-return]


_new = _function("archive_read_new", _VOID)
_free = _function("archive_read_free", _INT, _VOID)
_open = _function("archive_read_open_memory", _INT, _VOID, _BYTES, ctypes.c_size_t)
_next = _function("archive_read_next_header", _INT, _VOID, ctypes.POINTER(_VOID))
_read = _function("archive_read_data", ctypes.c_ssize_t, _VOID, _VOID, ctypes.c_size_t)
_said = _function("archive_error_string", _BYTES, _VOID)
_errno = _function("archive_errno", _INT, _VOID)
_raw_name = _function("archive_entry_pathname", _BYTES, _VOID)
_size = _function("archive_entry_size", _LONG, _VOID)
_mode = _function("archive_entry_filetype", _INT, _VOID)
_hardlink = _function("archive_entry_hardlink", _BYTES, _VOID)
_is_encrypted = _function("archive_entry_is_encrypted", _INT, _VOID)
_SUPPORT: Final = {
    "zip": ("format_zip",),
    "rar": ("format_rar",),
    "rar5": ("format_rar5",),
    "7zip": ("format_7zip",),
    "tar": ("format_tar",),
    "zstd": ("filter_zstd", "format_raw"),
}


_C = ctypes.CDLL(None)
_C.newlocale.restype = _C.uselocale.restype = _VOID
_C.newlocale.argtypes, _C.uselocale.argtypes = (_INT, _BYTES, _VOID), (_VOID,)
_WIDE: Final = _C.newlocale(1 << locale.LC_CTYPE, b"C.UTF-8", None)


@contextmanager
def _all_characters() -> Iterator[None]:
    """While libarchive turns names into bytes, they are UTF-8, whatever the user's locale is."""
    before = _C.uselocale(_WIDE)
    try:
        yield
    finally:
        _C.uselocale(before)


class BrokenArchive(Exception):
    """An archive, or one entry of it, that cannot be taken out. `what` is libarchive's word."""

    def __init__(self, what: str, *, final: bool, no_memory: bool = False) -> None:
        super().__init__(what)
        self.what, self.final, self.no_memory = what, final, no_memory

    def says(self, word: str) -> bool:
        """Whether a word stands in what libarchive says: it has no codes for these."""
        return word in self.what.lower()


class Entry:
    """One entry of an archive, good until the next is asked for."""

    __slots__ = ("_archive", "encrypted", "is_file", "is_folder", "name", "size")

    def __init__(self, archive: int, entry: int) -> None:
        mode = _mode(entry)
        self._archive = archive
        self.name: bytes = _raw_name(entry) or b""
        """As it stands in the archive, in UTF-8 where the archive says which characters it is."""
        self.size = int(_size(entry))
        """As the archive says; it may be wrong."""
        self.is_folder = mode == stat.S_IFDIR
        self.is_file = mode in (stat.S_IFREG, 0) and _hardlink(entry) is None
        self.encrypted = _is_encrypted(entry) > 0

    def pieces(self) -> Iterator[bytes]:
        """Its bytes. Raises BrokenArchive."""
        buffer = ctypes.create_string_buffer(_PIECE)
        while True:
            count = _read(self._archive, buffer, _PIECE)
            if count == 0:
                return
            if count < 0:
                raise _broken(self._archive, count)
            yield buffer.raw[:count]


def entries(payload: bytes, kind: Kind) -> Iterator[Entry]:
    """The entries of an archive in their order. Raises BrokenArchive where it goes no further."""
    archive = _new()
    try:
        for support in _SUPPORT[kind]:
            getattr(_LIB, f"archive_read_support_{support}")(_VOID(archive))
        if _open(archive, payload, len(payload)) < _WARN:
            raise _broken(archive, -30)
        while (entry := _next_entry(archive)) is not None:
            yield entry
    finally:
        _free(archive)


def _next_entry(archive: int) -> Entry | None:
    found = _VOID()
    with _all_characters():
        answer = _next(archive, ctypes.byref(found))
        if answer == _END:
            return None
        if answer < _WARN or found.value is None:
            raise _broken(archive, answer)
        return Entry(archive, found.value)


def _broken(archive: int, answer: int) -> BrokenArchive:
    what = (_said(archive) or b"no reason given").decode("utf-8", "replace")
    return BrokenArchive(what, final=answer <= -30, no_memory=_errno(archive) == _NO_MEMORY)
