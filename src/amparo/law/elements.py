"""What is asked of a State's law about an offence, and how it may be answered (A/HRC/43/40, paragraphs 61, 85-94)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Element:
    """`answers` are its words; `items` what may be listed beside one; `numbers` which numbers it may carry."""

    answers: tuple[str, ...]
    items: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


ELEMENTS: dict[str, Element] = {
    "separate": Element(("yes", "no")),
    "definition": Element(
        ("given",),
        (
            "any_consideration", "no_purpose_needed", "no_movement_needed", "any_means", "simulated", "virtual",
            "attempt", "complicity", "legal_persons",
        ),
    ),
    "limitation": Element(("never", "from_act", "from_majority", "other"), numbers=("years", "age")),
    "complaint": Element(("needed", "not_needed")),
    "reach": Element(("given",), ("nationals", "residents", "victims", "double_criminality")),
    "penalty": Element(("given",), ("life", "fine"), numbers=("least", "most")),
    "age": Element(
        ("child", "consent", "marriage_women", "marriage_men", "responsibility"), numbers=("age",)
    ),
}  # fmt: skip
# Several of these stand beside each other: each answer is a question of its own.
MANY = frozenset({"age"})
EVERY = ""  # the "offence" of a provision about every offence against a child
NUMBERS = {"years": 100, "age": 30, "least": 100, "most": 100}  # the largest of each that is believed
