"""Answers of invented reviewers."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tenderlight.review import Quote, Reviewed


def answered(answer: Any = "yes", by: str = "LW", second: int = 0, **other: Any) -> Reviewed:
    """One answer about one invented case."""
    usual: dict[str, Any] = {"case": "c" * 16, "notice": "a" * 16, "subject": "iris"}
    moment = f"2026-03-01T10:{second // 60:02}:{second % 60:02}.000Z"
    return Reviewed(decided=moment, by=by, answer=answer, **(usual | other))


NAMES = st.sampled_from(["LW", "ST", "MQ"])
ANSWERS = st.sampled_from(["yes", "no", "unsure", "other", "elsewhere"])


@st.composite
def histories(draw: st.DrawFn) -> list[Reviewed]:
    """Lines of three people, some of whom take answers back."""
    lines: list[Reviewed] = []
    for second in range(draw(st.integers(0, 9))):
        by, back = draw(NAMES), draw(st.booleans())
        if lines and back:
            taken = draw(st.sampled_from(lines)).name
            lines.append(answered("undo", by, second, case="", subject="", undoes=taken))
            continue
        other: dict[str, Any] = {"resolves": draw(st.integers(0, 5)) == 0}
        other["subject"] = draw(st.sampled_from(["iris", "dna"]))
        other["quote"] = Quote(exact=draw(st.sampled_from(["", "虹膜", "虹膜采集仪"])))
        lines.append(answered(draw(ANSWERS), by, second, **other))
    return lines
