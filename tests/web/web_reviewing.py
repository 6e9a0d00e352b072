"""A reviewer at the desk, as a program: gives a name, answers, takes back."""

from __future__ import annotations

from typing import Any

import httpx
from selectolax.lexbor import LexborHTMLParser as Html

OURS = {"sec-fetch-site": "same-origin"}
SCRIPT = {**OURS, "accept": "application/json"}


class Reviewer:
    """Somebody who reviews by forms alone."""

    def __init__(self, home: str, by: str, **filters: str) -> None:
        self.desk = httpx.Client(base_url=home)
        self.filters = filters
        self.token = self.word()
        self.name(by)

    def word(self) -> str:
        page = Html(self.desk.get("/review").text)
        return page.css_first("input[name=token]").attributes["value"] or ""

    def name(self, by: str) -> httpx.Response:
        return self.desk.post("/review/name", data={"token": self.token, "by": by}, headers=OURS)

    def queue(self, **asked: str) -> dict[str, Any]:
        view: dict[str, Any] = self.desk.get(
            "/review.json", params={**self.filters, **asked}
        ).json()
        return view

    def form(self, case: dict[str, Any], answer: str, **more: str) -> dict[str, str]:
        place = {key: case[key] for key in ("notice", "subject", "kind")}
        return {
            **self.filters, **place, "token": self.token, "case": case["id"], "answer": answer,
            **more,
        }  # fmt: skip

    def answer(self, case: dict[str, Any], answer: str, **more: str) -> httpx.Response:
        form = self.form(case, answer, **more)
        return self.desk.post("/review/answer", data=form, headers=SCRIPT)

    def undo(self) -> httpx.Response:
        form = {"token": self.token, **self.filters}
        return self.desk.post("/review/undo", data=form, headers=SCRIPT)
