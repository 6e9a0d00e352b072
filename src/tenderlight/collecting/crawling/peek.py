"""Looking at an answer before it is known what it is to us. It is preserved whatever that is."""

from __future__ import annotations

from tenderlight.collecting.crawling.errand import Errand
from tenderlight.collecting.crawling.replies import READABLE
from tenderlight.evidence import Answer
from tenderlight.evidence.message import Stuck, read_head, take_off
from tenderlight.evidence.warc import CHUNK
from tenderlight.model import Role
from tenderlight.sources.asking import Answered


def role_of(errand: Errand, answer: Answer) -> Role:
    """What an answer is to be in the evidence.

    A page that stands in the way of a notice (a question to prove that one is human, the home
    page) comes with status 200 too. As a `notice` it would count as known, and the notice itself
    would never be asked for again: so it is `other`.
    """
    if errand.role != "notice" or errand.sight is None:
        return errand.role
    answered = read_answer(answer)
    return "notice" if answered is None or errand.sight(answered) == "notice" else "other"


def read_answer(answer: Answer) -> Answered | None:
    """A whole answer as a source reads it; None for one that is not, or too large for that."""
    head = read_head(answer.head, answer.method)
    if head is None or answer.body is None or answer.truncated or answer.error:
        return None
    payload = bytearray()
    try:
        for piece in take_off(iter(lambda: _more(answer), b""), head.codings, False):
            payload += piece
            if len(payload) > READABLE:
                return None
    except Stuck:
        return None
    finally:
        answer.body.seek(0)
    return Answered(
        url=answer.url,
        status=head.status,
        media_type=head.media_type,
        payload=bytes(payload),
        head=answer.head,
    )


def _more(answer: Answer) -> bytes:
    return answer.body.read(CHUNK) if answer.body is not None else b""
