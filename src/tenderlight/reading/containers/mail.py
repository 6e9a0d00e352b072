"""A mail as a Reading: who wrote what to whom, its text, and the files beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from tenderlight.model import Problem, Reading, Unreadable
from tenderlight.reading import limits
from tenderlight.reading.containers.header_text import in_charset
from tenderlight.reading.containers.inline_pictures import may_hold_text
from tenderlight.reading.containers.mime import Part
from tenderlight.reading.containers.names import tidy
from tenderlight.reading.containers.unpacking import encrypted, over_limit
from tenderlight.reading.document import Member, Opened
from tenderlight.reading.encoding import Decoded
from tenderlight.reading.grid import number_tables
from tenderlight.reading.hypertext.html import read_html
from tenderlight.reading.plain_text import read_text
from tenderlight.reading.writing import Line, clean, write_reading

_LABELS = {"from": "发件人", "to": "收件人", "cc": "抄送人", "date": "发送时间"}
"""As mail programs in China show them; the fields' own names are not meant for people."""
_SIGNATURES = ("pgp-signature", "pkcs7-signature", "x-pkcs7-signature")
_BETWEEN = re.compile(r"[,;，；](?=(?:[^\"]{0,999}\"[^\"]{0,999}\"){0,99}[^\"]{0,999}$)")
"""Between two correspondents, not within a quoted name. Each has a line of his own, so that names
behind the label are found and masked."""
_SOFT = re.compile(r" \r?\n")
_NAMES = {
    "message/rfc822": "mail.eml",
    "text/html": "page.html",
    "text/plain": "text.txt",
    "image/jpeg": "picture.jpg",
    "image/png": "picture.png",
}


def read_mail(part: Part, media_type: str) -> Opened:
    """A mail's subject, correspondents, date and text; its files as members."""
    letter = Letter()
    letter.head(part.field("subject"), {name: part.field(name) for name in _LABELS})
    _Mail(letter).enter(part, 0)
    return letter.opened(media_type)


@dataclass(slots=True)
class Letter:
    """What a mail says, as it is put together, from whatever format it comes."""

    lines: list[Line] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tables: int = 0
    encoding: str | None = None

    def head(self, subject: str, fields: dict[str, str], *, inside: bool = False) -> None:
        """The subject as title, that of a mail inside another as heading; who, to whom, when."""
        if title := clean(subject[: limits.HEAD_CHARACTERS]):
            self.lines.append(Line(title, "heading") if inside else Line(title, "title", "head"))
        for name, label in _LABELS.items():
            stated = fields.get(name, "")[: limits.HEAD_CHARACTERS]
            for value in [stated] if name == "date" else _BETWEEN.split(stated):
                if value := clean(value):
                    self.lines.append(Line(f"{label}：{value}"))

    def html(self, decoded: Decoded) -> None:
        """A text in HTML."""
        try:
            self._enter(read_html(decoded))
        except Unreadable as error:
            self.fail(error)

    def text(self, decoded: Decoded, *, flowed: bool = False) -> None:
        """A plain text; `flowed` (RFC 3676): a line that ends in a space goes on in the next."""
        if flowed:
            text = _SOFT.sub(" ", decoded.text)
            decoded = Decoded(text, decoded.encoding, decoded.problems)
        self._enter(read_text(decoded))

    def plain(self, text: str) -> None:
        """A text that came as characters."""
        self._enter(msgspec.structs.replace(read_text(Decoded(text, "utf-8")), encoding=None))

    def file(self, name: str, payload: bytes) -> None:
        """A file beside the text."""
        if len(self.members) < limits.MAIL_PARTS:
            self.members.append(Member(name=tidy(name), payload=payload))

    def refuse(self, name: str, problem: Problem) -> None:
        """A file that cannot be taken out."""
        self.members.append(Member(name=tidy(name), problem=problem))

    def opened(self, media_type: str) -> Opened:
        """All of it. Raises Unreadable if there is neither text nor a file."""
        if not self.lines and not self.members and self.problems:
            first = self.problems[0]
            raise Unreadable(first.code, first.what, first.hint)
        number_tables(self.lines)
        reading = write_reading(
            self.lines, media_type, encoding=self.encoding, problems=tuple(self.problems)
        )
        return Opened(reading=reading, members=tuple(self.members))

    def _enter(self, reading: Reading) -> None:
        for block in reading.blocks:
            line = Line(reading.text[block.start : block.end], block.kind, block.part)
            if block.table is not None:
                line.table = block.table + self.tables
                line.row, line.column = block.row, block.column
                line.row_span, line.column_span = block.row_span, block.column_span
            line.furniture = block.furniture
            self.lines.append(line)
        self.tables += 1 + max((b.table for b in reading.blocks if b.table is not None), default=-1)
        self.encoding = self.encoding or reading.encoding
        self.problems.extend(reading.problems)

    def fail(self, error: Unreadable) -> None:
        """The text that there is cannot be read."""
        self.problems.append(
            Problem(code=error.code, what=error.what, hint=error.hint, unread=True)
        )


@dataclass(slots=True)
class _Mail:
    """One walk through the parts of a mail."""

    letter: Letter
    count: int = 0

    def enter(self, part: Part, depth: int, *, beside_page: bool = False) -> None:
        """Read a part, and those inside it. `beside_page`: it may be shown in the page's text."""
        self.count += 1
        if depth > limits.MAIL_DEPTH or self.count > limits.MAIL_PARTS:
            if not any(each.code == "reading.over-limit" for each in self.letter.problems):
                self.letter.problems.append(over_limit())
            return
        kind = part.media_type
        if kind.startswith("multipart/"):
            for each in _telling(kind, list(part.parts())):
                self.enter(each, depth + 1, beside_page=kind == "multipart/related")
            if kind == "multipart/encrypted":
                self.letter.problems.append(encrypted())
        elif kind in ("text/html", "text/plain") and not part.is_attached and not _is_file(part):
            self._text(part)
        elif kind.rpartition("/")[2] not in _SIGNATURES:
            self._file(part, beside_page)

    def _text(self, part: Part) -> None:
        try:
            decoded = in_charset(part.body, part.type_parameters.get("charset", ""))
        except Unreadable as error:
            return self.letter.fail(error)
        if part.media_type == "text/html":
            return self.letter.html(decoded)
        flowed = part.type_parameters.get("format", "").lower() == "flowed"
        self.letter.text(decoded, flowed=flowed)

    def _file(self, part: Part, beside_page: bool) -> None:
        name = part.filename or _NAMES.get(part.media_type, "file")
        if "pkcs7-mime" in part.media_type:
            return self.letter.refuse(name, encrypted())
        payload = part.body
        shown = "content-id" in part.fields and (beside_page or not part.is_attached)
        if part.media_type.startswith("image/") and shown and not may_hold_text(payload):
            return
        if payload.strip():
            self.letter.file(name, payload)


def _telling(kind: str, parts: Sequence[Part]) -> Sequence[Part]:
    """Of several forms of one text the fullest; of a signed one no signature."""
    if kind == "multipart/alternative" and parts:
        return (max(reversed(parts), key=_fullness),)
    return parts[:1] if kind == "multipart/encrypted" else parts


def _fullness(part: Part) -> int:
    if part.media_type in ("text/html", "multipart/related", "multipart/mixed"):
        return 2
    return int(part.media_type in ("text/plain", "multipart/alternative"))


def _is_file(part: Part) -> bool:
    """Whether a text part is a file after all, because it has a file's name."""
    return bool(part.filename) and b"inline" not in part.fields.get("content-disposition", b"")
