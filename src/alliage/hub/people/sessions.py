"""Sessions of people who sign in: rows that can be ended from elsewhere. Nobody else has one."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from alliage.hub.people.models import SignedIn

DEVICE, SINCE = "device", "since"  # where the session remembers what kind of device it is on, and since when
PROVED = "proved"  # and when its person came in: a proof that it is they
_KEY = re.compile(r"[a-z0-9]{32}")


class SessionStore(DatabaseStore):
    """Django's rows, that know whose they are. A key that we never made (an old cookie) asks the database nothing."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The table."""
        return SignedIn

    def create_model_instance(self, data: dict[str, Any]) -> SignedIn:
        """The row, with its person and device."""
        row = cast("SignedIn", super().create_model_instance(data))
        row.person_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        row.device = str(data.get(DEVICE, ""))[:60]
        row.since = datetime.fromisoformat(data[SINCE]) if data.get(SINCE) else None
        return row

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key and _KEY.fullmatch(key))
