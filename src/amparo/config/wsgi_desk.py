"""The desk's process: `granian --interface wsgi amparo.config.wsgi_desk:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.config.settings.desk")
application = get_wsgi_application()
