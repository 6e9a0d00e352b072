"""Pictures of pages -> their printed characters with the place of each, offline.

`Recogniser` is asked with a `Picture` and answers with what is `Recognised` in it. `engine_name`
says who would answer, without loading a model.
"""

from __future__ import annotations

from tenderlight.recognising.models import NoModel
from tenderlight.recognising.recogniser import Recogniser, engine_name

__all__ = ["NoModel", "Recogniser", "engine_name"]
