"""Asks a language model that the user runs, or rents, behind an address of her choice.

Nothing is asked but by `tenderlight ask-model`, and nothing is sent but masked text.
"""

from tenderlight.collecting.asking_model.address import Address, load_key, parse_address
from tenderlight.collecting.asking_model.ask import Asking, Tally, ask_all

__all__ = ["Address", "Asking", "Tally", "ask_all", "load_key", "parse_address"]
