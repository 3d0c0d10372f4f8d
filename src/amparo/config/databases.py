"""Four databases: `main` (Django's "default"), `vault`, `keys` and `door`; and which table lives in which.

Embedded they are four SQLite files; with AMPARO_DATABASE_MAIN, …_VAULT, …_KEYS and …_DOOR they are PostgreSQL
databases. The door's process is given only `door`.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from amparo.config import env

NAMES = {"default": "main", "vault": "vault", "keys": "keys", "door": "door"}
HOMES = {"vault": "vault", "vault_keys": "keys", "postbox": "door"}
# Addresses of this machine, and ways of TLS that check who answers (ASVS 12.3.1).
_HERE = {"", "localhost", "127.0.0.1", "::1"}
_CHECKED = {"verify-full", "verify-ca"}
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
    "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-32768"
)


class Router:
    """Each app has one home; no query and no relation crosses from one database to another."""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        return HOMES.get(model._meta.app_label, "default")

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **_hints: Any) -> bool:
        return self.db_for_read(one) == self.db_for_read(other)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        return HOMES.get(app_label, "default") == db


def files(data: Path) -> dict[str, Path]:
    """The embedded file of each database; the door's may lie in a folder of its own."""
    folders = {"door": env.folder("AMPARO_DOOR_DATA", data)}
    return {alias: folders.get(alias, data) / f"{name}.sqlite3" for alias, name in NAMES.items()}


def configured(data: Path, *aliases: str) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for the databases that a process may open."""
    return {alias: _one(alias, data) for alias in aliases}


def _one(alias: str, data: Path) -> dict[str, Any]:
    address = env.text(f"AMPARO_DATABASE_{NAMES[alias].upper()}", "")
    return _postgresql(address) if address else _sqlite(files(data)[alias])


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "amparo.config.sqlite",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _PRAGMAS},
        "CONN_MAX_AGE": None,
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("A database address begins with postgresql:// .")
    host = unquote(parts.hostname or "") or unquote(parts.netloc.rpartition("@")[2])
    asked = dict(parse_qsl(parts.query))
    if unknown := set(asked) - {"sslmode", "sslrootcert"}:
        raise ImproperlyConfigured(f"A database address knows no {', '.join(sorted(unknown))}.")
    if not (host.startswith("/") or host in _HERE):
        asked.setdefault("sslmode", "verify-full")
        if asked["sslmode"] not in _CHECKED:
            raise ImproperlyConfigured("To a database elsewhere only sslmode=verify-full or verify-ca leads.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"connect_timeout": 5, **asked},
    }
