"""The vocabulary on the public site: stable addresses, honest marks, files that load again (W1)."""

import html
import json
import re

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amparo.common.types import OPERATOR
from amparo.interfaces.public_site import skos
from amparo.vocabulary import actions, files, queries
from amparo.vocabulary.models import Edition, Term

pytestmark = pytest.mark.django_db(databases="__all__")
PAGES = ["", "form/", "form/grooming/", "form/list.csv", "form/list.json", "form/list.ttl", "?q=grooming"]


@pytest.fixture
def client(house) -> Client:
    return Client(headers={"host": settings.PUBLIC_HOST})


def test_every_list_stands_on_the_first_page(client):
    page = client.get("/vocabulary/")
    assert all(f'href="/vocabulary/{scheme}/"' in page.text for scheme in queries.schemes())


def test_a_term_says_its_words_in_six_languages_and_that_they_are_drafts(client):
    page = client.get("/vocabulary/form/grooming/").text
    for language, words in queries.history("form", "grooming")[0].labels.items():
        assert f'<bdi lang="{language}">{words}</bdi>' in page
    assert "draft" in page
    assert 'href="/vocabulary/form/online/"' in page
    assert "/vocabulary/icvac/3/" in page
    assert "no equivalent" in page
    assert "para 26" in page


def test_an_official_wording_is_shown_apart_from_the_preferred(client):
    term = Term.objects.exclude(official="").select_related("edition").first()
    page = client.get(f"/vocabulary/{term.edition.scheme}/{term.code}/").text
    assert "Official wording" in page
    assert term.official in page


def test_every_target_of_every_crosswalk_has_its_page(client):
    for row in {(row.scheme, row.target) for row in queries.equivalents("form") if row.target}:
        assert client.get("/vocabulary/{}/{}/".format(*row)).status_code == 200, row


def test_terms_are_found_by_words_in_the_readers_language_or_by_code(client):
    assert "/vocabulary/form/grooming/" in client.get("/vocabulary/?q=GROOM").text
    assert "/vocabulary/form/child_marriage/" in client.get("/vocabulary/?q=mariage+enfant&lang=fr").text
    assert "No term has these words" in client.get("/vocabulary/?q=zzzzz").text


