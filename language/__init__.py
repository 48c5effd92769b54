"""Texts, numbers and dates in Indonesian and English; the only place that knows a language."""

from language.catalogue import LANGUAGES
from language.wording import Value, Words, is_missing, words

__all__ = ["LANGUAGES", "Value", "Words", "is_missing", "words"]
