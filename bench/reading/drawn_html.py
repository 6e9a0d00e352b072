"""Draws a notice as a web page, and prints that page with Chromium."""

from __future__ import annotations

import shutil
from html import escape
from itertools import groupby
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.reading.truth import Notice, Piece

_LINES = {
    "all": "table.t{n} td{{border:1px solid #000}}",
    "horizontal": "table.t{n} td{{border-top:1px solid #000;border-bottom:1px solid #000}}",
    "none": "",
}
_FONTS = {
    "zh-Hans": ("Noto Serif CJK SC", "Noto Sans CJK SC", "WenQuanYi Zen Hei"),
    "zh-Hant": ("Noto Serif CJK TC", "AR PL UMing TW", "Noto Sans CJK TC"),
    "en": ("Liberation Serif", "DejaVu Sans", "Liberation Sans"),
    "ru": ("Liberation Serif", "DejaVu Sans", "Liberation Sans"),
}


def draw_html(notice: Notice, copy: int) -> str:
    """The page. The first of three notices is plain, the others have marks of their own."""
    font = _FONTS[notice.language][copy]
    rules = [_LINES[table.rules].format(n=n) for n, table in enumerate(notice.tables)]
    rows = "tr{break-inside:avoid}" if copy < 2 else ""
    if notice.columns > 1:
        rows += f"@media print{{body{{columns:{notice.columns};column-gap:24pt}}}}"
    style = (
        f"body{{font:{(10.5, 12, 11)[copy]}pt/1.6 '{font}',serif;text-align:left}}"
        "h1{font-size:16pt;text-align:center}h2{font-size:12pt}p{margin:2pt 0;text-indent:2em}"
        "table{border-collapse:collapse;width:100%;margin:6pt 0}"
        "td{padding:3pt 5pt;font-size:9.5pt;line-height:1.4;word-break:break-all}"
        + rows
        + "".join(rules)
    )
    body = "\n".join(
        _table(notice, table, list(group)) if table is not None else _flowing(group, copy)
        for table, group in groupby(notice.pieces, lambda piece: piece.table)
    )
    charset = "gbk" if copy == 1 and notice.language == "zh-Hans" else "utf-8"
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="{charset}">'
        f"<style>{style}</style></head><body>\n{body}\n</body></html>\n"
    )


def _flowing(pieces: object, copy: int) -> str:
    return "\n".join(_paragraph(piece, copy) for piece in pieces)  # type: ignore[attr-defined]


def _paragraph(piece: Piece, copy: int) -> str:
    tag = {"title": "h1", "heading": "h2"}.get(piece.kind, "p")
    text = escape(piece.text)
    if copy == 2:  # word processors cut their words into spans
        text = "".join(
            f"<span>{escape(piece.text[n : n + 7])}</span>" for n in range(0, len(piece.text), 7)
        )
    return f"<{tag}>{text}</{tag}>"


def _table(notice: Notice, number: int, cells: list[Piece]) -> str:
    table = notice.tables[number]
    total = sum(table.widths)
    columns = "".join(f'<col style="width:{100 * w / total:.1f}%">' for w in table.widths)
    rows: dict[int, list[str]] = {}
    for cell in cells:
        spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        rows.setdefault(cell.row, []).append(f"<td{spans}>{escape(cell.text)}</td>")
    lines = [f"<tr>{''.join(rows[row])}</tr>" for row in sorted(rows)]
    head, body = "".join(lines[: table.header]), "\n".join(lines[table.header :])
    head = f"<thead>{head}</thead>" if head else ""
    columns = f"<colgroup>{columns}</colgroup>"
    return f'<table class="t{number}">{columns}{head}<tbody>\n{body}</tbody></table>'


def encoded(notice: Notice, copy: int) -> bytes:
    """The bytes of the page: some are in GBK, as old portals are."""
    text = draw_html(notice, copy)
    return text.encode("gb18030" if 'charset="gbk"' in text else "utf-8")


class Printer:
    """Prints pages with an installed Chromium."""

    def __init__(self) -> None:
        self.playwright = sync_playwright().start()
        program = shutil.which("chromium") or shutil.which("google-chrome")
        self.browser = self.playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )

    def print(self, notice: Notice, copy: int) -> bytes:
        """The page as a PDF, with lines at its head and foot."""
        head, foot = (escape(text) for text in notice.furniture)
        foot = foot.replace("#", '<span class="pageNumber"></span>')
        small = '<div style="font-size:8px;width:100%;text-align:center">{}</div>'
        page = self.browser.new_page()
        page.set_content(draw_html(notice, copy))
        payload = page.pdf(
            format="A4",
            display_header_footer=True,
            header_template=small.format(head),
            footer_template=small.format(foot),
            margin={"top": "62px", "bottom": "62px", "left": "80px", "right": "80px"},
        )
        page.close()
        return payload

    def close(self) -> None:
        """Stop the browser."""
        self.browser.close()
        self.playwright.stop()


def undated(payload: bytes, path: Path | None = None) -> bytes:
    """A PDF without the moment it was made at, so that it is the same each time."""
    out = payload
    for key in (b"/CreationDate (", b"/ModDate ("):
        at = out.find(key)
        if at >= 0:
            end = out.index(b")", at)
            start = at + len(key)
            moment = b"D:20250101000000+00'00'"[: end - start]
            out = out[:start] + moment.ljust(end - start) + out[end:]
    return out
