from typing import get_args

import pytest

from tenderlight.places import division, division_in, zones
from tenderlight.places.divisions import table
from tenderlight.places.names import read_names
from tenderlight.places.zones import Kind


def test_every_zone_lies_in_a_division_of_today_and_has_its_own_id() -> None:
    assert len({zone.id for zone in zones()}) == len(zones())
    for zone in zones():
        place = division(zone.code)
        assert place is not None, zone.id
        assert place.last is None, zone.id
        assert zone.kind in get_args(Kind), zone.id


def test_every_zone_is_found_by_each_of_its_names() -> None:
    missed = [
        name
        for zone in zones()
        for name in zone.spellings
        if zone.id not in [each.zone for each in read_names(f"兵团{name}管委会")]
        and zone.id != "xpcc"
    ]
    assert missed == []


def test_no_name_means_two_zones() -> None:
    names = [name for zone in zones() for name in zone.spellings]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "year", "code", "kind"),
    [
        ("合肥市高新区管委会", 2019, "340100", "zone"),
        ("新疆生产建设兵团第十四师", 2014, "650000", "corps"),
        ("新疆生产建设兵团第十四师", 2018, "659009", "corps"),
        ("农八师一四三团", 2010, "659001", "corps"),
    ],
)
def test_a_zone_or_a_division_of_the_corps_is_told_from_a_county(
    name: str, year: int, code: str, kind: str
) -> None:
    within = division_in(name, year)
    assert within is not None
    assert (within.code, within.kind) == (code, kind)


@pytest.mark.parametrize("name", ["陆军第八师", "第一师范学校", "高新区管委会", "经开区"])
def test_what_only_sounds_like_a_zone_is_none(name: str) -> None:
    assert division_in(name, 2018) is None


def test_every_seat_lies_in_a_division_of_today() -> None:
    for row in table("seats.tsv"):
        place = division(row["code"])
        assert place is not None, row
        assert place.last is None, row
