"""Editions on the command line: what was published, and what a check of one found."""

from __future__ import annotations

from pathlib import Path

import typer

from tenderlight.cli.speak import note, progress, say, say_json
from tenderlight.editions.check import Checked, verify_edition
from tenderlight.editions.publish import Edition
from tenderlight.model import Refused

LONGEST_TITLE = 300


def checked_title(title: str) -> str:
    """A title on one line. Refuses (Refused) none, several lines, and a very long one.

    >>> checked_title(" Invented towns, 2021 ")
    'Invented towns, 2021'
    """
    title = title.strip()
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise Refused("The title must be one line of 1 to 300 characters.", "--title 'Cities 2021'")
    return title


def ask_password() -> str:
    """The password of a private key, typed unseen."""
    return str(typer.prompt("Password of the key", hide_input=True, err=True))


def published(made: Edition, originals: bool, as_json: bool) -> None:
    """What was written, what it is called, and what to do with it."""
    if as_json:
        say_json(made)
        return
    evidence = f"{_size(made.evidence)} of them evidence"
    say(
        f"{made.folder}: edition {made.id}, {made.figures:,} figures, {made.notices:,} cited "
        f"notices, {_size(made.size)}, {evidence}"
    )
    say(f"SHA-256 of its edition.json: {made.sha256}")
    for one in made.left_out:
        note(f"Left out: {one.count:,} {one.en}")
    note("An article cites a figure and the edition by that id. Tell the digest by another way.")
    if originals and made.evidence:
        note("Its evidence holds originals with the personal data in them: see docs/editions.md.")
    note(f"Open {made.folder}/index.html. Check it: tenderlight verify {made.folder}")


def verify(folder: Path, trusted: Path | None, as_json: bool) -> bool:
    """Check an edition, say what was found, and give whether all is well."""
    key = trusted.read_bytes() if trusted is not None else None
    checked = verify_edition(folder, key, progress)
    if as_json:
        say_json(checked)
    else:
        _checked(checked)
    return checked.is_whole


def _checked(checked: Checked) -> None:
    for one in checked.wrong:
        say(f"{one.file}: {one.what}")
    if checked.more:
        say(f"… and {checked.more:,} more")
    say(f"Edition {checked.id}, “{checked.title}”, as of {checked.as_of}")
    if not checked.is_whole:
        return
    say(
        f"{checked.files:,} files, every byte as edition.json says; {checked.figures:,} figures, "
        f"{checked.numbers:,} numbers add up, {checked.passages:,} passages stand in their notices"
    )
    if checked.in_every_byte:
        say(f"{checked.pages:,} pages, scripts and pieces are byte for byte what the data give")
    else:
        say(f"{checked.pages:,} pages and pieces have the numbers and passages that the data have")
        note("Another version of Tenderlight wrote them: nothing else in them was compared.")
    say(
        f"{checked.notices:,} notices: {checked.originals:,} originals, {checked.records:,} records"
        f" of the archive, {checked.lines:,} ledger lines, all as the ledger says"
    )
    for stamp in checked.stamps:
        say(f"Lines 1 to {stamp.line:,} were there at {stamp.stamped}: {stamp.authority}")
    if checked.unproven:
        note(f"No time stamp vouches for {checked.unproven:,} of its ledger lines.")
    if checked.signed_by is None:
        note("Nobody signed it: compare its id, or its digest, with what you were told.")
    else:
        say(f"Signed with the key {checked.signed_by}")
        note("Whose key that is, no edition proves: compare it with what its owner says.")


def _size(size: int) -> str:
    """A size as people read it.

    >>> _size(900), _size(12_500_000)
    ('1 KB', '12.5 MB')
    """
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{-(-size // 1000):,} KB"
