"""The parts of the vault. Each has its own keys and its own permission; a key of one opens nothing of another."""

from enum import StrEnum

from amparo.access.permissions import Permission


class Compartment(StrEnum):
    IDENTITY = "identity"
    PLACEMENT = "placement"
    NARRATIVE = "narrative"
    REPORTER = "reporter"
    HEALTH = "health"
    INVESTIGATION = "investigation"
    MATCHING = "matching"


# What must be allowed before a value of a compartment is opened. Matching has none: nobody is ever shown it.
OPENED_BY: dict[Compartment, Permission] = {
    Compartment.IDENTITY: Permission.REVEAL_IDENTITY,
    Compartment.PLACEMENT: Permission.REVEAL_PLACEMENT,
    Compartment.NARRATIVE: Permission.REVEAL_NARRATIVE,
    Compartment.REPORTER: Permission.REPORT_REPORTER,
    Compartment.HEALTH: Permission.REVEAL_HEALTH,
    Compartment.INVESTIGATION: Permission.REVEAL_INVESTIGATION,
}

# What was told is not of a case yet: it is read by whoever may read the report.
OPENED_OF_A_REPORT: dict[Compartment, Permission] = {Compartment.NARRATIVE: Permission.REPORT_READ}


def opened_by(kind: str, compartment: Compartment) -> Permission:
    """The permission that opens a value of `compartment` belonging to a record of `kind`."""
    of_a_report = OPENED_OF_A_REPORT.get(compartment) if kind == "report" else None
    return of_a_report or OPENED_BY[compartment]
