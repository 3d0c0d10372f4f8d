"""A file of the Human Trafficking Case Data Standard: read, refused with a reason, written back (C1, W1, X3)."""

import io
import string
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.interfaces.exchange.htcds import age, safety
from amparo.interfaces.exchange.htcds.problems import FileRefused
from amparo.interfaces.exchange.htcds.reader import Row, read
from amparo.interfaces.exchange.htcds.standard import countries, fields, languages
from amparo.interfaces.exchange.htcds.writer import write

SECRET = "Synthetica"


def readings(text: str | bytes):
    return list(read(io.BytesIO(text.encode() if isinstance(text, str) else text)))


def refusal(text: str | bytes):
    with pytest.raises(FileRefused) as refused:
        readings(text)
    return refused.value


def only(field: str, cell: str):
    cell = '"' + cell.replace('"', '""') + '"'
    [reading] = readings(f"case_id,{field}\nA-1,{cell}\n")
    return reading


def value(field: str, cell: str):
    reading = only(field, cell)
    assert reading.problems == ()
    return reading.row.values[field]


def rule(field: str, cell: str) -> str:
    [problem] = only(field, cell).problems
    assert (problem.line, problem.field) == (2, field)
    assert cell not in problem.message
    return problem.rule


def test_the_standard_has_84_fields_and_182_values():
    assert (len(fields()), sum(len(field.values) for field in fields().values())) == (84, 182)


def test_names_contacts_words_and_exact_places_are_personal_and_codes_are_not():
    vault = {name for name, field in fields().items() if field.personal == "vault"}
    assert {
        "prs_FirstName",
        "prs_Birthdate",
        "prs_MobilePhone",
        "prs_MailingLatitude",
        "cco_CaseComment",
    } <= vault
    assert {field.kind for field in fields().values() if field.personal == "fact"}.isdisjoint({"text", "degrees"})


def test_the_code_lists_hold_two_and_three_letters_of_each_country_and_the_languages():
    assert (len(countries()), {"FR", "FRA"} <= countries(), {"fre", "fra", "ara"} <= languages()) == (
        498,
        True,
        True,
    )


def test_a_mark_at_the_start_and_semicolons_are_read():
    [reading] = readings(b"\xef\xbb\xbfcase_id;prs_Gender\nA-1;Feminine\n")
    assert reading.row == Row("A-1", {"prs_Gender": "Feminine"})


def test_a_wrong_encoding_is_refused_with_line_and_byte():
    refused = refusal("case_id,prs_FirstName\nA-1,Zoé\n".encode("latin-1"))
    assert (refused.problem.rule, refused.problem.line) == ("wrong_encoding", 2)
    assert "Byte 29 " in refused.reason


def test_utf_16_is_refused_by_its_name():
    assert "UTF-16" in refusal("case_id,prs_FirstName\n".encode("utf-16")).reason


@pytest.mark.parametrize("start", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"%PDF-1.7", b"GIF89a"])
def test_a_picture_or_a_spreadsheet_in_place_of_a_file_is_refused(start):
    assert refusal(start + b"\n" * 40).problem.rule == "not_a_text_file"


def test_unknown_columns_are_named():
    refused = refusal("case_id,prs_Nickname,prs_Gender\n")
    assert (refused.problem.rule, refused.problem.field) == ("unknown_column", "prs_Nickname")


def test_a_header_that_may_be_a_person_is_not_repeated():
    refused = refusal(f"case_id,{SECRET} Child\n")
    assert "column 2" in refused.reason
    assert SECRET not in refused.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "empty_file"),
        (f"{SECRET},Child\n", "no_header"),
        ("case_id,prs_Gender,prs_Gender\n", "column_twice"),
        ("prs_Gender\nFeminine\n", "no_case_id"),
        ('case_id,prs_Title\nA-1,"never closed\n', "broken_csv"),
        (f'case_id,prs_Title\nA-1,"{"long " * 40_000}"\n', "broken_csv"),
    ],
)
def test_a_file_that_is_no_file_of_the_standard_is_refused_whole(text, expected):
    assert refusal(text).problem.rule == expected


def test_rows_longer_or_shorter_than_the_header_are_told_by_line():
    found = readings("case_id,prs_Gender\nA-1\nA-2,Feminine,x\nA-3,Feminine\n")
    assert [[problem.rule for problem in reading.problems] for reading in found] == [
        ["row_too_short"],
        ["row_too_long"],
        [],
    ]
    assert found[2].line == 4


