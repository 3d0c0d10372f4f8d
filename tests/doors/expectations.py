"""Who may do what, written down by hand from the design – never read from the policy – and the matrix drawn from it.

`python -m tests.doors.expectations` writes `matrix.csv` anew; whoever changes a line here reads the difference there.
The tests hold three things to each other: this table, the CSV, and what the product answers.
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MATRIX = Path(__file__).parent / "matrix.csv"

ROLES = (
    "intake_officer", "case_worker", "supervisor", "service_provider", "police", "prosecutor", "statistician",
    "monitor_editor", "reviewer", "legal_focal_point", "auditor", "administrator",
)  # fmt: skip
# A stranger, somebody who gave a password only, and one person of every role, all at the agency NORTH, first team.
ASKERS = ("nobody", "password_only", *ROLES)

# How a record stands to the person who asks. `own` is of NORTH's case worker; the shares carry identity only.
RELATIONS = {
    "case": (
        "own", "own_team", "other_team", "other_agency", "shared", "share_expired", "walled", "walled_share", "absent",
    ),
    # A referral of that case; of the SOUTH's cases one is asked of NORTH.
    "referral": ("own", "own_team", "other_team", "other_agency", "asked", "walled", "walled_asked", "absent"),
    # Held by NORTH: claimed and judged by its intake officer, by a colleague, by nobody; or about NORTH itself.
    "report": ("mine", "colleague", "unclaimed", "other_agency", "about_us", "walled", "absent"),
    # A drafted table: by NORTH's statistician, or by another one.
    "release": ("mine", "theirs", "absent"),
    # An estimate that was asked for: by NORTH's statistician, or by another one.
    "estimate": ("mine", "theirs", "absent"),
    # An answer about a State: by NORTH's editor, or by another one.
    "assessment": ("mine", "theirs", "absent"),
    "entry": ("mine", "theirs", "absent"),
    # What a State's law says: by NORTH's editor, or by another one.
    "provision": ("mine", "theirs", "absent"),
    # An erasure that SOUTH or NORTH asked for.
    "erasure": ("asked_elsewhere", "asked_here", "walled", "absent"),
    # A possible match: of NORTH's case worker's search at SOUTH, asked; asked of NORTH by SOUTH; between others.
    "contact": ("mine", "asked_here", "other_agency", "walled", "absent"),
    # Two records that may be of one child: one of them NORTH's, or none.
    "pair": ("ours", "other_agency", "walled", "absent"),
    # An alarm about the child of a case of that relation.
    "alarm": ("own", "own_team", "other_team", "other_agency", "walled", "absent"),
}  # fmt: skip

_OWN = {"case_worker": "own", "supervisor": "own own_team"}
_SUPERVISED = {"supervisor": "own own_team"}
_SHARED = dict.fromkeys(("service_provider", "police", "prosecutor"), "shared")
_ANY_BUT_WALLED = "own own_team other_team other_agency shared share_expired"
_LAW = dict.fromkeys(("police", "prosecutor"), "shared")
_HELD = "mine colleague unclaimed"
_EMERGENCY = ("case_worker", "supervisor", "intake_officer")

# Permission → role → the records with which that role may do it; "*" where no record is meant.
# Everything that is not here is forbidden.
MAY: dict[str, dict[str, str]] = {
    # A report is read where it is held; worked on by whoever claimed it, who alone can reach the reporter.
    "report.list": dict.fromkeys(("intake_officer", "supervisor"), "*"),
    "report.take_in": {"intake_officer": "*"},
    "report.read": dict.fromkeys(("intake_officer", "supervisor"), _HELD),
    "report.claim": {"intake_officer": _HELD},
    "report.release": {"intake_officer": "mine", "supervisor": _HELD},
    "report.handle": {"intake_officer": "mine"},
    "report.reporter": {"intake_officer": "mine"},
    "report.walls": {"supervisor": _HELD, "auditor": "mine colleague unclaimed other_agency"},
    "child.search": dict.fromkeys(_EMERGENCY, "*"),
    # A possible match is known to whoever searched and, once asked, to those who answer for the agency.
    "contact.list": dict.fromkeys(_EMERGENCY, "*"),
    "contact.read": {"case_worker": "mine", "supervisor": "asked_here", "intake_officer": "asked_here"},
    "contact.ask": {"case_worker": "mine"},
    "contact.answer": dict.fromkeys(("supervisor", "intake_officer"), "asked_here"),
    # Two records that may be of one child: judged, and parted, by the supervisors of their agencies.
    "pair.list": {"supervisor": "*"},
    "pair.review": {"supervisor": "ours"},
    "pair.part": {"supervisor": "ours"},
    "linkage.quality": dict.fromkeys(("supervisor", "statistician", "auditor"), "*"),
    # Figures: frozen and drafted by the statistician, and leaving only past two others.
    "snapshot.take": {"statistician": "*"},
    # Explored with noise; the exact counts are the statistician's.
    "figures.explore": dict.fromkeys(("statistician", "reviewer", "supervisor"), "*"),
    "figures.see_exact": {"statistician": "*"},
    "release.list": dict.fromkeys(("statistician", "reviewer"), "*"),
    "release.draft": {"statistician": "*"},
    "release.check": {"statistician": "theirs", "reviewer": "mine theirs"},
    "release.withdraw": dict.fromkeys(("statistician", "reviewer"), "mine theirs"),
    # Estimates: asked for and justified by the statistician, and leaving only past two others.
    "estimate.list": dict.fromkeys(("statistician", "reviewer"), "*"),
    "estimate.draft": {"statistician": "*"},
    "estimate.justify": {"statistician": "mine"},
    "estimate.check": {"statistician": "theirs", "reviewer": "mine theirs"},
    "estimate.withdraw": dict.fromkeys(("statistician", "reviewer"), "mine theirs"),
    # What every desk has.
    "day.read": dict.fromkeys(ROLES, "*"),
    "organisation.read": dict.fromkeys(ROLES, "*"),
    # A case is read by need: its worker, the supervisor of its team, and those it is shared with for a purpose.
    "case.list": dict.fromkeys((*_OWN, *_SHARED), "*"),
    "case.find": dict.fromkeys((*_OWN, *_SHARED), "*"),
    "case.read": _OWN | _SHARED,
    "case.write": _OWN,
    "case.close": _OWN,
    "case.share": _OWN,
    "case.looks": _OWN,
    "case.assign": _SUPERVISED,
    "case.confirm": _SUPERVISED,
    "wall.raise": _SUPERVISED,
    "child.register": dict.fromkeys(_EMERGENCY, "*"),
    # Somebody who meets no wall takes one down: another supervisor of the team, or an auditor of any case.
    "wall.lift": _SUPERVISED | {"auditor": _ANY_BUT_WALLED},
    "wall.list": {"auditor": "*"},
    "case.file": {"supervisor": "*"},
    "team.read": {"supervisor": "*"},
    # Glass breaks before any case but a walled one, for those who answer for children.
    "glass.ask": dict.fromkeys(_EMERGENCY, "*"),
    "case.break_glass": dict.fromkeys(_EMERGENCY, _ANY_BUT_WALLED),
    # The compartments of the vault. The matrix's shares carry identity and nothing else.
    "reveal.identity": _OWN | _SHARED,
    "reveal.narrative": _OWN,
    "reveal.health": _OWN,
    "reveal.placement": _OWN,
    # What the investigation plans is not for those who care.
    "reveal.investigation": _LAW,
    # Care is for those who care, never for the police.
    "care.read": _OWN | {"service_provider": "shared"},
    "care.write": _OWN,
    "care.approve": _SUPERVISED,
    "referral.list": dict.fromkeys(("service_provider", "case_worker", "supervisor"), "*"),
    "referral.read": _OWN | {"service_provider": "asked"},
    "referral.answer": {"service_provider": "asked"},
    "referral.withdraw": _OWN,
    # The law: those who investigate, and those who stand beside the child.
    "justice.read": _OWN | _LAW,
    "justice.write": _OWN | _LAW,
    # Whoever speaks up for a child treated as an offender follows the alarms of the agency, the supervisor of the team.
    "alarm.list": dict.fromkeys(("supervisor", "legal_focal_point"), "*"),
    "alarm.follow": _SUPERVISED | {"legal_focal_point": "own own_team other_team"},
    "alarm.count": dict.fromkeys(("statistician", "auditor"), "*"),
    "person.count": dict.fromkeys(("statistician", "auditor"), "*"),
    # What is said of States: by the editor, and public once a second person read it.
    "monitor.import": {"monitor_editor": "*"},
    "monitor.list": dict.fromkeys(("monitor_editor", "reviewer"), "*"),
    "assessment.write": {"monitor_editor": "*"},
    "assessment.review": {"monitor_editor": "theirs", "reviewer": "mine theirs"},
    "entry.review": {"monitor_editor": "theirs", "reviewer": "mine theirs"},
    "score.publish": {"monitor_editor": "*"},
    "provision.write": {"monitor_editor": "*"},
    "provision.review": {"monitor_editor": "theirs", "reviewer": "mine theirs"},
    # Trust.
    "audit.read": {"auditor": "*"},
    "glass.review": {"auditor": "*"},
    "letter.list": dict.fromkeys(("intake_officer", "supervisor", "auditor"), "*"),
    # Those who need the record say that it is kept; its supervisor asks that it go, and another agency confirms.
    "case.hold": _SUPERVISED | _LAW,
    "erasure.request": _SUPERVISED,
    "erasure.list": dict.fromkeys(("supervisor", "auditor"), "*"),
    "erasure.confirm": dict.fromkeys(("supervisor", "auditor"), "asked_elsewhere"),
    "organisation.write": {"administrator": "*"},
    # A lost sign-in is renewed by two: the administrator starts, another administrator or a supervisor confirms.
    "renewal.list": dict.fromkeys(("administrator", "supervisor"), "*"),
    "renewal.ask": {"administrator": "*"},
    "renewal.confirm": dict.fromkeys(("administrator", "supervisor"), "*"),
    # Systems get their keys from the administrator; the auditor sees which there are.
    "machine.list": dict.fromkeys(("administrator", "auditor"), "*"),
    "machine.write": {"administrator": "*"},
}
# By what a person knows of a record at all: whoever may not know gets the answer of "absent". That a table was drafted
# tells nothing of any child; it is no secret.
KNOWN_BY = {"case": "case.read", "referral": "referral.read", "report": "report.read", "alarm": "alarm.follow",
            "contact": "contact.read", "pair": "pair.review"}  # fmt: skip


@dataclass(frozen=True)
class Door:
    """A route: the permission it needs, the kind of record in it, and what it answers to those who may.

    `get` and `post` are statuses; None where the route does not know the method. `post` is the answer to the form of
    `forms.py`; where that is empty, a person who may is told that it is (422), and everybody else what they are always
    told. `reading` is what its GET needs where that is something else. `gate` is asked before any record.
    """

    permission: str
    kind: str = ""
    get: int | None = None
    post: int | None = None
    reading: str = ""
    gate: str = ""
    first: str = ""  # asked once the method is known, before the record is looked for
    not_now: str = ""  # the records on which it cannot be done as they are: 409


def form(permission: str, kind: str = "case") -> Door:
    """A page with one form; the form is sent empty."""
    return Door(permission, kind, get=200, post=422)


def button(permission: str, kind: str = "case", *, post: int = 302, not_now: str = "") -> Door:
    """Something that is pressed."""
    return Door(permission, kind, post=post, not_now=not_now)


START = {
    "office:day": Door("day.read", get=200),
    "office:seen": button("day.read", ""),
    "office:words": Door("day.read", get=200),
    "office:team": Door("team.read", get=200),
    "office:glass": Door("case.break_glass", "case", get=200, post=302, reading="glass.ask", gate="glass.ask"),
    "office:walls": Door("wall.list", get=200),
    "office:lift": button("wall.lift"),
    "office:record": Door("audit.read", get=200),
    "office:broken": Door("glass.review", get=200),
    "office:glass_reviewed": Door("glass.review", post=404),  # nobody broke a glass
    "office:erasures": Door("erasure.list", get=200),
    "office:erasure_confirm": Door("erasure.confirm", "erasure", post=302, first="erasure.list"),
}
INTAKE = {
    "office:reports": Door("report.list", get=200),
    "office:report_take_in": form("report.take_in", ""),
    "office:set_aside": Door("letter.list", get=200),
    "office:report": Door("report.read", "report", get=200),
    "office:report_walls": Door("report.walls", "report", get=200),
    "office:report_told": button("report.read", "report", post=200, not_now="unclaimed"),
    "office:report_contact": button("report.reporter", "report", post=200),
    "office:report_claim": button("report.claim", "report", not_now="mine colleague"),
    "office:report_release": button("report.release", "report", not_now="unclaimed"),
    "office:report_triage": button("report.handle", "report"),
    "office:report_classify": button("report.handle", "report"),
    "office:report_answer": button("report.handle", "report"),
    "office:report_forward": Door("report.handle", "report", get=200, post=302, reading="report.read"),
    "office:report_close": button("report.handle", "report"),
}
FIGURES = {
    "office:figures": Door("release.list", get=200),
    "office:freeze": button("snapshot.take", ""),
    "office:draft": button("release.draft", ""),
    "office:release": Door("release.list", get=200),
    "office:check": button("release.check", "release"),
    "office:withdraw": button("release.withdraw", "release", post=409),  # none is published yet
    "office:draft_tables": form("release.draft", ""),
    "office:explore": Door("figures.explore", get=200),
    "office:explore_views": button("figures.explore", ""),
    "office:estimates": Door("estimate.list", get=200),
    "office:estimate_new": form("estimate.draft", ""),
    "office:estimate": Door("estimate.list", get=200),
    "office:estimate_justify": button("estimate.justify", "estimate", post=422),
    "office:estimate_check": button("estimate.check", "estimate", post=409),  # none was justified yet
    "office:estimate_withdraw": button("estimate.withdraw", "estimate", post=409),
}
MONITOR = {
    "office:monitor": Door("monitor.list", get=200),
    "office:answer": Door("monitor.list", get=200),
    "office:answer_new": form("assessment.write", ""),
    "office:answer_submit": Door("assessment.write", post=409),  # it was handed over already
    "office:answer_review": Door("assessment.review", "assessment", post=302, first="monitor.list"),
    "office:answer_grid": form("assessment.write", ""),
    "office:answer_queue": Door("monitor.list", get=200, post=422),  # nothing is chosen
    "office:provision_new": form("provision.write", ""),
    "office:provision": Door("monitor.list", get=200),
    "office:provision_review": button("provision.review", "provision"),
    "office:entry_new": form("assessment.write", ""),
    "office:entry_review": button("entry.review", "entry"),
}
CASES = {
    "office:cases": Door("case.list", get=200),
    "office:cases_file": Door("case.file", get=200),
    "office:cases_sheet": Door("case.file", get=200),
    "office:find": Door("case.find", get=200, post=200),
    "office:register": form("child.register", ""),
    "office:case": Door("case.read", "case", get=200),
    "office:incidents": Door("case.write", "case", get=200, post=302, reading="case.read"),
    "office:elements": Door("case.write", "case", get=200, post=302, reading="case.read"),
    "office:confirm_label": button("case.confirm"),
    "office:told": button("reveal.narrative", post=200),
    "office:identity": button("reveal.identity", post=200),
    "office:placement": Door("reveal.placement", "case", get=200, post=200, reading="case.read"),
    "office:place": form("case.write"),
    "office:risk": form("case.write"),
    "office:acted": Door("case.write", "case", get=200, post=302),
    "office:assign": form("case.assign"),
    "office:close": form("case.close"),
    "office:reopen": form("case.close"),
    "office:missing": form("case.write"),
    "office:found": button("case.write", post=409),  # no child of the matrix is missing
    "office:access": Door("case.looks", "case", get=200),
    "office:looks": Door("case.looks", "case", get=200),
    "office:share": form("case.share"),
    "office:revoke": button("case.share"),
    "office:wall": form("wall.raise"),
    "office:keeping": Door("case.hold", "case", get=200),
    "office:hold": form("case.hold"),
    "office:hold_lift": button("case.hold", post=404),  # no hold stands
    "office:erase": form("erasure.request"),
}
LINKAGE = {
    "office:linked_contacts": Door("contact.list", get=200),
    "office:linked_contact": Door("contact.read", "contact", get=200),
    "office:contact_ask": button("contact.ask", "contact", post=409),  # it was asked already
    "office:contact_answer": button("contact.answer", "contact"),
    "office:contact_decline": button("contact.answer", "contact"),
    "office:pairs": Door("pair.list", get=200),
    "office:linkage_quality": Door("linkage.quality", get=200),
    "office:pair": Door("pair.review", "pair", get=200),
    "office:pair_judge": button("pair.review", "pair"),
    "office:pair_part": button("pair.part", "pair", post=422),  # nothing was merged
}
CARE = {
    "office:care": Door("care.read", "case", get=200),
    "office:care_words": button("reveal.narrative", post=200),
    "office:assess": form("care.write"),
    "office:hear_child": form("care.write"),
    "office:answer_child": form("care.write"),
    "office:plan": form("care.write"),
    "office:plan_approve": button("care.approve"),
    "office:plan_review": form("care.write"),
    "office:plan_close": button("care.write"),
    "office:plan_goal": form("care.write"),
    "office:plan_goal_end": form("care.write"),
    "office:plan_step": form("care.write"),
    "office:plan_step_done": form("care.write"),
    "office:refer": form("care.write"),
    "office:referrals": Door("referral.list", get=200),
    "office:referral": Door("referral.read", "referral", get=200),
    "office:referral_accept": button("referral.answer", "referral"),
    "office:referral_decline": Door("referral.answer", "referral", get=200, post=302, reading="referral.read"),
    # Nothing was accepted yet, so nothing can have been delivered.
    "office:referral_delivered": Door("referral.answer", "referral", get=200, post=409, reading="referral.read"),
    "office:referral_withdraw": button("referral.withdraw", "referral"),
}
JUSTICE = {
    "office:justice": Door("justice.read", "case", get=200),
    **{
        f"office:justice_{act}": form("justice.write")
        for act in ("open", "move", "stage", "end", "person", "verdict", "alarm", "lift")
    },
    "office:justice_name": button("reveal.investigation", post=200),
    "office:alarms": Door("alarm.list", get=200),
    "office:alarm": Door("alarm.follow", "alarm", get=200, post=302),
    "office:alarm_mended": button("alarm.follow", "alarm"),
    "office:alarm_counts": Door("alarm.count", get=200),
    "office:person_counts": Door("person.count", get=200),
}
ORGANISATION = {
    "office:agencies": Door("organisation.read", get=200),
    "office:agency": Door("organisation.read", get=200),
    **{
        f"office:{act}": Door("organisation.write", get=200, post=200)
        for act in ("found-agency", "add-team", "add-person", "give-post")
    },
    "office:end-post": button("organisation.write", ""),
    "office:lock": button("organisation.write", ""),
    "office:renewals": Door("renewal.list", get=200),
    "office:renewal_ask": Door("renewal.ask", get=200, post=200),
    "office:renewal_confirm": Door("renewal.confirm", get=200, post=200),
    "office:machines": Door("machine.list", get=200),
    "office:machine": Door("machine.list", get=200),
    "office:machine_new": Door("machine.write", get=200, post=200),
    "office:machine_renew": Door("machine.write", get=200, post=200),
    "office:machine_revoke": button("organisation.write", ""),
}
API = {
    **{f"api:{read}": Door("day.read", get=200) for read in ("me", "vocabulary", "scheme", "day")},
    "api:openapi-json": Door("day.read", get=200, post=200),  # Ninja describes itself to whatever method
    "api:agencies": Door("organisation.read", get=200),
    "api:glass": Door("case.break_glass", "case", post=200, gate="glass.ask"),
    "api:looks": Door("audit.read", get=200),
    "api:seen": button("day.read", "", post=200),
    "api:team": Door("team.read", get=200),
    "api:broken_glass": Door("glass.review", get=200),
    "api:review_glass": Door("glass.review", post=404),  # nobody broke a glass
    "api:walls": Door("wall.list", get=200),
    "api:lift_wall": button("wall.lift", post=200),
    "api:erasures": Door("erasure.list", get=200),
    "api:confirm_erasure": Door("erasure.confirm", "erasure", post=200, first="erasure.list"),
    "api:classify_facts": button("day.read", "", post=200),
    "api:cases": Door("case.list", get=200),
    "api:case": Door("case.read", "case", get=200),
    "api:time_line": Door("case.read", "case", get=200),
    "api:incident": button("case.write", post=201),
    "api:elements": Door("case.read", "case", get=200),
    "api:record_elements": button("case.write", post=200),
    "api:confirm_label": button("case.confirm", post=201),
    "api:risk": button("case.write", post=200),
    "api:assign": button("case.assign", post=200),
    "api:share": button("case.share", post=201),
    "api:revoke": button("case.share", post=200),
    "api:close": button("case.close", post=200),
    "api:reopen": button("case.close", post=409),  # every case of the matrix is open
    "api:identity": button("reveal.identity", post=200),
    "api:find": Door("case.find", post=200),
    "api:incidents": Door("case.read", "case", get=200),
    "api:narrative": button("reveal.narrative", post=200),
    "api:place": button("case.write", post=200),
    "api:placement": button("reveal.placement", post=200),
    "api:acted": button("case.write", post=200),
    "api:missing": button("case.write", post=200),
    "api:found": button("case.write", post=409),  # no child of the matrix is missing
    "api:access": Door("case.looks", "case", get=200),
    "api:case_looks": Door("case.looks", "case", get=200),
    "api:raise_wall": button("wall.raise", post=201),
    "api:keeping": Door("case.hold", "case", get=200),
    "api:place_hold": button("case.hold", post=201),
    "api:lift_hold": button("case.hold", post=404),  # no hold stands
    "api:request_erasure": button("erasure.request", post=409),  # every case of the matrix is open
    "api:care_words": button("reveal.narrative", post=200),
    "api:justice": Door("justice.read", "case", get=200),
    "api:open_proceeding": button("justice.write", post=201),
    "api:proceeding": Door("justice.read", "case", get=200),
    "api:move": button("justice.write", post=200),
    "api:end_stage": button("justice.write", post=200),
    "api:end_proceeding": button("justice.write", post=200),
    "api:note_person": button("justice.write", post=201),
    "api:verdict": button("justice.write", post=409),  # there was no judgment yet
    "api:name": button("reveal.investigation", post=200),
    "api:alarm": button("justice.write", post=201),
    "api:lift": button("justice.write", post=200),
    "api:alarms": Door("alarm.list", get=200),
    "api:alarm_followed": button("alarm.follow", "alarm", post=201),
    "api:alarm_mended": button("alarm.follow", "alarm", post=200),
    "api:alarm_counts": Door("alarm.count", get=200),
    "api:person_counts": Door("person.count", get=200),
    "api:reports": Door("report.list", get=200),
    "api:take_in": button("report.take_in", "", post=201),
    "api:set_aside": Door("letter.list", get=200),
    "api:report": Door("report.read", "report", get=200),
    "api:report_walls": Door("report.walls", "report", get=200),
    "api:report_time_line": Door("report.read", "report", get=200),
    "api:told": button("report.read", "report", post=200, not_now="unclaimed"),
    "api:contact": button("report.reporter", "report", post=200),
    "api:claim": button("report.claim", "report", post=200, not_now="mine colleague"),
    "api:release_report": button("report.release", "report", post=200, not_now="unclaimed"),
    "api:triage": button("report.handle", "report", post=200),
    "api:classify": button("report.handle", "report", post=200),
    "api:answer_reporter": button("report.handle", "report", post=201),
    "api:forward": button("report.handle", "report", post=200),
    "api:close_report": button("report.handle", "report", post=200),
    "api:search": button("child.search", "", post=200),
    "api:register_child": button("child.register", "", post=409),  # nobody searched first
    "api:linked_contacts": Door("contact.list", get=200),
    "api:linked_contact": Door("contact.read", "contact", get=200),
    "api:ask_contact": button("contact.ask", "contact", post=409),
    "api:answer_contact": button("contact.answer", "contact", post=200),
    "api:decline_contact": button("contact.answer", "contact", post=200),
    "api:pairs": Door("pair.list", get=200),
    "api:merged_pairs": Door("pair.list", get=200),
    "api:linkage_quality": Door("linkage.quality", get=200),
    "api:pair": Door("pair.review", "pair", get=200),
    "api:judge_pair": button("pair.review", "pair", post=200),
    "api:part_pair": button("pair.part", "pair", post=409),  # nothing was merged
    "api:care": Door("care.read", "case", get=200),
    "api:assess": button("care.write", post=201),
    "api:hear_child": button("care.write", post=201),
    "api:answer_child": button("care.write", post=200),
    "api:make_plan": button("care.write", post=409),  # there is a plan
    "api:approve_plan": button("care.approve", post=200),
    "api:review_plan": button("care.write", post=409),  # it was not approved
    "api:close_plan": button("care.write", post=200),
    "api:add_goal": button("care.write", post=201),
    "api:end_goal": button("care.write", post=200),
    "api:add_step": button("care.write", post=201),
    "api:finish_step": button("care.write", post=200),
    "api:offer_referral": button("care.write", post=201),
    "api:referrals": Door("referral.list", get=200),
    "api:referral": Door("referral.read", "referral", get=200),
    "api:accept_referral": button("referral.answer", "referral", post=200),
    "api:decline_referral": button("referral.answer", "referral", post=200),
    "api:report_delivery": button("referral.answer", "referral", post=409),
    "api:withdraw_referral": button("referral.withdraw", "referral", post=200),
    "api:figures": Door("release.list", get=200),
    "api:take_snapshot": button("snapshot.take", "", post=201),
    "api:draft": button("release.draft", "", post=201),
    "api:draft_tables": button("release.draft", "", post=409),  # there is no snapshot of everything
    "api:release": Door("release.list", get=200),
    "api:check": Door("release.check", "release", post=200, first="release.list"),
    "api:withdraw": Door("release.withdraw", "release", post=409, first="release.list"),
    "api:overlaps": Door("estimate.draft", get=422),  # without a year
    "api:estimates": Door("estimate.list", get=200),
    "api:draft_estimate": button("estimate.draft", "", post=422),  # a list has nobody
    "api:estimate": Door("estimate.list", get=200),
    "api:justify_estimate": Door("estimate.justify", "estimate", post=422, first="estimate.list"),
    "api:check_estimate": Door("estimate.check", "estimate", post=409, first="estimate.list"),
    "api:withdraw_estimate": Door("estimate.withdraw", "estimate", post=409, first="estimate.list"),
    **{f"api:{read}": Door("day.read", get=200) for read in ("states", "state", "law_of_state", "rubric_now")},
    "api:topic_told": Door("day.read", get=200),
    "api:recommendations": Door("day.read", get=200),
    "api:work": Door("day.read", get=200),
    "api:monitor": Door("monitor.list", get=200),
    "api:answer": Door("monitor.list", get=200),
    "api:write_answer": button("assessment.write", "", post=201),
    "api:submit_answer": Door("assessment.write", post=409, first="monitor.list"),  # it was handed over already
    "api:review_answer": Door("assessment.review", "assessment", post=200, first="monitor.list"),
    "api:comment_answer": Door("assessment.write", post=409, first="monitor.list"),  # it is not published
    "api:provision": Door("monitor.list", get=200),
    "api:write_provision": button("provision.write", "", post=201),
    "api:review_provision": button("provision.review", "provision", post=200),
    "api:write_line": button("assessment.write", "", post=201),
    "api:review_line": button("entry.review", "entry", post=200),
    "api:publish_scores": button("score.publish", "", post=201),
}
DOORS: dict[str, Door] = START | INTAKE | CASES | LINKAGE | CARE | JUSTICE | ORGANISATION | FIGURES | MONITOR | API
# Routes about no record and no right: what each asker gets, by method.
OPEN: dict[tuple[str, str], int] = {
    ("public:home", "GET"): 200,
    ("public:feed", "GET"): 200,
    ("public:release", "GET"): 404,  # nothing is published in the matrix
    ("public:table", "GET"): 404,
    ("public:tables", "GET"): 404,
    ("public:definition", "GET"): 404,
    ("public:chart", "GET"): 404,
    ("public:charts", "GET"): 404,
    ("public:sdmx", "GET"): 404,
    ("public:annex", "GET"): 404,
    ("public:estimate", "GET"): 404,
    ("public:estimate_table", "GET"): 404,
    ("public:estimate_definition", "GET"): 404,
    ("public:vocabulary", "GET"): 200,
    ("public:scheme", "GET"): 200,
    ("public:list_file", "GET"): 200,
    ("public:term", "GET"): 200,
    # The matrix knows no State: none was loaded.
    ("public:monitor", "GET"): 200,
    ("public:find", "GET"): 200,
    ("public:compare", "GET"): 200,
    ("public:compare_file", "GET"): 200,
    ("public:heat", "GET"): 200,
    ("public:heat_file", "GET"): 200,
    ("public:recommended", "GET"): 200,
    ("public:work", "GET"): 200,
    ("public:practices", "GET"): 200,
    ("public:sources", "GET"): 200,
    ("public:region", "GET"): 200,
    ("public:region_file", "GET"): 200,
    ("public:topic", "GET"): 200,
    ("public:topic_file", "GET"): 200,
    ("public:topic_picture", "GET"): 200,
    ("public:series_picture", "GET"): 404,
    ("public:state", "GET"): 404,
    ("public:state_file", "GET"): 404,
    ("public:state_report", "GET"): 404,
    ("set_language", "GET"): 302,
    ("set_language", "POST"): 302,
}
# One's own sign-in: for whoever is signed in, about nobody else. A stranger is sent to sign in.
ONESELF = (
    "account_logout", "account_reauthenticate", "account_change_password", "mfa_reauthenticate", "mfa_index",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes",
    "mfa_download_recovery_codes", "mfa_reauthenticate_webauthn", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_remove_webauthn", "mfa_edit_webauthn", "usersessions_list",
)  # fmt: skip
# Signing in itself; its own tests walk through it.
ENTRANCE = ("account_login", "sign_in_renew", "mfa_authenticate")

FORBIDDEN, ABSENT, NOT_SO = 403, 404, 405


def may(permission: str, role: str, relation: str) -> bool:
    return relation in MAY[permission].get(role, "").split()


def answer(route: str, method: str, relation: str, asker: str) -> int:
    """What the product must answer."""
    door = DOORS[route]
    if asker in {"nobody", "password_only"}:
        return 401 if route.startswith("api:") else 302
    needed = (door.reading or door.permission) if method == "GET" else door.permission
    of_record = relation if needed != door.gate and door.kind else "*"
    gate = door.gate or ("" if door.kind else needed)
    if gate and not may(gate, asker, "*"):
        return FORBIDDEN
    status = door.get if method == "GET" else door.post
    if status is None:
        return NOT_SO
    if door.first and not may(door.first, asker, "*"):
        return FORBIDDEN
    if may(needed, asker, of_record):
        return 409 if relation in door.not_now.split() else status
    known = may(KNOWN_BY[door.kind], asker, relation) if door.kind in KNOWN_BY else relation not in {"absent", "walled"}
    return FORBIDDEN if known else ABSENT


def rows() -> Iterator[tuple[str, ...]]:
    """The matrix: route, method, relation, then an expected status for each asker."""
    yield "route", "method", "record", *ASKERS
    for (route, method), status in OPEN.items():
        yield route, method, "*", *[str(status)] * len(ASKERS)
    for route, door in DOORS.items():
        for method, status in (("GET", door.get), ("POST", door.post)):
            # Where there is no such method, no record is ever looked at.
            for relation in RELATIONS.get(door.kind, ("*",)) if status else ("*",):
                yield route, method, relation, *(str(answer(route, method, relation, asker)) for asker in ASKERS)


def main() -> None:
    with MATRIX.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows())


if __name__ == "__main__":
    sys.exit(main())
