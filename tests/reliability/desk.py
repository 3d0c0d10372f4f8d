"""A desk in a process of its own, which a test may kill: `write` until the end, or `check` what is there.

python -m tests.reliability.desk write      prints the id of each case once its act has returned
python -m tests.reliability.desk check      reads such ids and says what is wrong, one line each
"""

import os
import sys
from uuid import UUID

os.environ["DJANGO_SETTINGS_MODULE"] = "amparo.config.settings.desk"


def write():
    from amparo.cases import actions
    from amparo.common.types import IMPORTER
    from amparo.linkage.actions import ChildFacts, Identity, register_child
    from amparo.organisation.models import Team

    team = Team.objects.select_related("agency__place").get(agency__code="MIN")
    while True:
        child = register_child(by=IMPORTER, agency=team.agency, identity=Identity(given="Arlo"), facts=ChildFacts())
        case = actions.open_case(by=IMPORTER, child=child, team=team)
        told = actions.IncidentFacts(form="begging", age=9)
        actions.record_incident(by=IMPORTER, case=case, facts=told, narrative="A neutral sentence.")
        actions.judge_risk(by=IMPORTER, case=case, risk="high")
        actions.close(by=IMPORTER, case=case, reason="transferred")
        print(case.id, flush=True)


MARK = "Zqovxy"  # in every word of every marked identity, and in nothing else


def letters(number):
    """Two letters that tell names apart, in digits' stead."""
    return "bkdfglmnprstvz"[number % 14] + "bkdfglmnprstvzj"[number // 14]


def identities():
    import logging
    import time

    from amparo.cases import bulk
    from amparo.cases.actions import IncidentFacts
    from amparo.cases.bulk import Happening, Opening
    from amparo.common.types import IMPORTER
    from amparo.linkage.actions import ChildFacts, Identity
    from amparo.linkage.bulk import Newcomer, register_children
    from amparo.linkage.meeting import have_we_met
    from amparo.organisation.models import Team

    logging.getLogger().setLevel(logging.DEBUG)
    team = Team.objects.select_related("agency__place").get(agency__code="MIN")
    newcomers = [
        Newcomer(Identity(given=f"{MARK}{letters(number)} {MARK}", family=f"Mc{MARK}{number % 50}", contact=f"{MARK}@{MARK}.test",
                          address=f"{number} {MARK} Street"), ChildFacts(birth_year=2012))
        for number in range(200)
    ]  # fmt: skip
    children = register_children(by=IMPORTER, agency=team.agency, newcomers=newcomers)
    cases = bulk.open_cases(by=IMPORTER, team=team, openings=[Opening(child) for child in children])
    told = f"A neutral sentence about {MARK}, for {MARK}."
    bulk.record_incidents(
        by=IMPORTER, happenings=[Happening(each, IncidentFacts(form="begging"), told) for each in cases]
    )
    have_we_met(by=IMPORTER, identity=Identity(given=MARK), facts=ChildFacts(birth_year=2012), reason="duplicate_check")
    try:
        register_children(by=IMPORTER, agency=team.agency, newcomers=[
            Newcomer(Identity(given=MARK), ChildFacts(sex="no such code"))
        ])  # fmt: skip
    except Exception:
        logging.getLogger("amparo").exception("refused")
    print("ready", flush=True)
    time.sleep(600)


def check():
    acknowledged = {UUID(line.strip()) for line in sys.stdin if line.strip()}
    for problem in problems(acknowledged):
        print(problem)


def problems(acknowledged):
    from django.db import connections
    from django.db.models import Count

    from amparo.audit import actions as audit
    from amparo.cases.models import Case, Scope, WorkCounter

    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchall() != [("ok",)]:
                yield f"{alias} is damaged"
    verdict = audit.verify()
    if not verdict.sound:
        yield verdict.why
    finished = set(Case.objects.filter(status="closed").values_list("id", flat=True))
    if acknowledged - finished:
        yield f"{len(acknowledged - finished)} acknowledged cases are missing"
    if Scope.objects.filter(kind="own").count() != Case.objects.count():
        yield "a case has no scope"
    live = {
        (row["status"], row["risk"]): row["n"] for row in Case.objects.values("status", "risk").annotate(n=Count("id"))
    }
    kept = {(row.status, row.risk): row.number for row in WorkCounter.objects.filter(number__gt=0)}
    if live != kept:
        yield "the counters differ from the cases"
    yield from unresolved()


def unresolved():
    """Every pointer in main must lead to a row of the vault that opens."""
    from amparo.vault import cipher, keyring, store
    from amparo.vault.compartments import Compartment
    from amparo.vault.models import Sealed
    from amparo.vault.sweep import pointer_columns

    for model, name in pointer_columns():
        for pointer in model.objects.exclude(**{name: None}).values_list(name, flat=True):
            row = Sealed.objects.filter(id=pointer).first()
            if row is None:
                yield f"{model.__name__}.{name} points to nothing"
                continue
            key = keyring.keys_for_reading([row.subject], Compartment(row.compartment))[row.subject]
            bound = store.bound_to(row.id, row.subject, row.compartment, row.column)
            cipher.unseal(key, row.ciphertext, bound)


if __name__ == "__main__":
    import django

    django.setup()
    {"write": write, "identities": identities, "check": check}[sys.argv[1]]()
