"""Which technology, and goods of which brand, are to watch schools, hospitals, homes and prayer.

Method: notices that buy surveillance and name a sensitive kind of place as its site: places of
prayer, hospitals, schools, homes, libraries, prisons, check points and stations; another kind where
it is asked for by name (of police stations a notice often names the office that is to use the
system). A purchase counts once under each place, and below it once under each technology that a
notice of it buys which names the place, and under each brand of goods that such a notice lists, as
printed. "Buyers" counts different buyers. Each number opens onto the passage that names the place,
below it the one that names the technology, or the row of goods. Brands are listed up to the 20 with
the most purchases of each place.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that name such a place but buy no means to watch people; places that a reviewer rejected;
goods without a brand. Addresses of private people are masked.

Assumptions: that a notice names the place and buys the technology does not say that this technology
stands at this place: read both passages. A brand may be that of a cable or a switch beside cameras.
Two spellings of a brand are two brands but for width, case and spaces. Who is foreign is in the
figure of foreign makers. Lines may not be added.
"""

from __future__ import annotations

from tenderlight.figures.figure import (
    Cell,
    Chart,
    Column,
    Label,
    Parameter,
    Point,
    Published,
    Row,
    Series,
)
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, Question
from tenderlight.figures.quoted import not_watching, rejected
from tenderlight.figures.tallies import Tallies, cell_key

SENSITIVE = (
    "religious",
    "hospital",
    "school",
    "residential",
    "library",
    "prison",
    "checkpoint",
    "station",
)
"""Sites as the definitions call them; the figure `sites` has all of them."""
DEFAULT = "sensitive"
BRANDS = 20
"""Brands listed of each place."""
OURS = ", ".join(f"'{site}'" for site in SENSITIVE)
ASKED = f"""if((select site from given) = '{DEFAULT}',
        f.id in ({OURS}), f.id = (select site from given))"""  # noqa: S608 - words of our own

FACTS = f"""
with placed as (
    select f.*, n.purchase, n.nth, b.organisation as buyer
    from finding f join counted n on n.id = f.notice left join buyer_of b on b.notice = f.notice
    where f.kind = 'site' and n.surveillance and {ASKED}
        and (f.notice, f.id) not in (
            select (notice, id) from verdict where kind = 'site' and truth = false)
    qualify row_number() over (partition by f.notice, f.id order by f.number) = 1
),
goods as (
    select notice, number, upper(nfc_normalize(regexp_replace(brand, '\\s', '', 'g'))) as brand,
        text, concat_ws(' ', name, brand, model) as context, part, page, start_at, end_at
    from item where trim(brand) <> ''
),
lines as (
    select id as row_id, id, notice, purchase, buyer, nth,
        text, context, part, page, start_at, end_at from placed
    union all
    select p.id || ':technology:' || t.id, p.id, p.notice, p.purchase, p.buyer, p.nth,
        t.text, t.context, t.part, t.page, t.start_at, t.end_at
    from placed p join named t on t.notice = p.notice
    union all
    select p.id || ':brand:' || g.brand, p.id, p.notice, p.purchase, p.buyer, p.nth,
        g.text, g.context, g.part, g.page, g.start_at, g.end_at
    from placed p join goods g on g.notice = p.notice
),
counted_lines as (
    select row_id, 'purchases' as column_id, * exclude (row_id) from lines
    qualify row_number() over (partition by row_id, purchase
        order by (nth, start_at, end_at, context)) = 1
    union all
    select row_id, 'notices', * exclude (row_id) from lines
    qualify row_number() over (partition by row_id, notice
        order by (start_at, end_at, context)) = 1
    union all
    select row_id, 'buyers', * exclude (row_id) from lines where buyer is not null
    qualify row_number() over (partition by row_id, buyer
        order by (nth, start_at, end_at, context)) = 1
),
listed as (
    select row_id from counted_lines
    where column_id = 'purchases' and split_part(row_id, ':', 2) = 'brand'
    group by row_id, id
    qualify row_number() over (partition by id order by count(*) desc, row_id) <= {BRANDS}
)
select row_id, column_id, notice, 1 as measure, text, context, part, page, start_at, end_at
from counted_lines
where split_part(row_id, ':', 2) <> 'brand' or row_id in (from listed)"""  # noqa: S608

