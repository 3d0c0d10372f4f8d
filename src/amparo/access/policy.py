"""THE policy: who may do what. Each permission needs one of its lines; a line needs all of its facts.

Silence means no. `NEVER` is asked first and wins over every line. The reference page is drawn from this table, and
page, API, export, search, counter and command all ask it.
"""

from dataclasses import dataclass

from amparo.access.permissions import Permission as P
from amparo.access.roles import Role


@dataclass(frozen=True)
class Rule:
    """`kind` is the kind of record that the permission is about ("" for none)."""

    kind: str
    lines: tuple[tuple[str, ...], ...]


def on(kind: str, *lines: str) -> Rule:
    """A rule over records of `kind`; each line is its facts' names parted by blanks."""
    return Rule(kind, tuple(tuple(line.split()) for line in lines))


def anyone(*lines: str) -> Rule:
    """A rule that no record is needed for."""
    return on("", *lines)


NEVER: dict[str, tuple[str, ...]] = {
    "case": ("not_walled",),
    "report": ("not_walled", "not_about_my_agency"),
    "referral": ("not_walled",),
    "erasure": ("not_walled",),
    "alarm": ("not_walled",),
    "contact": ("not_walled",),
    "pair": ("not_walled",),
    "child": ("not_walled",),
}

# What a system of an agency may do at all, where its role and its administrator let it: read codes, bring reports in,
# answer referrals. Never a name, a word that somebody told, a search by name, or a part of anything that needs two.
MACHINES = frozenset({
    P.DAY_READ, P.ORGANISATION_READ, P.REPORT_LIST, P.REPORT_TAKE_IN, P.CASE_LIST, P.CASE_READ, P.CARE_READ,
    P.JUSTICE_READ, P.REFERRAL_LIST, P.REFERRAL_READ, P.REFERRAL_ANSWER, P.RELEASE_LIST, P.MONITOR_LIST,
})  # fmt: skip

_DESK = [role.value for role in Role]

