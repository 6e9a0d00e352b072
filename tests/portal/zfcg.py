"""A regional list of static pages in GBK, some of which say that they are something else."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from urllib.parse import quote

from .notices import Notice
from .page import Asked, Moment, Page, id_of, number_of, pages_of, slice_of, views, written

PAGE = 15
LIST = re.compile(r"/zfcg/(?:index(?:_(\d+))?\.html)?")
DETAIL = re.compile(r"/zfcg/\d{6}/t\d{8}_(\d+)\.html")
DECLARED = (
    ("gb2312", "text/html"),
    ("utf-8", "text/html"),
    ("gbk", "text/html; charset=ISO-8859-1"),
)
"""In the page and in the head, by the notice's number: right, wrong, and right against the head."""


class Zfcg:
    """`/zfcg/index.html`, `/zfcg/index_1.html` … and `/zfcg/202412/t20241231_100001.html`."""

    name = "zfcg"

    def address(self, notice: Notice, moves: int) -> str:
        return f"/zfcg/{notice.day[:6]}/t{notice.day}_{id_of(notice, moves)}.html"

    def find(self, target: str) -> tuple[int, int] | None:
        match = DETAIL.fullmatch(target.partition("?")[0])
        return number_of(match[1]) if match else None

    def listed(
        self, request: Asked, notices: Sequence[Notice], places: dict[int, int], moment: Moment
    ) -> Page | None:
        match = LIST.fullmatch(request.path)
        page = int(match[1] or 0) if match else 0
        last = pages_of(notices, PAGE)
        if not match or page >= last:
            return None
        entries = "".join(
            f'<li><a href=".{self.address(one, places.get(one.number, 0))[5:]}" '
            f'title="{html.escape(one.title)}">{html.escape(one.title)}</a>'
            f"<span>{one.stamp}</span></li>\n"
            for one in slice_of(notices, page + 1, PAGE)
        )
        pager = f'<script>createPageHTML({last}, {page}, "index", "html");</script>'
        body = f'<ul class="list">{entries}</ul><div class="page">{pager}</div>'
        text = written("（样例）采购公告", body, moment, charset="gb2312")
        return Page(body=text.encode("gb18030"), media_type="text/html")

    def shown(self, notice: Notice, moves: int, moment: Moment) -> Page:
        charset, media_type = DECLARED[notice.number % 3]
        paragraphs = "".join(f"<p>{html.escape(one)}</p>" for one in notice.paragraphs())
        body = (
            f'<h1 class="title">{html.escape(notice.title)}</h1>'
            f'<div class="info">发布日期：{notice.stamp} {views(notice, moment)}</div>'
            f'<div class="TRS_Editor">{paragraphs}</div><div class="fj">{_links(notice)}</div>'
        )
        text = written(notice.title, body, moment, charset=charset)
        version = f"{notice.number}-{moves}-{notice.revision}-{moment.visit}"
        return Page(
            body=text.encode("gb18030"),
            media_type=media_type,
            version=version,
            modified=notice.published,
        )


def _links(notice: Notice) -> str:
    """Names in GBK, percent-encoded; those of archives stand in the page as they are."""
    links = ""
    for one in notice.attachments:
        href = one.name if one.name.endswith(".zip") else quote(one.name.encode("gbk"))
        links += f'<p><a href="./{href}" oldsrc="W0{one.key}">{one.name}</a></p>'
    return links
