"""Cases come in from a file of the Human Trafficking Case Data Standard and leave as one (C1, X1, X3)."""

import csv
import io
from pathlib import Path

import click
import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.db import IntegrityError, transaction

from amparo.audit.models import Event
from amparo.cases.models import Case, Incident
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import IMPORTER
from amparo.interfaces.exchange import commands, exporting, importing
from amparo.interfaces.exchange.htcds.problems import FileRefused
from amparo.interfaces.exchange.htcds.reader import read
from amparo.interfaces.exchange.htcds.standard import fields
from amparo.interfaces.exchange.htcds.writer import write
from amparo.interfaces.exchange.models import ExportRequest, ImportedRow
from amparo.linkage.models import Child
from amparo.organisation import actions as organisation
from amparo.vault.models import Sealed
from amparo.vocabulary import queries
from amparo.vocabulary.models import Term
from tests.interfaces.exchange.full_row import full_row

pytestmark = pytest.mark.django_db(databases="__all__")

GOOD = "case_id,prs_FirstName,vic_AgeWhenTrafficked,vic_TypeOfExploitation\nA-1,Synthetica,9,ForcedBegging\nA-2,Fictiona,14,\n"
BAD = GOOD + "A-3,Adulta,18,\nA-4,Unknowna,,\n"


def take(house, text, *, by=IMPORTER, agency="NORTH", **options):
    stream = io.BytesIO(text.encode() if isinstance(text, str) else text)
    return importing.import_cases(by=by, into=house.teams[agency], stream=stream, **options)


def rules(outcome):
    return [(problem.line, problem.rule) for problem in outcome.problems]


def nothing_came():
    return (
        Child.objects.count(),
        Case.objects.count(),
        Sealed.objects.count(),
        ImportedRow.objects.count(),
    ) == (0, 0, 0, 0)


def test_good_rows_become_children_with_cases_and_coded_incidents(house):
    outcome = take(house, GOOD)
    assert (outcome.good, outcome.taken, rules(outcome)) == (2, 2, [])
    assert sorted(Incident.objects.values_list("form", "age")) == [("begging", 9), ("trafficking", 14)]
    assert {case.team_id for case in Case.objects.all()} == {house.teams["NORTH"].id}


def test_a_row_keeps_its_codes_and_seals_its_words(house):
    take(house, GOOD)
    row = ImportedRow.objects.get(coded__has_key="vic_TypeOfExploitation")
    assert row.coded == {"vic_AgeWhenTrafficked": "9", "vic_TypeOfExploitation": "ForcedBegging"}
    told = (
        repr(list(ImportedRow.objects.values()))
        + repr(list(Child.objects.values()))
        + repr(list(Event.objects.values()))
    )
    assert "Synthetica" not in told
    assert "A-1" not in told


def test_a_file_longer_than_a_batch_is_taken_whole_or_not_at_all(house, monkeypatch):
    monkeypatch.setattr(importing, "_AT_ONCE", 2)
    rows = "".join(f"B-{number},Fictiona,{number},\n" for number in range(5))
    with monkeypatch.context() as patch:
        kept, calls = importing._keep, []

        def full_at_the_second(*arguments):
            calls.append(1)
            if len(calls) == 2:
                raise OSError("disk full")
            kept(*arguments)

        patch.setattr(importing, "_keep", full_at_the_second)
        with pytest.raises(OSError, match="disk full"):
            take(house, GOOD + rows)
    assert nothing_came()
    assert take(house, GOOD + rows).taken == 7
    assert Case.objects.count() == Case.objects.values("child").distinct().count() == 7
    assert take(house, GOOD + rows).already_here == 7


def test_a_long_file_costs_few_statements(house, django_assert_max_num_queries):
    rows = "".join(f"B-{number},Fictiona,{number % 18},\n" for number in range(100))
    with django_assert_max_num_queries(70):  # however many rows; some read the code lists, once a process
        assert take(house, GOOD + rows).taken == 102


def test_an_adult_and_an_unknown_age_are_refused_and_then_nothing_is_taken(house):
    outcome = take(house, BAD)
    assert (outcome.taken, rules(outcome)) == (0, [(4, "adult_at_the_time"), (5, "age_unknown")])
    assert nothing_came()


def test_the_good_rows_are_taken_when_asked(house):
    outcome = take(house, BAD, keep_good=True)
    assert (outcome.taken, outcome.refused) == (2, {4, 5})
    assert Case.objects.count() == 2


def test_a_dry_run_writes_nothing(house):
    assert take(house, GOOD, dry_run=True).good == 2
    assert nothing_came()


