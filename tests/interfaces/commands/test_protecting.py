import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from amparo.interfaces.commands.protecting import attack, protect, synthesize

DATA = Path(__file__).parents[2] / "data/sdc"


def run(command, *given):
    return CliRunner().invoke(command, [str(each) for each in given])


def test_a_case_is_protected_and_the_release_withstands_the_attack(tmp_path):
    case, out = DATA / "two_way_5x4.case.json", tmp_path / "out.json"
    made = run(protect, case, "-o", out)
    assert made.exit_code == 0, made.output
    assert run(attack, out, "--truth", case).exit_code == 0
    assert run(attack, out, "--truth", case, "--integer").exit_code == 0
    assert run(attack, out).exit_code == 0


def test_two_releases_that_open_each_other_are_found_and_two_that_contradict(tmp_path):
    case, out = DATA / "two_way_5x4.case.json", tmp_path / "out.json"
    run(protect, case, "-o", out)
    release = json.loads(out.read_text())
    hidden = next(cell for cell in release["tables"][0]["cells"] if cell["value"] is None)
    hidden["value"] = 3
    (tmp_path / "more.json").write_text(json.dumps(release))
    found = run(attack, out, tmp_path / "more.json", "--truth", case)
    assert found.exit_code in {1, 2}
    shown = next(cell for cell in release["tables"][0]["cells"] if (cell["value"] or 0) > 5)
    shown["value"] += 100
    (tmp_path / "more.json").write_text(json.dumps(release))
    assert run(attack, out, tmp_path / "more.json").exit_code == 2


@pytest.fixture
def records(tmp_path):
    lines = ["id,region,form"]
    lines += [f"{n},R{n % 4},F{n % 7 % 3}" for n in range(400)]
    (tmp_path / "r.csv").write_text("\n".join([*lines, "401,R9,F0"]) + "\n")
    (tmp_path / "p.yaml").write_text(
        "threshold: 5\nhierarchies: {region: {North: [R0, R1], South: [R2, R3, R9]}}\nkey: id\n"
    )
    return tmp_path


def test_records_are_counted_protected_and_written_as_a_folder(records):
    out = records / "o"
    made = run(protect, records / "r.csv", "--by", "region,form", "--policy", records / "p.yaml", "-o", out)
    assert made.exit_code == 0, made.output
    assert {each.name for each in out.iterdir()} == {"t1.csv", "release.json"}
    lines = (out / "t1.csv").read_text().splitlines()
    assert lines[0] == "region,form,value,status"
    assert "R9,F0,,hidden" in lines
    assert lines[-1] == "Total,Total,401,shown"


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("402,R1", "Line 403 has 2 fields"),
        ("7,R1,F1", "Line 403 has a key"),
        ('403,"R1,F1', "Line 403"),
    ],
)
def test_a_broken_line_at_the_end_leaves_nothing_written(records, last, said):
    with (records / "r.csv").open("a") as file:
        file.write(last + "\n")
    made = run(protect, records / "r.csv", "--by", "region,form", "--policy", records / "p.yaml", "-o", records / "o")
    assert made.exit_code == 1
    assert said in str(made.exception)
    assert not (records / "o").exists()


TABLE = "age,place,count\nyoung,north,2\nyoung,south,30\nold,north,40\nold,south,8\n"


def counted(tmp_path, text=TABLE, *more):
    file = tmp_path / "counts.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run(protect, file, "--by", "age,place", "--count", "count", "-o", tmp_path / "out", *more)


def test_a_table_of_counts_of_ones_own_is_protected(tmp_path):
    shown = counted(tmp_path)
    assert shown.exit_code == 0, shown.output
    assert "4 of 9 cells hidden; the attacker found nothing." in shown.output
    assert (tmp_path / "out/t1.csv").read_text().splitlines() == [
        "age,place,value,status", "old,north,,hidden", "old,south,,hidden", "old,Total,48,shown", "young,north,,hidden",
        "young,south,,hidden", "young,Total,32,shown", "Total,north,42,shown", "Total,south,38,shown",
        "Total,Total,80,shown",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TABLE.replace("count", "number"), "names no column count"),
        (TABLE.replace("30", "thirty"), "Line 3: a count is a whole number"),
        (TABLE.replace("30", "-3"), "Line 3: a count is a whole number"),
        (TABLE.replace("old", "Total"), "Line 4: this is no code of age"),
        (TABLE.encode() + b"\xe9,x,1\n", "not UTF-8"),
        ("", "names no column"),
    ],
)
def test_a_bad_file_of_counts_is_one_clear_line_and_nothing_is_written(tmp_path, text, told):
    shown = counted(tmp_path, text)
    assert shown.exit_code == 1
    assert told in str(shown.exception)
    assert not (tmp_path / "out").exists()


