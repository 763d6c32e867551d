"""Addresses: French at ``/…``, English at ``/en/…``. What is not said here is said by a room."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("alliage.hub.meetings.urls")),
    path("", include("alliage.hub.days.urls")),
    path("", include("alliage.hub.questions.urls")),
    path("", include("alliage.hub.finder.urls")),
    path("", include("alliage.hub.programmes.urls")),
    path("", include("alliage.hub.programmes.freshness.urls")),
    path("", include("alliage.hub.people.urls")),
    path("", include("alliage.hub.people.entrance")),
    path("", include("alliage.hub.ui.urls")),
    prefix_default_language=False,
)

handler400 = "alliage.hub.ui.errors.bad_request"
handler403 = "alliage.hub.ui.errors.forbidden"
handler404 = "alliage.hub.ui.errors.not_found"
handler429 = "alliage.hub.ui.errors.too_many"
handler500 = "alliage.hub.ui.errors.server_error"
