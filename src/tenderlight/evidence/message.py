"""HTTP messages as they were received: where the head ends, and the document without its codings.

What a server sends is hostile: nothing here trusts a length, and no coding unpacks without end.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import msgspec

from tenderlight.evidence.warc import CHUNK, quoted

LONGEST_HEAD = 1 << 20
"""An answer whose head has not ended by then is not HTTP."""
LARGEST_DECODED = 128 * 2**20
"""The largest document that a content coding may unpack to: readers hold it in memory."""
_LONGEST_SIZE_LINE = 4096
_LONGEST_ADDRESS = 8192
_WANTED = ("content-type", "location", "transfer-encoding", "content-encoding")
_EMPTY_LINE = re.compile(rb"\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)")
"""Browsers that write archives put `HTTP/2 200` in front of headers that came in another form."""
_SIZE_LINE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(;.*)?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_GZIP, _RAW = zlib.MAX_WBITS + 16, -zlib.MAX_WBITS

Pieces = Iterator[bytes]


class Stuck(Exception):
    """A coding that cannot be taken off: not what it says it is, cut off, or without end."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the head of an answer says."""

    size: int
    """Bytes up to and with the empty line."""
    complete: bool
    """False where the answer broke off before the empty line."""
    status: int
    media_type: str | None
    location: str | None
    """As the header has it."""
    codings: tuple[str, ...]
    """What to take off the body to have the document, outermost first."""


def read_head(start: bytes, method: str = "GET") -> Head | None:
    """The head at the start of an answer; None where it is not HTTP.

    `start` is all that came, or at least its first `LONGEST_HEAD` bytes.

    >>> head = read_head(b"HTTP/1.1 404 Not Found\\r\\nContent-Type: text/html; a=b\\r\\n\\r\\nx")
    >>> head.status, head.size, head.media_type
    (404, 56, 'text/html')
    """
    status, empty = _STATUS.match(start), _EMPTY_LINE.search(start, 0, LONGEST_HEAD)
    if status is None or (empty is None and len(start) >= LONGEST_HEAD):
        return None
    size = empty.end() if empty else len(start)
    return _understood(start[:size], empty is not None, int(status[1]), method)


def _understood(head: bytes, complete: bool, code: int, method: str) -> Head:
    said = _headers(head)
    media_type = said["content-type"][:1] or [""]
    has_body = method != "HEAD" and code >= 200 and code not in (204, 304)
    return Head(
        size=len(head),
        complete=complete,
        status=code,
        media_type=media_type[0].split(";")[0].strip().lower()[:100] or None,
        location=next(iter(said["location"]), None),
        codings=_codings(said) if has_body else (),
    )


def _headers(head: bytes) -> dict[str, list[str]]:
    """The values of the headers that matter here, in their order."""
    said: dict[str, list[str]] = {name: [] for name in _WANTED}
    for line in re.sub(rb"\r?\n[ \t]+", b" ", head).split(b"\n")[1:]:
        name, _, value = line.partition(b":")
        values = said.get(_text(name[:20]).strip().lower())
        if values is not None:
            values.append(_text(value).strip())
    return said


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("iso-8859-1")


def _codings(said: dict[str, list[str]]) -> tuple[str, ...]:
    """Transfer coding, then content coding. Several of one sort are one name that nobody knows."""
    named = (", ".join(said[name]).lower() for name in ("transfer-encoding", "content-encoding"))
    return tuple(value[:100] for value in named if value not in ("", "identity"))


