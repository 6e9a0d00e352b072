import pytest

from tenderlight.model import Block, Fields, Reading
from tenderlight.places import division, find_place
from tenderlight.places.divisions import table
from tenderlight.places.english import read_english


def codes(text: str) -> list[list[str]]:
    return [sorted(each.codes) for each in read_english(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xi'an, Shaanxi Province", [["610100"], ["610000"]]),
        ("Xi’an", [["610100"]]),
        ("JILIN PROVINCE", [["220000"]]),
        ("Jilin City", [["220200"]]),
        ("Ningxia Hui Autonomous Region", [["640000"]]),
        ("Linxia Hui Autonomous Prefecture", [["622900"]]),
        ("Beijing Municipality", [["110000"]]),
        ("Bureau of Taxation, xian wei", []),
        ("Shanxian", []),
        ("", []),
    ],
)
def test_names_are_read_as_english_writes_them(text: str, expected: list[list[str]]) -> None:
    assert codes(text) == expected


def test_every_name_belongs_to_a_division_that_is_still_so() -> None:
    for row in table("english.tsv"):
        place = division(row["code"])
        assert place is not None
        assert place.last is None


def test_the_purchasers_seat_is_read_and_not_the_agencys() -> None:
    text = "Agency: X Ltd., Nanjing\nPurchaser: Y City Public Security Bureau, Guilin, Guangxi"
    block = Block(0, len(text))
    found = find_place(Reading(text=text, blocks=(block,), media_type=""), Fields(), None)
    assert found is not None
    assert found.county is not None
    assert (found.province.value, found.county.value) == ("450000", "450300")
    assert "Guilin" in found.county.at.text


def test_hostile_text_is_read_in_reasonable_time() -> None:
    for unit in ("Purchaser: ", "Xi'an ", "Purchaser ", "A "):
        text = unit * (400_000 // len(unit))
        read = Reading(text=text, blocks=(Block(0, len(text)),), media_type="")
        assert find_place(read, Fields(), None) is None or "Xi" in unit
