"""What every figure says of the corpus: collected, read, left out, used, changed since, checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from tenderlight.corpus.reviewing.error import Checked
from tenderlight.figures.asked import Asked
from tenderlight.figures.figure import Coverage, CoverageGroup, ErrorOf, Label
from tenderlight.figures.names import Names
from tenderlight.figures.question import Question
from tenderlight.review.intervals import Interval


class Told(NamedTuple):
    """One line: its name, its words, which notices it counts, and the line that it is a part of.

    `notices` is a query of ids, or a condition (`where …`) on the named query `among`.
    """

    id: str
    group: CoverageGroup
    en: str
    zh: str
    notices: str
    among: str = ""
    of: str | None = None

    @property
    def query(self) -> str:
        """A query of the ids; of a condition, each once."""
        return f"select id from {self.among} {self.notices}" if self.among else self.notices  # noqa: S608 - our own words


BASIS = (
    Told("documents", "collected", "documents in the corpus", "语料中的文件", "", "marked"),
    Told("read", "read", "read in full", "全文已读", "where not is_partly", "counted"),
    Told(
        "partly",
        "read",
        "read, but a part could not be read",
        "已读，但部分内容未能读取",
        "where is_partly",
        "counted",
    ),
    Told("unread", "read", "could not be read", "未能读取", "where not readable", "marked"),
    Told(
        "repeated",
        "left-out",
        "left out: the same bytes as a document before it",
        "未计入：与之前的文件完全相同",
        "where readable and not is_first",
        "marked",
    ),
    Told(
        "outside",
        "left-out",
        "left out: outside of the scope of this figure",
        "未计入：不在本图表的统计范围内",
        "select id from singled anti join counted using (id)",
    ),
    Told(
        "attached",
        "read",
        "with attachments that were read",
        "附件已读取",
        "where is_attached",
        "counted",
    ),
    Told(
        "unopened",
        "read",
        "with attachments, or documents inside them, that could not be had or read",
        "附件或其中文件未能取得或读取",
        "where is_unopened",
        "counted",
    ),
    Told(
        "rejected",
        "left-out",
        "left out: with a technology that a person says is not bought, which does not count",
        "未计入：其中某项技术经人工核查认定并未采购",
        "select notice from rejected where notice in (select id from counted)",
    ),
    Told(
        "added",
        "checked",
        "with a technology that a person found and the rules did not, which counts",
        "已计入：其中某项技术由人工发现而规则未发现",
        "select notice from missed where notice in (select id from counted)",
    ),
    Told("used", "used", "notices behind this figure", "本图表所依据的公告", "", "behind"),
    Told(
        "confirmed",
        "checked",
        "of them with a technology that a person confirmed",
        "其中某项技术已经人工确认",
        "select notice from named where confirmed and notice in (select id from behind)",
        of="used",
    ),
    Told(
        "doubtful",
        "used",
        "of them with a value from a scan that may be misread",
        "其中含有可能误识的扫描件数值",
        "where is_doubtful",
        "behind",
        "used",
    ),
    Told(
        "unsure",
        "used",
        "of them with a sum that is not certain and is in no amount",
        "其中含有不确定、未计入任何金额的数额",
        "where is_unsure",
        "behind",
        "used",
    ),
    Told(
        "copies",
        "used",
        "of them reposts of another notice",
        "其中为其他公告的重复发布",
        "where copy_of is not null",
        "behind",
        "used",
    ),
    Told(
        "removed",
        "since",
        "of them removed from their portal since",
        "其中此后已被网站删除",
        "select notice from watched where verdict = 'removed' "
        "and notice in (select id from behind)",
        of="used",
    ),
    Told(
        "changed",
        "since",
        "of them changed on their portal since",
        "其中此后已被网站修改",
        "select notice from watched where verdict = 'changed' "
        "and notice in (select id from behind)",
        of="used",
    ),
)
"""What every figure says of the corpus. Those that were read or not, repeated and outside add up
to the documents."""
BEHIND = "behind as (select * from marked where id in (select notice from facts))"
"""The notices behind the figure."""
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
WITHDRAWN = "select count(*) from withdrawn where role = 'notice'"
"""Stated where there are any. They open onto nothing: nothing of them is there to be shown."""
SEARCHED = """select count(*), coalesce(sum(requests), 0), coalesce(sum(failed), 0) from (
    select id, max(requests) as requests, max(failed) as failed from run group by id)"""
RUNS = (
    ("runs", "collections, later looks and archives taken in", "采集、复查与档案导入次数"),
    ("requests", "requests to portals, or records of archives", "向网站发出的请求或档案中的记录"),
    ("failed", "of them without a good answer", "其中未获有效应答"),
)
ERRORS = "select n.id, count(*) from named n join behind b on b.id = n.notice group by n.id"


def told_of(question: Question) -> tuple[Told, ...]:
    """Every line that counts notices: those of all figures, then what this one leaves out."""
    return BASIS + tuple(
        Told(
            f"left-out-{left.id}",
            "left-out",
            f"left out: {left.en}",
            f"未计入：{left.zh}",
            left.notices,
        )
        for left in question.left_out
    )


def coverage_keys(question: Question) -> list[str]:
    """The keys of the lines that open onto notices."""
    return [f"coverage/{told.id}" for told in told_of(question)]


def covered(asked: Asked) -> tuple[str, ...]:
    """The named queries `behind`, `listed` and `covered`: every line with its notices."""
    listed = "\nunion all\n".join(
        f"select '{told.id}' as column_id, t.id as notice from ({told.query}) t(id)"  # noqa: S608
        for told in told_of(asked.question)
    )
    return BEHIND, f"listed as ({listed}\n)", COVERED


def coverage(cursor: DuckDBPyConnection, asked: Asked) -> tuple[Coverage, ...]:
    """Every line, from the tables `facts` and `behind` that this cursor has."""
    told = told_of(asked.question)
    counts: dict[str, int] = {}
    for query in _countings(told):
        sql, values = asked.sql(query)
        found = cursor.execute(sql, values)
        names = [column[0] for column in found.description or ()]
        counts |= {id: n for id, n in zip(names, found.fetchone() or (), strict=True) if n}
    lines = tuple(_line(each, counts) for each in told)
    return (*_searched(cursor), *lines, *_withdrawn(cursor))


def _countings(told: Sequence[Told]) -> Iterator[str]:
    """Queries of one row, whose columns are called as the lines that they count.

    Conditions on the same notices are counted in one go over them.
    """
    for among in sorted({each.among for each in told if each.among}):
        columns = (
            f'count(*) filter ({each.notices or "where true"}) as "{each.id}"'
            for each in told
            if each.among == among
        )
        yield f"select {', '.join(columns)} from {among}"  # noqa: S608 - our own words
    for each in told:
        if not each.among:
            yield f'select count(distinct t.id) as "{each.id}" from ({each.query}) t(id)'  # noqa: S608


def _line(told: Told, counts: Mapping[str, int]) -> Coverage:
    return Coverage(
        id=told.id,
        en=told.en,
        zh=told.zh,
        count=counts.get(told.id, 0),
        key=f"coverage/{told.id}" if told.id in counts else None,
        group=told.group,
        of=counts.get(told.of, 0) if told.of else None,
    )


def _searched(cursor: DuckDBPyConnection) -> tuple[Coverage, ...]:
    """How often portals were asked; nothing where the corpus was filled from folders."""
    runs, *asked = cursor.execute(SEARCHED).fetchone() or (0,)
    return tuple(
        Coverage(id=id, en=en, zh=zh, count=int(count), group="collected", page="/runs")
        for (id, en, zh), count in zip(RUNS, (runs, *asked), strict=True)
        if runs
    )


def _withdrawn(cursor: DuckDBPyConnection) -> tuple[Coverage, ...]:
    (count,) = cursor.execute(WITHDRAWN).fetchone() or (0,)
    en, zh = "withdrawn, and not counted", "已撤出，未计入"
    line = Coverage(id="withdrawn", en=en, zh=zh, count=count, group="since")
    return (line,) if count else ()


def errors_of(
    cursor: DuckDBPyConnection,
    asked: Asked,
    errors: Mapping[str, Checked],
    names: Names,
) -> tuple[ErrorOf, ...]:
    """The measured error of each technology that notices behind the figure buy, most used first.

    Reads the table `behind` that this cursor has.
    """
    sql, values = asked.sql(ERRORS)
    behind = cursor.execute(sql, values).fetchall()
    return tuple(
        _error(id, names.technology(id), count, errors.get(id))
        for id, count in sorted(behind, key=lambda each: (-each[1], each[0]))
    )


def _error(id: str, label: Label, notices: int, checked: Checked | None) -> ErrorOf:
    return ErrorOf(
        technology=id,
        en=label.en,
        zh=label.zh,
        notices=notices,
        state=checked.state if checked else "not-measured",
        precision=_ends(checked.precision) if checked else None,
        recall=_ends(checked.recall) if checked else None,
        found=checked.found if checked else 0,
        corrected=_ends(checked.corrected) if checked else None,
    )


def _ends(interval: Interval | None) -> tuple[float, float, float] | None:
    return None if interval is None else (interval.value, interval.low, interval.high)
