"""Records without names: what leaves, what is refused, and how far an attack without the secret gets (C1)."""

from collections import Counter

import pytest
from bench import worlds

from amparo.common.errors import Invalid
from amparo.methods.linkage import encoding, reading
from amparo.methods.linkage.comparisons import levels
from amparo.methods.linkage.names import parts
from tests.methods.linkage.people import child

KEY = encoding.secret(bytes.fromhex("00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef"))
OTHER = encoding.secret(b"another secret of the tests, 0123456789 abcdef")


def write(path, people, key):
    import csv

    with path.open("w", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(encoding.COLUMNS)
        writer.writerows(encoding.row(one, key) for one in people)
    return path


def test_no_word_of_the_record_leaves():
    text = " ".join(encoding.row(child(national_id="N-998877"), KEY)).lower()
    for word in ("testina", "samplo", "examplia", "false", "12345678", "998877", "tstn", "2014-03-09"):
        assert word not in text


def test_what_stays_readable_is_the_year_the_sex_the_nationality_and_the_agency():
    found = encoding.encoded(child(), KEY)
    assert (found.sex, found.agency, found.nationality) == ("F", "one", "XXA")
    assert 2014 in found.birth.years
    assert found.birth.last - found.birth.first == 364


def test_encoded_records_agree_where_clear_ones_do():
    same = [encoding.encoded(child(record_id=each), KEY) for each in ("A1", "A2")]
    assert all(level != 0 for level in levels(*same))
    swapped = encoding.encoded(child(date_of_birth="2014-09-03"), KEY)
    assert levels(same[0], swapped)[2] == levels(child(), child(date_of_birth="2014-09-03"))[2]
    assert levels(same[0], encoding.encoded(child(given_name="Gulnara"), KEY))[0] == 0


def test_two_secrets_share_no_token():
    one, two = (set(" ".join(encoding.row(child(), key)[1:]).split()) for key in (KEY, OTHER))
    assert not {each for each in one & two if len(each) == 16}


def test_the_same_word_as_a_place_and_as_a_name_has_two_tokens():
    found = encoding.encoded(child(given_name="Falsegrad"), KEY)
    assert found.settlement not in found.given_keys


@pytest.mark.parametrize("weak", [b"", b"secret", b"a" * 64, b"abababababababababababababababababababab"])
def test_a_secret_that_could_be_guessed_is_refused(weak):
    with pytest.raises(Invalid):
        encoding.secret(weak)


def test_an_encoding_is_read_back_whole(tmp_path):
    people = [child(record_id=each) for each in ("A1", "A2")]
    found = list(reading.people([write(tmp_path / "e.csv", people, KEY)], reading.Reader()))
    assert found == [encoding.encoded(one, KEY) for one in people]


def refused(paths, **how):
    with pytest.raises(Invalid) as wrong:
        list(reading.people(paths, reading.Reader(), **how))
    return next(iter(wrong.value.fields.values()))


def test_encodings_of_two_secrets_are_refused_not_silently_unmatched(tmp_path):
    one, two = write(tmp_path / "1.csv", [child()], KEY), write(tmp_path / "2.csv", [child(record_id="B1")], OTHER)
    assert refused([one, two]) == "These files were encoded with different secrets; they cannot be linked."
    both = tmp_path / "both.csv"
    both.write_text(one.read_text() + two.read_text().split("\n", 1)[1])
    assert refused([both]) == "both.csv: its rows were encoded with different secrets."
    secret = tmp_path / "secret"
    secret.write_bytes(OTHER)
    assert "another secret" in refused([one], secret=secret)


def test_a_clear_file_meets_an_encoded_one_only_with_the_secret(tmp_path):
    encoded = write(tmp_path / "e.csv", [child()], KEY)
    clear = tmp_path / "clear.csv"
    clear.write_text("record_id,given_name,family_name,date_of_birth\nB1,Testina,Samplova,2014-03-09\n")
    assert "some are clear" in refused([clear, encoded])
    secret = tmp_path / "secret"
    secret.write_bytes(KEY)
    one, two = reading.people([clear, encoded], reading.Reader(), secret=secret)
    assert one.given == two.given
    assert one.birth.day == two.birth.day


def test_a_damaged_or_foreign_encoding_is_refused(tmp_path):
    good = write(tmp_path / "e.csv", [child()], KEY).read_text()
    for name, text in (
        ("shape", good.replace("amparo-tokens-1", "amparo-tokens-9")),
        ("cut", good.replace(" - ", " x ")),
    ):
        (tmp_path / f"{name}.csv").write_text(text.replace("amparo-tokens-1:", "amparo-tokens-1:"))
        if text != good:
            assert refused([tmp_path / f"{name}.csv"])


def attacked(tmp_path, dictionary_seed):
    """The shares of names and of records that somebody names who holds all tokens of the given names and a clear list of
    names, and orders both by how often they occur."""
    for seed in {31, dictionary_seed}:
        worlds.build(tmp_path / str(seed), host="latin", children=1500, seed=seed, queries=1)
    clear, listed = (
        {
            one.id: one.given_keys[0]
            for one in reading.people([tmp_path / str(seed) / "records.csv"], reading.Reader())
            if one.given_keys
        }
        for seed in (31, dictionary_seed)
    )
    tokens = {id: encoding._token(KEY, "name", name) for id, name in clear.items()}
    guess = dict(zip(_by_share(tokens.values()), _by_share(listed.values()), strict=False))
    right = [id for id, token in tokens.items() if guess.get(token) == clear[id]]
    return len({clear[id] for id in right}) / len(set(clear.values())), len(right) / len(clear)


# `docs/explanation/linking-without-names.md` states the bounds that are held here.
def test_who_knows_the_clear_names_of_the_very_same_records_names_half_of_them_at_most(tmp_path):
    names, records = attacked(tmp_path, 31)
    assert names < 0.25
    assert records < 0.5


def test_who_knows_how_common_names_are_elsewhere_names_a_quarter_of_the_records_at_most(tmp_path):
    names, records = attacked(tmp_path, 32)
    assert names < 0.1
    assert records < 0.25


def test_a_dictionary_without_the_secret_meets_no_token():
    words = [
        reading
        for name in ("Testina", "Samplova", "Examplia", "Samplo")
        for each in parts(name)
        for reading in each.readings
    ]
    guessed = {encoding._token(OTHER, "name", word) for word in words}
    assert not guessed & set(" ".join(encoding.row(child(), KEY)).split())


def _by_share(values):
    return [value for value, _ in sorted(Counter(values).items(), key=lambda each: (-each[1], each[0]))]