def test_a_row_over_several_lines_is_known_by_its_first():
    found = readings('case_id,cco_CaseComment\nA-1,"one\ntwo\nthree"\nA-2,x\n')
    assert [reading.line for reading in found] == [2, 5]


def test_the_same_id_twice_is_a_copy_or_a_contradiction():
    found = readings(
        "case_id,vic_MethodsOfControl\nA-1,DebtBondage;Other\nA-1,DebtBondage|Other\nA-1,Other\nA-2,Other\n"
    )
    assert [(reading.repeats, [problem.rule for problem in reading.problems]) for reading in found] == [
        (0, []), (2, []), (0, ["case_id_twice"]), (0, []),
    ]  # fmt: skip


def test_a_missing_case_id_is_a_problem_of_its_row():
    [reading] = readings("case_id,prs_Gender\n ,Feminine\n")
    assert reading.problems[0].rule == "case_id_missing"


@pytest.mark.parametrize(
    "cell",
    ["DebtBondage;FalsePromises", "DebtBondage | FalsePromises", "DebtBondage, FalsePromises", "DebtBondage FalsePromises",
     "Debt bondage; false promises", "DebtBondage;FalsePromises;DebtBondage;", "DebtBondage\nFalsePromises"],
)  # fmt: skip
def test_several_values_are_read_however_people_join_them(cell):
    assert value("vic_MethodsOfControl", cell) == ("DebtBondage", "FalsePromises")


def test_the_misspelt_value_of_the_standard_survives_and_the_right_spelling_is_unknown():
    assert value("vic_RelationshipToTrafficker", "Unaquainted") == "Unaquainted"
    assert rule("vic_RelationshipToTrafficker", "Unacquainted") == "not_in_list"


@pytest.mark.parametrize(
    ("field", "cell", "expected"),
    [
        ("prs_Deceased", "YES", True), ("prs_Deceased", "0", False), ("con_Consent", "false", False), ("con_Consent", "1", True),
        ("prs_Birthdate", "2012-02-29", date(2012, 2, 29)), ("prs_Citizenship", "fr; DEU", ("FR", "DEU")),
        ("prs_MailingCountry", "ken", "KEN"), ("prs_PrimaryLanguage", "FRA", "fra"), ("prs_SecondaryLanguage", "qaa", "qaa"),
        ("vic_AgeWhenTrafficked", "15", 15), ("hte_Latitude", "-12.50", Decimal("-12.50")),
        ("prs_FirstName", "'=SUM(A1)", "=SUM(A1)"), ("prs_FirstName", "=SUM(A1)", "=SUM(A1)"), ("prs_FirstName", "'Ohana", "'Ohana"),
    ],
)  # fmt: skip
def test_a_cell_becomes_a_value(field, cell, expected):
    assert value(field, cell) == expected


