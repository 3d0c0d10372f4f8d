"""One name, many writings: what two spellings of a name share, and what two names do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.methods.linkage.names import father_in, formal, one_name, parts


def readings(written):
    return {reading for each in parts(written) for reading in each.readings}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Khaled", "خالد"), ("Hussein", "Houcine"), ("حسين", "Hossein"), ("Jamal", "Gamal"), ("Djamel", "جمال"),
        ("Youssef", "يوسف"), ("Ahmad", "أحمد"), ("Achmed", "احمد"), ("Othman", "Osman"), ("Wafa", "وفاء"),
        ("Chahine", "شاهين"), ("Al-Obaidi", "العبيدي"), ("alobaidi", "Al Obaidi"), ("Noureddine", "نور الدين"),
        ("Yevgeniy", "Евгений"), ("Jewgenij", "Евгений"), ("Zakharchuk", "Захарчук"), ("Sachartschuk", "Захарчук"),
        ("Bogdan", "Bohdan"), ("Wladimir", "Владимир"), ("Đorđe", "Dorde"), ("José", "JOSE"), ("Şule", "Sule"),
        ("Xiaoming", "小明"), ("Qiang", "Chiang"), ("Zhijie", "Chihchieh"), ("Abdulrahman", "Abd al-Rahman"),
        ("Abderrahmane", "عبد الرحمن"), ("Abdelkader", "عبدالقادر"), ("Abdul Qadir", "Abd el-Kader"),
    ],
)  # fmt: skip
def test_two_writings_of_a_name_share_a_reading(one, two):
    assert readings(one) & readings(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [("Khaled", "Tariq"), ("Maria", "Natalia"), ("Bogdan", "Vladimir"), ("Sara", "Fatima"), ("Hannah", "Susannah")],
)
def test_two_names_do_not(one, two):
    assert not readings(one) & readings(two)


@pytest.mark.parametrize("written", ["Xiao Ming", "Xiao-Ming", "Xiaoming", "Hsiao-Ming", "晓明"])
def test_two_chinese_syllables_are_one_given_name(written):
    (one,) = one_name(parts(written))
    assert set(one.readings) & readings("Xiaoming")


@pytest.mark.parametrize("written", ["Ana Maria", "Mary Ann", "Samplo Testi"])
def test_two_given_names_stay_two(written):
    assert len(one_name(parts(written))) == 2


def test_a_servant_of_another_name_is_another_child():
    assert not readings("Abdulrahman") & readings("Abdelkader")


def test_letters_that_only_look_like_another_script_are_mended():
    assert readings("Bоgdan") == readings("Bogdan")  # the second letter of the first is Cyrillic
    assert readings("Богдaн") == readings("Богдан")  # the fifth letter of the first is Latin


def test_a_name_may_be_in_two_scripts():
    assert readings("Евгений Samplo") == readings("Евгений") | readings("Samplo")


def test_words_that_are_no_name_are_left_out():
    assert parts("unknown") == parts("baby girl") == parts("–") == parts("") == parts("  ") == ()
    assert [each.plain for each in parts("Abu Samplo al-Testi")] == ["samplo", "testi"]


def test_an_article_alone_is_a_name():
    assert [each.plain for each in parts("Al")] == ["al"]


def test_a_pet_name_meets_its_formal_name_however_it_is_spelled():
    (sasha,), (sascha,), (alexander,) = parts("Sasha"), parts("Sascha"), parts("Alexander")
    assert set(formal(sasha)) & set(formal(sascha)) & set(formal(alexander))
    assert formal(parts("Samplonius")[0]) == ()


@pytest.mark.parametrize(
    ("patronymic", "father"),
    [
        ("Petrovich", "petr"),
        ("Petrivna", "petr"),
        ("Петрович", "petr"),
        ("Wladislawowitsch", "wladislaw"),
        ("Ivanovna", "ivan"),
    ],
)
def test_a_patronymic_holds_the_fathers_name(patronymic, father):
    assert father_in(parts(patronymic)[0]).plain == father


def test_another_name_holds_no_fathers_name():
    assert father_in(parts("Maria")[0]) is None


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_read_and_reading_is_steady(text):
    assert parts(text) == parts(text)
    assert all(each.plain and each.readings and all(each.readings) for each in parts(text))
