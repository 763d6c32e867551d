"""The hub's own settings, as ``make run`` uses them; only a template variable that does not exist is not forgiven."""

from alliage.hub.config.settings import *  # noqa: F403 - the settings under test
from alliage.hub.config.settings import TEMPLATES
from tests.hub.strict import Missing, make_conditions_strict

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Missing("%s")
make_conditions_strict()
