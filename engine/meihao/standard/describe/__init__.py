"""Says a criterion in words: what is measured, how it is scored, when it does not apply, and which documents are wanted."""

from .measures import counter, measure_text, unit_of
from .rules import bonus_text, document_text, grade_text
from .scores import Told, tell
from .scribe import Scribe

__all__ = [
    "Scribe", "Told", "bonus_text", "counter", "document_text", "grade_text", "measure_text", "tell", "unit_of",
]  # fmt: skip
