"""What people checked of each technology, and how many notices buy it in truth.

Method: "Found" counts notices in which the definitions say that the technology is bought. Of these,
"Confirmed" and "Rejected" are what reviewers agree on, "Undecided" where they are unsure or differ;
nobody has looked at the rest. "Added" are notices of which a reviewer says that they buy it though
the definitions do not. "Counted", what every other figure counts, is found without rejected, and
added. Precision is the share of the found that is right, recall the share of what there is that was
found, both from random samples that were drawn before anybody looked (docs/error.md), with 95 %
intervals. The corrected count is found times precision, and what was missed. It stands beside the
counts and replaces none of them; where no sample was answered, "not measured" is said.

Exclusions: documents that could not be read; documents with the same bytes as one before them.
Answers to cases that were not drawn at random correct single notices, and no estimate.

Assumptions: these are notices, not purchases. A sample tells of the notices that it was drawn from;
notices that came later are taken to be like them. Reviewers can err: see their agreement. A lower
end of 0 missed is no proof that nothing was missed.
"""

from tenderlight.figures.counted import ALL
from tenderlight.figures.figure import Cell, Chart, Column, Label, Row
from tenderlight.figures.measured import (
    NOT_MEASURED,
    NOTHING,
    corrected_cell,
    missed_cell,
    sample_cell,
    share_cell,
)
from tenderlight.figures.names import Names
from tenderlight.figures.question import NAMES_NONE, Layout, Question
from tenderlight.figures.series import by_technology
from tenderlight.figures.tallies import Tallies

FACTS = """
with told as (
    select c.id, c.notice, 'found' as column_id, c.text, c.context, c.part, c.page, c.start_at,
        c.end_at
    from claimed c join counted n on n.id = c.notice
    union all
    select b.id, b.notice, if(m.id is null, 'confirmed', 'added'),
        b.text, b.context, b.part, b.page, b.start_at, b.end_at
    from named b left join missed m on m.notice = b.notice and m.id = b.id where b.confirmed
    union all
    select id, notice, 'rejected', text, context, part, page, start_at, end_at
    from aside where why = 'rejected'
    qualify row_number() over (partition by notice, id order by number) = 1
    union all
    select id, notice, 'undecided', text, context, part, null, start_at, end_at
    from verdict where kind = 'technology' and state in ('unsure', 'disputed')
        and notice in (select id from counted)
    union all
    select id, notice, 'counted', text, context, part, page, start_at, end_at from named
)
select id as row_id, column_id, notice, 1 as measure, text, context, part, page, start_at, end_at
from told
union all
select * from (
    select '*', column_id, notice, 1, text, context, part, page, start_at, end_at from told
    qualify row_number() over (partition by notice, column_id order by (start_at, id)) = 1
)"""

COUNTS = ("found", "confirmed", "rejected", "undecided", "added", "counted")
COLUMNS = (
    Column(id="technology", en="Technology", zh="技术"),
    Column(id="found", en="Found", zh="规则发现", kind="count"),
    Column(id="confirmed", en="Confirmed", zh="人工确认", kind="count"),
    Column(id="rejected", en="Rejected", zh="人工否定", kind="count"),
    Column(id="undecided", en="Undecided", zh="未决", kind="count"),
    Column(id="added", en="Added", zh="人工补充", kind="count"),
    Column(id="counted", en="Counted", zh="计入", kind="count"),
    Column(id="precision", en="Precision", zh="准确率"),
    Column(id="recall", en="Recall", zh="召回率"),
    Column(id="corrected", en="Corrected count", zh="校正后数量"),
    Column(id="looked", en="Sample of the found", zh="发现样本"),
    Column(id="searched", en="Sample of the rest", zh="其余样本"),
)


def _lay_out(sums: Tallies, names: Names) -> Layout:
    lines = sorted(sums.rows("found", "added", "undecided"), key=lambda line: line != ALL)
    lines += sorted(set(sums.errors) - set(lines))
    chart = Chart(
        kind="bars",
        series=tuple(
            by_technology(sums, column, label, lines, names)
            for column, label in (
                ("confirmed", Label(en="Confirmed", zh="人工确认")),
                ("rejected", Label(en="Rejected", zh="人工否定")),
            )
        ),
        y=Label(en="Notices", zh="公告数"),
    )
    return Layout(
        columns=COLUMNS, rows=tuple(_row(sums, line, names) for line in lines), chart=chart
    )


def _row(sums: Tallies, line: str, names: Names) -> Row:
    label, known = names.technology(line), sums.errors.get(line)
    counts = (sums.cell(line, column) for column in COUNTS)
    measured = (
        share_cell(known.precision if known else None),
        share_cell(known.recall if known else None),
        corrected_cell(known),
        sample_cell(known.precise_by if known else None),
        missed_cell(known.recall_by if known else None),
    )
    if line == ALL:
        measured = (NOT_MEASURED, NOT_MEASURED, NOT_MEASURED, NOTHING, NOTHING)
    cells = (Cell(value=label.en, zh=label.zh), *counts, *measured)
    return Row(id=line, cells=cells, total=line == ALL)


QUESTION = Question(
    name="checked",
    en="What was checked, and the measured error",
    zh="核查情况与实测误差",
    question="What did people confirm and reject of each technology, and how often are we wrong?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    left_out=(NAMES_NONE,),
)
