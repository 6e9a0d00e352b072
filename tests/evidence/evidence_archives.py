"""Web archives of invented pages, made by warcio as crawlers make them."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = "http://notices.example/2024/1.html"
BODY = "<html><title>公告</title>采购人脸识别系统</html>".encode()


class Crawl:
    """A WARC file that is being written."""

    def __init__(self, *, packed: bool = True) -> None:
        self.file = io.BytesIO()
        self._writer = WARCWriter(self.file, gzip=packed, warc_version="1.1")

    def answer(
        self,
        url: str = PAGE,
        body: bytes = BODY,
        *,
        kind: str = "response",
        status: str = "200 OK",
        media_type: str = "text/html; charset=utf-8",
        date: str = "2024-05-06T07:08:09Z",
        fields: Sequence[tuple[str, str]] = (),
        asked: bytes | None = b"",
    ) -> Crawl:
        """An answer and, unless `asked` is None, the request for it."""
        http = StatusAndHeaders(status, [("Content-Type", media_type), *fields], "HTTP/1.1")
        record = self._record(url, kind, body, http, {"WARC-Date": date})
        if asked is None:
            self._write(record)
            return self
        line = "POST / HTTP/1.1" if asked else "GET / HTTP/1.1"
        request = StatusAndHeaders(line, [("Host", "notices.example")], is_http_request=True)
        about = {
            "WARC-Date": date,
            "WARC-Concurrent-To": record.rec_headers.get_header("WARC-Record-ID"),
        }
        self._write(record)
        self._write(self._record(url, "request", asked, request, about))
        return self

    def other(self, url: str, kind: str, body: bytes, media_type: str, **headers: str) -> Crawl:
        """A record without HTTP."""
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type=media_type,
            warc_headers_dict={name.replace("_", "-"): value for name, value in headers.items()},
        )
        self._write(record)
        return self

    def _record(
        self, url: str, kind: str, body: bytes, http: Any, headers: Mapping[str, str]
    ) -> Any:
        return self._writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), http_headers=http, warc_headers_dict=dict(headers)
        )

    def _write(self, record: Any) -> None:
        unused = record.raw_stream
        self._writer.write_record(record)
        for stream in (unused, record.raw_stream, getattr(record, "_orig_stream", unused)):
            stream.close()  # warcio leaves some open

    @property
    def raw(self) -> bytes:
        """The file."""
        return self.file.getvalue()


def written(
    block: bytes = b"x",
    *,
    length: int | str | None = None,
    head: bytes = b"",
    end: bytes = b"\r\n\r\n",
    uri: str = PAGE,
    packed: bool = True,
) -> bytes:
    """One record, by hand, so that it can be wrong."""
    named = (
        head
        or (
            f"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: {uri}\r\n"
            "WARC-Date: 2024-05-06T07:08:09Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            "Content-Type: text/plain\r\n"
        ).encode()
    )
    size = len(block) if length is None else length
    raw = named + f"Content-Length: {size}\r\n\r\n".encode() + block + end
    return gzip.compress(raw, mtime=0) if packed else raw


def sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def package(
    files: Mapping[str, bytes],
    *,
    signed: Mapping[str, Any] | None = None,
    digest: bool = True,
    change: Mapping[str, bytes] = {},
    listed: Mapping[str, str] = {},
) -> bytes:
    """A WACZ file. `change` replaces files after they were listed, `listed` hashes in the list."""
    resources = [
        {"name": path, "path": path, "hash": listed.get(path, sha256(data)), "bytes": len(data)}
        for path, data in files.items()
    ]
    described = json.dumps(
        {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}
    ).encode()
    inside = {**files, "datapackage.json": described}
    if digest:
        told: dict[str, Any] = {"path": "datapackage.json", "hash": sha256(described)}
        if signed is not None:
            told["signedData"] = {"hash": sha256(described), **signed}
        inside["datapackage-digest.json"] = json.dumps(told).encode()
    return zipped({**inside, **change})


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for path, data in files.items():
            packed.writestr(path, data)
    return out.getvalue()


def listing(files: Mapping[str, bytes]) -> str:
    """The hash that `package` signs for these files."""
    with zipfile.ZipFile(io.BytesIO(package(files, digest=False))) as packed:
        return sha256(packed.read("datapackage.json"))
