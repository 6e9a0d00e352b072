"""Removals and changes as feeds that any feed reader follows: Atom (RFC 4287), JSON Feed 1.1."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from tenderlight.corpus import Corpus
from tenderlight.web.watch import TOLD, Happened, happened

ATOM = "http://www.w3.org/2005/Atom"
NEWEST = 100
"""Entries in a feed: what happened before is on the page."""


def atom_feed(corpus: Corpus, request: Request) -> Response:
    """The newest removals, changes and moves as an Atom feed."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(_atom("feed"))
    home = str(request.base_url)
    turns = _newest(corpus)
    _add(feed, "id", f"urn:tenderlight:{corpus.name}:watch")
    _add(feed, "title", f"{corpus.name}: removed, changed and moved notices")
    _add(feed, "updated", turns[0].turn.event.at if turns else "1970-01-01T00:00:00Z")
    ElementTree.SubElement(feed, _atom("link"), rel="self", href=f"{home}watch/feed.atom")
    ElementTree.SubElement(feed, _atom("link"), rel="alternate", href=f"{home}watch")
    _add(ElementTree.SubElement(feed, _atom("author")), "name", "Tenderlight")
    for one in turns:
        entry = ElementTree.SubElement(feed, _atom("entry"))
        _add(entry, "id", _id(corpus, one))
        _add(entry, "title", _title(one))
        _add(entry, "updated", one.turn.event.at)
        ElementTree.SubElement(entry, _atom("link"), rel="alternate", href=_address(home, one))
        _add(entry, "content", _says(one), type="text")
        ElementTree.SubElement(entry, _atom("category"), term=one.turn.event.verdict)
    written = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(written, media_type="application/atom+xml")


def json_feed(corpus: Corpus, request: Request) -> Response:
    """The same as a JSON Feed."""
    home = str(request.base_url)
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{corpus.name}: removed, changed and moved notices",
        "home_page_url": f"{home}watch",
        "feed_url": f"{home}watch/feed.json",
        "items": [
            {
                "id": _id(corpus, one),
                "url": _address(home, one),
                "title": _title(one),
                "content_text": _says(one),
                "date_published": one.turn.event.at,
                "tags": [one.turn.event.verdict],
            }
            for one in _newest(corpus)
        ],
    }
    return Response(msgspec.json.encode(feed), media_type="application/feed+json")


def _newest(corpus: Corpus) -> tuple[Happened, ...]:
    return happened(corpus, corpus.events(TOLD, limit=NEWEST, offset=0))


def _id(corpus: Corpus, one: Happened) -> str:
    event = one.turn.event  # an archive may show a notice several times: the run is not enough
    return f"urn:tenderlight:{corpus.name}:{one.notice}:{event.run}:{event.at}"


def _address(home: str, one: Happened) -> str:
    return home.rstrip("/") + one.href


def _title(one: Happened) -> str:
    """`Removed 已删除: 县公安局人脸识别项目中标公告`."""
    verdict = one.turn.verdict
    entry = one.entry
    name = (entry.title or entry.file) if entry else one.notice
    return _clean(f"{verdict.en} {verdict.zh}: {name}")


def _says(one: Happened) -> str:
    """The reason in both languages, and each difference on a line."""
    lines = [one.turn.reason.en, one.turn.reason.zh]
    if one.entry and one.entry.buyer:
        lines.append(one.entry.buyer)
    for each in one.turn.changes:
        lines.append(f"{each.label.en} {each.label.zh}: {each.before or '–'} → {each.after or '–'}")
    return _clean("\n".join(lines))


def _clean(text: str) -> str:
    """Without the control characters that XML 1.0 has no way to write."""
    return "".join(
        char for char in text if char in "\t\n" or (char >= " " and char not in "\ufffe\uffff")
    )


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, _atom(name), attributes).text = _clean(text)
