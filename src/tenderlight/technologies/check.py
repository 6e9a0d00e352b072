"""What a definition would find, told before it is used: hits, what changes, what it just misses.

Pure: notices are handed in, one by one, each with what is said of it so far. Whatever is quoted
comes from the notice's masked text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from tenderlight.model import Fields, Findings, Passage, Reading
from tenderlight.plain import simplify
from tenderlight.technologies.definition import Definition, Definitions
from tenderlight.technologies.examples import NOTHING, Outcome, answer, try_examples
from tenderlight.technologies.find import find_findings
from tenderlight.technologies.near import AnyNotice, Hits, Reasons, Words
from tenderlight.technologies.relation import sentence
from tenderlight.technologies.sieve import Hit

KEPT = 1_000
"""Sightings kept of each change, and sentences left out; all are counted."""
TALLIED = ("new", "gone", "changed", "same")

Change = Literal["new", "gone", "changed", "same"]


class Said(msgspec.Struct, frozen=True):
    """What is said of a notice by the definitions in force, and the words that say so, masked."""

    what: str
    """`bought`, `30, 90`, `2 rules`."""
    word: str = ""
    sentence: str = ""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice to try definitions on."""

    id: str
    title: str
    """Masked."""
    reading: Reading
    fields: Fields
    text: str
    """The reading's text, masked character for character."""
    before: Mapping[tuple[str, str], Said] = {}
    """By kind and id."""


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """One notice in which a definition finds something, or no longer does."""

    notice: str
    title: str
    change: Change
    now: str
    """`bought`, `mentioned`, `excluded`, the values of a quantity, `2 rules`, `nothing`."""
    was: str
    word: str
    sentence: str
    rule: str
    """Why it counts as bought or only mentioned."""


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with a word of the definition that does not count, and why not."""

    notice: str
    title: str
    word: str
    sentence: str
    why: str


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What came of trying one definition."""

    kind: str
    id: str
    en: str
    zh: str
    examples: tuple[Outcome, ...]
    counts: dict[str, int]
    """Notices by what changes: new, gone, changed, same."""
    relations: dict[str, int]
    """Notices by what is found now: bought, mentioned, excluded; of a quantity or rule `found`."""
    sightings: tuple[Sighting, ...]
    left_out: tuple[LeftOut, ...]
    left_out_count: int
    company: tuple[tuple[str, int], ...]
    """Words that most often stand near what is found, and in how many notices."""
    beside: tuple[tuple[str, int], ...]
    """Words of the same notices that other notices seldom have: perhaps more words for it."""


class _Tally:
    """What was seen of one definition so far."""

    def __init__(self, definition: Definition, any_notice: AnyNotice) -> None:
        self.definition = definition
        self.reasons = Reasons(definition)
        self.counts = dict.fromkeys(TALLIED, 0)
        self.relations: dict[str, int] = {}
        self.sightings: list[Sighting] = []
        self.left_out: list[LeftOut] = []
        self.left_out_count = 0
        self.words = Words(definition, any_notice)

    def seen(self, sighting: Sighting) -> None:
        self.counts[sighting.change] += 1
        found = sighting.now if sighting.now in ("bought", "mentioned", "excluded") else "found"
        if sighting.now != NOTHING:
            self.relations[found] = self.relations.get(found, 0) + 1
        if self.counts[sighting.change] <= KEPT:
            self.sightings.append(sighting)


