"""What a password may not lean on: words that everybody here knows (ASVS 6.1.2, 6.2.11)."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amparo.organisation.models import Agency

SHORTEST = 12
_TELLING = 4  # shorter words, such as "of", are in every sentence


class OwnWords:
    """Words of this house count for nothing: the system's name, its domain's, those of its agencies."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's signature
        """Raises `ValidationError` where too little is left without them."""
        rest = password.casefold()
        for word in sorted(own_words(), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != password.casefold() and len(rest) < SHORTEST:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        said = _("Without words that everybody here knows, such as the name of an agency, {count} signs must be left.")
        return said.format(count=SHORTEST)


def own_words() -> set[str]:
    """In small letters."""
    told = ["amparo", settings.DOMAIN, *Agency.objects.values_list("name", flat=True)]
    words = re.findall(r"\w+", " ".join(told).casefold())
    return {word for word in words if len(word) >= _TELLING}
