"""Reads documents with another program: `.venv-peers/bin/python peer_script.py PEER LANGUAGE`.

Names of files come by standard input, one a line; for each an answer goes out as a line of JSON:
the texts (several where a program has several ways to give it), the tables as cells
`[row, column, text]`, the processor seconds it took, or what went wrong.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

Answer = tuple[list[str], list[list[list[object]]]]


def kreuzberg(file: Path, language: str) -> Answer:
    """Its Markdown and its plain text; pictures by Tesseract, which lies beside it."""
    from kreuzberg import ExtractionConfig, OcrConfig, extract_file_sync

    ocr = OcrConfig(backend="tesseract", language=language)
    scan = "scan" in file.name
    read = [
        extract_file_sync(file, config=ExtractionConfig(output_format=f, ocr=ocr, use_cache=False))
        for f in (("plain",) if scan else ("markdown", "plain"))
    ]
    tables = [
        [[r, c, text] for r, row in enumerate(table.cells) for c, text in enumerate(row)]
        for table in read[0].tables
    ]
    return [each.content for each in read], tables


def markitdown(file: Path, language: str) -> Answer:
    """Markdown; it reads no pictures without a hosted model."""
    return [_markitdown().convert(str(file)).text_content], []


@cache
def _markitdown() -> Any:
    from markitdown import MarkItDown

    return MarkItDown(enable_plugins=False)


def docling(file: Path, language: str) -> Answer:
    """Its own readers of web and office formats; those of PDF and pictures need models that it
    downloads.
    """
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument
    from docling_core.types.doc import TableItem

    kind, backend = _docling_backend(file)
    document = InputDocument(path_or_stream=file, format=InputFormat(kind), backend=backend)
    read = document._backend.convert()
    texts, tables = [], []
    for item, _ in read.iterate_items():
        if isinstance(item, TableItem):
            cells = item.data.table_cells
            tables.append([[c.start_row_offset_idx, c.start_col_offset_idx, c.text] for c in cells])
            texts += [cell.text for cell in cells]
        else:
            texts.append(getattr(item, "text", ""))
    return ["\n".join(texts)], tables


def _docling_backend(file: Path) -> tuple[str, type]:
    if file.suffix == ".html":
        from docling.backend.html_backend import HTMLDocumentBackend

        return "html", HTMLDocumentBackend
    if file.suffix == ".docx":
        from docling.backend.msword_backend import MsWordDocumentBackend

        return "docx", MsWordDocumentBackend
    if file.suffix == ".xlsx":
        from docling.backend.msexcel_backend import MsExcelDocumentBackend

        return "xlsx", MsExcelDocumentBackend
    raise ValueError("no reader that works without downloads")


def tesseract(file: Path, language: str) -> Answer:
    """The pages of a scan, rendered by Poppler at the resolution they were scanned with."""
    dpi = file.stem.rsplit("-", 1)[-1]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", dpi, "-gray", str(file), f"{folder}/page"], check=True)
        texts = []
        for picture in sorted(Path(folder).iterdir()):
            command = ["tesseract", str(picture), "-", "-l", language, "--psm", "1", "--dpi", dpi]
            done = subprocess.run(command, check=True, capture_output=True, timeout=300)
            texts.append(done.stdout.decode("utf-8"))
    return ["\n".join(texts)], []


def warm(peer: str) -> None:
    """Load what is loaded once, so that it is not counted."""
    if peer == "kreuzberg":
        import kreuzberg  # noqa: F401
    if peer == "markitdown":
        _markitdown()
    if peer == "docling":
        for ending in (".html", ".docx", ".xlsx"):
            _docling_backend(Path(f"x{ending}"))


PEERS = {
    "kreuzberg": kreuzberg,
    "markitdown": markitdown,
    "docling": docling,
    "tesseract": tesseract,
}


def spent() -> float:
    """Processor seconds of this process and of those it started and waited for."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def main() -> None:
    """Answer until the input ends."""
    peer = PEERS[sys.argv[1]]
    os.environ["OMP_THREAD_LIMIT"] = "1"
    warm(sys.argv[1])
    for line in sys.stdin:
        file, language = line.rstrip("\n").split("\t")
        begun = spent()
        try:
            texts, tables = peer(Path(file), language)
            answer: dict[str, object] = {"texts": texts, "tables": tables}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"[:300]}
        answer["seconds"] = spent() - begun
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
