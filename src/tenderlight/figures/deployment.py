"""Where equipment is to stand: places in lists of sites, by their kind and the county.

Method: notices that hold a list of places for equipment that watches (docs/deployment.md). A place
is one row of such a list, a device what the row counts; "Without a number" are rows that state no
number of devices. Of each purchase only the last notice with a list counts, so that corrections,
reposts and second tenders do not add; "Notices" counts all notices that hold a list, "Purchases"
each purchase once. The kind of place is that of the row's own words, "Other places" where they name
none. The county is the one that the row names, else that of the buyer. The map shades provinces by
places; the table has the counties below each kind. Coordinates are not drawn: lists print them for
few places, and we ship neither outlines nor centres of counties. "With coordinates" counts the rows
that print them, and never shows them.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices without such a list. Addresses and names of private people are masked; what is shown of a
place is its name as printed, masked.

Assumptions: a list says where equipment was to stand, not that it stands there. A purchase whose
lots have lists in notices of their own counts with the last of them only. A later purchase, a
renewal for example, may list the same places again. Maps, plans and prose are not read.
"""

from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Published, Row, Series
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.tallies import Tallies, cell_key
from tenderlight.places import display_name

ALL, OTHER, NOWHERE = "*", "other", "none"

FACTS = f"""
with listed_places as (
    select d.*, n.purchase, n.published, n.nth,
        coalesce(d.category, '{OTHER}') as kind,
        coalesce(d.county_code, n.county_code, n.province_code, '{NOWHERE}') as division,
        concat_ws(' ', d.text, d.area, d.what) as context
    from deployment d join counted n on n.id = d.notice
),
last_lists as (  -- of each purchase the last notice that holds a list
    select notice from listed_places
    qualify row_number() over (partition by purchase
        order by (published is null, -nth)) = 1
),
lines as (  -- each place under its kind and under all, there in its division and in its province
    select unnest(['{ALL}', kind]) as row_id, * from listed_places
),
divided as (
    select row_id as id, * from lines
    union all
    select row_id || ':' || division, * from lines
    union all
    select row_id || ':in:' || if(
        division = '{NOWHERE}', division, left(division, 2) || '0000'), * from lines
),
counting as (select * from divided where notice in (from last_lists)),
first_place as (
    select * from divided
    qualify row_number() over (partition by id, notice order by number) = 1
)
select id as row_id, 'places' as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from counting
union all
select id, 'devices', notice, devices, text, context, part, page, start_at, end_at
from counting where devices is not null
union all
select id, 'without', notice, 1, text, context, part, page, start_at, end_at
from counting where devices is null
union all
select id, 'coordinates', notice, 1, text, context, part, page, start_at, end_at
from counting where has_coordinates
union all
select id, 'notices', notice, 1, text, context, part, page, start_at, end_at from first_place
union all
select id, 'purchases', notice, 1, text, context, part, page, start_at, end_at
from first_place where notice in (from last_lists)"""  # noqa: S608 - words of our own

COUNTS = ("places", "devices", "without", "coordinates", "notices", "purchases")
COLUMNS = (
    Column(id="kind", en="Kind of place, division", zh="场所类别、行政区"),
    Column(id="places", en="Places", zh="点位数", kind="count"),
    Column(id="devices", en="Devices", zh="设备数", kind="count"),
    Column(id="without", en="Without a number", zh="未载明数量", kind="count"),
    Column(id="coordinates", en="With coordinates", zh="载有坐标", kind="count"),
    Column(id="notices", en="Notices", zh="公告数", kind="count"),
    Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
)


def lay_out(sums: Tallies, names: Names) -> Layout:
    """All places, then each kind, the most first; below each its divisions by code."""
    lines = sums.rows("places", "devices")
    kinds = sorted((line for line in lines if ":" not in line), key=lambda kind: kind != ALL)
    rows = []
    for kind in kinds:
        rows.append(_row(sums, kind, _kind(kind, names), total=kind == ALL))
        for line in sorted(each for each in lines if _is_division(each, kind)):
            label = _division(line.rpartition(":")[2], names)
            rows.append(_row(sums, line, label, under=kind))
    series = tuple(_series(sums, kind, lines, names) for kind in kinds)
    y = Label(en="Places", zh="点位数")
    chart = Chart(kind="map", series=series, y=y, searched=sums.searched)
    return Layout(columns=COLUMNS, rows=tuple(rows), chart=chart)


def _is_division(line: str, kind: str) -> bool:
    head, _, code = line.rpartition(":")
    return head == kind and bool(code)


def _row(
    sums: Tallies, line: str, label: Label, under: str | None = None, total: bool = False
) -> Row:
    numbers = (sums.cell(line, column) for column in COUNTS)
    cells = (Cell(value=label.en, zh=label.zh), *numbers)
    return Row(id=line, cells=cells, under=under, total=total)


def _kind(kind: str, names: Names) -> Label:
    if kind == ALL:
        return Label(en="All places", zh="全部点位")
    return Label(en="Other places", zh="其他场所") if kind == OTHER else names.of("site", kind)


def _division(code: str, names: Names) -> Label:
    if code == NOWHERE:
        return Label(en="division not known", zh="行政区不明")
    if code.endswith("0000"):
        label = names.division(code)
        return Label(en=f"{label.en}, county not known", zh=f"{label.zh}（区县不明）")
    return Label(en=display_name(code, "en"), zh=display_name(code))


def _series(sums: Tallies, kind: str, lines: list[str], names: Names) -> Series:
    """The provinces of one kind; the map has no place for what lies nowhere."""
    label = _kind(kind, names)
    provinces = sorted(line for line in lines if line.rpartition(":")[0] == f"{kind}:in")
    points = tuple(
        Point(
            x=line.rpartition(":")[2],
            en=names.division(line.rpartition(":")[2]).en,
            zh=names.division(line.rpartition(":")[2]).zh,
            value=sums.total(line, "places"),
            key=cell_key(line, "places"),
        )
        for line in provinces
        if not line.endswith(NOWHERE)
    )
    return Series(id=kind, en=label.en, zh=label.zh, points=points)


QUESTION = Question(
    name="deployment",
    en="Where equipment is to stand",
    zh="设备布设点位",
    question="At how many places of which kind, in which counties, is equipment to stand?",
    docstring=__doc__,
    maps=True,
    published=(
        Published(
            source="The New York Times, An Invisible Cage (2022)",
            said=Label(
                en="A list of cameras with coordinates, nine of them at the homes of people with "
                "mental illness.",
                zh="一份载有坐标的摄像机清单，其中九处位于精神障碍患者住处。",
            ),
            differs=Label(
                en="One list there; here all rows with coordinates. They are counted; neither "
                "coordinates nor whose home it is are shown.",
                zh="彼处为一份清单；此处为全部载有坐标的点位，只计数，不显示坐标及住户。",
            ),
            cell="cell/*/coordinates",
        ),
    ),
    facts=FACTS,
    lay_out=lay_out,
    left_out=(
        LeftOut(
            id="none",
            en="notices without a list of places for equipment",
            zh="没有设备点位清单的公告",
            notices="select id from counted where id not in (select notice from deployment)",
        ),
    ),
)
