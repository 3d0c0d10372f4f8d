"""Fields that the forms of several areas share."""

from typing import Any

from django import forms


class Named(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among records, each shown by its name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)
