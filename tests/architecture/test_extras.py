"""A shelter's laptop installs no extra: everything else begins without them, and what needs one says so."""

import os
import subprocess
import sys

EXTRAS = (
    "scipy",
    "highspy",
    "opendp",
    "duckdb",
    "pyarrow",
    "splink",
    "psycopg",
    "pyspark",
    "pandas",
    "openpyxl",
)
WITHOUT = f"""
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {EXTRAS!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Absent())
"""
BEGIN = """
import django
django.setup()
from django.urls import get_resolver
for urls in ("amparo.config.urls_office", "amparo.config.urls_public"):
    assert get_resolver(urls).url_patterns
"""
COMMAND = "from amparo.config.cli import main; main({words!r})"


def run(tmp_path, program):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    env = kept | {
        "AMPARO_DATA": str(tmp_path), "AMPARO_DEMO": "true", "DJANGO_SETTINGS_MODULE": "amparo.config.settings.desk",
    }  # fmt: skip
    command = [sys.executable, "-c", WITHOUT + program]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_the_desk_and_the_public_site_begin_without_any_extra(tmp_path):
    begun = run(tmp_path, BEGIN)
    assert begun.returncode == 0, begun.stderr


def test_every_command_is_there_without_any_extra(tmp_path):
    shown = run(tmp_path, COMMAND.format(words=["--help"]))
    assert shown.returncode == 0, shown.stderr
    assert "estimate" in shown.stdout


def test_a_command_that_needs_an_extra_names_it(tmp_path):
    lists = tmp_path / "lists.csv"
    lists.write_text("A,B,count\n1,0,9\n0,1,8\n1,1,5\n")
    for words, extra in ((["estimate", str(lists)], "statistics"), (["link", str(lists), "-o", "x.csv"], "linkage")):
        told = run(tmp_path, COMMAND.format(words=words))
        assert told.returncode == 1
        assert f"amparo[{extra}]" in told.stderr
        assert "Traceback" not in told.stderr
