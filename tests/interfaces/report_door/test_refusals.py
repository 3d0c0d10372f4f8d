"""No picture comes through the door, however it is dressed; ordinary words always do (security notes 8.17)."""

import base64
import gzip
import html
import json
import random
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.common.hidden_files import carries_material
from amparo.intake.postbox.models import DoorEvent, Inbound, Thread, Tries

pytestmark = pytest.mark.django_db(databases="__all__")

# No picture: random bytes behind the first signs of one.
NOISE = random.Random(1).randbytes(3000)
PNG = b"\x89PNG\r\n\x1a\n" + NOISE
BASE64 = base64.b64encode(NOISE).decode()


def chunks(text: str, size: int, between: str) -> str:
    return between.join(text[start : start + size] for start in range(0, len(text), size))


TEXTS = {
    "data address": "data:image/png;base64,iVBOR",
    "data address with blanks": "d a t a : image/jpeg ; base64 , abcd",
    "data address, percent signs": quote("data:image/png;base64,abcd", safe=""),
    "data address, percent signs twice": quote(quote("data:image/png;base64,abcd", safe="")),
    "data address, entities": "&#100;ata&#58;image/png&#59;base64,abcd",
    "data address, wide letters": "ｄａｔａ：ｉｍａｇｅ／ｐｎｇ，abcd",
    "data address, invisible signs": "da\u200bta:im\u00adage/png;base64,abcd",
    "base 64": BASE64,
    "base 64 without its first signs": BASE64[40:700],
    "base 64 in lines": chunks(BASE64, 76, "\n"),
    "base 64 in words": chunks(BASE64, 5, " "),
    "base 64, letter by letter": chunks(BASE64, 1, " "),
    "base 64 behind dots": chunks(BASE64, 12, "."),
    "base 64 among other letters": chunks(BASE64, 20, " كلمة "),
    "base 64 in words of a sentence": "Please look. " + chunks(BASE64, 30, ", and then "),
    "base 64 for addresses": base64.urlsafe_b64encode(NOISE).decode(),
    "base 64 backwards": BASE64[::-1],
    "base 64, percent signs": quote(chunks(BASE64, 60, "\n"), safe=""),
    "base 64 in addresses of pages": " ".join(f"https://x.example/{part}" for part in [BASE64[:900], BASE64[900:1800]]),
    "base 32": chunks(base64.b32encode(NOISE).decode(), 64, "\n"),
    "base 85": base64.b85encode(NOISE).decode(),
    "hexadecimal": NOISE.hex(),
    "hexadecimal in pairs": NOISE.hex(" "),
    "numbers of bytes": ",".join(map(str, NOISE)),
    "ones and zeros": "".join(f"{byte:08b}" for byte in NOISE[:400]),
    "escapes": "".join(f"\\u00{byte:02x}" for byte in NOISE[:900]),
    "quoted-printable": "".join(f"={byte:02X}" for byte in NOISE[:900]),
    "first signs of a PNG": base64.b64encode(PNG).decode()[:100],
    "first signs of a JPEG": "/9j/4AAQSkZJRgABAQ",
    "a drawing in marks": "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
    "a drawing in entities": html.escape("<svg><path/></svg>"),
    "a part of a mail": "Content-Transfer-Encoding: base64\n\nabcd",
    "UTF-7": "+" + base64.b64encode(NOISE).decode().rstrip("="),
}
ORDINARY = {
    "a cry": "a" * 3000,
    "capital letters": "HELP ME PLEASE I DO NOT KNOW WHAT TO DO " * 100,
    "many lines without a stop": "and then we went home and nobody said a word about it " * 150,
    "title case": "I Am Writing To You Because I Do Not Know What To Do " * 100,
    "numbers to call": "call 555 0100 or 555 0101 between 8 and 20 " * 8,
    "the word data": "They have my data: name, school, and so on. My data:/ is not safe.",
    "addresses": "\n".join(f"https://pages.example/a1b2c3d4e5/{number}?id=7f3a9c{number}" for number in range(60)),
    "Arabic": "أحتاج إلى شخص أتحدث معه. رقم الهاتف ٥٥٥٠١٠٠. " * 100,
    "Chinese": "我需要有人听我说。电话号码是5550100。" * 200,
    "Russian": "Мне нужно с кем-то поговорить. Номер 555 0100. " * 100,
    "faces": "🌱🙂 " * 400,
    "half of it in percent": "50% of the time, 100% sure & <3",
    "a long German word": "Donaudampfschifffahrtsgesellschaftskapitän " * 60,
}


def nothing_kept() -> None:
    assert [model.objects.count() for model in (Thread, Inbound, DoorEvent, Tries)] == [0, 0, 0, 0]


@pytest.mark.parametrize("disguise", TEXTS)
def test_a_picture_in_words_is_refused_with_the_way_to_a_hotline(visitor, disguise, caplog, capfd):
    visitor.press("tell")
    assert visitor.press("send", told=TEXTS[disguise]).status_code == 422
    assert "Do not send or save it. Give the address." in visitor.page
    assert TEXTS[disguise][:40] not in visitor.page
    assert "555 0100" in visitor.page
    nothing_kept()
    assert TEXTS[disguise][:40] not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize("field", ["where", "contact", "safe_time", "place", "nonsense"])
