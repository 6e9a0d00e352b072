"""Notices to be visited, by source: who is asked, where it may be asked, how quickly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from tenderlight import __version__
from tenderlight.collecting.crawling.errand import Manners, manners_of
from tenderlight.sources.card import Card, Expected, Terms
from tenderlight.watching import Look, host_of

WATCH = "watch"
"""The source of visits to notices that no card speaks of: added from folders, with an address."""
PACE = 5.0
"""Seconds between two requests to a host that no card speaks of."""


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Notices of one source, which are asked for in the same manner."""

    source: str
    home: str
    """Another page of the source: what is asked for where a notice is not answered."""
    manners: Manners
    looks: tuple[Look, ...]


def find_parties(looks: Sequence[Look], cards: Mapping[str, Card], contact: str) -> Iterator[Party]:
    """The notices by source, in the order of the plan."""
    by_card: dict[str, tuple[Card, list[Look]]] = {}
    for look in looks:
        card = _card(look, cards)
        name = card.id if card.id != WATCH else f"{WATCH} {card.hosts[0]}"
        by_card.setdefault(name, (card, []))[1].append(look)
    for card, some in by_card.values():
        yield Party(
            source=card.id,
            home=card.home,
            manners=manners_of(card, contact, __version__),
            looks=tuple(some),
        )


def private_sources(looks: Sequence[Look], cards: Mapping[str, Card]) -> tuple[str, ...]:
    """The sources by whose word addresses inside the user's own network would be asked."""
    return tuple(sorted({card.id for look in looks if (card := _card(look, cards)).private}))


def _card(look: Look, cards: Mapping[str, Card]) -> Card:
    """The card of the source that a notice came from, else the most careful one for its host.

    A card that a stranger added must not make us hasty where another card is polite.
    """
    host = _bare(look.first.url)
    source = look.first.exchange.source if look.first.exchange else ""
    speak = {name: card for name, card in sorted(cards.items()) if _speaks_of(card, host)}
    if speak:
        return speak.get(source) or max(speak.values(), key=_care)
    scheme = (look.first.url or "").partition("://")[0].lower()
    return Card(
        id=WATCH,
        name=host,
        name_zh=host,
        country="CN",
        language="zh",
        home=f"{scheme}://{host}/",
        scope="Notices that were added by hand.",
        hosts=(host,),
        pace=PACE,
        expected=Expected(minimum=0, maximum=1_000_000),
        terms_seen=Terms(seen=date.min, note="None: nobody has written a card."),
        kind="code",
    )


def _speaks_of(card: Card, host: str) -> bool:
    return any(_bare(f"http://{one}") == host for one in card.hosts)


def _care(card: Card) -> tuple[bool, bool, float]:
    return not card.private, card.robots == "obey", card.pace


def _bare(url: str | None) -> str:
    """A host with its port where that is not the usual one; of what is no address, its words."""
    is_http = (url or "").lower().startswith("http:")
    return host_of(url).removesuffix(":80" if is_http else ":443")
