"""A mail as Outlook saves it (MSG, [MS-OXMSG]): a compound file of properties."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

import olefile

from tenderlight.model import Problem, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.containers.header_text import in_charset, short_text
from tenderlight.reading.containers.inline_pictures import may_hold_text
from tenderlight.reading.containers.mail import Letter
from tenderlight.reading.containers.rich_text import folded_page, unpacked
from tenderlight.reading.containers.unpacking import over_limit
from tenderlight.reading.document import Opened
from tenderlight.reading.office.embedded import OLE_ERRORS

PROPERTIES = "__properties_version1.0"
_ATTACHMENT = re.compile(r"__attach_version1\.0_#[0-9A-Fa-f]{8}")
_SUBJECT, _SENDER, _SENT_BY, _SMTP, _TO, _CC = "0037", "0C1A", "0C1F", "5D01", "0E04", "0E03"
_TEXT, _PACKED_RTF, _HTML = "1000", "1009", "1013"
_LONG_NAME, _SHORT_NAME, _TITLE, _DATA = "3707", "3704", "3001", "3701"
_CONTENT_ID, _INSIDE = "3712", "__substg1.0_3701000D"
_SENT, _DELIVERED = 0x00390040, 0x0E060040
_CODEPAGE, _PAGE_CODEPAGE = 0x3FFD0003, 0x3FDE0003
_BROKEN = (*OLE_ERRORS, RecursionError)
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def is_message(payload: bytes) -> bool:
    """Whether a compound file is a mail of Outlook's."""
    if PROPERTIES.encode("utf-16-le") not in payload:
        return False
    try:
        with olefile.OleFileIO(io.BytesIO(payload)) as ole:
            return bool(ole.exists(PROPERTIES)) and not ole.exists("WordDocument")
    except _BROKEN:
        return False


def read_message(payload: bytes, media_type: str) -> Opened:
    """A mail's subject, correspondents, date and text; its files as members. Raises Unreadable."""
    letter = Letter()
    try:
        with olefile.OleFileIO(io.BytesIO(payload)) as ole:
            _read(_Message(ole, ()), letter, "", 0)
    except _BROKEN as error:
        if not letter.lines and not letter.members:
            raise Unreadable(
                "reading.damaged",
                f"This mail of Outlook's is not whole ({type(error).__name__}).",
                "Download it again, or open it in Outlook and save it once more.",
            ) from error
        letter.problems.append(_ends_early())
    return letter.opened(media_type)


@dataclass(frozen=True)
class _Message:
    """A folder of the compound file that holds properties: a mail, or a file beside it."""

    ole: olefile.OleFileIO
    path: tuple[str, ...]

    def stream(self, name: str) -> bytes | None:
        """A stream's bytes; None if there is none of that name."""
        path = [*self.path, name]
        if not self.ole.exists(path) or self.ole.get_type(path) != olefile.STGTY_STREAM:
            return None
        if self.ole.get_size(path) > self.ole._filesize:
            raise OSError("a stream larger than the file")
        with self.ole.openstream(path) as stream:
            return bytes(stream.read())

    def binary(self, tag: str) -> bytes | None:
        """A property that is bytes."""
        return self.stream(f"__substg1.0_{tag}0102")

    def text(self, tag: str) -> str:
        """A property that is characters; empty if there is none."""
        wide = self.stream(f"__substg1.0_{tag}001F")
        if wide is not None:
            return wide.decode("utf-16-le", "replace")
        raw = self.stream(f"__substg1.0_{tag}001E") or b""
        return short_text(raw, self.charset(_CODEPAGE))

    def charset(self, tag: int) -> str:
        """A code page by the name of its character set."""
        page = int.from_bytes(self.values.get(tag, b"")[:4], "little")
        return {0: "", 20127: "", 65001: "utf-8", 936: "gb18030", 54936: "gb18030"}.get(
            page, f"cp{page}"
        )

    @cached_property
    def values(self) -> dict[int, bytes]:
        """Properties of fixed size, by their tag."""
        raw = self.stream(PROPERTIES) or b""
        first = 32 if not self.path else 24 if self.path[-1] == _INSIDE else 8
        return {
            int.from_bytes(raw[at : at + 4], "little"): raw[at + 8 : at + 16]
            for at in range(first, len(raw) - 15, 16)
        }

    def inside(self) -> Iterator[_Message]:
        """The files beside the text, in their order."""
        depth = len(self.path)
        names = {
            path[depth]
            for path in self.ole.listdir(streams=True, storages=True)
            if tuple(path[:depth]) == self.path
            and len(path) > depth
            and _ATTACHMENT.fullmatch(path[depth])
        }
        for name in sorted(names):
            yield _Message(self.ole, (*self.path, name))


