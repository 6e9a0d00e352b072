"""Makes the documents of the benchmark: `python -m bench.reading.made [FORMAT …]`.

They are committed, because what draws them (fonts, LibreOffice, Chromium) is not the same
everywhere; this shows how they came to be. Each notice is drafted once and shown in every format.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from bench.reading.drafts import TEXTS, load_stock, write_notice
from bench.reading.drawn_pdf import Faces, draw_pdf, load_fonts
from bench.reading.setting import Setting, Style
from bench.reading.truth import DOCUMENTS, Notice, Rendition, load_notices, save_notice

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
            made.append(Made(notice, STYLES[(nth + copy) % len(STYLES)], faces))
    return made


def as_reportlab(made: Made) -> Rendition:
    """A PDF by reportlab, every character where we put it."""
    setting = Setting(made.notice, made.style, made.faces.advance)
    payload = draw_pdf(made.notice, setting, made.faces)
    return kept(
        made.notice.name,
        "reportlab.pdf",
        payload,
        pages=len(setting.sheets),
        places=setting.places(),
        across=tuple(sorted(setting.across)),
    )


def kept(name: str, ending: str, payload: bytes, **more: object) -> Rendition:
    """Write one file, and say what it is."""
    (DOCUMENTS / f"{name}.{ending}").write_bytes(payload)
    sha256 = hashlib.sha256(payload).hexdigest()
    return Rendition(file=f"{name}.{ending}", sha256=sha256, **more)  # type: ignore[arg-type]


FORMATS: dict[str, Callable[[Made], Rendition | None]] = {"reportlab.pdf": as_reportlab}


def main() -> None:
    """Make the formats that were asked for, or all; the others stay as they are."""
    wanted = sys.argv[1:] or list(FORMATS)
    load_fonts()
    DOCUMENTS.mkdir(exist_ok=True)
    before = {notice.name: notice.renditions for notice in load_notices()}
    for made in drafted():
        renditions = dict(before.get(made.notice.name, {}))
        for ending in wanted:
            rendition = FORMATS[ending](made)
            if rendition is not None:
                renditions[ending] = rendition
        save_notice(msgspec.structs.replace(made.notice, renditions=renditions))


if __name__ == "__main__":
    main()
