"""The hub's own settings, made strict for tests: a template variable that does not exist fails.

The database is in memory, unless ``DATABASE_URL`` names one: ``make proof`` runs them on PostgreSQL.
"""

import os
import tempfile

os.environ.setdefault("ALLIAGE_DATA", tempfile.mkdtemp(prefix="alliage-tests-"))

from alliage.hub.config.settings import *  # noqa: F403 - the settings under test
from alliage.hub.config.settings import STATIC_ROOT, STORAGES, TEMPLATES
from tests.hub.strict import Missing, make_conditions_strict

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Missing("%s")
make_conditions_strict()
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
if not os.environ.get("DATABASE_URL"):
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is not there
