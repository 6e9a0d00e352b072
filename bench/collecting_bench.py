"""A portal of ours collected whole, though it fails, and though the collector is killed."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tenderlight.evidence import Store
from tenderlight.model import Capture
from tests.portal import Portal
from tests.portal.cards import write_card

TENDERLIGHT = str(Path(sys.executable).with_name("tenderlight"))
SITE = "zfcg"
"""Static lists in GBK: pages that declare the wrong charset, attachments with names in GBK."""


class Collected(NamedTuple):
    """How it came out, as the portal and the evidence tell it."""

    notices: int
    notices_had: int
    """In the evidence, exactly once, with the right words in them."""
    attachments: int
    attachments_had: int
    """In the evidence, exactly once, byte for byte."""
    requests: int
    faults: int
    """Requests that the portal spoiled."""
    seconds: float
    pace: float
    shortest: float
    """Seconds between the two arrivals that were closest together."""
    kills: int
    kept: int
    """Lines of the ledger that were acknowledged before the last kill."""
    lost: int
    """Of those acknowledged before a kill, missing or altered in the end."""
    again: int
    """Requests after a kill for a notice or attachment that was acknowledged before it."""
    twice: int
    """Notices and attachments that the portal sent whole more than once."""
    finished: bool
    verified: bool
    strayed: int
    """Requests to the other host, which no page may make us ask."""


class Stand(NamedTuple):
    """What there was after a kill."""

    lines: list[bytes]
    """Acknowledged lines of the ledger."""
    asked: int
    """Requests so far."""


def collect_portal(
    work: Path,
    notices: int,
    *,
    faults: float,
    pace: float,
    kill_at: tuple[float, ...],
    seed: int = 11,
) -> Collected:
    """Collect a portal into a new corpus under `work`, with a SIGKILL at each of these shares."""
    corpus = work / "collected"
    _run("init", str(corpus))
    options = {"seed": seed, "slowness": 0.1, "baits": True}
    with Portal(notices=notices, faults=faults, **options) as portal:
        source = write_card(corpus / "sources", portal, SITE, pace=pace)
        files = portal.attachments()
        begun = time.perf_counter()
        command = [TENDERLIGHT, "collect", str(corpus), source, "--contact", "bench@example.org"]
        stands = []
        for share in kill_at:
            _killed(command, portal, int((notices + len(files)) * share))
            stands.append(Stand(_acknowledged(corpus), len(portal.log)))
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - begun
        if done.returncode not in (0, 1):
            raise RuntimeError(f"collect ended with {done.returncode}: {done.stderr[-2000:]}")
        held = list(Store(corpus / "evidence").captures())
        return Collected(
            notices=notices,
            notices_had=_notices_had(Store(corpus / "evidence"), held, portal),
            attachments=len(files),
            attachments_had=_attachments_had(held, files),
            requests=len(portal.log),
            faults=sum(request.fault is not None for request in portal.log),
            seconds=seconds,
            pace=pace,
            shortest=min(portal.gaps()),
            kills=len(stands),
            kept=len(stands[-1].lines),
            lost=sum(_lost(stand.lines, corpus) for stand in stands),
            again=sum(_asked_again(stand, portal) for stand in stands),
            twice=sum(count > 1 for count in _sent_whole(portal).values()),
            finished=_finished(corpus, held),
            verified=subprocess.run(
                [TENDERLIGHT, "verify", str(corpus)], check=False, capture_output=True
            ).returncode
            == 0,
            strayed=len(portal.trapped),
        )


def shortcomings(result: Collected, floors: dict[str, float]) -> list[str]:
    """What in it is not as it must be; empty where all is well."""
    gap = result.shortest
    said = {
        f"{result.notices - result.notices_had} notices missing": result.notices_had
        < result.notices,
        f"{result.attachments - result.attachments_had} attachments missing": (
            result.attachments_had < result.attachments
        ),
        f"requests {gap * 1000:.1f} ms apart": gap < result.pace,
        f"{result.lost} acknowledged lines lost": result.lost > 0,
        f"{result.again} fetched again after a kill": result.again > 0,
        f"{result.twice} fetched twice": result.twice > floors["in_flight"],
        f"{result.faults} faults of {result.requests}": result.faults
        < result.requests * floors["fault_share"],
        "the run did not finish": not result.finished,
        "the evidence does not verify": not result.verified,
        f"{result.strayed} requests to another host": result.strayed > 0,
    }
    return [f"collecting: {what}" for what, wrong in said.items() if wrong]


def told(result: Collected) -> str:
    """The section of docs/benchmarks.md."""
    return (
        "## Collecting a portal that fails\n\n"
        f"{result.notices:,} invented notices with {result.attachments:,} attachments on a portal "
        f"of ours on loopback (tests/portal), lists and pages in GBK; "
        f"{result.faults:,} of {result.requests:,} requests "
        f"({result.faults / result.requests:.1%}) were spoiled: slow and dripping answers, resets, "
        "cut-off bodies and chunks, lengths that lie, garbage, 429, 500, 502, 503. The collector "
        f"was killed {result.kills} times (SIGKILL) and started again.\n\n"
        "| | |\n|---|---:|\n"
        f"| notices in the evidence, each once | {result.notices_had:,} of {result.notices:,} |\n"
        f"| attachments in the evidence, each once, byte for byte "
        f"| {result.attachments_had:,} of {result.attachments:,} |\n"
        f"| ledger lines acknowledged before the last kill | {result.kept:,} |\n"
        f"| acknowledged before a kill, and lost | {result.lost} |\n"
        f"| acknowledged before a kill, and asked for again | {result.again} |\n"
        f"| pages sent whole twice (on their way at a kill) | {result.twice} |\n"
        f"| pace of the card | {result.pace * 1000:.0f} ms |\n"
        f"| shortest time between two arrivals | {result.shortest * 1000:.1f} ms |\n"
        f"| requests to other hosts, to which every page links | {result.strayed} |\n"
        f"| run finished, evidence verifies | {_yes(result.finished)}, {_yes(result.verified)} |\n"
        f"| seconds | {result.seconds:.0f} ({result.requests / result.seconds:.0f} requests/s) |\n"
    )


def _yes(fact: bool) -> str:
    return "yes" if fact else "NO"


def _run(*command: str) -> None:
    subprocess.run([TENDERLIGHT, *command], check=True, capture_output=True)


def _killed(command: list[str], portal: Portal, after: int) -> None:
    """Start it, and kill it once the portal has sent so many pages."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    with process:
        while len(portal.log) < after and process.poll() is None:
            time.sleep(0.02)
        if process.poll() is not None:
            assert process.stderr is not None
            raise RuntimeError(f"it ended before it was killed: {process.stderr.read()[-2000:]!r}")
        process.send_signal(signal.SIGKILL)


