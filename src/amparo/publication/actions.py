"""It is published, safely: one person drafts, the attacker tries, two others check."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.access.gate import allow, gated, looking
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound
from amparo.common.ids import new_reference
from amparo.common.types import WORKER, Actor
from amparo.counting.actions import open_snapshot
from amparo.counting.frozen import actions as everything
from amparo.counting.frozen.models import Frozen
from amparo.counting.models import Snapshot
from amparo.counting.positions import CHILDREN_IDENTIFIED
from amparo.methods.disclosure import Policy
from amparo.methods.disclosure.ledger import Fault, Verdict
from amparo.methods.tabulation.indicators import catalogue
from amparo.publication import drawing, publishing
from amparo.publication.counted import OfAll, OfYear
from amparo.publication.figures import software
from amparo.publication.kin import Asked
from amparo.publication.ledger import Books
from amparo.publication.models import Release, ReleaseCell
from amparo.publication.sheets import Shown, cells_of, sheets_of
from amparo.publication.states import RELEASE
from amparo.publication.tables import asked_of, kin_before

POLICY = Policy(margin_order=3)
YEARLY = ["region", "age_group"]  # the table of a frozen year
_NAMED = 6  # open cells that a refusal names

FAULTS: dict[Fault, Any] = {
    Fault.SHOWN: gettext_lazy("a small count would be shown."),
    Fault.EXACT: gettext_lazy("a hidden count could be computed."),
    Fault.TOO_CLOSE: gettext_lazy("a hidden count could be computed too closely."),
    Fault.EARLIER: gettext_lazy("with it, a hidden count of an earlier table could be computed."),
    Fault.CHANGE: gettext_lazy(
        "compared with an earlier table of this year, a change of a few children could be recognised. "
        "Wait until more has changed, or leave the earlier table as it is."
    ),
    Fault.CONTRADICTION: gettext_lazy("it contradicts itself, or the records that it was made from."),
}


@looking
def draft(*, by: Actor, snapshot: Snapshot) -> Release:
    """Protect the table of a frozen year and attack it. Raises `Conflict`, in words, when the attacker succeeds.

    That takes seconds, so nobody waits for it with what they write; only the draft itself is kept in a transaction.
    """
    allow(by, Permission.RELEASE_DRAFT)
    release = Release(
        indicator=CHILDREN_IDENTIFIED, first_year=snapshot.year, year=snapshot.year, snapshot=snapshot,
        tables=[YEARLY], snapshot_hash=sha256(bytes(snapshot.sealed)).hexdigest(),
    )  # fmt: skip
    return _drafted(by, release)


@looking
def draft_tables(
    *, by: Actor, frozen: Frozen, indicator: str, first: int, last: int, tables: Sequence[Sequence[str]]
) -> Release:
    """Protect tables of any indicator, for years that are over, and attack them. `tables`: the dimensions of each.

    Raises `Invalid` for what the indicator does not allow, `Conflict`, in words, for a year that is not over, a
    snapshot that has ended, or when the attacker succeeds.
    """
    allow(by, Permission.RELEASE_DRAFT)
    if last >= frozen.taken_at.year and catalogue().indicator(indicator).moment:
        raise Conflict(_("Only years that were over when the snapshot was taken can be published."))
    release = Release(
        indicator=indicator, first_year=first, year=last, frozen=frozen, tables=[list(each) for each in tables],
        snapshot_hash=frozen.content_hash,
    )  # fmt: skip
    return _drafted(by, release)


def _drafted(by: Actor, release: Release) -> Release:
    release.reference, release.policy, release.software = new_reference("F"), asdict(POLICY), software()
    release.drafted_by, release.drafted_at = by.id, clock.now()
    with closing(_opened(by, release)) as counts:
        asked = asked_of(release.indicator, release.first_year, release.year, release.tables, counts)
        books = Books(asked, _of(release), kin_before(release), counts)
        sheets = books.protected(POLICY)
        release.tried = _withstood(sheets, books).tried
    _keep(by=by, release=release, sheets=sheets)
    return release


@gated
def _keep(*, by: Actor, release: Release, sheets: Sequence[Shown]) -> None:
    rule = allow(by, Permission.RELEASE_DRAFT)
    release.save(force_insert=True)
    ReleaseCell.objects.bulk_create(cells_of(release, sheets))
    hidden = sum(len(sheet.hidden) for sheet in sheets)
    record(by, "release:drafted", "release", release.id, rule=rule, detail={"hidden": hidden})


@gated
def check(*, by: Actor, release: Release, agree: bool, reason: str = "") -> Release:
    """One of the two verdicts, given without knowing the other: to agree, or to refuse with a code of the list.

    Once both are in, the table is public if both agreed, and refused if not. Before it leaves, it is attacked again,
    together with everything that became public since it was drafted. Raises `Conflict` when the attacker succeeds, or
    the snapshot has ended.
    """
    release = _locked(release)
    rule = allow(by, Permission.RELEASE_CHECK, release)
    RELEASE.after(release.status, "check")
    if not publishing.judged(release, person=by.id, agree=agree, reason=reason):
        release.save()
        record(by, "release:judged", "release", release.id, rule=rule)
        return release
    release.status = RELEASE.after(release.status, "check" if publishing.agreed(release) else "refuse")
    if publishing.agreed(release):
        _publish(release)
    release.save()
    record(by, f"release:{release.status}", "release", release.id, rule=rule, detail={"reason": release.reason})
    return release


@gated
def withdraw(*, by: Actor, release: Release, reason: str, replaced_by: Release | None = None) -> Release:
    """Take a table off the public site, with a reason that the public reads; with `replaced_by`, it is corrected.

    Its row stays, and is attacked with. Raises `Invalid` when the other is no public table of the same year.
    """
    release = _locked(release)
    rule = allow(by, Permission.RELEASE_WITHDRAW, release)
    if replaced_by and not _may_replace(release, replaced_by):
        raise Invalid({"replaced_by": _("Choose a table of the same year that is public.")})
    publishing.taken_away(release, person=by.id, reason=reason)
    release.status = RELEASE.after(release.status, "correct" if replaced_by else "withdraw")
    release.replaced_by = replaced_by
    release.save()
    record(by, f"release:{release.status}", "release", release.id, rule=rule, detail={"reason": reason})
    return release


def _may_replace(release: Release, other: Release) -> bool:
    same = all(getattr(release, name) == getattr(other, name) for name in ("indicator", "first_year", "year"))
    return same and other.status == "published" and other.pk != release.pk


def _publish(release: Release) -> None:
    sheets = sheets_of(release)
    asked = Asked(release.indicator, release.first_year, release.year, tuple(sheets))
    with closing(_opened(WORKER, release)) as counts:
        release.tried = _withstood(sheets, Books(asked, _of(release), kin_before(release), counts)).tried
    release.status = RELEASE.after(release.status, "publish")
    release.published_at = clock.now()
    drawing.keep(release, sheets)


def _opened(by: Actor, release: Release) -> OfYear | OfAll:
    """The snapshot of a release; the opening is recorded. Raises `Conflict` when it has ended."""
    if release.frozen:
        return OfAll(everything.opened(by=by, frozen=release.frozen))
    assert release.snapshot
    return OfYear(open_snapshot(by=by, snapshot=release.snapshot))


def _of(release: Release) -> str:
    return str(release.frozen_id or release.snapshot_id)


def _withstood(sheets: Sequence[Shown], books: Books) -> Verdict:
    verdict = books.verdict(sheets, POLICY)
    if verdict.safe:
        return verdict
    words = " ".join(f"{FAULTS[fault]} [{_cells(verdict, fault)}]" for fault in Fault if fault in verdict.faults)
    raise Conflict(_("This table is not safe, and was kept back: {words}").format(words=words))


def _cells(verdict: Verdict, fault: Fault) -> str:
    """The open cells by their codes, each with the former releases that open it; no count."""
    found = [each for each in verdict.findings if each.fault == fault]
    named = list(dict.fromkeys(" ".join((each.name, *each.against)).strip() for each in found))
    return ", ".join(named[:_NAMED]) + (" …" if len(named) > _NAMED else "")


def _locked(release: Release) -> Release:
    """The release as it stands now; two who act on tables of the same records at once take turns."""
    source = catalogue().indicator(release.indicator).source
    kin = [each.code for each in catalogue().indicators.values() if each.source == source]
    every = Release.objects.filter(indicator__in=kin).select_for_update(of=("self",))
    for each in every.select_related("snapshot", "frozen").order_by("id"):
        if each.pk == release.pk:
            return each
    raise NotFound
