"""Check kept testimony: each answer is what was kept, under the name of what was asked."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec

from tenderlight.evidence.records import Damage
from tenderlight.evidence.testimony import Testimony
from tenderlight.model import BrokenEvidence

_HINT = (
    "Restore testimony/ from a copy; or delete it and derived/, and build again: its pages are "
    "then recognised anew."
)
_MOST = 100
"""Damages that are named one by one."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of testimony found."""

    whole: int = 0
    """Answers that are as they were kept."""
    damages: tuple[Damage, ...] = ()


def check_testimony(path: Path) -> Checked:
    """Every answer compared with its digest and its request.

    >>> check_testimony(Path("no such file")).whole
    0
    """
    if not path.exists() and not path.is_symlink():
        return Checked()
    whole, wrong = 0, list[Damage]()
    try:
        with Testimony(path, to_read=True) as testimony:
            for answer in testimony.each():
                if not isinstance(answer, BrokenEvidence):
                    whole += 1
                elif len(wrong) < _MOST:
                    wrong.append(_damage(path, str(answer).removeprefix(f"{path}: ")))
    except BrokenEvidence as error:
        wrong.append(_damage(path, str(error).removeprefix(f"{path}: ").removeprefix(f"{path} ")))
    except sqlite3.Error as error:
        wrong.append(_damage(path, f"cannot be opened: {error}."))
    return Checked(whole=whole, damages=tuple(wrong))


def _damage(path: Path, what: str) -> Damage:
    return Damage(file=f"../{path.parent.name}/{path.name}", offset=0, what=what, hint=_HINT)
