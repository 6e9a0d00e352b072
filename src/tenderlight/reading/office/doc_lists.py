"""Styles, fonts and automatic numbers of Word's binary files (MS-DOC §2.9)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field, replace

from tenderlight.reading.office.doc_file import FONTS, LIST_USES, LISTS, STYLES, WordFile
from tenderlight.reading.office.doc_properties import Run, Shape, run_of, shape_of
from tenderlight.reading.office.lists import LEVELS, Level, Numbering
from tenderlight.reading.office.symbols import in_font

_NAMES = """
    decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText
    hex chicago ideographDigital japaneseCounting aiueo iroha decimalFullWidth
    decimalHalfWidth japaneseLegal japaneseDigitalTenThousand decimalEnclosedCircle
    decimalFullWidth2 aiueoFullWidth irohaFullWidth decimalZero bullet ganada chosung
    decimalEnclosedFullstop decimalEnclosedParen decimalEnclosedCircleChinese
    ideographEnclosedCircle ideographTraditional ideographZodiac
    ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional
    taiwaneseCountingThousand taiwaneseDigital chineseCounting chineseLegalSimplified
    chineseCountingThousand
"""
FORMS = dict(enumerate(_NAMES.split())) | {
    58: "russianLower",
    59: "russianUpper",
    255: "none",
}
"""The forms of numbers by their codes in binary files and RTF (MS-OSHARED §2.2.1.3)."""
SUFFIXES = ("tab", "space", "nothing")
_HEADINGS, _CONTENTS = range(1, 10), range(19, 28)
"""Numbers of Word's own styles."""
_DEPTH = 20


@dataclass(frozen=True, slots=True)
class DocStyle:
    """A style with what it takes over from those it is based on."""

    shape: Shape = field(default_factory=Shape)
    run: Run = field(default_factory=Run)
    contents: bool = False
    """Whether its paragraphs are a table of contents."""


def read_styles(file: WordFile) -> list[DocStyle]:
    """The styles by their numbers; what is broken is plain."""
    table = file.part(STYLES)
    if len(table) < 8:
        return []
    head, count, size = struct.unpack_from("<HHH", table, 0)
    raw: list[bytes] = []
    at = 2 + head
    while len(raw) < count and at + 2 <= len(table):
        length = struct.unpack_from("<H", table, at)[0]
        raw.append(table[at + 2 : at + 2 + length])
        at += 2 + length
    known: dict[int, DocStyle] = {}
    return [_style(number, raw, size, file.data, known, 0) for number in range(len(raw))]


def _style(
    number: int, raw: list[bytes], size: int, data: bytes, known: dict[int, DocStyle], depth: int
) -> DocStyle:
    if number in known:
        return known[number]
    if number >= len(raw) or len(raw[number]) < size + 2 or size < 10 or depth > _DEPTH:
        return DocStyle()
    own, kind, based = _style_head(raw[number])
    base = _style(based, raw, size, data, known, depth + 1)
    paragraph, run = _style_changes(raw[number], size, kind)
    shape = replace(base.shape, outline=own - 1) if own in _HEADINGS else base.shape
    known[number] = DocStyle(
        shape=replace(shape_of(shape, paragraph, data), style=number),
        run=run_of(base.run, run),
        contents=own in _CONTENTS,
    )
    return known[number]


def _style_head(style: bytes) -> tuple[int, int, int]:
    """Its own number among Word's styles, its kind, and the style it is based on."""
    first, second = struct.unpack_from("<HH", style, 0)
    return first & 0x0FFF, second & 0x000F, second >> 4


def _style_changes(style: bytes, size: int, kind: int) -> tuple[bytes, bytes]:
    """The changes to paragraphs and those to runs; they follow the style's name."""
    at = size + 2 + 2 * int.from_bytes(style[size : size + 2], "little") + 2
    found: list[bytes] = []
    while at + 2 <= len(style) and len(found) < 2:
        length = int.from_bytes(style[at : at + 2], "little")
        found.append(style[at + 2 : at + 2 + length])
        at += 2 + length + length % 2
    if kind == 1:
        return (found[0][2:] if found else b"", found[1] if len(found) > 1 else b"")
    return b"", found[0] if kind == 2 and found else b""


