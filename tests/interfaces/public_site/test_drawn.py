"""What costs work is drawn once, few at a time, and says with its title what it is (M6, X1)."""

import io
import re
import zipfile

import pytest
from django.conf import settings
from django.test import Client

from amparo.interfaces.public_site import drawn, monitor_pictures
from amparo.monitoring.documents import picture
from tests.monitoring.build import answered, for_a_module, lumeria, treaties

pytestmark = pytest.mark.django_db(databases="__all__")
MAP = "/states/by/treaty/OPSC/map.png"
REPORT = "/states/NOR/report.pdf"


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker):
    with for_a_module(django_db_blocker, treaties):
        yield


@pytest.fixture
def client(known, db, monkeypatch) -> Client:
    monkeypatch.setattr(drawn, "_kept", drawn.OrderedDict())
    monkeypatch.setattr(drawn, "buckets", drawn.Buckets())
    return Client(headers={"host": settings.PUBLIC_HOST})


@pytest.fixture
def count(monkeypatch) -> list[str]:
    """How often something was drawn."""
    made: list[str] = []
    for name in ("pdf", "docx", "picture"):
        monkeypatch.setattr(monitor_pictures, name, lambda *_given, name=name: made.append(name) or b"drawn")
    return made


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("what", ["map", "wave"])
def test_a_map_and_a_wave_are_pictures_in_each_script(client, what, form, start, language):
    answer = client.get(f"/states/by/treaty/OPSC/{what}.{form}", {"lang": language})
    assert (answer.status_code, answer.content[: len(start)]) == (200, start)
    assert answer["Content-Disposition"].endswith(f'.{form}"')


def test_the_picture_alone_says_what_it_is_of_when_and_what_it_does_not_say(client, monkeypatch):
    sheets = []
    monkeypatch.setattr(monitor_pictures, "picture", lambda sheet, _form: sheets.append(sheet) or b"")
    client.get(MAP, {"on": "2022-08-31"})
    svg = picture.whole(sheets[0])
    said = re.sub(r"<[^>]+>", " ", re.sub(r"<title>.*?</title>", "", svg))
    for words in ("Optional Protocol", "As of 2022-08-31", "party: 178", "not a no", "acceptance", "Natural Earth"):
        assert words in re.sub(r"\s+", " ", said)
    assert "<style>" in svg
    assert svg.count("<svg") == 2


@pytest.mark.parametrize(("words", "most", "found"), [
    ("one two three", 6.0, ["one two", "three"]), ("世界地图已批准", 3.0, ["世界地", "图已批", "准"]), ("short", 99.0, ["short"]),
])  # fmt: skip
def test_a_sentence_is_broken_at_blanks_and_between_signs_of_chinese(words, most, found):
    assert list(picture.lines(words, most)) == found


@pytest.mark.parametrize("path", [MAP, REPORT, "/states/NOR/report.docx"])
def test_the_same_is_drawn_once_and_another_day_or_language_anew(client, count, path):
    for _again in range(3):
        assert client.get(path).content == b"drawn"
    assert len(count) == 1
    client.get(path, {"on": "2000-01-01"})
    client.get(path, {"lang": "fr"})
    assert len(count) == 3


def test_what_was_learned_since_is_drawn_anew(client, count, house):
    state = lumeria()
    client.get(f"/states/{state.iso3}/report.pdf")
    answered(house, state, "L01", "met")
    client.get(f"/states/{state.iso3}/report.pdf")
    assert len(count) == 2


def test_one_network_has_so_many_drawn_and_whatever_is_drawn_already_costs_nothing(client, count, monkeypatch):
    monkeypatch.setattr(settings, "PUBLIC_DRAWN_AN_HOUR", 1)
    monkeypatch.setattr(settings, "PUBLIC_DRAWN_BURST", 2)
    answers = [client.get(MAP, {"on": f"2001-01-0{day}"}).status_code for day in (1, 2, 3, 4, 1)]
    assert answers == [200, 200, 429, 429, 200]
    assert len(count) == 2
    assert client.get(MAP, {"on": "2001-01-03"}, REMOTE_ADDR="198.51.100.7").status_code == 200
    told = client.get(REPORT)
    assert (told.status_code, "try again in an hour" in told.text) == (429, True)


def test_behind_a_proxy_the_last_address_forwarded_counts(client, count, monkeypatch):
    for name, value in (("DRAWN_AN_HOUR", 1), ("DRAWN_BURST", 1), ("BEHIND_PROXY", True)):
        monkeypatch.setattr(settings, f"PUBLIC_{name}", value)
    from_ = [("2001-01-01", "192.0.2.1"), ("2001-01-02", "192.0.2.1"), ("2001-01-03", "192.0.2.1, 198.51.100.7")]
    told = [client.get(MAP, {"on": day}, headers={"x-forwarded-for": who}).status_code for day, who in from_]
    assert told == [200, 429, 200]


def test_what_is_kept_has_an_end(client, count, monkeypatch):
    monkeypatch.setattr(drawn, "ROOM", 12)
    for day in ("2001-01-01", "2001-01-02", "2001-01-03"):
        client.get(MAP, {"on": day})
    assert sum(map(len, drawn._kept.values())) <= 12
    assert len(drawn._kept) == 2


def test_nothing_at_all_is_limited_where_that_is_set(client, count, monkeypatch):
    monkeypatch.setattr(settings, "PUBLIC_DRAWN_AN_HOUR", 0)
    assert {client.get(MAP, {"on": f"2001-01-{day:02}"}).status_code for day in range(1, 29)} == {200}


@pytest.mark.parametrize("path", [
    "/states/by/question/L01/wave.png", "/states/by/treaty/NONE/map.png", "/states/NOR/series/CYBERTIPLINE.png",
    "/states/QQQ/report.pdf", "/states/by/treaty/OPSC/map.gif",
])  # fmt: skip
def test_what_is_not_there_is_not_drawn(client, count, path):
    assert client.get(path).status_code == 404
    assert count == []


def test_the_real_report_is_a_document(client):
    assert client.get(REPORT).content.startswith(b"%PDF")
    assert zipfile.ZipFile(io.BytesIO(client.get("/states/NOR/report.docx").content)).testzip() is None
