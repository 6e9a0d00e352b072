"""What a citation says of a notice, a passage or a figure of a corpus; `citing` gives it a form.

The stable link is the newest published edition that cites it, else its address at a desk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, urlencode

from tenderlight.citing import Source
from tenderlight.corpus import Shown
from tenderlight.corpus.published import PublishedEdition, called, stem_of
from tenderlight.figures import Cell, Figure
from tenderlight.figures.figure import Column
from tenderlight.model import Refused

LONGEST = 600
"""Characters of a passage that are quoted; its place tells where it ends."""


def cite_notice(
    shown: Shown,
    editions: Sequence[PublishedEdition] = (),
    place: tuple[int, int] | None = None,
    lang: str = "en",
) -> Source:
    """A notice, or the passage at these characters of its masked text, as something to cite.

    `editions` begin with the newest. Refuses (Refused) a place outside the text.
    """
    row, at = shown.row, "" if place is None else f"{place[0]}-{place[1]}"
    edition = next((one for one in editions if _cites(one, row["id"])), None)
    behind = f"@{at}" if at else ""
    desk = f"/notices/{row['id']}" + (f"?at={at}#at-asked" if at else "")
    return Source(
        kind="passage" if at else "notice",
        id=row["id"],
        title=row["title"] or row["file"],
        link=f"site/{lang}/notice.html#{row['id']}{behind}" if edition else desk,
        author=row["buyer"],
        issued=row["published"],
        container=row["source"],
        url=row["url"],
        edition=edition.id if edition else None,
        quote=None if place is None else quoted(shown.text, place),
        place=at or None,
        accessed=row["evidence"]["captured"],
        sha256=row["evidence"]["sha256"],
        language=row["language"],
    )


def cite_figure(
    figure: Figure,
    words: Mapping[str, str],
    corpus: str,
    editions: Sequence[PublishedEdition] = (),
    key: str | None = None,
    lang: str = "en",
) -> Source:
    """A figure asked with `words`, or the number in it that `key` opens, as something to cite.

    The name `corpus` stands where no edition holds it. Of a number hand in such editions alone as
    hold the present state: in another one it may be another number. Refuses (Refused) a key that
    no number of the figure has.
    """
    stem, name = stem_of(figure.name, words), called(figure.name, words)
    edition = next((one for one in editions if name in one.figures), None)
    number = None if key is None else number_of(figure, key, lang)
    desk = _asked(f"/figures/{figure.name}{'' if key is None else '/rows'}", words, key)
    page = f"site/{lang}/figure-{stem}.html"
    if key is not None:
        page = f"site/{lang}/rows.html#{stem}/{quote(key, safe='')}"
    told = "; ".join(
        f"{one.zh if lang == 'zh' else one.en}: {one.value}"
        for one in figure.given
        if one.id in words
    )
    title = figure.zh if lang == "zh" else figure.en
    return Source(
        kind="figure",
        id=stem if key is None else f"{stem}-{_ascii(key)}",
        title=f"{title} ({told})" if told else title,
        link=page if edition else desk,
        container=edition.title if edition else corpus,
        issued=edition.as_of if edition else None,
        edition=edition.id if edition else None,
        number=number,
        sha256=edition.sha256 if edition else None,
        language=lang,
    )


def quoted(text: str, place: tuple[int, int]) -> str:
    """A passage of a text, cut where it is very long. Refuses a place outside the text.

    >>> quoted("采购人脸识别系统", (2, 6))
    '人脸识别'
    >>> quoted("采购", (1, 3))
    Traceback (most recent call last):
    tenderlight.model.trouble.Refused: The text has no passage 1-3. It has 2 characters.
    """
    start, end = place
    if not 0 <= start < end <= len(text):
        raise Refused(
            f"The text has no passage {start}-{end}.", f"It has {len(text):,} characters."
        )
    return text[start:end] if end - start <= LONGEST else text[start : start + LONGEST] + " …"


def number_of(figure: Figure, key: str, lang: str = "en") -> str:
    """A number of a figure in words: row, column and what stands there. Refuses an unknown key."""
    for row in figure.rows:
        head = row.cells[0] if row.cells else Cell()
        for column, cell in zip(figure.columns, row.cells, strict=True):
            if cell.key == key:
                told = f"{_said(head, lang)}, {column.zh if lang == 'zh' else column.en}"
                return f"{told}: {_valued(column, cell)}"
    for name, value in _beside(figure, key, lang):
        return f"{name}: {value}"
    hint = "`tenderlight figure CORPUS NAME --keys` prints those that it has."
    raise Refused(f"{figure.name} has no number {key[:80]!r}.", hint)


def _beside(figure: Figure, key: str, lang: str) -> Iterator[tuple[str, object]]:
    """Numbers that stand in the coverage or in the chart alone."""
    for one in figure.coverage:
        if one.key == key:
            yield one.zh if lang == "zh" else one.en, one.count
    for series in figure.chart.series:
        for point in series.points:
            if point.key == key:
                names = (point.zh, series.zh) if lang == "zh" else (point.en, series.en)
                yield ", ".join(names), point.value


def _valued(column: Column, cell: Cell) -> str:
    value = f"{cell.value:,}" if isinstance(cell.value, int) else str(cell.value)
    if column.kind in ("money", "average"):
        return f"CNY {value}"
    if column.kind == "percent":
        return f"{value} %"
    return value if cell.of is None else f"{value} / {cell.of:,}"


def _said(cell: Cell, lang: str) -> str:
    return str(cell.zh if lang == "zh" and cell.zh else cell.value)


def _cites(edition: PublishedEdition, id: str) -> bool:
    return any(id in behind for behind in edition.figures.values())


def _asked(path: str, words: Mapping[str, str], key: str | None) -> str:
    asked = dict(words) if key is None else {**words, "cell": key}
    return path + (f"?{urlencode(asked)}" if asked else "")


def _ascii(key: str) -> str:
    """A key as part of a name that a bibliography can have; one in other letters by its digest."""
    return key if key.isascii() else hashlib.sha256(key.encode()).hexdigest()[:12]
