"""Divisions in which a technology was bought, with the first proof.

Method: for each technology, the provincial-level divisions whose authorities published at least one
notice that buys it, out of 31. The division is the one in which the buyer sits. A number "n of 31"
opens onto one notice for each division, with the passage that names the technology: the earliest
that a person confirmed, else the earliest. Below it stand the divisions, each with its purchases,
its notices and that first proof. A purchase counts in each division in which one of its notices has
its buyer, as a rule one. "Confirmed" are the divisions in which a person confirmed at least one of
these notices (below it the notices that she confirmed), "unconfirmed" the others: they rest on the
definitions alone. The proof shown is the earliest notice that was confirmed, where there is one,
and else the earliest of all.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices of termination, because that purchase failed; notices whose division is not known; Hong
Kong, Macau and Taiwan. Notices that only mention the technology are no proof.

Assumptions: "31" means the universe 31-divisions: the provincial-level divisions of the mainland,
22 provinces, 5 autonomous regions, 4 municipalities (GB/T 2260). A tender or an intention counts as
proof that an authority there set out to buy, not that it was delivered. "First" is the first in
this corpus, by printed date; notices without a date come last. "None found" are divisions of which
the corpus holds notices, none of which buys it, "Not searched" those of which it holds none (within
the years, buyers and notices that were asked for): neither proves that nothing was bought there.
Lines may not be added.
"""

from tenderlight.figures.counted import ALL
from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Published, Row, Series
from tenderlight.figures.names import Names
from tenderlight.figures.question import BUYS_NONE, TERMINATED, Layout, LeftOut, Question
from tenderlight.figures.tallies import Tallies, cell_key
from tenderlight.places import universe

COUNTING = universe("31-divisions").codes
"""The codes of the universe that this figure names."""

IN_THE_31 = ", ".join(f"'{code}'" for code in COUNTING)

FACTS = f"""
with located as (
    select b.*, n.purchase, n.province_code, n.nth
    from bought b join counted n on n.id = b.notice
    where n.notice_type is distinct from 'termination' and n.province_code in ({IN_THE_31})
)
select unnest([subject, subject || ':' || province_code]) as row_id, 'notices' as column_id,
    notice, 1 as measure, text, context, part, page, start_at, end_at
from located
union all
select subject || ':' || province_code, 'confirmed', notice, 1,
    text, context, part, page, start_at, end_at
from located where confirmed
union all
select * from (
    select subject, if(confirmed, 'confirmed', 'unconfirmed'), notice, 1,
        text, context, part, page, start_at, end_at
    from located
    qualify row_number() over (partition by subject, province_code
        order by (not confirmed, nth)) = 1
)
union all
select * from (
    select unnest([subject, subject || ':' || province_code]), 'purchases',
        notice, 1, text, context, part, page, start_at, end_at
    from located
    qualify row_number() over (partition by subject, province_code, purchase
        order by nth) = 1
)
union all
select * from (
    select subject, 'divisions', notice, 1, text, context, part, page, start_at, end_at
    from located
    qualify row_number() over (partition by subject, province_code
        order by (not confirmed, nth)) = 1
)"""  # noqa: S608 - the codes of our own table

COLUMNS = (
    Column(id="technology", en="Technology, division", zh="技术、行政区"),
    Column(id="divisions", en="Divisions", zh="省级行政区数", kind="share"),
    Column(id="confirmed", en="Confirmed", zh="已人工确认", kind="count"),
    Column(id="unconfirmed", en="Unconfirmed", zh="未人工确认", kind="count"),
    Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
    Column(id="notices", en="Notices", zh="公告数", kind="count"),
    Column(id="date", en="First proof", zh="最早证据", kind="date"),
    Column(id="buyer", en="Buyer", zh="采购人"),
    Column(id="sentence", en="Passage", zh="原文", kind="quote"),
)
COUNTS = ("confirmed", "unconfirmed", "purchases", "notices")


def _lay_out(sums: Tallies, names: Names) -> Layout:
    subjects = sorted(sums.rows("divisions"), key=lambda subject: subject != ALL)
    rows = []
    for subject in subjects:
        rows.append(_technology(sums, subject, names))
        rows += [_division(sums, subject, code, names) for code in _codes(sums, subject)]
        rows += _absent(sums, subject, names)
    return Layout(
        columns=COLUMNS,
        rows=tuple(rows),
        chart=Chart(
            kind="map",
            series=tuple(_series(sums, subject, names) for subject in subjects),
            y=Label(en="Purchases", zh="采购项目数"),
            searched=tuple(code for code in COUNTING if code in sums.searched),
        ),
    )


