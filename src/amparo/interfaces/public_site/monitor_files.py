"""A question or a State as lines of a file: codes with their words beside them, and who says it."""

from collections.abc import Iterator

from amparo.law.words import said
from amparo.monitoring.profile import Profile
from amparo.monitoring.topics import Topic, answer_words


def lines_of_topic(found: Topic) -> Iterator[list[str]]:
    """A line a State. What is not known is a line that says so, never a nought."""
    yield ["state", "name", "said", "date", "source", "note"]
    for each in found.places:
        yield [each.state.iso3, each.name, each.said, each.date, each.source, each.note]


def lines_of_profile(found: Profile) -> Iterator[list[str]]:
    """A line a fact about one State."""
    yield ["kind", "code", "slice_or_role", "date", "value", "source"]
    for each in found.standings:
        source = f"{each.row.source}, as of {each.row.as_of}" if each.row else ""
        yield ["treaty", each.treaty.code, "", each.date, each.status, source]
    for told in (*found.official, *found.others):
        for point in (each for part in (told, *told.others) for each in part.points):
            value = point.text or f"{point.value:g}"
            slice_ = "/".join(part for part in (point.age, point.sex) if part)
            yield ["series", told.series.code, slice_, str(point.year), value, point.source.title]
    for _title, section in found.sections:
        for asked in section:
            for given in asked.answers:
                evidence = "; ".join(f"{e.title} {e.pinpoint}".strip() for e in given.proofs)
                yield ["answer", asked.question.id, given.role, str(given.valid_from), answer_words(given), evidence]
    for code, rows in found.law:
        for rule in rows:
            source = " – ".join(part for part in (rule.place, rule.external) if part)
            yield ["law", rule.element, code, str(rule.in_force_on), said(rule), source]
    for each_ in found.recommendations:
        yield ["recommendation", each_.mechanism, each_.made_by_id or "", each_.session, each_.response, each_.text]