def _acknowledged(corpus: Path) -> list[bytes]:
    """The lines of the ledger that its head acknowledges."""
    head = corpus / "evidence" / "head.json"
    if not head.exists():
        return []
    count = int(re.search(r'"count":(\d+)', head.read_text())[1])  # type: ignore[index]
    return (corpus / "evidence" / "ledger.jsonl").read_bytes().splitlines()[:count]


def _lost(before: list[bytes], corpus: Path) -> int:
    now = _acknowledged(corpus)[: len(before)]
    return len(before) - sum(was == line for was, line in zip(before, now, strict=False))


def _asked_again(stand: Stand, portal: Portal) -> int:
    """Requests after the kill at addresses of which a good answer was acknowledged before it."""
    had = {url.removeprefix(portal.url) for url in map(_good_address, stand.lines) if url}
    return sum(request.target in had for request in portal.log[stand.asked :])


def _good_address(line: bytes) -> str | None:
    capture = json.loads(line).get("capture") or {}
    exchange = capture.get("exchange") or {}
    kept = capture.get("role", "notice") in ("notice", "attachment")
    good = exchange.get("status") == 200 and not exchange.get("truncated")
    return capture.get("url") if kept and good else None


def _sent_whole(portal: Portal) -> Counter[str]:
    """How often the portal sent each notice and attachment to its end."""
    whole = (request.target for request in portal.log if request.whole and request.status == 200)
    lists = re.compile(r"/zfcg/(index(_\d+)?\.html)?|/robots\.txt")
    return Counter(target for target in whole if not lists.fullmatch(target))


def _is_whole(capture: Capture) -> bool:
    exchange = capture.exchange
    return exchange is not None and exchange.status == 200 and exchange.truncated is None


def _notices_had(store: Store, held: list[Capture], portal: Portal) -> int:
    """Notices whose page is in the evidence once, and says their number."""
    pages: dict[str, list[Capture]] = {}
    for capture in held:
        if capture.role == "notice" and _is_whole(capture):
            pages.setdefault(capture.url or "", []).append(capture)
    had = 0
    for number, notice in portal.notices.items():
        found = pages.get(portal.address(number, SITE), [])
        words = notice.project_number.encode()
        had += len(found) == 1 and words in store.payload(found[0])
    return had


def _attachments_had(held: list[Capture], files: dict[str, bytes]) -> int:
    found = Counter(
        capture.sha256 for capture in held if capture.role == "attachment" and _is_whole(capture)
    )
    return sum(found[sha256(payload).hexdigest()] == 1 for payload in files.values())


def _finished(corpus: Path, held: list[Capture]) -> bool:
    """What the last report of a run says."""
    reports = [capture for capture in held if capture.role == "run"]
    if not reports:
        return False
    report = json.loads(Store(corpus / "evidence").payload(reports[-1]))
    return bool(report["finished"]) and not report.get("failed")
