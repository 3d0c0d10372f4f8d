"""Words pass; files that hide in words do not (no imagery, ever)."""

import pytest

from amparo.common.errors import Invalid
from amparo.common.text import no_hidden_files


@pytest.mark.parametrize(
    "text",
    [
        "My metadata: image / text, whatever.",
        "https://example.org/a/very/long/path?with=many&parts=" + "part-of-it/" * 30,
        "i write without any stops and go on " * 40,
        "a" * 300,
        "نص عادي " * 200,
        "\u4e00" * 3000,
    ],
)
def test_words_and_addresses_pass(text):
    assert no_hidden_files(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "DATA:image/png;base64,AAAA",
        "d\u200bata : video / mp4",
        "\uff44\uff41\uff54\uff41:image/png",
        "see ;base64,QUJD",
        "A1b2" * 150,
        "\n".join(["QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM="] * 26),
        "0f" * 400,
    ],
)
def test_a_file_in_words_is_refused(text):
    with pytest.raises(Invalid, match="looks like a file"):
        no_hidden_files(text)


def test_looking_for_files_takes_no_time_even_in_the_worst_words():
    no_hidden_files(("A" * 511 + " ") * 20 + "é")
