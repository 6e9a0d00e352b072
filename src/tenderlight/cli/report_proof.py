"""What the commands that prove do and say: verify, stamp, anchor, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from tenderlight.cli.speak import note, say, say_json, table
from tenderlight.collecting.stamp import Result
from tenderlight.corpus import Folder
from tenderlight.corpus.published import published_editions
from tenderlight.evidence import Damage, Report, Store
from tenderlight.evidence.anchors import Anchor, append_anchor, check_anchors, read_anchors
from tenderlight.evidence.decisions import DECISIONS, Decision
from tenderlight.evidence.ledger import LEDGER
from tenderlight.evidence.stamped import check_trust
from tenderlight.evidence.testified import Checked
from tenderlight.evidence.withdraw import Chosen
from tenderlight.model import Refused, Withdrawal

Clock = Callable[[], datetime]
COPIES = (
    "Not changed by this: backups and other copies of evidence/, hand-over folders and exports "
    "made before, lists and reports that name the address, and the ledger's line with address, "
    "file name and manifest line."
)


class Withdrew(msgspec.Struct, frozen=True, kw_only=True):
    """What `withdraw --json` answers."""

    id: str
    withdrawn: tuple[str, ...]
    editions: tuple[str, ...]


def anchors_of(name: str, files: Sequence[Path]) -> tuple[Anchor, ...]:
    """The anchors of this corpus in files. Refuses (Refused) a file that has none of it."""
    found: list[Anchor] = []
    for file in files:
        own = [anchor for anchor in read_anchors(file) if anchor.corpus == name]
        if not own:
            raise Refused(
                f"{file} has no anchor of a corpus named {name}.",
                "Name the right file; if corpus.toml was changed, restore the name in it.",
            )
        found += own
    return tuple(found)


def compared(
    found: Report,
    store: Store,
    anchors: Sequence[Anchor],
    roots: bytes | None,
    left: Sequence[Decision],
    hidden: Sequence[Withdrawal],
    testimony: Checked,
) -> Report:
    """The report, with what contradicts anchors, trust and decisions, and those not carried out.

    And what is wrong with the testimony that is kept beside the evidence.
    """
    wrong = check_anchors(store.folder, anchors) if anchors else ()
    wrong += check_trust(store.folder, roots) if roots is not None else ()
    waiting = [
        Damage(
            file=f"../decisions/{DECISIONS}",
            offset=0,
            what=f"the decision of {each.decided} to withdraw {each.id} was not carried out",
            hint=f"Run `tenderlight withdraw` for {each.id} again.",
        )
        for each in left
    ]
    return msgspec.structs.replace(
        found,
        damages=(*found.damages, *wrong, *testimony.damages),
        unfinished=(*found.unfinished, *waiting),
        doubts=(*found.doubts, *map(_undecided, hidden)),
        testimony=testimony.whole,
    )


def _undecided(taken: Withdrawal) -> Damage:
    what = (
        f"{taken.id} (line {taken.line}) was withdrawn, it says by {taken.by} on {taken.decided}: "
        f"{taken.reason}. No decision in decisions/{DECISIONS} says so"
    )
    hint = "Ask who decided it; if nobody did, restore evidence/ from a copy that has the document."
    return Damage(file=LEDGER, offset=0, what=f"{what}.", hint=hint)


def verified(result: Report, lines: int, anchors: int, as_json: bool) -> None:
    """What `verify` found in so many ledger lines, and by so many anchors."""
    if as_json:
        say_json(result)
        return
    for damage in result.damages:
        say(f"{damage.file} at byte {damage.offset}: {damage.what} {damage.hint}")
    if result.more:
        say(f"… and {result.more:,} more")
    for rest in (*result.unfinished, *result.doubts):
        note(f"{rest.file} at byte {rest.offset}: {rest.what} {rest.hint}")
    if result.is_whole:
        _say_whole(result, lines, anchors)


def _say_whole(result: Report, lines: int, anchors: int) -> None:
    say(f"{result.captures:,} captures, every byte as the ledger says")
    if result.withdrawn:
        say(f"{result.withdrawn:,} of them withdrawn: a tombstone stands in place of each")
    if result.testimony:
        say(f"{result.testimony:,} answers kept as testimony, as they were kept")
    for each in result.stamps:
        say(
            f"Lines 1 to {each.line:,} were there at {each.stamped}: {each.authority} "
            f"({'; '.join(each.roots)})"
        )
    covered = max((each.line for each in result.stamps), default=0)
    if covered < lines:
        note(f"No time stamp covers lines {covered + 1:,} to {lines:,}.")
    if anchors:
        say(f"{anchors:,} anchors hold")


def stamped(results: Sequence[Result], as_json: bool) -> None:
    """What came of asking the authorities."""
    if as_json:
        say_json(results)
        return
    for result in results:
        if result.stamp is not None:
            stamp = result.stamp
            say(f"{result.authority}: lines 1 to {stamp.line:,} were there at {stamp.stamped}")
        else:
            note(f"{result.authority} gave no time stamp: {result.failed}")


def anchor_now(store: Store, name: str, now: Clock) -> Anchor:
    """An anchor of the last line. Refuses (Refused) where there is none."""
    head = store.head()
    if not head.count:
        raise Refused("Nothing is preserved yet.", "Add something, then anchor it.")
    at = now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Anchor(corpus=name, count=head.count, sha256=head.sha256, at=at)


def append(anchor: Anchor, to: Path, folder: Folder) -> None:
    """Write an anchor where the user wants it. Refuses (Refused) the corpus itself."""
    if to.absolute().resolve().is_relative_to(folder.root.resolve()):
        raise Refused(
            f"{to} lies in the corpus: who can change one can change the other.",
            "Name a file elsewhere, on a disk or a machine that others hold.",
        )
    append_anchor(to, anchor)


def keep_proof(store: Store, proof: Path, line: int, now: Clock) -> None:
    """Preserve a file that vouches for a line, whatever kind of file it is."""
    if line > store.head().count:
        raise Refused(f"The ledger has no line {line}.", "Leave --line out for the last one.")
    with proof.open("rb") as document, store.keeping(now) as session:
        name = f"proofs/line-{line:08d}/{proof.name}"
        if session.keep(document, file=name, role="other") is None:
            raise Refused(f"{proof} is preserved already.", "There is nothing to do.")


def anchored(anchor: Anchor, to: Path | None, proof: Path | None, as_json: bool) -> None:
    """The anchor itself, to be noted by hand, too."""
    if as_json:
        say_json(anchor)
        return
    say(f"{anchor.corpus}: line {anchor.count:,} of the ledger has the SHA-256")
    say(anchor.sha256)
    if to is not None:
        note(f"Appended to {to}. Compare later: tenderlight verify --anchor {to}")
    if proof is not None:
        note(f"{proof} is preserved. verify checks its bytes, not what it says.")


def chosen(wanted: Chosen) -> None:
    """Everything that would go, before somebody says yes."""
    lines = [*wanted.lines, *(line for line, _ in wanted.returned)]
    captures = [line.capture for line in lines if line.capture is not None]
    rows = [[each.id, each.role, each.added, each.url or each.file] for each in captures]
    note(f"{len(rows):,} captures would be overwritten:")
    table([("id", "left"), ("role", "left"), ("added", "left"), ("from", "left")], rows)


def withdrawn(wanted: Chosen, folder: Folder, as_json: bool) -> None:
    """What is gone now, and what is not."""
    lines = [*wanted.lines, *(line for line, _ in wanted.returned)]
    ids = tuple(line.capture.id for line in lines if line.capture is not None)
    captures = (line.capture for line in lines if line.capture is not None)
    notices = {capture.of or capture.id for capture in captures}
    editions = tuple(
        each.id
        for each in published_editions(folder)
        if any(notices & set(cited) for cited in each.figures.values())
    )
    if as_json:
        say_json(Withdrew(id=wanted.id, withdrawn=ids, editions=editions))
        return
    say(f"{len(ids):,} captures withdrawn; a tombstone stands in place of each")
    note(COPIES)
    if editions:
        note(f"Published editions that cite it, and cannot be changed: {', '.join(editions)}.")
    note(f"Next: tenderlight build {folder.root}, and stamp, so that the decision has its date.")
