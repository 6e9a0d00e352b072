"""What the national portal's pages say: results of its search, and notices in two layouts."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from tenderlight.sources.asking import Answered, Asked, Detailed, Listed
from tenderlight.sources.detail import MOST_FILES, link_words
from tenderlight.sources.page import Page, first_number, open_page, pick, quoted
from tenderlight.sources.paging import Row, find_day, statement

_ITEM = "ul.vT-srch-result-list-bid > li"
_CONTENT = ".vF_detail_content, .vT_detail_content, #contents"
"""The notice itself: since 2016, 2013 to 2016, and re-posted with the page of the first portal."""
_LINKS = f"a.bizDownload, {', '.join(f'{part.strip()} a' for part in _CONTENT.split(','))}"
_DOWNLOAD = "https://download.ccgp.gov.cn/oss/download?uuid="
_TOTAL = re.compile(r"共找到\s*([\d,]{1,15})\s*条")
_WAIT = re.compile(r"访问过于频繁|安全验证|请输入验证码")
_FILE = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|csv|ofd|zip|rar|7z|jpe?g|png|tiff?)(?:[?#]|$)"
    r"|/oss/download|/download(?:file)?\b|attach",
    re.I,
)


def parse_results(asked: Asked, answered: Answered, portal: str) -> tuple[list[Row], Listed]:
    """The entries of a page of results, and what the page says of itself."""
    page = open_page(answered.payload, answered.url)
    if isinstance(page, str):
        return [], Listed(problem=f"The list cannot be read. {page}")
    words = page.pick("body") or ""
    items = page.select(_ITEM)
    total = _TOTAL.search(words)
    stated = first_number(total[1]) if total else None
    rows = [row for item in items if (row := _row(asked, page, item, portal))]
    listed = Listed(
        stated=stated,
        ignored=len(items) - len(rows),
        none_found=stated == 0,
        problem=_wrong(asked, words, len(items), rows, stated),
    )
    return rows, listed


def _row(asked: Asked, page: Page, item: LexborNode, portal: str) -> Row | None:
    """`<li><a>title</a><p>…</p><span>2026.03.21 10:22:33 | 采购人：… | <a>广东</a></span></li>`."""
    url = page.address(pick(item, "a@href"), "a@href")
    if url is None:
        return None
    printed, day = find_day(pick(item, "span")) or (None, None)
    stated = statement(
        item.html or "",
        portal,
        title=pick(item, "a"),
        printed=printed,
        region=pick(item, "span a"),
        region_code=None,
    )
    return Row(asked=Asked(url=url, kind="notice", term=asked.term, stated=stated), day=day)


def _wrong(asked: Asked, words: str, items: int, rows: list[Row], stated: int | None) -> str | None:
    """How a page differs from the search as we know it; None where it does not."""
    if items == 0 and (wait := _WAIT.search(words)):
        return f"The portal asks to wait or to prove to be a person: {wait[0]}."
    if stated is None:
        return "The page does not say how many notices were found (共找到 … 条)."
    if items == 0 and stated > asked.before:
        return f"It says that {stated} were found, and names none at {_ITEM!r}."
    if items and not rows:
        return f"None of the {items} results has an address."
    if rows and all(row.day is None for row in rows):
        return f"None of the {len(rows)} results has a date."
    return None


def parse_notice(answered: Answered) -> Detailed:
    """Whether a notice stands in the page, and the files that it links to.

    A file of today's layout is an id without an address: `<a class="bizDownload" id="…" href="">`.
    """
    page = open_page(answered.payload, answered.url)
    if isinstance(page, str):
        return Detailed(problem=f"The notice's page cannot be read. {page}")
    if not page.has(_CONTENT):
        wait = _WAIT.search(page.pick("body") or "")
        if wait:
            return Detailed(
                problem=f"The portal asks to wait or to prove to be a person: {wait[0]}."
            )
        return Detailed(problem=f"The notice's page has nothing at {_CONTENT!r}.")
    files = (
        Asked(url=url, kind="attachment", stated=link_words(link))
        for link in page.select(_LINKS)[: MOST_FILES * 4]
        if (url := _file(page, link))
    )
    return Detailed(attachments=tuple({each.url: each for each in files}.values())[:MOST_FILES])


def _file(page: Page, link: LexborNode) -> str | None:
    """The address of a file; None for a link that is none."""
    href = page.address(pick(link, "@href"), "@href")
    if pick(link, "@class") == "bizDownload":
        id = pick(link, "@id")
        return href if href and "uuid=" in href else page.address(id, "@id", f"{_DOWNLOAD}{{id}}")
    script = pick(link, "@onclick") or ""
    if "downloadAttachFile" in script:
        return page.address(quoted(script), "@id", f"{_DOWNLOAD}{{id}}")
    return href if href and _FILE.search(href) else None
