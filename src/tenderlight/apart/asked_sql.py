"""What a question in SQL may be made of: one SELECT over given tables, of functions that count.

What is not named here is refused: nothing that reads a file, a setting, the surroundings or a
clock, that throws dice, or that can grow without end. It is checked in the syntax tree that the
database itself makes of the question, before it is asked.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

WORDS = """
+ - * / // % ^ ** & | ~ << >> || ~~ !~~ ~~* !~~* ~~~ !__postfix @ ^@ abs acos add any_value
approx_count_distinct arg_max arg_min array_contains array_distinct array_extract array_length
array_slice ascii avg bool_and bool_or bit_length ceil ceiling char_length character_length chr
concat concat_ws contains corr cos count count_if count_star countif covar_pop covar_samp
cume_dist date_diff date_part date_trunc datediff datepart datetrunc day dayname dayofmonth
dayofweek dayofyear decade dense_rank divide ends_with epoch even exp extract first first_value
floor fmod greatest hour if ifnull instr isfinite isinf isnan isodow isoyear kurtosis lag last
last_day last_value lcase lead least left left_grapheme len length levenshtein list
list_any_value list_contains list_count list_distinct list_extract list_has list_has_all
list_has_any list_max list_min list_position list_sort list_sum list_unique list_value ln log
log10 log2 lower ltrim mad max max_by mean median millennium min min_by minute mod mode month
monthname multiply nth_value ntile nullif percent_rank pi position pow power prefix product
quantile quantile_cont quantile_disc quarter rank regexp_extract regexp_extract_all
regexp_full_match regexp_matches reverse right round row row_number rtrim second sign sin
skewness split split_part sqrt starts_with stddev stddev_pop stddev_samp strftime str_split
strip_accents strlen strpos strptime struct_extract struct_pack subtract substr substring suffix
sum tan to_days to_months to_years to_weeks trim trunc try_strptime ucase unicode union_extract
unnest upper var_pop var_samp variance week weekday weekofyear xor year yearweek
"""
FUNCTIONS = frozenset(WORDS.split())
"""Those that count, compare and cut. None that makes text longer but for joining two."""
TABLE_FUNCTIONS = frozenset({"unnest"})
TABLES = frozenset({"BASE_TABLE", "JOIN", "SUBQUERY", "EMPTY", "EXPRESSION_LIST", "TABLE_FUNCTION"})
NODES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE"})
MODIFIERS = frozenset({"ORDER_MODIFIER", "LIMIT_MODIFIER", "DISTINCT_MODIFIER"})
OTHERS = frozenset(
    {"ASCENDING", "DESCENDING", "ORDER_DEFAULT", "DECIMAL_TYPE_INFO", "LIST_TYPE_INFO"}
    | {"STRUCT_TYPE_INFO", "STRING_TYPE_INFO", "GENERIC_TYPE_INFO", "INTEGER_LITERAL_TYPE_INFO"}
    | {"UNBOUND_TYPE_INFO"}
)
"""What stands in a tree beside expressions: orders and the makings of types."""
SURROUNDINGS = frozenset(
    {"current_catalog", "current_database", "current_date", "current_role", "current_schema"}
    | {"current_time", "current_timestamp", "current_user", "localtime", "localtimestamp"}
    | {"session_user", "user"}
)
"""Columns that are none: they tell the hour, or who is asking."""


class NotAsked(Exception):
    """The question may not be asked so; says why."""


def check(tree: str, tables: Collection[str]) -> None:
    """Raise NotAsked unless the tree that `json_serialize_sql` gives is of what is named here."""
    try:
        read = json.loads(tree)
        if read.get("error"):
            raise NotAsked(str(read.get("error_message", "it cannot be read")))
        if len(read["statements"]) != 1:
            raise NotAsked("it is more than one statement")
        nodes = list(_nodes(read))
    except RecursionError:
        raise NotAsked("it is nested too deeply") from None
    known = {table.lower() for table in tables} | {name.lower() for name in _named(nodes)}
    for node in nodes:
        _check_node(node, known)


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        for below in tree.values():
            yield from _nodes(below)
    elif isinstance(tree, list):
        for below in tree:
            yield from _nodes(below)


def _named(nodes: list[dict[str, Any]]) -> Iterator[str]:
    """Names that the question itself gives with WITH."""
    for node in nodes:
        ctes = node.get("cte_map")
        if isinstance(ctes, dict):
            yield from (each["key"] for each in ctes.get("map", ()))


def _check_node(node: dict[str, Any], known: Collection[str]) -> None:
    kind = node.get("type")
    if node.get("sample") is not None:
        raise NotAsked("it draws a sample, which is another one each time")
    if "class" in node:
        _check_expression(node)
    elif kind in TABLES:
        _check_table(node, known)
    elif isinstance(kind, str) and kind not in NODES | MODIFIERS | OTHERS:
        raise NotAsked(f"it uses {kind.lower().replace('_', ' ')}, which is not among what counts")


def _check_expression(node: dict[str, Any]) -> None:
    if (name := node.get("function_name")) is not None:
        if name.lower() not in FUNCTIONS:
            raise NotAsked(f"it uses the function {name}, which is not among those that count")
        if node.get("schema") or node.get("catalog"):
            raise NotAsked(f"it names a function of another place: {name}")
    names = node.get("column_names")
    if isinstance(names, list) and len(names) == 1 and names[0].lower() in SURROUNDINGS:
        raise NotAsked(f"it asks for {names[0]}")
    if node.get("class") in ("PARAMETER", "COLLATE", "DEFAULT", "POSITIONAL_REFERENCE"):
        raise NotAsked(f"it uses {node['class'].lower().replace('_', ' ')}")


def _check_table(node: dict[str, Any], known: Collection[str]) -> None:
    kind = node["type"]
    if kind == "BASE_TABLE":
        name = str(node.get("table_name", ""))
        if node.get("schema_name") or node.get("catalog_name") or name.lower() not in known:
            raise NotAsked(f"it reads {name!r}, which is none of the documented views")
    if kind == "TABLE_FUNCTION":
        name = str((node.get("function") or {}).get("function_name", ""))
        if name not in TABLE_FUNCTIONS:
            raise NotAsked(f"it reads from the function {name}")
