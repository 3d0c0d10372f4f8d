"""How many children, with the doubt of the linkage."""

import pytest

from amparo.common.errors import Invalid
from amparo.methods.linkage import tally

HEAD = "record_id,cluster_id,agency,sure_id,may_be,told_bits\n"


def read(tmp_path, rows, head=HEAD):
    file = tmp_path / "clusters.csv"
    file.write_text(head + "".join(row + "\n" for row in rows))
    return tally.read([file])


def test_without_doubt_the_interval_is_the_count(tmp_path):
    found = tally.counts(read(tmp_path, ["1,C1,one,C1,,50", "2,C1,two,C1,,50", "3,C3,two,C3,,50"]))
    assert [(each.name, each.records, each.grouped, each.estimate, each.low, each.high) for each in found] == [
        ("all", 3, 2, 2, 2, 2), ("one", 1, 1, 1, 1, 1), ("two", 2, 2, 2, 2, 2),
    ]  # fmt: skip


def test_a_doubtful_link_widens_the_interval(tmp_path):
    rows = [
        "0,C0,one,C0,,50",
        *[f"{each},C{each},one,C{each},{f'C{each - 1}:0.5' if each % 2 else ''},50" for each in range(1, 21)],
    ]
    (found, _) = tally.counts(read(tmp_path, rows))
    assert found.records == found.grouped == 21
    assert found.low < found.estimate < found.high
    assert 14 <= found.estimate <= 18


def test_records_that_tell_little_are_expected_to_have_a_second_one_too(tmp_path):
    full = [f"{each},C{each // 2},one,C{each // 2},,60" for each in range(200)]
    empty = [f"{each},C{each},one,C{each},,10" for each in range(200, 220)]
    (found, _) = tally.counts(read(tmp_path, full + empty))
    assert found.grouped == 120
    assert 98 <= found.estimate <= 106
    assert found.low <= found.estimate <= found.high
    assert found.low < found.high


def test_histories_give_thin_records_a_second_one_as_counts_do(tmp_path):
    full = [f"{each},C{each // 2},{'ab'[each % 2]},C{each // 2},,60" for each in range(200)]
    empty = [f"{each},C{each},a,C{each},,10" for each in range(200, 220)]
    of = read(tmp_path, full + empty)
    drawn = list(tally.completed(of, draws=20, seed=1))
    children = [sum(tally.histories(of, parts).values()) for parts in drawn]
    assert {len(parts) for parts in drawn} == {220}
    assert 98 <= sorted(children)[10] <= 106
    assert sum(tally.histories(of, of.group).values()) == 120


def test_the_same_seed_gives_the_same_numbers(tmp_path):
    read_ = read(tmp_path, ["1,C1,one,C1,C2:0.4,50", "2,C2,two,C2,,50"])
    assert tally.counts(read_) == tally.counts(read_)


def test_histories_are_what_estimate_reads(tmp_path):
    of = read(tmp_path, ["1,C1,one,C1,,50", "2,C1,two,C1,,50", "3,C3,two,C3,,50", "4,C4,two,C4,,50"])
    assert tally.histories(of, of.group) == {(0, 1): 2, (1, 1): 1}


def test_a_file_with_ids_and_groups_alone_is_counted_as_it_is(tmp_path):
    (found, _) = tally.counts(read(tmp_path, ["1,A", "2,A", "3,B"], head="record_id,cluster_id\n"))
    assert (found.estimate, found.low, found.high) == (2, 2, 2)


@pytest.mark.parametrize(("head", "rows"), [("a,b\n", ["1,2"]), (HEAD, []), ("record_id,cluster_id\n", ["1,"])])
def test_what_is_no_file_of_groups_is_refused(tmp_path, head, rows):
    with pytest.raises(Invalid):
        read(tmp_path, rows, head)
