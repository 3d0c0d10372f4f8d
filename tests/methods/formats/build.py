"""A plainly made-up figure: two regions, two age groups, two hidden counts, one place whose name is a formula."""

from datetime import date

from amparo.methods.figure import About, Dimension, Figure

WORDS = {
    "hidden": "hidden", "hidden_means": "Hidden is not nought.", "means": "What is counted", "how": "How",
    "source": "Source", "release": "Reference", "published": "Published", "snapshot": "Frozen year", "policy": "Policy",
    "software": "Made by", "licence": "Licence", "address": "Address", "cite": "Cite as", "demonstration": "Demonstration: everybody in it is made up.",
}  # fmt: skip


def about(**other) -> About:
    told = {
        "reference": "F-7K2M-94QX", "indicator": "children_identified", "title": "Children identified",
        "unit": "children", "year": 2025, "published": date(2026, 2, 2), "definition": "Children whom an agency met.",
        "not_said": "Not the children who were harmed.", "source": "Case records.", "method": "Counts of 1 to 4 are hidden.",
        "policy": {"threshold": 5, "width": 4}, "snapshot": "ab" * 32, "software": "amparo 0.1.0",
        "licence": "CC BY 4.0", "address": "https://figures.example/figures/F-7K2M-94QX/",
        "cite": "figures.example: Children identified, 2025. F-7K2M-94QX, 2026-02-02.", "language": "en",
        "demonstration": True,
    }  # fmt: skip
    return About(**(told | other))


REGIONS = {"LM-NORTH": "North region", "LM-SOUTH": "=South()", "unknown": "Region not known", "_T": "All regions"}
AGES = {"Y0T4": "0 to 4 years", "Y5T9": "5 to 9 years", "unknown": "Age not known", "_T": "All ages"}
COUNTS = {
    "LM-NORTH": (None, None, 0, 11),
    "LM-SOUTH": (None, None, 0, 14),
    "unknown": (0, 0, 0, 0),
    "_T": (8, 17, 0, 25),
}


def figure(**other) -> Figure:
    cells = {(r, a): v for r, row in COUNTS.items() for a, v in zip(AGES, row, strict=True)}
    shape = (
        Dimension("region", "Region", REGIONS),
        Dimension("age_group", "Age group", AGES, "/vocabulary/age_group/"),
    )
    return Figure(about(**other), shape, cells)


SHOWN = {codes: value for codes, value in figure().cells.items() if value is not None}
HIDDEN = {codes for codes, value in figure().cells.items() if value is None}
