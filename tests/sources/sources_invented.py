"""Invented cards and answers for the tests of sources: no portal says any of this."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tenderlight.sources.asking import Answered, Source
from tenderlight.sources.card import parse_card
from tenderlight.sources.load import load_sources

TODAY = date(2026, 11, 22)

HEAD = """
name = "Invented portal"
name_zh = "某市采购网"
country = "CN"
language = "zh"
home = "https://portal.example.cn/"
scope = "Invented notices."
hosts = ["portal.example.cn"]
pace = 1.0
expected = {minimum = 1, maximum = 500}
terms_seen = {seen = 2026-11-22, note = "Invented."}
"""

SELECTORS = """
kind = "selectors"
[selectors]
lists = ["https://portal.example.cn/list_{page}.html"]
item = "ul.list > li"
title = "a"
date = "span.date"
content = "div.article"
attachments = "div.files a"
"""


def card_text(body: str = SELECTORS, head: str = HEAD) -> bytes:
    return (head + body).encode()


def source_of(folder: Path, body: str, head: str = HEAD) -> Source:
    """A reporter's own source of this card."""
    (folder / "invented").mkdir(parents=True)
    (folder / "invented" / "source.toml").write_bytes(card_text(body, head))
    return load_sources(folder)["invented"]


def answered(url: str, payload: str | bytes, media_type: str = "text/html") -> Answered:
    raw = payload.encode() if isinstance(payload, str) else payload
    return Answered(url=url, status=200, media_type=media_type, payload=raw)


__all__ = ["HEAD", "SELECTORS", "TODAY", "answered", "card_text", "parse_card", "source_of"]
