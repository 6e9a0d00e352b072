"""Answer a question from the tables, and open a number in the answer.

The table, the keys of its cells and the list behind each number come from the one query of facts
that the figure's file defines, so they cannot disagree.
"""

from __future__ import annotations

import difflib
from decimal import Decimal
from typing import Any

from duckdb import DuckDBPyConnection

from tenderlight.corpus.reviewing.error import measured_error
from tenderlight.figures.counted import SHARED
from tenderlight.figures.figure import Coverage, Figure, Proof
from tenderlight.figures.names import Names
from tenderlight.figures.question import Question
from tenderlight.figures.tallies import Tallies, Tally
from tenderlight.model import Refused
from tenderlight.technologies import Definitions

PROOF = """f.notice, n.title, n.buyer, n.published, f.measure, f.text, f.context, f.part, f.page,
    f.start_at, f.end_at"""
EARLIEST = """n.published nulls last, n.batch, n.number, f.notice, f.start_at nulls last,
    f.end_at, f.measure, f.context"""
CELLS = (
    f"select f.row_id, f.column_id, sum(f.measure) over cell, {PROOF} "  # noqa: S608
    "from facts f join notice n on n.id = f.notice "
    "window cell as (partition by f.row_id, f.column_id) qualify row_number() over "
    f"(partition by f.row_id, f.column_id order by {EARLIEST}) = 1 "
    "order by f.row_id, f.column_id"
)
FACTS_OF_CELL = (
    f"select {PROOF} from facts f join notice n on n.id = f.notice "  # noqa: S608
    f"where f.row_id = ? and f.column_id = ? order by {EARLIEST} limit ? offset ?"
)
FACTS_OF_COVERAGE = (
    f"select {PROOF} from covered f join notice n on n.id = f.notice "  # noqa: S608
    f"where f.column_id = ? order by {EARLIEST} limit ? offset ?"
)
COVERED = """
covered as (
    select l.column_id, l.notice, 1 as measure, null as text,
        case when l.column_id in ('unread', 'partly') then w.what end as context,
        null as part, null as page, null as start_at, null as end_at
    from (select distinct * from listed) l left join (
        select * from problem
        qualify row_number() over (partition by notice order by unread desc, number) = 1
    ) w on w.notice = l.notice
)"""
BASIS = (
    ("documents", "documents in the corpus", "语料中的文件", "select id from notice"),
    (
        "read",
        "read in full",
        "全文已读",
        "select id from counted where id not in (select notice from problem where unread)",
    ),
    (
        "partly",
        "read, but a part could not be read",
        "已读，但部分内容未能读取",
        "select id from counted where id in (select notice from problem where unread)",
    ),
    ("unread", "could not be read", "未能读取", "select id from notice where not readable"),
    (
        "repeated",
        "left out: the same bytes as a document before it",
        "未计入：与之前的文件完全相同",
        "select id from notice where readable and id not in (select id from counted)",
    ),
    (
        "attached",
        "with attachments that were read",
        "附件已读取",
        "select notice from part where capture is not null and problem is null "
        "and notice in (select id from counted)",
    ),
    (
        "unopened",
        "with attachments, or documents inside them, that could not be had or read",
        "附件或其中文件未能取得或读取",
        "select notice from (select notice from part where problem is not null union "
        "select notice from attachment where status is distinct from 200) "
        "where notice in (select id from counted)",
    ),
    (
        "rejected",
        "left out: with a technology that a person says is not bought, which does not count",
        "未计入：其中某项技术经人工核查认定并未采购",
        "select notice from rejected where notice in (select id from counted)",
    ),
    (
        "added",
        "with a technology that a person found and the rules did not, which counts",
        "已计入：其中某项技术由人工发现而规则未发现",
        "select notice from missed where notice in (select id from counted)",
    ),
    ("used", "notices behind this figure", "本图表所依据的公告", "select notice from facts"),
    (
        "doubtful",
        "of them with a value from a scan that may be misread",
        "其中含有可能误识的扫描件数值",
        "select notice from facts natural semi join "
        "(select notice from problem where code = 'fields.doubtful')",
    ),
    (
        "copies",
        "of them reposts of another notice",
        "其中为其他公告的重复发布",
        "select notice from facts natural semi join "
        "(select notice from member where copy_of is not null)",
    ),
    (
        "removed",
        "of them removed from their portal since",
        "其中此后已被网站删除",
        "select notice from facts natural semi join (from watched where verdict = 'removed')",
    ),
    (
        "changed",
        "of them changed on their portal since",
        "其中此后已被网站修改",
        "select notice from facts natural semi join (from watched where verdict = 'changed')",
    ),
)
"""What every figure says of the corpus. The second to the fifth add up to the first."""
WITHDRAWN = "select count(*) from withdrawn where role = 'notice'"
"""Stated where there are any. They open onto nothing: nothing of them is there to be shown."""


