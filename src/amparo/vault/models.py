"""What the vault keeps: sealed values, never changed, and the keyed hashes by which they can be looked up."""

from django.db import models

from amparo.common.ids import new_id


class Sealed(models.Model):
    """One version of one value of one subject. It counts only while a record of `main` points to it."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    subject = models.UUIDField(db_index=True, db_comment="fact")
    compartment = models.CharField(max_length=16, db_comment="fact")
    column = models.CharField(max_length=48, db_comment="fact")
    ciphertext = models.BinaryField(db_comment="vault")
    written_at = models.DateTimeField(db_comment="fact")


class Lookup(models.Model):
    """A keyed hash of a normalised value: equal values of one realm meet here, and nothing can be read back."""

    pk = models.CompositePrimaryKey("token", "subject")
    token = models.BigIntegerField(db_comment="vault")
    subject = models.UUIDField(db_comment="fact")  # no index: only an erasure asks by it, and may read all
