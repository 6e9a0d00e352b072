"""How much is watched: cameras, faces, samples and days that notices state.

Method: a notice that buys surveillance counts once under each kind of quantity that its text
states. "Largest" is the largest number in any of them, opening onto the notice and the sentence.
Numbers are as understood (2万 is 20000); the passage shows them as printed, with their unit.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that buy no surveillance. Numbers are never added up: one system's cameras are printed in
its tender, its award and its contract.

Assumptions: a number is what the text asks for or describes, not what was delivered. Where two
notices of one project disagree, both are kept. The largest number may be a misprint: read it.
"""

from tenderlight.figures.figure import Cell, Chart, Column, Row
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.tallies import Tallies

FACTS = """
with stated as (
    select q.*, n.batch, n.place from quantity q join counted n on n.id = q.notice
    where n.surveillance
)
select * from (
    select what as row_id, 'notices' as column_id, notice, 1 as measure,
        text, context, part, page, start_at, end_at
    from stated qualify row_number() over (partition by what, notice order by number) = 1
)
union all
select * from (
    select what, 'largest', notice, value, text, context, part, page, start_at, end_at
    from stated
    qualify row_number() over (
        partition by what order by (-value, batch, place, number)) = 1
)"""


def _lay_out(sums: Tallies, names: Names) -> Layout:
    rows = []
    for line in sums.rows("notices"):
        label = names.of("quantity", line)
        cells = (
            Cell(value=label.en, zh=label.zh),
            sums.cell(line, "notices"),
            sums.cell(line, "largest"),
            *sums.proof(line, "largest"),
        )
        rows.append(Row(id=line, cells=cells))
    return Layout(
        columns=(
            Column(id="quantity", en="Quantity", zh="数量"),
            Column(id="notices", en="Notices", zh="公告数", kind="count"),
            Column(id="largest", en="Largest", zh="最大值", kind="count"),
            Column(id="date", en="Date", zh="日期", kind="date"),
            Column(id="buyer", en="Buyer", zh="采购人"),
            Column(id="sentence", en="Passage", zh="原文", kind="quote"),
        ),
        rows=tuple(rows),
        chart=Chart(kind="none"),
    )


STATED_ELSEWHERE = (
    LeftOut(
        id="not-surveillance",
        en="notices that state a quantity but buy no surveillance",
        zh="写明数量但未采购监控手段的公告",
        notices="""select id from counted where surveillance is not true
                and id in (select notice from quantity)""",
    ),
    LeftOut(
        id="none",
        en="notices that state no quantity",
        zh="未写明数量的公告",
        notices="select id from counted where id not in (select notice from quantity)",
    ),
)
"""What figures of quantities leave out alike."""

QUESTION = Question(
    name="quantities",
    en="How much is watched",
    zh="监控规模",
    question="What numbers of cameras, faces, samples and days do the notices state?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    left_out=STATED_ELSEWHERE,
)
