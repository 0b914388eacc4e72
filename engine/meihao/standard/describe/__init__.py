"""Says a criterion in words: what is measured, how it is scored, when it does not apply, and which documents are wanted."""

from ...methods.scribe import Scribe
from .labels import scribe_of
from .rules import bonus_text, document_text, grade_text
from .scores import Told, tell

__all__ = ["Scribe", "Told", "bonus_text", "document_text", "grade_text", "scribe_of", "tell"]
