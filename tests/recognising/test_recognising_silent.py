"""Nobody is told that pictures are recognised; left alone, onnxruntime tells its makers."""

import subprocess
import sys
from pathlib import Path

LOADED = "import sys; import tenderlight.cli; sys.exit('onnxruntime' in sys.modules)"
USED = """
import tenderlight.recognising.models as models
models.Model(models.model_bytes(models.DETECTING))
"""


def run(program: str, home: Path) -> int:
    told = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    done = subprocess.run([sys.executable, "-B", "-c", program], env=told, check=False, timeout=60)
    return done.returncode


def test_no_command_loads_it(tmp_path: Path) -> None:
    assert run(LOADED, tmp_path) == 0


def test_used_it_leaves_no_number_of_this_computer(tmp_path: Path) -> None:
    assert run(USED, tmp_path) == 0
    assert not [*tmp_path.rglob("*")]
