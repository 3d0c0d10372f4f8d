"""What codes of this area are called: what is compared and what it shows, tasks, notices, lines of the record."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOMENTS: dict[str, tuple[Any, str]] = {}
# What two records are compared by (`methods.linkage.comparisons`).
COMPARED: dict[str, Any] = {
    "given": _("Given name"),
    "family": _("Family name"),
    "birth": _("Birth"),
    "sex": _("Sex"),
    "mother": _("Mother’s name"),
    "father": _("Father’s name"),
    "middle": _("Other names"),
    "birthplace": _("Place of birth"),
    "lives": _("Where the child lives"),
    "nationality": _("Nationality"),
    "phone": _("Telephone"),
    "national_id": _("Number of a document"),
    "sure": _("Sure links for each record"),
    "linked": _("Other links for each record"),
    "doubt": _("Undecided pairs for each record"),
}
# What a comparison shows; how rare a name is follows after a comma.
LEVELS: dict[str, Any] = {
    "different": pgettext_lazy("two records", "different"),
    "the same": pgettext_lazy("two records", "the same"),
    "another writing": _("the same in another writing"),
    "a part in another writing": _("a part is the same in another writing"),
    "sounds alike": _("sounds alike"),
    "sounds somewhat alike": _("sounds somewhat alike"),
    "a pet name or bare consonants": _("a pet name of the other"),
    "given and family name swapped": _("given and family name are swapped"),
    "stands among the other names": _("stands among the other names"),
    "stands as the family name": _("stands as the family name"),
    "stands at another place": _("stands at another place of the name"),
    "one in common": _("one in common"),
    "the same day": _("the same day"),
    "day and month swapped": _("day and month are swapped"),
    "one of year, month and day differs": _("one of year, month and day differs"),
    "the same month, as far as known": _("the same month, as far as is known"),
    "may be the same, as far as known": _("may be the same, as far as is known"),
    "an estimate a year away": _("an estimate a year away"),
    "an estimate further away": _("an estimate further away"),
    "the same settlement": _("the same settlement"),
    "a settlement that sounds alike": _("a settlement that sounds alike"),
    "the same district": _("the same district"),
    "not common": _("not a common name"),
    "rare": _("a rare name"),
    "very rare": _("a very rare name"),
}
PLAIN: dict[str, Any] = {
    "contact_asked": _("An agency asks whether you met a child"),
    "contact_answered": _("An agency answered whether it met a child"),
    "contact_declined": _("An agency does not say whether it met a child"),
    "contact_late": _("A question between agencies waits too long"),
    "records_parted": _("Two records that were merged are parted again"),
    "linkage_drifted": _("The linkage of records has changed: look at its quality"),
    "asked": _("Asked"),
    "answered": _("Answered"),
    "declined": _("Declined"),
    "disputed": _("Disputed"),
    "decided": _("Decided"),
    "merged": _("Merged"),
    "parted": _("Parted again"),
    "mother": _("Mother’s name"),
    "father": _("Father’s name"),
    "birth_place": _("Place of birth"),
}
# Lines of the record of looks.
VERBS: dict[str, Any] = {
    "vault:matching_compared": _("Had the server compare records"),
    "contact:asked": _("Asked another agency whether it met a child"),
    "contact:answered": _("Answered whether the agency met a child"),
    "contact:declined": _("Declined to say whether the agency met a child"),
    "contact:late": _("Found questions between agencies that wait too long"),
    "contact:listed": _("Saw the questions between agencies"),
    "contact:read": _("Looked at a question between agencies"),
    "pair:listed": _("Saw the records that may be of one child"),
    "pair:read": _("Looked at two records side by side"),
    "pair:judged": _("Judged whether two records are of one child"),
    "pair:merged": _("Merged two records"),
    "pair:parted": _("Parted two records again"),
    "linkage:quality_read": _("Saw the quality of the linkage"),
    "links:found": _("Linked the records of all agencies"),
}


def compared(name: str) -> str:
    """What is compared, in words."""
    return str(COMPARED.get(name, name))


def level(label: str | None) -> str:
    """What a comparison shows, in words."""
    if label is None:
        return str(pgettext_lazy("two records", "not known"))
    whole = LEVELS.get(label)
    if whole is not None:
        return str(whole)
    what, _comma, rare = label.rpartition(", ")
    return f"{LEVELS.get(what, what)} ({LEVELS.get(rare, rare)})"
