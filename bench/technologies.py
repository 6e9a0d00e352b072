"""Four readers beside each other on the same labelled notices, in one run.

Ours (the definitions), keyword matching alone, TF-IDF with a linear classifier, and the second
reader by itself. Those that learn are taught by the labels of other notices only: five parts, the
notices of one buyer or project always in one part.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bench.technologies_labelled import FIELDS, Facts, Labelled, labelled, lessons
from tenderlight.corpus import Corpus
from tenderlight.plain import simplify
from tenderlight.second.lessons import example_lessons
from tenderlight.second.score import sentences_of, trained
from tenderlight.second.train import train
from tenderlight.technologies import Definitions, Term, load_definitions
from tenderlight.technologies.phrases import Phrase

PARTS = 5
SURE = 0.5
"""From here on the second reader alone would say `bought`."""
Said = Mapping[str, Facts]
Split = tuple[list[Labelled], list[Labelled]]


def section(
    corpus: Path, labels: Mapping[str, Path], floors: Mapping[str, Any]
) -> tuple[str, list[str]]:
    """The table of all readers for each set of labels, and what is below its floor."""
    lines = ["## Technologies, beside other ways\n"]
    lines.append(
        "F1 on labelled notices. `keywords`: any word of a definition anywhere counts as bought. "
        "`TF-IDF`: stretches of one to four characters, a linear support vector machine for each "
        "technology, target and question. `second reader`: by itself, which nobody should use it "
        "for. Both learners are taught by the labels of four parts and tried on the fifth; all "
        "notices of a buyer or project lie in one part. The definitions were written with these "
        "sets at hand: expect less of them elsewhere.\n"
    )
    notices = labelled(Corpus.open(corpus), list(labels.values()))
    said = readers(notices, load_definitions())
    short = []
    for name, folder in labels.items():
        files = {path.stem for path in folder.glob("*.json")}
        some = [n for n, one in enumerate(notices) if Path(one.file).stem in files]
        lines += [f"### {name}: {len(some)} notices\n", "| reader | bought | any | surveillance "]
        lines[-1] += "| targets |"
        lines.append("|---|---:|---:|---:|---:|")
        for reader, answers in said.items():
            scores = {
                f: f1([(notices[n].truth[f], answers[n].get(f)) for n in some]) for f in FIELDS
            }
            cells = ["" if scores[f] is None else f"{scores[f]:.3f}" for f in FIELDS]
            lines.append(f"| {reader} | {' | '.join(cells)} |")
            for field, floor in floors.get(name, {}).get(reader, {}).items():
                if (scores[field] or 0) < floor:
                    short.append(f"technologies {name} {reader} {field}: {scores[field]} < {floor}")
        lines.append("")
    return "\n".join(lines), short


def readers(notices: Sequence[Labelled], definitions: Definitions) -> dict[str, list[Said]]:
    """What each reader says of every notice."""
    return {
        "definitions (ours)": [one.ours for one in notices],
        "keywords": [keywords(one.text, definitions) for one in notices],
        "TF-IDF + linear": _by_parts(notices, _linear),
        "second reader": _by_parts(notices, lambda split: _second(split, definitions)),
    }


def f1(pairs: Sequence[tuple[Facts, Facts | None]]) -> float | None:
    """F1 over notices; None where a reader does not say.

    >>> f1([(frozenset({"iris"}), frozenset({"iris", "dna"}))])
    0.6666666666666666
    """
    if any(said is None for _, said in pairs):
        return None
    right = sum(len(truth & (said or frozenset())) for truth, said in pairs)
    both = sum(len(truth) + len(said or ()) for truth, said in pairs)
    return 2 * right / both if both else None


def keywords(text: str, definitions: Definitions) -> Said:
    """What a search for words alone finds: all of them, wherever they stand.

    >>> sorted(keywords("本项目不包含人脸识别", load_definitions())["bought"])
    ['facial-recognition']
    """
    plain = simplify(text)
    named = {
        kind: {t.id for t in terms if _stands(plain, t)}
        for kind, terms in (("technology", definitions.technology), ("target", definitions.target))
    }
    technologies = frozenset(named["technology"])
    return {
        "bought": technologies,
        "any": technologies,
        "surveillance": frozenset(["yes"] if technologies else []),
        "targets": frozenset(named["target"]),
    }


def _stands(plain: str, term: Term) -> bool:
    words = (*term.words, *term.sure, *term.weak, *term.alone, *term.mention)
    return any(_pattern(word).search(plain) for word in words)


@cache
def _pattern(word: str) -> re.Pattern[str]:
    phrase = Phrase.parse(word)
    return re.compile(f"(?:{'|'.join(map(re.escape, phrase.heads))}){phrase.tail}")


def _by_parts(notices: Sequence[Labelled], read: Callable[[Split], list[Said]]) -> list[Said]:
    answers: dict[str, Said] = {}
    for part in range(PARTS):
        kept = [one for one in notices if _part(one) == part]
        split = ([one for one in notices if _part(one) != part], kept)
        answers |= dict(zip((one.file for one in kept), read(split), strict=True))
    return [answers[one.file] for one in notices]


def _part(notice: Labelled) -> int:
    return hashlib.sha256(f"part {notice.group}".encode()).digest()[0] % PARTS


def _linear(split: Split) -> list[Said]:
    """TF-IDF over characters and a linear classifier for each thing that can be said."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    taught, kept = split
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True)
    known = vectorizer.fit_transform([simplify(one.text) for one in taught])
    asked = vectorizer.transform([simplify(one.text) for one in kept])
    said: list[dict[str, set[str]]] = [{field: set() for field in FIELDS} for _ in kept]
    for field, name in _things(taught):
        truth = [name in one.truth[field] for one in taught]
        for answer, yes in zip(said, _classified(known, truth, asked), strict=True):
            if yes:
                answer[field].add(name)
    return [{field: frozenset(found) for field, found in one.items()} for one in said]


def _classified(known: Any, truth: list[bool], asked: Any) -> Iterator[bool]:
    from sklearn.svm import LinearSVC

    if all(truth):
        return iter([True] * asked.shape[0])
    model = LinearSVC(C=1, class_weight="balanced", random_state=1)
    return map(bool, model.fit(known, truth).predict(asked))


def _things(notices: Sequence[Labelled]) -> list[tuple[str, str]]:
    said = {(field, name) for one in notices for field in FIELDS for name in one.truth[field]}
    return sorted(said)


def _second(split: Split, definitions: Definitions) -> list[Said]:
    taught, kept = split
    known = [*example_lessons(definitions), *lessons(taught, definitions)]
    model = trained(train(known, definitions), definitions)
    said = []
    for one in kept:
        scores = model.scores(
            one.title,
            one.text,
            [
                *sentences_of(one.text),
            ],
        )
        best = scores.max(axis=0, initial=0)
        bought = {model.subjects[n] for n in range(len(best)) if best[n] >= SURE}
        watches = frozenset(["yes"] if bought else [])
        said.append({"bought": frozenset(bought), "surveillance": watches})
    return said
