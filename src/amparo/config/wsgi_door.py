"""The door's process: `granian --interface wsgi amparo.config.wsgi_door:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "amparo.config.settings.door"
application = get_wsgi_application()
