"""Settings come from the environment and are loud when wrong (X4)."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from amparo.config import databases, env


def test_a_missing_variable_is_named():
    with pytest.raises(ImproperlyConfigured, match="AMPARO_NOT_THERE"):
        env.text("AMPARO_NOT_THERE")


@pytest.mark.parametrize("value", ["yes", "1", "", "TRUEISH"])
def test_a_flag_is_true_or_false_and_nothing_else(monkeypatch, value):
    monkeypatch.setenv("AMPARO_X", value)
    with pytest.raises(ImproperlyConfigured):
        env.flag("AMPARO_X", default=True)


def test_a_number_is_a_number(monkeypatch):
    monkeypatch.setenv("AMPARO_X", "12x")
    with pytest.raises(ImproperlyConfigured):
        env.number("AMPARO_X", 1)


def test_a_secret_is_written_once_for_the_owner_only(tmp_path):
    file = tmp_path / "secret"
    first = env.secret("AMPARO_NOT_THERE", file)
    assert env.secret("AMPARO_NOT_THERE", file) == first
    assert len(first) > 40
    assert file.stat().st_mode & 0o077 == 0


def test_each_table_has_one_home_and_no_relation_leaves_it():
    from amparo.cases.models import Case
    from amparo.linkage.models import Child
    from amparo.vault.keys.models import SubjectKey
    from amparo.vault.models import Sealed

    router = databases.Router()
    assert [router.db_for_write(each) for each in (Case, Sealed, SubjectKey)] == ["default", "vault", "keys"]
    assert router.allow_relation(Case(), Child())
    assert not router.allow_relation(Case(), Sealed())
    assert router.allow_migrate("vault", "vault")
    assert not router.allow_migrate("default", "vault")


def test_a_postgresql_address_becomes_a_database(monkeypatch):
    monkeypatch.setenv("AMPARO_DATABASE_MAIN", "postgresql://desk:p%40ss@db.example:5433/main")
    made = databases.configured(Path("/nowhere"), "default")["default"]
    assert (made["NAME"], made["USER"], made["PASSWORD"], made["HOST"], made["PORT"]) == (
        "main", "desk", "p@ss", "db.example", 5433,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("postgresql://desk@db.example/main", {"sslmode": "verify-full"}),
        ("postgresql://desk@db.example/main?sslrootcert=/etc/ca.pem", {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}),
        ("postgresql://desk@db.example/main?sslmode=verify-ca", {"sslmode": "verify-ca"}),
        ("postgresql://desk@localhost/main", {}),
        ("postgresql://desk@%2Frun%2Fpostgresql/main", {}),
    ],
)  # fmt: skip
def test_a_database_elsewhere_is_spoken_to_by_tls_and_its_certificate_is_checked(monkeypatch, address, options):
    monkeypatch.setenv("AMPARO_DATABASE_MAIN", address)
    made = databases.configured(Path("/nowhere"), "default")["default"]
    assert made["OPTIONS"] == {"connect_timeout": 5} | options


@pytest.mark.parametrize("asked", ["sslmode=disable", "sslmode=prefer", "sslmode=require", "colour=red"])
def test_a_weaker_way_to_a_database_elsewhere_is_refused(monkeypatch, asked):
    monkeypatch.setenv("AMPARO_DATABASE_MAIN", f"postgresql://desk@db.example/main?{asked}")
    with pytest.raises(ImproperlyConfigured):
        databases.configured(Path("/nowhere"), "default")


def test_another_kind_of_database_is_refused(monkeypatch):
    monkeypatch.setenv("AMPARO_DATABASE_MAIN", "mysql://db/main")
    with pytest.raises(ImproperlyConfigured, match="postgresql"):
        databases.configured(Path("/nowhere"), "default")


def test_hours_are_at_least_one(monkeypatch):
    assert env.hours("AMPARO_NOT_SET", 72) == timedelta(hours=72)
    monkeypatch.setenv("AMPARO_HOURS_URGENT", "6")
    assert env.hours("AMPARO_HOURS_URGENT", 24) == timedelta(hours=6)
    for wrong in ("0", "-1", "soon", "1.5"):
        monkeypatch.setenv("AMPARO_HOURS_URGENT", wrong)
        with pytest.raises(ImproperlyConfigured, match="AMPARO_HOURS_URGENT"):
            env.hours("AMPARO_HOURS_URGENT", 24)
