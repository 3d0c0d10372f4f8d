"""The API is asked by people who really signed in, as at the desk."""

from tests.interfaces.office.conftest import _no_failures_from_other_tests, sign_in

__all__ = ["_no_failures_from_other_tests", "sign_in"]
