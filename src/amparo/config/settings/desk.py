"""The desk: office, API and public site. It alone opens the vault."""

from datetime import timedelta
from functools import partial

from amparo.config import databases, env
from amparo.config.settings.base import *  # noqa: F403
from amparo.config.settings.base import DATA, DEMO, HTTPS, PACKAGE, SILENCED_SYSTEM_CHECKS

SECRET_KEY = env.secret("AMPARO_DESK_SECRET", DATA / "desk.secret")
DOMAIN = env.text("AMPARO_DOMAIN", "localhost")
OFFICE_HOST = f"office.{DOMAIN}"
PUBLIC_HOST = DOMAIN
DATA_LICENCE = env.text("AMPARO_DATA_LICENCE", "CC BY 4.0")  # of the published figures; files say it
ALLOWED_HOSTS = [OFFICE_HOST, PUBLIC_HOST]

DATABASES = databases.configured(DATA, "default", "vault", "keys", "door")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "amparo.interfaces.design",  # before allauth, whose pages it dresses
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "amparo.audit",
    "amparo.access",
    "amparo.organisation",
    "amparo.organisation.machines",
    "amparo.organisation.renewals",
    "amparo.vocabulary",
    "amparo.law",
    "amparo.directory",
    "amparo.vault",
    "amparo.vault.keys",
    "amparo.intake.postbox",
    "amparo.intake",
    "amparo.linkage",
    "amparo.cases",
    "amparo.care",
    "amparo.justice",
    "amparo.counting",
    "amparo.counting.overlaps",
    "amparo.counting.frozen",
    "amparo.publication",
    "amparo.publication.estimates",
    "amparo.monitoring",
    "amparo.interfaces.office",
    "amparo.interfaces.public_site",
    "amparo.interfaces.exchange",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "amparo.config.middleware.Hosts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "amparo.interfaces.api.door.ApiDoor",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "amparo.config.middleware.TimeOuts",
    "amparo.config.middleware.Gatekeeper",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "amparo.config.context.shell",
            ]
        },
    }
]

LOCALE_PATHS = [PACKAGE / "interfaces" / "design" / "locale"]
ROOT_URLCONF = "amparo.config.urls_office"
CSRF_FAILURE_VIEW = "amparo.config.middleware.form_refused"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORM_RENDERER = "amparo.interfaces.design.renderer.Albero"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "amparo.config.backends.DeskBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "amparo.config.adapters.DeskAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_CHANGE_PASSWORD_LOGOUT = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# By name (and, for codes, by person), never by address: behind a proxy or in one office everybody shares an address,
# and one guesser would lock all of them out.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/30m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Amparo"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False
# Ten wrong passwords lock the name for half an hour, whoever tries; the address is not kept in clear.
# (The check W006 wants addresses; a lock by name cannot be walked around by changing them.)
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "axes.W006"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCKOUT_CALLABLE = "amparo.config.middleware.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_USERNAME_CALLABLE = "amparo.config.adapters.name_tried"
AXES_CLIENT_IP_CALLABLE = "amparo.config.addresses.nobody"
AXES_VERBOSE = False
AUTH_USER_MODEL = "organisation.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "amparo.config.passwords.OwnWords"},
]
SESSION_ENGINE = "amparo.config.sessions"
SESSION_COOKIE_NAME = "__Host-office" if HTTPS else "office"
CSRF_COOKIE_NAME = "__Host-form" if HTTPS else "form"
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Strict"
SESSION_IDLE = timedelta(minutes=15)
SESSION_ABSOLUTE = timedelta(hours=10)
# How often a day one person may ask "have we met this child?" before a supervisor has to look.
SEARCHES_A_DAY = env.number("AMPARO_SEARCHES_A_DAY", 50)

# How many pictures and reports about States one network may have drawn anew in an hour, and at once; 0: no limit.
PUBLIC_DRAWN_AN_HOUR = env.number("AMPARO_PUBLIC_DRAWN_AN_HOUR", 120)
PUBLIC_DRAWN_BURST = env.number("AMPARO_PUBLIC_DRAWN_BURST", 20)
# Behind a proxy of our own the last address of X-Forwarded-For is the caller's.
PUBLIC_BEHIND_PROXY = env.flag("AMPARO_PUBLIC_BEHIND_PROXY", default=False)

# The root key of the vault: a file outside every database, sealed by a passphrase that is not on this machine.
ROOT_KEY_FILE = DATA / "root.key"
# Or two of three custodians open it: AMPARO_VAULT_UNSEAL=shares, and their shares, or files that hold them, in
# AMPARO_VAULT_SHARES, parted by blanks (docs/how-to/keys.md).
ROOT_KEY_UNSEAL = env.text("AMPARO_VAULT_UNSEAL", "passphrase")
ROOT_KEY_SHARES = env.text("AMPARO_VAULT_SHARES", "")
ROOT_KEY_PASSPHRASE = env.text("AMPARO_VAULT_PASSPHRASE", "demonstration" if DEMO else "")

# After how many days at a stage somebody must ask why a proceeding stands still.
STALLED_AFTER = {
    stage: env.number(f"AMPARO_STALLED_{stage.upper()}", days)
    for stage, days in {
        "complaint": 30, "investigation": 180, "prosecution": 90, "trial": 365, "judgment": 60, "reparation": 180,
    }.items()
}  # fmt: skip
# Within how long somebody must have judged a report, by its urgency; after that it rises to an independent agency.
INTAKE_CLOCKS = {
    "danger_now": env.hours("AMPARO_HOURS_DANGER_NOW", 1),
    "urgent": env.hours("AMPARO_HOURS_URGENT", 24),
    "normal": env.hours("AMPARO_HOURS_NORMAL", 72),
}
# How long an agency has to answer a referral before both sides are told that nobody did.
REFERRAL_ANSWER_WITHIN = timedelta(hours=env.number("AMPARO_REFERRAL_HOURS", 72))
# Seals the statistician's snapshots, which are personal data; a key of its own, for counting never reaches the vault.
SNAPSHOT_KEY = env.secret("AMPARO_SNAPSHOT_KEY", DATA / "snapshot.key")

# Keys of agencies' systems are kept as a keyed hash: whoever can write to the database cannot make one up.
MACHINE_PEPPER = partial(env.secret, "AMPARO_MACHINE_PEPPER", DATA / "machine.pepper")

# Folders into which the worker puts the signed heads of the record each hour, parted by blanks
# (docs/how-to/keep-the-record-honest.md), and the key that signs them.
WITNESSES = env.text("AMPARO_WITNESSES", "").split()
WITNESS_KEY_FILE = DATA / "witness.key"

# A State's own law: rule files beside those that come with Amparo (`amparo classify take`).
RULES_FOLDER = env.folder("AMPARO_RULES", DATA / "rules")
# Under which State's law the cases of this house stand, by its code of three letters: whose limitation periods they
# show. The demonstration stands in a State that does not exist.
STATE_OF_LAW = env.text("AMPARO_STATE", "XLM" if DEMO else "")