def test_a_later_release_is_protected_against_what_is_public_already(tmp_path):
    given = json.loads((DATA / "linked_requests.case.json").read_text())
    steps = given["publish_seq"][:3]
    for name, chosen in (("one", steps[:2]), ("two", steps[2:])):
        (tmp_path / f"{name}.json").write_text(json.dumps({**given, "publish_seq": chosen}))
    one, two = tmp_path / "one.out", tmp_path / "two.out"
    assert run(protect, tmp_path / "one.json", "-o", one, "--seconds", 2).exit_code == 0
    made = run(protect, tmp_path / "two.json", "-o", two, "--after", one, "--seconds", 2)
    assert made.exit_code == 0, made.output
    assert run(attack, one, two, "--truth", DATA / "linked_requests.case.json").exit_code == 0


def test_a_former_release_of_other_records_is_refused(tmp_path):
    case, out = DATA / "two_way_5x4.case.json", tmp_path / "out.json"
    run(protect, case, "-o", out)
    given = json.loads(case.read_text())
    given["truth"][0]["count"] += 30
    (tmp_path / "later.json").write_text(json.dumps(given))
    made = run(protect, tmp_path / "later.json", "-o", tmp_path / "two.json", "--after", out)
    assert "they were corrected since" in str(made.exception)
    assert not (tmp_path / "two.json").exists()


@pytest.mark.parametrize(("kind", "bound"), [("round", "base"), ("perturb", "max"), ("interval", None)])
def test_counts_are_rounded_noised_or_told_as_intervals_and_safe(tmp_path, kind, bound):
    case, out, secret = DATA / "two_way_5x4.case.json", tmp_path / "out.json", tmp_path / "secret"
    secret.write_text("plainly synthetic secret")
    assert run(protect, case, "-o", out, "--kind", kind, "--secret", secret).exit_code == 0
    table = json.loads(out.read_text())["tables"][0]
    assert table["kind"] == kind
    assert bound is None or table[bound] >= 6
    for more in ([], ["--integer"]):
        assert run(attack, out, "--truth", case, *more).exit_code == 0
    before = out.read_text()
    run(protect, case, "-o", out, "--kind", kind, "--secret", secret)
    assert out.read_text() == before


def test_noise_without_a_lasting_secret_is_refused(tmp_path):
    made = run(protect, DATA / "two_way_5x4.case.json", "-o", tmp_path / "o.json", "--kind", "perturb")
    assert "--secret" in str(made.exception)


def test_a_disk_that_fills_leaves_nothing(records, monkeypatch):
    write = Path.write_text

    def full(path, text, **how):
        write(path, text[:10], **how)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    before = set(records.iterdir())
    for made in (
        run(protect, DATA / "two_way_5x4.case.json", "-o", records / "out.json"),
        run(protect, records / "r.csv", "--by", "region,form", "--policy", records / "p.yaml", "-o", records / "out"),
        run(protect, DATA / "two_way_5x4.case.json", "-o", "/dev/full/out.json"),
    ):
        assert made.exit_code == 1
        assert "could not be written" in str(made.exception)
    assert set(records.iterdir()) == before


def test_a_hierarchy_with_a_hole_is_refused(records):
    (records / "p.yaml").write_text("hierarchies: {region: {North: [R0, R1]}}\n")
    made = run(protect, records / "r.csv", "--by", "region,form", "--policy", records / "p.yaml", "-o", records / "o")
    assert "codes in no group" in str(made.exception)


def test_records_are_made_up_with_their_noisy_tables_and_a_report(tmp_path):
    made = run(synthesize, DATA / "micro_2000.csv", "--by", "region,age,gender", "-o", tmp_path / "s")
    assert made.exit_code == 0, made.output
    assert {each.name for each in (tmp_path / "s").iterdir()} == {"synthetic.csv", "noisy-tables.json", "report.json"}
    assert json.loads((tmp_path / "s/report.json").read_text())["epsilon"] == 4
    again = run(synthesize, DATA / "micro_2000.csv", "-o", tmp_path / "s")
    assert "there already" in str(again.exception)


def test_made_up_records_spend_a_budget_until_it_is_gone(tmp_path):
    given = [DATA / "micro_2000.csv", "--by", "region,gender", "--delta", "0.00001"]
    book = ["--ledger", tmp_path / "noise.json", "--population", "children", "--year", 2025]
    assert run(synthesize, *given, *book, "--budget", 5, "-o", tmp_path / "one").exit_code == 0
    made = run(synthesize, *given, *book, "-o", tmp_path / "two")
    assert "is spent" in str(made.exception)
    assert not (tmp_path / "two").exists()
