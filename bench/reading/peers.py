"""Other programs that read documents, on the same files and against the same truth.

Each in its best setting that works without a download. Their answers are kept in
`bench/out/peers`, under the program's version, how it is asked, and the file.
"""

from __future__ import annotations

import hashlib
import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec

from bench.reading.compare import Cell, fold

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "bench" / "out" / "peers"
PYTHON = ROOT / ".venv-peers" / "bin" / "python"
SCRIPT = Path(__file__).with_name("peer_script.py")
FORMATS = {
    "kreuzberg": (".html", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".xlsx", ".xls", ".ods"),
    "markitdown": (".html", ".pdf", ".docx", ".xlsx", ".xls"),
    "docling": (".html", ".docx", ".xlsx"),
    "tesseract": (),
}
"""What each reads at all, by its documentation; none reads OFD."""
SCANS = ("kreuzberg", "tesseract")
NOTES = {
    "markitdown": "reads scans by a hosted model only",
    "docling": "reads PDF and scans by models that it downloads: not measured here",
}
LANGUAGES = {
    "zh-Hans": "chi_sim+eng",
    "zh-Hant": "chi_tra+eng",
    "en": "eng",
    "ru": "rus+eng",
}


class Answer(msgspec.Struct, frozen=True):
    """As `peer_script.py` gives it."""

    seconds: float
    texts: list[str] = []
    tables: list[list[tuple[int, int, str]]] = []
    error: str = ""

    def cells(self) -> list[list[Cell]]:
        """The tables: its own, or those drawn in its Markdown, whichever are more."""
        own = [[Cell(r, c, 1, 1, fold(t).text) for r, c, t in table] for table in self.tables]
        drawn = list(_drawn(self.texts[0])) if self.texts else []
        return own + drawn

    def readings(self) -> list[str]:
        """The texts without the marks of Markdown."""
        return [*self.texts, *map(_unmarked, self.texts)]


def _drawn(text: str) -> Iterator[list[Cell]]:
    """The tables of a Markdown text."""
    rows: list[list[Cell]] = []
    for line in [*text.split("\n"), ""]:
        if line.lstrip().startswith("|"):
            if not re.fullmatch(r"[\s|:-]+", line):
                parts = re.split(r"(?<!\\)\|", line.strip().strip("|"))
                texts = [fold(_unescaped(part)).text for part in parts]
                rows.append([Cell(len(rows), c, 1, 1, t) for c, t in enumerate(texts)])
        elif rows:
            yield [cell for row in rows for cell in row]
            rows = []


def _unmarked(text: str) -> str:
    """Markdown as plain text."""
    text = re.sub(r"^\s*\|[\s|:-]+\|\s*$", "", text, flags=re.M)
    text = re.sub(r"<!--.*?-->|</?(?:br|p|td|tr|table|div|span|thead|tbody)[^>]*>", "", text)
    text = re.sub(r"^\s{0,3}(?:#{1,6}|[*+-])\s+", "", text, flags=re.M)
    return _unescaped(re.sub(r"(?<!\\)[|]|\*\*", " ", text))


def _unescaped(text: str) -> str:
    return html.unescape(re.sub(r"\\([\\`*_{}\[\]()#+.!|<>~-])", r"\1", text))


@cache
def version(peer: str) -> str | None:
    """A peer's name and version; None where it is not on this machine."""
    if peer == "tesseract":
        if not shutil.which("tesseract") or not shutil.which("pdftoppm") or not PYTHON.exists():
            return None
        done = subprocess.run(
            ["tesseract", "--version"], check=True, capture_output=True, text=True
        )
        return done.stdout.split("\n")[0]
    if not PYTHON.exists():
        return None
    package = {"docling": "docling-slim"}.get(peer, peer)
    ask = f"import importlib.metadata as m; print(m.version({package!r}))"
    done = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=False)
    return f"{peer} {done.stdout.strip()}" if done.returncode == 0 else None


@dataclass(slots=True)
class Peer:
    """Another program, started when it is first asked."""

    name: str
    running: subprocess.Popen[str] | None = field(default=None)

    def reads(self, ending: str, scan: bool) -> bool:
        """Whether it reads such documents at all."""
        return self.name in SCANS if scan else f".{ending}".endswith(FORMATS[self.name])

    def ask(self, payload: bytes, ending: str, language: str) -> Answer:
        """Its answer, kept or found now."""
        how = hashlib.sha256(SCRIPT.read_bytes()).hexdigest()
        request = f"{version(self.name)}\n{how}\n{ending}\n{language}\n".encode() + payload
        kept = FOLDER / f"{hashlib.sha256(request).hexdigest()}.json"
        if kept.exists():
            return msgspec.json.decode(kept.read_bytes(), type=Answer)
        answer = msgspec.json.decode(self._asked(payload, ending, language), type=Answer)
        FOLDER.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(msgspec.json.encode(answer))
        return answer

    def _asked(self, payload: bytes, ending: str, language: str) -> str:
        if self.running is None:
            self.running = subprocess.Popen(
                [PYTHON, SCRIPT, self.name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        assert self.running.stdin is not None
        assert self.running.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"document{ending}"
            file.write_bytes(payload)
            self.running.stdin.write(f"{file}\t{LANGUAGES[language]}\n")
            self.running.stdin.flush()
            answer = self.running.stdout.readline()
        if not answer:
            self.close()
            return '{"seconds": 0, "error": "it ended without an answer"}'
        return answer

    def close(self) -> None:
        """Let it end."""
        if self.running is not None:
            self.running.communicate(timeout=60)
            self.running = None


@cache
def peers_here() -> list[Peer]:
    """Those that are on this machine, each started once in this process."""
    return [Peer(name) for name in FORMATS if version(name)]
