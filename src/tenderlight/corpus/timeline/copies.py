"""Notices that are gone at one address and stand at another of the same site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderlight.corpus.folder import Folder
from tenderlight.corpus.read import Corpus, Shown
from tenderlight.model import Fields, Reading
from tenderlight.watching import Page, host_of, likeness, page_of

SAME = 0.95
"""From this part of their lines on, either way, two texts are the same."""
AT_ONCE = 500
MOST = 5
"""Notices of one title that are compared: a title that hundreds have says nothing."""
LATER = """
select gone.id, gone.url, other.id, other.url, coalesce(gone.source = other.source, false)
from notice gone join notice other on other.title = gone.title and other.id <> gone.id
where gone.id in (select unnest(?)) and other.url is not null and other.number > gone.number
qualify row_number() over (partition by gone.id order by other.number) <= ?
order by gone.id, other.number
"""


def find_copies(folder: Folder, gone: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """For each notice that is gone, the address of the site at which its text was seen later.

    Another site's copy is none: many notices are published twice, and one taken down on one of
    two portals was taken down there.
    """
    corpus = Corpus(folder, "")
    for start in range(0, len(gone), AT_ONCE):
        some = list(gone[start : start + AT_ONCE])
        found: dict[str, str] = {}
        for id, url, other, there, same_source in _candidates(corpus, some):
            on_site = host_of(url) == host_of(there) or same_source
            if id not in found and on_site and url != there and _is_same(corpus, id, other):
                found[id] = there
        yield from ((id, found.get(id)) for id in some)


def _candidates(corpus: Corpus, gone: list[str]) -> list[tuple[str, str, str, str, bool]]:
    return corpus.connect().execute(LATER, [gone, MOST]).fetchall()


def _is_same(corpus: Corpus, one: str, other: str) -> bool:
    mine, theirs = _page(corpus.notice(one)), _page(corpus.notice(other))
    return likeness(mine, theirs) >= SAME and likeness(theirs, mine) >= SAME


def _page(shown: Shown | None) -> Page:
    if shown is None:
        return Page()
    return page_of(Reading(text=shown.text, blocks=shown.blocks, media_type=""), Fields())
