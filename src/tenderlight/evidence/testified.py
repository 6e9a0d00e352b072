"""Check kept testimony: each answer is what was kept, under the name of what was asked."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec

from tenderlight.evidence.records import Damage
from tenderlight.evidence.testimony import Testimony
from tenderlight.model import BrokenEvidence

_HINT = (
    "Restore testimony/ from a copy; or delete the file and derived/, and build again: scanned "
    "pages are then recognised anew. A language model you would have to ask again."
)
_MOST = 100
"""Damages that are named one by one."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of testimony found."""

    whole: int = 0
    """Answers that are as they were kept."""
    damages: tuple[Damage, ...] = ()


def check_testimony(*paths: Path) -> Checked:
    """Every answer in these files compared with its digest and its request.

    >>> check_testimony(Path("no such file")).whole
    0
    """
    checked = [_check(path) for path in paths if path.exists() or path.is_symlink()]
    return Checked(
        whole=sum(one.whole for one in checked),
        damages=tuple(damage for one in checked for damage in one.damages),
    )


def _check(path: Path) -> Checked:
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
