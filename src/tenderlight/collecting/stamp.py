"""Ask time-stamping authorities (RFC 3161) to vouch for the ledger as it is now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import urlsplit

import msgspec

from tenderlight import __version__
from tenderlight.collecting.fetching.connection import Failed
from tenderlight.collecting.fetching.fetch import Limits, Reach, fetch
from tenderlight.collecting.fetching.whole import read_whole
from tenderlight.evidence import Answer, Store
from tenderlight.evidence.files import read_inside
from tenderlight.evidence.stamps import AUTHORITY, LARGEST_ROOTS
from tenderlight.evidence.token import (
    LARGEST_ANSWER,
    Question,
    Unfit,
    ask_for,
    check_answer,
    read_roots,
)
from tenderlight.model import BrokenEvidence, Refused, Stamp

Clock = Callable[[], datetime]
LIMITS = Limits(seconds=60.0, largest=LARGEST_ANSWER)
_HEADERS = {
    "Content-Type": "application/timestamp-query",  # RFC 3161, 3.4
    "User-Agent": f"tenderlight/{__version__}",
}


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """One that is asked for time stamps, with the certificates that are trusted for it."""

    name: str
    url: str
    roots: bytes
    """PEM."""
    private: bool = False


class Named(Protocol):
    """An `[[authority]]` of `corpus.toml`."""

    @property
    def name(self) -> str:
        """What its files and lines will be called by."""

    @property
    def url(self) -> str:
        """Where it answers."""

    @property
    def roots(self) -> str:
        """The PEM file, relative to the corpus."""

    @property
    def private(self) -> bool:
        """True if it may have a private address."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking one authority: a stamp in the ledger, or why there is none."""

    authority: str
    stamp: Stamp | None = None
    failed: str | None = None


def load_authorities(
    root: Path, named: Sequence[Named], only: str | None = None
) -> tuple[Authority, ...]:
    """The authorities of a corpus, with their certificates; `only` takes the one of that name.

    Refuses (Refused) names that no file can have or that are there twice, certificates outside
    the corpus or behind a link, and files that are no certificates.
    """
    names = [each.name for each in named]
    if only is not None and only not in names:
        known = ", ".join(names) or "none"
        raise Refused(f"No authority is called {only}.", f"corpus.toml names: {known}.")
    if len(set(names)) < len(names):
        raise Refused("Two authorities have the same name.", "Rename one in corpus.toml.")
    return tuple(_load(root, each) for each in named if only in (None, each.name))


def stamp_head(evidence: Path, authorities: Sequence[Authority], now: Clock) -> tuple[Result, ...]:
    """Have every authority stamp the last line of the ledger, and keep what holds.

    An authority that does not answer, or whose answer proves nothing, is a result with the reason:
    what was collected before is safe without it. Nothing is kept of an answer that does not fit.
    Refuses (Refused) an empty ledger: there is nothing to vouch for.
    """
    store = Store(evidence)
    number, line = store.last_line()
    if not number:
        raise Refused("Nothing is preserved yet.", "Add or collect something, then stamp it.")
    answers = asyncio.run(_collect_answers(authorities, line, now))
    results = []
    with store.keeping(now) as session:
        for authority, answer in zip(authorities, answers, strict=True):
            if isinstance(answer, str):
                results.append(Result(authority=authority.name, failed=answer))
                continue
            stamp = session.add_stamp(
                authority=authority.name,
                url=authority.url,
                line=number,
                answer=answer,
                roots=authority.roots,
            )
            results.append(Result(authority=authority.name, stamp=stamp))
    return tuple(results)


async def _collect_answers(
    authorities: Iterable[Authority], line: bytes, now: Clock
) -> list[bytes | str]:
    """What each authority answered, where that holds; else why it does not."""
    return await asyncio.gather(*(_collect_answer(each, line, now) for each in authorities))


async def _collect_answer(authority: Authority, line: bytes, now: Clock) -> bytes | str:
    question = ask_for(line)
    try:
        payload = await _collect_payload(authority, question, now)
        check_answer(payload, question.sha256, authority.roots, question.nonce)
    except (Unfit, Refused, ValueError) as error:  # ValueError: an address that is none
        return str(error)
    return payload


async def _collect_payload(authority: Authority, question: Question, now: Clock) -> bytes:
    reach = Reach(hosts=frozenset({urlsplit(authority.url).netloc}), private=authority.private)
    answer = await fetch(
        authority.url,
        reach=reach,
        limits=LIMITS,
        now=now,
        method="POST",
        headers=_HEADERS,
        body=question.der,
    )
    return _payload(answer)


def _payload(answer: Answer) -> bytes:
    """The content of a good answer. Refuses (Unfit) any other."""
    try:
        whole = read_whole(answer)
    except Failed as failed:
        raise Unfit(f"it could not be asked ({failed.word}): {failed.why}") from failed
    if whole.status != 200:
        raise Unfit(f"it answered with status {whole.status}")
    return whole.content


def _load(root: Path, named: Named) -> Authority:
    if AUTHORITY.fullmatch(named.name) is None:
        raise Refused(
            f"{named.name!r} cannot be the name of an authority.",
            "Use up to 40 small letters, digits and hyphens: its files are called by it.",
        )
    place = PurePosixPath(named.roots)
    if place.is_absolute() or ".." in place.parts or not place.name:
        raise Refused(f"{named.roots} lies outside the corpus.", "Copy the certificates into it.")
    roots = _read_roots(root, place)
    return Authority(name=named.name, url=named.url, roots=roots, private=named.private)


def _read_roots(root: Path, place: PurePosixPath) -> bytes:
    for folder in place.parents:
        if (root / folder).is_symlink() and folder.parts:
            raise Refused(f"{folder} is a link.", "Copy the certificates into the corpus.")
    try:
        with read_inside(root / place.parent, place.name) as file:
            pem = file.read(LARGEST_ROOTS)
        read_roots(pem)
    except (OSError, BrokenEvidence, Unfit) as error:
        raise Refused(
            f"{place} cannot be used: {error}.",
            "Name a PEM file in the corpus with the certificates that you trust.",
        ) from error
    return pem
