"""Words pass; files that hide in words do not (no imagery, ever). What counts as hidden is tested at the door."""

import base64

import pytest

from amparo.common.errors import Invalid
from amparo.common.hidden_files import no_hidden_files

NOISE = base64.b64encode(bytes(range(256)) * 3).decode()


@pytest.mark.parametrize("text", ["", "Plain words.", "a" * 3000, "https://example.org/a/page?of=it"])
def test_words_come_back_as_they_were(text):
    assert no_hidden_files(text) == text


@pytest.mark.parametrize("text", ["see data:image/png;base64,AAAA", NOISE, " ".join(NOISE)])
def test_a_file_is_refused_by_the_name_of_its_field_and_without_its_words(text):
    with pytest.raises(Invalid, match="looks like a file") as refused:
        no_hidden_files(text, "where")
    assert set(refused.value.fields) == {"where"}
    assert text not in refused.value.reason
