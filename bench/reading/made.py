"""Makes the documents of the benchmark: `python -m bench.reading.made [FORMAT …] [NOTICE …]`.

They are committed, because what draws them (fonts, LibreOffice, Chromium) is not the same
everywhere; this shows how they came to be. Each notice is drafted once and shown in every format.
"""

from __future__ import annotations

import atexit
import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import msgspec

from bench.reading.drafts import TEXTS, load_stock, write_notice
from bench.reading.drawn_html import Printer, encoded, undated
from bench.reading.drawn_ofd import draw_ofd
from bench.reading.drawn_office import converted, draw_sheets, draw_text
from bench.reading.drawn_pdf import Faces, draw_pdf, load_fonts
from bench.reading.printed import Printed, overleaf
from bench.reading.setting import Setting, Style
from bench.reading.truth import DOCUMENTS, Notice, Rendition, load_notices, save_notice

PRINTED = ("award-1", "english-1", "english-2", "russian-1", "russian-2")
STYLES = (
    Style(),
    Style(size=12, leading=1.5, cell_size=9.5, margin=64, centred=True),
    Style(size=11, leading=1.8, cell_size=10, margin=76, cut_rows=True),
)
CHINESE = (Faces("ming", "serif"), Faces("hei", "hei"), Faces("ming", "ming"))
FOREIGN = (Faces("hei", "sans"), Faces("ming", "serif"))


@dataclass(frozen=True, slots=True)
class Made:
    """A notice and how its pages are set."""

    notice: Notice
    style: Style
    faces: Faces
    copy: int
    """Which of the notices of its draft it is."""


Maker = Callable[[Made], Rendition | None]
"""Makes one file; None where a notice is not shown in a format, to keep the repository small."""


def drafted() -> list[Made]:
    """Three notices of each draft in Chinese, two of each in another language."""
    stock, made = load_stock(), []
    drafts = [file for file in sorted(TEXTS.glob("*.txt")) if file.stem != "stock"]
    for nth, file in enumerate(drafts):
        draft = file.read_text(encoding="utf-8")
        foreign = draft.startswith("@language")
        for copy in range(2 if foreign else 3):
            name = f"{file.stem}-{copy + 1}"
            notice = write_notice(name, draft, stock, name)
            faces = (FOREIGN if foreign else CHINESE)[copy]
            made.append(Made(notice, STYLES[(nth + copy) % len(STYLES)], faces, copy))
    return made


def as_reportlab(made: Made) -> Rendition:
    """A PDF by reportlab, every character where we put it."""
    setting = Setting(made.notice, made.style, made.faces.advance)
    return _set(made, setting, "reportlab.pdf", draw_pdf(made.notice, setting, made.faces))


def as_ofd(made: Made) -> Rendition | None:
    """The same pages as OFD."""
    if made.copy == 2:
        return None
    setting = Setting(made.notice, made.style, made.faces.advance)
    return _set(made, setting, "ofd", draw_ofd(made.notice, setting, made.faces))


def _set(made: Made, setting: Setting, ending: str, payload: bytes) -> Rendition:
    across, again = overleaf(made.notice, setting.pages())
    return kept(
        made.notice.name,
        ending,
        payload,
        pages=len(setting.sheets),
        places=setting.places(),
        across=across,
        again=again,
    )


def as_html(made: Made) -> Rendition:
    """A web page."""
    return kept(made.notice.name, "html", encoded(made.notice, made.copy))


def as_chromium(made: Made) -> Rendition | None:
    """That page, printed by Chromium; its large fonts only for some."""
    if made.notice.name not in PRINTED and made.copy < 2:
        return None
    payload = undated(_printer().print(made.notice, made.copy))
    found = Printed(made.notice, payload)
    across, again = overleaf(made.notice, found.pages())
    return kept(
        made.notice.name,
        "chromium.pdf",
        payload,
        pages=max(glyph.page for glyph in found.glyphs),
        places=found.places(),
        across=across,
        again=again,
    )


@cache
def _printer() -> Printer:
    printer = Printer()
    atexit.register(printer.close)
    return printer


def as_office(ending: str, kind: str, copies: tuple[int, ...]) -> Maker:
    """A maker of one of LibreOffice's formats, for some of the copies of each draft."""

    @cache
    def all_of_them() -> dict[str, bytes]:
        draw = draw_text if kind == "fodt" else draw_sheets
        flat = [
            (m.notice.name, draw(m.notice))
            for m in drafted()
            if m.copy in copies and (m.notice.tables or kind == "fodt")
        ]
        return converted(flat, ending, kind)

    def make(made: Made) -> Rendition | None:
        if made.copy not in copies or not _fits(made.notice, kind):
            return None
        payload = all_of_them()[made.notice.name]
        return kept(made.notice.name, ending, payload, tables_only=kind == "fods")

    return make


def _fits(notice: Notice, kind: str) -> bool:
    """A spreadsheet takes tables."""
    return kind == "fodt" or bool(notice.tables)


def kept(name: str, ending: str, payload: bytes, **more: object) -> Rendition:
    """Write one file, and say what it is."""
    (DOCUMENTS / f"{name}.{ending}").write_bytes(payload)
    sha256 = hashlib.sha256(payload).hexdigest()
    return Rendition(file=f"{name}.{ending}", sha256=sha256, **more)  # type: ignore[arg-type]


FORMATS: dict[str, Maker] = {
    "html": as_html,
    "reportlab.pdf": as_reportlab,
    "chromium.pdf": as_chromium,
    "ofd": as_ofd,
    "docx": as_office("docx", "fodt", (0, 1, 2)),
    "doc": as_office("doc", "fodt", (0,)),
    "odt": as_office("odt", "fodt", (1,)),
    "rtf": as_office("rtf", "fodt", (1,)),
    "xlsx": as_office("xlsx", "fods", (0, 1, 2)),
    "xls": as_office("xls", "fods", (0, 2)),
    "ods": as_office("ods", "fods", (1,)),
}


def main() -> None:
    """Make the formats and notices that were asked for, or all; the others stay as they are."""
    asked = sys.argv[1:]
    wanted = [each for each in asked if each in FORMATS] or list(FORMATS)
    begins = tuple(each for each in asked if each not in FORMATS) or ("",)
    load_fonts()
    DOCUMENTS.mkdir(exist_ok=True)
    before = {notice.name: notice.renditions for notice in load_notices()}
    for made in drafted():
        if not made.notice.name.startswith(begins):
            continue
        renditions = dict(before.get(made.notice.name, {}))
        for ending in wanted:
            renditions.pop(ending, None)
            rendition = FORMATS[ending](made)
            if rendition is not None:
                renditions[ending] = rendition
        ordered = {each: renditions[each] for each in FORMATS if each in renditions}
        save_notice(msgspec.structs.replace(made.notice, renditions=ordered))


if __name__ == "__main__":
    main()