def read_fonts(file: WordFile) -> list[str]:
    """The names of the fonts by their numbers."""
    table = file.part(FONTS)
    names: list[str] = []
    at = 4
    while at + 41 <= len(table):
        end = at + 1 + table[at]
        name = table[at + 40 : end].decode("utf-16-le", "ignore")
        names.append(name.partition("\0")[0])
        at = end
    return names


def read_lists(file: WordFile, fonts: list[str]) -> Numbering:
    """The lists, by the numbers by which paragraphs name them."""
    try:
        definitions = _definitions(file, fonts)
        return _uses(file.part(LIST_USES), definitions, fonts)
    except (struct.error, IndexError):
        return Numbering({})


def _definitions(file: WordFile, fonts: list[str]) -> dict[int, list[Level]]:
    """The levels of each definition; they lie behind the table of definitions."""
    table, rest = file.part(LISTS), file.rest_of(LISTS)
    if len(table) < 2:
        return {}
    found: dict[int, list[Level]] = {}
    at = 0
    for index in range(max(struct.unpack_from("<h", table, 0)[0], 0)):
        begin = 2 + 28 * index
        if begin + 28 > len(table):
            break
        levels = []
        for _ in range(1 if table[begin + 26] & 1 else LEVELS):
            level, at = _level(rest, at, fonts)
            levels.append(level)
        found[struct.unpack_from("<i", table, begin)[0]] = levels
    return found


def _level(table: bytes, at: int, fonts: list[str]) -> tuple[Level, int]:
    """One level, and where the next begins (MS-DOC §2.9.150)."""
    start, form, flags = struct.unpack_from("<iBB", table, at)
    follow, runs, paragraphs, limit = table[at + 15], table[at + 24], table[at + 25], table[at + 26]
    run = run_of(Run(), table[at + 28 + paragraphs : at + 28 + paragraphs + runs])
    at += 28 + paragraphs + runs
    count = struct.unpack_from("<H", table, at)[0]
    text = table[at + 2 : at + 2 + 2 * count].decode("utf-16-le", "replace")
    if FORMS.get(form) == "bullet":
        font = fonts[run.font] if run.font is not None and run.font < len(fonts) else None
        text = in_font(text, font)
    else:
        text = "".join(f"%{ord(each) + 1}" if each < "\x09" else each for each in text)
    level = Level(
        text=text,
        form=FORMS.get(form, "decimal"),
        start=start,
        suffix=SUFFIXES[min(follow, 2)],
        restart=limit if flags & 8 else None,
        legal=bool(flags & 4),
    )
    return level, at + 2 + 2 * count


def _uses(table: bytes, definitions: dict[int, list[Level]], fonts: list[str]) -> Numbering:
    """Which definition each list follows, and what it changes of it (MS-DOC §2.9.131)."""
    numbering = Numbering({})
    count = max(struct.unpack_from("<i", table, 0)[0], 0) if len(table) >= 4 else 0
    count = min(count, (len(table) - 4) // 16)
    at = 4 + 16 * count
    for index in range(count):
        key = struct.unpack_from("<i", table, 4 + 16 * index)[0]
        changed = table[4 + 16 * index + 12]
        levels, name = list(definitions.get(key, ())), str(index + 1)
        numbering.lists[name], numbering.counted_as[name] = levels, f"definition {key}"
        at += 4
        for _ in range(changed):
            start, flags = struct.unpack_from("<iI", table, at)
            at, number = at + 8, flags & 15
            if flags & 32:
                level, at = _level(table, at, fonts)
                levels[number : number + 1] = [level]
            if flags & 16:
                numbering.starts[(name, number)] = (
                    levels[number].start if flags & 32 and number < len(levels) else start
                )
    return numbering
