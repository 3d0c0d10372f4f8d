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
