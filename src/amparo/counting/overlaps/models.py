"""Which records are of one child, as linkage last said. Identifiers only."""

from django.db import models

from amparo.common.ids import new_id


class SameChild(models.Model):
    """A record that is of the same child as others. `drawing`: links are uncertain, so several ways of putting the
    records together may be kept, each as likely as the other; a record that is in none of them is a child of its own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    drawing = models.PositiveSmallIntegerField(db_comment="fact")
    record = models.UUIDField(db_comment="fact")
    child = models.UUIDField(db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["drawing", "record"], name="a_record_is_of_one_child"),
        ]
