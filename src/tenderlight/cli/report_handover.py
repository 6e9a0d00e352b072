"""The hand-over on the command line: what will be in it, the work, what to do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from tenderlight.cli.speak import note, progress, say, say_json
from tenderlight.corpus import Corpus
from tenderlight.exports.handover import (
    LONGEST,
    MOST,
    Contents,
    HandedOver,
    checked_ids,
    hand_over,
    look_up,
    parse_ids,
)
from tenderlight.model import Refused


def wanted(corpus: Corpus, ids: Iterable[str], search: str | None, file: Path | None) -> set[str]:
    """The ids that were named, those in a file, and those of the answers to a search.

    Refuses a search with more answers than one hand-over holds, and whatever is no id.
    """
    named = list(ids)
    if file is not None:
        with file.open("rb") as list_of_ids:
            named += parse_ids(list_of_ids.read(LONGEST + 1), str(file))
    if search is not None:
        found = corpus.search(search, limit=MOST)
        if found.total > MOST:
            hint = f"At most {MOST:,} go into one folder: ask for more words."
            raise Refused(f"The search finds {found.total:,} notices.", hint)
        named += [hit.row["id"] for hit in found.hits]
        if not named:
            raise Refused("The search finds nothing.", "Try it with `tenderlight search`.")
    return set(checked_ids(named))


def evidence(
    corpus: Corpus,
    ids: set[str],
    out: Path,
    now: Callable[[], datetime],
    *,
    originals: bool,
    as_json: bool,
) -> None:
    """Look up, say what it will be, write, and say what was written."""
    with progress("Looking up") as move:
        chosen, contents = look_up(corpus, ids, move)
    will_be(contents, originals)
    with progress("Writing") as move:
        made = hand_over(corpus, chosen, out, now, originals=originals, progress=move)
    handed_over(made, originals, as_json)


def will_be(contents: Contents, originals: bool) -> None:
    """What the folder will hold, before anything is written."""
    size = f", about {_size(contents.size)}" if originals else ""
    note(
        f"{contents.notices:,} notices, {contents.captures:,} captures, "
        f"{contents.ledger_lines:,} ledger lines{size}"
    )
    if contents.withdrawn:
        note(f"{contents.withdrawn:,} captures were withdrawn: only that is handed over of them.")
    if contents.others:
        note(
            f"The ledger's lines also name {contents.others:,} captures of other notices: without "
            "them the chain cannot be checked."
        )
    if contents.unproven:
        note(
            f"No time stamp vouches for {contents.unproven:,} captures. Stamp the ledger first "
            "(tenderlight stamp) if it must convince somebody who does not trust you."
        )


def handed_over(made: HandedOver, originals: bool, as_json: bool) -> None:
    """What was written, and how to treat it."""
    if as_json:
        say_json(made)
    else:
        held = f"{made.notices:,} notices, {made.originals:,} originals, "
        held += f"{made.pages:,} pages as pictures, {_size(made.size)}"
        say(f"{made.folder}: {held}")
        say(f"SHA-256 of its tagmanifest-sha256.txt: {made.digest}")
    note("Tell that digest to whoever receives the folder, by another way than the folder itself.")
    if made.unread:
        note(f"{made.unread:,} notices have no text and no values: withdrawn, or not built yet.")
    if originals:
        note(
            "It holds originals with the personal data in them"
            + (", and what recognisers read in scans" if made.testimony else "")
            + ". Handle it as evidence; --without-originals leaves them out."
        )
    else:
        note("Without originals. The ledger's lines are verbatim: manifests may hold names.")


def _size(size: int) -> str:
    """A size as people read it.

    >>> _size(900), _size(12_500_000)
    ('1 KB', '12.5 MB')
    """
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{-(-size // 1000):,} KB"
