"""What to be wary of, in the reader's language: `methods.hidden` gives codes and what fills them; here are words."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.publication.estimates import words

# These say nothing of how many children an overlap holds: they leave with the figure. The others stay at the desk.
PUBLIC = frozenset({"links", "two", "unequal", "apart", "carried", "open", "none"})
SENTENCES: dict[str, Any] = {
    "everybody": gettext_lazy("The list {list} has every child who is known: no other list shows anybody it misses."),
    "same": gettext_lazy("The lists {one} and {other} have the same children; they may be one list."),
    "added": gettext_lazy("Combinations of lists that were told more than once were added up ({more} more)."),
    "links": gettext_lazy(
        "Which records are of one child is uncertain: {drawings} ways of putting them together were estimated, and "
        "what they say is pooled."
    ),
    "few": gettext_lazy("Only {several} of {observed} children are on more than one list: too few to estimate from."),
    "never": gettext_lazy(
        "Lists that never meet: {pairs}. They may work in different places, or have nothing to do with each other."
    ),
    "inside": gettext_lazy(
        "{part} of the list {small} is on the list {large}: one may be filled from the other, by referral. Think of "
        "taking the two as one."
    ),
    "two": gettext_lazy(
        "With two lists nothing tells whether one depends on the other: the estimate supposes that it does not."
    ),
    "unequal": gettext_lazy(
        "Some children may be much harder to find than others, for every list. These data cannot exclude it: every "
        "estimate is a lower bound only."
    ),
    "apart": gettext_lazy("The methods differ by a factor of {factor}, from “{least}” to “{most}”: see them all."),
    "edge": gettext_lazy("The estimate lies at the edge, no child hidden; that is rarely true."),
    "rests": gettext_lazy("There is no estimate without the list {list}: everything rests on it."),
    "moves": gettext_lazy("Without the list {list}, the estimate step by step is {less} instead of {base}."),
    "thin": gettext_lazy("Too few children of the part {stratum} are on more than one list: divide them otherwise."),
    "carried": gettext_lazy(
        "Too few children of the part {stratum} are on more than one list: they are taken to be as hidden as the "
        "others."
    ),
    "strata": gettext_lazy("The parts add up to {added}; without parts it would be {whole}."),
    "open": gettext_lazy(
        "These are {years} years together. Children are born, come of age, move in and away: the longer the time, the "
        "less it holds that nobody came or left."
    ),
    "none": gettext_lazy(
        "No estimate is defensible on these data: the methods' estimates do not exist, do not settle, contradict each "
        "other, or rest on too few children."
    ),
    "absent": gettext_lazy("The estimate does not exist on these data: too few lists meet."),
    "failed": gettext_lazy("{part} of the resampled tables had no estimate."),
    "wide": gettext_lazy("The interval is too wide to say anything."),
    "endless": gettext_lazy("The data set no upper end."),
    "saturated": gettext_lazy("The best model can fit any lists: nothing is left to check it by."),
    "disagree": gettext_lazy("The chains do not agree (R-hat {r_hat}); do not use this."),
    "graphs": gettext_lazy("This method takes up to {lists} lists."),
    "classes": gettext_lazy("Two lists cannot tell classes of children apart."),
    "three": gettext_lazy("Sample coverage needs three lists or more."),
    "stratum": gettext_lazy("A part of the children has no estimate."),
    "chapman": gettext_lazy("Chapman's estimate is {total}."),
    "mean": gettext_lazy("The mean of all models, by their weights, is {total}."),
    "chains": gettext_lazy("R-hat {r_hat}, worth {worth} independent draws."),
}
_DIGITS = {"factor": 1, "r_hat": 3}


def sentence(told: Mapping[str, Any], lists: Mapping[str, str], strata: str) -> str:
    """One caution, as JSON has it, in a sentence. `lists`: what the lists are called."""
    said = SENTENCES[told["code"]].format(**{name: _filled(name, each, lists, strata) for name, each in told.items()})
    return f"{words.METHODS[told['method']]}: {said}" if "method" in told else str(said)


def _filled(name: str, value: Any, lists: Mapping[str, str], strata: str) -> str:
    if name in {"code", "method"}:
        return str(value)
    if name in {"least", "most"}:
        return str(words.METHODS[value])
    if name == "pairs":
        return "; ".join(f"{lists.get(one, one)} – {lists.get(other, other)}" for one, other in value)
    if name == "stratum":
        return ", ".join(words.stratum_words(strata, code) for code in value)
    if isinstance(value, str):
        return lists.get(value, value)
    if name == "part":
        return f"{round(100 * value)}\N{NO-BREAK SPACE}%"
    return str(number_format(round(value, _DIGITS.get(name, 0)), _DIGITS.get(name, 0), force_grouping=True))


def change(lists: list[str], names: Mapping[str, str]) -> str:
    """What was changed to see what drives an estimate: one list left out, or two taken as one."""
    said = [names.get(each, each) for each in lists]
    if len(said) == 1:
        return _("Without {list}").format(list=said[0])
    return _("{one} and {other} as one").format(one=said[0], other=said[1])


def together(told: Mapping[str, Any]) -> str:
    """The exact range for the desk, and what the interaction that nobody can test could make of it."""
    whole, tested = told["combined"], told["sensitivity"]
    if whole["low"] is None:
        return ""
    ends = {name: _end(each) for name, each in (("low", whole["low"]), ("high", whole["high"]))}
    far = {"least": _end(tested["low"]), "most": _end(tested["high"]), "factor": _end(tested["factor"])}
    said = _(
        "Taken together: {low} to {high}. Were the interaction of all lists, which nobody can test, to make the hidden "
        "number {factor} times smaller or larger: {least} to {most}."
    )
    return said.format(**ends, **far)


def _end(number: float | None) -> str:
    return _("no upper end") if number is None else str(number_format(round(number), 0, force_grouping=True))
