"""What the codes of the monitor are called."""

import re
from typing import Any

from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

WORDS: dict[str, Any] = {
    # How a State stands to a treaty.
    "party": gettext_lazy("party"), "signatory": gettext_lazy("signed, not bound"),
    "none": gettext_lazy("not bound"), "ratification": gettext_lazy("ratification"),
    "accession": gettext_lazy("accession"), "succession": gettext_lazy("succession"),
    "acceptance": gettext_lazy("acceptance"), "approval": gettext_lazy("approval"),
    "day": gettext_lazy("exact day"), "year": gettext_lazy("year only"),
    # Answers.
    "met": gettext_lazy("met"), "partly": gettext_lazy("partly met"), "not_met": gettext_lazy("not met"),
    "not_known": gettext_lazy("not known"), "not_applicable": gettext_lazy("does not apply"),
    "given": gettext_lazy("given"), "differ": gettext_lazy("the roles differ"),
    "from_majority": gettext_lazy("runs from majority"), "from_act": gettext_lazy("runs from the act"),
    "other": gettext_lazy("other rule"), "banned": gettext_lazy("banned"),
    "altruistic": gettext_lazy("altruistic only"),
    "commercial": gettext_lazy("commercial too"), "unregulated": gettext_lazy("not regulated"),
    "denounced": gettext_lazy("denounced"), "not_bound": gettext_lazy("not bound"),
    "african_charter": gettext_lazy("African Charter on the Rights and Welfare of the Child"),
    "inter_american": gettext_lazy("an Inter-American convention"),
    "saarc": gettext_lazy("a convention of SAARC"), "council_of_europe": gettext_lazy("a Council of Europe convention"),
    "other_region": gettext_lazy("another regional instrument"),
    # Grades.
    "mostly": gettext_lazy("mostly met"), "hardly": gettext_lazy("hardly met"), "": gettext_lazy("no grade"),
    # Who says it.
    "state": gettext_lazy("the State itself"), "nhri": gettext_lazy("national human rights institution"),
    "civil_society": gettext_lazy("civil society"), "un": gettext_lazy("United Nations"),
    "mandate": gettext_lazy("mandate holder"),
    "structural": gettext_lazy("structure"), "process": gettext_lazy("process"), "outcome": gettext_lazy("outcome"),
    "accepted": gettext_lazy("accepted"), "noted": gettext_lazy("noted"),
    "published": gettext_lazy("published"), "contested": gettext_lazy("contested"),
    "low": gettext_lazy("low"), "medium": gettext_lazy("medium"), "high": gettext_lazy("high"),
    # What is done, and how far it has come.
    "follow_up": gettext_lazy("Follow-up"), "visit": gettext_lazy("Country visit"),
    "communication": gettext_lazy("Communication"), "assistance": gettext_lazy("Technical assistance"),
    "practice": gettext_lazy("Good practice"), "agreement": gettext_lazy("Agreement"),
    "campaign": gettext_lazy("Campaign or training"), "not_begun": gettext_lazy("not begun"),
    "planned": gettext_lazy("planned"), "started": gettext_lazy("started"), "advanced": gettext_lazy("advanced"),
    "done": gettext_lazy("done"), "regressed": gettext_lazy("went backwards"), "requested": gettext_lazy("requested"),
    "reminded": gettext_lazy("reminded"), "agreed": gettext_lazy("agreed"), "postponed": gettext_lazy("postponed"),
    "visited": gettext_lazy("took place"), "reported": gettext_lazy("report published"), "sent": gettext_lazy("sent"),
    "replied": gettext_lazy("replied"), "asked": gettext_lazy("asked for"), "given_help": gettext_lazy("given"),
    "described": gettext_lazy("described"), "negotiated": gettext_lazy("negotiated"), "signed": gettext_lazy("signed"),
    "acknowledged": gettext_lazy("received, not yet answered"), "replied_part": gettext_lazy("answered in part"),
    "followed_up": gettext_lazy("followed up"), "call": gettext_lazy("Call for input"),
    "activity": gettext_lazy("Activity of the mandate"), "company": gettext_lazy("Duty of a company or federation"),
    "called": gettext_lazy("open for input"), "input_given": gettext_lazy("input was given"),
    "closed": gettext_lazy("closed"), "committed": gettext_lazy("committed"),
    "reviewed": gettext_lazy("checked by somebody else"), "elsewhere": gettext_lazy("used elsewhere too"),
    "adaptable": gettext_lazy("can be adapted elsewhere"), "local": gettext_lazy("holds only where it is"),
    "in_use": gettext_lazy("in use"), "ended": gettext_lazy("ended"),
    # Units and slices of series.
    "percent": "%", "number": gettext_lazy("number"), "years": gettext_lazy("years"), "word": "",
    "female": gettext_lazy("girls and women"), "male": gettext_lazy("boys and men"),
    "bothsex": gettext_lazy("both sexes"), "lt18y": gettext_lazy("under 18"), "allage": gettext_lazy("all ages"),
    "18": gettext_lazy("18 and over"),
    "member": gettext_lazy("Member of the United Nations"), "observer": gettext_lazy("Observer at the United Nations"),
    "area": gettext_lazy("Other State or area"), "organisation": gettext_lazy("Regional organization"),
    "fictional": gettext_lazy("Fictional State: it does not exist, and everything said of it is made up"),
}  # fmt: skip


def word(code: str) -> str:
    """The words of a code; one that has none is said as it is, with blanks and dashes where codes have signs."""
    return str(WORDS[code]) if code in WORDS else code.replace("_", "–" if code[:1].isdigit() else " ")


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def apart(text: str) -> str:
    """Each date of a text set apart (U+2066, U+2069): among Arabic words it would be read from its day to its year."""
    return _DAY.sub("\u2066\\g<0>\u2069", text) if get_language_bidi() else text


def answer_word(code: str) -> str:
    """The words of an answer to the rubric: `none` there is no status of a treaty."""
    return _("none") if code == "none" else word(code)


def slice_words(age: str, sex: str) -> str:
    """A slice of a series in words."""
    return ", ".join(word(each) for each in (age, sex) if each) or _("all")
