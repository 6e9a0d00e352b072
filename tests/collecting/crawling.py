"""What the tests of crawling and collecting share: an empty evidence, and a crawl over it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tenderlight.collecting.crawling.crawl import Ended, crawl
from tenderlight.collecting.crawling.errand import Errand, Manners, Returned
from tenderlight.evidence import Store
from tenderlight.model import Capture
from tenderlight.sources.asking import Source
from tenderlight.sources.load import load_sources
from tests.portal import Portal
from tests.portal.cards import write_card

CONTACT = "desk@example.org"


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a test is a door


def manners(netloc: str, **more: Any) -> Manners:
    """As polite as a test has time for."""
    given = {"agent": "Tenderlight/test", "pace": 0.0, "private": True, **more}
    return Manners(hosts=frozenset({netloc}), **given)


class Told:
    """A crawl that asks some addresses and no more, and what it told."""

    def __init__(self, evidence: Path) -> None:
        self.store = Store(evidence)
        self.returned: list[Returned] = []
        self._runs = itertools.count(1)

    def crawl(
        self,
        manners: Manners,
        errands: Iterable[Errand],
        then: Callable[[Returned], Iterable[Errand]] | None = None,
        **more: Any,
    ) -> Ended:
        def plan(returned: Returned) -> Iterator[Errand]:
            self.returned.append(returned)
            yield from then(returned) if then else ()

        run = more.pop("run", f"20261122T0646{next(self._runs):02}Z-invented")
        with self.store.keeping(now) as keeping:
            return crawl(
                keeping,
                self.store,
                manners,
                errands,
                plan,
                source="invented",
                run=run,
                now=more.pop("now", now),
                **more,
            )

    def one(self, about: object) -> Returned:
        """What came of the errand with this `about`."""
        (found,) = [one for one in self.returned if one.errand.about == about]
        return found

    def captures(self) -> list[Capture]:
        return list(self.store.captures())

    def statuses(self, path: str) -> list[object]:
        """Status, or error, of every exchange with addresses that end so."""
        return [
            capture.exchange.status or capture.exchange.error
            for capture in self.captures()
            if capture.exchange and (capture.url or "").endswith(path)
        ]


def portal_source(folder: Path, portal: Portal, site: str, **more: Any) -> Source:
    """One of the portal's sites as a source of a reporter's own."""
    id = write_card(folder, portal, site, **more)
    return load_sources(folder)[id]


CARD = """
name = "An invented site"
name_zh = "（样例）"
country = "CN"
language = "zh"
home = "{url}/"
scope = "Invented notices."
hosts = ["{netloc}"]
pace = 0.0
kind = "selectors"
private = true
{more}
[expected]
minimum = {minimum}
maximum = 100

[terms_seen]
seen = 2025-01-06
note = "None: it is ours."

[selectors]
lists = ["{url}/list"]
item = "li"
none_words = "暂无"
content = "#notice"
attachments = "a.file@href"
{rules}
"""


def small_source(
    folder: Path, url: str, more: str = "", rules: str = "", minimum: int = 0, id: str = "small"
) -> Source:
    """A source for a `SmallSite`: `/list` has the notices, `#notice` and `a.file` are theirs."""
    netloc = url.partition("://")[2]
    text = CARD.format(url=url, netloc=netloc, more=more, rules=rules, minimum=minimum)
    (folder / id).mkdir(parents=True, exist_ok=True)
    (folder / id / "source.toml").write_text(text, encoding="utf-8")
    return load_sources(folder)[id]
