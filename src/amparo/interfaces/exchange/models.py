"""What came in from other systems, by which it is known again; and who asked for what to go out."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from amparo.cases.models import Case
from amparo.common.ids import new_id
from amparo.organisation.models import Agency, Person


class ImportedRow(models.Model):
    """A row of a file and the case that it became.

    `external` and `content` are keyed hashes of the organisation's case id and of the row: without the key
    they tell nothing. `coded` holds the coded fields; words, names and places are sealed in the vault.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    # Found by the constraint below.
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, db_comment="fact")
    external = models.BigIntegerField(db_comment="fact")
    content = models.BigIntegerField(db_comment="fact")
    case = models.OneToOneField(Case, models.PROTECT, related_name="+", db_comment="fact")
    coded = models.JSONField(default=dict, db_comment="fact")
    identity = models.UUIDField(null=True, db_comment="vault")
    placement = models.UUIDField(null=True, db_comment="vault")
    narrative = models.UUIDField(db_comment="vault")
    imported_at = models.DateTimeField(db_comment="fact")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "external"], name="one_case_an_agencys_case_id"),
        ]


class ExportRequest(models.Model):
    """Somebody asks for children's records to leave; a second person allows it, once."""

    guarded_kind: ClassVar[str] = "export"

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    reference = models.CharField(max_length=12, unique=True, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_comment="fact")
    purpose = models.CharField(max_length=40, db_comment="fact")
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_comment="fact")
    requested_at = models.DateTimeField(db_comment="fact")
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_comment="fact")
    approved_at = models.DateTimeField(null=True, db_comment="fact")
    written_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("requested_by")),
                name="an_export_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(written_at=None) | Q(approved_at__isnull=False),
                name="an_export_is_written_once_approved",
            ),
        ]
