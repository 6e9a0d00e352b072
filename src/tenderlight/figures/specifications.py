"""Where the same technical requirements stand in purchases of different buyers.

Method: passages of technical requirements, in notices and their attachments, that share wording
with a passage in a purchase of another buyer; the 100 families with the most buyers. Wording that
more than 20 buyers use is common and counts nothing; wording of more than 4 counts the less the
more buyers use it. What must be in common is told in `docs/specifications.md`. Passages that are
linked to one another, also over a third, are one family. A notice counts once in a family, others
of its purchase or buyer with the very same text too, and "Buyers" counts different buyers by name,
each opening onto its earliest notice. "Characters" is the most that two of its passages have in
common, in runs of ten and more.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices whose buyer was not read; pairs of notices of one buyer or of one purchase; families after
the first 100.

Assumptions: a common text is a lead to a common author or vendor, and no proof: buyers copy from
one another, and agencies and ministries hand out drafts. Two spellings of one buyer are two buyers
but for script, width, spaces and brackets. A specification that was not published, or stands in a
file that could not be read, is not found.
"""

from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Published, Row, Series
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.tallies import Tallies, cell_key

LONGEST = 100
"""Lines of the table: what a reader will look through."""
DRAWN = 20
"""Bars of its chart."""
QUOTED = 160
"""Characters quoted of a passage; the desk shows both texts whole."""

FACTS = f"""
with led as (
    select family, shared, rare, first_notice as notice, first_number as number,
        first_buyer as buyer from lead
    union all
    select family, shared, rare, second_notice, second_number, second_buyer from lead
),
side as (  -- a lead names one notice: others of its purchase or buyer may have the same text
    select * from led
    union all
    select l.family, l.shared, l.rare, o.notice, o.number, l.buyer
    from led l join section s on s.notice = l.notice and s.number = l.number
    join noticed n on n.id = l.notice join section o on o.digest = s.digest
    join noticed m on m.id = o.notice
    left join buyer_of b on b.notice = n.id left join buyer_of c on c.notice = m.id
    where o.notice <> l.notice and (m.purchase = n.purchase or b.organisation = c.organisation)
),
told as (  -- each notice once in a family, with the passage that has the most in common
    select d.family, d.notice, d.buyer, d.shared, n.nth,
        left(s.text, {QUOTED}) as text,
        concat_ws(' ', s.heading, left(s.text, {QUOTED})) as context,
        s.part, s.page, s.start_at, s.start_at + least(length(s.text), {QUOTED}) as end_at
    from side d join counted n on n.id = d.notice
    join section s on s.notice = d.notice and s.number = d.number
    qualify row_number() over (
        partition by d.family, d.notice order by d.rare desc, d.shared desc, d.number) = 1
)
select family as row_id, 'notices' as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from told
union all
select * from (
    select family, 'buyers', notice, 1, text, context, part, page, start_at, end_at
    from told qualify row_number() over (
        partition by family, buyer order by nth) = 1
)
union all
select * from (
    select family, 'letters', notice, shared, text, context, part, page, start_at, end_at
    from told qualify row_number() over (
        partition by family order by (-shared, nth)) = 1
)"""  # noqa: S608 - a number of our own

COLUMNS = (
    Column(id="text", en="Requirements", zh="技术要求", kind="quote"),
    Column(id="buyers", en="Buyers", zh="采购人数", kind="count"),
    Column(id="notices", en="Notices", zh="公告数", kind="count"),
    Column(id="letters", en="Characters in common", zh="相同字数", kind="count"),
    Column(id="date", en="First", zh="最早", kind="date"),
    Column(id="buyer", en="Buyer", zh="采购人"),
)


def lay_out(sums: Tallies, names: Names) -> Layout:
    """A line for each family: its text, how many buyers have it, and who had it first."""
    rows: list[Row] = []
    points: list[Point] = []
    for line in sums.rows("buyers", "notices", "letters")[:LONGEST]:
        date, buyer, quote = sums.proof(line, "notices")
        counts = (sums.cell(line, column) for column in ("buyers", "notices", "letters"))
        rows.append(Row(id=line, cells=(quote, *counts, date, buyer)))
        if len(points) < DRAWN:
            points.append(_point(sums, line, quote))
    series = Series(id="buyers", en="Buyers", zh="采购人数", points=tuple(points))
    chart = Chart(kind="bars", series=(series,), y=Label(en="Buyers", zh="采购人数"))
    return Layout(columns=COLUMNS, rows=tuple(rows), chart=chart)


def _point(sums: Tallies, line: str, quote: Cell) -> Point:
    begins = " ".join(str(quote.value or line).split())[:16]
    total, key = sums.total(line, "buyers"), cell_key(line, "buyers")
    return Point(x=line, en=begins, zh=begins, value=total, key=key)


_BEYOND = f"""select notice from facts where row_id not in (
    select row_id from facts group by row_id
    order by count(*) filter (column_id = 'buyers') desc,
        count(*) filter (column_id = 'notices') desc,
        sum(measure) filter (column_id = 'letters') desc, row_id limit {LONGEST}
)"""  # noqa: S608 - a number of our own

QUESTION = Question(
    name="specifications",
    en="Same specifications at different buyers",
    zh="不同采购人的相同技术要求",
    question="Which technical requirements stand in the purchases of more than one buyer?",
    docstring=__doc__,
    published=(
        Published(
            source="ChinaFile, Message Control (2020)",
            said=Label(
                en="The same specification in the tenders of two buyers of opinion monitoring.",
                zh="两家采购人的舆情监测招标中出现相同的技术要求。",
            ),
            differs=Label(
                en="One pair, seen by a reader, there; here every passage that shares wording, of "
                "any purchase.",
                zh="彼处为人工发现的一对；此处为任何采购项目中文字相同的全部段落。",
            ),
        ),
    ),
    facts=FACTS,
    lay_out=lay_out,
    left_out=(
        LeftOut(
            id="none",
            en="notices in which no technical requirements were found",
            zh="未找到技术要求的公告",
            notices="select id from counted where id not in (select notice from section)",
        ),
        LeftOut(
            id="no-buyer",
            en="notices with technical requirements whose buyer was not read",
            zh="有技术要求但未读到采购人的公告",
            notices="select id from counted where buyer is null "
            "and id in (select notice from section)",
        ),
        LeftOut(
            id="own",
            en="notices whose requirements no other buyer was found to have",
            zh="未发现其他采购人有相同技术要求的公告",
            notices="select id from counted where buyer is not null and id in "
            "(select notice from section) and id not in (select notice from facts)",
        ),
        LeftOut(
            id="beyond",
            en="notices of families after the first 100",
            zh="排名100之后的文本组的公告",
            notices=_BEYOND,
        ),
    ),
)
