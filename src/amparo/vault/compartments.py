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

OPENED_OF: dict[tuple[str, Compartment], Permission] = {
    # What was told is not of a case yet: it is read by whoever may read the report.
    ("report", Compartment.NARRATIVE): Permission.REPORT_READ,
    # A record that may be of the same child as another's is opened to be compared by people.
    ("child", Compartment.IDENTITY): Permission.PAIR_OPEN,
}


def opened_by(kind: str, compartment: Compartment) -> Permission:
    """The permission that opens a value of `compartment` belonging to a record of `kind`."""
    return OPENED_OF.get((kind, compartment)) or OPENED_BY[compartment]
