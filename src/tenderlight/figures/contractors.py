"""Who wins elsewhere: contractors, their purchases, and the levels and divisions they won in.

Method: contractors are suppliers named as winners in award and contract notices of purchases of
surveillance, or of the technology that was asked for; the 100 that won in the most provincial-level
divisions, then with the most purchases. Spellings of one name are one organisation where rules or a
person say so (docs/organisations.md); a branch is not its company. A purchase counts once for a
contractor, however many lots it won, and for each member of a consortium. "Divisions" are those in
which the buyers sit, "Buyers" different organisations, each opening onto its earliest notice. A
purchase counts at the level of government that its buyer serves, read from the buyer's name and
place. Below each contractor that won in more than one division stand these, in the order in which
it first won there, each with that first notice. The first line counts all contractors, and as
"Elsewhere" those that won in more than one division, each opening onto its first win in a second.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that are neither award nor contract; notices in which no winner was read; winners whose name
may be a person's; candidates below rank 1. Contractors after the first 100 are only in the first
line and those below it.

Assumptions: a firm is not joined with its owner. A purchase of which an award and a contract name
buyers of two levels counts at both, so levels may not be added; neither may lines, for a consortium
is in several. First is the first in this corpus, by printed date.
"""

from tenderlight.figures.counted import ALL
from tenderlight.figures.counties import TECHNOLOGY
from tenderlight.figures.figure import (
    Cell,
    Chart,
    Column,
    Label,
    Point,
    Published,
    Row,
    Series,
)
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, Question
from tenderlight.figures.ranked import DRAWN, LONGEST, ORGANISATIONS
from tenderlight.figures.tallies import Tallies, cell_key
from tenderlight.figures.winners import NO_WINNER, OTHER, WINNING, once

FACTS = f"""
with {WINNING},
ranked as (
    select supplier, count(distinct province) as divisions from winning group by supplier
    order by divisions desc, count(distinct purchase) desc, supplier limit {LONGEST}
),
lines as (
    select supplier as line_id, * from winning semi join ranked using (supplier)
    union all
    select '{ALL}', * from winning
),
spread as (  -- the divisions of those that won in several
    select line_id || '@' || province as place_id, * from lines
    where province is not null and (line_id = '{ALL}'
        or line_id in (select supplier from ranked where divisions > 1))
),
firsts as (
    select * from winning where province is not null
    qualify row_number() over (partition by supplier, province
        order by (nth, line, member)) = 1
)
{once("lines", "line_id", "'purchases'", "purchase")}
union all
{once("lines", "line_id", "'buyers'", "buyer", "buyer is not null")}
union all
{once("lines", "line_id", "'divisions'", "province", "province is not null")}
union all
{once("lines", "line_id", "level", "level, purchase")}
union all
{once("winning", f"'{ALL}'", "'contractors'", "supplier")}
union all
select * from (
    select '{ALL}', 'elsewhere', notice, 1, text, context, part, page, start_at, end_at
    from firsts qualify row_number() over (partition by supplier
        order by (nth, line, member)) = 2
)
union all
{once("spread", "place_id", "'purchases'", "purchase")}
union all
{once("spread", "place_id", "'buyers'", "buyer", "buyer is not null")}
union all
{once("spread", "place_id", "level", "level, purchase")}"""  # noqa: S608 - words of our own

LEVELS = (
    Column(id="national", en="National", zh="国家级", kind="count"),
    Column(id="province", en="Province", zh="省级", kind="count"),
    Column(id="prefecture", en="Prefecture", zh="地级", kind="count"),
    Column(id="county", en="County", zh="县级", kind="count"),
    Column(id="township", en="Township", zh="乡镇街道", kind="count"),
    Column(id="unknown", en="Level not known", zh="级别不明", kind="count"),
)
COLUMNS = (
    Column(id="contractor", en="Contractor, division", zh="承包商、行政区"),
    Column(id="contractors", en="Contractors", zh="承包商数", kind="count"),
    Column(id="elsewhere", en="Elsewhere", zh="跨地区中标", kind="count"),
    Column(id="purchases", en="Purchases won", zh="中标项目数", kind="count"),
    Column(id="divisions", en="Divisions", zh="省级行政区数", kind="count"),
    Column(id="buyers", en="Buyers", zh="采购人数", kind="count"),
    *LEVELS,
    Column(id="date", en="First", zh="最早", kind="date"),
    Column(id="buyer", en="Buyer", zh="采购人"),
    Column(id="sentence", en="Passage", zh="原文", kind="quote"),
)


