"""What came first, and what followed: technologies, their divisions, or a purchase's notices.

Method: without a choice, the first notice of the corpus that buys each technology, by printed date.
Where a technology is asked for, below it the first notice in each provincial-level division: how it
spread. Where a purchase is asked for (its number on its page, as p and digits), every notice of it
in the order of dates, and no technologies: a repost stands beside the notice it repeats. Each line
has the date, the buyer and the passage that names the technology, or the notice's title; "Notices"
counts the notices that buy it, "Purchases" their purchases once each.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices without a date are counted and come last, and are not drawn. Notices that only mention a
technology.

Assumptions: first is the first in this corpus, which begins somewhere: an earlier purchase may not
have been collected, or may have been taken down. The date is that of publication as printed. A
tender says that an authority set out to buy, not that it was delivered.
"""

from tenderlight.figures.counties import TECHNOLOGY
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
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.tallies import Tallies, cell_key

FACTS = """
with told as (
    select b.subject as line_id, b.*, n.purchase, n.province_code, n.nth
    from bought b join counted n on n.id = b.notice
    where (select purchase from given) = ''
),
lines as (
    select line_id, notice, purchase, nth,
        text, context, part, page, start_at, end_at
    from told where line_id <> '*'
    union all
    select subject || '@' || province_code, notice, purchase, nth,
        text, context, part, page, start_at, end_at
    from told where subject = (select technology from given) and subject <> '*'
        and province_code is not null
    union all
    select 'notice:' || n.id, n.id, n.purchase, n.nth,
        c.text, n.title, c.part, c.page, c.start_at, c.end_at
    from counted n left join cited c on c.notice = n.id and c.field = 'title'
    where n.purchase = (select purchase from given)
)
select line_id as row_id, 'notices' as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from lines
union all
select * from (
    select line_id, 'purchases', notice, 1, text, context, part, page, start_at, end_at
    from lines qualify row_number() over (partition by line_id, purchase
        order by nth) = 1
)"""

COLUMNS = (
    Column(id="line", en="Technology, division, notice", zh="技术、行政区、公告"),
    Column(id="date", en="First", zh="最早", kind="date"),
    Column(id="buyer", en="Buyer", zh="采购人"),
    Column(id="notices", en="Notices", zh="公告数", kind="count"),
    Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
    Column(id="sentence", en="Passage", zh="原文", kind="quote"),
)
NOTICE = "notice:"


def _lay_out(sums: Tallies, names: Names) -> Layout:
    lines = sorted(sums.rows("notices"), key=lambda line: (_day(sums, line) or "9", line))
    rows = []
    for line in (each for each in lines if "@" not in each):
        rows.append(_row(sums, line, names, None))
        below = (each for each in lines if each.rpartition("@")[0] == line and "@" in each)
        rows += [_row(sums, each, names, line) for each in below]
    spread = any(row.under for row in rows)
    drawn = [row.id for row in rows if bool(row.under) == spread and _day(sums, row.id)]
    points = tuple(_point(sums, line, names) for line in drawn)
    series = Series(id="first", en="First notices", zh="最早公告", points=points)
    chart = Chart(kind="timeline", series=(series,) if points else (), x=Label(en="Day", zh="日期"))
    return Layout(columns=COLUMNS, rows=tuple(rows), chart=chart)


def _day(sums: Tallies, line: str) -> str:
    """The day of a line's first notice; empty where it has no date."""
    first = sums.first(line, "notices")
    return ((first and first.published) or "")[:10]


def _label(line: str, sums: Tallies, names: Names) -> Label:
    if line.startswith(NOTICE):
        first = sums.first(line, "notices")
        title = (first and first.title) or line.removeprefix(NOTICE)
        return Label(en=title, zh=title)
    technology, _, code = line.rpartition("@")
    return names.division(code) if technology else names.technology(line)


def _row(sums: Tallies, line: str, names: Names, under: str | None) -> Row:
    label = _label(line, sums, names)
    date, buyer, sentence = sums.proof(line, "notices")
    cells = (
        Cell(value=label.en, zh=label.zh if label.zh != label.en else None),
        date,
        buyer,
        sums.cell(line, "notices"),
        sums.cell(line, "purchases"),
        sentence,
    )
    return Row(id=line, cells=cells, under=under)


def _point(sums: Tallies, line: str, names: Names) -> Point:
    label = _label(line, sums, names)
    return Point(
        x=_day(sums, line),
        en=label.en,
        zh=label.zh,
        value=sums.total(line, "notices"),
        key=cell_key(line, "notices"),
    )


QUESTION = Question(
    name="timeline",
    en="What came first",
    zh="时间线",
    question="When was a technology first bought, and where next; or how did a purchase go on?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    parameters=(
        TECHNOLOGY,
        Parameter(id="purchase", en="Purchase", zh="采购项目", default=""),
    ),
    published=(
        Published(
            source="New York Times, China's Expanding Surveillance State (2022)",
            said=Label(
                en="The first database of male DNA that they found is of Henan, in 2014.",
                zh="该报道发现的最早的男性DNA数据库为2014年的河南。",
            ),
            differs=Label(
                en="Ours is the first notice of this corpus that buys it.",
                zh="本图表为本语料中最早的采购公告。",
            ),
            cell="cell/y-dna/notices",
        ),
    ),
    left_out=(
        LeftOut(
            id="none",
            en="notices that buy no technology, or are not of the purchase",
            zh="未采购任何所列技术，或不属于该项目的公告",
            notices="select id from counted where id not in (select notice from facts)",
        ),
    ),
)
