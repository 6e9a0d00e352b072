"""What a later round of looks finds: notices as they were, changed ones, and pages that are gone.

What a changed page says now must move no number: figures rest on what was preserved first.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.planted.life import HOST, SECOND
from bench.planted.pages import page
from bench.planted.plan import Draft, World
from tenderlight.evidence import Answer, Keeping, Store
from tenderlight.model import Role

BEGUN = datetime(2026, 3, 2, 1, tzinfo=UTC)
RUN, SOURCE = "later", "planted"
KINDS = {"html": "text/html", "txt": "text/plain"}


class Round:
    """One round of looks at the notices of a corpus that are planned to be looked at again."""

    def __init__(self, evidence: Path) -> None:
        self._store, self._now = Store(evidence), BEGUN

    def look(self, world: World, ids: dict[str, str]) -> None:
        """Preserve what the portals answer; `ids` are the captures of the drafts."""
        with self._store.keeping(lambda: self._now) as session:
            for host in (HOST, SECOND):
                self._keep(session, f"{host}/", "<p>首页</p>".encode(), "html", "other")
            for draft in world.drafts:
                if draft.fate not in ("", "withdrawn"):
                    for kind, payload in _answers(draft):
                        self._keep(session, draft.url, payload, kind, "visit", ids[draft.id])

    def _keep(
        self,
        session: Keeping,
        url: str,
        payload: bytes | None,
        kind: str,
        role: Role,
        of: str | None = None,
    ) -> None:
        self._now += timedelta(seconds=20)
        body = payload or b""
        answer = Answer(
            url=url,
            when=self._now,
            request=f"GET {url} HTTP/1.1\r\n\r\n".encode(),
            head=f"HTTP/1.1 {404 if payload is None else 200} X\r\nContent-Type: {KINDS[kind]}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode(),
            body=io.BytesIO(body),
        )
        session.keep_exchange(answer, role=role, source=SOURCE, run=RUN, of=of)


def _answers(draft: Draft) -> Iterator[tuple[str, bytes | None]]:
    """What a portal answers: twice that there is nothing, or the page as it is now."""
    if draft.fate in ("removed", "moved"):
        yield from [("html", None)] * 2
    else:
        yield page(draft if draft.fate == "unchanged" else _rewritten(draft))


def _rewritten(draft: Draft) -> Draft:
    """The same notice with other sums, another name and another need."""
    lots = tuple(replace(each, price=(each.price or 0) * 3 or None) for each in draft.won)
    budget = draft.budget * 3 if isinstance(draft.budget, int) else draft.budget
    project = replace(
        draft.project,
        name=f"{draft.project.name}（变更后）",
        said=(*draft.project.said, "采集人员血样８８８８份。"),
    )
    return replace(draft, project=project, won=lots, budget=budget)
