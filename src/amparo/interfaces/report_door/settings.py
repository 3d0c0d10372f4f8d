"""The door's settings. The type checker reads those of the desk, in which the door's own are rightly missing."""

from typing import Any

from django.conf import settings as _settings

settings: Any = _settings