def answer(con: DuckDBPyConnection, question: Question, definitions: Definitions | None) -> Figure:
    """The figure: table, chart, method and coverage."""
    with con.cursor() as cursor:  # the facts are worked out once, for the cells and the coverage
        asked = _with(_facts(question), query="select * from facts")
        cursor.execute(f"create temp table facts as {asked}")
        found = cursor.execute(CELLS).fetchall()
        coverage = _coverage(cursor, question)
        errors = measured_error(cursor) if question.with_errors else {}
        called = dict(cursor.execute(question.labels).fetchall()) if question.labels else {}
    sums = {
        (row, column): Tally(_measured(question, column, total), _proof(question, column, proof))
        for row, column, total, *proof in found
    }
    layout = question.lay_out(Tallies(sums, errors), Names(definitions, called))
    return Figure(
        name=question.name,
        en=question.en,
        zh=question.zh,
        question=question.question,
        columns=layout.columns,
        rows=layout.rows,
        chart=layout.chart,
        method=question.method,
        coverage=coverage,
    )


def open_key(
    con: DuckDBPyConnection, question: Question, key: str, limit: int | None, offset: int
) -> tuple[Proof, ...]:
    """The notices behind a number, earliest first; refuses a key that opens nothing."""
    kind, _, name = key.partition("/")
    row, _, column = name.rpartition("/")
    if kind == "coverage":
        values = [name]
        asked = _with(_facts(question), *_covered(question), query=FACTS_OF_COVERAGE)
    else:
        values = [row, column]
        asked = _with(_facts(question), query=FACTS_OF_CELL)
    found = con.cursor().execute(asked, [*values, limit, offset]).fetchall()
    if kind not in ("cell", "coverage") or (not found and offset == 0):
        raise _no_such_key(con, question, key)
    return tuple(_proof(question, column, each) for each in found)


def _coverage(cursor: DuckDBPyConnection, question: Question) -> tuple[Coverage, ...]:
    """Every line of the coverage, from the `facts` table that this cursor has."""
    counting = "select column_id, count(*) from covered group by column_id"
    counts = dict(cursor.execute(_with(*_covered(question), query=counting)).fetchall())
    (withdrawn,) = cursor.execute(WITHDRAWN).fetchone() or (0,)
    lines = tuple(
        Coverage(
            id=name,
            en=en,
            zh=zh,
            count=counts.get(name, 0),
            key=f"coverage/{name}" if name in counts else None,
        )
        for name, en, zh, _ in coverage_lines(question)
    )
    gone = Coverage(
        id="withdrawn", en="withdrawn, and not counted", zh="已撤出，未计入", count=withdrawn
    )
    return (*lines, gone) if withdrawn else lines


def coverage_lines(question: Question) -> list[tuple[str, str, str, str]]:
    """What a figure states of the corpus: name, English, Chinese, and a query of notices."""
    left_out = [
        (f"left-out-{left.id}", f"left out: {left.en}", f"未计入：{left.zh}", left.notices)
        for left in question.left_out
    ]
    return [*BASIS, *left_out]


def _with(*named: str, query: str) -> str:
    return "\n".join(("with", ",\n".join((SHARED, *named)), query))


def _facts(question: Question) -> str:
    return f"facts as ({question.facts}\n)"


def _covered(question: Question) -> tuple[str, str]:
    listed = "\nunion all\n".join(
        f"select '{name}' as column_id, t.id as notice from ({notices}) t(id)"  # noqa: S608
        for name, _, _, notices in coverage_lines(question)
    )
    return f"listed as ({listed}\n)", COVERED


def _measured(question: Question, column: str, measure: Decimal | int) -> int | Decimal:
    """Yuan with two places, and anything else as a whole number where it is one."""
    value = Decimal(measure)
    if column in question.money:
        return value.quantize(Decimal("0.01"))
    return int(value) if value == value.to_integral_value() else value.normalize()


def _proof(question: Question, column: str, found: Any) -> Proof:
    notice, title, buyer, published, measure, text, context, part, page, start, end = found
    return Proof(
        notice=notice,
        title=title,
        buyer=buyer,
        published=published,
        value=_measured(question, column, measure),
        text=text,
        context=context,
        part=part,
        page=page,
        start=start,
        end=end,
    )


def _no_such_key(con: DuckDBPyConnection, question: Question, key: str) -> Refused:
    every = "select distinct 'cell/' || row_id || '/' || column_id from facts"
    known = con.cursor().execute(_with(_facts(question), query=every)).fetchall()
    keys = [row[0] for row in known]
    keys += [f"coverage/{name}" for name, *_ in coverage_lines(question)]
    near = difflib.get_close_matches(key, sorted(keys)[:5000], n=3, cutoff=0.3)
    instead = f"Near it: {', '.join(near)}." if near else f"It has {len(keys)} keys."
    hint = f"{instead} `make_figure` gives the key of every number."
    return Refused(f"The figure {question.name!r} has nothing under the key {key!r}.", hint)
