"""The sources as pages for readers: what each publishes, how it is asked, what was seen of it."""

from __future__ import annotations

from collections.abc import Iterable

from tenderlight.sources.card import Card

_KINDS = {
    "selectors": "pages, read by selectors",
    "json": "an interface that answers in JSON",
    "feed": "a feed or sitemap",
    "code": "pages, read by code of this package",
}


def source_pages(cards: Iterable[Card]) -> dict[str, str]:
    """Markdown pages by path: `README.md`, and `ccgp.md` for each source."""
    known = sorted(cards, key=lambda card: card.id)
    return {"README.md": _index(known), **{f"{card.id}.md": _page(card) for card in known}}


def _index(cards: list[Card]) -> str:
    rows = [
        f"| [{one.id}]({one.id}.md) | {_both_names(one)} | {one.country} | {_KINDS[one.kind]} |"
        for one in cards
    ]
    lines = [
        "# Where notices come from",
        "",
        "`tenderlight collect CORPUS SOURCE` collects from these. The pages are made from the",
        "cards in `src/tenderlight/sources/<id>/source.toml`. **They were written from saved pages",
        "and public knowledge and were never run against the sites themselves.** What they get",
        "wrong shows as an alarm in the first run's report. Before you collect, read the site's",
        "terms of use and set `contact` in `corpus.toml`.",
        "",
        "| id | source | country | how it answers |",
        "|---|---|---|---|",
        *rows,
        "",
        "Your own sources are cards too: [how to write one](writing.md).",
        "",
        "Folders that you saved, and WARC and WACZ files that others made, are sources for which",
        "nobody is asked: `tenderlight add` takes both ([evidence](../evidence.md),",
        "[import](../import.md)).",
    ]
    return "\n".join(lines) + "\n"


def _both_names(card: Card) -> str:
    return card.name if card.name == card.name_zh else f"{card.name} · {card.name_zh}"


def _page(card: Card) -> str:
    rules = card.selectors or card.json or card.feed or card.code
    days = f"the last {rules.days} days" if rules and rules.days else "as far as the lists go"
    pages = f"at most {rules.pages} pages of each list" if rules else ""
    facts = (
        ("home", f"<{card.home}>"),
        ("country, language", f"{card.country}, {card.language}"),
        ("asked", ", ".join(f"`{host}`" for host in card.hosts)),
        ("asked for files too", ", ".join(f"`{host}`" for host in card.attachment_hosts) or "-"),
        ("answers", _KINDS[card.kind]),
        ("searches", "for the words given" if card.searches else "no: it is listed whole"),
        ("how far", f"{days}, {pages}"),
        ("pace", f"{card.pace:g} seconds between two requests"),
        ("robots.txt", "obeyed" if card.robots == "obey" else card.robots),
        ("expected", f"{card.expected.minimum:,} to {card.expected.maximum:,} notices in a run"),
        ("terms of use", f"{card.terms_seen.note} ({card.terms_seen.seen.isoformat()})"),
    )
    lines = [
        f"# {_both_names(card)}",
        "",
        f"`{card.id}`, [all sources](README.md)",
        "",
        " ".join(card.scope.split()),
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in facts),
        "",
        "Never run against the site itself.",
    ]
    return "\n".join(lines) + "\n"
