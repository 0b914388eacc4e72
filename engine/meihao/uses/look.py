"""The look of a standard's documents."""

from __future__ import annotations

from ..core.problems import Problems
from ..reports.render import Theme, dressed, theme_of
from ..standard.resources import default_pack
from .answer import Notes
from .session import Session


def theme_for(notes: Notes, session: Session) -> tuple[Theme, Problems]:
    """Return the look of a session's documents, with the problems of its pictures. Refused where templates changed meanwhile."""
    where = session.standard or default_pack()
    theme, changed = theme_of(where, session.pack.digest)
    notes.add(changed)
    return dressed(theme, session.pack.dress, where)
