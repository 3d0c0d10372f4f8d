"""Saying our codes in an official scheme, for an export that others compare with theirs.

A code that was never confirmed in its source may be shown as a draft and leaves in no export; "no equivalent" is said
honestly, and is not the same as "nobody has said yet".
"""

from collections.abc import Iterable, Iterator, Mapping

from amparo.common.errors import Invalid
from amparo.vocabulary import queries
from amparo.vocabulary.models import Crosswalk, Equivalent

Row = Mapping[str, str]


def codes(scheme: str, code: str, other: str, edition: str) -> list[str]:
    """What `code` is called in an edition of the scheme `other`; an empty list says that it has no equivalent there.

    The newest crosswalk whose codes are all of that edition decides, so an older edition can still be reported. Raises
    `Invalid` where no crosswalk says, and for a code that is not confirmed in its source.
    """
    confirmed = {term.code: term.verified for term in queries.terms_of(other, edition)}
    for walk in Crosswalk.objects.filter(scheme=scheme).order_by("-edition"):
        said = list(Equivalent.objects.filter(crosswalk=walk, code=code, scheme=other).order_by("id"))
        found = [each.target for each in said if each.target]
        if said and set(found) <= set(confirmed):
            return [_confirmed(each, other, edition, confirmed) for each in found]
    raise Invalid({scheme: f"No crosswalk says what {code} is called in {other} {edition}."})


def convert(
    rows: Iterable[Row], *, column: str, scheme: str, other: str, edition: str = ""
) -> Iterator[dict[str, str]]:
    """Each row with one column more: its code of `column` in the scheme `other`, several parted by blanks.

    `edition` is the current one where none is named. Raises `Invalid` that names the row; the first is line 2.
    """
    edition = edition or queries.current_edition(other)
    known: dict[str, str] = {}
    for line, row in enumerate(rows, start=2):
        code = row.get(column) or ""
        try:
            if code not in known:
                known[code] = " ".join(codes(scheme, code, other, edition))
        except Invalid as wrong:
            raise Invalid({"file": f"line {line}: {' '.join(wrong.fields.values())}"}) from None
        yield {**row, f"{other} {edition}": known[code]}


def _confirmed(code: str, other: str, edition: str, confirmed: Mapping[str, bool]) -> str:
    if not confirmed[code]:
        raise Invalid({other: f"The code {code} of {other} {edition} is not confirmed in its source: it never leaves."})
    return code
