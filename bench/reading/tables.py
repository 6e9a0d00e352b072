"""The tables of the benchmark of reading, in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from bench.reading.run import OURS
from bench.reading.score import Score

Rows = dict[str, dict[str, Score]]
"""By row and reader."""

_OURS = (
    "| | documents | pages | characters wrong % | in any order % | ruled | partly ruled | unruled "
    "| across pages | cells too many | values exact % | wrong, unmarked | marked in vain % "
    "| boxes cover | s each |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def told_ours(rows: Rows) -> str:
    """What our readers read, as a table in Markdown."""
    return "\n".join([_OURS, *(_row(name, scores[OURS]) for name, scores in rows.items())])


def _row(name: str, score: Score) -> str:
    unmarked = score.values - score.values_right - score.values_doubted
    cells = [
        name,
        str(score.documents),
        str(score.pages or ""),
        percent(score.wrong, score.characters),
        percent(score.adrift, score.characters),
        *(_share(score, kind) for kind in ("all", "horizontal", "none", "across")),
        str(score.cells_more),
        percent(score.values_right, score.values),
        str(unmarked),
        percent(score.doubted_in_vain, score.values_right),
        f"{score.boxes_right}/{score.boxes}" if score.boxes else "",
        f"{score.seconds / (score.pages or score.documents):.3f}",
    ]
    return "| " + " | ".join(cells) + " |"


def _share(score: Score, kind: str) -> str:
    return f"{score.cells_right[kind]}/{score.cells[kind]}" if score.cells[kind] else ""


def told_beside(rows: Rows, peers: Sequence[str]) -> str:
    """Ours and others side by side: characters wrong, cells right, time."""
    names = [OURS, *peers]
    lines = [
        "| characters wrong %, in order (in any order); cells right %; seconds, ours as 1 | "
        + " | ".join(names)
        + " |",
        "|---|" + "---|" * len(names),
    ]
    for row, scores in rows.items():
        ours = scores[OURS]
        lines.append(f"| {row} | " + " | ".join(_beside(scores.get(n), ours) for n in names) + " |")
    return "\n".join(lines)


def _beside(score: Score | None, ours: Score) -> str:
    if score is None:
        return "cannot"
    kinds = ("all", "horizontal", "none")
    cells = percent(
        sum(score.cells_right[kind] for kind in kinds), sum(score.cells[kind] for kind in kinds), 1
    )
    wrong, adrift = (percent(n, score.characters) for n in (score.wrong, score.adrift))
    speed = "" if score is ours else f"; ×{score.seconds / max(ours.seconds, 0.001):.2g}"
    failed = f"; {score.failed} refused" if score.failed else ""
    return f"{wrong} ({adrift}); {cells}{speed}{failed}"


def percent(part: int, whole: int, digits: int = 2) -> str:
    """A share, `0.05`; nothing where there is no whole."""
    return f"{100 * part / whole:.{digits}f}" if whole else ""
