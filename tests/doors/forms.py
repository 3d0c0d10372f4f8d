"""How each route of the matrix is addressed, and what is sent to it when a form has to be well-formed."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse

from amparo.common import clock
from tests.care.build import in_days
from tests.doors.expectations import DOORS
from tests.doors.world import SYNTHETIC, World
from tests.justice.build import ago

# Where the identifier in the address is not the case's own: its name there, and whose it is.
ADDRESSED: dict[str, dict[str, str]] = {
    "office:lift": {"id": "wall"},
    "api:lift_wall": {"id": "wall"},
    "api:narrative": {"id": "case", "incident": "incident"},
    "api:lift_hold": {"id": "case", "hold": "hold"},
    "api:review_glass": {"id": "glass"},
    "office:told": {"id": "case", "incident": "incident"},
    **{
        route: {"id": "case", "incident": "incident"}
        for route in (
            "office:elements",
            "office:confirm_label",
            "api:elements",
            "api:record_elements",
            "api:confirm_label",
        )
    },
    "office:revoke": {"id": "case", "share": "share"},
    "office:hold_lift": {"id": "case", "hold": "hold"},
    "office:glass_reviewed": {"id": "glass"},
    "office:answer_child": {"id": "case", "view": "view"},
    "office:plan_goal_end": {"id": "case", "goal": "goal"},
    "office:plan_step_done": {"id": "case", "step": "step"},
    "office:end-post": {"id": "post"},
    "office:renewal_ask": {"agency": "agency", "id": "person"},
    "office:renewal_confirm": {"id": "renewal"},
    "office:lock": {"id": "person"},
    "api:revoke": {"id": "case", "share": "share"},
    "api:answer_child": {"id": "case", "view": "view"},
    **{f"api:{act}": {"id": "case", "goal": "goal"} for act in ("end_goal", "add_step")},
    "api:finish_step": {"id": "case", "step": "step"},
    "office:glass": {},
    "api:glass": {},
}
for _kind, _routes in {
    "proceeding": "office:justice_move office:justice_stage office:justice_end "
    "api:proceeding api:move api:end_stage api:end_proceeding",
    "person": "office:justice_verdict office:justice_name api:verdict api:name",
    "sanction": "office:justice_lift api:lift",
    "snapshot": "office:draft",
    "assessment": "office:answer office:answer_submit api:answer api:submit_answer api:comment_answer",
    "provision": "office:provision api:provision",
    "release": "office:release api:release",
    "estimate": "office:estimate api:estimate",
    "agency": "office:agency office:add-team office:add-person office:give-post office:machine_new",
    "machine": "office:machine office:machine_renew office:machine_revoke",
}.items():
    ADDRESSED |= {route: {"id": _kind} for route in _routes.split()}


WORDS = {
    "api:scheme": {"scheme": "sex"},
    **{f"api:{read}": {"iso3": "XLM"} for read in ("state", "law_of_state", "publish_scores")},
    "api:topic_told": {"kind": "treaty", "code": "OPSC"},
    **{
        f"public:{page}": {"reference": "F-0000-0000"}
        for page in (
            "release",
            "definition",
            "estimate",
            "estimate_table",
            "estimate_definition",
        )
    },
    "public:table": {"reference": "F-0000-0000", "form": "csv"},
    "public:tables": {"reference": "F-0000-0000", "number": 2, "form": "csv"},
    "public:scheme": {"scheme": "sex"},
    "public:list_file": {"scheme": "sex", "kind": "csv"},
    "public:term": {"scheme": "sex", "code": "female"},
    **{
        f"public:topic{end}": {"kind": "treaty", "code": "OPSC"} | form
        for end, form in (("", {}), ("_file", {"form": "csv"}))
    },
    "public:state": {"iso3": "NOR"},
    "public:state_file": {"iso3": "NOR", "form": "csv"},
    "public:state_report": {"iso3": "NOR", "form": "pdf"},
    "public:region": {"code": "150"},
    "public:region_file": {"code": "150", "form": "csv"},
    "public:compare_file": {"form": "csv"},
    "public:heat_file": {"form": "json"},
    "public:topic_picture": {"kind": "treaty", "code": "OPSC", "what": "map", "form": "png"},
    "public:series_picture": {"iso3": "NOR", "code": "CYBERTIPLINE", "form": "png"},
    "public:annex": {"last": "2025", "form": "docx"},
    "public:sdmx": {"question": "dataflow/AMPARO"},
    "public:chart": {"reference": "F-0000-0000", "language": "en", "ground": "light"},
    "public:charts": {"reference": "F-0000-0000", "number": 2, "language": "en", "ground": "light"},
}


def path_of(route: str, world: World, relation: str) -> str:
    """The address of a route for a record in a relation."""
    host = "public" if route.startswith("public:") else "office"
    if route in WORDS:
        return reverse(route, f"amparo.config.urls_{host}", kwargs=WORDS[route])
    kind = DOORS[route].kind if route in DOORS else ""
    parts = ADDRESSED.get(route, {"id": kind} if kind else {})
    return reverse(
        route, f"amparo.config.urls_{host}", kwargs={name: world.id(of, relation) for name, of in parts.items()}
    )


def body_of(route: str, world: World, relation: str) -> dict[str, object]:
    """What is sent: an empty form, unless emptiness would be answered before rights are asked."""
    case = world.records.get(("case", relation))
    purpose = {"purpose": "care_planning"}
    glass = {
        "reference": case.reference if case else "C-0000-0000", "reason": "danger_to_life", "note": SYNTHETIC
    }  # fmt: skip
    agency = str(world.house.agencies["SOUTH" if relation != "other_agency" else "NORTH"].id)
    told = str(world.id("snapshot", "*"))
    heard = {"given": "spoken"}
    closing = {"reason": "answered", "outcome": "answered"}
    sent = {"agency": str(world.house.agencies["SOUTH"].id), "reason": "other_mandate"}
    answer = {"id": str(uuid4()), "text": SYNTHETIC}
    return {
        "office:report_told": purpose,
        "office:report_contact": purpose,
        "office:report_triage": {"urgency": "urgent"},
        "office:report_classify": {"forms": ["grooming"]},
        "office:report_answer": answer,
        "office:report_forward": sent,
        "office:report_close": closing,
        "office:freeze": {"year": 2022},
        "office:check": {"agree": "no", "reason": "incomplete"},
        "office:withdraw": {"reason": "incomplete"},
        "office:explore_views": {"indicator": "children_identified", "rows": "sex"},
        "office:estimate_check": {"agree": "no", "reason": "incomplete"},
        "office:estimate_withdraw": {"reason": "incomplete"},
        "api:take_in": {"agency": str(world.house.agencies["NORTH"].id), "told": SYNTHETIC},
        "api:told": purpose,
        "api:contact": purpose,
        "api:triage": {"urgency": "urgent"},
        "api:classify": {"forms": ["grooming"]},
        "api:answer_reporter": answer,
        "api:forward": sent,
        "api:close_report": closing,
        "api:search": {"id": str(uuid4()), "names": ["Nobody"], "birth_year": 2014, "reason": "triage"},
        "api:register_child": {"key": "x", "team": str(world.house.teams["NORTH"].id), "identity": {}},
        "office:contact_answer": {"answer": "other_child"},
        "office:contact_decline": {"reason": "child_objects"},
        "office:pair_judge": {"verdict": "cannot_tell"},
        "office:pair_part": {"reason": "wrong_merge"},
        "api:answer_contact": {"answer": "other_child"},
        "api:decline_contact": {"reason": "child_objects"},
        "api:judge_pair": {"verdict": "cannot_tell"},
        "api:part_pair": {"reason": "wrong_merge"},
        "api:assess": {
            "urgency": "normal", "schooling": "attends", "housing": "relatives", "risk_factors": ["poverty"], "needs": ["education"],
            "supersedes": str(world.id("assessment", relation)),
        },
        "api:hear_child": heard | {"decision": "other"},
        "api:answer_child": {"way": "spoken", "words": SYNTHETIC},
        "api:make_plan": {"goals": [{"domain": "education"}], "heard": heard, "next_review": in_days(60).isoformat()},
        "api:review_plan": {
            "heard": heard, "best_interests": True, "family_involved": False, "next_review": in_days(60).isoformat(),
        },
        "api:add_goal": {"domain": "education"},
        "api:end_goal": {"reached": True},
        "api:add_step": {"service": "psychological", "due": in_days(30).isoformat()},
        "api:finish_step": {"outcome": "delivered"},
        "api:offer_referral": {
            "agency": str(world.house.agencies["EAST"].id), "service": "legal", "consent": "given",
            "compartments": [], "until": in_days(30).isoformat(), "heard": heard,
        },
        "api:decline_referral": {"reason": "no_staff"},
        "api:report_delivery": {"outcome": "delivered"},
        "api:take_snapshot": {"year": 2022},
        "api:draft": {"snapshot": told},
        "api:draft_tables": {"indicator": "children_identified", "first": 2022, "last": 2022, "tables": [["sex"]]},
        "api:check": {"agree": False, "reason": "incomplete"},
        "api:withdraw": {"reason": "incomplete"},
        "api:draft_estimate": {"first": 2020, "last": 2025, "grouping": "agency", "lists": ["NORTH", "SOUTH"]},
        "api:justify_estimate": {"supposed": {}, "statement": ""},
        "api:check_estimate": {"agree": False, "reason": "incomplete"},
        "api:withdraw_estimate": {"reason": "incomplete"},
        "api:write_answer": {
            "state": "XLM", "question": "L02", "role": "nhri", "answer": "not_known", "valid_from": "2020-01-01",
        },
        "api:comment_answer": {"role": "state", "text": SYNTHETIC},
        **{f"api:review_{record}": {"agree": False} for record in ("answer", "provision", "line")},
        "api:write_provision": {
            "state": "XLM", "element": "complaint", "answer": "needed", "law": SYNTHETIC, "pinpoint": "1",
            "in_force_on": "2020-01-01",
        },
        "api:write_line": {
            "state": "XLM", "kind": "practice", "progress": "described", "title": SYNTHETIC, "source": SYNTHETIC,
        },
        "api:publish_scores": {"role": "nhri"},
        "set_language": {"language": "ar"},
        "office:glass": glass,
        "office:incidents": {"form": "grooming", "setting": "unknown", "relationship": "unknown"},
        "office:told": purpose,
        "office:identity": purpose,
        "office:placement": purpose,
        "office:care_words": purpose | {"part": "narrative"},
        "office:referral_decline": {"reason": "no_staff"},
        "office:referral_delivered": {"outcome": "delivered"},
        "office:justice_name": purpose,
        "api:glass": glass,
        "api:incident": {"form": "grooming"},
        "office:elements": {"union": "yes"},
        "office:confirm_label": {"rules": "report", "code": "REPORT-MARRIAGE"},
        "api:record_elements": {"elements": {"union": "yes"}},
        "api:confirm_label": {"rules": "report", "code": "REPORT-MARRIAGE"},
        "api:classify_facts": {},
        "api:risk": {"risk": "high"},
        "api:assign": {"worker": str(world.house.people["colleague", "NORTH"].id)},
        "api:share": {
            "agency": agency, "compartments": [], "purpose": "referral", "consent": "given",
            "until": (clock.now() + timedelta(days=3)).isoformat(),
        },
        "api:close": {"reason": "goals_reached"},
        "api:reopen": {"reason": "new_information"},
        "api:identity": purpose,
        "api:seen": {"notices": []},
        "api:find": {"written": "Nobody"},
        "api:narrative": purpose,
        "api:place": {"address": SYNTHETIC},
        "api:placement": purpose,
        "api:missing": {"since": clock.now().isoformat()},
        "api:raise_wall": {
            "against_kind": "agency", "against": str(world.house.agencies["EAST"].id), "reason": "threat",
        },
        "api:place_hold": {"agency": str(world.house.agencies["NORTH"].id), "reason": "claim"},
        "api:request_erasure": {"reason": "person_asked"},
        "api:care_words": purpose | {"part": "narrative"},
        "api:open_proceeding": {"lead": agency, "on": ago(50).isoformat()},
        "api:move": {"stage": "investigation"},
        "api:end_stage": {"outcome": "ended", "reason": "withdrawn"},
        "api:end_proceeding": {"outcome": "ended", "reason": "withdrawn"},
        "api:note_person": {"category": "payer", "relationship": "stranger"},
        "api:verdict": {"verdict": "convicted"},
        "api:name": purpose,
        "api:alarm": {"sanction": "detained"},
        "api:lift": {},
        "office:alarm": {"step": "lawyer_found"},
        "office:alarm_mended": {"on": ago(1).isoformat()},
        "api:alarm_followed": {"step": "lawyer_found"},
        "api:alarm_mended": {},
    }.get(route, {"nothing": ""})  # fmt: skip
