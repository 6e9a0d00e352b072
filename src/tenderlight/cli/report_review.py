"""What the commands of reviewing show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.text import Text

from tenderlight.cli.speak import harmless, note, say, say_json, table
from tenderlight.corpus import Corpus
from tenderlight.corpus.reviewing import Asked
from tenderlight.corpus.reviewing.merging import Merged
from tenderlight.review import Agreement, Reviewed, standing

KEYS = "y yes · n no · u unsure · o another technology · e bought, but elsewhere"
MORE = "w why (before the answer) · s skip · z undo · q quit"
CLAIMS = {
    "bought": "The definitions say: bought",
    "mentioned": "The definitions say: only mentioned",
    "excluded": "The definitions say: left out by name",
    "none": "The definitions found nothing here",
}


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What a sitting came to."""

    answered: int
    left: int
    per_hour: int
    names: tuple[str, ...]
    """Of the answers, in their order."""


def case(asked: Asked, name: str, left: int, to: Console) -> None:
    """A case as a person reads it: who buys what when, the passage marked, the question."""
    to.print(harmless("─" * 20, "dim"))
    to.print(harmless(asked.title or "(no title was read)"))
    beside = (asked.buyer, asked.published, asked.url)
    to.print(harmless(" · ".join(part for part in beside if part)))
    to.print(Text("\n") + marked(asked) + Text("\n"))
    rule = f" ({asked.case.rule})" if asked.case.rule else ""
    to.print(harmless(CLAIMS.get(asked.case.claim, asked.case.claim) + rule, "dim"))
    if asked.case.score is not None:
        likely = f"The second reader: bought with a probability of {asked.case.score:.2f}"
        to.print(harmless(likely, "dim"))
    if asked.said is not None:
        to.print(harmless(f"A language model ({asked.said_by}) says: {asked.said}", "dim"))
    for each in asked.answers:
        why = f": {each.because}" if each.because else ""
        to.print(harmless(f"{each.by} says {_answer(each)}{why}"))
    to.print(harmless(f"Does this notice buy {name}?  [{left:,} left]", "bold"))


def marked(asked: Asked) -> Text:
    """The words around the passage, it itself marked: by »quotes« too, for who sees no colour."""
    quote = asked.case.quote
    context = asked.case.context or f"{quote.prefix}{quote.exact}{quote.suffix}"
    before, found, after = context.partition(quote.exact) if quote.exact else (context, "", "")
    if not found:
        head = harmless(f"»{quote.exact}« in: " if quote.exact else "The notice begins: ")
        return head + harmless(context)
    return harmless(before) + harmless(f"»{found}«", "bold reverse") + harmless(after)


def done(sitting: Done, agreed: Sequence[Agreement]) -> None:
    """How much was answered, how quickly, and how far reviewers agree by now: told at the end, so
    that nobody learns of a case what another said of it.
    """
    count = f"{sitting.answered:,} answered, {sitting.left:,} left, {sitting.per_hour:,} an hour"
    note(count)
    if agreed:
        whole = agreed[0]
        alpha = number(whole.alpha)
        note(f"Agreement over {whole.cases:,} cases that two or more answered: alpha {alpha}")


def reviews(lines: Sequence[Reviewed], as_json: bool) -> None:
    """All answers, and which stand."""
    stand = {each.name for each in standing(lines)}
    if as_json:
        say_json([_told(each) | {"stands": each.name in stand} for each in lines])
        return
    heads = ["name", "decided", "by", "answer", "subject", "notice", "passage", "because", "stands"]
    table(
        [(head, "left") for head in heads],
        [
            [
                each.name,
                each.decided,
                each.by,
                f"undoes {each.undoes}" if each.undoes else _answer(each),
                each.subject,
                each.notice,
                each.quote.exact,
                each.because,
                "yes" if each.name in stand else "",
            ]
            for each in lines
        ],
    )
    note(f"{len(stand):,} answers stand, of {len(lines):,} lines")


def merged(found: Merged, as_json: bool) -> None:
    """What a merge took over and what it refused."""
    if as_json:
        say_json(found)
        return
    say(f"{found.new:,} lines are new, {found.known:,} were known")
    if found.elsewhere:
        note(f"{found.elsewhere:,} are about notices that this corpus does not have (yet)")
    for each in found.refused:
        note(f"{each.file}, line {each.number}: {each.why}")


def disputed(cases: Sequence[Asked], corpus: Path, as_json: bool) -> None:
    """Where reviewers differ."""
    if as_json:
        told = [
            {
                "case": each.case,
                "title": each.title,
                "answers": [_told(line) for line in each.answers],
            }
            for each in cases
        ]
        say_json({"disputed": told})
        return
    table(
        [(head, "left") for head in ("case", "subject", "title", "passage", "answers")],
        [
            [
                each.case.id,
                each.case.subject,
                each.title or "",
                each.case.quote.exact,
                ", ".join(f"{line.by}: {_answer(line)}" for line in each.answers),
            ]
            for each in cases
        ],
    )
    note(f"{len(cases):,} disputed" + (_next(corpus) if cases else ""))


def agreed(found: Sequence[Agreement], as_json: bool) -> None:
    """How far reviewers agree, by technology."""
    if as_json:
        say_json({"agreement": found})
        return
    heads = [("technology", "left"), ("cases", "right"), ("same", "right"), ("alpha", "right")]
    table(
        [*heads, ("kappa", "left")],
        [
            [
                each.subject or "all",
                f"{each.cases:,}",
                f"{each.same:,}",
                number(each.alpha),
                "; ".join(
                    f"{two.one}, {two.other}: {number(two.kappa)} ({two.cases:,})"
                    for two in each.between
                ),
            ]
            for each in found
        ],
    )
    if not found:
        note("No case was answered by two who did not see each other.")


def number(value: float | None) -> str:
    """A coefficient with two places; `-` where it is not defined."""
    return "-" if value is None else f"{value:.2f}"


def named(corpus: Corpus, kind: str, id: str) -> str:
    """A technology's name in both languages."""
    known = corpus.definitions.get(kind, id)
    return f"{known.en} ({known.zh})" if known else id


def _answer(line: Reviewed) -> str:
    return f"{line.answer} {line.instead}" if line.instead else line.answer


def _told(line: Reviewed) -> dict[str, object]:
    told = msgspec.structs.asdict(line) | {"quote": msgspec.structs.asdict(line.quote)}
    return {"name": line.name, **told}


def _next(corpus: Path) -> str:
    return f". Next: tenderlight review {corpus} --resolve"