POLICY: dict[P, Rule] = {
    # A report is read by the intake officers of the agency that holds it, and by their supervisor.
    P.REPORT_LIST: anyone("intake_officer", "supervisor"),
    P.REPORT_TAKE_IN: anyone("intake_officer"),
    # The worker reads an answer in order to carry it to the reporter.
    P.REPORT_READ: on("report", "intake_officer held_by_my_agency", "supervisor held_by_my_agency", "the_worker"),
    P.REPORT_CLAIM: on("report", "intake_officer held_by_my_agency"),
    P.REPORT_RELEASE: on("report", "intake_officer held_by_my_agency claimed_by_me", "supervisor held_by_my_agency"),
    P.REPORT_HANDLE: on("report", "intake_officer held_by_my_agency claimed_by_me", "the_importer"),
    # How to reach the reporter is for whoever answers, and for nobody else.
    P.REPORT_REPORTER: on("report", "intake_officer held_by_my_agency claimed_by_me"),
    # Whom a reporter, or the report itself, keeps out is seen and undone by a supervisor, or by an auditor.
    P.REPORT_WALLS: on("report", "supervisor held_by_my_agency", "auditor"),
    # That a letter was set aside, and why; its words stay sealed.
    P.LETTER_LIST: anyone("intake_officer", "supervisor", "auditor"),
    P.CHILD_SEARCH: anyone("intake_officer", "case_worker", "supervisor", "the_importer"),
    P.CHILD_REGISTER: anyone("intake_officer", "case_worker", "supervisor", "the_importer"),
    # A possible match at another agency: known to whoever searched; once asked, to those who answer for the agency.
    P.CONTACT_LIST: anyone("intake_officer", "case_worker", "supervisor"),
    P.CONTACT_READ: on(
        "contact",
        "intake_officer offered_to_me",
        "case_worker offered_to_me",
        "supervisor offered_to_me",
        "intake_officer asked_of_my_agency",
        "supervisor asked_of_my_agency",
    ),
    P.CONTACT_ASK: on(
        "contact", "intake_officer offered_to_me", "case_worker offered_to_me", "supervisor offered_to_me"
    ),
    P.CONTACT_ANSWER: on("contact", "intake_officer asked_of_my_agency", "supervisor asked_of_my_agency"),
    # Two records that may be of one child: each side opens its own only, and only while somebody has to look.
    P.PAIR_LIST: anyone("supervisor"),
    P.PAIR_REVIEW: on("pair", "supervisor of_my_agency"),
    P.PAIR_OPEN: on("child", "supervisor of_my_agency in_an_open_pair"),
    P.PAIR_PART: on("pair", "supervisor of_my_agency"),
    P.LINKAGE_QUALITY: anyone("supervisor", "statistician", "auditor"),
    # A case is read by need, not by rank: its worker, its team's supervisor, those it is shared with.
    P.CASE_LIST: anyone(
        "case_worker",
        "supervisor",
        "service_provider",
        "police",
        "prosecutor",
    ),
    # Among one's own cases, by the child's name.
    P.CASE_FIND: anyone("case_worker", "supervisor", "service_provider", "police", "prosecutor"),
    P.CASE_READ: on(
        "case",
        "case_worker my_case",
        "supervisor my_teams_case",
        "service_provider shared_with_my_agency",
        "police shared_with_my_agency",
        "prosecutor shared_with_my_agency",
        "case_worker behind_broken_glass",
        "supervisor behind_broken_glass",
        "intake_officer behind_broken_glass",
    ),
    P.CASE_WRITE: on("case", "case_worker my_case", "supervisor my_teams_case", "the_importer"),
    # What an incident is called in law is confirmed by whoever answers for the worker.
    P.CASE_CONFIRM: on("case", "supervisor my_teams_case", "the_importer"),
    P.CASE_ASSIGN: on("case", "supervisor my_teams_case", "the_importer"),
    P.CASE_CLOSE: on("case", "case_worker my_case", "supervisor my_teams_case", "the_importer"),
    P.CASE_SHARE: on("case", "case_worker my_case", "supervisor my_teams_case", "the_importer"),
    P.CASE_LOOKS: on("case", "case_worker my_case", "supervisor my_teams_case"),
    P.CASE_GLASS: on(
        "case",
        "case_worker fresh_second_factor",
        "supervisor fresh_second_factor",
        "intake_officer fresh_second_factor",
    ),
    # The page where glass is broken opens to a fresh second factor, before any case is named.
    P.GLASS_ASK: anyone(
        "case_worker fresh_second_factor",
        "supervisor fresh_second_factor",
        "intake_officer fresh_second_factor",
    ),
    P.WALL_RAISE: on("case", "supervisor my_teams_case"),
    # A wall comes down by another supervisor of the team or an auditor, never by whoever raised it.
    P.WALL_LIFT: on("case", "supervisor my_teams_case", "auditor"),
    P.WALL_LIST: anyone("auditor"),
    P.GLASS_REVIEW: anyone("auditor"),
    P.REVEAL_IDENTITY: on(
        "case",
        "case_worker my_case",
        "supervisor my_teams_case",
        "service_provider shared_with_my_agency shares_identity",
        "police shared_with_my_agency shares_identity",
        "prosecutor shared_with_my_agency shares_identity",
        "case_worker behind_broken_glass",
        "supervisor behind_broken_glass",
        "intake_officer behind_broken_glass",
    ),
    # Where a child lives: its own second factor, and never behind broken glass.
    P.REVEAL_PLACEMENT: on(
        "case",
        "case_worker my_case fresh_second_factor",
        "supervisor my_teams_case fresh_second_factor",
        "service_provider shared_with_my_agency shares_placement fresh_second_factor",
    ),
    P.REVEAL_NARRATIVE: on(
        "case",
        "case_worker my_case",
        "supervisor my_teams_case",
        "service_provider shared_with_my_agency shares_narrative",
        "police shared_with_my_agency shares_narrative",
        "prosecutor shared_with_my_agency shares_narrative",
    ),
    P.REVEAL_HEALTH: on(
        "case",
        "case_worker my_case",
        "supervisor my_teams_case",
        "service_provider shared_with_my_agency shares_health",
    ),
    # Care never sees what the investigation plans.
    P.REVEAL_INVESTIGATION: on("case", "police shared_with_my_agency", "prosecutor shared_with_my_agency"),
    # Care is for those who care: not for the police, whatever is shared with them.
    P.CARE_READ: on(
        "case",
        "case_worker my_case",
        "supervisor my_teams_case",
        "service_provider shared_with_my_agency",
        "case_worker behind_broken_glass",
        "supervisor behind_broken_glass",
    ),
    P.CARE_WRITE: on("case", "case_worker my_case", "supervisor my_teams_case", "the_importer"),
    # A second person lets a plan begin.
    P.CARE_APPROVE: on("case", "supervisor my_teams_case", "the_importer"),
    P.REFERRAL_LIST: anyone("service_provider", "case_worker", "supervisor"),
    P.REFERRAL_READ: on(
        "referral",
        "service_provider asked_of_my_agency",
        "case_worker my_case",
        "supervisor my_teams_case",
        "case_worker behind_broken_glass",
        "supervisor behind_broken_glass",
    ),
    P.REFERRAL_ANSWER: on("referral", "service_provider asked_of_my_agency", "the_importer"),
    P.JUSTICE_READ: on(
        "case",
        "case_worker my_case",
        "supervisor my_teams_case",
        "police shared_with_my_agency",
        "prosecutor shared_with_my_agency",
    ),
    P.JUSTICE_WRITE: on(
        "case",
        "case_worker my_case",
        "supervisor my_teams_case",
        "police shared_with_my_agency",
        "prosecutor shared_with_my_agency",
        "the_importer",
    ),
    # A child victim was treated as an offender: whoever speaks up for the child follows it until it is mended, in
    # codes, without opening the case.
    P.ALARM_LIST: anyone("supervisor", "legal_focal_point"),
    P.ALARM_FOLLOW: on("alarm", "legal_focal_point alarm_of_my_agency", "supervisor alarm_of_my_team"),
    P.ALARM_COUNT: anyone("statistician", "auditor"),
    P.PERSON_COUNT: anyone("statistician", "auditor"),
    P.SNAPSHOT_TAKE: anyone("statistician", "the_importer", "the_operator"),
    # The worker opens one to attack a table before it leaves; whoever checks never sees the hidden counts.
    P.SNAPSHOT_OPEN: anyone("statistician", "the_importer", "the_operator", "the_worker"),
    # Whoever explores sees counts with noise; the exact ones are for whoever answers for the figures.
    P.FIGURES_EXPLORE: anyone("statistician", "reviewer", "supervisor", "the_operator"),
    P.FIGURES_EXACT: anyone("statistician", "the_operator"),
    P.RELEASE_LIST: anyone("statistician", "reviewer"),
    P.RELEASE_DRAFT: anyone("statistician", "the_importer"),
    # A figure leaves only past two others, each of whom judges before seeing the other.
    P.RELEASE_CHECK: on(
        "release", "reviewer not_drafted_by_me not_judged_by_me", "statistician not_drafted_by_me not_judged_by_me"
    ),
    P.RELEASE_WITHDRAW: on("release", "statistician", "reviewer"),
    # Which records are of one child comes from linkage, never from a desk.
    P.LINKS_TAKE: anyone("the_operator", "the_importer", "the_worker"),
    P.LINKS_FIND: anyone("the_operator", "the_worker"),
    P.ESTIMATE_LIST: anyone("statistician", "reviewer"),
    P.ESTIMATE_DRAFT: anyone("statistician"),
    P.ESTIMATE_JUSTIFY: on("estimate", "statistician drafted_by_me"),
    P.ESTIMATE_CHECK: on(
        "estimate", "reviewer not_drafted_by_me not_judged_by_me", "statistician not_drafted_by_me not_judged_by_me"
    ),
    P.ESTIMATE_WITHDRAW: on("estimate", "statistician", "reviewer"),
    # What is said of a State is public, and so it is said by an editor and read by a second person first.
    P.MONITOR_IMPORT: anyone("monitor_editor", "the_importer", "the_operator"),
    P.MONITOR_LIST: anyone("monitor_editor", "reviewer"),
    P.ASSESSMENT_WRITE: anyone("monitor_editor", "the_importer", "the_operator"),
    P.ASSESSMENT_REVIEW: on("assessment", "reviewer not_written_by_me", "monitor_editor not_written_by_me"),
    P.ENTRY_REVIEW: on("entry", "reviewer not_written_by_me", "monitor_editor not_written_by_me"),
    P.SCORE_PUBLISH: anyone("monitor_editor", "the_importer"),
    # What a State's law says is written with the provision, and read by a second person too.
    P.PROVISION_WRITE: anyone("monitor_editor", "the_importer", "the_operator"),
    P.PROVISION_REVIEW: on("provision", "reviewer not_written_by_me", "monitor_editor not_written_by_me"),
    P.DAY_READ: anyone(*_DESK),
    P.TEAM_READ: anyone("supervisor"),
    P.AUDIT_READ: anyone("auditor", "the_operator"),
    # Nothing of the child is erased while anybody of these says that it must be kept.
    P.CASE_HOLD: on(
        "case",
        "supervisor my_teams_case",
        "police shared_with_my_agency",
        "prosecutor shared_with_my_agency",
        "the_importer",
    ),
    P.ERASURE_REQUEST: on("case", "supervisor my_teams_case"),
    P.ERASURE_LIST: anyone("supervisor", "auditor"),
    P.ERASURE_CONFIRM: on("erasure", "supervisor asked_by_another_agency", "auditor asked_by_another_agency"),
    P.ORGANISATION_READ: anyone(*_DESK, "the_operator"),
    P.ORGANISATION_WRITE: anyone("administrator", "the_operator", "the_importer"),
    # A lost password or factor is renewed by two, in the agency of whoever lost it.
    P.RENEWAL_LIST: anyone("administrator", "supervisor"),
    P.RENEWAL_ASK: anyone("administrator fresh_second_factor"),
    P.RENEWAL_CONFIRM: anyone("administrator fresh_second_factor", "supervisor fresh_second_factor"),
    # A system of an agency gets its key from an administrator, and from nobody who only found the screen open.
    P.MACHINE_LIST: anyone("administrator", "auditor", "the_operator"),
    P.MACHINE_WRITE: anyone("administrator fresh_second_factor"),
    P.DIRECTORY_WRITE: anyone("administrator", "the_operator", "the_importer"),
    P.IMPORT_CASES: anyone("supervisor", "the_importer"),
    # A list of one's cases as a file holds codes and references only; the identified export is the next three.
    P.CASE_FILE: anyone("supervisor fresh_second_factor"),
    P.EXPORT_REQUEST: anyone("supervisor fresh_second_factor"),
    P.EXPORT_APPROVE: on("export", "supervisor not_asked_by_me fresh_second_factor"),
    P.EXPORT_WRITE: on("export", "supervisor asked_by_me fresh_second_factor"),
    P.DOOR_EXCHANGE: anyone("the_worker"),
    # Which confirmed labels today's rules would change: said to the operator, changed by nobody.
    P.LABELS_RERUN: anyone("the_operator"),
    P.CLOCKS_RUN: anyone("the_worker"),
}