def test_no_other_field_is_a_way_in(visitor, field):
    visitor.press("tell")
    assert visitor.press("send", told="One sentence.", **{field: chunks(BASE64, 60, " ")}).status_code == 422
    assert "Do not send or save it." in visitor.page
    nothing_kept()


def test_a_picture_spread_over_the_fields_is_refused(visitor):
    visitor.press("tell")
    parts = {name: BASE64[start : start + 250] for name, start in (("told", 0), ("where", 250), ("contact", 500))}
    assert visitor.press("send", **parts).status_code == 422
    nothing_kept()


@pytest.mark.parametrize("disguise", ["base 64", "data address", "hexadecimal"])
def test_the_way_in_for_programs_refuses_the_same(visitor, disguise):
    for content in (
        {"told": TEXTS[disguise]},
        {"told": "One.", TEXTS[disguise]: "x"},
        {"told": "One.", "not_to": [TEXTS[disguise]]},
    ):
        response = visitor.call("/api/reports", content)
        assert response.status_code == 422
        assert "Do not send or save it" in response.json()["error"]
    nothing_kept()


@pytest.mark.parametrize("disguise", ["base 64", "data address"])
def test_a_later_message_is_no_way_in(visitor, disguise):
    visitor.come_back(visitor.tell())
    assert visitor.press("write", told=TEXTS[disguise]).status_code == 422
    assert Inbound.objects.count() == 1


BODIES = {
    "multipart": (b'--x\r\nContent-Disposition: form-data; name="told"; filename="a.png"\r\n\r\nabc\r\n--x--', "multipart/form-data; boundary=x"),
    "a picture": (PNG, "image/png"),
    "a film": (NOISE, "video/mp4"),
    "bytes": (NOISE, "application/octet-stream"),
    "a mail": (b"From: x\r\n\r\nabc", "message/rfc822"),
    "plain text": (b"told=abc", "text/plain"),
    "no kind": (b"told=abc", ""),
    "UTF-7": (b"told=abc", "application/x-www-form-urlencoded; charset=utf-7"),
    "UTF-16": ("told=abc".encode("utf-16"), "application/x-www-form-urlencoded; charset=utf-16"),
    "JSON for people": (b'{"told": "abc"}', "application/json"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BODIES)
def test_a_body_that_is_no_form_is_refused_before_it_is_read(visitor, kind):
    assert visitor.send_raw(*BODIES[kind]).status_code == 415
    assert "We can only take words." in visitor.page
    nothing_kept()


@pytest.mark.parametrize("kind", sorted(set(BODIES) - {"JSON for people"}))
def test_a_body_that_is_no_json_is_refused_by_the_way_in_for_programs(visitor, kind):
    assert visitor.send_raw(*BODIES[kind], path="/api/reports").status_code == 415
    nothing_kept()


def test_a_packed_body_is_refused(visitor):
    packed = gzip.compress(json.dumps({"told": "One sentence."}).encode())
    response = visitor.send_raw(packed, "application/json", "/api/reports", headers={"content-encoding": "gzip"})
    assert response.status_code == 415
    nothing_kept()


def test_a_body_of_a_megabyte_is_refused(visitor):
    for path, kind in (("/en/", "application/x-www-form-urlencoded"), ("/api/reports", "application/json")):
        assert visitor.send_raw(b"told=" + b"x" * 1_000_000, kind, path).status_code == 413
    nothing_kept()


def test_more_fields_than_any_form_has_are_refused(visitor):
    body = "&".join(f"f{number}=1" for number in range(1000)).encode()
    assert visitor.send_raw(body + b"&go=send", "application/x-www-form-urlencoded").status_code == 400
    nothing_kept()


@pytest.mark.parametrize("told", ["a\0b", "\ufffd" * 9, "a" + "\ufffd" * 20])
def test_signs_that_are_no_letters_are_refused(visitor, told):
    visitor.press("tell")
    assert visitor.press("send", told=told).status_code == 400
    assert "We cannot read this." in visitor.page
    nothing_kept()


def test_raw_bytes_in_a_form_are_refused(visitor):
    assert (
        visitor.send_raw(b"go=send&told=" + quote(PNG).encode(), "application/x-www-form-urlencoded").status_code == 422
    )
    assert visitor.send_raw(b"go=send&told=" + NOISE, "application/x-www-form-urlencoded").status_code in {400, 422}
    nothing_kept()


def test_invisible_signs_are_left_out_and_a_torn_letter_is_forgiven(visitor, postbox):
    from amparo.intake.postbox import desk

    assert visitor.tell("One\x0b\x1b sentence\ufffd.\r\nAnother.")
    assert json.loads(postbox.opened(desk.waiting()[0]))["told"] == "One sentence\ufffd.\r\nAnother."


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_come_through(text):
    assert not carries_material(ORDINARY[text])


@settings(deadline=None)
@given(st.text(max_size=500))
def test_short_words_are_never_taken_for_a_run(text):
    from amparo.common.hidden_files import _no_language

    assert not _no_language(text)


@settings(deadline=None, max_examples=30)
@given(st.integers(), st.integers(1, 40), st.sampled_from([" ", "\n", ". ", "-", "،"]))
def test_random_bytes_in_base_64_are_found_whatever_stands_between(seed, size, between):
    noise = random.Random(seed).randbytes(900)
    assert carries_material(chunks(base64.b64encode(noise).decode(), size, between))
