"""Makes the messages of a module's list: an error or a warning, in Chinese and English, with its fix."""

from __future__ import annotations

from .problems import Message

NEAR = ("{near_zh}", "{near_en}")
"""The fix of a name that is almost one of the known names: the nearest of them, in both languages."""


def error(code: str, zh: str, en: str, fix_zh: str = "", fix_en: str = "") -> Message:
    """Return a message that stops the work."""
    return Message(code, "error", zh, en, fix_zh, fix_en)


def warning(code: str, zh: str, en: str, fix_zh: str = "", fix_en: str = "") -> Message:
    """Return a message that lets the work go on."""
    return Message(code, "warning", zh, en, fix_zh, fix_en)
