"""The desk's process, as any WSGI server may run it (`amparo.config.program` does)."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.config.settings.desk")
application = get_wsgi_application()
for host in ("amparo.config.urls_office", "amparo.config.urls_public"):
    get_resolver(host).reverse_dict  # noqa: B018 - reads every page now, so that no visitor waits for it
