"""The desk: office, API and public site. It alone opens the vault."""

from datetime import timedelta

from amparo.config import databases, env
from amparo.config.settings.base import *  # noqa: F403
from amparo.config.settings.base import DATA, DEMO, HTTPS

SECRET_KEY = env.secret("AMPARO_DESK_SECRET", DATA / "desk.secret")
DOMAIN = env.text("AMPARO_DOMAIN", "localhost")
OFFICE_HOST = f"office.{DOMAIN}"
PUBLIC_HOST = DOMAIN
ALLOWED_HOSTS = [OFFICE_HOST, PUBLIC_HOST]

DATABASES = databases.configured(DATA, "default", "vault", "keys", "door")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "amparo.audit",
    "amparo.access",
    "amparo.organisation",
    "amparo.vault",
    "amparo.vault.keys",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
AUTH_USER_MODEL = "organisation.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_NAME = "__Host-office" if HTTPS else "office"
CSRF_COOKIE_NAME = "__Host-form" if HTTPS else "form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_IDLE = timedelta(minutes=15)
SESSION_ABSOLUTE = timedelta(hours=10)

# The root key of the vault: a file outside every database, sealed by a passphrase that is not on this machine.
ROOT_KEY_FILE = DATA / "root.key"
ROOT_KEY_PASSPHRASE = env.text("AMPARO_VAULT_PASSPHRASE", "demonstration" if DEMO else "")