def test_the_same_file_twice_makes_each_case_once(house):
    take(house, GOOD)
    again = take(house, GOOD)
    assert (again.good, again.already_here, again.taken) == (0, 2, 0)
    assert Case.objects.count() == 2


def test_another_agency_may_use_the_same_case_ids(house):
    take(house, GOOD)
    assert take(house, GOOD, agency="SOUTH").taken == 2


def test_a_row_that_changed_since_it_was_imported_is_refused(house):
    take(house, GOOD)
    assert rules(take(house, GOOD.replace("A-2,Fictiona,14", "A-2,Fictiona,13"))) == [(3, "changed_since")]


def test_of_two_rows_that_contradict_each_other_neither_is_taken(house):
    outcome = take(house, GOOD + "A-1,Other,10,\nA-2,Fictiona,14,\n", keep_good=True)
    assert (outcome.refused, outcome.copies, outcome.taken) == ({2, 4}, 1, 1)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (GOOD.replace("Fictiona", "Zoé").encode("latin-1"), "wrong_encoding"),
        (GOOD.replace("prs_FirstName", "prs_Nickname"), "unknown_column"),
        (GOOD + 'A-3,"never closed,9,\n', "broken_csv"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing_half_written(house, text, rule):
    with pytest.raises(FileRefused) as refused:
        take(house, text, keep_good=True)
    assert refused.value.problem.rule == rule
    assert nothing_came()


def test_an_embedded_picture_is_refused_and_nothing_of_it_is_kept(house, caplog):
    picture = "data:image/png;base64," + "QUJD" * 300
    outcome = take(house, GOOD + f'A-3,"{picture}",9,\n')
    assert rules(outcome) == [(4, "embedded_file")]
    assert "QUJD" not in repr(outcome) + caplog.text + repr(list(Event.objects.values()))
    assert nothing_came()


def test_a_supervisor_imports_into_their_own_team_and_nobody_else_does(house):
    supervisor = house.actor("supervisor", "NORTH")
    assert take(house, GOOD, by=supervisor).taken == 2
    for by in (
        house.actor("supervisor", "SOUTH"),
        house.actor("case_worker", "NORTH"),
        house.actor("administrator", "NORTH"),
    ):
        with pytest.raises(Refused):
            take(house, GOOD.replace("A-", "B-"), by=by)
    assert Case.objects.count() == 2


@pytest.fixture
def colleague(house):
    """A second supervisor of the northern team."""
    person = organisation.add_person(by=IMPORTER, username="second.supervisor", name="Demo second supervisor")
    organisation.give_post(
        by=IMPORTER,
        person=person,
        role="supervisor",
        agency=house.agencies["NORTH"],
        team=house.teams["NORTH"],
    )
    house.people["colleague", "NORTH"] = person
    return house.actor("colleague", "NORTH", fresh=True)


def asked(house):
    by = house.actor("supervisor", "NORTH", fresh=True)
    return by, exporting.request_export(by=by, agency=house.agencies["NORTH"], purpose="export")


def test_what_goes_in_comes_out_for_all_84_fields(house, colleague, tmp_path):
    row = full_row()
    assert len(row.values) == len(fields())
    text = io.StringIO(newline="")
    write([row], text)
    assert take(house, text.getvalue()).taken == 1
    take(house, GOOD, agency="SOUTH")  # noise: another agency's cases stay where they are
    by, request = asked(house)
    exporting.approve_export(by=colleague, request=request)
    assert exporting.write_export(by=by, request=request, out=tmp_path / "out.csv") == 1
    with (tmp_path / "out.csv").open("rb") as stream:
        assert [reading.row for reading in read(stream)] == [row]
    assert (tmp_path / "out.csv").stat().st_mode & 0o077 == 0


def test_an_export_needs_a_fresh_second_factor_and_a_purpose_of_the_list(house):
    with pytest.raises(Refused):
        exporting.request_export(
            by=house.actor("supervisor", "NORTH"), agency=house.agencies["NORTH"], purpose="export"
        )
    with pytest.raises(Invalid):
        exporting.request_export(
            by=house.actor("supervisor", "NORTH", fresh=True),
            agency=house.agencies["NORTH"],
            purpose="curiosity",
        )
    assert not ExportRequest.objects.exists()


def test_nobody_approves_their_own_export_nor_another_agencys(house, colleague):
    by, request = asked(house)
    for other in (
        by,
        house.actor("supervisor", "SOUTH", fresh=True),
        house.actor("administrator", "NORTH", fresh=True),
    ):
        with pytest.raises(Refused):
            exporting.approve_export(by=other, request=request)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportRequest.objects.filter(id=request.id).update(approved_by_id=by.id, approved_at=clock.now())
    assert exporting.approve_export(by=colleague, request=request).approved_by_id == colleague.id


def test_an_export_without_a_second_person_writes_nothing(house, tmp_path):
    take(house, GOOD)
    by, request = asked(house)
    with pytest.raises(Conflict):
        exporting.write_export(by=by, request=request, out=tmp_path / "out.csv")
    assert list(tmp_path.iterdir()) == []


def test_what_was_allowed_is_written_once_and_by_the_person_who_asked(house, colleague, tmp_path):
    take(house, GOOD)
    by, request = asked(house)
    exporting.approve_export(by=colleague, request=request)
    with pytest.raises(Refused):
        exporting.write_export(by=colleague, request=request, out=tmp_path / "theirs.csv")
    assert exporting.write_export(by=by, request=request, out=tmp_path / "one.csv") == 2
    with (tmp_path / "one.csv").open("rb") as stream:
        assert [reading.row.case_id for reading in read(stream)] == ["A-1", "A-2"]
    with pytest.raises(Conflict):
        exporting.write_export(by=by, request=request, out=tmp_path / "two.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["one.csv"]


def test_a_code_that_was_never_confirmed_leaves_in_no_file_and_its_row_is_named(house, colleague, tmp_path):
    take(house, GOOD)
    by, request = asked(house)
    exporting.approve_export(by=colleague, request=request)
    Term.objects.filter(edition__scheme="htcds_exploitation", code="ForcedBegging").update(verified=False)
    queries.forget()
    with pytest.raises(Invalid) as refused:
        exporting.write_export(by=by, request=request, out=tmp_path / "out.csv")
    queries.forget()
    row = ImportedRow.objects.select_related("case").get(coded__has_key="vic_TypeOfExploitation")
    assert f"Row 1, case {row.case.reference}: The code ForcedBegging" in refused.value.reason
    assert list(tmp_path.iterdir()) == []
    Term.objects.filter(edition__scheme="htcds_exploitation", code="ForcedBegging").update(verified=True)
    queries.forget()
    assert exporting.write_export(by=by, request=request, out=tmp_path / "out.csv") == 2  # nothing was used up


def run(*arguments: str, answers: str = ""):
    group = click.Group(commands={command.name: command for command in commands.commands})
    return CliRunner().invoke(group, list(arguments), input=answers)


def written(folder: Path, text: str) -> str:
    (folder / "in.csv").write_text(text, encoding="utf-8")
    return str(folder / "in.csv")


def test_the_command_reports_every_refused_row_and_why(house, tmp_path):
    report = tmp_path / "report.csv"
    result = run("import", "htcds", written(tmp_path, BAD), "--agency", "NORTH", "--report", str(report))
    assert result.exit_code == 1
    assert "Nothing was taken" in result.output
    rows = list(csv.DictReader(report.read_text(encoding="utf-8").splitlines()))
    assert [(row["line"], row["rule"]) for row in rows] == [("4", "adult_at_the_time"), ("5", "age_unknown")]
    assert "Adulta" not in report.read_text(encoding="utf-8") + result.output


def test_the_command_takes_the_good_rows_when_asked(house, tmp_path):
    result = run("import", "htcds", written(tmp_path, BAD), "--agency", "NORTH", "--keep-good")
    assert (result.exit_code, Case.objects.count()) == (0, 2)
    assert "2 refused, 2 taken" in result.output


def test_the_command_needs_one_team_to_import_into(house, tmp_path):
    result = run("import", "htcds", written(tmp_path, GOOD), "--agency", "NOWHERE")
    assert isinstance(result.exception, Invalid)
    assert nothing_came()


def test_a_person_is_asked_for_password_and_second_factor(house, tmp_path, monkeypatch):
    person = house.people["supervisor", "NORTH"]
    person.set_password("a long pass phrase")
    person.save()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    monkeypatch.setattr(Authenticator, "wrap", lambda _self: _Factor())
    arguments = ("import", "htcds", written(tmp_path, GOOD), "--by", person.username)
    assert isinstance(run(*arguments, answers="a long pass phrase\n000000\n").exception, Invalid)
    assert isinstance(run(*arguments, answers="wrong\n123456\n").exception, Invalid)
    assert nothing_came()
    assert run(*arguments, answers="a long pass phrase\n123456\n").exit_code == 0
    assert Event.objects.get(verb="import:taken").actor == person.id
    asked_for = run("export", "htcds", "--out", str(tmp_path / "o.csv"), "--purpose", "export", "--by", person.username,
                    answers="a long pass phrase\n123456\n")  # fmt: skip
    assert ExportRequest.objects.get().reference in asked_for.output
    assert not (tmp_path / "o.csv").exists()


class _Factor:
    def validate_code(self, code: str) -> bool:
        return code == "123456"