def absolute(url: str, location: str | None) -> str | None:
    """Where a redirect leads; None where that is no address.

    >>> absolute("http://example.com/a/b", "../c d")
    'http://example.com/c%20d'
    """
    if not location or len(location) > _LONGEST_ADDRESS:
        return None
    try:
        led = quoted(urljoin(url, location))
    except ValueError:
        return None
    return led if _SCHEME.match(led) else None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a body when its codings are off."""

    sha256: str
    size: int
    undecoded: str | None
    """The outermost coding that stayed on."""


def measure(body: Callable[[], Pieces], codings: tuple[str, ...], is_cut: bool) -> Document:
    """The digest of the document; takes off as many codings as can be taken off.

    `body` begins the body anew. `is_cut` says that its end is known to be missing: then what could
    be decoded of it is the document.
    """
    for off in range(len(codings), 0, -1):
        try:
            return _digested(take_off(body(), codings[:off], is_cut), *codings[off : off + 1])
        except Stuck:
            continue
    return _digested(body(), *codings[:1])


def _digested(pieces: Pieces, undecoded: str | None = None) -> Document:
    sha256, size = hashlib.sha256(), 0
    for piece in pieces:
        sha256.update(piece)
        size += len(piece)
    return Document(sha256=sha256.hexdigest(), size=size, undecoded=undecoded)


def to_take_off(codings: tuple[str, ...], undecoded: str | None) -> tuple[str, ...]:
    """The codings that were taken off when this one stayed on."""
    if undecoded is None:
        return codings
    return codings[: codings.index(undecoded)] if undecoded in codings else ()


def take_off(body: Pieces, codings: tuple[str, ...], is_cut: bool) -> Pieces:
    """The body without these codings, in bounded pieces. Raises Stuck, perhaps in the middle."""
    pieces = body
    for coding in codings:
        if coding == "chunked":
            pieces = _dechunk(pieces, is_cut)
        elif coding in ("gzip", "x-gzip"):
            pieces = _gunzip(pieces, is_cut)
        elif coding == "deflate":
            pieces = _inflate(pieces, is_cut)
        else:
            raise Stuck(coding)
    return pieces


def is_cut_off(body: Pieces, codings: tuple[str, ...]) -> bool:
    """True if the chunks of a body break off before the last one."""
    if codings[:1] != ("chunked",):
        return False
    try:
        for _ in _dechunk(body, is_cut=False):
            pass
    except _Torn:
        return True
    except Stuck:
        return False
    return False


class _Torn(Stuck):
    """It ends too early."""


class _Lines:
    """Pieces, read by line or by length. Moves on in a piece without copying what is left of it."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces, self._piece, self._at = pieces, b"", 0

    def line(self) -> bytes:
        while (end := self._piece.find(b"\n", self._at)) < 0:
            if len(self._piece) - self._at > _LONGEST_SIZE_LINE:
                raise Stuck("no chunk")
            self._more()
        line, self._at = self._piece[self._at : end], end + 1
        return line.removesuffix(b"\r")

    def some(self, most: int) -> bytes:
        if self._at == len(self._piece):
            self._more()
        some = self._piece[self._at : self._at + most]
        self._at += len(some)
        return some

    def _more(self) -> None:
        for piece in self._pieces:
            self._piece, self._at = self._piece[self._at :] + piece, 0
            return
        raise _Torn("the last chunk is missing")


def _dechunk(pieces: Pieces, is_cut: bool) -> Pieces:
    lines = _Lines(pieces)
    try:
        while True:
            size = _SIZE_LINE.fullmatch(lines.line())
            if size is None:
                raise Stuck("no chunk")
            left = int(size[1], 16)
            if not left:
                break
            while left:
                piece = lines.some(left)
                left -= len(piece)
                yield piece
            if lines.line():
                raise Stuck("a chunk is longer than it says")
        while lines.line():
            pass  # trailers: part of the record, not of the document
    except _Torn:
        if not is_cut:
            raise


def _gunzip(pieces: Pieces, is_cut: bool) -> Pieces:
    yield from _bounded(_unzip(pieces, _GZIP, is_cut))


def _inflate(pieces: Pieces, is_cut: bool) -> Pieces:
    """With zlib's header, as the standard has it, or without, as some servers do."""
    first = b""
    for piece in pieces:
        first += piece
        if len(first) >= 2:
            break
    has_header = len(first) >= 2 and first[0] & 15 == 8 and int.from_bytes(first[:2]) % 31 == 0
    bits = zlib.MAX_WBITS if has_header else _RAW
    yield from _bounded(_unzip(_again(first, pieces), bits, is_cut))


def _again(first: bytes, rest: Pieces) -> Pieces:
    yield first
    yield from rest


def _bounded(pieces: Pieces) -> Pieces:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_DECODED:
            raise Stuck(f"it unpacks to more than {LARGEST_DECODED >> 20} MB")
        yield piece


def _unzip(pieces: Pieces, bits: int, is_cut: bool) -> Pieces:
    """Every gzip member in a row; what stands behind the last is no part of the document."""
    unzip, begun = zlib.decompressobj(bits), False
    try:
        for data in pieces:
            while data:
                if unzip.eof and not (bits == _GZIP and data.startswith(b"\x1f")):
                    return
                unzip = zlib.decompressobj(bits) if unzip.eof else unzip
                begun = True
                yield unzip.decompress(data, CHUNK)
                data = unzip.unused_data if unzip.eof else unzip.unconsumed_tail
        while not unzip.eof and (piece := unzip.decompress(b"", CHUNK)):
            yield piece
    except zlib.error as error:
        raise Stuck(str(error)) from error
    if begun and not unzip.eof and not is_cut:
        raise _Torn("it breaks off")
