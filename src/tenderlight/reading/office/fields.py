"""Fields: an instruction that is not shown, and a result that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tenderlight.reading.office.counting import count
from tenderlight.reading.office.symbols import in_font

_OVER = re.compile(r"\s*eq\s*\\o\s*(?:\\a[clr]\s*)?\((.{1,8})\)\s*$", re.I)
_SYMBOL = re.compile(
    r'\s*symbol\s+(\d{1,5}|0x[0-9a-f]{1,4})(?:\s.{0,40}?\\f\s+"?([^"\\]{1,40}))?', re.I
)
_CIRCLES = frozenset("○〇◯Ｏ")
_OPEN = 100
"""Fields inside one another; real ones have three."""
_LONGEST = 2_000
"""Characters of an instruction that are looked at."""


@dataclass(slots=True)
class Field:
    """A field that is open."""

    instruction: list[str] = field(default_factory=list)
    begun: bool = True
    """Whether the instruction is still being read."""
    box: bool | None = None
    """Of a form's check box: whether it is ticked."""
    choice: str | None = None
    """Of a form's list: what is chosen."""


@dataclass(slots=True)
class Fields:
    """The fields that are open where the text is now, the innermost last.

    >>> fields = Fields()
    >>> fields.begin(Field()); fields.instruct("SYMBOL 179"); fields.hides, fields.end()
    (True, '≥')
    """

    opened: list[Field] = field(default_factory=list)

    @property
    def hides(self) -> bool:
        """Whether text here belongs to an instruction."""
        return any(each.begun for each in self.opened)

    def begin(self, opened: Field) -> None:
        """A field begins with its instruction."""
        if len(self.opened) < _OPEN:
            self.opened.append(opened)

    def instruct(self, text: str) -> None:
        """Text of an instruction; nothing where a result is being read."""
        if self.opened and self.opened[-1].begun:
            self.opened[-1].instruction.append(text)

    def separate(self) -> None:
        """The instruction ends, the result begins."""
        if self.opened:
            self.opened[-1].begun = False

    def end(self) -> str:
        """A field ends; gives back what it shows that has no result of its own."""
        if not self.opened:
            return ""
        ended = self.opened.pop()
        if ended.box is not None:
            return "☑" if ended.box else "□"
        if not ended.begun:
            return ""
        if ended.choice is not None:
            return ended.choice
        return shown_by("".join(ended.instruction)[:_LONGEST])

    def forget(self) -> None:
        """Another text begins, in which no field of this one goes on."""
        self.opened.clear()


def shown_by(instruction: str) -> str:
    """What a field without a stored result shows: a circled number, a symbol; else nothing.

    >>> shown_by("eq \\\\o\\\\ac(○,3)"), shown_by("SYMBOL 179 \\\\f Symbol"), shown_by("PAGE")
    ('③', '≥', '')
    """
    if match := _OVER.match(instruction):
        return _overstruck(match[1])
    if match := _SYMBOL.match(instruction):
        code = int(match[1], 16 if match[1][:2].lower() == "0x" else 10)
        return in_font(chr(code), (match[2] or "Symbol").strip()) if 0x20 < code < 0xD800 else ""
    return ""


def _overstruck(pair: str) -> str:
    """Two characters printed over each other: a number in a circle is one character."""
    both = [each.strip() for each in re.split("[,，]", pair)]
    inner = next((each for each in both if each and each not in _CIRCLES), "")
    if not _CIRCLES.intersection(both):
        return "".join(both)
    return count(int(inner), "decimalEnclosedCircle") if inner.isdecimal() else inner
