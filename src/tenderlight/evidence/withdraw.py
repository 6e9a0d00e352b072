"""Taking something out of the evidence: by a decision, for good, and so that everyone sees it.

The order is what makes it safe to be cut off anywhere: the decision is written down, then the
ledger says what is withdrawn and what stands there instead, and only then are the record's bytes
overwritten. No line and no other record moves; the chain, and every time stamp over it, stay.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from tenderlight.evidence.answered import rfc3339
from tenderlight.evidence.burial import announce, check_may_bury, find_unburied
from tenderlight.evidence.decisions import Decision, read_decisions, words, write_decision
from tenderlight.evidence.files import read_inside
from tenderlight.evidence.keep import Clock, keeping
from tenderlight.evidence.ledger import LEDGER, Line
from tenderlight.evidence.store import Store
from tenderlight.model import Capture, Refused, Withdrawal

_LATEST = 10**12
"""A line number with more digits than any ledger has."""


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What goes when one capture is withdrawn."""

    id: str
    lines: tuple[Line, ...]
    """Captures that stand in the evidence, the one that was named first."""
    returned: tuple[tuple[Line, Line], ...] = ()
    """Captures that were withdrawn before and whose records are there again, with the line that
    withdrew them: from a restored copy, say."""


def choose(store: Store, id: str, *, attachments: bool = True) -> Chosen:
    """Find every capture that goes when this one goes.

    With a notice go all later looks at it and, unless they are to stay, its attachments; and with
    the notice's own document, and each attachment's, every capture of the same bytes, wherever it
    was found. Error pages drag nothing along: they are the same for thousands of addresses.
    Refuses (Refused) an id that no capture has, and one that is gone already.
    """
    companions = _companions(store, id, attachments=attachments)
    withdrawn = store.withdrawn()
    lines = tuple(line for line in companions if line.number not in withdrawn)
    numbers = {line.number for line in companions}
    returned = tuple((line, by) for line, by in _unburied(store) if line.number in numbers)
    if not lines and not returned:
        decided = withdrawn[companions[0].number].decided
        raise Refused(f"{id} was withdrawn already, on {decided}.", "Nothing is left of it here.")
    return Chosen(id=id, lines=lines, returned=returned)


def withdraw(
    store: Store, decisions: Path, chosen: Chosen, *, reason: str, by: str, now: Clock
) -> tuple[Line, ...]:
    """Carry out a decision; gives the ledger's new lines.

    Refuses (Refused), before anything is written, words that are none and files that cannot be
    overwritten.
    """
    reason, by = words("The reason", reason), words("The name of who decides", by)
    lines = [*chosen.lines, *(line for line, _ in chosen.returned)]
    check_may_bury(store.folder, lines)
    decided = rfc3339(now())
    for line in lines:  # a record without room for a tombstone is refused before anything is done
        announce(line, _LATEST, reason=reason, by=by, decided=decided)
    with keeping(store.folder, now) as session:
        said: tuple[Line, ...] = ()
        if chosen.lines:
            ids = tuple(line.capture.id for line in chosen.lines if line.capture is not None)
            write_decision(
                decisions,
                Decision(decided=decided, by=by, id=chosen.id, reason=reason, captures=ids),
            )
            said = session.add_withdrawals(chosen.lines, reason=reason, by=by, decided=decided)
        session.bury(chosen.returned)
    return said


def find_open_decisions(store: Store, decisions: Path) -> tuple[Decision, ...]:
    """Decisions that were written down and not carried out: somebody was cut off in between."""
    taken = read_decisions(decisions)
    if not taken:
        return ()
    withdrawn = {each.id for each in store.withdrawn().values()}
    return tuple(each for each in taken if not withdrawn.issuperset(each.captures))


def find_undecided(store: Store, decisions: Path) -> tuple[Withdrawal, ...]:
    """What the ledger says was withdrawn and no decision names: nobody here wrote down why.

    Evidence that travelled without its `decisions/` has them too; else somebody hid a document.
    """
    decided = {id for each in read_decisions(decisions) for id in each.captures}
    return tuple(each for _, each in sorted(store.withdrawn().items()) if each.id not in decided)


def _companions(store: Store, id: str, *, attachments: bool) -> list[Line]:
    digests = set()
    known = False
    for line in store.entries():
        capture = line.capture
        if capture is None or not _belongs(line, id, attachments):
            continue
        known = known or capture.id == id
        if (capture.id == id or capture.role == "attachment") and _is_document(capture):
            digests.add(capture.sha256)
    if not known:
        raise Refused(f"No capture has the id {id}.", "A notice's id stands in its page's address.")
    found = [
        line
        for line in store.entries()
        if line.capture is not None
        and (line.capture.sha256 in digests or _belongs(line, id, attachments))
    ]
    return sorted(found, key=lambda line: line.capture is None or line.capture.id != id)


def _belongs(line: Line, id: str, attachments: bool) -> bool:
    capture = line.capture
    if capture is None or id not in (capture.id, capture.of):
        return False
    return capture.id == id or attachments or capture.role != "attachment"


def _is_document(capture: Capture) -> bool:
    """Not so an error page, which is the same for thousands of addresses."""
    good = capture.exchange is None or capture.exchange.status == 200
    return good and capture.size > 0


def _unburied(store: Store) -> list[tuple[Line, Line]]:
    with read_inside(store.folder, LEDGER) as ledger:
        return list(find_unburied(store.folder, ledger, store.head().size))
