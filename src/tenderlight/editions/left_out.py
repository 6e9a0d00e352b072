"""What an edition does not hold of its corpus: counted and named, never silent."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from duckdb import DuckDBPyConnection

from tenderlight.editions.asked import Wanted
from tenderlight.editions.manifest import LeftOutOf
from tenderlight.figures import Question, figures


def left_out(
    con: DuckDBPyConnection,
    known: int,
    cited: Collection[str],
    unlisted: int,
    wanted: Sequence[Wanted],
    own: Sequence[Question] = (),
) -> tuple[LeftOutOf, ...]:
    """What is not there, each with its number; nothing where the number is 0."""
    asked = {one.name for one in wanted}
    withdrawn = con.execute("select count(*) from withdrawn where role = 'notice'").fetchone()
    unread = con.execute(
        "select count(*) from notice where not readable and id in (select unnest($cited))",
        {"cited": sorted(cited)},
    ).fetchone()
    told = (
        ("uncited", "notices behind no number: neither text nor evidence of them is here",
         "未被任何数字引用的公告：本版不含其正文和证据", known - len(cited)),
        ("unread", "cited notices that could not be read: they have no text here",
         "被引用但未能读取的公告：本版没有其正文", (unread or (0,))[0]),
        ("withdrawn", "notices that were withdrawn from the corpus",
         "已从语料中撤出的公告", (withdrawn or (0,))[0]),
        ("unlisted", "lines of the coverage whose notices are not listed, for they are too many",
         "因数量过多而未列出公告的统计范围项", unlisted),
        ("figures", "figures that were not asked for", "未选入本版的图表",
         sum(card.name not in asked for card in figures(own))),
    )  # fmt: skip
    return tuple(LeftOutOf(id=id, en=en, zh=zh, count=count) for id, en, zh, count in told if count)