COLUMNS = (
    Column(id="place", en="Place, technology, brand", zh="场所、技术、品牌"),
    Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
    Column(id="notices", en="Notices", zh="公告数", kind="count"),
    Column(id="buyers", en="Buyers", zh="采购人数", kind="count"),
    Column(id="date", en="First", zh="最早", kind="date"),
    Column(id="buyer", en="Buyer", zh="采购人"),
    Column(id="sentence", en="Passage", zh="原文", kind="quote"),
)


def lay_out(sums: Tallies, names: Names) -> Layout:
    """A line for each place, below it its technologies and then its brands, the most first."""
    lines = sums.rows("purchases", "notices")
    rows, series = [], []
    for place in (line for line in lines if ":" not in line):
        label = names.of("site", place)
        rows.append(_row(sums, place, label))
        technologies = [line for line in lines if line.startswith(f"{place}:technology:")]
        rows += [_row(sums, line, _technology(line, names), place) for line in technologies]
        for line in (line for line in lines if line.startswith(f"{place}:brand:")):
            brand = line.split(":", 2)[2]
            rows.append(_row(sums, line, Label(en=f"brand {brand}", zh=f"品牌{brand}"), place))
        points = tuple(_point(sums, line, names) for line in technologies)
        series.append(Series(id=place, en=label.en, zh=label.zh, points=points))
    chart = Chart(
        kind="heat",
        series=tuple(series),
        x=Label(en="Technology", zh="技术"),
        y=Label(en="Purchases", zh="采购项目数"),
    )
    return Layout(columns=COLUMNS, rows=tuple(rows), chart=chart)


def _technology(line: str, names: Names) -> Label:
    return names.technology(line.split(":", 2)[2])


def _row(sums: Tallies, line: str, label: Label, under: str | None = None) -> Row:
    counts = (sums.cell(line, column) for column in ("purchases", "notices", "buyers"))
    proof = sums.proof(line, "purchases")
    return Row(id=line, cells=(Cell(value=label.en, zh=label.zh), *counts, *proof), under=under)


def _point(sums: Tallies, line: str, names: Names) -> Point:
    label = _technology(line, names)
    value, key = sums.total(line, "purchases"), cell_key(line, "purchases")
    return Point(x=line.split(":", 2)[2], en=label.en, zh=label.zh, value=value, key=key)


NAMING = f"select f.notice from finding f where f.kind = 'site' and {ASKED}"  # noqa: S608

QUESTION = Question(
    name="sensitive-sites",
    en="What watches sensitive places",
    zh="敏感场所的监控",
    question="Which technologies and brands are to watch schools, hospitals, homes and prayer?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=lay_out,
    parameters=(Parameter(id="site", en="Place", zh="场所", default=DEFAULT),),
    published=(
        Published(
            source="RFE/RL (2024)",
            said=Label(
                en="Equipment of Dahua and Hikvision at sensitive places in nine countries, bought "
                "with public money.",
                zh="九国以公共资金采购的大华、海康威视设备用于敏感场所。",
            ),
            differs=Label(
                en="Registers and tenders of nine countries there, with places chosen by people; "
                "the notices of this corpus here, with places found by their words.",
                zh="彼处为九国登记与招标文件，场所由人工认定；此处为本语料公告，场所按词语检出。",
            ),
        ),
    ),
    left_out=(
        *not_watching(NAMING, ("such a place", "此类场所"), ("such place", "此类场所")),
        rejected(NAMING, "place", "场所"),
    ),
)
