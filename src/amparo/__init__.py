"""Amparo: a report comes in, becomes protection, and is counted without harming anyone."""

__version__ = "0.1.0"
