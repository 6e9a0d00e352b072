"""The commands by which anyone checks a hand-over without us. Our tests run them as they stand.

They need bash and the tools that every Linux has, OpenSSL for the stamps, and for the last one two
programs of other people: warcio and bagit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from tenderlight.exports.handover.stamps import Vouched

MOST_STAMPS = 2
"""Commands for so many stamps stand on the page, the first and the last; the others go alike."""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A command, what it shows, and what it says if all is well."""

    en: str
    zh: str
    command: str
    says: str


WHOLE = Check(
    en="The files are those that were handed over. Compare the first digest with the one that you "
    "were told by another way.",
    zh="文件与移交时相同。请将第一个摘要与另行告知您的核对。",
    command=(
        "sha256sum tagmanifest-sha256.txt && sha256sum --quiet -c tagmanifest-sha256.txt &&\n"
        "  sha256sum --quiet -c manifest-sha256.txt && bagit.py --validate ."
    ),
    says="… is valid",
)
CHAIN = Check(
    en="Each ledger line names the SHA-256 of the line before it: none was changed or taken out.",
    zh="账本每一行都写有上一行的 SHA-256：没有任何一行被改动或抽走。",
    command=(
        'for part in data/ledger/*.jsonl; do d=$(mktemp -d); split -l 1 -d -a 7 "$part" "$d/"\n'
        '  diff <(cd "$d" && ls | xargs sha256sum | cut -c1-64 | head -n -1) \\\n'
        '       <(cut -c11-74 "$part" | tail -n +2) && echo "the chain holds"; rm -r "$d"; done'
    ),
    says="the chain holds",
)
ORIGINALS = Check(
    en="Each original is byte for byte the document that the ledger names.",
    zh="每份原件与账本所记文件逐字节相同。",
    command=(
        "sha256sum data/originals/* | cut -c1-64 | grep -vxFf \\\n"
        '  <(grep -oh \'"sha256":"[0-9a-f]*\' data/ledger/*.jsonl | cut -c11-) || '
        'echo "all originals are in the ledger"'
    ),
    says="all originals are in the ledger",
)
RECORDS = Check(
    en="Each WARC record, with what the server sent, is the one that the ledger names.",
    zh="每条 WARC 记录（含服务器所发内容）与账本所记相同。",
    command=(
        "w=$(mktemp -d); python3 -m zipfile -e data/evidence.wacz $w; "
        "warcio check -v $w/archive/*\n"
        "while read -r sha256 file offset length; do\n"
        '  tail -c +$((offset + 1)) "$w/archive/$file" | head -c "$length" | sha256sum |\n'
        '    grep -q "$sha256" && grep -qF "\\"$sha256\\"" data/ledger/*.jsonl ||\n'
        '    echo "not as preserved: $file at $offset"\n'
        'done < data/records.txt && echo "all records were compared"'
    ),
    says="all records were compared",
)


def stamp_check(vouched: Vouched) -> Check:
    """The command that checks one time stamp.

    `-attime`: the authority's certificate must have been valid then; it will have ended some day.
    """
    command = (
        f"sed -n {vouched.ledger_place}p data/{vouched.ledger_file} |\n"
        f"  openssl ts -verify -data /dev/stdin -in data/{vouched.token} \\\n"
        f"    -CAfile data/{vouched.roots} -attime {_seconds(vouched.stamped)}"
    )
    return Check(
        en=f"Line {vouched.line:,} and all before it were there on {shown(vouched.stamped)}.",
        zh=f"账本第 {vouched.line:,} 行及其之前各行在 {shown(vouched.stamped)} 已经存在。",
        command=command,
        says="Verification: OK",
    )


def checks(stamps: Sequence[Vouched], archive: bool, documents: bool) -> tuple[Check, ...]:
    """The commands for a hand-over, in the order in which they make sense.

    `archive`: the records are in it; `documents`: at least one original is.
    """
    some = stamps if len(stamps) <= MOST_STAMPS else (stamps[0], stamps[-1])
    held = ((ORIGINALS,) if documents else ()) + ((RECORDS,) if archive else ())
    return (WHOLE, *held, CHAIN, *map(stamp_check, some))


def _seconds(time: str) -> int:
    return int(datetime.fromisoformat(time).timestamp())


def shown(time: str) -> str:
    """A time as people read it.

    >>> shown("2026-11-22T06:46:33Z")
    '2026-11-22 06:46:33 UTC'
    """
    return time.replace("T", " ").removesuffix("Z") + " UTC"
