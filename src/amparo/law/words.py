"""What the elements of law and their answers are called, and what a provision says in a line."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.law.elements import EVERY
from amparo.law.models import Provision
from amparo.vocabulary.queries import label

ELEMENT: dict[str, Any] = {
    "separate": gettext_lazy("A separate offence"), "definition": gettext_lazy("What its definition covers"),
    "limitation": gettext_lazy("Limitation period"), "complaint": gettext_lazy("A victim’s complaint"),
    "reach": gettext_lazy("Reach beyond the territory"), "penalty": gettext_lazy("Penalty"),
    "age": gettext_lazy("Ages"),
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "yes": gettext_lazy("yes, an offence of its own"), "no": gettext_lazy("no, only under another offence"),
    "given": "", "never": gettext_lazy("never runs out"), "from_act": gettext_lazy("from the act"),
    "from_majority": gettext_lazy("from an age of the victim"),
    "other": gettext_lazy("another rule, see the provision"),
    "needed": gettext_lazy("needed before an investigation"),
    "not_needed": gettext_lazy("not needed"), "child": gettext_lazy("a victim is a child below"),
    "consent": gettext_lazy("consent to sexual activity from"),
    "marriage_women": gettext_lazy("marriage of women from"), "marriage_men": gettext_lazy("marriage of men from"),
    "responsibility": gettext_lazy("criminal responsibility from"),
}  # fmt: skip
ITEM: dict[str, Any] = {
    "any_consideration": gettext_lazy("remuneration or any other consideration"),
    "no_purpose_needed": gettext_lazy("no purpose of exploitation needed"),
    "no_movement_needed": gettext_lazy("no movement of the child needed"),
    "any_means": gettext_lazy("by whatever means"), "simulated": gettext_lazy("simulated material"),
    "virtual": gettext_lazy("virtual, drawn or generated children"), "attempt": gettext_lazy("the attempt"),
    "complicity": gettext_lazy("complicity"), "legal_persons": gettext_lazy("legal persons"),
    "nationals": gettext_lazy("acts of nationals"), "residents": gettext_lazy("acts of residents"),
    "victims": gettext_lazy("victims who are nationals"),
    "double_criminality": gettext_lazy("only where the act is an offence there too"),
    "life": gettext_lazy("up to life"), "fine": gettext_lazy("a fine"),
}  # fmt: skip
STATUS: dict[str, Any] = {
    "not_recorded": gettext_lazy("law not recorded"), "not_computed": gettext_lazy("see the provision"),
    "never": gettext_lazy("never runs out"), "runs": gettext_lazy("runs"),
    "may_have_run_out": gettext_lazy("may have run out"),
    "ran_out": gettext_lazy("ran out, by the rule recorded"),
}  # fmt: skip
WHY: dict[str, Any] = {
    "day": gettext_lazy("the day of the act is not known"),
    "birth": gettext_lazy("the day of birth is not used or not known"),
    "gap": gettext_lazy("no rule is recorded for a part of the time in which it may have happened"),
    "changed": gettext_lazy("the rule was changed later; whether that counts here is for a court"),
}  # fmt: skip


def offence(code: str) -> str:
    """An offence in words."""
    return label("form", code) if code != EVERY else _("Every offence against a child")


def said(each: Provision) -> str:
    """What a provision says, in a line."""
    parts = [str(ANSWER[each.answer])]
    if each.element == "limitation" and each.years is not None:
        parts = [_years(each.years), _("from the age of {age}").format(age=each.age) if each.age else parts[0]]
    if each.element == "age":
        parts = [f"{parts[0]} {_years(each.age or 0)}"]
    if each.element == "penalty":
        parts.append(_range(each))
    return ", ".join(part for part in (*parts, *(str(ITEM[item]) for item in each.items)) if part)


def _years(number: int) -> str:
    return ngettext("{n} year", "{n} years", number).format(n=number)


def _range(each: Provision) -> str:
    if each.most is None:
        return _("from {least}").format(least=_years(each.least)) if each.least is not None else ""
    if each.least is None:
        return _("up to {most}").format(most=_years(each.most))
    return _("{least} to {most}").format(least=each.least, most=_years(each.most))
