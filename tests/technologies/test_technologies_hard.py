"""Invented notices that are easy to misread."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from test_technologies_definitions import OURS, read

from tenderlight.fields import find_fields
from tenderlight.model import Cited
from tenderlight.technologies import find_findings

HARD = tomllib.loads((Path(__file__).parent / "hard_notices.toml").read_text("utf-8"))["notice"]


@pytest.mark.parametrize("notice", HARD, ids=lambda notice: notice["title"])
def test_a_notice_that_is_easily_misread_is_read_as_people_read_it(notice: dict[str, Any]) -> None:
    reading, _ = read(notice["text"].strip(), notice["title"])
    fields = find_fields(reading, None)
    if "type" in notice:
        stated = Cited(value=notice["type"], at=reading.passage(0, 2))
        fields = msgspec.structs.replace(fields, notice_type=stated)
    found = [
        one
        for one in find_findings(reading, fields, OURS).findings
        if one.kind == "technology" and one.id not in notice.get("open", ())
    ]
    bought = {one.id for one in found if one.relation == "bought"}
    assert bought == set(notice["bought"]) - set(notice.get("open", ()))
    named = {one.id for one in found} - bought
    assert named >= set(notice.get("named", ()))
