import pytest

from tenderlight.places import display_name, division, division_in, divisions
from tenderlight.places.divisions import lineage, table
from tenderlight.places.years import became, code_in_year


def valid(code: str, year: int) -> bool:
    return any(d.code == code and d.first <= year <= (d.last or 9999) for d in divisions())


def above(codes: tuple[str, ...], year: int) -> str:
    return "".join(place.zh for code in codes if (place := division(code, year)))


def test_every_division_is_found_under_its_name_in_each_of_its_years() -> None:
    wrong = []
    for each in divisions():
        last = each.last or 2024
        for year in {each.first, (each.first + last) // 2, last}:
            within = division_in(f"{above(each.parents, year)}{each.zh}公安局", year)
            if len(each.zh) > 1 and (within is None or within.code != each.code):
                wrong.append((each.zh, year, within))
    assert wrong == []


def test_every_name_that_was_given_up_leads_to_a_code_of_today() -> None:
    wrong = []
    for (code, name), to in became().items():
        last = next(d.last for d in divisions() if (d.code, d.zh) == (code, name))
        if last is None or last > 2021 or len(name) < 2:
            continue
        within = division_in(f"{above(lineage(code)[:-1], last)}{name}公安局", 2024)
        found = within.code if within else ""
        exact = found in to or all(found in lineage(each) for each in to)
        if not valid(found, 2024) or not exact:
            wrong.append((code, name, to, within))
    assert wrong == []


def test_every_name_used_too_early_gives_a_code_of_that_year() -> None:
    new = [d for d in divisions() if d.level != "province" and d.first > 2002]
    wrong = [
        (each.zh, within)
        for each in new
        if not (within := division_in(f"{above(each.parents[:1], 2024)}{each.zh}", each.first - 2))
        or not valid(within.code, each.first - 2)
    ]
    assert wrong == []


def test_what_divisions_became_is_said_of_all_that_are_no_more() -> None:
    gone = {(each.code, each.zh) for each in divisions() if each.last is not None}
    current = {each.code for each in divisions() if each.last is None}
    assert set(became()) == gone
    assert current.issuperset(code for codes in became().values() for code in codes)


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("三元区公安局", 2021, "350404"),
        ("滦县公安局", 2018, "130223"),
        ("滦州市公安局", 2018, "130284"),
        ("姑苏区教育局", 2008, "320500"),
        ("四平市公主岭市公安局", 2024, "220184"),
        ("石家庄市桥东区公安局", 2016, "130100"),
        ("北屯市公安局", 2005, "650000"),
    ],
)
def test_a_change_is_followed_to_what_is_certain(name: str, year: int, code: str) -> None:
    within = division_in(name, year)
    assert within is not None
    assert within.code == code


def test_a_stated_code_is_that_of_the_notices_year() -> None:
    assert code_in_year("371202", 2020).codes == {"370116"}
    assert code_in_year("370116", 2010).codes == {"371202"}
    assert code_in_year("999999", 2010).codes == {"999999"}


def test_names_are_shown_as_they_were() -> None:
    assert display_name("420600", year=2008) == "湖北省襄樊市"
    assert display_name("420600") == "湖北省襄阳市"
    assert display_name("420600", "en", 2008) == "襄樊市, Hubei"


def test_the_table_of_successors_is_sorted_and_has_no_row_twice() -> None:
    rows = [(row["code"], row["name"]) for row in table("successors.tsv")]
    assert rows == sorted(set(rows))
