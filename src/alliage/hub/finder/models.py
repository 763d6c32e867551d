"""The one table of the finder: answers that a person asked us to keep, behind a link that cannot be guessed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SharedProfile(models.Model):
    """Answers shared by link. Of the link and of the key that deletes it, only fingerprints are kept."""

    token = models.CharField(_("empreinte du lien"), max_length=64, unique=True)
    secret = models.CharField(_("empreinte de la clé"), max_length=64)
    answers = models.JSONField(_("réponses"))
    programmes = models.JSONField(
        _("programmes montrés"), help_text=_("Leur nom, pour dire ce qui a été retiré depuis.")
    )
    language = models.CharField(_("langue"), max_length=2)
    created = models.DateTimeField(_("créé le"))
    expires = models.DateTimeField(_("expire le"), db_index=True)

    class Meta:
        verbose_name = _("partage")
        verbose_name_plural = _("partages")
        ordering = ("-created",)

    def __str__(self) -> str:
        return self.token[:8]
