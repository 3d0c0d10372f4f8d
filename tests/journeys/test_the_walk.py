"""One report walks through the whole house: from a sentence at the door to a figure on the public site."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from tests.browser import PHONE, examine, name_of
from tests.journeys.walking import fill, follow, heading, push, send, until

pytestmark = pytest.mark.browser
TOLD = "A synthetic sentence about a made-up child, marked {}."
ANSWER = "Thank you. A synthetic answer: somebody helps."
NAME, ARABIC_NAME = "Quillonia", "كيلونيا"
OFFICER, WORKER, SUPERVISOR = (name_of(role, "MIN") for role in ("intake_officer", "case_worker", "supervisor"))
FOCAL = name_of("legal_focal_point", "MIN")
PROVIDER = name_of("service_provider", "HOSP")
STATISTICIAN, REVIEWERS = name_of("statistician", "STAT"), [name_of("reviewer", each) for each in ("STAT", "NHRI")]


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
    judged_and_answered(officer, product, marked)

    come_back(reporter, code)
    until_answered(reporter, code)
    fill(reporter, told="A second synthetic sentence.")
    push(reporter, "write")

    walk_on(officer, visit, product, NAME, 2014)

    come_back(reporter, code)
    assert ANSWER in reporter.locator("main").inner_text()
    figure_published(visit, product, 2021)


def judged_and_answered(officer, product, marked: str) -> None:
    """The report is claimed, judged, classified and answered."""
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


def walk_on(officer, visit, product, name: str, born: int) -> None:
    """From a judged report to a judgment, in whatever language `visit` opens the pages."""
    case = registered(officer, visit, product, name, born)
    worked_on(visit, product, case, name)
    classified(visit, product, case)
    cared_for(visit, product, case)
    brought_to_judgment(visit, product, case)
    spoken_up_for(visit, product, case)


def until_answered(page, code: str) -> None:
    """Come back until the answer is there; not too often, or the door says so."""
    for _ in range(10):
        if ANSWER in page.locator("main").inner_text():
            return
        page.wait_for_timeout(4_000)
        come_back(page, code)
    pytest.fail(f"the answer never came: {page.locator('main').inner_text()}")


def registered(officer, visit, product, name: str, born: int) -> str:
    """The officer searches before registering; the supervisor gives the case to a worker. Returns the case's path."""
    follow(officer, "/register/")
    who = {"given": name, "family": "Testperson", "birth_year": born}
    fill(officer, **who, reason="triage")
    send(officer)
    fill(officer, **who, sex="female", birth_month=3, nationality="unknown")
    send(officer)
    said = officer.locator("[role=status], .notice").first.inner_text()
    reference = re.search(r"C-[0-9A-Z]+-[0-9A-Z]+", said).group()
    supervisor = visit("office", f"/cases/?reference={reference}&status=", as_=SUPERVISOR)
    case = supervisor.locator("tbody a").first.get_attribute("href")
    act(supervisor, product, case, "assign/", worker=worker_of(supervisor, product, case))
    return case


def worker_of(page, product, case: str) -> str:
    page.goto(product.at("office", f"{case}assign/"))
    return page.locator("[name=worker] option").nth(1).get_attribute("value")


def worked_on(visit, product, case: str, name: str) -> None:
    """Who the child is opens for a purpose; what happened is coded; the risk is judged."""
    worker = visit("office", case, as_=WORKER)
    fill(worker, purpose="care_planning")
    send(worker, "/identity/")
    assert name in worker.locator("main").inner_text()
    assert examine(worker) == []
    told = {"form": "grooming", "setting": "online", "relationship": "online_contact", "age": 11}
    told |= {"how": ["grooming", "deception"], "consideration": ["goods"]}
    act(worker, product, case, "incidents/", happened_on=day(-40), narrative="A neutral sentence.", **told)
    act(worker, product, case, "risk/", risk="high")


