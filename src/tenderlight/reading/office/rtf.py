"""RTF: one pass over its words, with what holds in each group."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

from tenderlight.model import Unreadable
from tenderlight.reading import limits
from tenderlight.reading.document import Member, Opened
from tenderlight.reading.grid import number_tables
from tenderlight.reading.office import rtf_words as words
from tenderlight.reading.office.blocks import Paragraph
from tenderlight.reading.office.embedded import HIGH, WIDE, Pictures, old_object_members
from tenderlight.reading.office.fields import Fields
from tenderlight.reading.office.flow import Flow
from tenderlight.reading.office.lists import labelled
from tenderlight.reading.office.officeart import bitmap_file
from tenderlight.reading.office.package import BROKEN, Package
from tenderlight.reading.office.rtf_meanings import MEANT
from tenderlight.reading.office.rtf_state import Font, Group, Row, Story
from tenderlight.reading.office.symbols import in_font
from tenderlight.reading.writing import write_reading

_DEEPEST = 5_000
"""Groups inside one another; Word writes about twenty."""
_HEX = re.compile(rb"[^0-9a-fA-F]+")
_HEADING = re.compile(r"\s*(?:heading|标题)\s*([1-9])", re.I)
_CONTENTS = re.compile(r"\s*(?:toc|contents|目录)\s*\d", re.I)


def read_rtf(payload: bytes, media_type: str) -> Opened:
    """The text of an RTF document, and the documents and large pictures in it.

    Raises Unreadable: `reading.too-large`, `reading.tag-soup`.
    """
    if len(payload) > limits.PACKAGE_BYTES:
        raise Unreadable(
            "reading.too-large",
            f"A text of {len(payload) >> 20} MB; at most {limits.PACKAGE_BYTES >> 20} MB are read.",
            "Split the document and add its parts.",
        )
    walk = Walk(payload)
    walk.read()
    lines = walk.flow.lines
    number_tables(lines)
    problems = tuple(walk.pictures.problems())
    reading = write_reading(
        lines, media_type, problems=problems if walk.whole else (BROKEN, *problems)
    )
    return Opened(reading=reading, members=(*walk.pictures.members, *walk.members))


@dataclass(slots=True)
class Walk:
    """One pass over the document."""

    payload: bytes
    flow: Flow = field(default_factory=Flow)
    whole: bool = True
    codec: str = "cp1252"
    fonts: dict[int, Font] = field(default_factory=dict)
    outlines: dict[int, int] = field(default_factory=dict)
    contents: set[int] = field(default_factory=set)
    group: Group = field(default_factory=Group)
    groups: list[Group] = field(default_factory=list)
    story: Story = field(default_factory=Story)
    stories: list[Story] = field(default_factory=list)
    asides: list[Story] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    """Bytes of text that wait to be decoded, since a character may take two."""
    skip: int = 0
    fields: Fields = field(default_factory=Fields)
    row: Row = field(default_factory=Row)
    style: int = 0
    current: Font = field(default_factory=Font)
    picture: tuple[str, float, float] = ("", 0.0, 0.0)
    hex: bytearray = field(default_factory=bytearray)
    pictures: Pictures = field(default_factory=lambda: Pictures(Package({})))
    members: list[Member] = field(default_factory=list)

    def read(self) -> None:
        """Read it to its end, and write what was collected."""
        at, end, count = 0, len(self.payload), 0
        while at < end:
            count += 1
            if count > limits.RTF_WORDS:
                raise Unreadable(
                    "reading.over-limit",
                    f"It has more than {limits.RTF_WORDS} words of RTF.",
                    "Open it in an office program, save it as .docx, and add that.",
                )
            token = words.TOKEN.match(self.payload, at)
            if token is None:
                at += 1
                continue
            at = token.end()
            word, number, byte, symbol, brace, text = token.groups()
            if text is not None:
                self._text(text)
            elif byte is not None:
                self._byte(int(byte, 16))
            elif word is not None:
                value = int(number) if number is not None else None
                if word == b"bin":
                    at = self._binary(at, value or 0)
                else:
                    self._word(word.decode("ascii"), value)
            elif symbol is not None:
                self._symbol(symbol.decode("latin-1"))
            elif brace is not None and not (self._open() if brace == b"{" else self._close()):
                break
        self._finish()

    def _finish(self) -> None:
        self.whole = not self.groups
        while self.groups:
            self._close()
        self._flush()
        self.end_paragraph()
        for kind in ("head", "body", "note", "foot"):
            self._write_stories(kind, furniture=kind in ("head", "foot"))

    def _write_stories(self, kind: str, *, furniture: bool) -> None:
        """Write the texts of a kind; headers and footers each line once."""
        seen: set[str] = set()
        for story in (self.story, *self.asides):
            if story.kind == kind:
                flow = Flow(furniture=furniture, tables=self.flow.tables)
                story.blocks.write(flow)
                self.flow.tables = flow.tables
                self.flow.lines += [line for line in flow.lines if line.text not in seen]
                seen.update(line.text for line in flow.lines if furniture)

    # groups

    def _open(self) -> bool:
        self._flush()
        if len(self.groups) >= _DEEPEST:
            raise Unreadable(
                "reading.tag-soup",
                f"More than {_DEEPEST} groups stand inside one another.",
                "Open it in an office program, save it anew there, and add that.",
            )
        self.skip = 0
        self.groups.append(self.group)
        first = self.group.twice
        self.group.twice = False
        self.group = self.group.inner()
        if first:
            self.group.into = "skip"
        return True

    def _close(self) -> bool:
        """End a group; False where it was the outermost, and the document is over."""
        self._flush()
        self.skip = 0
        ended = self.group
        if not self.groups:
            return False
        self.group = self.groups.pop()
        if ended.into in ("picture", "object") and self.group.into != ended.into:
            self._take(ended.into)
        if ended.begins is not None:
            self._end_story(ended.begins)
        if ended.row is not None:
            self.row = ended.row
        if ended.is_field:
            shown = self.fields.end()
            if self.group.into == "text":
                self.show(shown)
        return bool(self.groups)

    def _end_story(self, outer: Story) -> None:
        story = self.story
        self.end_paragraph()
        self.story = outer
        (outer.beside if story.kind == "box" else self.asides).append(story)

    # words

    def _word(self, word: str, number: int | None) -> None:
        if self.skip and word not in ("u", "par", "cell", "row"):
            self.skip -= 1
            return
        if self.group.into == "skip":
            return
        self._flush()
        lower = word.lower()
        if self.group.optional:
            self.group.optional = False
            if lower not in words.OPENED:
                self.group.into = "skip"
                return
        if lower in words.LEFT_OUT:
            self.group.into = "skip"
        elif lower in words.SHOWN and self.group.into in ("text", "label"):
            self.show(words.SHOWN[lower])
        elif lower in MEANT:
            MEANT[lower](self, number)
        elif lower in words.HEADS | words.FEET | words.NOTES | words.BOXES:
            self._begin_story(lower)
        elif lower in words.PICTURES:
            self.picture = (words.PICTURES[lower], *self.picture[1:])

    def _begin_story(self, word: str) -> None:
        kind = "head" if word in words.HEADS else "foot" if word in words.FEET else "box"
        if word in words.NOTES:
            kind = "note"
        self.group.begins, self.group.into = self.story, "text"
        self.story = Story(kind=kind)

    # text

    def _text(self, text: bytes) -> None:
        if self.group.into in ("picture", "object"):
            self.hex += text
            return
        if self.skip:
            used = min(self.skip, len(text))
            self.skip -= used
            text = text[used:]
        self.raw += text

    def _byte(self, byte: int) -> None:
        if self.skip:
            self.skip -= 1
        else:
            self.raw.append(byte)

    def _binary(self, at: int, length: int) -> int:
        """Bytes that are no text; gives back where it goes on."""
        end = at + max(length, 0)
        if self.group.into in ("picture", "object"):
            self.hex += binascii.hexlify(self.payload[at:end])
        return end

    def _symbol(self, symbol: str) -> None:
        if self.skip:
            self.skip -= 1
        elif symbol == "*":
            self.group.optional = True
        elif symbol in "\\{}":
            self.raw += symbol.encode()
        elif symbol in "\n\r":
            self._flush()
            self.end_paragraph()
        elif symbol in words.SYMBOLS:
            self._flush()
            self.show(words.SYMBOLS[symbol])

    def _flush(self) -> None:
        """Decode the bytes that wait, and put them where they belong."""
        if not self.raw:
            return
        raw, font = bytes(self.raw), self.current
        self.raw.clear()
        if self.group.into == "fonts":
            font.name += raw.decode("gb18030", "replace").rstrip(";")
        elif self.group.into == "styles":
            self._name_style(raw.decode("gb18030", "replace"))
        elif self.group.into in ("text", "label", "field"):
            font = self.fonts.get(self.group.font or 0, Font())
            if font.charset == words.SYMBOL_SET:
                self.show(in_font(raw.decode("latin-1"), font.name))
            else:
                self.show(raw.decode(self._codec(font), "replace"))

    def _name_style(self, name: str) -> None:
        """A style whose name says that it is a heading, or part of a table of contents."""
        if _CONTENTS.match(name):
            self.contents.add(self.style)
        elif heading := _HEADING.match(name):
            self.outlines.setdefault(self.style, int(heading[1]) - 1)

    def _codec(self, font: Font) -> str:
        """The encoding of a font. One for Western text may stand over Chinese bytes."""
        if font.page:
            return words.codec_of_page(font.page)
        return words.CHARSETS.get(font.charset, self.codec)

    def show(self, text: str) -> None:
        """Put text where the group's text belongs."""
        group = self.group
        if group.into == "label":
            self.story.label.append(text)
        elif group.into == "field" or self.fields.hides:
            self.fields.instruct(text)
        elif group.into == "text" and not group.hidden and not group.deleted:
            self.story.pieces.append(text.upper() if group.capitals else text)

    def end_paragraph(self) -> None:
        """Put the paragraph, its number before it, and the boxes beside it into the text."""
        story = self.story
        text, label = "".join(story.pieces), "".join(story.label).strip(" \t")
        story.pieces.clear()
        story.label.clear()
        text = labelled(label, text.lstrip(" \t") if label else text)
        if text:
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            heading = story.outline is not None and story.outline < 9 and not story.contents
            story.blocks.add(Paragraph(text, heading, story.contents), self._depth())
        boxes, story.beside = story.beside, []
        for box in boxes:
            for block in box.blocks.taken():
                story.blocks.add(block, self._depth())

    def _depth(self) -> int:
        story = self.story
        return (story.depth or 1) if story.in_table or story.depth else 0

    # what was taken out

    def _take(self, kind: str) -> None:
        digits = _HEX.sub(b"", bytes(self.hex))
        self.hex.clear()
        payload = binascii.unhexlify(digits[: len(digits) // 2 * 2])
        if kind == "object":
            self.members += old_object_members(f"object{len(self.members) + 1}", payload)
            return
        ending, wide, high = self.picture
        self.picture = ("", 0.0, 0.0)
        if (wide or WIDE) < WIDE or (high or HIGH) < HIGH or self.story.kind in ("head", "foot"):
            return
        if ending in ("emf", "wmf"):
            self.pictures.drawings += 1
        elif payload and payload not in [member.payload for member in self.pictures.members[-1:]]:
            file = bitmap_file(payload) if ending == "bmp" and len(payload) > 40 else payload
            self.pictures.take_bytes(f"image{len(self.pictures.members) + 1}.{ending}", file)
