"""Kinds are tried on their own examples; levels on names of offices everywhere."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from tenderlight.organisations import find_kind, find_level, is_kind, kinds, kinds_above
from tenderlight.technologies import BuyerKind
from tenderlight.technologies.definition import NameExample

EXAMPLES = [
    pytest.param(kind, example, id=f"{kind.id}-{number}")
    for kind in kinds().values()
    for number, example in enumerate(kind.examples)
]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_a_kind_finds_in_its_examples_what_they_say(kind: BuyerKind, example: NameExample) -> None:
    assert (find_kind(example.name) or "") == example.kind


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.id)
def test_a_kind_shows_what_it_finds_and_what_it_leaves(kind: BuyerKind) -> None:
    said = [example.kind == kind.id for example in kind.examples]
    assert said.count(True) >= 2
    assert said.count(False) >= 2


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.id)
def test_a_kind_says_what_it_means_and_by_which_law(kind: BuyerKind) -> None:
    assert all(map(str.strip, (kind.en, kind.zh, kind.meaning_en, kind.meaning_zh)))
    assert kind.sources


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.id)
def test_a_kind_lies_within_one_that_is_there(kind: BuyerKind) -> None:
    assert not kind.within or kind.within in kinds()
    assert is_kind(kind.id, kind.id)


def test_no_word_makes_two_kinds() -> None:
    words = Counter(word for kind in kinds().values() for word in kind.words)
    assert [word for word, count in words.items() if count > 1] == []


def test_every_kind_of_buyer_that_the_field_names_is_there() -> None:
    asked = (
        "public-security police-station traffic-police border-police political-legal prison "
        "procuratorate court party government school hospital state-company company agency "
        "institution military armed-police"
    )
    assert set(asked.split()) <= set(kinds())


LEVELS = {
    "公安部": "national",
    "中华人民共和国海关总署": "national",
    "国家移民管理局": "national",
    "北港省公安厅": "province",
    "河南省公安厅": "province",
    "北京市公安局": "province",
    "新疆生产建设兵团公安局": "province",
    "新疆生产建设兵团第八师公安局": "prefecture",
    "成都高新区管委会": "county",
    "武警山东省总队": "province",
    "济南市公安局": "prefecture",
    "凉山彝族自治州公安局": "prefecture",
    "喀什地区公安局": "prefecture",
    "北京市公安局海淀分局": "county",
    "合肥市公安局瑶海分局": "county",
    "临沂市沂南坡县公安局": "county",
    "沂南县公安局": "county",
    "合肥市庐阳区杏林街道办事处": "township",
    "沂南县青驼镇人民政府": "township",
    "郴州市公安局北湖分局人民路派出所": "township",
    "山东移动": None,
    "XN视讯科技有限公司": None,
    "柳岗大学": None,
}


@pytest.mark.parametrize(("name", "level"), LEVELS.items())
def test_an_office_has_the_level_of_the_division_that_it_serves(
    name: str, level: str | None
) -> None:
    assert find_level(name) == level


def test_an_office_that_names_no_place_has_the_level_of_the_place_it_is_said_to_be_in() -> None:
    assert find_level("公安局") is None
    assert find_level("公安局", "371321") == "county"
    assert find_level("公安局", "371300") == "prefecture"
    assert find_level("公安局交警支队", "371321") == "prefecture"


def test_the_page_names_every_kind() -> None:
    page = (Path(__file__).parents[2] / "docs/organisations.md").read_text(encoding="utf-8")
    for kind in kinds().values():
        within = f"`{kind.within}`" if kind.within else ""
        assert f"| `{kind.id}` | {kind.en} | {kind.zh} | {within} |" in page


MANUAL = Path(__file__).parents[2] / "docs/technologies/writing.md"


def own_kind(**more: object) -> BuyerKind:
    page = MANUAL.read_text(encoding="utf-8")
    shown = re.search(r"^```toml\n# buyer/\S+\n(.*?)^```", page, re.S | re.M)
    assert shown
    kind = msgspec.toml.decode(shown[1], type=BuyerKind)
    return msgspec.structs.replace(kind, **more)


def test_the_kind_that_the_manual_shows_finds_what_it_says() -> None:
    own = (own_kind(),)
    assert len(own[0].examples) >= 4
    for example in own[0].examples:
        assert (find_kind(example.name, own) or "") == example.kind
    assert kinds_above("metro-guard", own) == ("metro-guard", "public-security")
    assert "metro-guard" not in kinds()


def test_a_word_of_a_reporters_own_kind_that_is_ours_as_well_is_hers() -> None:
    own = (own_kind(words=("派出所",), false_friends=()),)
    assert find_kind("北湖派出所", own) == "metro-guard"
    assert find_kind("北湖派出所") == "police-station"


def test_kinds_that_lie_within_each_other_are_told_once() -> None:
    own = (own_kind(within="second"), own_kind(id="second", within="metro-guard", words=("某",)))
    assert kinds_above("metro-guard", own) == ("metro-guard", "second")
