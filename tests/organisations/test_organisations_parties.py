"""Who is named in a notice, as what; people are nobody's record."""

from __future__ import annotations

import pytest

from tenderlight.model import Award, Cited, Fields, Mask, Passage, Place
from tenderlight.organisations import Party, find_parties, node
from tenderlight.organisations.parties import names_an_organisation

CODE = "91350100M000100Y43"


def cited(text: str, start: int = 0) -> Cited[str]:
    at = Passage(text=text, part="body", start=start, end=start + len(text))
    return Cited(value=text, at=at)


def place(code: str) -> Place:
    return Place(province=cited(f"{code[:2]}0000"), county=cited(code))


def told(parties: tuple[Party, ...]) -> list[tuple[str, int, int, str]]:
    return [(each.role, each.number, each.member, each.name.value) for each in parties]


def test_every_role_of_a_notice_is_a_party() -> None:
    fields = Fields(
        buyer=cited("沂南县公安局"),
        agency=cited("XN招标有限公司"),
        awards=(Award(supplier=cited("XN视讯科技有限公司"), code=cited(CODE)),),
        proposed=(cited("XN软件有限公司"),),
    )
    parties = find_parties(fields, place("371321"))
    assert told(parties) == [
        ("buyer", 0, 0, "沂南县公安局"),
        ("agency", 0, 0, "XN招标有限公司"),
        ("supplier", 0, 0, "XN视讯科技有限公司"),
        ("proposed", 0, 0, "XN软件有限公司"),
    ]
    assert [each.kind for each in parties] == ["public-security", "agency", "company", "company"]
    assert parties[0].level == "county"
    assert node(parties[2]).code == CODE


def test_members_of_a_consortium_are_parties_with_their_own_passages() -> None:
    printed = "XN视讯科技有限公司（联合体牵头人）、XN建设有限公司（联合体成员）"
    parties = find_parties(Fields(awards=(Award(supplier=cited(printed, 7)),)), None)
    assert [each.member for each in parties] == [0, 1]
    for party in parties:
        at = party.name.at
        assert printed[at.start - 7 : at.end - 7] == party.name.value == at.text
    alone = find_parties(Fields(buyer=cited("XN建设有限公司")), None)[0]
    assert alone.node != parties[1].node  # the remark is printed; comparing joins them


@pytest.mark.parametrize(
    "name",
    ["XN、YN科技有限公司", "中国人民政治协商会议、机关", "XN安全防范技术（集团），有限公司"],
)
def test_a_name_with_a_comma_in_it_stays_whole(name: str) -> None:
    parties = find_parties(Fields(awards=(Award(supplier=cited(name)),)), None)
    assert [each.name.value for each in parties] == [name]


def test_a_consortium_without_a_code_for_each_has_none() -> None:
    award = Award(supplier=cited("XN甲建设有限公司、XN乙建设有限公司"), code=cited(CODE))
    assert [each.code for each in find_parties(Fields(awards=(award,)), None)] == [None, None]


@pytest.mark.parametrize(
    "name",
    ["王小明", "欧阳某某", "艾力·吐尔逊", "阿不都热依木", "Jan Kowalski", "详见附件", "/", ""],
)
def test_what_may_be_a_person_or_nothing_is_no_party(name: str) -> None:
    assert not names_an_organisation(name)
    assert find_parties(Fields(awards=(Award(supplier=cited(name)),)), None) == ()


def test_an_office_that_names_no_place_is_of_the_place_of_the_notice() -> None:
    here, there = place("371321"), place("371323")
    fields = Fields(buyer=cited("公安局"))
    one, other = find_parties(fields, here)[0], find_parties(fields, there)[0]
    assert (one.division, other.division) == ("371321", "371323")
    assert one.node != other.node


def test_offices_of_no_known_place_are_one_only_within_their_purchase() -> None:
    def buyer(project: str, name: str = "公安局") -> Party:
        fields = Fields(buyer=cited(name), project_number=cited(project))
        return find_parties(fields, None)[0]

    assert buyer("XN-1").node == buyer("XN-1").node != buyer("XN-2").node
    assert buyer("XN-1", "鼓楼区教育局").node != buyer("XN-2", "鼓楼区教育局").node
    assert buyer("XN-1", "沂南县公安局").node == buyer("XN-2", "沂南县公安局").node
    assert node(buyer("XN-1")).id == buyer("XN-1").node


def test_a_place_that_is_not_sure_does_not_tell_one_office_from_another() -> None:
    fields = Fields(buyer=cited("公安局"), project_number=cited("XN-1"))
    unsure = Place(province=cited("370000"), county=cited("371321"), confidence=30)
    party = find_parties(fields, unsure)[0]
    assert party.division == "370000"
    assert party.purchase


def test_the_place_of_the_notice_says_nothing_of_its_suppliers() -> None:
    fields = Fields(awards=(Award(supplier=cited("第一研究所")),))
    assert find_parties(fields, place("371321"))[0].division is None


def test_a_companys_code_beside_an_offices_name_is_not_the_offices() -> None:
    fields = Fields(buyer=cited("沂南县公安局"), buyer_code=cited(CODE))
    party = find_parties(fields, None)[0]
    assert party.code is not None
    assert node(party).code is None


def test_the_node_of_a_party_has_its_id() -> None:
    fields = Fields(buyer=cited("鼓楼区教育局"), agency=cited("XN 招标有限公司"))
    for party in find_parties(fields, place("320106")):
        assert node(party).id == party.node


def test_a_name_of_which_something_is_hidden_in_its_notice_is_no_party() -> None:
    printed = "王小明网络技术工作室"
    fields = Fields(awards=(Award(supplier=cited(printed, 7)),), buyer=cited("沂南县公安局"))
    hidden = (Mask(7, 10, "person"),)
    assert [each.role for each in find_parties(fields, None, hidden)] == ["buyer"]
    assert [each.role for each in find_parties(fields, None)] == ["buyer", "supplier"]
