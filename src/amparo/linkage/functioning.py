"""Disability is asked by what is hard for a child, in the domains of the Child Functioning Module for the age.

Source: UNICEF and the Washington Group on Disability Statistics, Child Functioning Module (2016): one set of domains
for ages 2 to 4, another for ages 5 to 17, none below 2. The questions' words are ours.
"""

_BOTH = ("seeing", "hearing", "walking", "communicating", "learning", "controlling_behaviour")
YOUNG = ("seeing", "hearing", "walking", "fine_motor", "communicating", "learning", "playing", "controlling_behaviour")
OLDER = (
    "seeing", "hearing", "walking", "self_care", "communicating", "learning", "remembering", "concentrating",
    "accepting_change", "controlling_behaviour", "making_friends", "anxiety", "depression",
)  # fmt: skip


def domains(age: int | None) -> tuple[str, ...]:
    """The domains to ask about for a child of `age` whole years; of an unknown age, those that both sets share."""
    if age is None:
        return _BOTH
    if age < 2:  # noqa: PLR2004 - the module begins at two
        return ()
    return YOUNG if age < 5 else OLDER  # noqa: PLR2004 - and its second set at five
