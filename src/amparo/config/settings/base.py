"""Settings that door and desk share. Everything changeable comes from the environment."""

from functools import partial
from pathlib import Path

from amparo.config import databases, env

DATA = env.folder("AMPARO_DATA", Path.cwd() / "var")
PACKAGE = Path(__file__).resolve().parents[2]
# The door may live in a folder of its own. Its pepper is read with the first receipt, never by a desk that makes none.
DOOR_DATA = env.folder("AMPARO_DOOR_DATA", DATA)
DOOR_PEPPER = partial(env.secret, "AMPARO_DOOR_PEPPER", DOOR_DATA / "door.pepper")

DEMO = env.flag("AMPARO_DEMO", default=False)
HTTPS = env.flag("AMPARO_HTTPS", default=not DEMO)
DEBUG = False

DATABASE_ROUTERS = ["amparo.config.databases.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("zh-hans", "中文"),
]

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("AMPARO_STATIC", DATA / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# Nothing that a browser sends becomes a file: a body is text of a bounded size, or it is refused (no imagery, ever).
FILE_UPLOAD_HANDLERS: list[str] = []
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 0

SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing leaves to other sites. "no-referrer" would make browsers send "Origin: null", and every form would be refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [], "microphone": [], "geolocation": [], "display-capture": [], "payment": [], "usb": [],
}  # fmt: skip

# A log line carries references and codes: no address, no body, no query, no name.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"class": "amparo.config.logs.Placed", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}

# SQLite says that it keeps no column comments; they are for PostgreSQL and for the test of personal columns.
SILENCED_SYSTEM_CHECKS = ["models.W046", "fields.W163"]

SQLITE_FILES = databases.files(DATA)
