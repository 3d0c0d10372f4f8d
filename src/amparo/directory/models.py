"""Where help is found. All of it is public."""

from django.db import models

from amparo.common.ids import new_id
from amparo.organisation.models import Place


class HelpLine(models.Model):
    """A number to call or write to. Without a place it helps in the whole State."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    name = models.CharField(max_length=120, db_comment="public")
    number = models.CharField(max_length=40, db_comment="public")
    hours = models.CharField(max_length=80, db_comment="public")
    languages = models.JSONField(default=list, db_comment="public")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", db_comment="public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "number"], name="one_line_a_name_and_number")]
