"""Which weights the records are compared with: the newest edition that a nightly run made, or those that come along.

The first weights were trained on made-up worlds in Latin, Arabic and Cyrillic script (`bench/worlds.py`), so that a new
house asks well from its first day; its own records replace them as soon as there are enough.
"""

import json
from functools import cache
from importlib.resources import files
from uuid import UUID

from amparo.linkage.models import Child, Weights
from amparo.methods.linkage.learning import Model, loaded

# Counting stops here where no run has counted: how many children there are only says how rare a chance match is.
_COUNTED = 5000
_LEAST = 200


def in_use() -> Model:
    """The weights for the records of this house. One statement."""
    newest = Weights.objects.order_by("-number").only("id", "number", "records").first()
    if newest is None:
        children = Child.objects.order_by()[:_COUNTED].count()
        return first().among(max(children, _LEAST))
    return _edition(newest.id)


@cache
def first() -> Model:
    """The weights that come along."""
    return loaded(files("amparo.linkage").joinpath("first_weights.json").read_text(encoding="utf-8"))


@cache
def _edition(id: UUID) -> Model:
    """An edition never changes, so it is read once."""
    kept = Weights.objects.get(id=id)
    return loaded(json.dumps(kept.model)).among(max(kept.records, _LEAST))
