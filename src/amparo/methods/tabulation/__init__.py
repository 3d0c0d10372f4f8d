"""Counting coded facts: indicators defined once, and engines that give the same number (S1, S6, S7).

No Django and no database: a statistician can load a folder of Parquet files and ask. A plain-Python oracle says what a
table means; DuckDB and Apache Spark are held to it by random facts.
"""

from amparo.methods.tabulation.asking import Cell, Question, Table
from amparo.methods.tabulation.indicators import Catalogue, Dimension, Indicator, catalogue

__all__ = ["Catalogue", "Cell", "Dimension", "Indicator", "Question", "Table", "catalogue"]
