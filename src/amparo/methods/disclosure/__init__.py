"""Hide cells of a table of counts so that nobody can be recognised, and then try to undo it.

Plain Python on plain rows; a statistician can use it alone::

    table = Table(("girls", "boys"), ("north", "south"), {("girls", "north"): 3, …})
    hidden = protect(table, Policy())
    verdict = judge(table.hiding(hidden), Policy(), truth=table)
"""

from amparo.methods.disclosure.attacker import Contradiction, Known, Learned, attack
from amparo.methods.disclosure.policy import Policy
from amparo.methods.disclosure.protect import protect
from amparo.methods.disclosure.tables import TOTAL, Cell, Published, Table
from amparo.methods.disclosure.verdict import Fault, Finding, Verdict, judge

__all__ = [
    "TOTAL", "Cell", "Contradiction", "Fault", "Finding", "Known", "Learned", "Policy", "Published", "Table", "Verdict",
    "attack", "judge", "protect",
]  # fmt: skip
