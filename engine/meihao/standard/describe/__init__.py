"""Says a standard in words: what a criterion measures, how it is scored, which documents are wanted, what a rule does."""

from ...methods.scribe import Scribe
from .labels import scribe_of
from .rules import bonus_text, document_text, grade_text, rule_text
from .scores import Told, tell

__all__ = ["Scribe", "Told", "bonus_text", "document_text", "grade_text", "rule_text", "scribe_of", "tell"]
