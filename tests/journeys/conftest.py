"""The journeys walk through the served product."""

import pytest

from tests.browser import chromium, product, visit

__all__ = ["chromium", "product", "visit"]


@pytest.fixture(scope="session")
def open_door(product):
    """The ministry answers for everything; what is overdue rises to the Human Rights Institution."""
    for urgency in ("danger_now", "urgent", "normal"):
        product.run("watch", "set", urgency, "--owner", "MIN", "--escalate", "NHRI")
    return product
