"""The commands that prove: verify, stamp, anchor, withdraw."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tenderlight.cli import report_proof, report_publish
from tenderlight.cli.arguments import AsJson, CorpusFolder, now
from tenderlight.cli.report_collect import tell_private
from tenderlight.cli.speak import progress
from tenderlight.collecting.stamp import load_authorities, stamp_head
from tenderlight.corpus import Folder, open_folder
from tenderlight.corpus.reviewing.file import forget_words
from tenderlight.editions.check import is_edition
from tenderlight.evidence import Store
from tenderlight.evidence.testified import check_testimony
from tenderlight.evidence.testimony import Testimony
from tenderlight.evidence.withdraw import Chosen, choose, find_open_decisions, find_undecided
from tenderlight.evidence.withdraw import withdraw as withdraw_chosen
from tenderlight.model import Refused


def verify(
    corpus: Annotated[
        Path, typer.Argument(help="A corpus, or a published edition.", show_default=False)
    ],
    anchor: Annotated[
        list[Path] | None,
        typer.Option(help="A file of anchors to compare with; repeat it for more."),
    ] = None,
    roots: Annotated[
        Path | None,
        typer.Option(help="Trust only these certificates (PEM), not those beside the stamps."),
    ] = None,
    documents: Annotated[
        bool, typer.Option("--documents", help="Unpack every document, too; takes longer.")
    ] = False,
    key: Annotated[
        Path | None, typer.Option(help="Of an edition: the public key (PEM) that must have signed.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check the evidence against its ledger: every changed, missing or added byte is named.

    The answers of recognisers and language models that are kept beside it are compared with their
    digests.
    Time stamps are checked by the certificates that lie beside them; nobody is asked. Of an edition
    its files, signature, evidence, numbers and passages are checked, without the corpus. Exit code
    1 if anything is wrong.
    """
    if is_edition(corpus):
        raise typer.Exit(0 if report_publish.verify(corpus, key, as_json) else 1)
    folder, card = open_folder(corpus)
    store = Store(folder.evidence)
    anchors = report_proof.anchors_of(card.name, anchor or [])
    with progress("Checking") as move:
        found = store.verify(move, documents=documents)
    left = find_open_decisions(store, folder.decisions) if found.is_whole else ()
    trust = roots.read_bytes() if roots is not None else None
    hidden = find_undecided(store, folder.decisions) if found.is_whole else ()
    testimony = check_testimony(folder.testimony, folder.answers)
    checked = report_proof.compared(found, store, anchors, trust, left, hidden, testimony)
    report_proof.verified(checked, store.head().count, len(anchors), as_json)
    raise typer.Exit(0 if checked.is_whole else 1)


def stamp(
    corpus: CorpusFolder,
    authority: Annotated[
        str | None, typer.Option(help="Ask only this one of corpus.toml.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Have time-stamping authorities (RFC 3161) vouch that all of the evidence is there now.

    Sends them a digest, and nothing of what is preserved. Exit code 1 if one did not.
    """
    folder, card = open_folder(corpus)
    authorities = load_authorities(folder.root, card.authority, authority)
    if not authorities:
        raise Refused(
            "corpus.toml names no time-stamping authority.",
            "Add one as docs/evidence.md shows under “Time stamps”.",
        )
    tell_private("The authority", (each.name for each in authorities if each.private))
    results = stamp_head(folder.evidence, authorities, now)
    report_proof.stamped(results, as_json)
    raise typer.Exit(1 if any(result.failed for result in results) else 0)


def anchor(
    corpus: CorpusFolder,
    to: Annotated[
        Path | None,
        typer.Option(help="A file to append the anchor to, out of reach of the corpus."),
    ] = None,
    proof: Annotated[
        Path | None,
        typer.Option(help="A file that vouches for a line: it is preserved as evidence."),
    ] = None,
    line: Annotated[
        int | None, typer.Option(help="The line that --proof vouches for; else the last.", min=1)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Note the last line's number and digest, to show later that it is still the same ledger.

    Prints the anchor. `verify --anchor FILE` compares.
    """
    if line is not None and proof is None:
        raise Refused("--line goes with --proof.", "The anchor is always of the last line.")
    folder, card = open_folder(corpus)
    store = Store(folder.evidence)
    made = report_proof.anchor_now(store, card.name, now)
    if to is not None:
        report_proof.append(made, to, folder)
    if proof is not None:
        report_proof.keep_proof(store, proof, line or made.count, now)
    report_proof.anchored(made, to, proof, as_json)


def withdraw(
    corpus: CorpusFolder,
    id: Annotated[str, typer.Argument(help="What is to go.", show_default=False)],
    reason: Annotated[
        str, typer.Option(help="Why, for everyone to read for good: no personal data.")
    ],
    by: Annotated[str, typer.Option(help="Who decides: an office or a role.")],
    attachments: Annotated[
        bool, typer.Option("--attachments/--keep-attachments", help="Its attachments go, too.")
    ] = True,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take something out of the evidence for good, by a decision: a court, a mistake, a person.

    Its bytes are overwritten by a tombstone; the ledger's line stays, and says so.
    """
    folder, _ = open_folder(corpus)
    store = Store(folder.evidence)
    chosen = choose(store, id, attachments=attachments)
    if not yes:
        report_proof.chosen(chosen)
        typer.confirm("Overwrite them for good?", abort=True, err=True)
    withdraw_chosen(store, folder.decisions, chosen, reason=reason, by=by, now=now)
    _forget(folder, chosen)
    report_proof.withdrawn(chosen, folder, as_json)


def _forget(folder: Folder, chosen: Chosen) -> None:
    """Delete what witnesses said of it, and its words in what reviewers answered."""
    for file in (folder.testimony, folder.answers):
        if not file.exists():
            continue
        with Testimony(file) as testimony:
            for line in chosen.lines:
                if line.capture is not None:
                    testimony.forget(line.capture.of or line.capture.id)
    gone = [line.capture for line in chosen.lines if line.capture is not None]
    withs = {each.of for each in gone if each.role == "attachment" and each.of}
    forget_words(folder.decisions, {each.id for each in gone} | withs)
