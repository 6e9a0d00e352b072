"""TAR: an archive of documents, plain or packed by gzip, bzip2, xz or Zstandard."""

from __future__ import annotations

from tenderlight.reading.containers.libarchive import BrokenArchive
from tenderlight.reading.containers.marks import is_tar
from tenderlight.reading.containers.streams import media_type_of, pieces_of, starts_with
from tenderlight.reading.containers.unpacking import room_for, unpack
from tenderlight.reading.document import Document, Format, Opened


def _is_tar(document: Document) -> bool:
    if media_type_of(document.payload) is None:
        return is_tar(document.payload[:512])
    return is_tar(starts_with(document, 512))


def _read(document: Document) -> Opened:
    """A packed one is unpacked first; what is left of one that breaks off is read."""
    payload = document.payload
    if media_type_of(payload) is not None:
        payload = _unpacked(payload)
    return unpack(payload, "tar", FORMAT.media_type)


def _unpacked(payload: bytes) -> bytes:
    room = room_for(len(payload))
    whole = bytearray()
    try:
        for piece in pieces_of(payload):
            if len(whole) + len(piece) > room:
                break
            whole += piece
    except BrokenArchive:
        pass  # libarchive will say where the archive breaks off
    return bytes(whole)


FORMAT = Format(
    name="tar",
    says="TAR archive",
    media_type="application/x-tar",
    rank=50,
    recognise=_is_tar,
    read=_read,
)
