"""Hide cells of tables of counts so that nobody can be recognised, and then try to undo it.

Plain Python on plain rows; a statistician can use it alone::

    case = read_case(json.loads(text))  # variables, groups, truth, policy, publish: docs/reference/protect.md
    release = protect_case(case)  # raises Conflict when the policy cannot be met
    opened, tried = attack_releases([release, *former], case, names=["new", …])
"""

from amparo.methods.disclosure.policy import Policy

__all__ = ["TOTAL", "Policy"]

TOTAL = "_T"  # of published tables, as in SDMX's code lists; a case file says "Total" (`frame`)