@pytest.mark.parametrize("asked", ["%00", "%F0%9F", "x" * 5000, "<script>alert(1)</script>", "' OR 1=1 --", "%20"])
def test_whatever_is_looked_for_is_harmless(client, asked):
    page = client.get(f"/vocabulary/?q={asked}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize(
    "path", ["nonsense/", "form/nonsense/", "form/list.exe", "nonsense/list.csv", "form/%00/", "%3Cscript%3E/"]
)
def test_what_is_not_there_is_not_there(client, path):
    assert client.get(f"/vocabulary/{path}").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_no_cookie_little_asked_and_the_same_for_everybody(client, path):
    client.get(f"/vocabulary/{path}")  # the lists are read once a process
    with CaptureQueriesContext(connections["default"]) as asked:
        page = client.get(f"/vocabulary/{path}")
    assert (page.status_code, page["Cache-Control"]) == (200, "public, max-age=300")
    assert not page.cookies
    assert len(asked) <= 3
    assert "default-src 'none'" in page["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["fr", "es", "ar", "ru", "zh-hans"])
def test_a_page_speaks_the_readers_language(client, language):
    page = client.get(f"/vocabulary/form/grooming/?lang={language}")
    assert queries.label("form", "grooming", language) in page.text
    assert "In six languages" not in page.text
    assert f"/vocabulary/form/?lang={language}" in page.text


@pytest.mark.parametrize("scheme", ["form", "iccs", "offence", "country"])
def test_the_csv_of_a_list_loads_again_with_the_same_rows(client, scheme, tmp_path):
    file = tmp_path / f"{scheme}.csv"
    file.write_bytes(client.get(f"/vocabulary/{scheme}/list.csv").content)
    again = files.read(file, edition="x", title="", source="")
    shipped = next(each for each in files.shipped() if each.scheme == scheme)
    assert again.rows == shipped.rows


def test_the_json_of_a_list_tells_equivalents_and_the_want_of_them(client):
    told = json.loads(client.get("/vocabulary/form/list.json").content)
    grooming = next(term for term in told["terms"] if term["code"] == "grooming")
    assert grooming["address"].endswith("/vocabulary/form/grooming/")
    assert grooming["elsewhere"]["icvac"] == ["3"]
    assert grooming["elsewhere"]["sdg_series"] == []


TRIPLE = re.compile(
    r'^(?P<what>a|[a-z]+:[A-Za-z]+) (?P<value>skos:\w+|<[^<>"{}|^`\\\s]+>|"(?:[^"\\\n]|\\[\\"nrt])*"(?:@[a-z]{2})?)$'
)


def parsed(text: str) -> dict[str, list[tuple[str, str]]]:
    """Turtle as this product writes it: each subject with its statements, every line held to the grammar."""
    head, *blocks = text.strip().split("\n\n")
    assert all(re.fullmatch(r"@prefix \w+: <[^>]+> \.", line) for line in head.splitlines())
    found = {}
    for block in blocks:
        subject, rest = block.strip().split(" ", 1)
        assert rest.endswith(" ."), block
        lines = [TRIPLE.match(line.strip()) for line in rest.removesuffix(" .").split(" ;\n")]
        assert all(lines), block
        found[subject] = [(line["what"], line["value"]) for line in lines]
    return found


@pytest.mark.parametrize("scheme", ["form", "iccs", "gbvims_type", "how", "consideration", "offence"])
def test_the_skos_of_a_list_is_whole(client, scheme):
    root = f"http://{settings.PUBLIC_HOST}/vocabulary/"
    concepts = parsed(client.get(f"/vocabulary/{scheme}/list.ttl").text)
    about = concepts.pop(f"<{root}{scheme}/>")
    assert ("a", "skos:ConceptScheme") in about
    terms = {f"<{skos.address(root, scheme, term.code)}>": term for term in queries.terms_of(scheme)}
    assert set(concepts) == set(terms)
    for iri, told in concepts.items():
        assert len([value for what, value in told if what == "skos:prefLabel"]) == len(terms[iri].labels)
        broader = [value for what, value in told if what == "skos:broader"]
        assert set(broader) <= set(concepts)
        assert bool(broader) == bool(terms[iri].parent)


def test_quotes_and_line_ends_cannot_leave_a_turtle_string():
    term = Term(code='a"b', labels={"en": 'x" . <y> a "z'}, definition="one\ntwo\\", source="", status="ok")
    text = skos.turtle(Edition(scheme="s p", edition="1", title="t", source=""), [term], [], "http://x/v/")
    told = parsed(text)["<http://x/v/s%20p/a%22b/>"]
    assert ("skos:prefLabel", '"x\\" . <y> a \\"z"@en') in told


def test_a_dropped_code_keeps_its_page_and_says_so(client, tmp_path):
    header = ",".join(files.HEADER)
    row = ",,1,Word.,made up,Word,Mot,Palabra,كلمة,Слово,词"
    for edition, codes in (("2025", ["old", "new"]), ("2026", ["new"])):
        file = tmp_path / "colour.csv"
        file.write_text("\n".join([header, *[code + row for code in codes]]) + "\n", encoding="utf-8")
        actions.load(by=OPERATOR, code_list=files.read(file, edition=edition, title="Colour", source="made up"))
    try:
        assert "no longer has this code" in client.get("/vocabulary/colour/old/").text
        assert "earlier: 2025" in " ".join(client.get("/vocabulary/colour/new/").text.split())
    finally:
        queries.forget()


def test_a_translation_that_nobody_checked_is_marked_wherever_the_public_meets_it(client):
    for page in ("/vocabulary/form/", "/vocabulary/?q=online"):
        join = "&" if "?" in page else "?"
        assert "badge-unknown" not in client.get(page).text  # English is what is translated
        shown = client.get(f"{page}{join}lang=fr").text
        assert "badge-unknown" in shown
    assert "l’a encore vérifié" in html.unescape(client.get("/vocabulary/form/?lang=fr").text)


def test_a_checked_translation_is_not_marked(client):
    Term.objects.filter(edition__scheme="form").update(checked="fr")
    queries.forget()
    assert "badge-unknown" not in client.get("/vocabulary/form/?lang=fr").text
    assert "badge-unknown" in client.get("/vocabulary/form/?lang=es").text
    queries.forget()
