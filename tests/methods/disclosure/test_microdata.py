"""Records are read line by line: however many, the memory is that of the cells (S3)."""

import tracemalloc

import pytest

from amparo.common.errors import Invalid
from amparo.methods.disclosure.microdata import case_of_records

LINES = 20_000


@pytest.mark.parametrize(("last", "said"), [("x,R1", f"Line {LINES + 2} has 2 fields"), ("7,R1,F1", "has a key")])
def test_many_lines_with_a_broken_one_at_the_end_take_little_memory_and_are_refused_by_line(tmp_path, last, said):
    file = tmp_path / "r.csv"
    with file.open("w") as lines:
        lines.write("id,region,form\n")
        lines.writelines(f"{n},R{n % 4},F{n % 3}\n" for n in range(LINES))
        lines.write(last + "\n")
    tracemalloc.start()
    with pytest.raises(Invalid, match=said):
        case_of_records(file, ["region", "form"], {"key": "id"})
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100 * LINES


def test_noise_follows_the_records_by_their_key_whatever_else_they_say(tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("id,region\na,R1\nb,R1\nc,R2\n")
    two.write_text("id,region\nc,R9\nb,R5\na,R5\n")
    keys = [case_of_records(f, ["region"], {"key": "id"}, secret=b"plainly synthetic").keys for f in (one, two)]
    assert keys[0].tolist() == keys[1].tolist()
    assert len(set(keys[0].tolist())) == 2
