"""The words of estimates: methods, verdicts, what must be supposed. The same at the desk and in public."""

import re
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.common.errors import Invalid
from amparo.organisation.facts import agency_names, regions
from amparo.vocabulary.queries import label

METHODS: dict[str, Any] = {
    "main": gettext_lazy("Lists independent of each other"),
    "stepwise": gettext_lazy("Dependent pairs of lists, chosen step by step"),
    "bic": gettext_lazy("The best of all hierarchical models"),
    "dga": gettext_lazy("The mean over decomposable graphs"),
    "lcmcr": gettext_lazy("Latent classes of children"),
    "chao": gettext_lazy("Chao's lower bound"),
    "sample-coverage": gettext_lazy("Sample coverage (three lists or more)"),
}
VERDICTS: dict[str, Any] = {
    "ok": gettext_lazy("stands"),
    "lower bound only": gettext_lazy("a lower bound only"),
    "not identifiable": gettext_lazy("no estimate exists"),
    "unstable": gettext_lazy("unstable"),
}
SUPPOSED: dict[str, Any] = {
    "closed": gettext_lazy("Nobody came into the population or left it in these years."),
    "linked": gettext_lazy("A child on two lists was recognised as one child, and two children never as one."),
    "reachable": gettext_lazy("Each child could have come onto at least two of the lists."),
    "apart": gettext_lazy("No list is filled from another."),
    "alike": gettext_lazy("No group of children is hard to find for every list."),
}
HOLDS: dict[str, Any] = {
    "holds": gettext_lazy("Holds"),
    "doubtful": gettext_lazy("Doubtful"),
    "fails": gettext_lazy("Does not hold"),
}
STRATA: dict[str, Any] = {
    "": gettext_lazy("Nothing"),
    "sex": gettext_lazy("Sex"),
    "age_group": gettext_lazy("Age group"),
    "region": gettext_lazy("Region"),
}
GROUPINGS: dict[str, Any] = {
    "kind": gettext_lazy("A kind of agency"),
    "agency": gettext_lazy("A single agency"),
}
DEFINITION = gettext_lazy(
    "How many children were possible victims of sale, sexual exploitation or other exploitation in these years, "
    "whether an agency met them or not. A child is on a list when an agency of that list opened a case in these years. "
    "From the way the lists overlap, multiple systems estimation says how many children are on none of them."
)
NOT_SAID = gettext_lazy(
    "This is an estimate, not a count. It rests on what is supposed below, which no method can check from the lists. "
    "Never cite it without its interval and its verdict."
)
METHOD = gettext_lazy(
    "Numbers are rounded to tens, from a thousand on to three digits, the ends of an interval outwards, so that no "
    "overlap of a few children can be computed from them. Intervals are at 95 %; those of resampled tables are from "
    "{boot} of them (seed {seed}). How the lists overlap is not published. Two others checked this estimate, each "
    "without knowing the verdict of the other."
)
SHORTEST, LONGEST = 40, 2000
# What a plain statement about a method has no use for: addresses, mail, markup, long numbers.
_FOREIGN = re.compile(r"[<>@]|https?:|www\.|\d[\d ./-]{6,}\d|[\x00-\x09\x0b-\x1f]")


def plain_statement(text: str) -> str:
    """The justification as it will be public: words about method only. Raises `Invalid`."""
    said = "\n".join(line.strip() for line in text.strip().splitlines())
    if not SHORTEST <= len(said) <= LONGEST:
        words = _("Say it in {least} to {most} letters.").format(least=SHORTEST, most=LONGEST)
        raise Invalid({"statement": words})
    if _FOREIGN.search(said):
        raise Invalid({"statement": _("Only plain words: no address, no mark-up, no long number.")})
    return said


def list_words(grouping: str, codes: list[str]) -> dict[str, str]:
    """What lists are called, by code, in the reader's language."""
    if grouping == "agency":
        names = agency_names()
        return {code: names.get(code, code) for code in codes}
    return {code: label("agency_kind", code) for code in codes}


def stratum_words(strata: str, code: str) -> str:
    """What a part of the children is called, in the reader's language."""
    if code == "unknown":
        return _("Not known")
    return dict(regions()).get(code, code) if strata == "region" else label(strata, code)


def told(verdict: str, total: int | None, low: int | None, high: int | None) -> str:
    """The figure in a sentence, with its interval and its verdict."""
    if low is None or verdict in {"unstable", "not identifiable"}:
        return _("No estimate is defensible on these data.")
    numbers = {"total": _grouped(total), "low": _grouped(low), "high": _grouped(high)}
    if verdict == "lower bound only" and high is None:
        return _("At least {low} children. This is a lower bound only.").format(**numbers)
    if verdict == "lower bound only":
        said = _(
            "At least {low} children. This is a lower bound only: its range is {low} to {high}, and the truth may be "
            "higher."
        )
        return said.format(**numbers)
    return _("About {total} children; the 95 % interval is {low} to {high}.").format(**numbers)


def _grouped(number: int | None) -> str:
    return number_format(number, force_grouping=True) if number is not None else ""
