"""Reasons as data -> sentences in one language, made only when somebody reads them."""

from .sentences import Words, item_sentence, unknown_sentence
from .unit import Explained, ExplainedItem, explain_unit
