"""How a figure of a corpus' own is counted, in the words of the other figures; in Chinese below."""

from __future__ import annotations

from tenderlight.asking.built import Built
from tenderlight.asking.dimensions import DIMENSIONS
from tenderlight.asking.facts import LINES
from tenderlight.asking.lay_out import ABOUT, MEASURES
from tenderlight.asking.saved import Written

CHINESE = """由本资料库的选项构成的统计。

方法：{about}{named}，按{lines}{beside}统计。{unit}首行各项只计一次。最多列出 {most} 行，取最大者。

不计入：无法读取的文件；与此前文件逐字节相同的文件；不涉及该主题的公告；不确定或以外币计的金额。

前提：一份公告可归入多行或多列，故各行、各列均不可相加；合计行与合计列中每项只计一次。
未列出的行仅表示本资料库中未发现，不能证明不存在。"""
CHINESE_WRITTEN = """以 SQL 对本资料库的公开视图写成的统计，查询语句见上。

方法：{unit}结果的每一行计入一行一列，并指明其依据的公告，可逐一打开。

不计入：无法读取的文件；与此前文件逐字节相同的文件；查询未涉及的内容。

前提：除作者外无人核查该查询。未列出的行仅表示本资料库中未发现，不能证明不存在。"""
UNITS = {
    "purchases": "同一采购项目在每格只计一次，依据其中最早的公告。",
    "notices": "同一公告在每格只计一次。",
    "buyers": "同一机构在每格只计一次，依据其作为采购人的最早公告。",
    "suppliers": "同一供应商在每格只计一次，依据最早载明它的公告。",
}


def method_of(built: Built) -> str:
    """How it is counted, in the words of the other figures."""
    named = f" ({', '.join(built.ids)})" if built.ids else ""
    unit = {
        "purchases": "A purchase counts once in each cell, by the first of these notices.",
        "notices": "A notice counts once in each cell.",
        "buyers": "An organisation counts once in each cell, by the first notice it is buyer in.",
        "suppliers": "A supplier counts once in each cell, by the first notice that names it.",
        "largest": f"A number is the largest “{built.quantity}” that one notice states: read it.",
    }.get(
        built.measure,
        f"A number adds up {built.measure} sums in yuan of the purchases of which a notice is one "
        "of these: each sum once (docs/purchases.md), under the notice that states it; what is "
        "bought is taken from all notices of the purchase.",
    )
    beside = "" if built.columns == "none" else f", by {DIMENSIONS[built.columns].label.en.lower()}"
    english = f"""A figure that was built in this corpus.

Method: {ABOUT[built.about].en}{named}, by {DIMENSIONS[built.rows].label.en.lower()}{beside}. {unit}
The first line counts everything once. At most {LINES} lines are listed, the largest.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices without this subject; sums that are not certain or in other currencies.

Assumptions: one notice may come under several lines or columns, so neither may be added; the line
and the column of all count each once. A line that is absent was not found in this corpus, which
does not prove that there is nothing."""
    return f"{english}\n\n{_in_chinese(built)}"


def _in_chinese(built: Built) -> str:
    what = MEASURES[built.measure].zh
    sums = f"数字为相关采购项目的{what}之和，每笔只计一次，列于载明它的公告之下。"
    unit = UNITS.get(built.measure, sums)
    if built.measure == "largest":
        unit = f"数字为单份公告所载“{built.quantity}”的最大值，须读原文。"
    beside = "" if built.columns == "none" else f"、{DIMENSIONS[built.columns].label.zh}"
    return CHINESE.format(
        about=ABOUT[built.about].zh,
        named=f"（{'、'.join(built.ids)}）" if built.ids else "",
        lines=DIMENSIONS[built.rows].label.zh,
        beside=beside,
        unit=unit,
        most=LINES,
    )


def method_of_written(written: Written) -> str:
    """What it counts: the query itself, with what holds of all of them."""
    unit = "Its sums are yuan. " if written.money else ""
    english = f"""A figure that was written in SQL for this corpus, over documented views.

Method: {unit}Each row of the answer adds its measure to one line and column, and names the notice
it rests on, which opens. The query (docs/views.md says what the views hold):

{written.sql.strip()}

Exclusions: documents that could not be read; documents with the same bytes as one before them;
what the query leaves out.

Assumptions: nobody but its author has checked the query. A line that is absent was not found in
this corpus, which does not prove that there is nothing."""
    return f"{english}\n\n{CHINESE_WRITTEN.format(unit='金额以元计。' if written.money else '')}"
