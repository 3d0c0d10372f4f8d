"""One report walks through the whole house: from a sentence at the door to a figure on the public site."""

import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.browser import PHONE, examine, name_of
from tests.journeys.walking import fill, follow, heading, push, send, until

pytestmark = pytest.mark.browser
TOLD = "A synthetic sentence about a made-up child, marked {}."
ANSWER = "Thank you. A synthetic answer: somebody helps."
NAME = "Quillonia"
OFFICER, WORKER, SUPERVISOR = (name_of(role, "MIN") for role in ("intake_officer", "case_worker", "supervisor"))
PROVIDER = name_of("service_provider", "HOSP")
STATISTICIAN, REVIEWER = name_of("statistician", "STAT"), name_of("reviewer", "STAT")


def day(days: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


def tell(page, marked: str, **more: object) -> str:
    """Type a report at the door and return the code on its receipt."""
    until(page, "button[name=go][value=tell]")
    push(page, "tell")
    page.locator("details summary").click()
    fill(page, told=TOLD.format(marked), danger="soon", who="neighbour", worries=["missing"], child_age=12, **more)
    push(page, "send")
    return page.locator(".code").inner_text().replace("\n", " ")


def come_back(page, code: str) -> None:
    push(page, "start")
    push(page, "back")
    fill(page, code=code)
    push(page, "open")


def take_on(page, product, marked: str) -> None:
    """Claim what is new and open what was told, until it is our report; the worker brings it within seconds."""
    for _ in range(20):
        page.goto(product.at("office", "/reports/?status=new"))
        for path in page.locator("tbody a[href^='/reports/']").evaluate_all("all => all.map(each => each.pathname)"):
            page.goto(product.at("office", path))
            if marked in what_was_told(page):
                page.goto(product.at("office", path))
                return
        page.wait_for_timeout(2_000)
    pytest.fail(f"no report marked {marked}")


def what_was_told(page) -> str:
    """Claim the open report and read it; nothing if it cannot be claimed."""
    if page.locator("form[action$='/claim/']").count() == 0:
        return ""
    send(page, "/claim/")
    fill(page, purpose="triage")
    with page.expect_navigation():
        page.locator("button[formaction$='/told/']").click()
    return page.locator("main").inner_text()


def act(page, product, case: str, path: str, **given: object) -> None:
    """Fill in and send one of the small forms of a case."""
    page.goto(product.at("office", f"{case}{path}"))
    fill(page, **given)
    send(page)
    assert page.locator(".errorlist").count() == 0, page.locator(".errorlist").all_inner_texts()


def test_one_report_walks_through_the_whole_house(open_door, visit):
    product = open_door
    marked = f"brambleway{uuid4().hex}"
    reporter = visit("door", java_script_enabled=False, viewport=PHONE)
    code = tell(reporter, marked)
    assert len(code.replace(" ", "")) == 20

    officer = visit("office", as_=OFFICER)
    take_on(officer, product, marked)
    fill(officer, urgency="urgent")
    send(officer, "/triage/")
    fill(officer, forms=["grooming"], setting="online")
    send(officer, "/classify/")
    fill(officer, purpose="triage")
    with officer.expect_navigation():
        officer.locator("button[formaction$='/told/']").click()
    assert examine(officer) == []
    fill(officer, text=ANSWER)
    send(officer, "/answer/")

    come_back(reporter, code)
    until_answered(reporter, code)
    fill(reporter, told="A second synthetic sentence.")
    push(reporter, "write")

    case = registered(officer, visit, product)
    worked_on(visit, product, case)
    cared_for(visit, product, case)
    brought_to_judgment(visit, product, case)

    come_back(reporter, code)
    assert ANSWER in reporter.locator("main").inner_text()
    figure_published(visit, product)


def until_answered(page, code: str) -> None:
    """Come back until the answer is there; not too often, or the door says so."""
    for _ in range(10):
        if ANSWER in page.locator("main").inner_text():
            return
        page.wait_for_timeout(4_000)
        come_back(page, code)
    pytest.fail(f"the answer never came: {page.locator('main').inner_text()}")


def registered(officer, visit, product) -> str:
    """The officer searches before registering; the supervisor gives the case to a worker. Returns the case's path."""
    follow(officer, "/register/")
    fill(officer, given=NAME, family="Testperson", birth_year=2014, reason="triage")
    send(officer)
    fill(officer, given=NAME, family="Testperson", sex="female", birth_year=2014, birth_month=3, nationality="unknown")
    send(officer)
    said = officer.locator("[role=status], .notice").first.inner_text()
    reference = next(word.strip(".,") for word in said.split() if word.startswith("C-"))
    supervisor = visit("office", f"/cases/?reference={reference}&status=", as_=SUPERVISOR)
    case = supervisor.locator("tbody a").first.get_attribute("href")
    act(supervisor, product, case, "assign/", worker=worker_of(supervisor, product, case))
    return case


def worker_of(page, product, case: str) -> str:
    page.goto(product.at("office", f"{case}assign/"))
    return page.locator("[name=worker] option").nth(1).get_attribute("value")


def worked_on(visit, product, case: str) -> None:
    """Who the child is opens for a purpose; what happened is coded; the risk is judged."""
    worker = visit("office", case, as_=WORKER)
    fill(worker, purpose="care_planning")
    send(worker, "/identity/")
    assert NAME in worker.locator("main").inner_text()
    assert examine(worker) == []
    told = {"form": "grooming", "setting": "online", "relationship": "online_contact", "age": 11}
    act(worker, product, case, "incidents/", happened_on=day(-40), narrative="A neutral sentence.", **told)
    act(worker, product, case, "risk/", risk="high")


def cared_for(visit, product, case: str) -> None:
    """Assessment; a plan with the child's goal that a second person lets begin; a service asked, given and answered."""
    worker = visit("office", case, as_=WORKER)
    found = {"urgency": "urgent", "schooling": "attends", "housing": "relatives"}
    act(worker, product, case, "care/assess/", **found, risk_factors=["poverty"], needs=["education"])
    goal = {"domain": "education", "words": "To go on with the guitar.", "said_by_child": True}
    act(worker, product, case, "care/plan/", **goal, given="spoken")
    supervisor = visit("office", f"{case}care/", as_=SUPERVISOR)
    send(supervisor, "/approve/")
    worker.goto(product.at("office", f"{case}care/plan/step/"))
    fill(worker, goal=worker.locator("[name=goal] option").nth(1).get_attribute("value"))
    fill(worker, service="psychological", due=day(30))
    send(worker)
    worker.goto(product.at("office", f"{case}care/refer/"))
    hospital = worker.locator("[name=agency] option", has_text="Hospital").get_attribute("value")
    fill(worker, agency=hospital, service="psychological", given="spoken", consent="given", compartments=["identity"])
    send(worker)
    answered_by_provider(visit, product)
    act(worker, product, case, "care/child/", decision="other", given="spoken", child_words="I would like to.")
    worker.goto(product.at("office", f"{case}care/"))
    assert worker.locator("main a[href*='/referrals/']").count() == 1


def answered_by_provider(visit, product) -> None:
    provider = visit("office", "/referrals/", as_=PROVIDER)
    follow(provider, provider.locator("tbody a[href^='/referrals/']").last.get_attribute("href"))
    send(provider, "/accept/")
    follow(provider, "/delivered/")
    fill(provider, outcome="delivered")
    send(provider)
    assert provider.locator(".errorlist").count() == 0


def brought_to_judgment(visit, product, case: str) -> None:
    """Complaint, investigation, prosecution, trial, judgment: with days, an outcome and its reason."""
    worker = visit("office", f"{case}justice/open/", as_=WORKER)
    police = worker.locator("[name=lead] option", has_text="Police, north").get_attribute("value")
    fill(worker, stage="complaint", lead=police, on=day(-30))
    send(worker)
    for days, stage in ((-25, "investigation"), (-20, "prosecution"), (-15, "trial"), (-10, "judgment")):
        follow(worker, "/move/")
        outcome = "charges_brought" if stage == "trial" else "moved_on"
        fill(worker, stage=stage, on=day(days), outcome=outcome)
        send(worker)
        assert worker.locator(".errorlist").count() == 0, worker.locator(".errorlist").all_inner_texts()
    follow(worker, "/end/")
    fill(worker, outcome="acquitted", reason="evidence_insufficient", on=day(-5))
    send(worker)
    worker.goto(product.at("office", case))
    line = worker.locator("main").inner_text()
    assert all(each in line for each in ("Proceeding opened", "Proceeding ended", "Incident recorded"))


def figure_published(visit, product) -> None:
    """A year that is over is frozen and drafted; a second person agrees; everybody can read it."""
    statistician = visit("office", "/figures/", as_=STATISTICIAN)
    fill(statistician, year=2021)
    send(statistician, "/freeze/")
    send(statistician, "/draft/")
    drafted = statistician.url.partition(str(product.port))[2]
    assert statistician.locator("button[name=agree]").count() == 0
    reviewer = visit("office", drafted, as_=REVIEWER)
    with reviewer.expect_navigation():
        reviewer.locator("button[name=agree][value=yes]").click()
    public = visit("public")
    public.locator("tbody tr", has_text="2021").locator("a").first.click()
    assert "2021" in heading(public)
    assert examine(public) == []
    shown = public.request.get(public.locator("a[href*='table.csv']").first.evaluate("each => each.href"))
    lines = list(csv.DictReader(io.StringIO(shown.text())))
    assert len(lines) > 6
    assert NAME not in shown.text()


def test_the_way_in_and_back_in_arabic(open_door, visit):
    product = open_door
    marked = f"brambleway{uuid4().hex}"
    reporter = visit("door", "/", locale="ar", viewport=PHONE)
    code = tell(reporter, marked)
    assert "/ar/" in reporter.url
    assert reporter.evaluate("document.documentElement.dir") == "rtl"
    assert examine(reporter) == []
    officer = visit("office", as_=OFFICER, locale="ar")
    take_on(officer, product, marked)
    assert officer.evaluate("document.documentElement.dir") == "rtl"
    fill(officer, purpose="triage")
    with officer.expect_navigation():
        officer.locator("button[formaction$='/told/']").click()
    assert examine(officer) == []
    fill(officer, text=ANSWER)
    send(officer, "/answer/")
    come_back(reporter, code)
    until_answered(reporter, code)
    assert examine(reporter) == []


def test_a_code_typed_wrong_is_answered_in_words_and_what_was_typed_stays(open_door, visit):
    reporter = visit("door", viewport=PHONE)
    code = tell(reporter, "miskey")
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    come_back(reporter, wrong)
    assert reporter.locator("#code-wrong").count() == 1
    assert reporter.locator("#code").input_value() == wrong
    assert examine(reporter) == []


def test_a_report_sent_twice_is_one_report_with_one_code(open_door, visit):
    reporter = visit("door", viewport=PHONE)
    code = tell(reporter, "twice")
    reporter.reload()  # the browser sends the same form again
    assert reporter.locator(".code").inner_text().replace("\n", " ") == code


def test_of_two_who_claim_one_report_one_gets_it(open_door, visit):
    marked = f"claimed{uuid4().hex}"
    tell(visit("door", viewport=PHONE), marked)
    one, other = (visit("office", as_=OFFICER) for _ in range(2))
    one.goto(open_door.at("office", "/reports/?status=new"))
    until(one, "tbody a[href^='/reports/']")
    path = one.locator("tbody a[href^='/reports/']").first.evaluate("each => each.pathname")
    for page in (one, other):
        page.goto(open_door.at("office", path))
    send(one, "/claim/")
    assert one.locator("form[action$='/triage/']").count() == 1
    send(other, "/claim/")
    assert heading(other) == "409"


def test_a_child_registered_twice_from_one_form_is_one_child(open_door, visit):
    worker = visit("office", "/register/", as_=WORKER)
    fill(worker, given="Twicelina", family="Testperson", birth_year=2015, reason="verification")
    send(worker)
    fill(worker, given="Twicelina", family="Testperson", sex="female", birth_year=2015)
    twice = worker.evaluate(
        """() => { const form = document.querySelector('main form');
        const sent = () => fetch(location.href, {method: 'POST', body: new URLSearchParams(new FormData(form))});
        return Promise.all([sent(), sent()]).then(all => all.map(each => each.url)); }"""
    )
    assert twice[0] == twice[1]
    assert "/cases/" in twice[0]
