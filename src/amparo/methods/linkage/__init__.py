"""Are these records of one child? Comparison, weights without labels, groups, a count with its doubt, encodings.

Plain Python; the engine is Splink on DuckDB (extra `linkage`). A statistician can use it alone::

    reader = Reader()
    with Engine() as engine:
        linked = link(people([Path("a.csv"), Path("b.csv")], reader), engine=engine)
    print(linked.group)  # the child of each record of linked.ids
"""

from amparo.methods.linkage.engine import Engine
from amparo.methods.linkage.index import Index
from amparo.methods.linkage.learning import Model, loaded
from amparo.methods.linkage.linking import Linked, link, waterfall
from amparo.methods.linkage.people import Person, person
from amparo.methods.linkage.quality import judge
from amparo.methods.linkage.reading import Reader, people

__all__ = [
    "Engine",
    "Index",
    "Linked",
    "Model",
    "Person",
    "Reader",
    "judge",
    "link",
    "loaded",
    "people",
    "person",
    "waterfall",
]
