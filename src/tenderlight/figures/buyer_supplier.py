"""Who buys from whom: pairs of buyers and suppliers, with the purchases between them.

Method: a pair is an authority and a supplier that an award or contract notice of the authority
names as a winner, in purchases of surveillance or of the technology that was asked for. Spellings
of one name are one organisation where rules or a person say so (docs/organisations.md); a branch is
not its company. A purchase counts once for a pair, however many lots the supplier won, and for each
member of a consortium. Awards and contracts are sums in yuan that count as in the figure `money`:
each once, certain ones only; a consortium's sum counts with its first member. "Without" counts
lines whose sum is not stated, could not be read, is in another currency, or is a rate or a unit
price. The 1,000 pairs with the most purchases stand in lines of their own, the others in one line;
the first line is all of them, each purchase and each sum once. The drawing shows the first 40.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that are neither award nor contract; notices in which no buyer or no winner was read;
winners whose name may be a person's; candidates below rank 1.

Assumptions: the buyer may buy for another authority. A line between two organisations says that the
one bought from the other, and nothing else. Pairs may not be added, for a purchase of a consortium
is in several. Never add an award to a contract. To see a part, limit the divisions, the years, the
kinds of buyers or the technology.
"""

from tenderlight.figures.counted import ALL
from tenderlight.figures.counties import TECHNOLOGY
from tenderlight.figures.figure import Cell, Chart, Column, Label, Node, Point, Row, Series
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, Question
from tenderlight.figures.ranked import ORGANISATIONS
from tenderlight.figures.tallies import Tallies, cell_key
from tenderlight.figures.winners import NO_WINNER, OTHER, SUBJECT, WINNING, once

OTHERS = "others"
LISTED, DRAWN = 1_000, 40
"""Pairs with a line of their own, and those that the drawing shows: what a reader can follow."""

FACTS = f"""
with {WINNING},
pairs as (
    select *, replace(buyer, '>', '＞') || '>' || supplier as pair
    from winning where buyer is not null
),
ranked as (
    select pair from pairs group by pair
    order by count(distinct purchase) desc, pair limit {LISTED}
),
lines as (
    select '{ALL}' as line_id, * from pairs
    union all
    select if(r.pair is null, '{OTHERS}', p.pair), p.* from pairs p left join ranked r using (pair)
),
sums as (
    select l.line_id, m.* from money m
    join lines l on l.notice = m.notice and l.line = m.line and l.member = 0
    where m.subject = {SUBJECT} and m.field in ('award', 'contract')
)
{once("lines", "line_id", "'purchases'", "purchase")}
union all
{once("lines", "line_id", "'pairs'", "pair", f"line_id in ('{ALL}', '{OTHERS}')")}
union all
select line_id, field, notice, amount_cny, text, context, part, page, start_at, end_at
from sums where amount_cny is not null
union all
select line_id, 'without', notice, 1, text, context, part, page, start_at, end_at
from sums where amount_cny is null"""  # noqa: S608 - words of our own

COLUMNS = (
    Column(id="buyer", en="Buyer", zh="采购人"),
    Column(id="supplier", en="Supplier", zh="供应商"),
    Column(id="pairs", en="Pairs", zh="对数", kind="count"),
    Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
    Column(id="award", en="Awards, yuan", zh="中标金额（元）", kind="money"),
    Column(id="contract", en="Contracts, yuan", zh="合同金额（元）", kind="money"),
    Column(id="without", en="Without a certain sum", zh="无确定金额", kind="count"),
    Column(id="date", en="First", zh="最早", kind="date"),
    Column(id="sentence", en="Passage", zh="原文", kind="quote"),
)


def _lay_out(sums: Tallies, names: Names) -> Layout:
    found = sums.rows("purchases")
    pairs = [line for line in found if ">" in line]
    rows = tuple(
        _row(sums, line, names) for line in (*(each for each in (ALL,) if each in found), *pairs)
    )
    rest = (_row(sums, OTHERS, names),) if OTHERS in found else ()
    return Layout(columns=COLUMNS, rows=rows + rest, chart=_chart(sums, pairs[:DRAWN], names))


def _row(sums: Tallies, line: str, names: Names) -> Row:
    whole = line in (ALL, OTHERS)
    date, _, sentence = sums.proof(line, "purchases")
    cells = (
        *_named(line, names),
        sums.cell(line, "pairs") if whole else Cell(),
        sums.cell(line, "purchases"),
        sums.sum(line, "award"),
        sums.sum(line, "contract"),
        sums.cell(line, "without"),
        date,
        sentence,
    )
    return Row(id=line, cells=cells, total=line == ALL)


def _named(line: str, names: Names) -> tuple[Cell, Cell]:
    if line == ALL:
        return Cell(value="All buyers", zh="全部采购人"), Cell(
            value="All suppliers", zh="全部供应商"
        )
    if line == OTHERS:
        return Cell(value="All other pairs", zh="其余各对"), Cell()
    buyer, _, supplier = line.partition(">")
    return _organisation(buyer, names), _organisation(supplier, names)


def _organisation(id: str, names: Names) -> Cell:
    called = names.called(id)
    return Cell(value=called, organisation=id if called != id else None)


def _chart(sums: Tallies, pairs: list[str], names: Names) -> Chart:
    points = tuple(
        Point(
            x=f"buyer:{buyer}",
            to=f"supplier:{supplier}",
            en=f"{names.called(buyer)} → {names.called(supplier)}",
            zh=f"{names.called(buyer)} → {names.called(supplier)}",
            value=sums.total(pair, "purchases"),
            key=cell_key(pair, "purchases"),
        )
        for pair in pairs
        for buyer, _, supplier in (pair.partition(">"),)
    )
    label = Label(en="Purchases", zh="采购项目数")
    series = Series(id="purchases", en=label.en, zh=label.zh, points=points)
    buyers = dict.fromkeys(pair.partition(">")[0] for pair in pairs)
    suppliers = dict.fromkeys(pair.partition(">")[2] for pair in pairs)
    nodes = tuple(_node("buyer", id, names) for id in buyers)
    nodes += tuple(_node("supplier", id, names) for id in suppliers)
    return Chart(kind="network", series=(series,), nodes=nodes, y=label)


def _node(side: str, id: str, names: Names) -> Node:
    called = names.called(id)
    return Node(
        id=f"{side}:{id}",
        en=called,
        zh=called,
        side="from" if side == "buyer" else "to",
        organisation=id if called != id else None,
    )


QUESTION = Question(
    name="buyer-supplier",
    en="Who buys from whom",
    zh="采购人与供应商",
    question="Which authority bought from which supplier, how often and for how much?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    money=frozenset({"award", "contract"}),
    labels=ORGANISATIONS,
    parameters=(TECHNOLOGY,),
    left_out=(OTHER, NO_WINNER),
)
