"""Files of definitions: a reporter's own, a stranger's, and those that the manual shows."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.model import Refused
from tenderlight.technologies import Definition, load_definitions
from tenderlight.technologies.definition import KINDS, with_own
from tenderlight.technologies.examples import try_examples
from tenderlight.technologies.files import (
    BUYERS,
    LARGEST,
    parse_definition,
    read_buyer_kinds,
    read_definition_files,
    read_definitions,
)

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "technologies" / "writing.md"
SHOWN = dict(
    re.findall(r"^```toml\n# (\S+)\n(.*?)^```", MANUAL.read_text(encoding="utf-8"), re.S | re.M)
)
OURS = load_definitions()
OWN = """
id = "own"
en = "Own"
zh = "自有"
meaning_en = "Mine."
meaning_zh = "自有。"
words = ["脑电帽"]
"""


def keep(folder: Path, path: str, text: str) -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_manual_shows_every_sort_of_definition() -> None:
    assert {path.split("/")[0] for path in SHOWN} == {"technology", "quantity", "rule", BUYERS}
    assert any(re.search("[а-я]", text) for text in SHOWN.values())


@pytest.mark.parametrize("path", [path for path in SHOWN if not path.startswith(BUYERS)])
def test_a_definition_that_the_manual_shows_finds_what_it_says(path: str) -> None:
    kind, _, name = path.partition("/")
    definition = parse_definition(SHOWN[path].encode(), kind, name)
    outcomes = try_examples(definition, with_own(OURS, [definition]))
    assert len(outcomes) >= 4
    assert [each for each in outcomes if not each.right] == []


def test_every_error_of_a_folder_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    keep(tmp_path, "technology/own.toml", OWN)
    keep(tmp_path, "technology/typing-error.toml", OWN.replace("words", "wrods"))
    keep(tmp_path, "site/own.toml", OWN.replace('"脑电帽"', '""'))
    keep(tmp_path, "colour/red.toml", OWN)
    found, problems = read_definitions(tmp_path)
    assert [(one.kind, one.id) for one in found] == [("technology", "own")]
    told = {problem.where: problem for problem in problems}
    assert set(told) == {"colour", "site/own.toml", "technology/typing-error.toml"}
    assert told["technology/typing-error.toml"].hint == "Did you mean words?"
    assert "words" in told["site/own.toml"].what
    assert all(problem.hint for problem in problems)


def test_the_kind_of_a_single_file_is_its_folder_or_what_its_keys_say(tmp_path: Path) -> None:
    measure = OWN + 'units = { "只" = 1 }\nbase = "只"\n'
    paths = [
        keep(tmp_path, "target/own.toml", OWN),
        keep(tmp_path, "own.toml", OWN),
        keep(tmp_path, "desk/own.toml", measure),
    ]
    found, problems = read_definition_files([*paths, tmp_path / "nowhere.toml"])
    kinds = [one.kind for one in found if isinstance(one, Definition)]
    assert kinds == ["target", "technology", "quantity"]
    assert [problem.where for problem in problems] == ["nowhere.toml"]


def test_kinds_of_buyers_are_read_from_their_folder_and_errors_in_them_are_told(
    tmp_path: Path,
) -> None:
    keep(tmp_path, "buyer/own.toml", OWN)
    keep(tmp_path, "buyer/typing-error.toml", OWN.replace("words", "wrods"))
    keep(tmp_path, "buyer/other.toml", OWN)
    keep(tmp_path, "buyer/gaps.toml", OWN.replace('"own"', '"gaps"').replace("脑电帽", "脑…帽"))
    keep(tmp_path, "buyer/none.toml", OWN.replace('"own"', '"none"').replace('"脑电帽"', ""))
    found, problems = read_buyer_kinds(tmp_path)
    assert [one.id for one in found] == ["own"]
    told = {problem.where: problem.what + problem.hint for problem in problems}
    assert set(told) == {f"buyer/{name}.toml" for name in ("typing-error", "other", "gaps", "none")}
    assert "Did you mean words?" in told["buyer/typing-error.toml"]
    assert read_definitions(tmp_path) == ((), ())
    with pytest.raises(Refused, match=r"buyer/gaps\.toml"):
        load_definitions(tmp_path)
    (single,), _ = read_definition_files([tmp_path / "buyer" / "own.toml"])
    assert single == found[0]


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ('looked_past = ["脑电帽"]', "both a word and looked past"),
        ('company = ["采集…脑电"]', "… is not understood here"),
        ('sure = ["采…集…脑…电"]', "times …"),
        ('sure = ["' + "脑" * 500 + '"]', "longer than"),
        ("sure = [" + '"脑电",' * 3_001 + "]", "more than 3,000"),
        ("sure = " + "[" * 5_000, "technology/own.toml"),
    ],
)
def test_a_file_that_would_hold_the_search_up_is_refused(more: str, named: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_definition((OWN + more).encode(), "technology", "own.toml")
    assert named in refused.value.what
    assert len(str(refused.value)) < 600


@pytest.mark.parametrize(
    "units", ['{ "" = 1 }', "{}", '{ "只" = 0 }', '{ "只" = -3 }', '{ "只" = 99999999999 }']
)
def test_units_that_are_none_are_refused(units: str) -> None:
    with pytest.raises(Refused, match="units"):
        parse_definition((OWN + f'base = "只"\nunits = {units}').encode(), "quantity", "own.toml")


def test_neither_pipes_nor_endless_files_hold_us_up(tmp_path: Path) -> None:
    (tmp_path / "technology").mkdir()
    os.mkfifo(tmp_path / "technology" / "pipe.toml")
    (tmp_path / "technology" / "endless.toml").symlink_to("/dev/zero")
    keep(tmp_path, "technology/large.toml", OWN + "#" * LARGEST)
    found, problems = read_definitions(tmp_path)
    assert found == ()
    assert [problem.what.split(" ", 1)[1] for problem in problems] == [
        "is no plain file.",
        f"has more than {LARGEST:,} bytes.",
        "is no plain file.",
    ]


@given(st.binary(max_size=300), st.sampled_from(KINDS))
def test_whatever_a_file_holds_it_is_read_or_refused(payload: bytes, kind: str) -> None:
    with pytest.raises(Refused):
        parse_definition(payload, kind, "own.toml")
