"""What each control word of RTF does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tenderlight.reading.office import rtf_words as words
from tenderlight.reading.office.fields import Field
from tenderlight.reading.office.rtf_state import Font, Row
from tenderlight.reading.office.symbols import in_font

if TYPE_CHECKING:
    from tenderlight.reading.office.rtf import Walk

Meaning = Callable[["Walk", int | None], None]


def _into(name: str) -> Meaning:
    def meaning(walk: Walk, number: int | None) -> None:
        walk.group.into = name

    return meaning


def _unicode(walk: Walk, number: int | None) -> None:
    code = (number or 0) & 0xFFFF
    font = walk.fonts.get(walk.group.font or 0, Font())
    character = chr(code)
    if 0xF000 <= code <= 0xF0FF:
        character = in_font(character, font.name)
    walk.show(character)
    walk.skip = walk.group.skipped


def _page(walk: Walk, number: int | None) -> None:
    if walk.group.into == "fonts":
        walk.current.page = number
    elif number:
        walk.codec = words.codec_of_page(number)


def _codec(name: str) -> Meaning:
    def meaning(walk: Walk, number: int | None) -> None:
        walk.codec = name

    return meaning


def _font(walk: Walk, number: int | None) -> None:
    if walk.group.into == "fonts":
        walk.current = walk.fonts.setdefault(number or 0, Font())
    else:
        walk.group.font = number


def _charset(walk: Walk, number: int | None) -> None:
    if walk.group.into == "fonts":
        walk.current.charset = number or 0


def _default_font(walk: Walk, number: int | None) -> None:
    walk.group.font = number


def _switch(name: str) -> Meaning:
    def meaning(walk: Walk, number: int | None) -> None:
        setattr(walk.group, name, number != 0)

    return meaning


def _plain(walk: Walk, number: int | None) -> None:
    walk.group.hidden = walk.group.capitals = walk.group.deleted = False


def _skipped(walk: Walk, number: int | None) -> None:
    walk.group.skipped = min(max(number or 0, 0), 100)


def _twice(walk: Walk, number: int | None) -> None:
    walk.group.twice = True


def _end(walk: Walk, number: int | None) -> None:
    if walk.group.into == "text":
        walk.end_paragraph()


def _new_paragraph(walk: Walk, number: int | None) -> None:
    story = walk.story
    story.in_table, story.depth, story.outline, story.contents = False, None, None, False


def _style(walk: Walk, number: int | None) -> None:
    walk.style = number or 0
    if walk.group.into == "text":
        walk.story.outline = walk.outlines.get(walk.style)
        walk.story.contents = walk.style in walk.contents


def _outline(walk: Walk, number: int | None) -> None:
    if walk.group.into == "styles":
        walk.outlines[walk.style] = number or 0
    else:
        walk.story.outline = number


def _styles(walk: Walk, number: int | None) -> None:
    walk.group.into, walk.style = "styles", 0


def _in_table(walk: Walk, number: int | None) -> None:
    walk.story.in_table = number != 0


def _depth(walk: Walk, number: int | None) -> None:
    walk.story.depth = max(number or 0, 0)


def _new_row(walk: Walk, number: int | None) -> None:
    walk.row = Row()


def _row_left(walk: Walk, number: int | None) -> None:
    walk.row.left = number or 0


def _cell_edge(walk: Walk, number: int | None) -> None:
    if len(walk.row.cells) < 1_000:
        walk.row.add(number or 0)


def _merged_down(kind: str) -> Meaning:
    def meaning(walk: Walk, number: int | None) -> None:
        walk.row.down = kind

    return meaning


def _merged_across(walk: Walk, number: int | None) -> None:
    walk.row.across = True


def _end_cell(walk: Walk, number: int | None) -> None:
    walk.end_paragraph()
    walk.story.blocks.end_cell(1)


def _end_inner_cell(walk: Walk, number: int | None) -> None:
    walk.end_paragraph()
    walk.story.blocks.end_cell(max(walk.story.depth or 2, 2))


def _end_row(walk: Walk, number: int | None) -> None:
    walk.story.blocks.end_row(1, walk.row.cells)


def _inner_row(walk: Walk, number: int | None) -> None:
    walk.group.row, walk.row = walk.row, Row()
    walk.group.into = "text"


def _end_inner_row(walk: Walk, number: int | None) -> None:
    walk.story.blocks.end_row(max(len(walk.story.blocks.tables), 2), walk.row.cells)


def _field(walk: Walk, number: int | None) -> None:
    walk.group.is_field = True
    walk.fields.begin(Field())


def _result(walk: Walk, number: int | None) -> None:
    walk.fields.separate()
    walk.group.into = "text"


def _form(walk: Walk, number: int | None) -> None:
    walk.group.into = "form"


def _form_kind(walk: Walk, number: int | None) -> None:
    if number == 1 and walk.fields.opened:
        walk.fields.opened[-1].box = False


def _form_value(walk: Walk, number: int | None) -> None:
    opened = walk.fields.opened
    if opened and opened[-1].box is not None and number in (0, 1):
        opened[-1].box = number == 1


def _wide(walk: Walk, number: int | None) -> None:
    walk.picture = (walk.picture[0], (number or 0) / 20, walk.picture[2])


def _high(walk: Walk, number: int | None) -> None:
    walk.picture = (*walk.picture[:2], (number or 0) / 20)


MEANT: dict[str, Meaning] = {
    "u": _unicode, "uc": _skipped, "upr": _twice, "ud": _into("text"),
    "ansicpg": _page, "cpg": _page, "mac": _codec("mac_roman"), "pc": _codec("cp437"),
    "pca": _codec("cp850"), "fonttbl": _into("fonts"), "f": _font, "fcharset": _charset,
    "deff": _default_font, "stylesheet": _styles, "s": _style, "outlinelevel": _outline,
    "v": _switch("hidden"), "deleted": _switch("deleted"), "caps": _switch("capitals"),
    "plain": _plain, "par": _end, "sect": _end, "pard": _new_paragraph, "intbl": _in_table,
    "itap": _depth, "trowd": _new_row, "trleft": _row_left, "cellx": _cell_edge,
    "clvmgf": _merged_down("restart"), "clvmrg": _merged_down("continue"),
    "clmrg": _merged_across, "cell": _end_cell, "nestcell": _end_inner_cell, "row": _end_row,
    "nesttableprops": _inner_row, "nestrow": _end_inner_row, "field": _field,
    "fldinst": _into("field"), "fldrslt": _result, "formfield": _form, "fftype": _form_kind,
    "ffdefres": _form_value, "ffres": _form_value, "pict": _into("picture"),
    "objdata": _into("object"), "picwgoal": _wide, "pichgoal": _high,
    "listtext": _into("label"), "pntext": _into("label"),
}  # fmt: skip
"""Every control word that matters to a reader, and what it does to the walk."""
