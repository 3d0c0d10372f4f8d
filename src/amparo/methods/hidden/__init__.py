"""How many people are on no list: multiple systems estimation.

Plain Python with NumPy and SciPy; a statistician can use it alone::

    table = read(open("lists.csv"))[0]
    report = estimate(table, methods=("stepwise", "dga"), boot=1000, seed=1234)
    print(text(report))
"""

from amparo.methods.hidden.cautions import Caution
from amparo.methods.hidden.checking import Known, internal_check
from amparo.methods.hidden.document import pdf
from amparo.methods.hidden.drawing import SEED
from amparo.methods.hidden.lists import Lists, Table, about, read
from amparo.methods.hidden.methods import METHODS, How, Result, Word, run
from amparo.methods.hidden.page import chart, page, text
from amparo.methods.hidden.report import TIMES, Combined, Question, Report, compose, estimate, questions
from amparo.methods.hidden.simulate import KINDS, drawing, mislinked, simulate

__all__ = [
    "KINDS", "METHODS", "SEED", "TIMES", "Caution", "Combined", "How", "Known", "Lists", "Question", "Report", "Result",
    "Table", "Word", "about", "chart", "compose", "drawing", "estimate", "internal_check", "mislinked", "page",
    "pdf", "questions", "read", "run", "simulate", "text",
]  # fmt: skip
