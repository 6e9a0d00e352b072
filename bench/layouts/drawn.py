"""Pages laid out as portals do it: summary tables, label tables, lines, one paragraph, files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from random import Random

from bench.layouts.drawn_docx import docx
from bench.layouts.elements import Element, Entry, Line, Page, Section, Table
from bench.layouts.noise import Print, furniture, related

_HAN = "一二三四五六七八九十"
Drawn = tuple[str, bytes, tuple[tuple[str, bytes], ...]]
"""A file's name, its bytes, its attachments."""


class Plain:
    """A page as lines of text, the way `e` and `d` print it and other layouts mark it up."""

    def __init__(self, dice: Random, hard: bool) -> None:
        self.print = Print(dice, hard)
        self.cuts = hard and dice.random() < 0.3
        self.watermark = hard and dice.random() < 0.2

    def lines(self, elements: list[Element], level: int = 1) -> Iterator[Element | str]:
        """Entries and lines as strings, headings numbered, tables as they are."""
        sections = entries = 0
        for element in elements:
            if isinstance(element, Section):
                sections += 1
                mark = f"{_HAN[sections - 1]}、" if level == 1 else f"{sections}."
                yield mark + element.title
                yield from self.lines(list(element.body), level + 1)
            elif isinstance(element, Entry):
                entries += 1
                yield self.entry(element, entries)
            elif isinstance(element, Line):
                yield element.text
            else:
                yield from self._cut(element)

    def _cut(self, table: Table) -> Iterator[Table | str]:
        """A table, now and then cut by a page: its header is printed again."""
        rows = table.rows
        if len(rows) < 4 or not self.cuts or not table.header:
            yield table
            return
        middle = len(rows) // 2
        yield Table(rows[:middle])
        yield Table((rows[0], *rows[middle:]))

    def page(self, page: Page, apart: bool = True) -> Iterator[Element | str]:
        """All lines of a page, the signature last."""
        for number, line in enumerate(self.lines(page.body), 1):
            yield line
            if self.watermark and apart and number % 7 == 0:
                yield f"虚构采购交易平台　第{number // 7}页"
        yield from page.signature

    def entry(self, entry: Entry, number: int = 0) -> str:
        """`采购人：…`"""
        label = self.print.label(entry.label, number)
        return f"{label}{self.print.colon}{entry.value}{self.print.ended}"