@pytest.mark.parametrize(
    ("field", "cell", "expected"),
    [
        ("prs_Deceased", "perhaps", "not_a_checkbox"), ("prs_Birthdate", "2013-02-29", "not_a_date"),
        ("prs_Birthdate", "03/04/2012", "not_a_date"), ("prs_Birthdate", "20120101", "not_a_date"),
        ("prs_Citizenship", "FR;Atlantis", "not_a_country"), ("prs_PrimaryLanguage", "fr", "not_a_language"),
        ("vic_AgeWhenTrafficked", "-1", "not_a_number"), ("vic_AgeWhenTrafficked", "١٥", "not_a_number"),
        ("hte_Latitude", "90.1", "not_degrees"), ("hte_Longitude", "12,5", "not_degrees"), ("prs_Gender", "Purple", "not_in_list"),
        ("prs_FirstName", "a\x00b", "nul"), ("prs_FirstName", "a\u202eb", "direction_control"),
        ("prs_FirstName", "a\x07b", "control_character"), ("cco_CaseComment", "word " * 5000, "cell_too_long"),
        ("cco_CaseComment", "see data:image/png;base64,iVBORw0", "embedded_file"),
        ("cco_CaseComment", "A" * 513, "embedded_file"), ("cco_CaseComment", "\n".join(["QUJD" * 19] * 10), "embedded_file"),
        ("cco_CaseComment", "iVBORw0KGgoAAAANSUhEUg", "embedded_file"), ("prs_Gender", "data:text/plain,x", "embedded_file"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_refused_by_its_rule_and_never_repeated(field, cell, expected):
    assert rule(field, cell) == expected


def test_a_long_word_at_the_limit_and_right_to_left_marks_are_taken():
    assert value("cco_CaseComment", "A" * 512) == "A" * 512
    assert value("prs_FirstName", "مثال\u200f") == "مثال\u200f"


def test_a_file_in_a_cell_leaves_no_trace_in_what_is_said(caplog):
    reading = only("cco_CaseComment", f"data:image/png;base64,{SECRET * 200}")
    assert SECRET not in repr(reading) + caplog.text
    assert reading.row is None


def test_a_half_character_cannot_be_written():
    with pytest.raises(Exception, match="half of a character"):
        write([Row("A-1", {"prs_FirstName": "\ud800"})], io.StringIO())


@given(st.text(max_size=12, alphabet="'=+-@\t\r＝ab"))
def test_guarding_a_formula_can_always_be_undone(text):
    assert safety.unguard(safety.guard(text)) == text
    assert not safety.guard(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


LETTERS = st.text(alphabet=string.ascii_letters + "'=+-@;,|\"\n\t éМ中ع😀", min_size=1, max_size=30).filter(
    lambda text: not text.isspace() and not safety.looks_like_a_file(text)
)
CELLS = {
    "text": lambda _: LETTERS,
    "one": lambda field: st.sampled_from(field.values),
    "many": lambda field: st.lists(st.sampled_from(field.values), min_size=1, unique=True).map(tuple),
    "date": lambda _: st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    "checkbox": lambda _: st.booleans(),
    "whole": lambda _: st.integers(0, 999),
    "degrees": lambda _: st.decimals(-90, 90, places=6),
    "country": lambda _: st.sampled_from(sorted(countries())),
    "countries": lambda _: st.lists(st.sampled_from(sorted(countries())), min_size=1, unique=True).map(tuple),
    "language": lambda _: st.sampled_from(sorted(languages())),
}
VALUES = st.fixed_dictionaries({}, optional={name: CELLS[field.kind](field) for name, field in fields().items()})
ROWS = st.lists(
    st.builds(Row, st.from_regex(r"[=+@A-Z][A-Z0-9-]{0,12}", fullmatch=True), VALUES),
    max_size=4, unique_by=lambda row: row.case_id,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_what_goes_out_comes_in_again_for_all_fields(rows):
    out = io.StringIO(newline="")
    assert write(rows, out) == len(rows)
    assert [reading.row for reading in readings(out.getvalue())] == rows


@given(VALUES.filter(bool))
@settings(max_examples=40, deadline=None)
def test_no_text_cell_of_a_file_starts_like_a_formula(values):
    import csv

    out = io.StringIO(newline="")
    write([Row("A-1", values)], out)
    [header, cells] = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    texts = [
        cell for name, cell in zip(header, cells, strict=True) if name in fields() and fields()[name].kind == "text"
    ]
    assert not [cell for cell in texts if cell.startswith(("=", "+", "-", "@", "\t"))]


TODAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"vic_AgeWhenTrafficked": 17}, None),
        ({"vic_AgeWhenTrafficked": 18}, "adult_at_the_time"),
        ({}, "age_unknown"),
        ({"prs_Birthdate": date(2000, 5, 2), "hte_Date": date(2018, 5, 1)}, None),
        ({"prs_Birthdate": date(2000, 5, 2), "hte_Date": date(2018, 5, 2)}, "adult_at_the_time"),
        ({"prs_Birthdate": date(2000, 5, 2)}, "age_unknown"),
        ({"prs_Birthdate": date(2000, 5, 2), "cas_IncomingReferralDate": date(2018, 5, 1)}, None),
        ({"prs_Birthdate": date(2008, 7, 1)}, None),
        ({"prs_Birthdate": date(2027, 1, 1)}, "date_to_come"),
        ({"hte_Date": date(2026, 7, 1), "vic_AgeWhenTrafficked": 9}, "date_to_come"),
        ({"prs_Birthdate": date(2015, 1, 1), "hte_Date": date(2014, 12, 31)}, "before_birth"),
        (
            {"prs_Birthdate": date(2010, 1, 1), "hte_Date": date(2020, 1, 1), "vic_AgeWhenTrafficked": 12},
            "ages_disagree",
        ),
        (
            {"prs_Birthdate": date(2010, 1, 1), "hte_Date": date(2020, 1, 1), "vic_AgeWhenTrafficked": 11},
            None,
        ),
    ],
)
def test_only_a_child_at_the_time_is_taken_and_an_unknown_age_says_so(values, expected):
    problem = age.age_problem(Row("A-1", values, line=7), today=TODAY)
    assert (problem and problem.rule) == expected
    assert problem is None or problem.line == 7
