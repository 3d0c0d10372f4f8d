"""Places, agencies, teams, and the people who work there."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from amparo.access.roles import Role
from amparo.common.ids import new_id
from amparo.common.types import Post


class Place(models.Model):
    """A node of the tree of places. `path` is the codes from the root, each ended by a slash: a subtree is a prefix."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    code = models.CharField(max_length=20, unique=True, db_comment="public")
    name = models.CharField(max_length=100, db_comment="public")
    level = models.PositiveSmallIntegerField(db_comment="public")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", db_comment="public")
    path = models.CharField(max_length=200, unique=True, db_comment="public")


class Agency(models.Model):
    """An institution that receives, protects, investigates, counts or oversees."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="public")
    code = models.CharField(max_length=20, unique=True, db_comment="public")
    name = models.CharField(max_length=120, db_comment="public")
    kind = models.CharField(max_length=40, db_comment="public")
    place = models.ForeignKey(Place, models.PROTECT, related_name="agencies", db_comment="public")
    takes_reports = models.BooleanField(default=False, db_comment="public")
    independent = models.BooleanField(default=False, db_comment="public")
    closed_on = models.DateField(null=True, db_comment="public")

    class Meta:
        verbose_name_plural = "agencies"


class Team(models.Model):
    """People of one agency who share their cases with one supervisor."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams", db_comment="fact")
    name = models.CharField(max_length=100, db_comment="fact")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="one_team_name_an_agency")]


class People(BaseUserManager["Person"]):
    """Finds people by their sign-in name, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who works at a desk and signs in. Never a child, a reporter or a person of concern."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    username = models.CharField(max_length=60, unique=True, db_comment="fact")
    name = models.CharField(max_length=100, db_comment="fact")
    email = models.EmailField(blank=True, db_comment="fact")
    language = models.CharField(max_length=8, default="en", db_comment="fact")
    is_active = models.BooleanField(default=True, db_comment="fact")
    password = models.CharField(max_length=128, db_comment="fact")
    last_login = models.DateTimeField(null=True, blank=True, db_comment="fact")
    # A first password, which others have seen, opens the house until then, and nothing but the change of it.
    first_password_until = models.DateTimeField(null=True, db_comment="fact")

    # Today's posts and the names of their agencies, when the person was found by `queries.person_with_posts`.
    posts: tuple[Post, ...] | None = None
    agency_names: Mapping[UUID, str] = MappingProxyType({})

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name_plural = "people"


class Membership(models.Model):
    """A post: a person in a role, in an agency and perhaps one team of it, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships", db_comment="fact")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="memberships", db_comment="fact")
    role = models.CharField(max_length=20, choices=Role.choices, db_comment="fact")
    from_date = models.DateField(db_comment="fact")
    to_date = models.DateField(null=True, db_comment="fact")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                name="membership_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["agency", "role"])]


class Notice(models.Model):
    """Something that a person, or whoever holds a role in an agency, must be told. Codes and a reference, no names."""

    id = models.UUIDField(primary_key=True, default=new_id, db_comment="fact")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_comment="fact")
    role = models.CharField(max_length=20, blank=True, db_comment="fact")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_comment="fact")
    code = models.CharField(max_length=40, db_comment="fact")
    kind = models.CharField(max_length=24, db_comment="fact")
    record = models.UUIDField(db_comment="fact")
    reference = models.CharField(max_length=20, db_comment="fact")
    at = models.DateTimeField(db_comment="fact")
    seen_at = models.DateTimeField(null=True, db_comment="fact")

    class Meta:
        indexes = [
            models.Index(fields=["person", "seen_at", "-at"]),
            models.Index(fields=["agency", "role", "seen_at", "-at"]),
        ]
