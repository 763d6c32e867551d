"""The application of people."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

from alliage.hub.people.periodic import Periodic


class PeopleConfig(AppConfig):
    """Accounts, organisations, roles, consents, registers, mail and tasks.

    A room says in its own ``AppConfig`` what is to be done again and again (``periodic``), what it keeps of people
    for a time only (``forgets``: purpose of ``RETENTION`` → what deletes the rest), how many files go with
    organisations (``files_of``: ids of organisations → how many) and with a person (``own_files_of``), and the words of
    what it writes in the registers (``acts`` and ``whys``: code → words). It names there, by address and label, the
    pages that people find on their account (``account_pages``; ``officer_pages`` for officers), once it is erased
    (``erased_pages``) and on the page of the team (``team_pages``, under its ``verbose_name``; ``waits``: address → how
    much waits behind it).
    """

    name = "alliage.hub.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
    periodic = (Periodic("people.forget", "alliage.hub.people.tasks.forget", every=timedelta(days=1)),)

    def ready(self) -> None:
        """Checks, signals and what is forgotten are found by their import."""
        from alliage.hub.people import checks, signals  # noqa: F401, PLC0415 - imported for what they register
        from alliage.hub.people.actions.forgetting import FORGETS  # noqa: PLC0415 - tables exist once apps are ready

        self.forgets = FORGETS
