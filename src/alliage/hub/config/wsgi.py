"""The door for servers that speak WSGI: ``waitress-serve alliage.hub.config.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliage.hub.config.settings")
application = get_wsgi_application()
