"""What the commands about purchases and organisations say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from tenderlight.cli.speak import note, say, say_json, shown, table
from tenderlight.corpus.joined import (
    Held,
    OrganisationRow,
    OrganisationShown,
    PurchaseRow,
    PurchaseShown,
)
from tenderlight.corpus.joining.decisions import Joined
from tenderlight.places import display_name

FIELDS = ("budget", "ceiling", "award", "contract")


def purchases(total: int, rows: Sequence[PurchaseRow], as_json: bool) -> None:
    """A list of purchases."""
    if as_json:
        say_json({"total": total, "purchases": rows})
        return
    heads = [("purchase", "left"), ("first", "left"), ("state", "left"), ("notices", "right")]
    heads += [("name", "left"), ("buyer", "left"), ("budget", "right"), ("award", "right")]
    table(
        heads,
        [
            [
                row.id,
                row.first or "",
                row.state,
                shown(row.notices),
                row.name or "",
                row.buyer or "",
                _sum(row, "budget"),
                _sum(row, "award"),
            ]
            for row in rows
        ],
    )
    note(f"{total:,} purchases" + ("" if total == len(rows) else f", {len(rows):,} shown"))


def purchase(found: PurchaseShown, as_json: bool) -> None:
    """One purchase in full."""
    if as_json:
        say_json(found)
        return
    row = found.row
    say(f"{row.id}  {row.name or ''}")
    say(f"{row.buyer or 'no buyer was read'} · {row.state} · {row.rounds} round(s)")
    if row.county_code:
        say(display_name(row.county_code, "en"))
    for field in FIELDS:
        if text := _sum(row, field):
            say(f"{field}: {text}")
    say()
    rows = [
        [
            step.published or "",
            step.notice_type or "",
            step.notice,
            step.title or "",
            f"repost of {step.copy_of}" if step.copy_of else "",
        ]
        for step in found.history
    ]
    heads = ["published", "type", "notice", "title", ""]
    table([(head, "left") for head in heads], rows)
    for step in found.history:
        for change in step.changes:
            what = change.what or ""
            say(f"{step.notice} changes {what}: {change.was or '?'} -> {change.now or '?'}")
    say()
    heads = ["field", "yuan", "notice", "lot", "supplier", "counts"]
    table(
        [(head, "right" if head == "yuan" else "left") for head in heads],
        [
            [
                each.field,
                shown(each.amount_cny) or f"{each.currency}, not certain",
                each.notice,
                each.lot or "",
                each.supplier or "",
                "yes" if each.counts else f"no: {each.why_not}",
            ]
            for each in found.sums
        ],
    )
    _why(found.held, found.decisions)


def organisations(total: int, rows: Sequence[OrganisationRow], as_json: bool) -> None:
    """A list of organisations."""
    if as_json:
        say_json({"total": total, "organisations": rows})
        return
    heads = [("organisation", "left"), ("name", "left"), ("kind", "left"), ("level", "left")]
    heads += [("names", "right"), ("notices", "right"), ("bought", "right"), ("won", "right")]
    table(
        heads,
        [
            [
                row.id,
                row.name,
                row.kind or "",
                row.level or "",
                *map(shown, (row.names, row.notices, row.bought, row.won)),
            ]
            for row in rows
        ],
    )
    note(f"{total:,} organisations" + ("" if total == len(rows) else f", {len(rows):,} shown"))


def organisation(found: OrganisationShown, as_json: bool) -> None:
    """One organisation in full."""
    if as_json:
        say_json(found)
        return
    row = found.row
    say(f"{row.id}  {row.name}" + (f"  {row.name_en}" if row.name_en else ""))
    say(" · ".join(part for part in (row.kind, row.level, row.code) if part))
    if row.county_code:
        say(display_name(row.county_code, "en"))
    say(f"{row.notices:,} notices: buyer in {row.bought:,}, winner in {row.won:,}")
    say()
    table([("name as written", "left")], [[name] for name in dict.fromkeys(found.names)])
    _why(found.held, found.decisions)


def decided(decision: Joined, corpus: Path, as_json: bool) -> None:
    """A decision that was written down."""
    if as_json:
        say_json({"name": decision.name, **msgspec.to_builtins(decision)})
        return
    what = f"undoes {decision.undoes}" if decision.undoes else decision.verdict
    say(f"decision {decision.name}: {what}")
    note(f"Next: tenderlight build {corpus}")


def decisions(taken: Sequence[tuple[Joined, bool]], as_json: bool) -> None:
    """All decisions."""
    if as_json:
        say_json(
            [{"name": d.name, "stands": s, **msgspec.to_builtins(d)} for d, s in taken],
        )
        return
    heads = ["decision", "decided", "by", "verdict", "about", "because", "stands"]
    table(
        [(head, "left") for head in heads],
        [
            [
                each.name,
                each.decided,
                each.by,
                f"undoes {each.undoes}" if each.undoes else each.verdict,
                " / ".join(each.names),
                each.because,
                "yes" if stands else "",
            ]
            for each, stands in taken
        ],
    )


def _sum(row: PurchaseRow, field: str) -> str:
    """A sum of a purchase with what it leaves out: `1,200,000 and 1 not certain`."""
    parts = [shown(getattr(row, f"{field}_cny"))]
    for rest, words in (("unsure", "not certain"), ("foreign", "in other currencies")):
        if count := getattr(row, f"{field}_{rest}"):
            parts.append(f"{count:,} {words}")
    return " and ".join(part for part in parts if part)


def _why(held: Sequence[Held], taken: Sequence[Joined]) -> None:
    if held:
        say()
        table(
            [("one", "left"), ("other", "left"), ("", "left"), ("sure", "right"), ("why", "left")],
            [
                [
                    each.first,
                    each.second,
                    "same" if each.same else "apart",
                    f"{each.strength:,}" if each.strength <= 100 else "decided",
                    ", ".join(dict.fromkeys(reason.rule for reason in each.reasons)),
                ]
                for each in held
            ],
        )
    for each in taken:
        say(f"decision {each.name} by {each.by}, {each.decided}: {each.verdict}: {each.because}")
