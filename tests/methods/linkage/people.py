"""Plainly synthetic children and their records, for the tests of linkage."""

from amparo.methods.linkage.people import Person, person

FULL = {
    "record_id": "A1", "agency": "one", "registered_on": "2024-05-01", "given_name": "Testina", "family_name": "Samplova",
    "sex": "F", "date_of_birth": "2014-03-09", "mother_name": "Examplia", "father_name": "Samplo",
    "place_of_birth": "Falsegrad", "district": "District Falsemont", "settlement": "Falsegrad", "nationality": "XXA",
    "phone": "+99 1234 5678", "national_id": "",
}  # fmt: skip


def child(**other: str) -> Person:
    """The full record with some columns changed."""
    return person({**FULL, **other})
