"""What a language model is asked, and what is believed of its answer: nothing but passages. Pure.

The model is run by the user, behind an address of her choice. What it answers is testimony: it
says of a text which technologies it buys or names, and each statement must cite words that stand
in the text that it was sent. A notice that tells the model what to answer can thus bring about a
claim that people are asked about, and nothing else.
"""

from tenderlight.second.asked.answer import Heard, Statement, hear
from tenderlight.second.asked.kept import Kept, read_kept
from tenderlight.second.asked.question import Manner, Question, instructions, pieces, question

__all__ = [
    "Heard",
    "Kept",
    "Manner",
    "Question",
    "Statement",
    "hear",
    "instructions",
    "pieces",
    "question",
    "read_kept",
]
