"""What the door keeps: sealed letters and the locks of their threads; nothing in clear, no moment finer than a day."""

from django.db import models

from amparo.audit.link import Link
from amparo.common.ids import new_id

STATUSES = ("received", "being_read", "answered", "accepted", "forwarded", "closed")


class Thread(models.Model):
    """One person who told something and may come back. The private half of its key opens only with the receipt."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False, db_comment="fact")
    locator = models.CharField(max_length=6, unique=True, db_comment="fact")
    salt = models.BinaryField(db_comment="fact")
    verifier = models.BinaryField(db_comment="fact")
    public_key = models.BinaryField(db_comment="fact")
    wrapped_key = models.BinaryField(db_comment="vault")
    status = models.CharField(max_length=12, default="received", db_comment="fact")
    letters = models.PositiveIntegerField(default=0, db_comment="fact")
    created_on = models.DateField(db_comment="fact")
    withdrawn_on = models.DateField(null=True, db_comment="fact")


class Inbound(models.Model):
    """A letter to the desk, sealed to the intake key; wiped when the desk has it. `number` is its link in the chain."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False, db_comment="fact")
    number = models.BigIntegerField(unique=True, db_comment="fact")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="inbound", db_comment="fact")
    seq = models.PositiveIntegerField(db_comment="fact")
    form = models.CharField(max_length=64, unique=True, db_comment="fact")
    received_on = models.DateField(db_comment="fact")
    pulled_on = models.DateField(null=True, db_comment="fact")
    sealed = models.BinaryField(null=True, db_comment="vault")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "seq"], name="one_letter_a_number"),
            models.CheckConstraint(
                condition=models.Q(sealed__isnull=True, pulled_on__isnull=False)
                | models.Q(sealed__isnull=False, pulled_on__isnull=True),
                name="a_letter_is_wiped_when_it_is_pulled",
            ),
        ]
        indexes = [models.Index(fields=["number"], condition=models.Q(pulled_on__isnull=True), name="postbox_waiting")]


class Outbound(models.Model):
    """An answer, sealed to the thread. `id` is the desk's own, so that it arrives once."""

    id = models.UUIDField(primary_key=True, db_comment="fact")
    number = models.BigIntegerField(unique=True, db_comment="fact")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="outbound", db_comment="fact")
    written_on = models.DateField(db_comment="fact")
    sealed = models.BinaryField(db_comment="vault")


class Tries(models.Model):
    """How often a locator was tried in the running hour, whether or not it has a thread. Older hours are forgotten."""

    locator = models.CharField(max_length=6, primary_key=True, db_comment="fact")
    hour = models.PositiveIntegerField(db_index=True, db_comment="fact")
    count = models.PositiveSmallIntegerField(default=0, db_comment="fact")


class Board(models.Model):
    """What the desk lets the door show: one row, public through and through."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, db_comment="public")
    content = models.JSONField(db_comment="public")


class DoorEvent(Link):
    """An act at the door: a link of the door's own chain."""
