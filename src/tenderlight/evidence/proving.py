"""Lines that say something of other lines, added to a session: time stamps and withdrawals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tenderlight.evidence.burial import announce, bury, check_may_bury, tombstone_of
from tenderlight.evidence.files import read_inside
from tenderlight.evidence.ledger import LEDGER, Line, digest
from tenderlight.evidence.marks import find_lines
from tenderlight.evidence.session import Session
from tenderlight.evidence.stamps import AUTHORITY, answer_name, roots_name, write_stamp
from tenderlight.evidence.token import Unfit, check_answer, rfc3339
from tenderlight.model import Refused, Stamp


class Proving(Session):
    """The part of a session that adds what comes without a record of its own."""

    def add_stamp(
        self, *, authority: str, url: str, line: int, answer: bytes, roots: bytes
    ) -> Stamp:
        """Keep a time stamp over a ledger line: its files first, then the line that names them.

        Refuses (Refused) an answer that does not prove the line by these roots, and a second
        stamp of the same line by the same authority. Safe when it comes back.
        """
        self.commit()
        sha256 = digest(self._raw_line(line))
        try:
            stamped = check_answer(answer, sha256, roots)
        except Unfit as error:
            raise Refused(f"{authority}: {error}.", "Ask again, or ask another one.") from error
        stamp = Stamp(
            authority=_checked(authority),
            url=url,
            line=line,
            sha256=sha256,
            stamped=rfc3339(stamped),
            file=answer_name(line, authority),
            file_sha256=digest(answer),
            roots=roots_name(authority, digest(roots)),
            roots_sha256=digest(roots),
        )
        if (self.folder / stamp.file).exists():
            raise Refused(f"{authority} has stamped line {line} already.", "Add something first.")
        with self._owing():
            write_stamp(self.folder, stamp, answer, roots)
            self.append(stamp=stamp)
            self.commit()
        return stamp

    def add_withdrawals(
        self, lines: Sequence[Line], *, reason: str, by: str, decided: str
    ) -> tuple[Line, ...]:
        """Withdraw captures: say so in the ledger, and overwrite their records once that is safe.

        Gives the new lines. Refuses (Refused) before anything is done where a file cannot be
        overwritten. Cut off behind the ledger, the next session completes it.
        """
        check_may_bury(self.folder, lines)
        with self._owing():
            said = []
            for line in lines:
                withdrawal = announce(line, self.next_number, reason=reason, by=by, decided=decided)
                said.append(self.append(withdrawal=withdrawal))
            self.commit()
            self.bury(list(zip(lines, said, strict=True)))
        return tuple(said)

    def bury(self, withdrawn: Sequence[tuple[Line, Line]]) -> None:
        """Put the tombstones in place that the second of each two lines announces for the first.

        Again, where the records came back: with a copy of the file that somebody restored, say.
        """
        check_may_bury(self.folder, (line for line, _ in withdrawn))
        with self._owing():
            for line, by in withdrawn:
                bury(self.folder, line, tombstone_of(line, by))

    def _raw_line(self, number: int) -> bytes:
        with read_inside(self.folder, LEDGER) as ledger:
            found = find_lines(ledger, self._head.size, [number]).get(number)
        if found is None:
            raise Refused(f"The ledger has no line {number}.", "Stamp the last one.")
        return found

    @contextmanager
    def _owing(self) -> Iterator[None]:
        """While the block runs, and for ever if it fails, the head says `writing`.

        So the next session clears or completes what this one could not.
        """
        self._begin_writing()
        self.owing = True
        yield
        self.owing = False


def _checked(authority: str) -> str:
    if AUTHORITY.fullmatch(authority) is None:
        raise Refused(f"{authority!r} cannot be the name of an authority.", "Use a-z, 0-9 and -.")
    return authority
