"""The record of every act and every look: rows that point to nothing, so that they survive whatever they tell of."""

from django.db import models

from amparo.audit.link import Link


class Event(Link):
    """An act or a look at the desk."""

    class Meta(Link.Meta):
        indexes = [models.Index(fields=["record", "seq"])]


class Shown(models.Model):
    """That a record was among those that a link shows; entered by the database from the link itself."""

    pk = models.CompositePrimaryKey("record", "seq")
    record = models.UUIDField(db_comment="fact")
    seq = models.BigIntegerField(db_comment="fact")
