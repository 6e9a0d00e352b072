"""The name of a place is no technology, no group of people and no site."""

from __future__ import annotations

from tenderlight.model import Block, Fields, Reading
from tenderlight.places import divisions
from tenderlight.technologies import find_findings, load_definitions

AT_ONCE = 100
SAID = "建设人脸识别系统一套。"
BARE = {"矿区", "大厂区"}
"""Words that are a division's whole name and, by themselves, also mean what they say."""
KNOWN = {"facial-recognition"}


def read(lines: list[str]) -> Reading:
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    return Reading(text="\n".join(lines), blocks=tuple(blocks), media_type="text/plain")


def test_no_division_of_any_year_is_found_to_be_what_is_bought_or_who_is_watched() -> None:
    definitions = load_definitions()
    names = sorted(
        {f"{each.zh}{more}" for each in divisions() for more in ("公安局建设", "")} - BARE
    )
    found = []
    for start in range(0, len(names), AT_ONCE):
        reading = read([SAID, *names[start : start + AT_ONCE]])
        told = find_findings(reading, Fields(), definitions).findings
        for each in told:
            if each.kind != "purpose" and each.id not in KNOWN:
                line = reading.block_at(each.at.start)
                found.append((each.id, reading.text[line.start : line.end]))
    assert found == []