def _codes(sums: Tallies, subject: str) -> list[str]:
    return [code for code in COUNTING if sums.total(f"{subject}:{code}", "notices")]


def _technology(sums: Tallies, subject: str, names: Names) -> Row:
    label, found = names.technology(subject), sums.cell(subject, "divisions")
    cells = (
        Cell(value=label.en, zh=label.zh),
        Cell(value=found.value, key=found.key, of=len(COUNTING)),
        *(sums.cell(subject, column) for column in COUNTS),
        *sums.proof(subject, _proving(sums, subject)),
    )
    return Row(id=subject, cells=cells, total=subject == ALL)


def _proving(sums: Tallies, line: str) -> str:
    """Where the proof of a line comes from: what somebody confirmed, if anything was."""
    return "confirmed" if sums.total(line, "confirmed") else "notices"


def _division(sums: Tallies, subject: str, code: str, names: Names) -> Row:
    label, row = names.division(code), f"{subject}:{code}"
    cells = (
        Cell(value=label.en, zh=label.zh),
        Cell(),
        sums.cell(row, "confirmed"),
        Cell(),
        sums.cell(row, "purchases"),
        sums.cell(row, "notices"),
        *sums.proof(row, _proving(sums, row)),
    )
    return Row(id=row, cells=cells, under=subject)


def _absent(sums: Tallies, subject: str, names: Names) -> list[Row]:
    """The divisions without such a purchase: those searched in vain, and those not searched."""
    found = _codes(sums, subject)
    absent = [code for code in COUNTING if code not in found]
    kinds = (
        ("none", "None found", "未发现", [c for c in absent if c in sums.searched]),
        ("not-searched", "Not searched", "未检索", [c for c in absent if c not in sums.searched]),
    )
    rest = (Cell(),) * (len(COLUMNS) - 1)
    return [
        Row(
            id=f"{subject}:{id}",
            cells=(
                Cell(
                    value=f"{en} ({len(codes)}): {', '.join(names.division(c).en for c in codes)}",
                    zh=f"{zh}（{len(codes)}）：{'、'.join(names.division(c).zh for c in codes)}",
                ),
                *rest,
            ),
            under=subject,
        )
        for id, en, zh, codes in kinds
        if codes
    ]


def _series(sums: Tallies, subject: str, names: Names) -> Series:
    label = names.technology(subject)
    points = (
        Point(
            x=code,
            en=names.division(code).en,
            zh=names.division(code).zh,
            value=sums.total(f"{subject}:{code}", "purchases"),
            key=cell_key(f"{subject}:{code}", "purchases"),
        )
        for code in _codes(sums, subject)
    )
    return Series(id=subject, en=label.en, zh=label.zh, points=tuple(points))


NYT = "New York Times, China's Expanding Surveillance State (2022)"
DIFFERS = Label(
    en="They read more than 100,000 documents for over a year; this counts the divisions of which "
    "this corpus holds a notice that buys it. Phones are also tracked by WiFi (wifi-sniffer).",
    zh="该报道历时一年多查阅逾10万份文件；本图表统计本语料中有采购公告的省级行政区。"
    "手机追踪另见WiFi探针（wifi-sniffer）。",
)

QUESTION = Question(
    name="divisions",
    en="Divisions that bought a technology",
    zh="采购各项技术的省级行政区",
    question="In which of the 31 divisions was a technology bought, and what proves it first?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    maps=True,
    published=(
        Published(
            source=NYT,
            said=Label(
                en="All 31 divisions use devices that track phones.",
                zh="31个省级行政区全部使用手机追踪设备。",
            ),
            differs=DIFFERS,
            cell="cell/imsi-catcher/divisions",
        ),
        Published(
            source=NYT,
            said=Label(
                en="At least 25 of the 31 have databases of male DNA, the first Henan in 2014.",
                zh="至少25个省级行政区建有男性DNA数据库，最早为2014年的河南。",
            ),
            differs=DIFFERS,
            cell="cell/y-dna/divisions",
        ),
    ),
    left_out=(
        BUYS_NONE,
        TERMINATED,
        LeftOut(
            id="nowhere",
            en="notices whose division is not known, or not one of the 31",
            zh="所在省级行政区不明或不在31个之内的公告",
            notices=f"""select id from counted
                where notice_type is distinct from 'termination'
                and (province_code is null or province_code not in ({IN_THE_31}))
                and id in (select notice from bought)""",  # noqa: S608 - as above
        ),
    ),
)
