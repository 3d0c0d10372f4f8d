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
    "monitor_editor", "reviewer", "auditor", "administrator",
)  # fmt: skip
# A stranger, somebody who gave a password only, and one person of every role, all at the agency NORTH, first team.
ASKERS = ("nobody", "password_only", *ROLES)

# How a record stands to the person who asks. `own` is of NORTH's case worker.
RELATIONS = {
    "case": (
        "own", "own_team", "other_team", "other_agency", "shared", "share_expired", "walled", "walled_share", "absent",
    ),
}  # fmt: skip

# Permission → role → the records with which that role may do it; "*" where no record is meant.
# Everything that is not here is forbidden.
MAY: dict[str, dict[str, str]] = {
    # A case is read by need: its worker, the supervisor of its team, and those it is shared with for a purpose.
    "case.list": dict.fromkeys(("case_worker", "supervisor", "service_provider", "police", "prosecutor"), "*"),
    "case.read": {
        "case_worker": "own",
        "supervisor": "own own_team",
        "service_provider": "shared",
        "police": "shared",
        "prosecutor": "shared",
    },
    # Glass breaks before any case but a walled one, for those who answer for children.
    "case.break_glass": dict.fromkeys(
        ("case_worker", "supervisor", "intake_officer"), "own own_team other_team other_agency shared share_expired"
    ),
    # The matrix's shares carry identity.
    "reveal.identity": {
        "case_worker": "own",
        "supervisor": "own own_team",
        "service_provider": "shared",
        "police": "shared",
        "prosecutor": "shared",
    },
    "audit.read": {"auditor": "*"},
    "day.read": dict.fromkeys(ROLES, "*"),
}
# By what a person knows of a record at all: whoever may not know gets the answer of "absent".
KNOWN_BY = {"case": "case.read"}


@dataclass(frozen=True)
class Door:
    """A route: the permission it needs, the kind of record in it, and what it answers to those who may.

    `get` and `post` are statuses; None where the route does not know the method. `post` is the answer to a well-formed
    form, so that nobody is turned away for anything but their rights. `reading` is what its GET needs where that is
    something else: "" for an empty form that everybody at the desk may see.
    """

    permission: str
    kind: str = ""
    get: int | None = None
    post: int | None = None
    reading: str | None = None


DOORS: dict[str, Door] = {
    "office:day": Door("day.read", get=200),
    "office:record": Door("audit.read", get=200),
    "office:cases": Door("case.list", get=200),
    "office:case": Door("case.read", "case", get=200),
    "office:identity": Door("reveal.identity", "case", post=200),
    # The form asks for a reference; what it opens is decided then.
    "office:glass": Door("case.break_glass", "case", get=200, post=302, reading=""),
}
# Routes about no record and no right: what each asker gets, by method.
OPEN: dict[tuple[str, str], int] = {("public:home", "GET"): 200, ("public:home", "POST"): 405}
# One's own sign-in: for whoever is signed in, about nobody else. A stranger is sent to sign in.
ONESELF = (
    "account_logout", "account_reauthenticate", "account_change_password", "mfa_reauthenticate", "mfa_index",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes",
    "mfa_download_recovery_codes", "mfa_reauthenticate_webauthn", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_remove_webauthn", "mfa_edit_webauthn", "usersessions_list",
)  # fmt: skip
# Signing in itself; its own tests walk through it.
ENTRANCE = ("account_login", "mfa_authenticate")

SIGN_IN = 302
FORBIDDEN, ABSENT, NOT_SO = 403, 404, 405


def may(permission: str, role: str, relation: str) -> bool:
    return relation in MAY[permission].get(role, "").split()


def answer(door: Door, method: str, relation: str, asker: str) -> int:
    """What the product must answer."""
    if asker in {"nobody", "password_only"}:
        return SIGN_IN
    status = door.get if method == "GET" else door.post
    if method == "GET" and door.reading == "":
        return door.get or NOT_SO
    needed = door.reading if method == "GET" and door.reading else door.permission
    allowed = may(needed, asker, relation)
    if not door.kind and not allowed:
        return FORBIDDEN
    if status is None:
        return NOT_SO
    if allowed:
        return status
    return FORBIDDEN if may(KNOWN_BY[door.kind], asker, relation) else ABSENT


def rows() -> Iterator[tuple[str, ...]]:
    """The matrix: route, method, relation, then an expected status for each asker."""
    yield "route", "method", "record", *ASKERS
    for (route, method), status in OPEN.items():
        yield route, method, "*", *[str(status)] * len(ASKERS)
    for route, door in DOORS.items():
        for method in ("GET", "POST"):
            for relation in RELATIONS.get(door.kind, ("*",)):
                yield route, method, relation, *(str(answer(door, method, relation, asker)) for asker in ASKERS)


def main() -> None:
    with MATRIX.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows())


if __name__ == "__main__":
    sys.exit(main())
