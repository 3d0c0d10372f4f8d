"""How rare a name is among the records: that two share a rare one says more."""

from amparo.methods.linkage.people import Person

RARE = (0.01, 0.002, 0.0004)  # of the records: a name that fewer share is not common, rare, very rare


def named_words(one: Person) -> list[str]:
    """The words whose rarity counts, in the order of `Person.rare`; "" where one is not known."""
    known = (one.given_keys, one.family_keys, one.mother_keys, one.father_keys)
    return [*(each[0] if each else "" for each in known), one.settlement]
