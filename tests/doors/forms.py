"""How each route of the matrix is addressed, and what is sent to it when a form has to be well-formed."""

from datetime import timedelta

from django.urls import reverse

from amparo.common import clock
from tests.doors.expectations import DOORS
from tests.doors.world import SYNTHETIC, World
from tests.justice.build import ago

# Where the identifier in the address is not the case's own: its name there, and whose it is.
ADDRESSED: dict[str, dict[str, str]] = {
    "office:lift": {"id": "wall"},
    "office:told": {"id": "case", "incident": "incident"},
    "office:revoke": {"id": "case", "share": "share"},
    "office:answer_child": {"id": "case", "view": "view"},
    "office:plan_goal_end": {"id": "case", "goal": "goal"},
    "office:plan_step_done": {"id": "case", "step": "step"},
    "office:end-post": {"id": "post"},
    "office:lock": {"id": "person"},
    "api:revoke": {"id": "case", "share": "share"},
    "office:glass": {},
    "api:glass": {},
}
for _kind, _routes in {
    "proceeding": "office:justice_move office:justice_stage office:justice_end "
    "api:proceeding api:move api:end_stage api:end_proceeding",
    "person": "office:justice_verdict office:justice_name api:verdict api:name",
    "sanction": "office:justice_lift api:lift",
    "agency": "office:agency office:add-team office:add-person office:give-post",
}.items():
    ADDRESSED |= {route: {"id": _kind} for route in _routes.split()}


def path_of(route: str, world: World, relation: str) -> str:
    """The address of a route for a record in a relation."""
    host = "public" if route.startswith("public:") else "office"
    if route == "api:scheme":
        return reverse(route, f"amparo.config.urls_{host}", kwargs={"scheme": "sex"})
    kind = DOORS[route].kind if route in DOORS else ""
    parts = ADDRESSED.get(route, {"id": kind} if kind else {})
    return reverse(
        route, f"amparo.config.urls_{host}", kwargs={name: world.id(of, relation) for name, of in parts.items()}
    )


def body_of(route: str, world: World, relation: str) -> dict[str, object]:
    """What is sent: empty, unless emptiness would be answered before rights are asked."""
    case = world.records.get(("case", relation))
    purpose = {"purpose": "care_planning"}
    glass = {
        "reference": case.reference if case else "C-0000-0000", "reason": "danger_to_life", "note": SYNTHETIC
    }  # fmt: skip
    agency = str(world.house.agencies["SOUTH" if relation != "other_agency" else "NORTH"].id)
    return {
        "set_language": {"language": "ar"},
        "office:glass": glass,
        "office:incidents": {"form": "grooming", "setting": "unknown", "relationship": "unknown"},
        "office:told": purpose,
        "office:identity": purpose,
        "office:placement": purpose,
        "office:care_words": purpose | {"part": "narrative"},
        "office:referral_decline": {"reason": "no_capacity"},
        "office:referral_delivered": {"outcome": "delivered"},
        "office:justice_name": purpose,
        "api:glass": glass,
        "api:incident": {"form": "grooming"},
        "api:risk": {"risk": "high"},
        "api:assign": {"worker": str(world.house.people["colleague", "NORTH"].id)},
        "api:share": {
            "agency": agency, "compartments": [], "purpose": "referral", "consent": "given",
            "until": (clock.now() + timedelta(days=3)).isoformat(),
        },
        "api:close": {"reason": "goals_reached"},
        "api:reopen": {"reason": "new_information"},
        "api:identity": purpose,
        "api:open_proceeding": {"lead": agency, "on": ago(50).isoformat()},
        "api:move": {"stage": "investigation"},
        "api:end_stage": {"outcome": "ended"},
        "api:end_proceeding": {"outcome": "ended"},
        "api:note_person": {"category": "payer", "relationship": "stranger"},
        "api:verdict": {"verdict": "convicted"},
        "api:name": purpose,
        "api:alarm": {"sanction": "detained"},
        "api:lift": {},
    }.get(route, {})  # fmt: skip
