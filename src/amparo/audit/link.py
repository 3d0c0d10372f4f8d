"""The shape of one link of a chain, shared by the desk's record and the door's."""

from typing import Any

from django.db import models


class Digest(models.Field):  # type: ignore[type-arg]
    """A SHA-256: 64 hexadecimal digits in Python, 32 bytes in the database."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_db_prep_value(self, value: str | None, connection: Any, prepared: bool = False) -> bytes | None:  # noqa: ARG002
        return None if value is None else bytes.fromhex(value)

    def from_db_value(self, value: bytes | memoryview | None, *_args: Any) -> str | None:
        return None if value is None else bytes(value).hex()


class Link(models.Model):
    """One link of a chain. `hash` covers every other column and the hash before it (see `chain.digest`)."""

    seq = models.BigIntegerField(primary_key=True, db_comment="fact")
    at = models.DateTimeField(db_comment="fact")
    actor_kind = models.CharField(max_length=12, db_comment="fact")
    actor = models.UUIDField(db_comment="fact")
    session = models.CharField(max_length=16, blank=True, db_comment="fact")
    verb = models.CharField(max_length=48, db_comment="fact")
    kind = models.CharField(max_length=24, db_comment="fact")
    record = models.UUIDField(null=True, db_comment="fact")
    purpose = models.CharField(max_length=40, blank=True, db_comment="fact")
    rule = models.CharField(max_length=80, blank=True, db_comment="fact")
    outcome = models.CharField(max_length=8, db_comment="fact")
    count = models.IntegerField(null=True, db_comment="fact")
    ids_hash = models.CharField(max_length=64, blank=True, db_comment="fact")
    detail = models.JSONField(default=dict, db_comment="fact")
    previous = Digest(db_comment="fact")
    hash = Digest(db_comment="fact")  # it covers seq, so it is unique without an index

    class Meta:
        abstract = True