def classified(visit, product, case: str) -> None:
    """The elements of what happened are answered; what follows is said; a supervisor confirms it."""
    worker = visit("office", f"{case}incidents/", as_=WORKER)
    follow(worker, "/elements/")
    page = worker.url.partition(str(product.port))[2]
    form = worker.locator("form[data-live]")
    for name in ("transferred", "consideration_given", "for_transfer"):
        with worker.expect_response(lambda answer: answer.request.method == "POST"):
            form.locator(f"[name={name}]").select_option("yes")
    confirming = "form[action$='/labels/']:has([value=REPORT-SALE])"
    supervisor = visit("office", page, as_=SUPERVISOR)
    assert supervisor.locator("#state-met").count() == 1
    with supervisor.expect_navigation():
        supervisor.locator(confirming).first.locator("button").click()
    assert examine(supervisor) == []
    follow(supervisor, "/incidents/")
    assert supervisor.locator("main .badge-met").count() >= 1


def spoken_up_for(visit, product, case: str) -> None:
    """The child is treated as an offender: the legal focal point hears of it, does something, and it is mended."""
    worker = visit("office", f"{case}justice/alarm/", as_=WORKER)
    fill(worker, sanction="detained", on=day(-3))
    send(worker)
    focal = visit("office", "/", as_=FOCAL)
    focal.goto(product.at("office", "/alarms/"))
    reference = worker.locator("h1").first.inner_text()
    focal.locator("tbody a", has_text=reference).first.click()
    fill(focal, step="lawyer_found")
    send(focal)
    assert examine(focal) == []
    send(focal, "/mended/")
    assert focal.locator("tbody a", has_text=reference).count() == 0


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
    with translation.override(worker.evaluate("document.documentElement.lang")):
        assert all(translation.gettext(each) in line for each in LINES)


LINES = ("Proceeding opened", "Proceeding ended", "Incident recorded", "Label confirmed")


def figure_published(visit, product, year: int) -> None:
    """A year that is over is frozen and drafted; two others agree, apart; everybody can read it."""
    statistician = visit("office", "/figures/", as_=STATISTICIAN)
    fill(statistician, year=year)
    send(statistician, "/freeze/")
    send(statistician, "/draft/")
    drafted = statistician.url.partition(str(product.port))[2]
    assert statistician.locator("button[name=agree]").count() == 0
    for each in REVIEWERS:
        reviewer = visit("office", drafted, as_=each)
        with reviewer.expect_navigation():
            reviewer.locator("button[name=agree][value=yes]").click()
    public = visit("public")
    public.locator("tbody tr", has_text=str(year)).locator("a").first.click()
    assert str(year) in heading(public)
    assert examine(public) == []
    shown = public.request.get(public.locator("a[href*='table.csv']").first.evaluate("each => each.href"))
    lines = list(csv.DictReader(io.StringIO(shown.text())))
    assert len(lines) > 6
    assert not any(name in shown.text() for name in (NAME, ARABIC_NAME))


def test_one_report_walks_through_the_whole_house_in_arabic(open_door, visit):
    """Every page right to left, from the first word to the public figure."""
    product = open_door
    marked = f"brambleway{uuid4().hex}"
    reporter = visit("door", "/", locale="ar", viewport=PHONE)
    code = tell(reporter, marked)
    assert "/ar/" in reporter.url
    assert reporter.evaluate("document.documentElement.dir") == "rtl"
    assert examine(reporter) == []
    pages = [reporter]

    def in_arabic(host: str, path: str = "/", **window: object):
        pages.append(visit(host, path, locale="ar", **window))
        return pages[-1]

    officer = in_arabic("office", as_=OFFICER)
    judged_and_answered(officer, product, marked)
    come_back(reporter, code)
    until_answered(reporter, code)
    assert examine(reporter) == []
    walk_on(officer, in_arabic, product, ARABIC_NAME, 2015)
    figure_published(in_arabic, product, 2022)
    assert {page.evaluate("document.documentElement.dir") for page in pages} == {"rtl"}


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
