"""Settings come from the environment and are loud when wrong."""

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The variable `name`. Raises `ImproperlyConfigured` when it is missing and has no default."""
    value = os.environ.get(name, default)
    if value is None or value == "":
        if default is not None:
            return default
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """A variable that is `true` or `false`; anything else is an error."""
    value = os.environ.get(name, "true" if default else "false").lower()
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value == "true"


def number(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, str(default))
    if not value.lstrip("-").isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def hours(name: str, default: int) -> timedelta:
    """A whole number of hours, at least one."""
    value = number(name, default)
    if value < 1:
        raise ImproperlyConfigured(f"{name} must be one hour or more, not {value}.")
    return timedelta(hours=value)


def folder(name: str, default: Path) -> Path:
    """A folder, made (for the owner only) if it is not there."""
    path = Path(os.environ.get(name) or default)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret(name: str, file: Path) -> str:
    """A secret from the variable `name`, or from `file` inside the data folder, which is written once.

    Two processes that start together agree: the file appears whole, and only the first one's.
    """
    if value := os.environ.get(name):
        return value
    if not file.exists():
        import secrets

        draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text()
