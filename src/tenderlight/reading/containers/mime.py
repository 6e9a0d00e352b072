"""Mail and saved web pages as MIME has them (RFC 2045, 2046): parts inside parts, in memory."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tenderlight.reading import limits
from tenderlight.reading.containers.header_text import header_text, parameters

_HEADER = re.compile(rb"([!-9;-~]{1,76})[ \t]{0,3}:")
_HEAD_BYTES = 256 * 1024
_FIELDS = 500
_VALUE = 16 * 1024
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


@dataclass(frozen=True)
class Part:
    """A part of a mail: `start` and `end` of it in the bytes of the whole."""

    whole: bytes
    start: int
    end: int

    @cached_property
    def _split(self) -> tuple[dict[str, bytes], int]:
        return _read_head(self.whole, self.start, self.end)

    @property
    def fields(self) -> dict[str, bytes]:
        """The first field of each name, names in lower case, as bytes."""
        return self._split[0]

    def field(self, name: str) -> str:
        """A field as characters; empty if there is none."""
        return " ".join(header_text(self.fields.get(name, b"")).split())

    @cached_property
    def media_type(self) -> str:
        """In lower case, `text/plain` where it is not stated."""
        stated = self.fields.get("content-type", b"").split(b";")[0].strip().lower()
        return stated.decode("ascii", "replace") if b"/" in stated else "text/plain"

    @cached_property
    def type_parameters(self) -> dict[str, str]:
        """The parameters of its type: `charset`, `boundary`, `name` …"""
        return parameters(self.fields.get("content-type", b""))

    @cached_property
    def filename(self) -> str:
        """Under which name it was attached; empty if under none."""
        attached = parameters(self.fields.get("content-disposition", b""))
        return attached.get("filename") or self.type_parameters.get("name", "")

    @property
    def is_attached(self) -> bool:
        """Whether it is a file beside the text, and not shown in it."""
        return self.fields.get("content-disposition", b"").lstrip().lower().startswith(b"attach")

    @cached_property
    def body(self) -> bytes:
        """What it holds, with base64 or quoted-printable taken off."""
        raw = self.whole[self._split[1] : self.end]
        how = self.fields.get("content-transfer-encoding", b"").strip().lower()
        if how == b"base64":
            return _from_base64(raw)
        return binascii.a2b_qp(raw) if how == b"quoted-printable" else raw

    def parts(self) -> Iterator[Part]:
        """The parts between its boundaries; without them, there are none."""
        boundary = self.type_parameters.get("boundary", "").encode("utf-8", "replace")
        if not self.media_type.startswith("multipart/") or not boundary:
            return
        begun: int | None = None
        for line, behind, closes in _boundaries(self.whole, self._split[1], self.end, boundary):
            if begun is not None:
                yield Part(self.whole, begun, line)
            begun = None if closes else behind
            if closes:
                return
        if begun is not None:
            yield Part(self.whole, begun, self.end)


def _read_head(whole: bytes, start: int, end: int) -> tuple[dict[str, bytes], int]:
    """The fields of a head, and where the body begins."""
    fields: dict[str, bytes] = {}
    name, at, last = "", start, min(end, start + _HEAD_BYTES)
    while at < last:
        line_end = whole.find(b"\n", at, end)
        behind = end if line_end < 0 else line_end + 1
        line = whole[at:behind].rstrip(b"\r\n")
        if not line:
            return fields, behind
        if line[:1] in b" \t":
            if name and len(fields[name]) < _VALUE:
                fields[name] += b"\n" + line[:_VALUE]
        elif (found := _HEADER.match(line)) and len(fields) < _FIELDS:
            known = found[1].decode("ascii").lower()
            name = "" if known in fields else known
            fields.setdefault(known, line[found.end() :][:_VALUE].strip())
        elif not found and not (at == start and line.startswith((b"From ", b">From "))):
            return fields, at
        at = behind
    return fields, at


def _boundaries(
    whole: bytes, start: int, end: int, boundary: bytes
) -> Iterator[tuple[int, int, bool]]:
    """Each delimiter: where the part before it ends, where the next begins, whether it closes."""
    delimiter = b"--" + boundary
    at = whole.find(delimiter, start, end)
    count = 0
    while at >= 0 and count < limits.MAIL_PARTS:
        behind = at + len(delimiter)
        line_end = whole.find(b"\n", behind, end)
        line_end = end if line_end < 0 else line_end
        rest = whole[behind : min(line_end, behind + 80)].strip()
        if (at == start or whole[at - 1 : at] == b"\n") and rest in (b"", b"--"):
            before = at - 2 if whole[at - 2 : at] == b"\r\n" else at - 1
            yield max(before, start), min(line_end + 1, end), rest == b"--"
            count += 1
        at = whole.find(delimiter, behind, end)


def _from_base64(raw: bytes) -> bytes:
    """Also of what is cut off, or has other lines between."""
    plain = _NOT_BASE64.sub(b"", raw)
    plain = plain[: len(plain) - (len(plain) % 4 == 1)]
    return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4))
