"""What is kept out of the log: the secret part of a link, which opens the answers of a person, or an organisation.

So is the code of a badge, which opens the door of a day.
"""

from __future__ import annotations

import logging
import re

_LINK = re.compile(
    r"(/p/|/confirmer/|/invitation/|/compte/premier-lien/|/alertes/arreter/|/dossiers/calendrier/"
    r"|/question/arreter/|/question/resume/|/question/bureau/|/question/"
    r"|/journees/accueil/donnees/|/journees/accueil/lien/|/journees/place/|/journees/place-agenda/|/journees/arreter/"
    r"|/journees/ne-plus-inviter/|/journees/suivi/|/rencontres-bureau/|/rencontres/)[^/\s]+"
)
_BADGE = re.compile(r"([?&]badge=)[^&\s\"]+")


class HideLinks(logging.Filter):
    """Writes ``/p/…/`` instead of the link that was asked."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keeps the line, without the link."""
        said = record.getMessage()
        hidden = _BADGE.sub(r"\1…", _LINK.sub(r"\1…", said))
        if hidden != said:
            record.msg, record.args = hidden, None
        return True
