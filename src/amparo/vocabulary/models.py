"""Code systems are data: a scheme has dated editions, an edition has terms."""

from django.db import models

from amparo.common.ids import new_id


class Edition(models.Model):
    """A dated version of a scheme. The newest one of a scheme is current; older ones stay readable."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    scheme = models.CharField(max_length=40, db_comment="public")
    edition = models.CharField(max_length=20, db_comment="public")
    title = models.CharField(max_length=120, db_comment="public")
    source = models.CharField(max_length=300, db_comment="public")
    content_hash = models.CharField(max_length=64, db_comment="public")
    loaded_at = models.DateTimeField(db_comment="public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "edition"], name="one_edition_of_a_name")]


class Term(models.Model):
    """One code of one edition, with its label in each language."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="terms", db_comment="public")
    code = models.CharField(max_length=40, db_comment="public")
    parent = models.CharField(max_length=40, blank=True, db_comment="public")
    order = models.PositiveSmallIntegerField(db_comment="public")
    definition = models.TextField(db_comment="public")
    source = models.CharField(max_length=300, db_comment="public")
    labels = models.JSONField(db_comment="public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_term_a_code")]
