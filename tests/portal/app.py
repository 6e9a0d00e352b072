"""A page without content, which a script fills from a JSON API."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from typing import Any

from .notices import Notice
from .page import Asked, Moment, Page, as_json, id_of, number_of, slice_of, written

LARGEST = 100


class App:
    """`/xinxi/`, POST or GET `/api/notice/list`, and `/api/notice/detail?id=100001`."""

    name = "app"

    def address(self, notice: Notice, moves: int) -> str:
        return f"/api/notice/detail?id={id_of(notice, moves)}"

    def find(self, target: str) -> tuple[int, int] | None:
        asked = Asked(method="GET", target=target)
        written_id = asked.query("id")
        if asked.path != "/api/notice/detail" or not written_id.isdecimal():
            return None
        return number_of(written_id)

    def listed(
        self, request: Asked, notices: Sequence[Notice], places: dict[int, int], moment: Moment
    ) -> Page | None:
        if request.path.startswith("/xinxi/"):
            return Page(body=written("（样例）信息公开", '<div id="app"></div>', moment).encode())
        if request.path != "/api/notice/list":
            return None
        asked = _asked(request)
        if asked is None:
            return as_json({"code": 500, "msg": "参数错误", "data": None})
        page, size, term = asked
        found = [notice for notice in notices if term in notice.text()]
        rows = [self._row(one, places) for one in slice_of(found, page, size)]
        data = {"total": len(found), "rows": rows}
        return as_json({"code": 200, "data": data, "timestamp": moment.clock})

    def shown(self, notice: Notice, moves: int, moment: Moment) -> Page:
        rows = "".join(f"<tr><td>{html.escape(one)}</td></tr>" for one in notice.paragraphs())
        data = {
            "id": str(id_of(notice, moves)),
            "title": notice.title,
            "publishDate": f"{notice.stamp} 09:30:00",
            "regionCode": notice.region_code,
            "viewCount": 100 + moment.request,
            "content": f'<div class="notice"><table>{rows}</table></div>',
            "attachments": [
                {"name": one.name, "url": f"/api/file/{one.key}"} for one in notice.attachments
            ],
        }
        return as_json({"code": 200, "data": data, "timestamp": moment.clock})

    def _row(self, notice: Notice, places: dict[int, int]) -> dict[str, str]:
        return {
            "id": str(id_of(notice, places.get(notice.number, 0))),
            "title": notice.title,
            "publishDate": notice.stamp,
            "regionCode": notice.region_code,
        }


def _asked(request: Asked) -> tuple[int, int, str] | None:
    """Page, size and words of a request for a list; None where it can't be read."""
    names = ("pageNo", "pageSize", "keyword")
    try:
        asked: Any = json.loads(request.body) if request.method == "POST" else {}
        if request.method == "GET":
            asked = {name: request.query(name) for name in names if request.query(name)}
        page, size = int(asked.get("pageNo", 1)), int(asked.get("pageSize", 10))
        return page, min(max(size, 1), LARGEST), str(asked.get("keyword") or "")
    except (ValueError, AttributeError, TypeError):
        return None
