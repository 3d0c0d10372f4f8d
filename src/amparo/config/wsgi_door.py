"""The door's process, as any WSGI server may run it (`amparo.config.program` does)."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ["DJANGO_SETTINGS_MODULE"] = "amparo.config.settings.door"
application = get_wsgi_application()
get_resolver().reverse_dict  # noqa: B018 - reads every page now, so that no visitor waits for it
