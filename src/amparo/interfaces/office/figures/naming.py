"""A kept question in words."""

from amparo.counting.frozen.models import SavedView
from amparo.publication.naming import named, title


def view_words(view: SavedView) -> str:
    """The indicator, what it is broken down by, and of whom."""
    parts = [title(view.indicator), " × ".join(title(each) for each in view.by)]
    parts += [f"{title(name)}: {named(name, codes[0])}" for name, codes in view.where.items() if codes]
    return ", ".join(part for part in parts if part)
