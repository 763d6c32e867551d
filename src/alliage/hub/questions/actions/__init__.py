"""What is done about questions: asked, given an owner, answered, published. Other rooms ask with :func:`ask`."""

from __future__ import annotations

from alliage.hub.questions.actions.asking import Origin, Refused, ask

__all__ = ["Origin", "Refused", "ask"]
