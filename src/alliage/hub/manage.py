"""Commands of the hub: ``python -m alliage.hub.manage migrate``, ``check --deploy``, and so on."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Runs the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliage.hub.config.settings")
    execute_from_command_line(["alliage.hub.manage", *sys.argv[1:]])


if __name__ == "__main__":
    main()
