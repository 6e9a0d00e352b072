"""Invented notices in real layouts, labelled before our code had read them (docs/blind.md)."""

from __future__ import annotations

import html
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from test_technologies_definitions import OURS

from tenderlight.fields import find_fields
from tenderlight.model import Fields, Findings, Reading
from tenderlight.reading import read_document
from tenderlight.technologies import find_findings

HERE = Path(__file__).parent
BLIND = [
    notice
    for name in ("blind_notices.toml", "blind_notices_2.toml", "blind_notices_3.toml")
    for notice in tomllib.loads((HERE / name).read_text("utf-8"))["notice"]
]


def page(notice: dict[str, Any]) -> str:
    """The notice as a page: lines that begin with a bar are rows of a table."""
    title = html.escape(notice["title"])
    parts, rows = [f"<h1>{title}</h1>"], list[str]()
    for line in [*notice["text"].strip().split("\n"), ""]:
        if line.startswith("|"):
            cells = line.strip("|").split("|") if not line.endswith("||") else line[1:-1].split("|")
            rows.append(
                "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>"
            )
            continue
        if rows:
            parts.append("<table>" + "".join(rows) + "</table>")
            rows = []
        parts.append(f"<p>{html.escape(line)}</p>")
    return f"<html><head><title>{title}</title></head><body>{''.join(parts)}</body></html>"


def read_notice(notice: dict[str, Any]) -> tuple[Reading, Fields, Findings]:
    reading = read_document(page(notice).encode(), "page.html")
    fields = find_fields(reading, None)
    return reading, fields, find_findings(reading, fields, OURS)


@pytest.mark.parametrize("notice", BLIND, ids=lambda notice: notice["title"])
def test_a_notice_in_a_real_layout_is_read_as_its_label_says(notice: dict[str, Any]) -> None:
    findings = read_notice(notice)[2]
    open_ones = set(notice.get("open", ()))
    technologies = [one for one in findings.findings if one.kind == "technology"]
    bought = {one.id for one in technologies if one.relation == "bought"} - open_ones
    assert bought == (set(notice["bought"]) - open_ones) ^ set(notice.get("still_wrong", ()))
    named = {one.id for one in technologies} - bought
    assert named >= set(notice.get("mentioned", ())) | set(notice.get("excluded", ())) - open_ones
    targets = {one.id for one in findings.findings if one.kind == "target"}
    expected = set(notice.get("targets", ())) ^ set(notice.get("targets_still_wrong", ()))
    assert targets - set(notice.get("open_targets", ())) == expected
    if notice.get("surveillance", True) is False:
        assert not (findings.surveillance and findings.surveillance.value)


@pytest.mark.parametrize("notice", BLIND, ids=lambda notice: notice["title"])
def test_the_words_that_say_what_is_bought_are_quoted(notice: dict[str, Any]) -> None:
    findings = read_notice(notice)[2].findings
    for id, words in notice["bought"].items():
        quoted = [one.at.text for one in findings if one.id == id and one.relation == "bought"]
        assert not quoted or any(_overlap(words, text) for text in quoted), id


@pytest.mark.parametrize(
    ("notice", "id", "words"),
    [
        pytest.param(notice, id, words, id=f"{id}: {words[:20]}")
        for notice in BLIND
        for id, words in notice.get("rules", ())
    ],
)
def test_a_rule_is_quoted_whole(notice: dict[str, Any], id: str, words: str) -> None:
    whole = _bare(words)
    conditions = read_notice(notice)[2].conditions
    assert any(whole in _bare(one.at.text) for one in conditions if one.id == id)


def _overlap(words: str, text: str) -> bool:
    size = min(len(words), len(text), 2)
    return any(words[at : at + size] in text for at in range(len(words) - size + 1))


def _bare(words: str) -> str:
    """Without white space, full stop and the number in front, which is no part of a rule."""
    joined = "".join(words.split()).rstrip("。")
    return re.sub(r"^(?:\d{1,2}(?:\.\d{1,2})?．?|[一二三四五六七八九十]、)", "", joined)


@pytest.mark.parametrize("notice", BLIND, ids=lambda notice: notice["title"])
def test_the_figures_that_a_label_names_are_read(notice: dict[str, Any]) -> None:
    read = {f"{one.what}={one.value:f}" for one in read_notice(notice)[2].quantities}
    still_missed = set(notice.get("figures_still_missed", ()))
    stated = set(notice.get("quantities", ()))
    assert read & stated == stated - still_missed


@pytest.mark.parametrize(
    "notice", [one for one in BLIND if "items" in one], ids=lambda notice: notice["title"]
)
def test_rows_of_goods_are_given_to_their_technology(notice: dict[str, Any]) -> None:
    _, fields, findings = read_notice(notice)
    uses = {(fields.items[use.item].name.value, use.id) for use in findings.items}
    assert uses >= {(name, id) for name, id in notice["items"]}
    assert not {name for name, _ in uses} & set(notice.get("no_items", ()))