def _lay_out(sums: Tallies, names: Names) -> Layout:
    found = sums.rows("divisions", "purchases")
    lines = sorted((line for line in found if "@" not in line), key=lambda line: line != ALL)
    rows = []
    for line in lines:
        called = "All contractors" if line == ALL else names.called(line)
        cells = _cells(sums, line, _name(line, called))
        rows.append(Row(id=line, cells=cells, total=line == ALL))
        for place in _places(sums, line, found):
            label = names.division(place.rpartition("@")[2])
            name = Cell(value=label.en, zh=label.zh)
            rows.append(Row(id=place, cells=_cells(sums, place, name), under=line))
    chart = Chart(
        kind="map",
        series=tuple(
            _series(sums, line, found, names)
            for line in lines[: DRAWN + 1]
            if _places(sums, line, found)
        ),
        y=Label(en="Purchases won", zh="中标项目数"),
        searched=sums.searched,
    )
    return Layout(columns=COLUMNS, rows=tuple(rows), chart=chart)


def _name(line: str, called: str) -> Cell:
    if line == ALL:
        return Cell(value=called, zh="全部承包商")
    return Cell(value=called, organisation=line if called != line else None)


def _places(sums: Tallies, line: str, found: list[str]) -> list[str]:
    """The divisions below a line, in the order of the first win in each."""
    places = [each for each in found if "@" in each and each.rpartition("@")[0] == line]
    firsts = {place: sums.first(place, "purchases") for place in places}
    return sorted(places, key=lambda p: (((first := firsts[p]) and first.published) or "9", p))


def _cells(sums: Tallies, line: str, name: Cell) -> tuple[Cell, ...]:
    only_all = tuple(
        sums.cell(line, column) if line == ALL else Cell()
        for column in ("contractors", "elsewhere")
    )
    return (
        name,
        *only_all,
        sums.cell(line, "purchases"),
        Cell() if "@" in line else sums.cell(line, "divisions"),
        sums.cell(line, "buyers"),
        *(sums.cell(line, level.id) for level in LEVELS),
        *sums.proof(line, "purchases"),
    )


def _series(sums: Tallies, line: str, found: list[str], names: Names) -> Series:
    """The divisions of a contractor that won in several; those of all contractors."""
    points = tuple(
        Point(
            x=place.rpartition("@")[2],
            en=names.division(place.rpartition("@")[2]).en,
            zh=names.division(place.rpartition("@")[2]).zh,
            value=sums.total(place, "purchases"),
            key=cell_key(place, "purchases"),
        )
        for place in sorted(_places(sums, line, found))
    )
    called = Label(en="All contractors", zh="全部承包商") if line == ALL else None
    en, zh = (called.en, called.zh) if called else (names.called(line), names.called(line))
    return Series(id=line, en=en, zh=zh, points=points)


QUESTION = Question(
    name="contractors",
    en="Contractors that win elsewhere",
    zh="跨地区中标的承包商",
    question="In how many purchases, at which levels and in which divisions did a contractor win?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    labels=ORGANISATIONS,
    maps=True,
    parameters=(TECHNOLOGY,),
    published=(
        Published(
            source="New York Times, China's Expanding Surveillance State (2022)",
            said=Label(
                en="A contractor that wins with one police force wins with others, elsewhere.",
                zh="在一地公安机关中标的承包商，也在其他地方中标。",
            ),
            differs=Label(
                en="They tell it of single firms and give no number; this counts every contractor "
                "of this corpus that won in more than one division.",
                zh="该报道就个别企业叙述，未给出数字；本图表统计本语料中在一个以上省级行政区中标的承包商。",
            ),
            cell=f"cell/{ALL}/elsewhere",
        ),
        Published(
            source="Reuters, One person, one file (2022)",
            said=Label(
                en="22 suppliers won tenders for one archive per person, in 22 of 31 divisions.",
                zh="22家供应商中标“一人一档”项目，涉及31个省级行政区中的22个。",
            ),
            differs=Label(
                en="That is for one technology: ask for person-archive to compare.",
                zh="仅就该项技术而言：选择“一人一档”方可比较。",
            ),
        ),
    ),
    left_out=(OTHER, NO_WINNER),
)
