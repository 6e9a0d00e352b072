"""How well figures, rules and mismatches are found in invented notices that were labelled first."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tenderlight.model import Block, Cited, Fields, Findings, Item, Money, Reading
from tenderlight.technologies import Definitions, find_findings, load_definitions

HERE = Path(__file__).parent
Told = tuple[str, str, bool]
"""A notice's text, a fact, and whether it is right."""


def notices(name: str) -> list[dict[str, Any]]:
    """The labelled notices of one file."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["notice"]


def read(
    text: str, table: list[list[str]] | None = None, cells: list[list[str]] | None = None
) -> tuple[Reading, Fields]:
    """A text as a reading of lines; below it a table of goods, its rows as fields, or of others."""
    blocks: list[Block] = []
    items: list[Item] = []
    lines: list[str] = []
    start = 0

    def add(line: str, **place: Any) -> None:
        nonlocal start
        blocks.append(Block(start, start + len(line), "cell" if place else "text", **place))
        lines.append(line)
        start += len(line) + 1

    for line in text.split("\n"):
        add(line)
    for row, printed in enumerate(table or cells or []):
        for column, cell in enumerate(printed):
            add(cell, table=0, row=row, column=column)
    reading = Reading(text="\n".join(lines), blocks=tuple(blocks), media_type="text/plain")
    for row in range(1, len(table or [])):
        items.append(_item(reading, [b for b in blocks if b.table == 0 and b.row == row]))
    return reading, Fields(items=tuple(items))


def _item(reading: Reading, cells: list[Block]) -> Item:
    """Name, quantity, unit, unit price and total of a row, as far as it has them."""
    at = [reading.passage(cell.start, cell.end) for cell in cells]
    named: dict[str, Any] = {"name": Cited(value=at[0].text, at=at[0])}
    if len(at) > 1:
        named["quantity"] = Cited(value=Decimal(at[1].text), at=at[1])
    if len(at) > 2:
        named["unit"] = Cited(value=at[2].text, at=at[2])
    for key, cell in zip(("unit_price", "total"), at[3:], strict=False):
        named[key] = Cited(value=Money(amount=Decimal(cell.text)), at=cell)
    return Item(**named)


def look(one: dict[str, Any], definitions: Definitions) -> Findings:
    """What is found in a labelled notice."""
    return find_findings(*read(one["text"], one.get("table"), one.get("cells")), definitions)


def missed_quantities(definitions: Definitions, name: str) -> Iterator[Told]:
    """Each figure that a notice states, and whether it was found; `-name` for one that it is not.

    A figure that must not be found is right where nothing was found.
    """
    for one in notices(name):
        found = {(q.what, str(q.value)) for q in look(one, definitions).quantities}
        for what, values in one["found"].items():
            for value in values:
                yield one["text"], f"{what} {value}", (what, value) in found
        for what in one.get("not", []):
            yield one["text"], f"-{what}", not any(name == what for name, _ in found)


MORE = 20
"""What a quotation may hold beside the rule: the name of the system before a colon."""


def _whole(said: str, first: str, last: str) -> bool:
    start, end = said.find(first), said.rfind(last) + len(last)
    return 0 <= start <= MORE and end >= len(last) and len(said) - end <= 1


def missed_rules(definitions: Definitions, name: str = "rules") -> Iterator[Told]:
    """Each rule of a notice, and whether it was found from its first to its last character, with
    at most `MORE` characters more.

    `-name` for each rule that was found where there is none.
    """
    for one in notices(name):
        found = [(rule.id, rule.at.text) for rule in look(one, definitions).conditions]
        for id, quote in one["rules"]:
            first, _, last = quote.partition("…")
            whole = any(kind == id and _whole(said, first, last or first) for kind, said in found)
            yield one["text"], f"{id} {quote}", whole
        if one.get("only"):
            yield one["text"], f"-{[kind for kind, _ in found]}", not found


def missed_mismatches(definitions: Definitions, name: str = "mismatches") -> Iterator[Told]:
    """Each mismatch of a notice, and whether it was shown; `-name` for each false alarm."""
    for one in notices(name):
        found = {mismatch.check for mismatch in look(one, definitions).mismatches}
        for check in one["checks"]:
            yield one["text"], check, check in found
        for check in sorted(found - set(one["checks"])):
            yield one["text"], f"-{check}", False
        if not one["checks"] and not found:
            yield one["text"], "silence", True


def measure(definitions: Definitions) -> dict[str, list[Told]]:
    """Every fact of the labelled notices, by what it is about."""
    return {
        "quantities": list(missed_quantities(definitions, "quantities")),
        "quantities, second set": list(missed_quantities(definitions, "held")),
        "rules": list(missed_rules(definitions)),
        "rules, second set": list(missed_rules(definitions, "rules_held")),
        "mismatches": list(missed_mismatches(definitions)),
        "mismatches, second set": list(missed_mismatches(definitions, "mismatches_held")),
    }


FIRST = {
    "quantities": "79 of 94",
    "quantities, second set": "38 of 45",
    "rules": "24 of 37",
    "rules, second set": "10 of 14",
    "mismatches": "40 of 49",
    "mismatches, second set": "14 of 17",
}
"""What was right when each set was run for the first time, before anything was mended for it."""


def section(floors: dict[str, float]) -> tuple[str, list[str]]:
    """The text for docs/benchmarks.md, and what is below its floor."""
    lines = [
        "## Figures, rules and mismatches\n",
        "Invented sentences, labelled before the finders were run on them (`bench/stated/`). "
        "`first` is what was right at the first run, before anything was mended for it: expect "
        "that of notices that nobody here has seen.\n",
        "| set | facts | right | share | first | floor |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    short = []
    for name, told in measure(load_definitions()).items():
        right = sum(one[2] for one in told)
        share, floor = right / len(told), floors[name]
        lines.append(f"| {name} | {len(told)} | {right} | {share:.3f} | {FIRST[name]} | {floor} |")
        if share < floor:
            short.append(f"stated: {name} {share:.3f} < {floor}")
    return "\n".join(lines) + "\n", short


if __name__ == "__main__":
    for name, told in measure(load_definitions()).items():
        for text, fact, right in told:
            if not right:
                print(fact, "|", text)
        print(name, sum(one[2] for one in told), "of", len(told))
