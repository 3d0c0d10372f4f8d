"""Clocks, badges and forms: said in words, tied together for those who listen to a page (X2)."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template

from amparo.common import clock

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def drawn(template: str, **context) -> str:
    with clock.stopped(NOW):
        return Template("{% load look %}" + template).render(Context(context))


@pytest.mark.parametrize(
    ("left", "words", "state"),
    [
        (timedelta(minutes=20), "due in 20 min", "soon"),
        (timedelta(hours=3, minutes=5), "due in 3 h", "soon"),
        (timedelta(hours=47), "due in 47 h", ""),
        (timedelta(days=2), "due in 2 days", ""),
        (timedelta(days=90), "due in 3 months", ""),
        (-timedelta(minutes=1), "1 min late", "late"),
        (-timedelta(hours=5), "5 h late", "late"),
        (-timedelta(days=2), "2 days late", "late"),
        (-timedelta(days=70), "2 months late", "late"),
    ],
)
def test_a_clock_says_what_people_say(left, words, state):
    said = drawn("{% clock due %}", due=NOW + left)
    assert words in said
    assert f'class="clock{" " + state if state else ""}"' in said
    assert f'datetime="{(NOW + left).isoformat()}"' in said


def test_a_badge_carries_its_word():
    assert "High" in drawn('{% badge "high" "High" %}')


class Asked(forms.Form):
    name = forms.CharField(label="Name", help_text="As people say it.")
    wish = forms.CharField(label="Wish", required=False)
    parts = forms.MultipleChoiceField(
        label="Parts", choices=[("a", "One"), ("b", "Two")], widget=forms.CheckboxSelectMultiple
    )


def test_every_field_has_its_label_its_help_and_its_error_tied_to_it():
    page = str(Asked({}))
    assert '<label for="id_name">Name</label>' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert "<fieldset" in page
    assert "<legend>Parts</legend>" in page


def test_what_may_stay_empty_says_so():
    assert str(Asked()).count("(optional)") == 1
