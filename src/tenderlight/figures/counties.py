"""Counties that bought a technology, by year, out of all counties that there were.

Method: for each technology and year, the counties, districts and county-level cities in which a
buyer sits whose notice of that year buys it. A number opens onto one notice for each county, the
earliest of that year. It is printed out of all counties that were valid at the end of the year
(GB/T 2260). A county that was merged, renamed or given another code during the year counts as what
it became. "All years" counts each county once, as what it is today, and opens onto the first notice
of each. "Purchases" and "Notices" count what its counties bought; below the technology that was
asked for (the first line, if none was) stand the provinces, each out of its own counties.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices of termination, because that purchase failed; notices whose place is only known down to the
province or the prefecture, such as those of a city's police; notices without a date; Hong Kong,
Macau and Taiwan. Notices that only mention the technology are no proof.

Assumptions: the county is the one in which the buyer sits, also where it is an office of a higher
level. A county that is absent was not found in this corpus, which does not prove that nothing was
bought there. Years may not be added, for a county that bought in two years is in both; neither may
lines. Years before 2000 are held against the list of 2000.
"""

from tenderlight.figures.counted import ALL
from tenderlight.figures.county_years import counties_in, county_years
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
from tenderlight.figures.names import Names, years_of
from tenderlight.figures.question import BUYS_NONE, TERMINATED, Layout, LeftOut, Question
from tenderlight.figures.tallies import Tallies, cell_key
from tenderlight.places.years import ALWAYS

FACTS = f"""
with county_year as ({county_years()}),
sitting as (  -- notices that buy, each with its county in its own year
    select b.*, n.purchase, n.in_year, n.nth, c.counts_as, c.today,
        left(c.counts_as, 2) || '0000' as province
    from bought b join counted n on n.id = b.notice
    join county_year c on c.code = n.county_code
        and greatest(n.year, 2000) between c.since and c.until
    where n.year is not null and n.notice_type is distinct from 'termination'
),
lines as (
    select subject as line, * from sitting
    union all
    select subject || ':' || province, * from sitting
    where subject = (select technology from given)
)
select * from (
    select line as row_id, in_year as column_id, notice, 1 as measure,
        text, context, part, page, start_at, end_at
    from lines qualify row_number() over (partition by line, in_year, counts_as
        order by nth) = 1
)
union all
select * from (
    select line, 'all', notice, 1, text, context, part, page, start_at, end_at
    from lines qualify row_number() over (partition by line, today
        order by nth) = 1
)
union all
select * from (
    select line, 'purchases', notice, 1, text, context, part, page, start_at, end_at
    from lines qualify row_number() over (partition by line, purchase
        order by nth) = 1
)
union all
select line, 'notices', notice, 1, text, context, part, page, start_at, end_at
from lines"""  # noqa: S608 - the codes of our own table

TECHNOLOGY = Parameter(
    id="technology", en="Technology", zh="技术", default=ALL, of="technology"
)  # fmt: skip
"""Of which technology; `*` is any."""


def _lay_out(sums: Tallies, names: Names) -> Layout:
    years = years_of({column for column in sums.columns() if column.isdecimal()})
    found = sums.rows("all")
    rows = []
    for subject in sorted((line for line in found if ":" not in line), key=lambda s: s != ALL):
        label = names.technology(subject)
        rows.append(_row(sums, subject, years, label, total=subject == ALL))
        for line in sorted(each for each in found if each.startswith(f"{subject}:")):
            label = names.division(line.rpartition(":")[2])
            rows.append(_row(sums, line, years, label, under=subject))
    chart = Chart(
        kind="bars",
        series=_series(sums, years, names),
        x=Label(en="Year", zh="年份"),
        y=Label(en="Counties", zh="区县数"),
    )
    return Layout(columns=_columns(years), rows=tuple(rows), chart=chart)


def _columns(years: list[str]) -> tuple[Column, ...]:
    return (
        Column(id="technology", en="Technology, division", zh="技术、行政区"),
        *(Column(id=year, en=year, zh=year, kind="share") for year in years),
        Column(id="all", en="All years, of today's", zh="历年（按现行区划）", kind="share"),
        Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
        Column(id="notices", en="Notices", zh="公告数", kind="count"),
        Column(id="date", en="First proof", zh="最早证据", kind="date"),
        Column(id="buyer", en="Buyer", zh="采购人"),
        Column(id="sentence", en="Passage", zh="原文", kind="quote"),
    )


def _row(
    sums: Tallies,
    line: str,
    years: list[str],
    label: Label,
    under: str | None = None,
    total: bool = False,
) -> Row:
    province = line.rpartition(":")[2] if under else ""
    cells = (
        Cell(value=label.en, zh=label.zh),
        *(_of(sums.cell(line, year), int(year), province) for year in years),
        _of(sums.cell(line, "all"), ALWAYS, province),
        sums.cell(line, "purchases"),
        sums.cell(line, "notices"),
        *sums.proof(line, "all"),
    )
    return Row(id=line, cells=cells, under=under, total=total)


def _of(cell: Cell, year: int, province: str) -> Cell:
    return Cell(value=cell.value, key=cell.key, of=counties_in(year, province))


def _series(sums: Tallies, years: list[str], names: Names) -> tuple[Series, ...]:
    """The years of the technology that was asked for: it has lines below it."""
    asked = sorted({line.partition(":")[0] for line in sums.rows("all") if ":" in line})
    return tuple(
        Series(
            id=line,
            en=names.technology(line).en,
            zh=names.technology(line).zh,
            points=tuple(
                Point(
                    x=year,
                    en=year,
                    zh=year,
                    value=sums.total(line, year),
                    key=cell_key(line, year) if sums.total(line, year) else None,
                )
                for year in years
            ),
        )
        for line in asked
    )


QUESTION = Question(
    name="counties",
    en="Counties that bought a technology, by year",
    zh="各年度采购各项技术的区县",
    question="How many counties bought a technology in which year, of all that there were?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    parameters=(TECHNOLOGY,),
    published=(
        Published(
            source="ChinaFile, State of Surveillance (2020)",
            said=Label(
                en="At least 998 counties bought surveillance in 2019.",
                zh="2019年至少有998个县级行政区采购了监控。",
            ),
            differs=Label(
                en="They read some 76,000 notices that their own search for words had found, and "
                "counted county governments; this counts the counties of this corpus, by the seat "
                "of the buyer.",
                zh="该报道依据自行检索得到的约7.6万件公告，按县级政府统计；"
                "本图表依据本语料，按采购人所在地统计。",
            ),
            cell="cell/*/2019",
        ),
    ),
    left_out=(
        BUYS_NONE,
        TERMINATED,
        LeftOut(
            id="no-county",
            en="notices whose county or year is not known, or not in the list of the year",
            zh="所在区县或年份不明，或该区县不在当年区划之内的公告",
            notices="""select id from counted
                where notice_type is distinct from 'termination'
                and id in (select notice from bought) and id not in (select notice from facts)""",
        ),
    ),
)
