"""Indicators are data, defined once and checked when they are read (S1)."""

from pathlib import Path

import pytest
import yaml

from amparo.common.errors import AmparoError, Invalid
from amparo.methods.tabulation.asking import Question, plan
from amparo.methods.tabulation.indicators import FOLDER, catalogue, read
from amparo.methods.tabulation.words import words

TEXT = (FOLDER / "indicators.yaml").read_text(encoding="utf-8")


def changed(**what):
    told = yaml.safe_load(TEXT)
    told["indicators"]["children_served"] |= what
    return yaml.safe_dump(told, allow_unicode=True)


def test_what_ships_is_read_and_every_indicator_can_be_asked_by_each_of_its_dimensions():
    for indicator in catalogue().indicators.values():
        for dimension in indicator.dimensions:
            assert plan(Question(indicator.code, (dimension,)), catalogue()).by[0].code == dimension


def test_a_child_has_one_sex_and_may_have_several_forms():
    found = catalogue()
    children, incidents = found.indicator("children_identified"), found.indicator("incidents_recorded")
    assert children.single(found.dimensions["sex"])
    assert not children.single(found.dimensions["form"])
    assert incidents.single(found.dimensions["form"])
    assert not incidents.single(found.dimensions["how"])
    assert not found.indicator("children_served").single(found.dimensions["year"])


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"source": "nowhere"}, "looks at nowhere, which is no table"),
        ({"unit": "report"}, "counts report, which referral has not"),
        ({"moment": "status"}, "is dated by status, which is no month"),
        ({"of": "days"}, "gives quartiles of days, which is no number of its own unit"),
        ({"where": {"colour": ["red"]}}, "asks for colour, which referral has not"),
        ({"dimensions": ["shoe_size"]}, "which is no dimension"),
        ({"dimensions": ["urgency"]}, "has no column urgency"),
        ({"moment": "", "dimensions": ["year"]}, "has no year"),
    ],
)
def test_a_definition_that_does_not_fit_is_named(what, why):
    with pytest.raises(AmparoError, match=why):
        read(changed(**what))


@pytest.mark.parametrize("text", ["", "indicators: [", "dimensions: {}\nindicators: {a: {}}\nedition: 1"])
def test_what_is_no_catalogue_is_refused(text):
    with pytest.raises(AmparoError, match="cannot be read"):
        read(text)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (Question("nonsense"), "no indicator nonsense"),
        (Question("reports_received", ("sex",)), "not by sex"),
        (Question("reports_received", (), {"sex": ("female",)}), "not by sex"),
        (Question("children_identified", ("sex", "sex")), "different dimensions"),
        (Question("children_identified", ("sex", "age", "region", "form", "year", "how", "nationality")), "up to 6"),
    ],
)
def test_a_question_that_an_indicator_does_not_allow_is_refused_with_what_it_does(question, why):
    with pytest.raises(Invalid, match=why):
        plan(question, catalogue())


def test_every_indicator_and_dimension_has_its_words_in_every_language():
    for language in ("fr", "es", "ar", "ru", "zh"):
        told = yaml.safe_load((Path(FOLDER) / "words" / f"{language}.yaml").read_text(encoding="utf-8"))
        assert set(told) == {*catalogue().indicators, *catalogue().dimensions}
        for code in catalogue().indicators:
            assert words(code, language).sentence != words(code).sentence
    assert words("sex", "xx") == words("sex")
