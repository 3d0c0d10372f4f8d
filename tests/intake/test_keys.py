"""The intake key outlives every rotation of the root key (X1)."""

import pytest

from amparo.common.types import WORKER
from amparo.intake import keys
from amparo.intake.postbox import sealing
from amparo.vault import rotation
from tests.vault.test_rotation import own_root  # noqa: F401 - a root key of this test's own

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_letter_sealed_before_a_rotation_opens_after_it():
    sealed = sealing.seal(keys.public_key(), b"A neutral sentence.")
    assert list(rotation.rotate_root(by=WORKER))
    assert keys.unseal(sealed) == b"A neutral sentence."


def test_the_pair_is_made_once():
    assert keys.public_key() == keys.public_key()


def test_a_letter_to_another_key_is_not_opened():
    _private, public = sealing.new_pair()
    with pytest.raises(sealing.Unreadable):
        keys.unseal(sealing.seal(public, b"A neutral sentence."))
