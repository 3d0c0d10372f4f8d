"""What can go wrong, said in words that a person can act on. None of them carries personal data."""


class AmparoError(Exception):
    """Base of every expected error; `reason` is a sentence to show."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(AmparoError):
    """The policy says no. `visible` is false when even the record's existence must not be told."""

    def __init__(self, reason: str, *, rule: str = "", visible: bool = True) -> None:
        super().__init__(reason)
        self.rule = rule
        self.visible = visible


class NotFound(AmparoError):
    """No such record, or none that this person may know of: both look the same."""

    def __init__(self) -> None:
        super().__init__("There is no such page.")


class Invalid(AmparoError):
    """What was sent breaks a rule; `fields` maps each field to a sentence."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(f"{name}: {words}" for name, words in fields.items()))
        self.fields = fields


class Conflict(AmparoError):
    """Somebody else was first, or the record is not in a status that allows this."""
