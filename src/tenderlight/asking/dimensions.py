"""What the lines and columns of a built figure may be: how a notice comes under each, and names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from tenderlight.figures.figure import Label
from tenderlight.figures.names import Names, year_label

ColumnId = Literal[
    "none", "year", "province", "type", "buyer-kind", "level", "technology", "target", "site",
    "purpose",
]  # fmt: skip
LineId = Literal[
    "year", "province", "prefecture", "county", "type", "buyer-kind", "level", "buyer", "supplier",
    "technology", "target", "site", "purpose", "source", "notice",
]  # fmt: skip

NOTHING = "none"
"""Where a notice says nothing of it."""
NOT_STATED = Label(en="not stated", zh="未注明")
NOWHERE = "null::struct(text varchar, context varchar, part varchar, page integer, start_at integer, end_at integer)"  # noqa: E501
PLACE = """{{'text': {0}.text, 'context': {1}, 'part': {0}.part, 'page': {0}.page::integer,
        'start_at': {0}.start_at::integer, 'end_at': {0}.end_at::integer}}"""


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """One way to divide notices. `notices` is a query of notice, value, and the passage (`p`)."""

    id: str
    label: Label
    notices: str
    of_purchase: bool = False
    """True where it says what is bought: then it holds for all notices of the purchase, so that an
    award's sum counts under the technology that only the tender names."""


def _simple(id: str, en: str, zh: str, value: str) -> Dimension:
    query = f"select id as notice, {value} as value, {NOWHERE} as p from counted"  # noqa: S608
    return Dimension(id=id, label=Label(en=en, zh=zh), notices=query)


def _buyer(id: str, en: str, zh: str, column: str) -> Dimension:
    query = f"""select distinct n.id as notice, coalesce(p.{column}, '{NOTHING}') as value,
        {NOWHERE} as p
    from counted n left join party p on p.notice = n.id and p.role = 'buyer'"""  # noqa: S608
    return Dimension(id=id, label=Label(en=en, zh=zh), notices=query)


def _named(kind: str, en: str, zh: str) -> Dimension:
    place = PLACE.format("f", "f.context")
    query = f"""select f.notice, f.id as value, {place} as p
    from finding f join counted n on n.id = f.notice
    where f.kind = '{kind}' and n.surveillance and (f.notice, f.id) not in (
        select (notice, id) from verdict where kind = '{kind}' and truth = false)
    qualify row_number() over (partition by f.notice, f.id order by f.number) = 1"""  # noqa: S608
    return Dimension(id=kind, label=Label(en=en, zh=zh), notices=query, of_purchase=True)


PREFECTURE = """case when county_code is null or right(county_code, 4) = '0000' then 'none'
        when left(county_code, 2) in ('11', '12', '31', '50') then left(county_code, 2) || '0000'
        when substr(county_code, 3, 2) = '90' then county_code
        else left(county_code, 4) || '00' end"""
"""Municipalities stand for themselves, and so do counties directly under a province (GB/T 2260)."""

SUPPLIER = f"""select p.notice, coalesce(s.organisation, p.name) as value, p.number,
        {PLACE.format("p", "p.text")} as p
    from party p left join spelling s on s.node = p.node join counted n on n.id = p.notice
    where p.role = 'supplier' and p.name is not null
    qualify row_number() over (partition by p.notice, coalesce(s.organisation, p.name), p.number
        order by p.start_at nulls last, p.member) = 1"""  # noqa: S608 - pieces of our own
"""Every supplier of a notice, with the award that names it."""

