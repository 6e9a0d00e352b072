import hashlib
from importlib import resources

import pytest

from tenderlight.places import PROVINCES, display_name, division, divisions, provinces_map


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("divisions.tsv", "816601a9d766b55aff2d850b500577cc8f070b7462faee27db010fd68e312370"),
        ("shapes.json", "b5aae7f883fe986a7fa757a8978777ed6ba5904e3c41bfbcebbaed86888872e6"),
    ],
)
def test_the_tables_are_what_their_tools_made_of_the_named_sources(name: str, digest: str) -> None:
    made = (resources.files("tenderlight.places") / name).read_bytes()
    assert hashlib.sha256(made).hexdigest() == digest, "Say in docs/data.md what changed and why."


def test_thirty_one_provinces_count_and_three_stand_apart() -> None:
    assert sum(each.counts for each in PROVINCES) == 31
    assert [each.en for each in PROVINCES if not each.counts] == ["Taiwan", "Hong Kong", "Macau"]


def test_a_renamed_division_keeps_its_former_name_with_its_years() -> None:
    names = {each.zh: (each.first, each.last) for each in divisions() if each.code == "130223"}
    assert names == {"滦县": (2000, 2017)}


def test_an_unknown_code_has_no_division_and_is_shown_as_it_is() -> None:
    assert division("999999") is None
    assert display_name("999999") == "999999"


def test_every_division_lies_under_known_divisions() -> None:
    codes = {each.code for each in divisions()}
    assert all(codes.issuperset(each.parents) for each in divisions())


def test_every_province_has_one_shape_with_its_label_inside_the_map() -> None:
    drawn = provinces_map()
    assert [shape.code for shape in drawn.shapes] == [each.code for each in PROVINCES]
    assert all(0 < s.x < drawn.width and 0 < s.y < drawn.height for s in drawn.shapes)
    assert sum(shape.counts for shape in drawn.shapes) == 31
