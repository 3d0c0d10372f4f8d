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
    """One code of one edition, with its preferred label in each language.

    `official` is the wording of the instrument where it differs; `status` says whether a word may be used; `verified`
    whether the code was read in its source; `checked` names the languages whose label somebody of the field checked.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="terms", db_comment="public")
    code = models.CharField(max_length=60, db_comment="public")
    parent = models.CharField(max_length=60, blank=True, db_comment="public")
    order = models.PositiveSmallIntegerField(db_comment="public")
    definition = models.TextField(db_comment="public")
    source = models.CharField(max_length=300, db_comment="public")
    labels = models.JSONField(db_comment="public")
    official = models.CharField(max_length=300, blank=True, db_comment="public")
    status = models.CharField(max_length=12, default="ok", db_comment="public")
    verified = models.BooleanField(default=True, db_comment="public")
    valid_from = models.DateField(null=True, db_comment="public")
    valid_to = models.DateField(null=True, db_comment="public")
    checked = models.CharField(max_length=20, blank=True, db_comment="public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_term_a_code")]


class Crosswalk(models.Model):
    """An edition of what the codes of one scheme are called in others. It is our own proposal, and says so."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    scheme = models.CharField(max_length=40, db_comment="public")
    edition = models.CharField(max_length=20, db_comment="public")
    source = models.CharField(max_length=300, db_comment="public")
    content_hash = models.CharField(max_length=64, db_comment="public")
    loaded_at = models.DateTimeField(db_comment="public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "edition"], name="one_crosswalk_of_a_name")]


class Equivalent(models.Model):
    """What a code is called in another scheme; an empty `target` says honestly that it has no equivalent there."""

    id = models.BigAutoField(primary_key=True, db_comment="public")
    crosswalk = models.ForeignKey(Crosswalk, models.CASCADE, related_name="equivalents", db_comment="public")
    code = models.CharField(max_length=60, db_comment="public")
    scheme = models.CharField(max_length=40, db_comment="public")
    target = models.CharField(max_length=60, blank=True, db_comment="public")
    note = models.CharField(max_length=300, blank=True, db_comment="public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["crosswalk", "code", "scheme", "target"], name="one_equivalent_once")
        ]