def table_html(table: Table, mark: str = "td") -> str:
    """A table; `<` and `^` before a cell span columns and rows."""
    rows = []
    for row in table.rows:
        cells = []
        for cell in row:
            text = cell.lstrip("<^")
            marks = cell[: len(cell) - len(text)]
            span = f' colspan="{marks.count("<") + 1}"' if "<" in marks else ""
            span += f' rowspan="{marks.count("^") + 1}"' if "^" in marks else ""
            cells.append(f"<{mark}{span}><p>{escape(text)}</p></{mark}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border='1'><tbody>{''.join(rows)}</tbody></table>"


def _paragraphs(page: Page, dice: Random, hard: bool) -> str:
    """Headings bold, entries in paragraphs, some with their label in a span of its own."""
    plain = Plain(dice, hard)
    spans = dice.random() < 0.5
    parts = []
    for line in plain.page(page):
        if isinstance(line, Table):
            parts.append(table_html(line))
        elif isinstance(line, str):
            label, colon, value = line.partition(plain.print.colon)
            if spans and colon and len(label) < 20:
                text = (
                    f"<span>{escape(label + colon)}</span><span><samp>{escape(value)}</samp></span>"
                )
            else:
                text = escape(line)
            parts.append(f"<p>{text}</p>")
    return "\n".join(parts)


def _head(page: Page, dice: Random) -> str:
    meta = f'<meta name="ArticleTitle" content="{escape(page.title)}" />'
    if page.published and dice.random() < 0.7:
        meta += f'<meta name="PubDate" content="{escape(page.published)}" />'
    return f"{meta}<title>{escape(page.title)}</title>"


def _whole(page: Page, dice: Random, head: str, inner: str, dated: bool = True) -> str:
    above, below = furniture(dice, page.title)
    if dice.random() < 0.15:
        below = related(dice) + below
    date = ""
    if page.published and dated:
        date = dice.choice(
            (
                f"<p>{page.published} 来源：虚构交易网 【打印】</p>",
                f"<p>发布时间：{page.published} 浏览次数：{dice.randint(1, 999)}</p>",
                f"<p>{page.published_label}：{page.published}</p>",
            )
        )
    return (
        f"<html><head>{head}</head><body>{above}<div class='detail'><h2 class='tc'>"
        f"{escape(page.title)}</h2>{date}{inner}</div>{below}</body></html>"
    )


def national(page: Page, dice: Random, hard: bool) -> str:
    """(a) The national portal: meta tags, a table 公告概要, numbered sections."""
    rows = [("<<<公告信息：",)]
    rows += [(entry.label, "<<" + entry.value) for entry in page.summary]
    summary = f"<div class='table'><h5>公告概要：</h5>{table_html(Table(tuple(rows)))}</div>"
    return _whole(
        page, dice, _head(page, dice), summary + f"<div>{_paragraphs(page, dice, hard)}</div>"
    )


def national_old(page: Page, dice: Random, hard: bool) -> str:
    """(b) The same of 2013 to 2016: values left to the body, lines broken by <br>."""
    rows = [("<<<公告概要",)]
    for entry in page.summary:
        vague = entry.label == "预算金额" or dice.random() < 0.3
        rows.append((entry.label, "<<" + ("详见公告正文" if vague else entry.value)))
    lines = [
        table_html(line) if isinstance(line, Table) else escape(str(line)) + "<br/>"
        for line in Plain(dice, hard).page(page)
    ]
    body = f"<div class='vT_detail_content'><p>{''.join(lines)}</p></div>"
    return _whole(page, dice, _head(page, dice), table_html(Table(tuple(rows))) + body)


def paragraphs(page: Page, dice: Random, hard: bool) -> str:
    """A provincial portal: paragraphs and tables, no summary."""
    inner = _paragraphs(page, dice, hard)
    return _whole(page, dice, f"<title>{escape(page.title)}</title>", inner)


def label_table(page: Page, dice: Random, hard: bool) -> str:
    """(c) A fragment with one table of label and value, two or four cells to a row."""
    entries, tables = _flat(page.body)
    wide = dice.random() < 0.4
    colon = dice.choice(("", "", "："))
    rows: list[tuple[str, ...]] = []
    pending: Entry | None = None
    for entry in entries:
        short = len(entry.value) < 24
        if wide and short and pending is None:
            pending = entry
            continue
        if pending is not None and short:
            rows.append((pending.label + colon, pending.value, entry.label + colon, entry.value))
            pending = None
            continue
        if pending is not None:
            rows.append((pending.label + colon, "<<" + pending.value))
            pending = None
        rows.append((entry.label + colon, "<<" + entry.value))
    if pending is not None:
        rows.append((pending.label + colon, "<<" + pending.value))
    date = f"<p>{page.published_label}：{page.published}</p>" if page.published else ""
    nested = dice.random() < 0.4
    inner = "" if nested else "".join(table_html(table) for table in tables)
    signed = "".join(f"<p>{line}</p>" for line in page.signature)
    table = table_html(Table(tuple(rows)))
    if nested:
        within = "".join(f"<tr><td colspan=4>{table_html(each)}</td></tr>" for each in tables)
        table = table.replace("</tbody>", within + "</tbody>")
    return f"<h3>{escape(page.title)}</h3>{date}{table}{inner}{signed}"


def _flat(elements: list[Element], party: str = "") -> tuple[list[Entry], list[Table]]:
    """Entries of all sections; those of a contact section named after whose they are."""
    entries: list[Entry] = []
    tables: list[Table] = []
    for element in elements:
        if isinstance(element, Section):
            inner, below = _flat(list(element.body), element.title)
            entries += inner
            tables += below
        elif isinstance(element, Entry):
            bare = party.removesuffix("（如有）")
            whose = bare.removesuffix("信息") if bare.endswith("信息") else ""
            named = element.label in ("名称", "地址", "联系人", "联系电话", "联系方式")
            if named and whose in ("采购人", "采购单位", "采购代理机构", "拟定供应商", "监督部门"):
                element = Entry(whose + element.label, element.value)
            entries.append(element)
        elif isinstance(element, Line):
            entries.append(Entry(party or "备注", element.text))
        else:
            tables.append(element)
    return entries, tables


def stacked(page: Page, dice: Random, hard: bool) -> str:
    """(d) Text with one cell per line: labels and values, and tables, have lost their cells."""
    plain = Plain(dice, hard)
    apart = dice.random() < 0.5
    bare = hard and dice.random() < 0.4
    lines = [page.title]
    if page.published:
        lines.append(f"{page.published_label}：{page.published}")
    for line in plain.page(page):
        if isinstance(line, Table):
            lines += [cell.lstrip("<^") for row in line.rows for cell in row]
        elif isinstance(line, str):
            label, colon, value = line.partition(plain.print.colon)
            split = apart and colon and len(label) < 20 and value and "。" not in label
            lines += [label + ("" if bare else colon), value] if split else [line]
    return "\n".join(lines)


def one_paragraph(page: Page, dice: Random, hard: bool) -> str:
    """(e) Everything in one paragraph, tables beside it."""
    plain = Plain(dice, hard)
    gap = dice.choice((" ", "  ", "\u3000", "&nbsp;&nbsp;"))
    inner = ""
    for is_table, lines in groupby(
        plain.page(page, apart=False), lambda line: isinstance(line, Table)
    ):
        if is_table:
            inner += "".join(table_html(line) for line in lines if isinstance(line, Table))
        else:
            inner += f"<p>{gap.join(escape(str(line)) for line in lines)}</p>"
    return _whole(page, dice, f"<title>{escape(page.title)}</title>", inner)


def preformatted(page: Page, dice: Random, hard: bool) -> str:
    """(e) Everything in one <pre>, lines broken as typed, tables by tabs."""
    plain = Plain(dice, hard)
    lines = []
    for line in plain.page(page):
        if isinstance(line, Table):
            lines += ["\t".join(cell.lstrip("<^") for cell in row) for row in line.rows]
        else:
            lines.append("    " + str(line))
    inner = "<pre>" + escape("\n".join(lines)) + "</pre>"
    return _whole(page, dice, f"<title>{escape(page.title)}</title>", inner)


def attached(page: Page, dice: Random, hard: bool) -> tuple[str, bytes]:
    """(f) A page that says no more than its title, and the notice as a DOCX beside it."""
    html = _whole(page, dice, f"<title>{escape(page.title)}</title>", "<p>详见附件。</p>")
    return html, docx(page.title, Plain(dice, hard).page(page))


LAYOUTS: dict[str, Callable[[Page, Random, bool], str]] = {
    "a national": national,
    "b national 2013": national_old,
    "paragraphs": paragraphs,
    "c label table": label_table,
    "d stacked": stacked,
    "e one paragraph": one_paragraph,
    "e preformatted": preformatted,
}
