"""How many people are on no list: multiple systems estimation.

Plain Python with NumPy and SciPy; a statistician can use it alone::

    table = read(open("lists.csv"))[0]
    report = estimate(table, methods=("stepwise", "dga"), boot=1000, seed=1234)
    print(text(report))
"""

from amparo.methods.hidden.checking import Known, internal_check
from amparo.methods.hidden.drawing import SEED
from amparo.methods.hidden.lists import Lists, Table, read
from amparo.methods.hidden.methods import METHODS, Result, Word, run
from amparo.methods.hidden.page import chart, page, text
from amparo.methods.hidden.report import TIMES, Combined, Report, estimate
from amparo.methods.hidden.simulate import KINDS, simulate

__all__ = [
    "KINDS", "METHODS", "SEED", "TIMES", "Combined", "Known", "Lists", "Report", "Result", "Table", "Word", "chart",
    "estimate", "internal_check", "page", "read", "run", "simulate", "text",
]  # fmt: skip
