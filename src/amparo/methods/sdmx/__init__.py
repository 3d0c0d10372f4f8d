"""Figures in SDMX, the exchange format of official statistics: own structures, data in three forms, and a checker.

A hidden cell is an observation with ``OBS_STATUS`` ``Q`` (suppressed) and without a value; nought is a value. What is
not known is ``_U``, a total ``_T``. pysdmx writes the XML; the CSV is written here, and the tests read it by pysdmx.
"""
