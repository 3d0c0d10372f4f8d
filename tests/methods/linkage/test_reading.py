"""Records from files of any shape: each mistake is named, and no value is repeated."""

import pytest

from amparo.common.errors import Invalid
from amparo.methods.linkage.reading import Reader, everybody, people, truth


@pytest.fixture
def file(tmp_path):
    def write(text, name="a.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return path

    return write


def reason(paths, reader=None, **how):
    with pytest.raises(Invalid) as wrong:
        list(everybody(paths, reader or Reader(), **how))
    return next(iter(wrong.value.fields.values()))


def test_the_known_columns_and_their_other_names_are_found(file):
    path = file("ID,First_Name,surname,dob\n1,Testina,Samplova,2014-03-09\n")
    (found,) = everybody([path], Reader())
    assert found == {
        "record_id": "1", "given_name": "Testina", "family_name": "Samplova", "date_of_birth": "2014-03-09", "agency": "a",
    }  # fmt: skip


def test_a_column_may_be_named(file):
    path = file("Nummer,Rufname\n1,Testina\n")
    (found,) = everybody([path], Reader({"record_id": "Nummer", "given_name": "rufname"}))
    assert found["given_name"] == "Testina"


def test_two_files_with_the_same_ids_are_refused_or_told_apart(file):
    paths = [file("record_id,given_name\n1,Testina\n", "a.csv"), file("record_id,given_name\n1,Other\n", "b.csv")]
    assert reason(paths) == "a.csv and b.csv use the same ids; --prefix-ids tells them apart."
    assert [row["record_id"] for row in everybody(paths, Reader(), prefix=True)] == ["a:1", "b:1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("record_id,given_name\n1,Testina\n1,Other\n", "a.csv: an id stands in two rows (row 2 of all)."),
        ("record_id,given_name\n,Testina\n", "a.csv: line 2 has no id."),
        ("record_id,given_name,sex\n1,Testina,F\n2,Other\n", "a.csv: line 3 has fewer columns than the first line."),
        ("record_id,sex\n1,F\n", "a.csv: no column holds a name; say which one does, e.g. --column given_name=FORENAME."),
        ("given_name\nTestina\n", "a.csv: no column is named record_id; say which one is, e.g. --column record_id=NUMBER."),
        ("record_id,given_name,given_name\n1,a,b\n", "a.csv: two columns are named given_name."),
        ("", "a.csv: no column is named record_id; say which one is, e.g. --column record_id=NUMBER."),
        ("record_id,given_name\n1,a\0b\n", "a.csv: line 2 holds a null character: this is no CSV, or of another encoding."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(file, text, expected):
    assert reason([file(text)]) == expected


def test_mixed_encodings_are_refused_by_name_and_another_encoding_may_be_given(file):
    mixed = "record_id,given_name\n1,José\n".encode() + "2,José\n".encode("latin-1")
    assert "it is not utf-8; save it as UTF-8, or name its --encoding." in reason([file(mixed)])
    latin = file("record_id,given_name\n1,José\n", encoding="latin-1")
    assert [row["given_name"] for row in everybody([latin], Reader(letters="latin-1"))] == ["José"]


def test_what_is_odd_is_told_without_any_value(file):
    path = file("record_id,given_name,sex,date_of_birth\n1,Testina,,2999-01-02\n2,,,2014-03-09\n")
    reader = Reader()
    assert len(list(people([path], reader))) == 2
    assert list(reader.told()) == [
        "The column sex is empty in every row; nothing is compared by it.",
        "1 birth dates lie in the future; they are taken as not known.",
        "1 rows have no name at all; they can be met by a number or a phone only.",
    ]


def test_dates_in_three_formats_are_the_same_day(file):
    rows = "1,Testina,2014-03-25\n2,Testina,25/03/2014\n3,Testina,25.3.2014\n"
    found = people([file("record_id,given_name,date_of_birth\n" + rows)], Reader())
    assert len({one.birth.day for one in found}) == 1


def test_a_truth_needs_its_two_columns(file):
    with pytest.raises(Invalid):
        truth(file("record_id,person\n1,2\n"))
