"""RAR of any version, by `rars`; what is damaged, as far as libarchive comes with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import rars

from tenderlight.model import Problem
from tenderlight.reading import limits
from tenderlight.reading.containers.libarchive import BrokenArchive, Kind
from tenderlight.reading.containers.marks import RAR
from tenderlight.reading.containers.names import is_nothing
from tenderlight.reading.containers.unpacking import (
    Packed,
    breaking_off,
    encrypted,
    locked,
    one_of_several,
    room_for,
    take_out,
    unpack,
)
from tenderlight.reading.document import Opened

_FAILURES = (rars.Error, MemoryError, KeyError, ValueError, OSError)


def unpack_rar(payload: bytes, media_type: str) -> Opened:
    """The documents in a RAR archive. Raises Unreadable if there is none, or it is locked."""
    room = room_for(len(payload))
    try:
        archive = rars.RarFile.from_bytes(payload, options=_options(room))
        infos = archive.infolist()
        known = _solid(archive, infos, room)
    except rars.PasswordRequired as error:
        raise locked() from error
    except _FAILURES:
        return _what_is_left(payload, media_type)
    found = (_packed(archive, info, known, room) for info in infos)
    return take_out(found, len(payload), media_type)


def _options(room: int) -> rars.ReadOptions:
    return rars.ReadOptions(
        max_member_output_bytes=room,
        max_total_output_bytes=room + limits.SKIPPED_BYTES,
        rar50_dictionary_size_limit=limits.RAR_DICTIONARY,
        max_header_count=limits.ARCHIVE_ENTRIES,
    )


def _solid(
    archive: rars.RarFile, infos: Sequence[rars.RarInfo], room: int
) -> dict[int, bytes] | None:
    """All documents of a solid archive: each can only be unpacked behind those before it.

    None for other archives, whose documents are taken out one by one.
    """
    if not any(info.is_solid for info in infos):
        return None
    wanted = []
    for info in infos:
        if _is_document(archive, info) and _problem(info) is None and info.file_size <= room:
            wanted.append(info)
            room -= info.file_size
    unpacked = archive.read_many(wanted, options=_options(limits.ARCHIVE_BYTES))
    return dict(zip((info.member_index for info in wanted), unpacked, strict=True))


def _packed(
    archive: rars.RarFile, info: rars.RarInfo, known: dict[int, bytes] | None, room: int
) -> Packed:
    return Packed(
        name=info.orig_filename_bytes,
        size=info.file_size,
        pieces=partial(_pieces, archive, info, known, room),
        is_file=not _is_link(archive, info),
        is_folder=info.is_dir(),
        problem=_problem(info),
    )


def _pieces(
    archive: rars.RarFile, info: rars.RarInfo, known: dict[int, bytes] | None, room: int
) -> Iterator[bytes]:
    if known is not None:
        if info.member_index not in known:
            raise BrokenArchive("no room", final=False, no_memory=True)
        yield known.pop(info.member_index)
        return
    try:
        yield archive.read(info, options=_options(room))
    except _FAILURES as error:
        no_memory = isinstance(error, MemoryError)
        raise BrokenArchive(str(error), final=False, no_memory=no_memory) from error


def _is_document(archive: rars.RarFile, info: rars.RarInfo) -> bool:
    name = info.orig_filename_bytes.decode("latin-1")
    return not info.is_dir() and not is_nothing(name) and not _is_link(archive, info)


def _is_link(archive: rars.RarFile, info: rars.RarInfo) -> bool:
    try:
        archive.readlink(info)
    except _FAILURES:
        return False
    return True


def _problem(info: rars.RarInfo) -> Problem | None:
    if info.is_encrypted:
        return encrypted()
    return one_of_several() if info.is_split_before or info.is_split_after else None


def _what_is_left(payload: bytes, media_type: str) -> Opened:
    """Of an archive that is not whole: the documents before the damage."""
    rest = payload[payload.find(RAR) :]
    kind: Kind = "rar5" if rest.startswith(RAR + b"\x01") else "rar"
    return breaking_off(unpack(rest, kind, media_type), BrokenArchive("damaged", final=True))
