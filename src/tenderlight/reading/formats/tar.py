"""TAR: an archive of documents, plain or packed by gzip, bzip2, xz or Zstandard."""

from __future__ import annotations

from tenderlight.reading.containers.libarchive import BrokenArchive
from tenderlight.reading.containers.marks import is_tar
from tenderlight.reading.containers.streams import media_type_of, pieces_of, starts_with
from tenderlight.reading.containers.unpacking import breaking_off, room_for, unpack
from tenderlight.reading.document import Document, Format, Opened


def _is_tar(document: Document) -> bool:
    if media_type_of(document.payload) is None:
        return is_tar(document.payload[:512])
    return is_tar(starts_with(document, 512))


def _read(document: Document) -> Opened:
    """A packed one is unpacked first; what is left of one that breaks off is read."""
    if media_type_of(document.payload) is None:
        return unpack(document.payload, "tar", FORMAT.media_type)
    whole, room = bytearray(), room_for(len(document.payload))
    broken: BrokenArchive | None = None
    try:
        for piece in pieces_of(document.payload):
            if len(whole) + len(piece) > room:
                raise BrokenArchive("too large", final=True, no_memory=True)
            whole += piece
    except BrokenArchive as error:
        broken = error
    opened = unpack(bytes(whole), "tar", FORMAT.media_type)
    return breaking_off(opened, broken) if broken else opened


FORMAT = Format(
    name="tar",
    says="TAR archive",
    media_type="application/x-tar",
    rank=50,
    recognise=_is_tar,
    read=_read,
)
