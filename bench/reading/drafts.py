"""From the drafts in `texts/` to notices: slots are filled by chance, values are marked.

A draft is plain text. `# ` begins the title, `## ` a heading, `| a | b |` a row of a table in
which `>` joins a cell to its left neighbour and `^` to the one above; every other line is a
paragraph. `@table RULES HEADER WIDTHS` stands before a table, `@repeat N` before a row that is
written N times, `@columns 2` at the top of a text without tables that is set in two columns.
Slots stand in `<…>`: `<amount:budget>` is an amount in figures, the same one
wherever that name returns, `<capitals:budget>` the same in capitals, `<goods>` a word of the list
`goods` in `texts/stock.txt`. Everything is invented.
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from bench.reading.truth import Notice, Piece, Table, Value, ValueKind
from bench.reading.values import capitals, credit_code, dated, project_number, some_day

TEXTS = Path(__file__).resolve().parent / "texts"
_SLOT = re.compile(r"<([a-z_]+)(?::([A-Za-z0-9-]+))?>")
_RANGE = re.compile(r"(\d+)-(\d+)$")
_KINDS: dict[str, ValueKind] = {
    "amount": "amount",
    "yuan": "amount",
    "wan": "amount",
    "number": "number",
    "code": "code",
    "long": "date",
    "dash": "date",
    "slash": "date",
    "clock": "date",
    "hanzi": "date",
    "roc": "date",
    "english": "date",
    "russian": "date",
    "capitals": "amount",
}


def load_stock() -> dict[str, list[str]]:
    """The lists of words, by name."""
    stock: dict[str, list[str]] = {}
    for line in (TEXTS / "stock.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = stock[line.strip("[]")] = []
        elif line.strip():
            words.append(line)
    return stock


class Filler:
    """Fills slots. What has a name, or may stand in a notice once only, is remembered."""

    def __init__(self, seed: str, stock: dict[str, list[str]]) -> None:
        self.chance = Random(seed)
        self.lists = {name: self._shuffled(words) for name, words in stock.items()}
        self.named: dict[tuple[str, str], str] = {}
        self.count = 0

    def _shuffled(self, words: list[str]) -> list[str]:
        return self.chance.sample(words, len(words))

    def fill(self, draft: str) -> tuple[str, tuple[Value, ...]]:
        """The text of a line, and the values in it."""
        text, at, values = "", 0, []
        for slot in _SLOT.finditer(draft):
            text += draft[at : slot.start()]
            word = self._word(slot[1], slot[2] or "")
            inner = _SLOT.search(word)
            word = self.fill(word)[0] if inner else word
            if kind := _KINDS.get(slot[1]):
                values.append(Value(kind, len(text), len(text) + len(word)))
            text, at = text + word, slot.end()
        return text + draft[at:], tuple(values)

    def _word(self, slot: str, name: str) -> str:
        if slot == "int" and (bounds := _RANGE.match(name)):
            return str(self.chance.randint(int(bounds[1]), int(bounds[2])))
        if slot == "n":
            self.count += 1
            return str(self.count)
        if name and (slot, name) in self.named:
            return self.named[slot, name]
        word = self._drawn(slot, name)
        if name:
            self.named[slot, name] = word
        return word

    def _drawn(self, slot: str, name: str) -> str:
        if slot in ("amount", "yuan", "wan", "capitals"):
            return self._amount(slot, name)
        if slot == "number":
            return project_number(self.chance)
        if slot == "code":
            return credit_code(self.chance)
        if slot in _KINDS:
            return dated(some_day(self.chance), slot)
        if slot == "phone":
            return f"0{self.chance.randint(310, 998)}-{self.chance.randint(2_000_000, 8_999_999)}"
        words = self.lists[slot]
        words.append(words.pop(0))
        return words[-1]

    def _amount(self, slot: str, name: str) -> str:
        key = ("fen", name)
        if not name or key not in self.named:
            fen = self.chance.choice((1, 10, 100, 1_000, 10_000)) * self.chance.randint(98, 98_765)
            self.named[key] = str(fen * 100 + self.chance.choice((0, 0, 0, 50, 38)))
        fen = int(self.named[key])
        if slot == "capitals":
            return capitals(fen)
        if slot == "wan":
            return f"{fen / 1_000_000:.6f}".rstrip("0").rstrip(".")
        return f"{fen / 100:,.2f}" if slot == "amount" else f"{fen / 100:.2f}"


def write_notice(name: str, draft: str, stock: dict[str, list[str]], seed: str) -> Notice:
    """One notice from a draft; the same seed gives the same notice."""
    filler = Filler(seed, stock)
    pieces: list[Piece] = []
    tables: list[Table] = []
    rows: list[str] = []
    settings: dict[str, str] = {"furniture": "虚构样本 invented sample|第#页"}
    times = 1
    for line in [*draft.strip().splitlines(), ""]:
        if line.startswith("|"):
            rows += [line] * times
            times = 1
            continue
        if line.startswith("@repeat"):
            times = int(line.split()[1])
            continue
        if rows:
            pieces += table_cells(rows, len(tables) - 1, filler)
            rows = []
        if line.startswith("@table"):
            tables.append(_table(line))
            filler.count = 0
        elif line.startswith("@"):
            key, _, value = line[1:].partition(" ")
            settings[key] = value
        elif line:
            pieces.append(_paragraph(line, filler))
    return Notice(
        name=name,
        language=settings.get("language", "zh-Hans"),  # type: ignore[arg-type]
        pieces=tuple(pieces),
        tables=tuple(tables),
        furniture=tuple(settings["furniture"].split("|")),
        columns=int(settings.get("columns", "1")),
    )


def _table(line: str) -> Table:
    _, rules, header, widths = line.split()
    relative = tuple(float(width) for width in widths.split(":"))
    return Table(widths=relative, rules=rules, header=int(header))  # type: ignore[arg-type]


def _paragraph(line: str, filler: Filler) -> Piece:
    kind = "title" if line.startswith("# ") else "heading" if line.startswith("## ") else "text"
    text, values = filler.fill(line.lstrip("# "))
    return Piece(text=text, kind=kind, values=values)  # type: ignore[arg-type]


def table_cells(rows: list[str], table: int, filler: Filler) -> list[Piece]:
    """The cells of a drafted table, row by row, with their spans."""
    grid = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
    cells = []
    for r, row in enumerate(grid):
        for c, draft in enumerate(row):
            if draft in (">", "^"):
                continue
            wide, high = 1, 1
            while c + wide < len(row) and row[c + wide] == ">":
                wide += 1
            while r + high < len(grid) and grid[r + high][c] == "^":
                high += 1
            text, values = filler.fill(draft)
            cells.append(
                Piece(
                    text=text,
                    kind="cell",
                    table=table,
                    row=r,
                    column=c,
                    row_span=high,
                    column_span=wide,
                    values=values,
                )
            )
    return cells
