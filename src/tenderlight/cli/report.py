"""What each command says when it has done its work."""

from __future__ import annotations

from typing import Any

from tenderlight.cli.report_import import archives
from tenderlight.cli.speak import note, say, say_json, shown, table
from tenderlight.corpus import Built, Corpus, Hits
from tenderlight.figures import Figure, FigureCard, Proof
from tenderlight.model import NoticeType, Refused
from tenderlight.sources import Added

NUMBERS = frozenset({"count", "money", "share", "percent", "average"})
"""Kinds of columns that are set flush right."""
HEADINGS = {
    "collected": "Collected",
    "read": "Read",
    "left-out": "Left out",
    "used": "Behind this figure",
    "since": "What became of it since",
    "checked": "Checked by people",
}
"""What the stages of the coverage are called."""
MOST = 20
"""Refusals printed for a person; a program gets all."""


def added(result: Added, as_json: bool) -> None:
    """What `add` preserved, knew already and refused, and why."""
    if as_json:
        say_json(result)
        return
    say(
        f"{result.new:,} new, {result.known:,} known already, {len(result.refused):,} refused"
        + (
            f", {len(result.cleared):,} left-overs of an interrupted run cleared"
            * bool(result.cleared)
        )
    )
    archives(result.archives)
    for refusal in result.refused[:MOST]:
        note(f"  {refusal.file}: {refusal.what} {refusal.hint}")
    if len(result.refused) > MOST:
        note(f"  … and {len(result.refused) - MOST:,} more: see them with --json")


def built(result: Built, as_json: bool) -> None:
    """What `build` did, and what the corpus holds now."""
    if as_json:
        say_json(result)
        return
    if not result.batches_run:
        say(f"{result.documents:,} documents, nothing to do: all is up to date")
    else:
        say(f"{result.documents:,} documents: {result.documents - result.unread:,} read")
    if purchases := result.joined.get("purchase"):
        say(f"{purchases:,} purchases")
    if result.unread:
        say(f"{result.unread:,} could not be read: see the desk's page of problems")


def hits(found: Hits, as_json: bool) -> None:
    """The answers to a search, newest first, with the passage."""
    if as_json:
        say_json(found)
        return
    for hit in found.hits:
        row = hit.row
        say(f"{row['id']}  {row['published'] or '          '}  {row['title'] or row['file']}")
        said = [row["buyer"], row["notice_type"], row["file"]]
        note("    " + " · ".join(part for part in said if part))
        for snippet in hit.snippets:
            say("    …" + " ".join(snippet.text.split()) + "…")
    more = "" if found.total <= len(found.hits) else f", the newest {len(found.hits):,} shown"
    say(f"{found.total:,} notices{more}")


def cards(all_cards: tuple[FigureCard, ...], as_json: bool) -> None:
    """The list of figures."""
    if as_json:
        say_json(all_cards)
    else:
        table([("name", "left"), ("question", "left")], [[c.name, c.question] for c in all_cards])


def figure(made: Figure, keys: bool, as_json: bool) -> None:
    """A figure: its table, its method, what was searched and what was left out."""
    if as_json:
        say_json(made)
        return
    say(f"{made.en} · {made.zh}\n")
    for given in made.given:
        say(f"{given.en}: {given.value}")
    columns = [(c.en, "right" if c.kind in NUMBERS else "left") for c in made.columns]
    table(columns, [[_cell(cell, keys) for cell in row.cells] for row in made.rows])
    say(f"\n{made.method}")
    _coverage(made, keys)
    _errors(made)
    for each in made.published:
        say(f"\n{each.source}: {each.said.en}" + (f" [{each.cell}]" if each.cell else ""))
        note(f"    {each.differs.en}")
    if not keys:
        note("Open a number: print the cells' keys with --keys, then use --rows KEY.")


def _coverage(made: Figure, keys: bool) -> None:
    """What was collected, read, left out and used, each under its heading."""
    for group, heading in HEADINGS.items():
        lines = [one for one in made.coverage if one.group == group]
        if lines:
            say(f"\n{heading}")
        for one in lines:
            whole = f" of {one.of:,}" if one.of is not None else ""
            key = f"  [{one.key}]" if keys and one.key else ""
            say(f"{one.count:>9,}{whole}  {one.en}{key}")


def _errors(made: Figure) -> None:
    """How often the definitions are wrong on which the figure rests."""
    if not made.errors:
        return
    say("\nMeasured error (docs/error.md)")
    heads = ["technology", "behind this", "state", "precision", "recall", "raw", "corrected"]
    rows = []
    for one in made.errors:
        percents = [_interval(ends, 100, " %") for ends in (one.precision, one.recall)]
        corrected = _interval(one.corrected, 1, "")
        rows.append([one.en, one.notices, one.state, *percents, one.found or "", corrected])
    table([(head, "left") for head in heads], [[shown(each) for each in row] for row in rows])


def _interval(ends: tuple[float, float, float] | None, times: int, unit: str) -> str:
    if ends is None:
        return ""
    value, low, high = (f"{times * end:,.0f}" for end in ends)
    return f"{value}{unit} ({low}-{high})"


def _cell(cell: Any, keys: bool) -> str:
    text = shown(cell.value) + (f" of {cell.of}" if cell.of is not None else "")
    if cell.zh:
        text += f" {cell.zh}"
    return f"{text} [{cell.key}]" if keys and cell.key else text


def proofs(found: tuple[Proof, ...], as_json: bool) -> None:
    """The notices behind a number, each with the sentence."""
    if as_json:
        say_json(found)
        return
    for proof in found:
        day = proof.published or " " * 10
        say(f"{proof.notice}  {day}  {shown(proof.value):>14}  {proof.title or ''}")
        place = f" (page {proof.page})" if proof.page else ""
        if proof.context or proof.text:
            words = " ".join((proof.context or proof.text or "").split())
            note(f"    {proof.buyer or ''}: {words}{place}")
    say(f"{len(found):,} notices")


def technology_id(corpus: Corpus, asked: str | None) -> str | None:
    """A technology's id; refuses one that no definition has."""
    known = sorted(d.id for d in corpus.definitions.technology)
    if asked is None or asked in known:
        return asked
    raise Refused(f"No technology is called {asked}.", f"Known are: {', '.join(known)}.")


def notice_type(asked: str | None) -> str | None:
    """A type of notice; refuses one that there is not."""
    known = NoticeType.__args__  # type: ignore[attr-defined]
    if asked is None or asked in known:
        return asked
    raise Refused(f"No type of notice is called {asked}.", f"Known are: {', '.join(known)}.")
