"""How a case may move."""

from amparo.common.types import LifeCycle, moves

CASE = LifeCycle("case", "open", moves(close=("open", "closed"), reopen=("closed", "open")))
