"""Which weights the records are compared with: the newest edition that a nightly run made, or those that come along.

The first weights were trained on made-up worlds in Latin, Arabic and Cyrillic script (`bench/worlds.py`), so that a new
house asks well from its first day; its own records replace them as soon as there are enough.
"""

import json
from functools import cache
from importlib.resources import files
from uuid import UUID

from amparo.common.errors import Invalid
from amparo.linkage.models import Child, Weights
from amparo.methods.linkage.learning import Model, loaded

# Counting stops here where no run has counted: how many children there are only says how rare a chance match is.
_COUNTED = 5000
_LEAST = 200


def in_use() -> Model:
    """The weights for the records of this house. One statement; a second where they are those that come along."""
    newest = Weights.objects.order_by("-number").only("id", "number", "records").first()
    if newest and (model := _edition(newest.id)):
        return model
    children = Child.objects.order_by()[:_COUNTED].count()
    return first().among(max(children, _LEAST))


@cache
def first() -> Model:
    """The weights that come along."""
    return loaded(files("amparo.linkage").joinpath("first_weights.json").read_text(encoding="utf-8"))


@cache
def _edition(id: UUID) -> Model | None:
    """An edition never changes, so it is read once. None where an upgrade compares otherwise, until a run."""
    kept = Weights.objects.get(id=id)
    try:
        return loaded(json.dumps(kept.model)).among(max(kept.records, _LEAST))
    except Invalid:
        return None
