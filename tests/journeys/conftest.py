"""The journeys walk through the served product."""

from tests.browser import chromium, product, visit

__all__ = ["chromium", "product", "visit"]
