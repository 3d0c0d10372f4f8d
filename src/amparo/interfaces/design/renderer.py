"""How `{{ form }}` is drawn: a label, its help and its errors, tied together for those who listen to a page.

Through Jinja2, which Django knows for forms: a list of two hundred choices costs a tenth of what it does otherwise. Our
own `django/forms/widgets/select.html` writes a choice without opening two more templates for it.
"""

from pathlib import Path
from typing import Any

from django.forms.renderers import Jinja2
from django.template.backends.base import BaseEngine
from django.utils.functional import cached_property
from django.utils.translation import gettext


class Albero(Jinja2):
    """Every form of the desk; named in `FORM_RENDERER`."""

    form_template_name = "design/form.html"
    field_template_name = "design/field.html"

    @cached_property
    def engine(self) -> BaseEngine:
        """The engine of Django's own, which looks first among our templates and knows besides how to translate."""
        engine: Any = super().engine
        engine.env.loader.searchpath.insert(0, str(Path(__file__).with_name("jinja2")))
        engine.env.globals["_"] = gettext
        return engine  # type: ignore[no-any-return]
