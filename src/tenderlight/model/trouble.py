"""What goes wrong: exceptions for programs, problems for people."""

from __future__ import annotations

import msgspec


class TenderlightError(Exception):
    """Something a program must handle; people see a `Problem` or the command's message instead.

    TenderlightError
    ├── Unreadable      a document that no reader can turn into text
    ├── Refused         input that is not let in, with what, where and what to do
    ├── BrokenEvidence  evidence that is not what the ledger says
    └── Withdrawn       a document that was taken out of the evidence by decision
    """


class Unreadable(TenderlightError):
    """A document that cannot be read. `code` is a stable name, `hint` says what to do now."""

    def __init__(self, code: str, what: str, hint: str) -> None:
        super().__init__(what)
        self.code, self.what, self.hint = code, what, hint


class Refused(TenderlightError):
    """Input that is not let in. `what` names it and says why, `hint` says what to do now."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(f"{what} {hint}")
        self.what, self.hint = what, hint


class BrokenEvidence(TenderlightError):
    """Evidence that is not what the ledger says it is."""


class Withdrawn(TenderlightError):
    """A document that was taken out of the evidence by decision; a tombstone says why."""


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something to show a person: what is wrong, where, and what to do now."""

    code: str
    """A stable name, room first: `reading.encrypted`, `fields.amounts-disagree`."""
    what: str
    hint: str
    where: str = ""
    """The field, the part or the page that it concerns; empty for the whole document."""
    unread: bool = False
    """True if the document, or a part of it, could not be read at all."""
