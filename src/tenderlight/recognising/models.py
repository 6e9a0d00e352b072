"""The trained models: where they lie, that they are the ones we measured, and how they are asked.

They come inside the wheel of `rapidocr`, none of whose code is imported: nothing here can reach for
a file that is not there. A model with another digest is refused, because an answer is kept under
the model's digest.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

DETECTING = "PP-OCRv6_det_small.onnx"
READING = "PP-OCRv6_rec_small.onnx"
DIGESTS: Mapping[str, str] = {
    DETECTING: "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    READING: "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
}
"""SHA-256 of PaddleOCR's PP-OCRv6 small models (Apache-2.0), as rapidocr 3.10 lists them."""


os.putenv("ORT_DISABLE_TELEMETRY", "1")
"""From 1.31 on onnxruntime tells its makers that it is used, under a number that it keeps in the
home folder, as soon as it is imported. Its C library looks for this word, and then does not. For
the same reason only a process that recognises ever imports it."""


class NoModel(Exception):
    """A model is not there, or is another one than we measured."""


def model_bytes(name: str) -> bytes:
    """A model's file. Raises NoModel where the package lacks it or it is not the one we know."""
    package = find_spec("rapidocr")
    folder = package.submodule_search_locations if package else None
    if not folder:
        raise NoModel("The package rapidocr, which holds the models, is not installed.")
    path = Path(folder[0]) / "models" / name
    if not path.is_file():
        raise NoModel(f"The package rapidocr holds no model {name}.")
    payload = path.read_bytes()
    if hashlib.sha256(payload).hexdigest() != DIGESTS[name]:
        raise NoModel(f"The model {name} in the package rapidocr is another one than expected.")
    return payload


class Model:
    """A model, ready to be asked, on one core and without a thread of its own."""

    def __init__(self, payload: bytes) -> None:
        import onnxruntime  # by nobody who only wants the engine's name

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            payload, options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name

    def __call__(self, batch: Floats) -> Floats:
        """The first output for a batch of pictures."""
        return np.asarray(self._session.run(None, {self._input: batch})[0], np.float32)

    def note(self, key: str) -> str:
        """What the model's file says about itself under a name: its characters, for one."""
        return str(self._session.get_modelmeta().custom_metadata_map.get(key, ""))


def scaled(grey: NDArray[np.uint8]) -> Floats:
    """A grey picture as the models want it: three equal channels between -1 and 1."""
    plane = grey.astype(np.float32) / np.float32(127.5) - np.float32(1)
    return np.ascontiguousarray(np.broadcast_to(plane, (1, 3, *plane.shape)))
