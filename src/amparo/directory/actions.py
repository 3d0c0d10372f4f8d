"""Writing the directory of help."""

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common.errors import Invalid
from amparo.common.types import Actor
from amparo.directory.models import HelpLine
from amparo.organisation.models import Place
from amparo.vocabulary.queries import need


@gated
def add_help_line(
    *, by: Actor, name: str, number: str, hours: str, languages: list[str], place: Place | None = None
) -> HelpLine:
    """Add a number that a child or an adult can call; no `place` means everywhere. Raises `Invalid`."""
    rule = allow(by, Permission.DIRECTORY_WRITE)
    if not name.strip() or not number.strip():
        raise Invalid({"number": "A help line has a name and a number."})
    for language in languages:
        need("language", language)
    if HelpLine.objects.filter(name=name, number=number).exists():
        raise Invalid({"number": "This line is in the directory already."})
    line = HelpLine.objects.create(name=name, number=number, hours=hours, languages=languages, place=place)
    record(by, "help_line:added", "help_line", line.id, rule=rule)
    return line
