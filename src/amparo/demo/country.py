"""Lumeria: a State that does not exist, its regions, its agencies, and names that plainly belong to nobody."""

REGIONS = {
    "LM-AL": "Alba", "LM-BO": "Boreal", "LM-CO": "Costa", "LM-DU": "Dunes", "LM-EX": "Estuary", "LM-FO": "Forest",
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
    "BARN": ("Barnahus Alba", "barnahus", "LM-AL", True, False),
    "HOSP": ("Boreal Children's Hospital", "health", "LM-BO", False, False),
    "NGO-C": ("Harbour, an organisation", "ngo", "LM-CO", True, False),
    "SHEL": ("Shelter on the Dunes", "shelter", "LM-DU", False, False),
    "SOC-E": ("Social Services Estuary", "social_services", "LM-EX", True, False),
    "NHRI": ("Human Rights Institution", "nhri", "LM-AL", True, True),
    "STAT": ("Statistics Office", "statistics_office", "LM-AL", False, True),
}

# Who works where: enough people for every role, and two where two are needed.
STAFF = {
    "MIN": ("intake_officer", "case_worker", "supervisor", "administrator"),
    "HELP": ("intake_officer", "supervisor"),
    "HOT": ("intake_officer", "supervisor"),
    "POL-N": ("police",),
    "POL-S": ("police",),
    "PROS": ("prosecutor",),
    "COURT": ("prosecutor",),
    "BARN": ("intake_officer", "case_worker", "supervisor", "service_provider"),
    "HOSP": ("service_provider",),
    "NGO-C": ("intake_officer", "case_worker", "supervisor"),
    "SHEL": ("service_provider",),
    "SOC-E": ("intake_officer", "case_worker", "supervisor"),
    "NHRI": ("auditor", "monitor_editor", "reviewer"),
    "STAT": ("statistician", "reviewer"),
}
WORKING_CASES = ("MIN", "BARN", "NGO-C", "SOC-E")

GIVEN = ["Arlo", "Bruma", "Celio", "Duna", "Eliora", "Faro", "Gaia", "Helio", "Irisa", "Juno", "Kalo", "Lumo", "Mirea"]
FAMILY = ["Testwood", "Sampleton", "Mockfield", "Fictive", "Placehold", "Specimen", "Trialmere", "Demoville"]