DIMENSIONS: dict[str, Dimension] = {
    each.id: each
    for each in (
        Dimension(
            id="technology",
            label=Label(en="Technology", zh="技术"),
            notices=f"select k.notice, k.id as value, {PLACE.format('k', 'k.context')} as p "  # noqa: S608
            "from named k",
            of_purchase=True,
        ),
        _named("target", "Group watched", "监控对象"),
        _named("site", "Site", "场所"),
        _named("purpose", "Purpose", "用途"),
        _simple("year", "Year", "年份", "in_year"),
        _simple("province", "Division", "省级行政区", "coalesce(province_code, 'none')"),
        _simple("prefecture", "Prefecture", "地级行政区", PREFECTURE),
        _simple(
            "county", "County", "县级行政区",
            "if(county_code is null or right(county_code, 2) = '00', 'none', county_code)",
        ),
        _simple("type", "Type of notice", "公告类型", "coalesce(notice_type, 'other')"),
        _buyer("buyer-kind", "Kind of buyer", "采购人类别", "kind"),
        _buyer("level", "Level of the buyer", "采购人层级", "level"),
        Dimension(
            id="buyer",
            label=Label(en="Buyer", zh="采购人"),
            notices=f"select b.notice, b.organisation as value, {PLACE.format('c', 'c.text')} as p "  # noqa: S608
            "from buyer_of b left join cited c on c.notice = b.notice and c.field = 'buyer'",
        ),
        Dimension(
            id="supplier",
            label=Label(en="Supplier", zh="供应商"),
            notices=f"select notice, value, any_value(p order by number) as p from ({SUPPLIER}) "  # noqa: S608
            "group by notice, value",
        ),
        _simple("source", "Source", "来源", "coalesce(source, 'none')"),
        _simple("notice", "Notice", "公告", "id"),
    )
}  # fmt: skip
"""Every way, in the order in which they are offered."""

TYPES: Mapping[str, Label] = {
    "intention": Label(en="Intention", zh="采购意向"),
    "prequalification": Label(en="Prequalification", zh="资格预审"),
    "tender": Label(en="Tender", zh="招标公告"),
    "single_source": Label(en="Single source", zh="单一来源公示"),
    "correction": Label(en="Correction", zh="更正公告"),
    "candidates": Label(en="Candidates", zh="中标候选人公示"),
    "award": Label(en="Award", zh="中标（成交）公告"),
    "termination": Label(en="Termination", zh="终止公告"),
    "contract": Label(en="Contract", zh="合同公告"),
    "acceptance": Label(en="Acceptance", zh="验收公告"),
    "other": Label(en="Other", zh="其他"),
}
LEVELS: Mapping[str, Label] = {
    "national": Label(en="national", zh="国家级"),
    "province": Label(en="province", zh="省级"),
    "prefecture": Label(en="prefecture", zh="地级"),
    "county": Label(en="county", zh="县级"),
    "township": Label(en="township, street", zh="乡镇、街道"),
}


def called(dimension: str, value: str, names: Names) -> Label:
    """What a value of a dimension is called.

    >>> called("type", "award", Names(None)).zh, called("level", "none", Names(None)).en
    ('中标（成交）公告', 'not stated')
    """
    if value == NOTHING:
        return NOT_STATED
    if dimension in ("technology", "target", "site", "purpose"):
        return names.of(dimension, value)
    if dimension in ("province", "prefecture", "county"):
        return names.division(value)
    if dimension == "year":
        return year_label(value)
    if dimension == "buyer-kind":
        return names.buyer_kind(value)
    known = {"type": TYPES, "level": LEVELS}.get(dimension, {})
    name = names.called(value)
    return known.get(value, Label(en=name, zh=name))


def in_order(dimension: str, values: Iterable[str], totals: Mapping[str, object]) -> list[str]:
    """Years as they passed, what is not stated last, everything else the largest first.

    >>> in_order("year", ["undated", "2021", "2019"], {})
    ['2019', '2021', 'undated']
    >>> in_order("type", ["none", "award", "tender"], {"award": 1, "tender": 2, "none": 9})
    ['tender', 'award', 'none']
    """
    if dimension == "year":
        return sorted(values)
    return sorted(values, key=lambda v: (v == NOTHING, -float(str(totals.get(v, 0))), v))