class Trial:
    """Some definitions, tried on notices beside all others that are in force.

    `definitions` are all that would be used; `checked` are those that are told about.
    """

    def __init__(
        self, definitions: Definitions, checked: Sequence[Definition], total: int = 0
    ) -> None:
        self.definitions = definitions
        self.notices = 0
        self._any = AnyNotice(total)
        self._tallies = {(one.kind, one.id): _Tally(one, self._any) for one in checked}
        self._hits = Hits(checked)

    def look(self, notice: Notice) -> None:
        """Try the definitions on one more notice."""
        self.notices += 1
        plain = simplify(notice.reading.text)
        hits = self._hits.of(plain, _stated_title(notice.fields))
        concerned = [name for name in self._tallies if name in hits or name in notice.before]
        self._any.read(notice.text, self.notices)
        if not concerned:
            return
        findings = find_findings(notice.reading, notice.fields, self.definitions)
        for name in concerned:
            self._tell(self._tallies[name], notice, plain, findings, hits.get(name, []))

    def told(self) -> tuple[Checked, ...]:
        """What came of it, definition by definition."""
        return tuple(self._checked(tally) for tally in self._tallies.values())

    def _checked(self, tally: _Tally) -> Checked:
        definition = tally.definition
        return Checked(
            kind=definition.kind,
            id=definition.id,
            en=definition.en,
            zh=definition.zh,
            examples=try_examples(definition, self.definitions),
            counts=tally.counts,
            relations=tally.relations,
            sightings=tuple(sorted(tally.sightings, key=lambda one: TALLIED.index(one.change))),
            left_out=tuple(tally.left_out),
            left_out_count=tally.left_out_count,
            company=tally.words.company(),
            beside=tally.words.beside(),
        )

    def _tell(
        self, tally: _Tally, notice: Notice, plain: str, findings: Findings, hits: list[Hit]
    ) -> None:
        kind, id = tally.definition.kind, tally.definition.id
        now = _short(kind, findings, id)
        before = notice.before.get((kind, id), Said(NOTHING))
        at, rule = _where(findings, kind, id)
        if now == before.what == NOTHING:
            self._left_out(tally, notice, plain, findings, hits)
            return
        if now != NOTHING:
            tally.words.read(notice.text, plain, hits)
        place = _place(at, hits)
        tally.seen(
            Sighting(
                notice=notice.id,
                title=notice.title,
                change=_change(now, before.what),
                now=now,
                was=before.what,
                word=_quoted(notice, at) if at else before.word,
                sentence=_around(notice.text, plain, place) if at else before.sentence,
                rule=rule or self._reason(tally, notice, plain, findings, hits),
            )
        )

    def _left_out(
        self, tally: _Tally, notice: Notice, plain: str, findings: Findings, hits: list[Hit]
    ) -> None:
        tally.left_out_count += 1
        if len(tally.left_out) == KEPT:
            return
        place = _place(None, hits)
        tally.left_out.append(
            LeftOut(
                notice=notice.id,
                title=notice.title,
                word=_cut(notice.text, place),
                sentence=_around(notice.text, plain, place),
                why=self._reason(tally, notice, plain, findings, hits),
            )
        )

    def _reason(
        self, tally: _Tally, notice: Notice, plain: str, findings: Findings, hits: list[Hit]
    ) -> str:
        """Why its words do not count in this notice."""
        if not hits:
            return "none of its words stands here"
        watches = findings.surveillance is not None and findings.surveillance.value
        if tally.definition.kind != "technology" and not watches:
            return "the notice buys no means to watch people"
        title = notice.fields.title.value if notice.fields.title else ""
        buyer = notice.fields.buyer.value if notice.fields.buyer else ""
        frame = simplify(f"{title}\n{buyer}")
        return tally.reasons.why(notice.text, plain, frame, hits[0])


def _stated_title(fields: Fields) -> str:
    """The title that a manifest states, which the document may not print."""
    title = fields.title
    return simplify(title.at.text) if title is not None and title.at.part == "manifest" else ""


def _short(kind: str, findings: Findings, id: str) -> str:
    said = answer(findings, kind, id)
    return rules_said(said.count("\n") + 1) if kind == "rule" and said != NOTHING else said


def rules_said(count: int) -> str:
    """How many rules were quoted, in the words of a `Sighting`."""
    return "1 rule" if count == 1 else f"{count} rules"


def _change(now: str, was: str) -> Change:
    if was == NOTHING:
        return "new"
    if now == NOTHING:
        return "gone"
    return "same" if now == was else "changed"


def _where(findings: Findings, kind: str, id: str) -> tuple[Passage | None, str]:
    """The passage that it rests on, bought ones first, and the rule."""
    if kind == "quantity":
        return next(((one.at, "") for one in findings.quantities if one.what == id), (None, ""))
    if kind == "rule":
        return next(((one.at, "") for one in findings.conditions if one.id == id), (None, ""))
    named = [one for one in findings.findings if (one.kind, one.id) == (kind, id)]
    named.sort(key=lambda one: one.relation != "bought")
    return (named[0].at, named[0].rule) if named else (None, "")


def _place(at: Passage | None, hits: list[Hit]) -> tuple[int, int]:
    if at is not None:
        return (at.start, at.end) if at.part != "manifest" else (0, 0)
    return (hits[0].start, hits[0].end) if hits else (0, 0)


def _quoted(notice: Notice, at: Passage) -> str:
    """The passage as it may be shown; of a manifest's title, the masked title."""
    return notice.title if at.part == "manifest" else _cut(notice.text, (at.start, at.end))


def _cut(text: str, place: tuple[int, int]) -> str:
    return " ".join(text[place[0] : place[1]].split())


def _around(text: str, plain: str, place: tuple[int, int]) -> str:
    if place == (0, 0):
        return ""
    return _cut(text, sentence(plain, *place))
