"""Lumeria: a State that does not exist, its regions, its agencies, its people and its help lines."""

REGIONS = {
    "LM-AL": "Alderfall", "LM-BO": "Boreal", "LM-CO": "Coast", "LM-DU": "Dunes", "LM-EX": "Estuary", "LM-FO": "Forest",
}  # fmt: skip

# code: name, kind, region, takes reports, independent
AGENCIES = {
    "MIN": ("Ministry for Children", "ministry", "LM-AL", True, False),
    "HELP": ("National Helpline", "helpline", "LM-AL", True, False),
    "HOT": ("Internet Hotline", "hotline", "LM-AL", True, False),
    "POL-N": ("Police, north", "police", "LM-BO", False, False),
    "POL-S": ("Police, south", "police", "LM-CO", False, False),
    "PROS": ("Prosecution Service", "prosecution", "LM-AL", False, False),
    "COURT": ("Children's Court", "court", "LM-AL", False, False),
    "BARN": ("Barnahus in the Forest", "barnahus", "LM-FO", True, False),
    "HOSP": ("Boreal Children's Hospital", "health", "LM-BO", False, False),
    "NGO-C": ("Harbour, an organisation", "ngo", "LM-CO", True, False),
    "SHEL": ("Shelter on the Dunes", "shelter", "LM-DU", False, False),
    "SOC-E": ("Social Services Estuary", "social_services", "LM-EX", True, False),
    "NHRI": ("Human Rights Institution", "nhri", "LM-AL", True, True),
    "STAT": ("Statistics Office", "statistics_office", "LM-AL", False, True),
}

# Who works where: enough people for every role, and two where two are needed.
STAFF = {
    "MIN": ("intake_officer", "case_worker", "supervisor", "legal_focal_point", "administrator"),
    "HELP": ("intake_officer", "supervisor"),
    "HOT": ("intake_officer", "supervisor"),
    "POL-N": ("police",),
    "POL-S": ("police",),
    "PROS": ("prosecutor",),
    "COURT": ("prosecutor",),
    "BARN": ("intake_officer", "case_worker", "supervisor", "service_provider"),
    "HOSP": ("case_worker", "supervisor", "service_provider"),
    "NGO-C": ("intake_officer", "case_worker", "supervisor"),
    "SHEL": ("case_worker", "supervisor", "service_provider"),
    "SOC-E": ("intake_officer", "case_worker", "supervisor", "legal_focal_point"),
    "NHRI": ("intake_officer", "supervisor", "auditor", "monitor_editor", "reviewer"),
    "STAT": ("statistician", "reviewer"),
}

# Who has cases, an agency a region, and how many of the children it meets: unequal, as agencies are.
CASELOAD = {"MIN": 28, "SOC-E": 22, "NGO-C": 18, "BARN": 14, "HOSP": 10, "SHEL": 8}

# Who answers for reports, and the independent body that they rise to.
WATCH = ("HELP", "NHRI")

# The numbers are those that are kept free for fiction: 555-0100 to 555-0199.
HELP_LINES = [
    ("Lumeria child helpline", "555-0100", "day and night", ["en", "ar", "ru"], None),
    ("Lumeria emergency desk", "555-0112", "day and night", ["en"], None),
    ("Coast family line", "555-0143", "8-20", ["en", "es"], "LM-CO"),
    ("Dunes shelter line", "555-0167", "day and night", ["en", "ar", "fr"], "LM-DU"),
]
