"""How well exported notices agree with labels that people made by reading.

    score.py LABELS EXPORT.jsonl [--json] [--wrong FIELD] [--floor FIELD=0.95 ...]

LABELS is a folder with one JSON object per notice, EXPORT one notice a line; they are matched by
file name. A field counts what both say (right), what only the label says (missed) and what only
the export says (extra). `null` in a label means that the notice does not say. `items` and
`surveillance_purchase` are left out where the label is null, `quantities` too; and since labels
hold only a notice's main figures, extra quantities are not counted against the export.
`cited` is the share of exported values that carry a passage, `notices` of labels with a row,
`evidence` of technologies found that quote words of the labelled quotation: two characters or more
in a row.
Leaves with status 1 where a floor is not met.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

Notice = Mapping[str, Any]
Facts = Counter[Hashable]
Table = dict[str, dict[str, float | int | None]]

_DROPPED = frozenset("\"'“”‘’《》<>()[]【】{}·,，。.、;；:：-—_/")
_CITED = (
    *("project_name", "project_number", "buyer", "agency", "published", "opening"),
    *("budget_cny", "ceiling_cny"),
)


def bare(text: object) -> str:
    """Text without width, case, white space and most punctuation.

    >>> bare("Ａ区（公安局）")
    'a区公安局'
    """
    folded = unicodedata.normalize("NFKC", str(text)).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in _DROPPED)


def number(value: object) -> str | None:
    """A number in one way of writing: `12.50` and `12.5` are the same.

    >>> number("12.50") == number("12.5")
    True
    """
    try:
        return str(Decimal(str(value)).normalize())
    except InvalidOperation:
        return None


def _one(field: str, read: Callable[[Any], Hashable]) -> Callable[[Notice], Facts]:
    def facts(notice: Notice) -> Facts:
        value = notice.get(field)
        return Counter([read(value)]) if value else Counter()

    return facts


def _set(field: str, only: str | None = None) -> Callable[[Notice], Facts]:
    def facts(notice: Notice) -> Facts:
        found = notice.get(field) or ()
        return Counter({f["id"] for f in found if only is None or f.get("relation") == only})

    return facts


def _winners(notice: Notice) -> Facts:
    return Counter(bare(a["supplier"]) for a in notice.get("awards") or () if a.get("supplier"))


def _award_amounts(notice: Notice) -> Facts:
    awards = [a for a in notice.get("awards") or () if a.get("supplier")]
    priced = [a for a in awards if a.get("amount_cny") is not None]
    return Counter((bare(a["supplier"]), number(a["amount_cny"])) for a in priced)


def _items(notice: Notice) -> Facts:
    items = [i for i in notice.get("items") or () if i.get("name")]
    return Counter((bare(i["name"]), number(i.get("quantity"))) for i in items)


def _quantities(notice: Notice) -> Facts:
    return Counter({(q["what"], number(q["value"])) for q in notice.get("quantities") or ()})


def _surveillance(notice: Notice) -> Facts:
    return Counter(["yes"]) if notice.get("surveillance_purchase") is True else Counter()


def _day(value: object) -> str:
    return str(value)[:10]


FACTS: dict[str, Callable[[Notice], Facts]] = {
    **{name: _one(name, str) for name in ("notice_type", "procedure")},
    **{name: _one(name, bare) for name in ("project_name", "project_number", "buyer", "agency")},
    **{name: _one(name, _day) for name in ("published", "opening")},
    **{name: _one(name, str) for name in ("province_code", "county_code")},
    **{name: _one(name, number) for name in ("budget_cny", "ceiling_cny")},
    "winners": _winners,
    "award_amounts": _award_amounts,
    "items": _items,
    "surveillance_purchase": _surveillance,
    "technologies_bought": _set("technologies", "bought"),
    "technologies_any": _set("technologies"),
    "targets": _set("targets"),
    "quantities": _quantities,
}
_UNLABELLED_IF_NULL = frozenset({"items", "quantities", "surveillance_purchase"})


def load_labels(folder: Path) -> dict[str, Notice]:
    """Labels by the name of the file that they are about."""
    labels = (
        json.loads(p.read_text("utf-8")) | {"_": p.stem} for p in sorted(folder.glob("*.json"))
    )
    return {Path(label.get("file") or label["_"]).name: label for label in labels}


def by_file(notices: Iterable[Notice]) -> dict[str, Notice]:
    """Exported notices by file name."""
    return {Path(str(notice.get("file") or notice.get("id"))).name: notice for notice in notices}


def load_export(path: Path) -> dict[str, Notice]:
    """Exported notices of a JSON Lines file by file name."""
    with path.open(encoding="utf-8") as lines:
        return by_file(json.loads(line) for line in lines if line.strip())


def compare(
    field: str, labels: Mapping[str, Notice], exported: Mapping[str, Notice]
) -> Iterator[tuple[str, Facts, Facts]]:
    """File, what the label states and what the export states, wherever the field is labelled."""
    for name, label in labels.items():
        if field not in _UNLABELLED_IF_NULL or label.get(field) is not None:
            yield name, FACTS[field](label), FACTS[field](exported.get(name, {}))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _figures(pairs: Sequence[tuple[str, Facts, Facts]], recall_only: bool) -> dict[str, Any]:
    right = sum((truth & said).total() for _, truth, said in pairs)
    stated = sum(truth.total() for _, truth, _ in pairs)
    claimed = right if recall_only else sum(said.total() for *_, said in pairs)
    return {
        "stated": stated,
        "precision": _share(right, claimed),
        "recall": _share(right, stated),
        "f1": _share(2 * right, stated + claimed),
    }


def score(labels: Mapping[str, Notice], exported: Mapping[str, Notice]) -> Table:
    """For every field how many facts are stated, precision, recall and F1."""
    table: Table = {
        field: _figures(list(compare(field, labels, exported)), field == "quantities")
        for field in FACTS
    }
    rows = [exported.get(name, {}) for name in labels]
    claims = [(row, field) for row in rows for field in _CITED if row.get(field)]
    cited = sum(bool((row.get("passages") or {}).get(f, {}).get("text")) for row, f in claims)
    present = sum(name in exported for name in labels)
    shares = (
        ("cited", cited, len(claims)),
        ("notices", present, len(labels)),
        ("evidence", *_evidence(labels, exported)),
    )
    for field, part, whole in shares:
        table[field] = {
            "stated": whole,
            "precision": None,
            "recall": None,
            "f1": _share(part, whole),
        }
    return table


def _pieces(text: object) -> set[str]:
    """Every two characters that follow each other."""
    plain = bare(text)
    return {plain[n : n + 2] for n in range(len(plain) - 1)}


def quotations(
    labels: Mapping[str, Notice], exported: Mapping[str, Notice]
) -> Iterator[tuple[str, str, str, list[str]]]:
    """File, technology, labelled quotation and exported ones, of every technology that both name
    and the label quotes.
    """
    for name, label in labels.items():
        said = {each["id"]: each for each in exported.get(name, {}).get("technologies") or ()}
        for each in label.get("technologies") or ():
            found = said.get(each["id"])
            if found is not None and each.get("evidence"):
                quoted = [found.get("evidence") or "", *(found.get("quotes") or ())]
                yield name, each["id"], each["evidence"], quoted


def _evidence(labels: Mapping[str, Notice], exported: Mapping[str, Notice]) -> tuple[int, int]:
    told = list(quotations(labels, exported))
    hit = sum(bool(_pieces(label) & set().union(*map(_pieces, ours))) for *_, label, ours in told)
    return hit, len(told)


def below(table: Table, floors: Mapping[str, float]) -> list[str]:
    """One line for every field whose F1 is under its floor."""
    short = []
    for field, floor in floors.items():
        reached = table[field]["f1"]
        if reached is None or reached < floor:
            short.append(f"{field}: {reached if reached is None else round(reached, 3)} < {floor}")
    return short


def _printed(table: Table) -> Iterator[str]:
    yield f"{'field':24} {'stated':>6} {'prec':>6} {'recall':>6} {'F1':>6}"
    for field, row in table.items():
        cells = ("     -" if row[k] is None else f"{row[k]:6.3f}" for k in _SHARES)
        yield f"{field:24} {row['stated']:6d} {' '.join(cells)}"


_SHARES = ("precision", "recall", "f1")


def main(argv: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labels", type=Path)
    parser.add_argument("export", type=Path)
    parser.add_argument("--json", action="store_true", help="print the table as JSON")
    parser.add_argument("--wrong", metavar="FIELD", help="list the notices in which FIELD differs")
    parser.add_argument("--floor", action="append", default=[], metavar="FIELD=F1")
    args = parser.parse_args(argv)
    labels, exported = load_labels(args.labels), load_export(args.export)
    table = score(labels, exported)
    print(json.dumps(table, indent=1) if args.json else "\n".join(_printed(table)))
    if args.wrong:
        for name, truth, said in compare(args.wrong, labels, exported):
            if truth != said:
                print(f"{name}\tlabel {sorted(map(str, truth))}\texport {sorted(map(str, said))}")
    floors = {field: float(least) for field, least in (f.split("=") for f in args.floor)}
    short = below(table, floors)
    for line in short:
        print(f"below the floor: {line}", file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