def _read(message: _Message, letter: Letter, within: str, depth: int) -> None:
    """A mail, and the mails inside it: each under its subject."""
    address = message.text(_SMTP) or message.text(_SENT_BY)
    sender = message.text(_SENDER)
    fields = {
        "from": f"{sender} <{address}>" if "@" in address and address != sender else sender,
        "to": message.text(_TO),
        "cc": message.text(_CC),
        "date": _moment(message.values.get(_SENT) or message.values.get(_DELIVERED)),
    }
    letter.head(message.text(_SUBJECT), fields, inside=depth > 0)
    _read_text(message, letter)
    for number, file in enumerate(message.inside(), 1):
        if depth >= limits.MAIL_DEPTH or len(letter.members) >= limits.MAIL_PARTS:
            letter.problems.append(over_limit())
            return
        name = file.text(_LONG_NAME) or file.text(_SHORT_NAME) or file.text(_TITLE)
        _read_file(file, letter, f"{within}{name or f'file{number}'}", depth)


def _read_text(message: _Message, letter: Letter) -> None:
    """The text in its fullest form: a web page, rich text with tables, plain text."""
    plain, page = message.text(_TEXT), message.binary(_HTML)
    rich = b"" if page else unpacked(message.binary(_PACKED_RTF) or b"")
    try:
        if page:
            return letter.html(in_charset(page, message.charset(_PAGE_CODEPAGE)))
        if folded := folded_page(rich):
            return letter.html(folded)
    except Unreadable as error:
        letter.fail(error)
    if rich and (not plain.strip() or b"\\trowd" in rich):
        return letter.file("text.rtf", rich)
    letter.plain(plain)


def _read_file(file: _Message, letter: Letter, name: str, depth: int) -> None:
    inside = _Message(file.ole, (*file.path, _INSIDE))
    payload = file.binary(_DATA)
    if payload is not None:
        if not file.text(_CONTENT_ID) or not _is_picture_name(name) or may_hold_text(payload):
            letter.file(name, payload)
    elif file.ole.exists([*inside.path, PROPERTIES]):
        _read(inside, letter, f"{name}/", depth + 1)
    else:
        letter.refuse(name, _foreign())


def _is_picture_name(name: str) -> bool:
    return name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp"))


def _moment(value: bytes | None) -> str:
    """A FILETIME, hundreds of nanoseconds since 1601, to the minute.

    >>> _moment((132752088000000000).to_bytes(8, "little"))
    '2021-09-04 06:00 UTC'
    """
    if not value or len(value) != 8:
        return ""
    try:
        moment = _EPOCH + timedelta(microseconds=int.from_bytes(value, "little") // 10)
    except OverflowError:
        return ""
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def _ends_early() -> Problem:
    return Problem(
        code="reading.ends-early",
        what="The mail is not whole: what could be found in it was read.",
        hint="Download it again, or open it in Outlook and save it once more.",
        unread=True,
    )


def _foreign() -> Problem:
    return Problem(
        code="reading.unknown-format",
        what="An object of another program lies in the mail, in a form that is not taken out.",
        hint="Open the mail in Outlook, save the object by itself, and add that.",
        unread=True,
    )
