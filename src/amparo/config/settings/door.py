"""The public door, a program of its own: it opens its own database only, and holds none of the desk's keys."""

from amparo.config import databases, env
from amparo.config.settings.base import *  # noqa: F403
from amparo.config.settings.base import CONTENT_SECURITY_POLICY, DOOR_DATA, PACKAGE

SECRET_KEY = env.secret("AMPARO_DOOR_SECRET", DOOR_DATA / "door.secret")
DOMAIN = env.text("AMPARO_DOMAIN", "localhost")
ALLOWED_HOSTS = [f"door.{DOMAIN}"]

DATABASES = {"default": {}, **databases.configured(DOOR_DATA, "door")}
DOOR = PACKAGE / "interfaces" / "report_door"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "amparo.intake.postbox",
    "amparo.interfaces.report_door",
]
MIDDLEWARE = [
    "amparo.interfaces.report_door.middleware.Traceless",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "amparo.interfaces.report_door.middleware.Guard",
]
ROOT_URLCONF = "amparo.config.urls_door"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [DOOR / "templates"]}]
LOCALE_PATHS = [DOOR / "locale"]
STATICFILES_DIRS = [DOOR / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Ten thousand letters of any script, each escaped as a browser does, and the other fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024

# Nothing is told to any other site, not even that one comes from here. Forms carry their own proof (`sheets`).
SECURE_REFERRER_POLICY = "no-referrer"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        name: sources
        for name, sources in CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
        if name not in {"font-src", "connect-src"}
    }
}

# How many letters and look-ups one network may send in an hour, and at once; 0 switches the limit off.
DOOR_AN_HOUR = env.number("AMPARO_DOOR_AN_HOUR", 30)
DOOR_BURST = env.number("AMPARO_DOOR_BURST", 10)
# Behind a proxy of our own the last address of X-Forwarded-For is the caller's.
DOOR_BEHIND_PROXY = env.flag("AMPARO_DOOR_BEHIND_PROXY", default=False)
# With less free space than this nothing more is acknowledged.
DOOR_ROOM = env.number("AMPARO_DOOR_ROOM_MB", 200) * 1024 * 1024
# A page that says nothing about anybody: where "Leave now" leads.
DOOR_EXIT = env.text("AMPARO_DOOR_EXIT", "https://www.wiktionary.org/")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"wordless": {"()": "amparo.interfaces.report_door.logs.Wordless"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "wordless"}},
    "root": {"handlers": ["stderr"], "level": "ERROR"},
    "loggers": {
        "django": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.security": {"level": "CRITICAL"},
    },
}
