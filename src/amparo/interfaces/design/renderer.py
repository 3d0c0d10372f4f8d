"""How `{{ form }}` is drawn: a label, its help and its errors, tied together for those who listen to a page."""

from django.forms.renderers import DjangoTemplates


class Albero(DjangoTemplates):
    """Every form of the desk; named in `FORM_RENDERER`."""

    form_template_name = "design/form.html"
    field_template_name = "design/field.html"
