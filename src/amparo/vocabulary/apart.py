"""Harmful behaviour between children is kept apart from adults responsible, everywhere: labels, figures, colours (W3).

A child who harmed another child needs protection too, and is never called an offender (A/HRC/43/40, paras 24 and 90;
Terminology Guidelines, second edition).
"""

from typing import Final

# The codes that say of the person responsible that this is a child.
CHILDREN: Final = {"relationship": frozenset({"peer", "other_child"}), "person_category": frozenset({"other_child"})}


def by_a_child(*, relationship: str = "", category: str = "") -> bool:
    """Do the codes of whoever is responsible say that this is a child?"""
    return relationship in CHILDREN["relationship"] or category in CHILDREN["person_category"]
