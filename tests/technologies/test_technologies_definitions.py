"""Every definition is tried on its own examples; files that are not understood are refused."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tenderlight.model import Block, Cited, Fields, Findings, Reading, Refused
from tenderlight.technologies import (
    Definition,
    Definitions,
    Example,
    find_findings,
    load_definitions,
)

OURS = load_definitions()
SYSTEM = "人脸识别系统"


def read(text: str, title: str = "") -> tuple[Reading, Fields]:
    lines = [*([title] if title else []), *text.split("\n")]
    blocks, start = [], 0
    for number, line in enumerate(lines):
        kind = "title" if title and number == 0 else "text"
        blocks.append(Block(start, start + len(line), kind))
        start += len(line) + 1
    reading = Reading(text="\n".join(lines), blocks=tuple(blocks), media_type="text/plain")
    if not title:
        return reading, Fields()
    return reading, Fields(title=Cited(value=title, at=reading.passage(0, len(title))))


def find(text: str, title: str = "", definitions: Definitions = OURS) -> Findings:
    return find_findings(*read(text, title), definitions)


def found(definition: Definition, example: Example, definitions: Definitions = OURS) -> str:
    findings = find(example.text, example.title, definitions)
    if definition.kind == "quantity":
        values = [str(one.value) for one in findings.quantities if one.what == definition.id]
        return ", ".join(values) or "nothing"
    if definition.kind == "rule":
        rules = [one.at.text for one in findings.conditions if one.id == definition.id]
        return "; ".join(rules) or "nothing"
    relations = [
        one.relation
        for one in findings.findings
        if one.kind == definition.kind and one.id == definition.id
    ]
    told = relations[0] if relations else "nothing"
    return "mentioned" if told == "excluded" != example.found else told


EXAMPLES = [
    pytest.param(definition, example, id=f"{definition.kind}/{definition.id}-{number}")
    for definition in OURS.all()
    for number, example in enumerate(definition.examples)
]


@pytest.mark.parametrize(("definition", "example"), EXAMPLES)
def test_a_definition_finds_in_its_examples_what_they_say(
    definition: Definition, example: Example
) -> None:
    assert found(definition, example) == example.found, example


@pytest.mark.parametrize("definition", OURS.all(), ids=lambda one: f"{one.kind}/{one.id}")
def test_a_definition_shows_what_it_finds_and_what_it_leaves(definition: Definition) -> None:
    outcomes = [example.found for example in definition.examples]
    assert sum(outcome not in ("nothing", "mentioned") for outcome in outcomes) >= 2
    assert "nothing" in outcomes or "mentioned" in outcomes


def test_everything_that_the_field_counts_has_a_definition() -> None:
    assert len(OURS.technology) == 31
    assert len(OURS.target) == 18
    assert len(OURS.quantity) >= 11
    assert len(OURS.site) >= 9
    assert OURS.get("target", "uyghur") is not None
    assert OURS.get("technology", "uyghur") is None
    assert OURS.get("reading", "uyghur") is None


def test_definitions_encode_the_same_every_time() -> None:
    assert msgspec.json.encode(OURS) == msgspec.json.encode(load_definitions())


OWN = """
id = "facial-recognition"
en = "Faces"
zh = "人脸"
meaning_en = "Only our word."
meaning_zh = "仅此一词。"
words = ["面相机"]
"""


def keep(folder: Path, kind: str, name: str, text: str) -> Path:
    (folder / kind).mkdir(parents=True, exist_ok=True)
    (folder / kind / name).write_text(text, encoding="utf-8")
    return folder


def test_a_reporters_folder_replaces_a_definition_and_adds_others(tmp_path: Path) -> None:
    keep(tmp_path, "technology", "facial-recognition.toml", OWN)
    added = OWN.replace("facial-recognition", "brain-scan").replace("面相机", "脑电帽")
    keep(tmp_path, "technology", "brain-scan.toml", added)
    definitions = load_definitions(tmp_path)
    replaced = definitions.get("technology", "facial-recognition")
    assert replaced is not None
    assert replaced.en == "Faces"
    ids = {one.id for one in find("采购面相机、脑电帽各一套，人脸闸机。", "", definitions).findings}
    assert ids == {"facial-recognition", "brain-scan"}
    assert len(definitions.technology) == len(OURS.technology) + 1
    assert msgspec.json.encode(definitions) != msgspec.json.encode(OURS)


@pytest.mark.parametrize(
    ("kind", "name", "text", "named"),
    [
        ("technology", "x.toml", OWN.replace("facial-recognition", "x") + "wrods = []", "wrods"),
        ("technology", "x.toml", OWN, "facial-recognition"),
        ("technology", "facial-recognition.toml", OWN + 'kind = "site"', "site"),
        ("technology", "facial-recognition.toml", OWN.replace("面相机", "…面"), "…面"),
        ("technology", "facial-recognition.toml", OWN + 'weak = ["相机"]', "company"),
        ("technology", "facial-recognition.toml", OWN.replace("words", "#"), "words"),
        ("technology", "facial-recognition.toml", "id = ", "facial-recognition.toml"),
        ("quantity", "facial-recognition.toml", OWN, "units"),
        ("colour", "facial-recognition.toml", OWN, "colour"),
    ],
)
def test_a_file_that_is_not_understood_is_refused_by_name_and_key(
    tmp_path: Path, kind: str, name: str, text: str, named: str
) -> None:
    with pytest.raises(Refused) as refused:
        load_definitions(keep(tmp_path, kind, name, text))
    assert named in refused.value.what
    assert refused.value.hint


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        load_definitions(tmp_path / "nowhere")
